"""Draw a story as a page: its parts in their order, charts beside each other."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from aaa.exports import told
from aaa.figures import large, lists, strips, themes
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Grid,
    Ladder,
    Part,
    Shortlist,
    Story,
    Strip,
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
    first = "".join(_first(part) for part in story.parts if _is_first(part))
    tiles.title(story.name, story.title, first)
    _rest(story.parts)


def narrowed_page(
    tell: Callable[[Programme, str], Story],
    *,
    with_partner: bool = True,
    beside: Callable[[], None] | None = None,
    notice: Callable[[], None] | None = None,
) -> None:
    """Show a subject as the reader chose it with the filters.

    Args:
        tell: one of aaa.stories.
        with_partner: the partner is one of the filters.
        beside: shows another button beside that of the filters.
        notice: shows below the title what the address asks for in vain.
    """
    story = once(tell, session.programme(), session.language())
    nothing = filters.nothing()
    filters.head(story.name, nothing or story.title, with_partner, beside)
    if notice is not None:
        notice()
    parts = [_left_out(part, nothing) for part in story.parts] if nothing else story.parts
    if first := "".join(map(_first, filter(_is_first, parts))):
        clickable.show(first, "first")  # one element; plain HTML shows no icons
    # the title says it already, and how to fill the workbook is no answer to a filter
    left = [p for p in parts if not (nothing and isinstance(p, Words) and p.missing)]
    _rest(left)


def _left_out(part: Part, nothing: str) -> Part:
    """Return a part that says that the filters leave nothing, where it has nothing to show."""
    return replace(part, nothing=nothing) if isinstance(part, Shortlist) else part


def _rest(parts: Sequence[Part]) -> None:
    rest = [part for part in parts if not _is_first(part)]
    for pair in in_pairs(rest):
        columns = st.columns(2, gap="large") if is_beside(pair[0]) else [st.container()]
        for column, part in zip(columns, pair, strict=False):
            with column:
                _part(part)


def _is_large(part: ByTheme) -> bool:
    return sum(len(activities) for *_, activities in part.groups) > large.FROM


def _is_first(part: Part) -> bool:
    return isinstance(part, Tiles | Strip) or (isinstance(part, Words) and part.warning)


def _first(part: Part) -> str:
    if isinstance(part, Strip):
        key = themes.status_key(part.counts, session.language())
        return themes.status_strip(part.counts) + key
    return told.html(part)


def _part(part: Part) -> None:
    match part:
        case Bars():
            tiles.chart(part.chart, above=strips.key(part.chart.bars))
        case Grid():
            (tiles.chart if part.titled else tiles.drawing)(part.chart)
        case ByTheme():
            most = _MOST_OF_A_THEME if _is_large(part) else 0
            clickable.show(once(lists.by_theme, part.groups, session.language(), most), "by_theme")
        case Shortlist():
            tiles.activities(
                part.rows,
                part.heading,
                part.nothing,
                lists.heading(part.heading),
                limit=part.most,
                notes=part.notes,
            )
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
            st.html(told.html(part))
