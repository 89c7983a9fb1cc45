"""The ladder of an ambition: its rungs with source and date; a rung never measured is drawn, empty,
and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from aaa import metrics
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.drawings import Ladder, Rung
from aaa.history import sentences
from aaa.metrics import rows
from aaa.metrics.rows import Ambition, Measurement
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook import schema

_KINDS = {
    "value": Cells.NUMBER,
    "share": Cells.SHARE,
    "date": Cells.DATE,
    "baseline": Cells.NUMBER,
}


def chart(ambition: Ambition, rungs: pd.DataFrame, measurements: pd.DataFrame, lang: str) -> Chart:
    """Draw one ambition.

    Args:
        ambition: which one.
        rungs: as `metrics.ambitions.of_ambition` returns them.
        measurements: frame `measurements` of a Programme.
        lang: the reader's language.
    """
    measured = rows.measurements(rungs)
    columns = ("rung", "value", "share", "date", "baseline", "source")
    frame = rungs[list(columns)].assign(rung=[wording.rung(one.rung, lang) for one in measured])
    heads = (
        Column(
            translate(lang, f"column.{c}"),
            _KINDS.get(c, Cells.TEXT),
            "not_measured" if c == "value" else "unknown",
        )
        for c in columns
    )
    steps = {
        one.rung: metrics.ambitions.steps(measurements, ambition.ambition, one.rung)
        for one in measured
    }
    drawn = _drawn(ambition, measured, steps, lang)
    said = "; ".join(
        ", ".join(filter(None, (f"{rung.name}: {rung.value}", rung.change))) for rung in drawn.rungs
    )
    return Chart(
        f"ladder_{ambition.code}",
        title(ambition, measured, lang),
        drawn,
        f"{ambition.ambition}. {said or translate(lang, 'not_measured')}.",
        Table(frame, tuple(heads)),
        "Metingen",
    )


def _drawn(
    ambition: Ambition,
    measured: Sequence[Measurement],
    steps: Mapping[schema.Rung, pd.DataFrame],
    lang: str,
) -> Ladder:
    target = aimed_at(ambition)
    scale = max([target or 0.0, *(one.value or 0.0 for one in measured)]) or 1.0
    known = [one.value for one in measured if one.value is not None]
    left = (target or 0.0) - sum(known) if known else 0.0
    return Ladder(
        tuple(
            _in_time(_rung(one, ambition, scale, lang), steps[one.rung], lang) for one in measured
        ),
        _goal(ambition, lang) if target else "",
        target / scale if target else None,
        formatting.number(left, lang) if left > 0 else "",
    )


def _rung(one: Measurement, ambition: Ambition, scale: float, lang: str) -> Rung:
    name, value = wording.rung(one.rung, lang), _value(one, ambition, lang)
    if one.value is None:
        return Rung(name, value)
    number = formatting.number(one.value, lang)
    known = [
        wording.date(one.date, lang),
        wording.text(one.source, lang, "ambitions.no_source"),
    ]
    if one.baseline is not None:
        base, date = formatting.number(one.baseline, lang), wording.date(one.baseline_date, lang)
        known.append(translate(lang, "ambitions.baseline", value=base, date=date))
    if aimed_at(ambition) is None or one.share is None:  # no 100% for the bar
        return Rung(name, value, number, facts=tuple(known))
    start = None if one.baseline is None else one.baseline / scale
    share = formatting.percent(one.share, lang)
    return Rung(name, value, number, share, one.value / scale, start, tuple(known))


def _in_time(rung: Rung, steps: pd.DataFrame, lang: str) -> Rung:
    """Return a rung with its measurements in time, where there are two or more."""
    if len(steps) < 2:
        return rung
    highest = max(steps["value"].max(), 1.0)
    days, values = [one.date() for one in steps["date"]], steps["value"].tolist()
    write = formatting.short_date if days[0].year != days[-1].year else formatting.shortest_date
    told = tuple(
        (write(day, lang), formatting.number(value, lang), value / highest)
        for day, value in zip(days, values, strict=True)
    )
    change = translate(
        lang,
        "title.since",
        difference=sentences.signed(values[-1] - values[-2], lang),
        date=wording.date(days[-2], lang),
    )
    return replace(rung, steps=told, change=change, facts=(*rung.facts, change))


def aimed_at(ambition: Ambition) -> float | None:
    """Return the target of an ambition; None where it has none."""
    return ambition.target if ambition.target is not None and ambition.target > 0 else None


def title(ambition: Ambition, measured: Sequence[Measurement], lang: str) -> str:
    """Return the title: the top rung that was measured, against the target where
    there is one.
    """
    first = next((one for one in measured if one.value is not None), None)
    if first is None or first.value is None:
        return translate(lang, "ambitions.title_unmeasured", ambition=ambition.ambition)
    values: dict[str, Any] = {
        "ambition": ambition.ambition,
        "rung": wording.rung_said(first.rung, lang),
        "value": formatting.number(first.value, lang),
    }
    if aimed_at(ambition) is None or first.share is None:
        return translate(lang, "ambitions.title_untargeted", **values)
    return translate(lang, "ambitions.title", share=formatting.percent(first.share, lang), **values)


def _value(one: Measurement, ambition: Ambition, lang: str) -> str:
    if one.value is None:
        return translate(lang, "not_measured")
    return f"{formatting.number(one.value, lang)} {wording.unit(ambition.unit, lang)}".strip()


def _goal(ambition: Ambition, lang: str) -> str:
    target, unit = formatting.number(ambition.target or 0, lang), wording.unit(ambition.unit, lang)
    return translate(lang, "ambitions.target", target=target, unit=unit).strip()


def facts(ambition: Ambition, lang: str) -> str:
    """Return what the workbook says of the ambition itself: target, year and source; what it does
    not say is named.
    """
    has_target = aimed_at(ambition) is not None
    parts = [_goal(ambition, lang) if has_target else translate(lang, "no_target")]
    if ambition.target_year is not None:
        parts.append(translate(lang, "ambitions.target_year", year=int(ambition.target_year)))
    if ambition.source is not None:
        parts.append(translate(lang, "ambitions.source", source=ambition.source))
    return " · ".join(parts)
