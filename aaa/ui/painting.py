"""Draw a story as a page: its parts in their order, charts beside each other."""

from collections.abc import Callable

import streamlit as st

from aaa.figures import large, lists, strips
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Cards,
    Grid,
    Ladder,
    Lines,
    Part,
    Story,
    Tiles,
    Words,
    in_pairs,
    is_beside,
)
from aaa.ui import clickable, filters, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.workbook.programme import Programme

_MOST_OF_A_THEME = 10  # activities of each theme of a large programme


def page(tell: Callable[[Programme, str], Story]) -> None:
    """Show a subject that no filter narrows, as one of aaa.stories tells it. What weighs most
    stands in the same element as the title, so that it is there first.
    """
    story = once(tell, session.unfiltered(), session.language())
    first = "".join(_html(part) for part in story.parts if _is_first(part))
    tiles.title(story.name, story.title, first)
    _rest(story)


def narrowed_page(tell: Callable[[Programme, str], Story], *, with_partner: bool = True) -> None:
    """Show a subject as the reader chose it with the filters.

    Args:
        tell: one of aaa.stories.
        with_partner: the partner is one of the filters.
    """
    story = once(tell, session.programme(), session.language())
    filters.head(story.name, filters.nothing() or story.title, with_partner)
    _rest(story)


def _rest(story: Story) -> None:
    rest = [part for part in story.parts if not _is_first(part)]
    for pair in in_pairs(rest):
        columns = st.columns(2, gap="large") if is_beside(pair[0]) else [st.container()]
        for column, part in zip(columns, pair, strict=False):
            with column:
                _part(part)


def _is_large(part: ByTheme) -> bool:
    return sum(len(activities) for *_, activities in part.groups) > large.FROM


def _is_first(part: Part) -> bool:
    return isinstance(part, Tiles) or (isinstance(part, Words) and part.warning)


def _part(part: Part) -> None:
    match part:
        case Bars():
            tiles.chart(part.chart, above=strips.key(part.chart.bars))
        case Grid():
            (tiles.chart if part.titled else tiles.drawing)(part.chart)
        case ByTheme():
            most = _MOST_OF_A_THEME if _is_large(part) else 0
            clickable.show(once(lists.by_theme, part.groups, session.language(), most), "by_theme")
        case Activities():
            head = lists.heading(part.heading, below=True)
            tiles.activities(part.rows, "activities", part.nothing, head)
        case Ladder():
            tiles.chart(part.chart, above=lists.remark(part.facts))
            tiles.activities(
                part.naming,
                f"contributing_{part.chart.name}",
                text("ambitions.contributing_empty"),
                lists.heading(part.goal, below=True),
            )
        case _:
            st.html(_html(part))


def _html(part: Part) -> str:
    match part:
        case Words():
            return lists.remark(part.text, part.heading, missing=part.missing, warning=part.warning)
        case Tiles():
            return lists.headline(part.tiles)
        case Cards():
            named = [(card.name, card.tag, card.text) for card in part.cards]
            return lists.section(part.heading, lists.cards(named), part.nothing, below=part.below)
        case Lines():
            body = lists.lines(part.lines)
            return lists.section(part.heading, body, part.nothing, below=part.below)
        case _:
            raise TypeError(f"no page has a {type(part).__name__} yet")
