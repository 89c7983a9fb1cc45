"""A heat map as a real table: a number in every cell, so that colour only repeats what the number
says.
"""

from collections.abc import Sequence

from markupsafe import Markup

from aaa.figures.grid import Grid, Room, Row
from aaa.figures.heat import step
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, join, scrolling, small, tag


def heat(grid: Grid, caption: str, reader: Reader) -> Markup:
    """Return a grid as a heat map, with its notes.

    Args:
        grid: the counts.
        caption: what it shows, for a screen reader.
        reader: for whom.
    """
    rows = []
    for row in grid.rows:
        below = row.below or [""] * len(row.counts)
        cells = [
            _cell(count, grid.highest, words)
            for count, words in zip(row.counts, below, strict=True)
        ]
        cells += [
            tag("td", number, class_=f"a-num{_hidden(room)}")
            for number, room in zip(row.behind, grid.rooms[1 + len(row.counts) :], strict=True)
        ]
        rows.append(tag("tr", _name(row, reader), *cells))
    notes = join(tag("p", words, class_="a-note") for words in grid.notes)
    return _heat(grid.head, rows, caption, list(map(_hidden, grid.rooms))) + notes


def plain(grid: Grid, only: Sequence[int], caption: str) -> Markup:
    """Return rows of a grid as a heat map in plain words, for a slide.

    Args:
        grid: the counts.
        only: the places of the rows.
        caption: what it shows, for a screen reader.
    """
    rows = []
    for row in (grid.rows[place] for place in only):
        cells = [_cell(count, grid.highest) for count in row.counts]
        cells += [tag("td", number, class_="a-num") for number in grid.narrow(row)]
        rows.append(tag("tr", tag("th", row.name, scope="row"), *cells))
    return _heat(grid.narrow_head, rows, caption)


def _name(row: Row, reader: Reader) -> Markup:
    name = reader.opened(row.link, row.name) if row.link else row.name
    return tag("th", name, small(row.remark), scope="row")


def _hidden(room: Room) -> str:
    """Return the class that hides a column on a phone; the table behind the chart shows it there
    too.
    """
    return " a-optional" if room > Room.EVERYWHERE else ""


def _heat(
    head: Sequence[str], rows: Sequence[Markup], caption: str, classes: Sequence[str] = ()
) -> Markup:
    looks = classes or [""] * len(head)
    cells = (
        tag("th", name, scope="col", class_=look.strip())
        for name, look in zip(head, looks, strict=True)
    )
    body = tag("thead", tag("tr", *cells)) + tag("tbody", *rows)
    return scrolling(tag("table", body, class_="a-heat"), caption)


def _cell(count: int, highest: int, below: str = "") -> Markup:
    shown = tag("b", count)
    if not count:
        shown = tag("b", "·", aria_hidden="true") + tag("span", "0", class_="a-said")
    return tag("td", shown, small(below) or NOTHING, class_=f"a-h{step(count, highest)}")
