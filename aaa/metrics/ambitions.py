"""How far the ambitions are: homes, jobs and the student city."""

from typing import Any

import pandas as pd

from aaa.values import names
from aaa.workbook.schema import LADDERS, Rung

_LADDER = ("rung", "value", "date", "source", "note", "baseline", "baseline_date")


def _rung(rung: str, usable: pd.DataFrame | None) -> dict[str, object]:
    """Return one rung; `usable` holds its measurements in order of date, None when
    there are none.
    """
    row: dict[str, object] = {"rung": rung}
    if usable is not None:
        row |= usable.iloc[-1][["value", "date", "source", "note"]].to_dict()
        start = usable[usable["baseline"]]
        if len(start):
            row |= {"baseline": start.iloc[0]["value"], "baseline_date": start.iloc[0]["date"]}
    return row


def ladders(ambitions: pd.DataFrame, measurements: pd.DataFrame) -> pd.DataFrame:
    """Return one row per rung of every ambition, including the rungs that were never measured.

    Args:
        ambitions: frame `ambitions` of a Programme; the unit decides which rungs an ambition has.
        measurements: frame `measurements` of a Programme.

    Returns:
        A row per rung, in the order of the ladder: `rung`, `value`, `date`, `source`, `note` (of
        the latest measurement; missing when there is none), `baseline`, `baseline_date` (of the
        measurement noted as the starting point), `ambition`, `unit`, `target` (NaN when there is
        none), `share` (value divided by target, NaN without either).

    Source: sheets 'Ambities' and 'Metingen'; definition M1.
    """
    usable = measurements.dropna(subset=["value", "date"]).sort_values("date", kind="stable")
    measured = {
        (str(a), str(r)): found
        for (a, r), found in usable.groupby(["ambition", "rung"], dropna=True)
    }
    named_rungs = set(
        measurements[["ambition", "rung"]].dropna().itertuples(index=False, name=None)
    )
    rows: list[dict[str, object]] = []
    for a in named(ambitions):
        usual = LADDERS.get(names.key(a.unit) if isinstance(a.unit, str) else "", ())
        rungs = [
            *usual,
            *(
                rung
                for rung in Rung
                if rung not in usual and (a.ambition, rung.value) in named_rungs
            ),
        ]
        rows += [
            _rung(rung.value, measured.get((a.ambition, rung.value)))
            | {
                "ambition": a.ambition,
                "unit": a.unit,
                "target": a.target,
            }
            for rung in rungs
        ]
    frame = pd.DataFrame(rows, columns=[*_LADDER, "ambition", "unit", "target"])
    kinds = {
        "value": "float64",
        "baseline": "float64",
        "target": "float64",
        "date": "datetime64[s]",
        "baseline_date": "datetime64[s]",
    }
    frame = frame.astype(kinds)
    return frame.assign(share=frame["value"] / frame["target"].where(frame["target"] > 0))


def steps(measurements: pd.DataFrame, ambition: str, rung: str) -> pd.DataFrame:
    """Return the measurements of one rung in order of time, one a day: of two of a day the later
    row.

    Returns:
        `date`, `value`.

    Source: sheet 'Metingen'; definition M4.
    """
    mine = (measurements["ambition"] == ambition) & (measurements["rung"] == rung)
    known = measurements[mine].dropna(subset=["value", "date"]).sort_values("date", kind="stable")
    return known.drop_duplicates("date", keep="last")[["date", "value"]].reset_index(drop=True)


def uncounted(measurements: pd.DataFrame) -> int:
    """Count the measurements that belong to no rung, because their ambition, rung, date or value is
    unusable.

    Source: sheet 'Metingen'; definition M1.
    """
    return int(measurements[["ambition", "rung", "date", "value"]].isna().any(axis=1).sum())


def named(ambitions: pd.DataFrame) -> list[Any]:
    """Return the ambitions that have a name, each as a tuple with the columns of the frame.

    Source: sheet 'Ambities'; definition M1.
    """
    return list(ambitions.dropna(subset="ambition").itertuples(index=False))


def of_ambition(rungs: pd.DataFrame, ambition: str) -> pd.DataFrame:
    """Return the rungs of one ambition.

    Args:
        rungs: as `ladders` returns them.
        ambition: the name as in the sheet.

    Source: definition M1.
    """
    return rungs[rungs["ambition"] == ambition]


def measured(rungs: pd.DataFrame) -> tuple[int, int]:
    """Return how many rungs were measured, and how many there are.

    Args:
        rungs: as `ladders` returns them.

    Source: sheet 'Metingen'; definition M3.
    """
    return int(rungs["value"].notna().sum()), len(rungs)


def contributing(activities: pd.DataFrame, ambition: str) -> pd.DataFrame:
    """Return the activities that name this ambition. The name does not tell how much they add.

    Source: column 'Ambities' of sheet 'Activiteiten'; definition M2.
    """
    names_it = activities["ambitions"].map(lambda named: ambition in named).astype(bool)
    return activities[names_it]
