"""Draw a story as a page. What stands between two charts is one element, because each element makes
the reader wait.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from aaa.exports.takeaway import Takeaway
from aaa.figures import plot
from aaa.html import bars as html_bars
from aaa.html import charts, lists, parts
from aaa.html.tags import NOTHING, join, tag
from aaa.stories.parts import (
    Bars,
    Ladder,
    OfAChart,
    Part,
    Shortlist,
    Story,
    Words,
    in_pairs,
    is_beside,
)
from aaa.ui import asking, clickable, filters, images, reader, session
from aaa.ui.asking import Asked
from aaa.ui.once import once
from aaa.ui.reader import PageReader


@dataclass(frozen=True)
class Piece:
    """One element of a page.

    Attributes:
        key: its name, unique on the page.
        html: what it shows.
        chart: the chart that it is; None where it is none.
    """

    key: str
    html: Markup
    chart: OfAChart | None = None


@dataclass(frozen=True)
class Painted:
    """A story, ready to be shown.

    Attributes:
        name, title: of the story.
        pieces: elements below each other; those of one tuple stand beside each other.
    """

    name: str
    title: str
    pieces: tuple[tuple[Piece, ...], ...]


def page(name: str) -> None:
    """Show a subject that no filter narrows, by its name in aaa/stories. What weighs most stands in
    the same element as the title, so that it is there first.
    """
    titled(painted(asking.now().unfiltered(), name, lambda taken: taken.story(name)))


def titled(shown: Painted) -> None:
    """Show a story under its title."""
    first, rest = _first(shown)
    clickable.show(lists.title(shown.name, shown.title) + first, "title")
    show(rest)


def narrowed_page(
    name: str,
    *,
    with_partner: bool = True,
    beside: Callable[[], None] | None = None,
    notice: Callable[[], None] | None = None,
    page: int | None = None,
) -> None:
    """Show a subject as the reader chose it with the filters.

    Args:
        name: of the subject in aaa/stories.
        with_partner: the partner is one of the filters.
        beside: shows another button beside that of the filters.
        notice: shows below the title what the address asks for in vain.
        page: of a long list.
    """
    nothing, asked = filters.nothing(), asking.now()
    shown = painted(
        asked, (name, nothing, page), lambda taken: _without(taken.story(name, page), nothing)
    )
    filters.head(shown.name, nothing or shown.title, with_partner, beside)
    if notice is not None:
        notice()
    show(shown.pieces)


def _without(story: Story, nothing: str) -> Story:
    """Return a story of which the filters leave nothing: where it has nothing to show it says so,
    and how to fill the workbook is no answer to a filter.
    """
    if not nothing:
        return story
    left = (
        replace(part, nothing=nothing) if isinstance(part, Shortlist) else part
        for part in story.parts
        if not (isinstance(part, Words) and part.missing)
    )
    return replace(story, parts=tuple(left))


def painted(asked: Asked, name: Hashable, tell: Callable[[Takeaway], Story]) -> Painted:
    """Return a story as elements, made once for all readers who ask the same.

    Args:
        asked: what the reader asks for.
        name: of the story, with whatever else it depends on.
        tell: tells it.
    """
    who = reader.now()

    def paint(taken: Takeaway) -> Painted:
        story = tell(taken)
        return Painted(story.name, story.title, tuple(_pieces(story, taken, who)))

    return asked.once((name, who), paint)


def _pieces(story: Story, taken: Takeaway, who: PageReader) -> Iterator[tuple[Piece, ...]]:
    block: list[Markup] = []
    for number, pair in enumerate(in_pairs(story.parts)):
        if any(isinstance(part, OfAChart) for part in pair):
            if block:
                yield (Piece(f"block_{number}", join(block)),)
            yield tuple(_piece(part, taken, who, f"beside_{number}") for part in pair)
            block = [parts.html(parts.naming(p, who), who) for p in pair if isinstance(p, Ladder)]
        else:
            both = [parts.html(part, who, short=True) for part in pair]
            if is_beside(pair[0]):
                both = [tag("div", *(tag("div", one) for one in both), class_="w-two")]
            block += both
    if block:
        yield (Piece("block", join(block)),)


def _piece(part: Part, taken: Takeaway, who: PageReader, key: str) -> Piece:
    """Return a chart, or what stands in the place of one, as an element; Plotly draws bars in one
    of their own.
    """
    if not isinstance(part, OfAChart):
        return Piece(key, parts.html(part, who))
    chart = part.chart
    if isinstance(part, Bars):
        drawing = _until_plotly(part)
    else:
        drawing = charts.labelled(chart, charts.drawing(chart, who))
    return Piece(chart.name, parts.head(part, taken.source(chart.source)) + drawing, part)


def _until_plotly(part: Bars) -> Markup:
    """Return the bars in the place and size of those that Plotly will draw, for as long as its
    program is on the way.
    """
    bars, rows = part.chart.bars, len(part.rows)
    style = f"height:{plot.height(bars)}px;--rows:{rows};--margin:{plot.MARGIN}px"
    inside = tag("div", html_bars.strips(bars), style=style)
    return tag("div", inside, class_="a-until", aria_hidden="true")


def _first(shown: Painted) -> tuple[Markup, Sequence[tuple[Piece, ...]]]:
    """Return what may stand in the element of the title, and the rest."""
    if shown.pieces and shown.pieces[0][0].chart is None and len(shown.pieces[0]) == 1:
        return shown.pieces[0][0].html, shown.pieces[1:]
    return NOTHING, shown.pieces


def show(pieces: Sequence[tuple[Piece, ...]]) -> None:
    """Show the elements of a story."""
    for number, row in enumerate(pieces):
        if len(row) > 1 or (row[0].chart is not None and is_beside(row[0].chart)):
            # The style sheet makes two columns of this one block; Streamlit's columns are three.
            counts = "_".join(str(_elements(piece)) for piece in row)
            with st.container(key=f"two_{counts}_of_{number}"):
                for piece in row:
                    _show(piece)
        else:
            _show(row[0])


def _elements(piece: Piece) -> int:
    """Return of how many elements a piece is: of a chart its head, the bars, and its table."""
    if piece.chart is None:
        return 1
    return 3 if isinstance(piece.chart, Bars) else 2


def _show(piece: Piece) -> None:
    """Show an element, and below a chart the button that opens its table."""
    clickable.show(piece.html, f"chart_{piece.key}" if piece.chart else piece.key)
    if piece.chart is None:
        return
    chart = piece.chart.chart
    if isinstance(piece.chart, Bars):
        drawn = piece.chart.chart.bars
        dark, lang = session.dark(), session.language()
        st.plotly_chart(
            once(("plot", drawn, lang, dark), lambda: plot.figure(drawn, lang, dark)),
            theme=None,
            key=f"plot_{chart.name}",
            config=plot.CONFIG,
            alt=chart.alt,
        )
    popover = st.popover(
        session.text("chart.table"), type="tertiary", on_change="rerun", key=f"table_{chart.name}"
    )
    if popover.open:
        with popover:
            _table(piece.chart)


def _table(part: OfAChart) -> None:
    """Fill an open popover. Filling a closed one would make every reader wait for the table."""
    chart = part.chart
    with st.container(horizontal=True):
        st.download_button(
            session.text("chart.csv"),
            partial(chart.table.csv),
            images.named(chart, "csv"),
            "text/csv",
            on_click="ignore",
            key=f"csv_{chart.name}",
        )
        images.offer(chart, chart.name)
    st.html(lists.table(chart.table, chart.title, session.language()))
