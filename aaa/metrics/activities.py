"""How far the activities are, when they run, and which ask for attention."""

import datetime as dt
from enum import StrEnum, unique

import pandas as pd

from aaa.metrics.selection import UNKNOWN_THEME, agreed, expected, touches
from aaa.values import period
from aaa.workbook.schema import Judgement, Status, StatusCode


@unique
class Reason(StrEnum):
    """Why an activity needs attention, most severe first."""

    RED = "red"
    LATE = "late"
    ORANGE = "orange"
    PASSED = "passed"


def judged(activities: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Add to every activity its state and whether its period is over. The only place that decides
    lateness.

    Args:
        activities: frame `activities` of a Programme.
        as_of: the date to judge by; None judges nothing late.

    Returns:
        The same rows with `state` (a StatusCode), `late` (reported, unfinished, and the last
        possible month is over), `passed` (the same without any report), `slip` (quarters from the
        end that was agreed first to the one expected now; NA without a forecast where nothing else
        was agreed before) and `reason` (a Reason, or None).

    Source: sheet 'Activiteiten'; definitions A1 to A4 in docs/definitions.md.
    """
    states = {status.status: status.value for status in StatusCode if status.status}
    over = _over(activities["period_last"], as_of)
    unreported = activities["status"].isna()
    closed = activities["status"].isin([Status.FINISHED, Status.DROPPED])
    late = over & ~closed & ~unreported
    passed = over & unreported
    slip = _slip(activities)
    reason = pd.Series([None] * len(activities), index=activities.index, dtype=object)
    for value, mask in (
        (Reason.PASSED, passed),
        (Reason.ORANGE, (activities["judgement"] == Judgement.ORANGE) & ~closed),
        (Reason.LATE, late),
        (Reason.RED, (activities["judgement"] == Judgement.RED) & ~closed),
    ):
        reason[mask] = value
    state = activities["status"].map(states).fillna(StatusCode.UNREPORTED.value)
    return activities.assign(state=state, late=late, passed=passed, slip=slip, reason=reason)


def _slip(activities: pd.DataFrame) -> pd.Series:
    """Return the quarters from the end that was agreed first to the one that is expected now."""
    agreed, forecast = activities["period_last"], activities["forecast_last"]
    first = activities["original_last"]
    expected = forecast.fillna(agreed.where(first.notna()))
    quarters = period.MONTHS_PER_QUARTER
    return expected // quarters - first.fillna(agreed) // quarters


def _over(last_month: pd.Series, as_of: dt.date | None) -> pd.Series:
    """Mark the months that ended before a date; a month is not over on its own last day."""
    if as_of is None:
        return pd.Series(False, index=last_month.index)
    return (last_month < period.month_at(as_of)).fillna(False).astype(bool)


def by_status(activities: pd.DataFrame) -> pd.DataFrame:
    """Count the activities by status.

    Args:
        activities: as `judged` returns them.

    Returns:
        A row for each StatusCode in its order, also where it is 0: `state`, `activities` (count),
        `share` (0..1, NaN without activities).

    Source: sheet 'Activiteiten'; definition A1.
    """
    counts = activities["state"].value_counts().reindex([s.value for s in StatusCode], fill_value=0)
    total = counts.sum()
    return pd.DataFrame(
        {
            "state": counts.index,
            "activities": counts.to_numpy(),
            "share": counts.to_numpy() / total if total else float("nan"),
        }
    )


def by_theme(activities: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Count the activities of each theme by status.

    Args:
        activities: as `judged` returns them.
        themes: frame `themes` of a Programme.

    Returns:
        A row per theme in its order, and one with a missing `theme` when some activities have an
        unknown theme: `theme`, `code`, `activities` (count), a column of counts for each
        StatusCode, and `late`.

    Source: sheets 'Themas' and 'Activiteiten'; definition A1.
    """
    known = themes[["theme", "code"]]
    if activities["theme"].isna().any():
        known = pd.concat(
            [known, pd.DataFrame({"theme": [None], "code": [UNKNOWN_THEME]})], ignore_index=True
        )
    code = activities["theme_code"].fillna(UNKNOWN_THEME)
    counts = pd.crosstab(code, activities["state"]).reindex(
        index=known["code"], columns=[s.value for s in StatusCode], fill_value=0
    )
    late = activities["late"].groupby(code, dropna=False).sum().reindex(known["code"], fill_value=0)
    counts = counts.reset_index(drop=True)
    return known.reset_index(drop=True).assign(
        activities=counts.sum(axis=1), **{c: counts[c] for c in counts}, late=late.to_numpy()
    )


def by_theme_and_quarter(activities: pd.DataFrame, themes: pd.DataFrame, year: int) -> pd.DataFrame:
    """Count the activities of each theme that run in each quarter of the plan year.

    Args:
        activities: as `judged` returns them.
        themes: frame `themes` of a Programme.
        year: the plan year.

    Returns:
        A row per theme as in `by_theme`: `theme`, `code`, `q1`..`q4` and `undated` (counts).

    Source: columns 'Thema', 'Periode', 'Prognose' and 'Status'; definition A5.
    """
    counts = by_theme(activities, themes)[["theme", "code"]]
    code = activities["theme_code"].fillna(UNKNOWN_THEME)
    months = running_months(activities)
    masks = {f"q{q}": touches(months, period.quarter_months(year, q)) for q in period.QUARTERS} | {
        "undated": expected(activities)["first"].isna()
    }
    return counts.assign(
        **{
            name: counts["code"].map(code[mask].value_counts()).fillna(0).astype(int)
            for name, mask in masks.items()
        }
    )


def running_months(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the months in which activities run: the expected ones, none of one that was dropped.

    Returns:
        `first` and `last` (month numbers; NA where it does not run).

    Source: columns 'Prognose', 'Periode' and 'Status'; definition A5.
    """
    return expected(activities)[activities["status"].fillna("") != Status.DROPPED].reindex(
        activities.index
    )


def running(activities: pd.DataFrame, year: int) -> pd.DataFrame:
    """Count the activities that run in each quarter of the plan year; one that runs in two counts
    in both.

    Returns:
        Four rows: `quarter` (1..4), `activities` (count by expected months, without those that were
        dropped), `agreed` (count by agreed period).

    Source: columns 'Prognose', 'Periode' and 'Status'; definition A5.
    """
    now, then = running_months(activities), agreed(activities)
    quarters = {quarter: period.quarter_months(year, quarter) for quarter in period.QUARTERS}
    return pd.DataFrame(
        {
            "quarter": list(quarters),
            "activities": [int(touches(now, months).sum()) for months in quarters.values()],
            "agreed": [int(touches(then, months).sum()) for months in quarters.values()],
        }
    )


def busiest(counts: pd.DataFrame) -> pd.Series | None:
    """Return the row with the most activities, on a tie the earliest; None when nothing runs.

    Args:
        counts: as `running` returns them.
    """
    return (
        None
        if counts.empty or not counts["activities"].max()
        else counts.loc[counts["activities"].idxmax()]
    )


def open_ones(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities that are neither finished nor dropped, including those without a
    report.

    Source: column 'Status'; definition A1.
    """
    return activities[~activities["status"].isin([Status.FINISHED, Status.DROPPED])]


def due(activities: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Return the activities that are expected to end in the quarter of the date and are not closed
    yet, soonest first; none without a date.

    Source: columns 'Prognose', 'Periode' and 'Status'; definition A6.
    """
    if as_of is None:
        return activities.iloc[0:0]
    months = _quarter(as_of)
    left = open_ones(activities)
    return by_expected_end(left[expected(left)["last"].isin(months)])


def by_expected_end(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities by expected end, then by expected start.

    Source: columns 'Prognose' and 'Periode'; definition A5.
    """
    order = expected(activities).sort_values(["last", "first"], kind="stable").index
    return activities.loc[order]


def due_as_agreed(activities: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Return the open activities whose agreed period ends in the quarter of the date; none without
    a date.

    Source: columns 'Periode' and 'Status'; definition A6.
    """
    left = open_ones(activities)
    return left.iloc[0:0] if as_of is None else left[left["period_last"].isin(_quarter(as_of))]


def _quarter(as_of: dt.date) -> range:
    """Return the months of the quarter of a date."""
    return period.quarter_months(as_of.year, period.quarter_of(period.month_at(as_of)))


def running_on(activities: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Return the activities that run in the quarter of the date, finished ones included; none
    without a date.

    Source: columns 'Prognose', 'Periode' and 'Status'; definition A5.
    """
    if as_of is None:
        return activities.iloc[0:0]
    return activities[touches(running_months(activities), _quarter(as_of))]


def agreed_on(activities: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Return the activities whose agreed period touches the quarter of the date, dropped ones
    included; none without a date.

    Source: column 'Periode'; definition A5.
    """
    if as_of is None:
        return activities.iloc[0:0]
    return activities[touches(agreed(activities), _quarter(as_of))]


def attention(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities that need attention, each once under its most severe reason, and sorted
    by it.

    Args:
        activities: as `judged` returns them.

    Source: columns 'Oordeel', 'Status' and 'Periode'; definition A4.
    """
    order = {reason: weight for weight, reason in enumerate(Reason)}
    asking = activities[activities["reason"].notna()]
    return asking.sort_values("reason", key=lambda r: r.map(order), kind="stable")


def standing(activities: pd.DataFrame, of: pd.Series) -> pd.DataFrame:
    """Count what is not finished of each theme or lead: red, late, unreported, and all of it.

    Args:
        activities: as `judged` returns them.
        of: for each activity a tuple of the names of those whose it is; None for nobody.

    Returns:
        A row per name, most red first, then most late, then most open: `name`, `red`, `late`,
        `silent`, `left` (counts); names without anything left are not there.

    Source: columns 'Oordeel', 'Status', 'Periode', 'Thema' and 'Trekker'; definition A14.
    """
    left = open_ones(activities)
    marks = pd.DataFrame(
        {
            "name": of[left.index],
            "red": left["judgement"] == Judgement.RED,
            "late": left["late"],
            "silent": left["status"].isna(),
            "left": True,
        }
    ).explode("name")
    counts = marks.groupby("name", sort=False, dropna=False)[["red", "late", "silent", "left"]]
    order = ["red", "late", "left"]
    return counts.sum().astype(int).reset_index().sort_values(order, ascending=False, kind="stable")


def days_over(activities: pd.DataFrame, as_of: dt.date | None) -> pd.Series:
    """Return how many days ago the agreed period ended.

    Args:
        activities: as `judged` returns them.
        as_of: the date to judge by.

    Returns:
        Days, from 1 on the first day after it; NA where it has not ended, and without a date.

    Source: column 'Periode'; definition A13.
    """
    days = [
        None if pd.isna(last) or as_of is None else period.days_after(int(last), as_of)
        for last in activities["period_last"]
    ]
    found = pd.Series(pd.array(days, dtype="Int64"), index=activities.index)
    return found.where((found > 0).fillna(False).astype(bool))


def by_reason(activities: pd.DataFrame) -> dict[Reason, int]:
    """Count the activities to which each reason applies, most severe first; one that is red and
    late counts in both.

    Args:
        activities: as `judged` returns them.

    Source: columns 'Oordeel', 'Status' and 'Periode'; definition A4.
    """
    left = open_ones(activities)
    return {
        Reason.RED: int((left["judgement"] == Judgement.RED).sum()),
        Reason.LATE: int(activities["late"].sum()),
        Reason.ORANGE: int((left["judgement"] == Judgement.ORANGE).sum()),
        Reason.PASSED: int(activities["passed"].sum()),
    }


def attention_is_known(activities: pd.DataFrame) -> bool:
    """Tell whether attention is known: an activity needs it, or at least one judgement was given.

    Otherwise an empty list means that nobody reported, not that all is well.

    Args:
        activities: as `judged` returns them.

    Source: columns 'Oordeel', 'Status' and 'Periode'; definition A4.
    """
    return bool(activities["reason"].notna().any() or activities["judgement"].notna().any())


def slipped(activities: pd.DataFrame, moves: pd.Series) -> pd.DataFrame:
    """Return the activities with a forecast, largest slip first, with how often their expected end
    moved.

    Args:
        activities: as `judged` returns them.
        moves: as `changes.moves` returns them; empty while the kept versions are not read.

    Returns:
        The rows with `slip`, and `moves` (count; NA where no version is known).

    Source: columns 'Periode' and 'Prognose'; definitions A3 and A12.
    """
    forecast = activities[activities["slip"].notna()]
    known = forecast["ref"].map(moves.to_dict()).astype("Int64")
    return forecast.assign(moves=known).sort_values("slip", ascending=False, kind="stable")


def slip_by_theme(activities: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Sum the slips of the activities of each theme.

    Args:
        activities: as `judged` returns them.
        themes: frame `themes` of a Programme.

    Returns:
        A row per theme as in `by_theme`: `theme`, `code`, `activities`, `forecasts` (activities
        with a forecast), `later` and `earlier` (of those), `quarters` (their slips added up, those
        that are earlier subtracted; NA without a forecast).

    Source: columns 'Periode' and 'Prognose'; definition A11.
    """
    counts = by_theme(activities, themes)[["theme", "code", "activities"]]
    slips = [
        activities.loc[activities["theme_code"].fillna(UNKNOWN_THEME) == code, "slip"].dropna()
        for code in counts["code"]
    ]
    return counts.assign(
        forecasts=[len(slip) for slip in slips],
        later=[int((slip > 0).sum()) for slip in slips],
        earlier=[int((slip < 0).sum()) for slip in slips],
        quarters=pd.array(
            [int(slip.sum()) if len(slip) else None for slip in slips], dtype="Int64"
        ),
    )


def international(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities that are marked as part of the international strategy.

    Source: column 'Internationaal'; definition A10.
    """
    return activities[activities["international"].notna()]


def undated(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities without a period that can be drawn: still to be decided, or not
    readable.

    Source: column 'Periode'; definition A7.
    """
    return activities[activities["period_first"].isna()]


def in_order_of_time(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities by first month, then last month; those without a period come last, in
    the workbook's order.
    """
    return activities.sort_values(
        ["period_first", "period_last"], kind="stable", na_position="last"
    )


def next_up(activities: pd.DataFrame, as_of: dt.date | None) -> pd.DataFrame:
    """Return the open activities that are expected to run or still have to start on the date, by
    expected months.

    Source: columns 'Prognose', 'Periode' and 'Status'; definition A8.
    """
    open_ = open_ones(activities)
    months = expected(open_)
    ahead = months["last"].notna()
    if as_of is not None:
        ahead &= (months["last"] >= period.month_at(as_of)).fillna(False).astype(bool)
    order = months[ahead].sort_values(["first", "last"], kind="stable").index
    return open_.loc[order]
