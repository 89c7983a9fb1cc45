"""The timeline as HTML, so that long titles wrap, phones and printers can show it, and it reads as
a table.
"""

import datetime as dt
from collections.abc import Iterable

from markupsafe import Markup

from aaa.figures.drawings import Axis, Pager, Timeline
from aaa.figures.timeline import period_words
from aaa.html.lists import badges, called
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, icon, join, small, status_class, tag
from aaa.metrics.rows import Activity
from aaa.values import period
from aaa.values.links import Kind
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode

_FLIPS = 45  # percents; from here the words of the today line stand to its left
_LEAST = 0.8  # percents; the width of the shortest bar


def drawing(drawn: Timeline, reader: Reader) -> Markup:
    """Return the drawing."""
    scale, lang = drawn.scale, reader.lang
    today = scale.of_day(drawn.as_of) if drawn.as_of else None
    place = f"--months:{scale.months}" + ("" if today is None else f";--today:{today:.3f}%")
    parts = [_head(scale, drawn.as_of, lang)] if drawn.groups else []
    for theme, of, mine in drawn.groups:
        rows = (_row(one, reader, _track(one, scale)) for one in mine)
        parts.append(_group(theme or reader.text("theme.unknown"), of, rows, reader))
    if drawn.undated:
        rows = (_row(one, reader) for one in drawn.undated)
        words = reader.text("timeline.undated")
        parts.append(_group(words, len(drawn.undated), rows, reader, "a-tl-undated"))
    lines = tag("div", *parts, _key(lang), class_="a-timeline", style=place)
    if drawn.pager is None:
        return lines
    moves = pager(drawn.pager, reader)
    return moves + lines + moves


def _group(
    name: str, of: int, rows: Iterable[Markup], reader: Reader, look: str | None = None
) -> Markup:
    """Return rows under their heading, as a table for screen readers. Its headings are visually
    hidden, because the columns explain themselves on screen.
    """
    head = tag("h2", name, small(reader.text("count.activities", n=of)), class_="a-tl-theme")
    columns = (reader.text(f"column.{column}") for column in ("title", "state", "period"))
    said = (tag("span", words, role="columnheader") for words in columns)
    heads = tag("div", *said, class_="a-said", role="row")
    return tag(
        "section", head, tag("div", heads, *rows, role="table", aria_label=name), class_=look
    )


def _row(activity: Activity, reader: Reader, track: Markup = NOTHING) -> Markup:
    """Return a row: title, state and period as cells of a table, and the bars, which are hidden
    from screen readers.
    """
    return tag(
        "div",
        tag("span", called(activity, reader), class_="a-tl-title", role="rowheader"),
        tag("span", badges(activity, reader.lang), class_="a-tl-state", role="cell"),
        tag("span", period_words(activity, reader.lang), class_="a-tl-period", role="cell"),
        track,
        class_="a-tl-row",
        role="row",
    )


def _track(activity: Activity, scale: Axis) -> Markup:
    """Return the bars. Where there is a forecast, its bar shows the state, and the agreed period is
    a dashed outline behind it.
    """
    look = f"a-bar {status_class(activity.state)}"
    look += (" a-late" if activity.late else "") + (" a-passed" if activity.passed else "")
    agreed = _bar(
        look if activity.forecast_first is None else "a-ghost",
        (activity.period_first, activity.period_last),
        (activity.period_first_exact, activity.period_last_exact),
        scale,
    )
    expected = _bar(
        look,
        (activity.forecast_first, activity.forecast_last),
        (activity.forecast_first_exact, activity.forecast_last_exact),
        scale,
    )
    return tag("span", agreed, expected, class_="a-tl-track", aria_hidden="true")


def _bar(
    look: str, months: tuple[int | None, int | None], exact: tuple[bool, bool], scale: Axis
) -> Markup:
    """Return one bar; nothing without months."""
    first, last = months
    if first is None or last is None:
        return NOTHING
    soft = (name for name, e in zip(("a-soft-start", "a-soft-end"), exact, strict=True) if not e)
    left, right = scale.left(first), scale.left(last + 1)
    style = f"left:{left:.3f}%;width:{max(right - left, _LEAST):.3f}%"
    return tag("span", class_=" ".join((look, *soft)), style=style)


def _head(scale: Axis, as_of: dt.date | None, lang: str) -> Markup:
    """Return the axis: quarters, months below them, and the today line that runs
    through every row.
    """
    quarters = []
    for first in range(scale.first, scale.last + 1, period.MONTHS_PER_QUARTER):
        starts = first == scale.first or period.quarter_of(first) == 1
        name = formatting.quarter(period.quarter_of(first))
        shorts = (
            formatting.month_short(m, lang) for m in range(first, first + period.MONTHS_PER_QUARTER)
        )
        quarters.append(
            tag(
                "span",
                tag("b", name, small(str(period.year_of(first)) if starts else "")),
                tag("span", *(tag("i", short[:1], tag("u", short[1:])) for short in shorts)),
                class_="a-tl-quarter",
            )
        )
    today = scale.of_day(as_of) if as_of else None
    line = NOTHING
    if today is not None and as_of is not None:
        words = translate(lang, "timeline.today", date=formatting.short_date(as_of, lang))
        side = "a-tl-today a-flip" if today > _FLIPS else "a-tl-today"
        line = tag("span", tag("em", words), class_=side, style=f"left:{today:.3f}%")
    axis = tag("span", *quarters, line, class_="a-tl-axis")
    return tag("div", axis, class_="a-tl-head", aria_hidden="true")


def _key(lang: str) -> Markup:
    """Return the legend: the two kinds of ends, the dashed outline, the states."""
    samples = (
        ("a-bar s-finished", "timeline.key_exact"),
        ("a-bar s-finished a-soft-start a-soft-end", "timeline.key_soft"),
        ("a-ghost", "timeline.key_ghost"),
        ("a-bar s-running a-late", "timeline.key_late"),
    )
    shapes = (tag("li", sample(look), translate(lang, key)) for look, key in samples)
    return tag(
        "ul", *shapes, *map(state_key, StatusCode, (lang,) * len(StatusCode)),
        class_="a-key", aria_label=translate(lang, "timeline.key"),
    )  # fmt: skip


def sample(look: str) -> Markup:
    """Return how something looks, for a legend."""
    return tag("span", tag("span", class_=look), class_="a-sample")


def state_key(state: StatusCode, lang: str, count: int | None = None) -> Markup:
    """Return the look, icon and word of a state, with how many activities have it."""
    shown = NOTHING if count is None else join((" ", tag("b", count)))
    look = sample(f"a-bar {status_class(state)}")
    return tag("li", look, icon(state.name.lower()), wording.status(state, lang), shown)


def pager(shown: Pager, reader: Reader) -> Markup:
    """Return the pagination of a list: the rows on screen, and a button for each page."""
    first, last, of = (
        formatting.number(n, reader.lang) for n in (shown.first, shown.last, shown.of)
    )
    said = tag("span", reader.text("pager.said", first=first, last=last, of=of))
    buttons = (
        tag(
            "button",
            number,
            type="button",
            class_="a-button",
            data_choose=f"{Kind.PAGE}={number}",
            aria_label=reader.text("pager.to", page=number),
            aria_current="page" if number == shown.page else None,
        )
        for number in range(1, shown.pages + 1)
    )
    return tag(
        "div", said, *buttons, class_="a-pager", role="group", aria_label=reader.text("pager.name")
    )
