"""What is told of the plan and of the invented year, as values; `AAA_SNAPSHOTS=update pytest
tests/stories` writes them anew, and the difference is read before it is committed.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from aaa.figures.drawings import Ladder as Rungs
from aaa.figures.drawings import Slips
from aaa.metrics import partners, rows
from aaa.metrics.rows import Activity
from aaa.stories import activity, partner, report
from aaa.stories.every import NAMES
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Calendars,
    Cards,
    Changes,
    Decisions,
    Details,
    Grid,
    Ladder,
    Lines,
    Linked,
    Part,
    Rows,
    Section,
    Shortlist,
    Slip,
    Story,
    Strip,
    Tiles,
    Timeline,
    Variance,
    Words,
    weight,
)
from tests.support.copies import taken

FOLDER = Path(__file__).parent / "snapshots"


def lines(story: Story) -> Iterator[str]:
    """Yield a story as lines that a person can read."""
    yield f"{story.name}: {story.title} [{story.source}]"
    for part in story.parts:
        yield ""
        yield f"-- {type(part).__name__}, {weight(part).name}"
        yield from said(part)


def said(part: Part) -> Iterator[str]:  # noqa: PLR0912 - a branch for each kind of part
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
        case Timeline():
            scale = part.drawn.scale
            yield f"months {scale.first} to {scale.last}, today {part.drawn.as_of}"
            for theme, of, mine in (*part.drawn.groups, ("undated", 0, part.drawn.undated)):
                yield f"{theme} ({of}):"
                yield from map(when, mine)
        case Ladder():
            yield f"{part.chart.title}; {part.facts}; {part.goal}"
            yield part.chart.alt
            assert isinstance(part.chart.body, Rungs)
            for rung in part.chart.body.rungs:
                yield f"{rung.name} | {rung.value} | {rung.share} | {' · '.join(rung.facts)}"
            yield from titles(part.naming)
        case Changes():
            for group in part.groups:
                yield f"{group.heading} | {group.sums}"
                yield from group.sentences
        case Slip():
            yield f"{part.heading}: {part.chart.title}"
            assert isinstance(part.chart.body, Slips)
            for theme, words, slips in part.chart.body.groups:
                yield f"{theme} | {words}"
                yield from (f"{one.activity.name} | {one.words} | {one.moved}" for one in slips)
        case Section():
            yield part.heading
            for inner in part.parts:
                yield f"-- -- {type(inner).__name__}, {weight(inner).name}"
                yield from said(inner)
        case Variance():
            for spent in (*part.rows, part.chart.variance.total):
                money = (spent.estimate, spent.paid, spent.difference)
                yield " | ".join((f"{spent.line} {spent.funder}", *money))
        case Decisions():
            yield from (f"{r.kind} {r.text} {r.owner} {r.due} {r.overdue}" for r in part.rows)
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
            yield part.heading if part.rows else f"{part.heading}: {part.nothing}"
            yield from titles(part.rows)
        case Strip():
            yield ", ".join(f"{row.state} {row.activities}" for row in part.counts.itertuples())
        case Shortlist():
            yield f"{part.heading} ({part.most}): {'' if part.rows else part.nothing}"
            yield from titles(part.rows)
        case ByTheme():
            for group in part.groups:
                yield f"{group.theme}:"
                yield from titles(group.activities)
        case Linked():
            yield f"{part.heading}: {'' if part.links else part.nothing}{part.more}"
            yield from (f"{link.kind}={link.code}: {words}" for link, words in part.links)
        case Calendars():
            yield f"{part.heading}: {part.lead} {part.note}"
            yield from (f"{code}: {name}" for code, name in part.codes)
        case Rows():
            yield f"{part.caption} {part.note}"
            yield from part.table.csv().decode("utf-8-sig").splitlines()
        case Details():
            yield repr(part.activity)
        case _:
            raise TypeError(type(part).__name__)


def titles(mine: Iterable[Activity]) -> Iterator[str]:
    yield from (f"{one.nr} {one.title}" for one in mine)


def when(one: Activity) -> str:
    return f"{one.nr} {one.period} {one.forecast} {one.state} {one.late} {one.judgement}"


def told(name: str, book: str, lang: str) -> Story:
    shown = taken(book, lang, "shipped" if book == "example" else None)
    if name == "partner":
        (one,) = rows.partners(shown.whole.partners.head(1))
        mine = partners.of_partner(shown.whole.activities, one.partner)
        return partner.story(shown.whole, lang, one, mine)
    if name == "report":
        return report.story(shown, shown.before)
    if name == "activity":
        return activity.story(rows.activities(shown.whole)[0], lang)
    return shown.story(name)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("book", ["shipped", "example"])
@pytest.mark.parametrize("name", [*NAMES, "attention", "partner", "activity", "report"])
def test_what_is_told_is_what_was_read_before(name: str, book: str, lang: str) -> None:
    now = "\n".join(lines(told(name, book, lang))).replace("\u00a0", " ") + "\n"
    path = FOLDER / f"{name}_{book}_{lang}.txt"
    if os.environ.get("AAA_SNAPSHOTS") == "update":
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, "utf-8")
    assert path.read_text("utf-8") == now
