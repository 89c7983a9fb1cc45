"""How complete the workbook is."""

import pandas as pd

from aaa.metrics import ambitions as ladders_of
from aaa.workbook.programme import Programme
from aaa.workbook.schema import FUNDER_COLUMNS

TOPICS = ("periods", "statuses", "leads", "partners", "estimates", "commitments", "measurements")


def completeness(programme: Programme) -> pd.DataFrame:
    """Count the known values and the possible values of each topic.

    Returns:
        A row per topic: `topic`, `known`, `of` (counts), `share` (0..1, NaN when there is nothing
        to know). periods, statuses, leads, partners: activities that have one. estimates: amounts
        in the cost estimate. commitments: pairs of cost line and funder with an estimate above 0
        for which any certainty was recorded. measurements: rungs that were measured.

    Source: all sheets; definition C1.
    """
    activities = programme.activities
    n = len(activities)
    amounts = programme.costs[["total", *FUNDER_COLUMNS.values()]]
    wanted = {
        (line, funder.value)
        for funder, column in FUNDER_COLUMNS.items()
        for line in programme.costs.loc[programme.costs[column] > 0, "line"].dropna()
    }
    recorded = set(
        programme.commitments[["line", "funder"]].dropna().itertuples(index=False, name=None)
    )
    rungs = ladders_of.ladders(programme.ambitions, programme.measurements)
    counts = {
        "periods": (int(activities["period_first"].notna().sum()), n),
        "statuses": (int(activities["status"].notna().sum()), n),
        "leads": (int((activities["leads"].map(len) > 0).sum()), n),
        "partners": (int((activities["partners"].map(len) > 0).sum()), n),
        "estimates": (int(amounts.notna().to_numpy().sum()), amounts.size),
        "commitments": (len(wanted & recorded), len(wanted)),
        "measurements": (int(rungs["value"].notna().sum()), len(rungs)),
    }
    frame = pd.DataFrame(
        [(topic, *counts[topic]) for topic in TOPICS], columns=["topic", "known", "of"]
    )
    return frame.assign(share=frame["known"] / frame["of"].where(frame["of"] > 0))


def overall(topics: pd.DataFrame) -> float | None:
    """Return the known values as a share of all possible values, 0..1; None when there are no
    possible values.

    Args:
        topics: as `completeness` returns them.

    Source: definition C2.
    """
    of = int(topics["of"].sum())
    return float(topics["known"].sum()) / of if of else None
