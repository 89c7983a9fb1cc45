"""What is told of the plan and of the invented year, as values; `AAA_SNAPSHOTS=update pytest
tests/stories` writes them anew, and the difference is read before it is committed.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from aaa.stories import ambitions, budget, overview, partners, programme, themes
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Cards,
    Goals,
    Grid,
    Ladder,
    Lines,
    Part,
    Shortlist,
    Story,
    Strip,
    Tiles,
    Words,
    weight,
)
from tests.support.copies import taken

FOLDER = Path(__file__).parent / "snapshots"
STORIES = {
    "ambitions": ambitions.story,
    "budget": budget.story,
    "overview": overview.story,
    "partners": partners.story,
    "programme": programme.story,
    "themes": themes.story,
}


def lines(story: Story) -> Iterator[str]:
    """Yield a story as lines that a person can read."""
    yield f"{story.name}: {story.title} [{story.source}]"
    for part in story.parts:
        yield ""
        yield f"-- {type(part).__name__}, {weight(part).name}"
        yield from said(part)


def said(part: Part) -> Iterator[str]:
    match part:
        case Words():
            yield f"{part.heading}: {part.text}" if part.heading else part.text
        case Tiles():
            yield from (f"{one.label}: {one.value} ({one.note})" for one in part.tiles)
        case Bars():
            yield f"{part.chart.title} [{part.chart.source}] {part.chart.note}".strip()
            bars = part.chart.bars
            for place, row in enumerate(bars.rows):
                amounts = ", ".join(
                    f"{one.name} {one.amounts[place]} ({one.meanings[place]})"
                    for one in bars.stacks
                )
                yield f"{row.label} | {row.below} | {amounts}"
        case Grid():
            yield f"{part.chart.title} [{part.chart.source}]"
            yield " | ".join(part.chart.grid.head)
            for one in part.chart.grid.rows:
                yield f"{one.name} {one.remark} | {one.counts} | {one.behind} | {one.below}"
        case Ladder():
            yield f"{part.chart.title}; {part.facts}; {part.goal}"
            yield part.chart.alt
            yield from titles(part.naming)
        case _:
            yield from listed(part)


def listed(part: Part) -> Iterator[str]:
    match part:
        case Cards():
            yield part.heading if part.cards else f"{part.heading}: {part.nothing}"
            yield from (f"{card.name} | {card.tag} | {card.text}" for card in part.cards)
        case Lines():
            yield part.heading if part.lines else f"{part.heading}: {part.nothing}"
            yield from part.lines
        case Activities():
            yield part.heading if len(part.rows) else f"{part.heading}: {part.nothing}"
            yield from titles(part.rows)
        case Strip():
            yield ", ".join(f"{row.state} {row.activities}" for row in part.counts.itertuples())
        case Shortlist():
            yield f"{part.heading} ({part.most}): {part.nothing if part.rows.empty else ''}"
            yield from titles(part.rows)
        case Goals():
            yield part.heading
            yield from map(" | ".join, part.lines)
            yield part.note
        case ByTheme():
            for theme, _, _, rows in part.groups:
                yield f"{theme}:"
                yield from titles(rows)
        case _:
            raise TypeError(type(part).__name__)


def titles(rows: pd.DataFrame) -> Iterator[str]:
    yield from (f"{row.nr} {row.title}" for row in rows.itertuples())


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("book", ["shipped", "example"])
@pytest.mark.parametrize("name", STORIES)
def test_what_is_told_is_what_was_read_before(name: str, book: str, lang: str) -> None:
    told = taken(book, lang).whole
    now = "\n".join(lines(STORIES[name](told, lang))).replace("\u00a0", " ") + "\n"
    path = FOLDER / f"{name}_{book}_{lang}.txt"
    if os.environ.get("AAA_SNAPSHOTS") == "update":
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, "utf-8")
    assert path.read_text("utf-8") == now
