"""What is drawn that is not made of bars or a grid, as values: headline numbers, a timeline, a
ladder, slip, sentences, open decisions.
"""

import datetime as dt
from dataclasses import dataclass

from aaa.metrics.rows import Activity, Decision
from aaa.values import period


@dataclass(frozen=True)
class Tile:
    """One headline number: what it is, the number with its unit, and a line below it. `unknown`
    gives it the look of what is not known.
    """

    label: str
    value: str
    note: str = ""
    unknown: bool = False


@dataclass(frozen=True)
class Axis:
    """The months on the axis, both inclusive, in whole quarters; maps months and days to percents
    of its width.
    """

    first: int
    last: int

    @property
    def months(self) -> int:
        """Return the number of months."""
        return self.last - self.first + 1

    def left(self, month: int) -> float:
        """Return where a month begins, in percents; clipped to the axis."""
        return 100 * min(max(month - self.first, 0), self.months) / self.months

    def of_day(self, day: dt.date) -> float | None:
        """Return where a day lies, in percents; None when it is not on the axis."""
        month = period.month_at(day)
        if not self.first <= month <= self.last:
            return None
        return self.left(month) + (day.day - 1) / period.last_day(month).day * 100 / self.months


@dataclass(frozen=True)
class Pager:
    """A page of a long list.

    Attributes:
        page: which one, from 1.
        pages: how many there are.
        first, last: the numbers of the rows on it, from 1.
        of: how many rows stand on all pages.
    """

    page: int
    pages: int
    first: int
    last: int
    of: int


@dataclass(frozen=True)
class Timeline:
    """Activities by theme on an axis of months.

    Attributes:
        groups: the name of a theme (None for an unknown one), how many activities it has in all,
            and those that are drawn.
        undated: activities without months.
        scale: the axis.
        as_of: the date of the today line; None draws none.
        pager: where only a page of them is drawn.
    """

    groups: tuple[tuple[str | None, int, tuple[Activity, ...]], ...]
    undated: tuple[Activity, ...]
    scale: Axis
    as_of: dt.date | None
    pager: Pager | None = None


@dataclass(frozen=True)
class Line:
    """An activity as one line of the timeline of a slide. Places on the axis are in percents.

    Attributes:
        activity: the activity.
        bar: from where to where it runs as expected; None without months.
        soft: whether its start and its end are the edge of a quarter, not a month that was named.
        agreed: from where to where it was agreed, where that is not the same.
        over: the part of the bar after the agreed period, or until today where it should have
            ended; None where there is none.
        icon: the name of the icon of its heaviest mark.
        is_wrong: it is on *Rood* or late.
        shift: by how many quarters it ends later or earlier, with a sign; empty where it does not.
        words: its marks, or how far it is.
    """

    activity: Activity
    bar: tuple[float, float] | None
    soft: tuple[bool, bool]
    agreed: tuple[float, float] | None
    over: tuple[float, float] | None
    icon: str
    is_wrong: bool
    shift: str
    words: str

    @property
    def end(self) -> float:
        """Return where its words stand."""
        ends = [part[1] for part in (self.bar, self.over) if part is not None]
        return max(ends, default=0.0)


@dataclass(frozen=True)
class Rung:
    """One rung of a ladder.

    Attributes:
        name: which one.
        value: the number with its unit; that it was not measured, in words.
        share: of the target, in words; empty where there is none.
        length: of its bar, 0..1 of the longest; None when it was not measured, or there is no
            target.
        start: where the starting point lies, 0..1; None where there is none.
        facts: date, source and starting point in words; empty when it was not measured.
    """

    name: str
    value: str
    share: str = ""
    length: float | None = None
    start: float | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ladder:
    """One ambition.

    Attributes:
        rungs: from the most to the least certain.
        goal: the target in words; empty where there is none.
        target: where it lies, 0..1 of the longest bar; None where there is none.
        rest: what of the target no measured rung holds, as a number; empty where nothing is left.
    """

    rungs: tuple[Rung, ...]
    goal: str
    target: float | None
    rest: str = ""

    @property
    def stacked(self) -> tuple[float, ...]:
        """Return the width of each rung, 0..1 of the whole bar, where they stand behind each other:
        a home counts in one rung, the furthest that it reached. The whole bar is the target, or all
        rungs together where they are more.
        """
        lengths = [rung.length or 0.0 for rung in self.rungs]
        whole = max(self.target or 0.0, sum(lengths)) or 1.0
        return tuple(length / whole for length in lengths)


@dataclass(frozen=True)
class Slip:
    """How much later than agreed one activity is expected to end.

    Attributes:
        activity: which one.
        quarters: how many, negative when it is earlier.
        words: the same in words.
        moved: how often its expected end moved, in words; empty where that is not known.
    """

    activity: Activity
    quarters: int
    words: str
    moved: str


@dataclass(frozen=True)
class Slips:
    """Slip by theme: the name of a theme, its sum in words, and its activities."""

    groups: tuple[tuple[str, str, tuple[Slip, ...]], ...]


@dataclass(frozen=True)
class Told:
    """A heading with sentences below it.

    Attributes:
        heading: what they have in common, with their number.
        sentences: one for each fact.
        sums: what the heading adds up, in words; empty where nothing.
    """

    heading: str
    sentences: tuple[str, ...]
    sums: str = ""


@dataclass(frozen=True)
class Sentences:
    """Sentences by group."""

    groups: tuple[Told, ...]


@dataclass(frozen=True)
class Open:
    """Decisions and actions that are open."""

    rows: tuple[Decision, ...]
