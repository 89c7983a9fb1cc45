"""Draw a story as a page: its parts in their order, charts beside each other."""

from collections.abc import Callable
from itertools import groupby

import streamlit as st

from aaa.figures import lists, strips
from aaa.stories.parts import Bars, Ladder, Part, Story, Tiles, Words, is_beside
from aaa.ui import session, tiles
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.workbook.programme import Programme


def page(tell: Callable[[Programme, str], Story]) -> None:
    """Show a subject that no filter narrows, as one of aaa.stories tells it."""
    show(once(tell, session.unfiltered(), session.language()))


def show(story: Story) -> None:
    """Show a story under its title. What weighs most stands in the same element as the title, so
    that it is there first.
    """
    first = "".join(_html(part) for part in story.parts if _is_first(part))
    tiles.title(story.name, story.title, first)
    rest = [part for part in story.parts if not _is_first(part)]
    for beside, run in groupby(rest, key=is_beside):
        columns = st.columns(2, gap="large") if beside else [st.container()]
        for place, part in enumerate(run):
            with columns[place % len(columns)]:
                _part(part)


def _is_first(part: Part) -> bool:
    return isinstance(part, Tiles) or (isinstance(part, Words) and part.warning)


def _part(part: Part) -> None:
    match part:
        case Bars():
            tiles.chart(part.chart, above=strips.key(part.chart.bars))
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
        case _:
            raise TypeError(f"no page has a {type(part).__name__} yet")
