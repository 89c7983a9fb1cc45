"""Filter a programme by what a reader selected: Programme -> Programme."""

import datetime as dt
import functools
import operator
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from aaa.values import names, period
from aaa.workbook.programme import Programme
from aaa.workbook.schema import StatusCode

NO_PERIOD = "geen"  # the quarter code of activities without a period
UNKNOWN_THEME = "~onbekend"  # has a tilde, so that it never equals the code of a name


@dataclass(frozen=True)
class Selection:
    """A choice of activities. An empty tuple chooses all.

    Attributes:
        themes: codes of themes, or UNKNOWN_THEME.
        partners: codes of partners; an activity counts when one of them leads it or takes part.
        statuses: codes of statuses.
        quarters: `Q1`..`Q4` of the plan year, or NO_PERIOD; an activity counts in every quarter
            that its expected months touch.
        as_of: the date to judge by; None for the one in the workbook.
    """

    themes: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    statuses: tuple[StatusCode, ...] = ()
    quarters: tuple[str, ...] = ()
    as_of: dt.date | None = None

    @property
    def narrows(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.themes or self.partners or self.statuses or self.quarters)


def apply(programme: Programme, selection: Selection) -> Programme:
    """Return the programme with only the chosen activities; the other sheets are about the whole
    programme and stay whole.
    """
    activities = programme.activities
    keep = pd.Series(True, index=activities.index)
    if selection.themes:
        keep &= activities["theme_code"].fillna(UNKNOWN_THEME).isin(selection.themes)
    if selection.partners:
        chosen = set(
            programme.partners.loc[
                programme.partners["code"].isin(selection.partners), "partner"
            ].map(names.key)
        )
        keep &= _each(
            activities,
            lambda row: any(names.key(name) in chosen for name in (*row.leads, *row.partners)),
        )
    if selection.statuses:
        statuses = [code.status for code in selection.statuses]
        keep &= activities["status"].isin([s for s in statuses if s]) | (
            activities["status"].isna() & (None in statuses)
        )
    if selection.quarters:
        quarters = [
            period.quarter_months(programme.year, int(q[1]))
            for q in selection.quarters
            if q != NO_PERIOD
        ]
        months = expected(activities)
        undated = months["first"].isna() & (NO_PERIOD in selection.quarters)
        keep &= functools.reduce(operator.or_, (touches(months, q) for q in quarters), undated)
    as_of = selection.as_of or programme.as_of
    return replace(programme, activities=activities[keep], as_of=as_of)


def _each(frame: pd.DataFrame, question: Callable[..., bool]) -> pd.Series:
    return pd.Series(
        [question(row) for row in frame.itertuples(index=False)], index=frame.index, dtype=bool
    )


def expected(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the months in which activities are expected to run: those of the forecast, else those
    that were agreed.

    Returns:
        `first` and `last` (month numbers; NA without either).

    Source: columns 'Prognose' and 'Periode'; definition A5.
    """
    forecast = activities["forecast_first"].notna() & activities["forecast_last"].notna()
    return pd.DataFrame(
        {
            end: activities[f"forecast_{end}"].where(forecast, activities[f"period_{end}"])
            for end in ("first", "last")
        }
    )


def agreed(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the months that were agreed: `first` and `last`, NA without a period.

    Source: column 'Periode'.
    """
    names_of = {"period_first": "first", "period_last": "last"}
    return activities[list(names_of)].rename(columns=names_of)


def touches(months: pd.DataFrame, asked: range) -> pd.Series:
    """Mark the rows that touch some months; one without months touches none.

    Args:
        months: as `expected` and `agreed` return them.
        asked: month numbers.
    """
    return (
        ((months["first"] <= asked[-1]) & (months["last"] >= asked[0])).fillna(False).astype(bool)
    )
