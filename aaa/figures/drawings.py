"""What is drawn that is not made of bars or a grid, as values: headline numbers, a timeline, a
ladder, slip, sentences, open decisions.
"""

import datetime as dt
from dataclasses import dataclass

from aaa.figures.palette import Meaning
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
        number: the number alone; empty when it was not measured.
        share: of the target, in words; empty where there is none.
        length: of its bar, 0..1 of the longest; None when it was not measured, or there is no
            target.
        start: where the starting point lies, 0..1; None where there is none.
        facts: date, source and starting point in words; empty when it was not measured.
        steps: of a rung that was measured on two days or more, each in order of time: the day and
            the number in words, and its height, 0..1 of the highest.
        change: what differs from the measurement before, in words; empty where there is none.
    """

    name: str
    value: str
    number: str = ""
    share: str = ""
    length: float | None = None
    start: float | None = None
    facts: tuple[str, ...] = ()
    steps: tuple[tuple[str, str, float], ...] = ()
    change: str = ""


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
class Spent:
    """What was paid of one cost line by one funder.

    Attributes:
        line, funder: their names.
        estimate, paid, difference: euros in words, the difference with its sign; that it is not
            known, in words.
        share: what part of the estimate is paid, in words; empty where that is not known.
        estimated, spent: lengths, 0..1 of the longest; None where unknown.
        meaning: the funder.
    """

    line: str
    funder: str
    estimate: str
    paid: str
    difference: str
    share: str
    estimated: float | None
    spent: float | None
    meaning: Meaning

    @property
    def is_over(self) -> bool:
        """Tell whether more was paid than was estimated."""
        return self.estimated is not None and (self.spent or 0.0) > self.estimated


@dataclass(frozen=True)
class Variance:
    """What was paid against the estimate.

    Attributes:
        rows: by cost line and funder, what is overspent first.
        total: their sums, with no lengths.
    """

    rows: tuple[Spent, ...]
    total: Spent


@dataclass(frozen=True)
class Pace:
    """What was paid in the course of the plan year. Places in the year are 0..1, a payment outside
    of it stands at its edge; heights 0..1 of the highest.

    Attributes:
        plan: the plan year.
        steps: where in the year and how much was paid by then, one for each day with a payment.
        dates: the days of the steps.
        euros: the same in euros.
        estimate: what was estimated, as a height; None where that is not known.
        whole: the same in euros.
        today: where the date is; None where it is not in the year.
        said: what was paid in words, and of when the last payment is.
        estimated: the estimate in words.
        year: what part of the year is over in words; empty where that is not known.
    """

    plan: int
    steps: tuple[tuple[float, float], ...]
    dates: tuple[dt.date, ...]
    euros: tuple[float, ...]
    estimate: float | None
    whole: float | None
    today: float | None
    said: tuple[str, str]
    estimated: str
    year: str


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
