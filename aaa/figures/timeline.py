"""The timeline: what happens in which quarter?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pandas as pd

from aaa import metrics
from aaa.figures import heat
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.drawings import Axis, Line, Pager, Timeline
from aaa.figures.grid import Grid
from aaa.metrics import rows
from aaa.metrics.rows import Activity
from aaa.values import period
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Judgement, StatusCode

LARGE = 150  # activities; a reader cannot oversee more in one list
A_PAGE = 100  # of them, of one theme


def is_large(activities: pd.DataFrame) -> bool:
    """Tell whether the activities are more than one list can show."""
    return len(activities) > LARGE


def chart(programme: Programme, lang: str, page: int | None = None) -> Chart:
    """Draw the activities by theme. Of a large programme it shows how many activities of each theme
    run in each quarter; of one large theme, one page.

    Args:
        programme: as the reader chose it, in the reader's language, its activities judged.
        lang: that language.
        page: of one large theme, from 1; None draws all of it, for an output that nobody can press.
    """
    activities, year = programme.activities, programme.year
    several = activities["theme_code"].nunique(dropna=False) > 1
    body: Timeline | Grid
    note = ""
    if is_large(activities) and several:
        counts = metrics.activities.by_theme_and_quarter(activities, programme.themes, year)
        body = heat.theme_quarters(counts, lang, opens=True).grid
        note = translate(lang, "timeline.by_theme", n=len(activities))
    elif is_large(activities) and page is not None:
        body = _page(programme, page)
    else:
        body = _drawn(programme, activities)
    return Chart(
        "timeline",
        title(activities, year, lang),
        body,
        alternative(activities, programme.as_of, year, lang),
        _table(programme, lang),
        "Activiteiten",
        note,
    )


def _drawn(
    programme: Programme, shown: pd.DataFrame, pager: Pager | None = None, of: int = 0
) -> Timeline:
    dated, undated = split(shown)
    groups = rows.grouped(programme, dated)
    return Timeline(
        tuple((one.theme, of or len(one.activities), one.activities) for one in groups),
        rows.activities(programme, undated),
        axis(programme.activities, programme.year),
        programme.as_of,
        pager,
    )


def _page(programme: Programme, page: int) -> Timeline:
    of = len(programme.activities)
    pages = -(-of // A_PAGE)
    at = min(max(page, 1), pages)
    first, last = (at - 1) * A_PAGE, min(at * A_PAGE, of)
    pager = Pager(at, pages, first + 1, last, of)
    dated = len(split(programme.activities)[0])
    return _drawn(programme, programme.activities.iloc[first:last], pager, dated)


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


def split(activities: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the activities that can be drawn, and those without agreed or expected months."""
    dated = activities["period_first"].notna() | activities["forecast_first"].notna()
    return activities[dated], activities[~dated]


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


def alternative(activities: pd.DataFrame, as_of: dt.date | None, year: int, lang: str) -> str:
    """Return the text alternative: how many activities run in each quarter, how many are late on
    the date and how many have no period.
    """
    counts = metrics.activities.running(activities, year)
    quarters = ", ".join(
        f"{formatting.quarter(q)} {n}"
        for q, n in counts[["quarter", "activities"]].itertuples(index=False)
    )
    without = translate(lang, "timeline.alt_undated", n=len(metrics.activities.undated(activities)))
    late = translate(lang, "timeline.alt_late_unknown")
    if as_of is not None:
        late = translate(lang, "timeline.alt_late", n=int(activities["late"].sum()))
    return translate(
        lang, "timeline.alt", n=len(activities), quarters=quarters, undated=without, late=late
    )


def _table(programme: Programme, lang: str) -> Table:
    """Return the activities as a table to read."""
    columns = ("nr", "theme", "title", "period", "forecast", "state", "leads", "partners")
    frame = pd.DataFrame(
        [
            (
                one.nr,
                one.theme,
                one.title,
                wording.agreed(one.period, one.period_first, one.period_last, lang),
                one.forecast,
                " · ".join(word for _, word in states(one, lang)),
                wording.people(one.leads, lang),
                wording.people(one.partners, lang),
            )
            for one in rows.activities(programme)
        ],
        columns=list(columns),
    )
    unknown = {"forecast": "none"}
    heads = (
        Column(translate(lang, f"column.{name}"), unknown=unknown.get(name, "unknown"))
        for name in columns
    )
    return Table(frame, tuple(heads))


# what the table of the page leaves out, and how it is written
_REST = {
    "judgement": Cells.TEXT,
    "progress": Cells.SHARE,
    "finished_on": Cells.DATE,
    "note": Cells.TEXT,
    "ambitions": Cells.TEXT,
    "topic": Cells.TEXT,
    "description": Cells.TEXT,
    "international": Cells.TEXT,
}


def every_column(programme: Programme, lang: str) -> Table:
    """Return the activities with every column of the contract, for a workbook."""
    shown, found = _table(programme, lang), rows.activities(programme)
    rest = pd.DataFrame(
        {
            "judgement": [wording.judgement(one.judgement, lang) for one in found],
            "progress": pd.array([one.progress for one in found], dtype="Float64"),
            "finished_on": [one.finished_on for one in found],
            "note": [one.note for one in found],
            "ambitions": [", ".join(one.ambitions) or None for one in found],
            "topic": [one.topic for one in found],
            "description": [one.description for one in found],
            "international": [one.international for one in found],
        }
    )
    heads = (
        Column(translate(lang, f"column.{name}"), cells, "none") for name, cells in _REST.items()
    )
    frame = pd.concat([shown.frame, rest], axis="columns")
    return Table(frame, (*shown.columns, *heads))


_MOST_QUARTERS = 4  # that the axis is longer for the words behind the last bars
_ROOM_OF_A_LETTER = 1.22  # percents of the axis of a slide
_LONG_YEARS = 27  # months of an axis on which the name of a quarter has room for a whole year


def states(activity: Activity, lang: str) -> list[tuple[str, str]]:
    """Return how far an activity is, whether it is late, and its judgement: of each its name and
    its word.
    """
    words = _words(lang)
    name = activity.state.name.lower()
    found = [("unreported", words["passed"]) if activity.passed else (name, words[name])]
    names = ["late"] if activity.late else []
    names += [activity.judgement.name.lower()] if activity.judgement else []
    return found + [(name, words[name]) for name in names]


@cache
def _words(lang: str) -> dict[str, str]:
    words = {code.name.lower(): wording.status(code, lang) for code in StatusCode}
    words |= {j.name.lower(): wording.judgement(j, lang) or "" for j in Judgement}
    return words | {"late": translate(lang, "late"), "passed": translate(lang, "passed")}


def lead(activity: Activity, lang: str) -> str:
    """Return who leads an activity; that nobody is named yet, in words."""
    if activity.leads:
        return wording.people(activity.leads, lang)
    return translate(lang, "change.nobody")


def over(activity: Activity, as_of: dt.date | None, lang: str) -> str:
    """Return how many days the agreed period of an activity is over, of one that is late or silent;
    else nothing.
    """
    if as_of is None or not (activity.late or activity.passed) or activity.period_last is None:
        return ""
    return translate(lang, "activity.over", n=period.days_after(activity.period_last, as_of))


def led_by(activity: Activity, as_of: dt.date | None, lang: str) -> str:
    """Return who leads an activity, and of one that is late how many days its agreed period is
    over.
    """
    words = translate(lang, "activity.led", lead=lead(activity, lang))
    return " · ".join(filter(None, (words, over(activity, as_of, lang))))


def period_words(activity: Activity, lang: str) -> str:
    """Return the agreed period as typed, with the forecast behind it where there is one."""
    agreed = translate(lang, "period.none")
    if activity.period is not None:
        agreed = wording.period_typed(activity.period, lang)
    if activity.forecast is None:
        return agreed
    forecast = wording.period_typed(activity.forecast, lang)
    return translate(lang, "timeline.period_forecast", period=agreed, forecast=forecast)


def of_a_slide(drawn: Timeline, lang: str) -> Timeline:
    """Return a timeline as a slide draws it: an activity without months stands in its theme, and
    the axis has room for the words behind every bar.
    """
    left = list(drawn.undated)
    groups = []
    for theme, of, mine in drawn.groups:
        here = tuple(one for one in left if one.theme == theme)
        left = [one for one in left if one.theme != theme]
        groups.append((theme, of + len(here), (*mine, *here)))
    rest = dict.fromkeys(one.theme for one in left)
    for theme in rest:
        here = tuple(one for one in left if one.theme == theme)
        groups.append((theme, len(here), here))
    wider = replace(drawn, groups=tuple(groups), undated=())
    for _ in range(_MOST_QUARTERS):
        lines = (line(one, wider, lang) for _, _, mine in groups for one in mine)
        if all(
            one.end + _ROOM_OF_A_LETTER * len(f"{one.shift} {one.words}") < 100 for one in lines
        ):
            break
        longer = Axis(wider.scale.first, wider.scale.last + period.MONTHS_PER_QUARTER)
        wider = replace(wider, scale=longer)
    return wider


def quarters(scale: Axis) -> Iterator[tuple[int, str, str]]:
    """Yield the first month of each quarter of the axis of a slide, its name, and the year where
    one begins; of many quarters the year in two figures, so that no name reaches the next.
    """
    is_long = scale.months > _LONG_YEARS
    for first in range(scale.first, scale.last + 1, period.MONTHS_PER_QUARTER):
        starts = first == scale.first or period.quarter_of(first) == 1
        year = str(period.year_of(first)) if starts else ""
        yield (
            first,
            formatting.quarter(period.quarter_of(first)),
            f"’{year[2:]}" if is_long and year else year,
        )


def _expected(activity: Activity) -> tuple[int | None, int | None]:
    if activity.forecast_first is not None and activity.forecast_last is not None:
        return activity.forecast_first, activity.forecast_last
    return activity.period_first, activity.period_last


def line(activity: Activity, drawn: Timeline, lang: str) -> Line:
    """Return an activity as one line.

    Args:
        activity: the activity.
        drawn: the timeline, as `of_a_slide` returns it.
        lang: the reader's language.
    """
    scale = drawn.scale
    has_forecast = activity.forecast_first is not None and activity.forecast_last is not None
    agreed = _place(scale, (activity.period_first, activity.period_last))
    bar = _place(scale, _expected(activity))
    exact = (activity.period_first_exact, activity.period_last_exact)
    if has_forecast:
        exact = (activity.forecast_first_exact, activity.forecast_last_exact)
    is_closed = activity.state in (StatusCode.FINISHED, StatusCode.DROPPED)
    is_red = activity.judgement is Judgement.RED and not is_closed
    over = None
    if agreed is not None and bar is not None and not is_closed:
        ends = bar[1]
        today = None if drawn.as_of is None else scale.of_day(drawn.as_of)
        if activity.late and today is not None:
            ends = max(ends, today)
        over = (max(agreed[1], bar[0]), ends) if ends > agreed[1] else None
    marks = dict(states(activity, lang))
    heavy = [name for name in ("red", "late", "orange") if name in marks and not is_closed]
    said = [marks[name] for name in heavy] or [next(iter(marks.values()))]
    if "red" in heavy and activity.state is StatusCode.NOT_STARTED:
        said.append(wording.status(activity.state, lang))
    slip = activity.slip or 0
    return Line(
        activity,
        bar,
        (not exact[0], not exact[1]),
        agreed if has_forecast and agreed != bar else None,
        over,
        heavy[0] if heavy else next(iter(marks)),
        is_red or activity.late,
        f"{'+' if slip > 0 else '−'}{abs(slip)}" if slip else "",
        ", ".join(said).lower(),
    )


def _place(scale: Axis, months: tuple[int | None, int | None]) -> tuple[float, float] | None:
    first, last = months
    return None if first is None or last is None else (scale.left(first), scale.left(last + 1))
