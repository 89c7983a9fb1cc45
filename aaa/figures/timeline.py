"""The timeline: what happens in which quarter? Plain HTML, so that long titles wrap, phones and
printers can show it, and it reads as a table.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from aaa import metrics
from aaa.figures.chart import Chart, Column, Table
from aaa.figures.html import escape, icon, state_badges, status_class
from aaa.values import period
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.schema import Judgement, StatusCode


@dataclass(frozen=True)
class Axis:
    """The months on the axis, both inclusive, in whole quarters; maps months and days to percents
    of its width.
    """

    first: int
    last: int

    @property
    def months(self) -> int:
        """Return the number of months."""
        return self.last - self.first + 1

    def left(self, month: int) -> float:
        """Return where a month begins, in percents; clipped to the axis."""
        return 100 * min(max(month - self.first, 0), self.months) / self.months

    def of_day(self, day: dt.date) -> float | None:
        """Return where a day lies, in percents; None when it is not on the axis."""
        month = period.month_at(day)
        if not self.first <= month <= self.last:
            return None
        return self.left(month) + (day.day - 1) / period.last_day(month).day * 100 / self.months


def axis(activities: pd.DataFrame, year: int) -> Axis:
    """Return the axis: the plan year, and the quarters around it that a period or a forecast
    reaches, up to a year on either side.
    """
    first, last = period.month_number(year, 1), period.month_number(year, 12)
    ends = activities[["period_first", "period_last", "forecast_first", "forecast_last"]].stack()
    reach = [
        int(end)
        for end in ends.dropna()
        if first - period.MONTHS_PER_YEAR <= end <= last + period.MONTHS_PER_YEAR
    ]
    low, high = min([first, *reach]), max([last, *reach])
    per_quarter = period.MONTHS_PER_QUARTER
    return Axis(low // per_quarter * per_quarter, (high // per_quarter + 1) * per_quarter - 1)


def timeline(
    activities: pd.DataFrame, themes: pd.DataFrame, year: int, as_of: dt.date | None, lang: str
) -> Chart:
    """Draw the activities by theme: agreed period, forecast over it, the day of today, certain and
    uncertain ends.

    Args:
        activities: as `metrics.activities.judged` returns them.
        themes: frame `themes` of a Programme.
        year: the plan year.
        as_of: the date of the today line; None draws none.
        lang: the reader's language.

    Returns:
        The chart; each activity carries `data-ref`, which opens its details.
    """
    dated, undated = split(activities)
    groups = [(theme, mine) for theme, _, _, mine in metrics.activities.grouped(dated, themes)]
    body = drawing(groups, undated, axis(activities, year), as_of, lang)
    return Chart(
        "timeline",
        title(activities, year, lang),
        body,
        alternative(activities, year, lang),
        table(activities, lang),
        "Activiteiten",
    )


def split(activities: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the activities that can be drawn, and those without agreed or expected months."""
    dated = activities["period_first"].notna() | activities["forecast_first"].notna()
    return activities[dated], activities[~dated]


def drawing(
    groups: Sequence[tuple[str | None, pd.DataFrame]],
    undated: pd.DataFrame,
    scale: Axis,
    as_of: dt.date | None,
    lang: str,
    *,
    opens: bool = True,
    of: int = 0,
) -> str:
    """Return the drawing itself.

    Args:
        groups: the name of a theme (None for an unknown one) with its activities, below each other.
        undated: the activities without months, listed under it.
        scale: the axis.
        as_of: the date of the today line; None draws none.
        lang: the reader's language.
        opens: a title is a button that opens the details of its activity.
        of: how many activities a theme has, where only some of them are drawn; 0 where all are.
    """
    words = badge_words(lang)
    today = scale.of_day(as_of) if as_of else None
    place = f"--months:{scale.months}" + ("" if today is None else f";--today:{today:.3f}%")
    parts = "".join(_group(theme, mine, scale, words, lang, opens, of) for theme, mine in groups)
    head = _head(scale, as_of, lang) if groups else ""
    return (
        f'<div class="a-timeline" style="{place}">'
        f"{head}{parts}{_undated(undated, words, lang, opens)}{_key(lang)}</div>"
    )


def title(activities: pd.DataFrame, year: int, lang: str) -> str:
    """Return the title: which quarter is the busiest."""
    top = metrics.activities.busiest(metrics.activities.running(activities, year))
    if top is None:
        return translate(lang, "timeline.title_empty")
    return translate(
        lang,
        "timeline.title",
        n=int(top["activities"]),
        quarter=formatting.quarter(int(top["quarter"])),
    )


def alternative(activities: pd.DataFrame, year: int, lang: str) -> str:
    """Return the text alternative: how many activities run in each quarter, how many are late and
    how many have no period.
    """
    counts = metrics.activities.running(activities, year)
    quarters = ", ".join(
        f"{formatting.quarter(q)} {n}"
        for q, n in counts[["quarter", "activities"]].itertuples(index=False)
    )
    without = translate(lang, "timeline.alt_undated", n=len(metrics.activities.undated(activities)))
    late = translate(lang, "timeline.alt_late", n=int(activities["late"].sum()))
    return translate(
        lang, "timeline.alt", n=len(activities), quarters=quarters, undated=without, late=late
    )


def table(activities: pd.DataFrame, lang: str) -> Table:
    """Return the activities as a table to read."""
    names = ("nr", "theme", "title", "period", "forecast", "state", "leads", "partners")
    frame = activities[list(names)].copy()
    frame["period"] = [
        wording.agreed(a.period, a.period_first, a.period_last, lang)
        for a in activities.itertuples(index=False)
    ]
    frame["state"] = [wording.status(code, lang) for code in activities["state"]]
    for name in ("leads", "partners"):
        frame[name] = [wording.people(people, lang) for people in activities[name]]
    unknown = {"forecast": "none"}
    return Table(
        frame,
        tuple(
            Column(translate(lang, f"column.{name}"), unknown=unknown.get(name, "unknown"))
            for name in names
        ),
    )


def badge_words(lang: str) -> dict[str, str]:
    """Return the word of every badge, by its name."""
    words = {code.name.lower(): wording.status(code, lang) for code in StatusCode}
    words |= {j.name.lower(): wording.judgement(j, lang) or "" for j in Judgement}
    return words | {"late": translate(lang, "late"), "passed": translate(lang, "passed")}


def badges(activity: Any, words: dict[str, str]) -> str:
    """Return the badges of one activity, as `metrics.activities.judged` describes it."""
    judgement = (
        Judgement(activity.judgement).name.lower() if isinstance(activity.judgement, str) else None
    )
    return state_badges(activity.state, activity.late, activity.passed, judgement, words)


def _group(
    theme: str | None,
    mine: pd.DataFrame,
    scale: Axis,
    words: dict[str, str],
    lang: str,
    opens: bool,
    of: int,
) -> str:
    rows = "".join(
        _row(activity, scale, words, lang, opens) for activity in mine.itertuples(index=False)
    )
    name = escape(theme) if theme else escape(translate(lang, "theme.unknown"))
    count = escape(translate(lang, "count.activities", n=of or len(mine)))
    return (
        f'<section><h2 class="a-tl-theme">{name}'
        f" <small>{count}</small></h2>{_table(name, rows, lang)}</section>"
    )


def _row(activity: Any, scale: Axis, words: dict[str, str], lang: str, opens: bool) -> str:
    return _cells(
        activity,
        words,
        lang,
        opens,
        f'<span class="a-tl-track" aria-hidden="true">{_bars(activity, scale)}</span>',
    )


def _cells(activity: Any, words: dict[str, str], lang: str, opens: bool, track: str = "") -> str:
    """Return a row: title, state and period as cells of a table, and the bars, which are hidden
    from screen readers.
    """
    return (
        '<div class="a-tl-row" role="row"><span class="a-tl-title" role="rowheader">'
        f'{called(activity, opens=opens)}</span><span class="a-tl-state" role="cell">'
        f'{badges(activity, words)}</span><span class="a-tl-period" role="cell">'
        f"{escape(period_words(activity, lang))}</span>{track}</div>"
    )


def _table(name: str, rows: str, lang: str) -> str:
    """Return rows as a table for screen readers. Its headings are visually hidden, because the
    columns explain themselves on screen.

    Args:
        name: of the table, HTML already.
        rows: its HTML.
        lang: the reader's language.
    """
    heads = "".join(
        f'<span role="columnheader">{escape(translate(lang, f"column.{column}"))}</span>'
        for column in ("title", "state", "period")
    )
    return (
        f'<div role="table" aria-label="{name}"><div class="a-said" role="row">{heads}</div>{rows}'
        "</div>"
    )


def open_button(activity: Any) -> str:
    """Return the title of an activity as a button that opens its details."""
    return called(activity, opens=True)


def called(activity: Any, *, opens: bool) -> str:
    """Return the number and title of an activity; as a button that opens its details, or as plain
    words.
    """
    nr = f'<span class="a-nr">{escape(activity.nr)}</span> ' if isinstance(activity.nr, str) else ""
    dropped = ' class="a-struck"' if activity.state == StatusCode.DROPPED else ""
    words = f"{nr}<span{dropped}>{escape(title_words(activity))}</span>"
    return (
        f'<button type="button" class="a-open" data-choose="activiteit={escape(activity.ref)}">'
        f"{words}</button>"
        if opens
        else f"<span>{words}</span>"
    )


def title_words(activity: Any) -> str:
    """Return what an activity is called: its title, else its topic."""
    return str(
        activity.title
        if isinstance(activity.title, str)
        else activity.topic
        if isinstance(activity.topic, str)
        else "…"
    )


def period_words(activity: Any, lang: str) -> str:
    """Return the agreed period as typed, with the forecast behind it where there is one."""
    agreed = activity.period if isinstance(activity.period, str) else translate(lang, "period.none")
    if not isinstance(activity.forecast, str):
        return agreed
    return translate(lang, "timeline.period_forecast", period=agreed, forecast=activity.forecast)


def _bars(activity: Any, scale: Axis) -> str:
    """Return the bars. Where there is a forecast, its bar shows the state, and the agreed period is
    a dashed outline behind it.
    """
    look = (
        status_class(activity.state)
        + (" a-late" if activity.late else "")
        + (" a-passed" if activity.passed else "")
    )
    spans = {
        name: (getattr(activity, f"{name}_first"), getattr(activity, f"{name}_last"))
        for name in ("period", "forecast")
    }
    has = {name: not pd.isna(first) for name, (first, _) in spans.items()}
    bars = ""
    for name in ("period", "forecast"):
        if has[name]:
            first, last = (int(end) for end in spans[name])
            kind = "a-ghost" if name == "period" and has["forecast"] else f"a-bar {look}"
            exact = [bool(getattr(activity, f"{name}_{end}_exact")) for end in ("first", "last")]
            soft = "".join(
                f" {c}" for c, e in zip(("a-soft-start", "a-soft-end"), exact, strict=True) if not e
            )
            left, right = scale.left(first), scale.left(last + 1)
            bars += (
                f'<span class="{kind}{soft}" '
                f'style="left:{left:.3f}%;width:{max(right - left, 0.8):.3f}%"></span>'
            )
    return bars


def _head(scale: Axis, as_of: dt.date | None, lang: str) -> str:
    """Return the axis: quarters, months below them, and the today line that runs
    through every row.
    """
    quarters = ""
    for first in range(scale.first, scale.last + 1, period.MONTHS_PER_QUARTER):
        year = (
            f" <small>{period.year_of(first)}</small>"
            if first == scale.first or period.quarter_of(first) == 1
            else ""
        )
        name = f"{formatting.quarter(period.quarter_of(first))}{year}"
        shorts = [
            formatting.month_short(m, lang) for m in range(first, first + period.MONTHS_PER_QUARTER)
        ]
        months = "".join(
            f"<i>{escape(short[:1])}<u>{escape(short[1:])}</u></i>" for short in shorts
        )
        quarters += f'<span class="a-tl-quarter"><b>{name}</b><span>{months}</span></span>'
    today = scale.of_day(as_of) if as_of else None
    line = ""
    if today is not None and as_of is not None:
        side = " a-flip" if today > 45 else ""
        words = translate(lang, "timeline.today", date=formatting.short_date(as_of, lang))
        line = (
            f'<span class="a-tl-today{side}" style="left:{today:.3f}%"><em>{escape(words)}</em>'
            "</span>"
        )
    return (
        f'<div class="a-tl-head" aria-hidden="true"><span class="a-tl-axis">{quarters}{line}</span>'
        "</div>"
    )


def _undated(activities: pd.DataFrame, words: dict[str, str], lang: str, opens: bool) -> str:
    if activities.empty:
        return ""
    rows = "".join(
        _cells(activity, words, lang, opens) for activity in activities.itertuples(index=False)
    )
    heading = escape(translate(lang, "timeline.undated"))
    count = escape(translate(lang, "count.activities", n=len(activities)))
    return (
        f'<section class="a-tl-undated"><h2 class="a-tl-theme">{heading}'
        f" <small>{count}</small></h2>{_table(heading, rows, lang)}</section>"
    )


def _key(lang: str) -> str:
    """Return the legend: the two kinds of ends, the dashed outline, the states."""
    samples = (
        ("a-bar s-finished", "timeline.key_exact"),
        ("a-bar s-finished a-soft-start a-soft-end", "timeline.key_soft"),
        ("a-ghost", "timeline.key_ghost"),
        ("a-bar s-running a-late", "timeline.key_late"),
    )
    shapes = "".join(
        f'<li><span class="a-sample"><span class="{look}"></span></span>'
        f"{escape(translate(lang, key))}</li>"
        for look, key in samples
    )
    states = "".join(
        f'<li><span class="a-sample"><span class="a-bar {status_class(code)}"></span></span>'
        f"{icon(code.name.lower())}{escape(wording.status(code, lang))}</li>"
        for code in StatusCode
    )
    return (
        f'<ul class="a-key" aria-label="{escape(translate(lang, "timeline.key"))}">{shapes}{states}'
        "</ul>"
    )
