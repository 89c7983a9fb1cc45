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
    """

    rungs: tuple[Rung, ...]
    goal: str
    target: float | None


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
