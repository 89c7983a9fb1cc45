"""What a story is: a title, and parts that every output draws in its own way.

A story has no HTML of its own, no place on a page and no colours of one ground.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, unique
from typing import TypeAlias

import pandas as pd

from aaa.figures import drawings
from aaa.figures.chart import Chart, Table
from aaa.figures.drawings import Tile, Told
from aaa.metrics.rows import Activity, Decision, Group
from aaa.values.finding import Finding
from aaa.values.links import Link


@unique
class Weight(IntEnum):
    """How much a part weighs. An output with less room cuts from the lowest weight; what is KEPT is
    never cut, and the output grows instead.
    """

    DETAIL = 0
    FIGURE = 1
    HEADLINE = 2
    KEPT = 3


@dataclass(frozen=True)
class Words:
    """A remark.

    Attributes:
        text: the remark.
        missing: it stands where there is no data yet, and says how to fill it.
        warning: it says of a number that it is incomplete or contradicts itself.
        heading: what it stands in the place of.
    """

    text: str
    missing: bool = False
    warning: bool = False
    heading: str = ""

    @property
    def is_remark(self) -> bool:
        """Tell whether it is said beside numbers, not about one and not in the place of one."""
        return not (self.missing or self.warning or self.heading)


@dataclass(frozen=True)
class Tiles:
    """Headline numbers beside each other."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Strip:
    """All activities by status in one bar; counts as `metrics.activities.by_status` returns
    them.
    """

    counts: pd.DataFrame


@dataclass(frozen=True)
class Bars:
    """A chart of bars, or some rows of it.

    Attributes:
        chart: the chart; its body is made of bars.
        rows: which of its bars, by their place.
    """

    chart: Chart
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """A chart of counts by quarter, or some rows of it.

    Attributes:
        chart: the chart; its body is a grid.
        rows: which of its rows, by their place.
        titled: its title is not that of the story.
    """

    chart: Chart
    rows: tuple[int, ...]
    titled: bool = True


@dataclass(frozen=True)
class Timeline:
    """The timeline, or some rows of it; its title is that of the story.

    Attributes:
        chart: all of it.
        drawn: what is shown of it.
    """

    chart: Chart
    drawn: drawings.Timeline


@dataclass(frozen=True)
class Ladder:
    """The ladder of one ambition.

    Attributes:
        chart: the ladder.
        goal: how many activities say that they contribute to it.
        target: what it aims at; 0 where it has no number.
        facts: what the workbook says of the ambition itself: target, year, source.
        naming: those activities.
    """

    chart: Chart
    goal: str
    facts: str
    naming: tuple[Activity, ...]
    target: float = 0.0


@dataclass(frozen=True)
class Variance:
    """What was paid against the estimate, or some rows of it.

    Attributes:
        chart: all of it; its body is a Variance.
        rows: those that are shown.
    """

    chart: Chart
    rows: tuple[drawings.Spent, ...]


@dataclass(frozen=True)
class Pace:
    """What was paid in the course of the year; the body of its chart is a Pace."""

    chart: Chart


@dataclass(frozen=True)
class Slip:
    """Slip by theme.

    Attributes:
        chart: the chart.
        heading: what stands above its title.
    """

    chart: Chart
    heading: str


@dataclass(frozen=True)
class Changes:
    """Sentences by group; the title of the chart is that of the story.

    Attributes:
        chart: all of them.
        groups: those that are shown.
    """

    chart: Chart
    groups: tuple[Told, ...]


@dataclass(frozen=True)
class Decisions:
    """Open decisions and actions; the title of the chart is that of the story.

    Attributes:
        chart: all of them.
        rows: those that are shown.
        as_of: the date by which they are overdue; None where that is not known.
        asked: they are decisions that are asked.
    """

    chart: Chart
    rows: tuple[Decision, ...]
    as_of: dt.date | None = None
    asked: bool = False


@dataclass(frozen=True)
class Activities:
    """Activities by title, with their state and how things stand.

    Attributes:
        rows: the activities.
        heading: what they have in common; empty where the title says it.
        nothing: the words when there are none.
        below: it is a smaller part of what stands above it.
        led: each with its lead, and with how long its period is over where that is known.
        as_of: the date by which it is over; None where that is not known.
    """

    rows: tuple[Activity, ...]
    heading: str = ""
    nothing: str = ""
    below: bool = False
    led: bool = False
    as_of: dt.date | None = None


@dataclass(frozen=True)
class Shortlist:
    """The first activities of a list.

    Attributes:
        rows: all of them, what weighs most first.
        heading: what they have in common.
        nothing: the words when there are none.
        most: how many a page shows; an output that nobody can press shows all, where they do not
            follow in another list.
        notes: with how things stand.
        of: the partner whose activities they are; empty where they are not those of one.
        led, as_of: as of Activities.
    """

    rows: tuple[Activity, ...]
    heading: str
    nothing: str
    most: int
    notes: bool = True
    of: str = ""
    led: bool = False
    as_of: dt.date | None = None


@dataclass(frozen=True)
class ByTheme:
    """The activities of each theme, in order of time. A slide leaves them to the timeline."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Details:
    """All that is known of one activity; its title is that of the story."""

    activity: Activity


@dataclass(frozen=True)
class Card:
    """Something with a name, a tag and a description."""

    name: str
    tag: str = ""
    text: str = ""


@dataclass(frozen=True)
class Cards:
    """Cards under a heading.

    Attributes:
        heading: the heading.
        cards: the cards.
        nothing: the words when there are none.
        below: it is a smaller part of what stands above it.
    """

    heading: str
    cards: tuple[Card, ...]
    nothing: str = ""
    below: bool = False


@dataclass(frozen=True)
class Lines:
    """Plain lines under a heading; attributes as of Cards, and `kept`: how many of the first ones
    are never cut.
    """

    heading: str
    lines: tuple[str, ...]
    nothing: str = ""
    below: bool = False
    kept: int = 0


@dataclass(frozen=True)
class Linked:
    """Names that can be opened, under a heading.

    Attributes:
        heading: the heading.
        links: what each name opens, and the name.
        nothing: the words when there are none.
        more: what is left out, in words; empty when nothing is.
    """

    heading: str
    links: tuple[tuple[Link, str], ...]
    nothing: str = ""
    more: str = ""


@dataclass(frozen=True)
class Calendars:
    """Calendars to keep.

    Attributes:
        heading: the heading.
        codes: the code and the name of each; no name where there is only one.
        lead: why to keep them.
        note: what they leave out; empty where nothing is.
    """

    heading: str
    codes: tuple[tuple[str, str], ...]
    lead: str = ""
    note: str = ""


@dataclass(frozen=True)
class Ticks:
    """A form in which a lead ticks what findings propose.

    Attributes:
        answers: by the place of a finding in the list: what its tick is called, and what would
            stand in the cell.
        to: the address that the form is posted to.
        name: of the field of the ticks.
        hidden: other fields and their values.
        act: the field of the button that was pressed.
        buttons: of each its value and its words.
    """

    answers: Mapping[int, tuple[str, str]]
    to: str
    name: str
    hidden: tuple[tuple[str, str], ...]
    act: str
    buttons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Findings:
    """What is wrong with the workbook.

    Attributes:
        heading: the heading.
        found: in the order of the sheets.
        nothing: the words when there is nothing wrong.
        ticks: beside findings that have one right answer; None where nothing can be ticked.
    """

    heading: str
    found: tuple[Finding, ...]
    nothing: str = ""
    ticks: Ticks | None = None


@dataclass(frozen=True)
class Rows:
    """A table to read, under its caption, with what must be said with it."""

    caption: str
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """Names with their values, under a heading."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """Parts of another story under its title.

    Attributes:
        heading: the title.
        parts: what is told.
    """

    heading: str
    parts: tuple["Part", ...]


OfAChart: TypeAlias = Bars | Grid | Timeline | Ladder | Slip | Changes | Decisions | Variance | Pace
OnAPageOnly: TypeAlias = (
    Strip
    | Tiles
    | Bars
    | Slip
    | Shortlist
    | ByTheme
    | Details
    | Cards
    | Lines
    | Linked
    | Calendars
    | Findings
    | Rows
    | Facts
    | Section
)
OnASlide: TypeAlias = (
    Words | Grid | Timeline | Ladder | Changes | Decisions | Activities | Variance | Pace
)
Part: TypeAlias = OnASlide | OnAPageOnly


def weight(part: Part) -> Weight:
    """Return how much a part weighs."""
    match part:
        case Words(warning=True):
            return Weight.KEPT
        case Lines() if 0 < len(part.lines) <= part.kept:
            return Weight.KEPT
        case Tiles():
            return Weight.HEADLINE
        case Words() | ByTheme() | Cards() | Lines() | Linked() | Calendars() | Rows() | Facts():
            return Weight.DETAIL
    return Weight.FIGURE


def is_beside(part: Part) -> bool:
    """Tell whether a part may stand beside another one: charts of bars, and what stands in their
    place.
    """
    match part:
        case Bars() | Shortlist(of=""):
            return True
        case Grid():
            return part.titled
        case Words():
            return bool(part.heading)
    return False


def in_pairs(parts: Iterable[Part]) -> list[tuple[Part, ...]]:
    """Return parts in the order in which they are told, two that may stand beside each other
    together: on a phone, and read aloud, they follow each other in that order.
    """
    pairs: list[tuple[Part, ...]] = []
    for part in parts:
        if pairs and len(pairs[-1]) == 1 and is_beside(part) and is_beside(pairs[-1][0]):
            pairs[-1] += (part,)
        else:
            pairs.append((part,))
    return pairs


def grid(chart: Chart, *, titled: bool = True) -> Grid:
    """Return a whole grid as a part."""
    return Grid(chart, tuple(range(len(chart.grid.rows))), titled)


def bars(chart: Chart) -> Bars:
    """Return a whole chart of bars as a part."""
    return Bars(chart, tuple(range(len(chart.bars.rows))))


@dataclass(frozen=True)
class Story:
    """One subject as it is told.

    Attributes:
        name: what the page of the subject is called.
        title: what its own rows say, as a sentence.
        source: the sheets its numbers come from.
        parts: in the order in which they are told, what weighs most first.
    """

    name: str
    title: str
    source: str
    parts: tuple[Part, ...]

    @property
    def cautions(self) -> tuple[str, ...]:
        """Return what a reader must know before using the numbers."""
        return tuple(part.text for part in self.parts if isinstance(part, Words) and part.warning)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Return its charts, in their order."""
        return tuple(part.chart for part in self.parts if isinstance(part, OfAChart))
