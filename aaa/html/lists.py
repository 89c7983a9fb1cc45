"""Tables and lists as HTML that can be read aloud, searched and printed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from aaa.figures import decisions as figures
from aaa.figures import timeline
from aaa.figures.chart import Cells, Column, Table
from aaa.figures.drawings import Tile
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, badge, join, scrolling, tag
from aaa.metrics.rows import Activity, Decision, Group
from aaa.values import names
from aaa.values.dutch import carried
from aaa.values.links import Kind, Link
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode

_RIGHT = (Cells.NUMBER, Cells.EUROS, Cells.SHARE)
_WRITERS = {
    Cells.NUMBER: wording.number,
    Cells.EUROS: wording.euros,
    Cells.SHARE: wording.share,
    Cells.DATE: wording.date,
}


def table(content: Table, caption: str, lang: str) -> Markup:
    """Return a table as HTML that can be read aloud, searched and printed; unknown cells say so in
    words.
    """
    sides = ["a-right" if column.cells in _RIGHT else None for column in content.columns]
    head = (
        tag("th", column.heading, scope="col", class_=side)
        for column, side in zip(content.columns, sides, strict=True)
    )
    rows = []
    for values in content.frame.itertuples(index=False):
        (first, _), *rest = cells(values, content.columns, lang)
        others = (
            tag("td", words, class_=side, data_unknown="" if unknown else None)
            for (words, unknown), side in zip(rest, sides[1:], strict=True)
        )
        rows.append(tag("tr", tag("th", first, scope="row"), *others))
    body = tag("thead", tag("tr", *head)) + tag("tbody", *rows)
    # The chart may be a scrolling region with this caption; two regions need different names.
    region = f"{translate(lang, 'chart.table')}: {caption}"
    return tag("p", caption, class_="a-caption") + scrolling(
        tag("table", body, class_="a-table", aria_label=caption), region
    )


def cells(
    values: Iterable[Any], columns: Sequence[Column], lang: str
) -> Iterator[tuple[object, bool]]:
    """Yield the cells of a row in words, and of each whether it is unknown."""
    for value, column in zip(values, columns, strict=True):
        if value is None or (not isinstance(value, tuple) and pd.isna(value)):
            yield translate(lang, column.unknown), True
        else:
            write = _WRITERS.get(column.cells)
            yield (write(value, lang) if write else value), False


def headline(tiles: Sequence[Tile]) -> Markup:
    """Return headline numbers beside each other, or below each other on a phone."""
    cells = (
        tag(
            "div",
            tag("dt", tile.label),
            tag("dd", tile.value, class_="a-value a-unknown" if tile.unknown else "a-value"),
            tag("dd", tile.note, class_="a-tile-note"),
            class_="a-tile",
        )
        for tile in tiles
    )
    return tag("dl", *cells, class_="a-tiles")


def title(name: str, finding: str) -> Markup:
    """Return the name of a page and its title."""
    return tag("header", tag("p", name), tag("h1", finding), class_="a-title")


def heading(words: str, lead: str = "", *, below: bool = False) -> Markup:
    """Return the heading of a part of a page, with a sentence that leads it in; `below` makes it
    the heading of a smaller part.
    """
    level, look = ("h3", "a-subheading") if below else ("h2", "a-heading")
    said = tag("p", lead, class_="a-lead") if lead else NOTHING
    return tag(level, words, class_=look) + said


def remark(text: str, head: str = "", *, missing: bool = False, warning: bool = False) -> Markup:
    """Return a remark: `missing` stands where there is no data yet, `warning` says of a number what
    a reader must know before using it; `head` is what it stands in the place of.
    """
    if warning:
        return tag("p", text, class_="a-banner a-problem", role="note")
    look = "a-empty-state" if missing else "a-note"
    return (heading(head) if head else NOTHING) + tag("p", text, class_=look)


def alert(*words: object) -> Markup:
    """Return what is wrong, read aloud at once."""
    return tag("p", *words, class_="a-banner a-problem", role="alert")


def section(
    head: str, body: Markup, nothing: str = "", *, lead: str = "", below: bool = False
) -> Markup:
    """Return a heading with its contents, or with the words for an empty state when there are none;
    `below` makes it a smaller part.
    """
    missing = remark(nothing, missing=True) if nothing and not body else NOTHING
    return (heading(head, lead, below=below) if head else NOTHING) + body + missing


def items(inside: Iterable[object], look: str) -> Markup:
    """Return a list of this look; nothing without any items."""
    found = [tag("li", one) for one in inside]
    return tag("ul", *found, class_=look) if found else NOTHING


def facts(named: Iterable[tuple[str, object]]) -> Markup:
    """Return names with their values."""
    inside = (tag("dt", name) + tag("dd", value) for name, value in named)
    return tag("dl", *inside, class_="a-facts")


def card(name: str, label: str, text: str) -> Markup:
    """Return a name with a tag and a description."""
    said = tag("p", text) if text else NOTHING
    return tag("b", name) + (tag("small", label) if label else NOTHING) + said


def activities(
    rows: Sequence[Activity],
    reader: Reader,
    *,
    most: int = 0,
    notes: bool = True,
    of: str = "",
    led: bool = False,
    as_of: dt.date | None = None,
) -> Markup:
    """List activities, each by its title.

    Args:
        rows: in the order in which they are told.
        reader: for whom.
        most: show no more than this, and say how many more there are; 0 shows all.
        notes: show how things stand below each title.
        of: a partner; say whether it leads, and with whom it does each activity. Empty says
            nothing of it.
        led: say who leads each, and how long the period of one that is late is over.
        as_of: the date by which it is.
    """
    shown = rows[:most] if most else rows
    left = len(rows) - len(shown)
    more = tag("p", reader.text("list.more", n=left), class_="a-note") if left else NOTHING
    who = (timeline.led_by(row, as_of, reader.lang) if led else "" for row in shown)
    listed = (_activity(row, reader, notes, of, by) for row, by in zip(shown, who, strict=True))
    return tag("ul", *listed, class_="a-items") + more


def _activity(row: Activity, reader: Reader, notes: bool, of: str, who: str) -> Markup:
    said = [who] if who else []
    if of:
        people = {names.key(name): name for name in (*row.leads, *row.partners)}
        others = tuple(name for key, name in people.items() if key != names.key(of))
        said.append(reader.text("partner.with", names=wording.people(others, reader.lang)))
    if notes and row.note:
        both = carried(" · ".join((*said, row.note)), (row.note,))
        said = [both] if who else [*said, row.note]
    role = tag("span", reader.text(f"role.{row.role}"), class_="a-role") if of else NOTHING
    return tag(
        "li",
        called(row, reader),
        tag("span", timeline.period_words(row, reader.lang), class_="a-when"),
        tag("div", role, badges(row, reader.lang), class_="a-item-facts"),
        *(tag("p", words, class_="a-item-note") for words in said),
        class_="a-item",
    )


def called(activity: Activity, reader: Reader) -> Markup:
    """Return the number and title of an activity, as what opens its details."""
    nr = tag("span", activity.nr, class_="a-nr") + " " if activity.nr else NOTHING
    struck = "a-struck" if activity.state is StatusCode.DROPPED else None
    words = nr + tag("span", activity.called, class_=struck)
    return reader.opened(Link(Kind.ACTIVITY, activity.ref), words)


def badges(activity: Activity, lang: str) -> Markup:
    """Return how far an activity is, whether it is late, and its judgement, as icons with words."""
    return join(badge(name, word) for name, word in timeline.states(activity, lang))


def by_theme(groups: Sequence[Group], reader: Reader, most: int = 0) -> Markup:
    """List the activities of each theme under its name and description.

    Args:
        groups: the themes, their activities in the order in which they are told.
        reader: for whom.
        most: activities per theme, where there are several; a button filters by that theme to
            show all of them. 0 shows all.
    """
    parts = []
    for group in groups:
        of = len(group.activities)
        cut = bool(most) and len(groups) > 1 and of > most
        more = NOTHING
        if cut:
            words = reader.text("list.all", n=of)
            more = tag("p", reader.opened(Link(Kind.THEME, group.code), words), class_="a-more")
        parts.append(
            tag(
                "section",
                heading(group.theme or reader.text("theme.unknown"), group.description or ""),
                activities(group.activities[:most] if cut else group.activities, reader),
                more,
                id=f"thema-{group.code}",
            )
        )
    return join(parts)


def decisions(rows: Sequence[Decision], lang: str) -> Markup:
    """List open decisions and actions, overdue ones marked."""
    late = join((" ", badge("late", translate(lang, "slide.overdue"))))
    done = join((" ", badge("finished", translate(lang, "slide.done"))))
    listed = (
        join(
            (
                tag("b", wording.decision(row.kind, lang)),
                tag("span", wording.text(row.text, lang)),
                tag("span", wording.text(row.owner, lang, "slide.no_owner")),
                tag(
                    "span",
                    figures.due(row.due, lang),
                    late if row.overdue else " " if row.is_open else done,
                ),
            )
        )
        for row in rows
    )
    return tag("ul", *(tag("li", one) for one in listed), class_="a-decisions")
