"""The value type Period and its parser.

A month is one whole number, `year * 12 + month - 1`, so that months can be compared and subtracted.
Both ends of a period are inclusive: Q2 runs from April up to and including June.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum, unique
from itertools import pairwise

from aaa.values.names import tidy

MONTHS_PER_QUARTER = 3
MONTHS_PER_YEAR = 12
QUARTERS = (1, 2, 3, 4)


def month_number(year: int, month: int) -> int:
    """Return the month (1..12) of `year` as one number; see the top of this file."""
    return year * MONTHS_PER_YEAR + month - 1


def year_of(month: int) -> int:
    """Return the calendar year of a month number."""
    return month // MONTHS_PER_YEAR


def month_of(month: int) -> int:
    """Return the calendar month, 1..12, of a month number."""
    return month % MONTHS_PER_YEAR + 1


def quarter_of(month: int) -> int:
    """Return the quarter, 1..4, that a month number lies in."""
    return month % MONTHS_PER_YEAR // MONTHS_PER_QUARTER + 1


def iso_month(month: int) -> str:
    """Return a month number as `2025-04`."""
    return f"{year_of(month)}-{month_of(month):02d}"


def from_iso_month(text: str) -> int:
    """Return the month number of `2025-04`."""
    year, _, month = text.partition("-")
    return month_number(int(year), int(month))


def quarter_months(year: int, quarter: int) -> range:
    """Return the three month numbers of a quarter (1..4)."""
    first = month_number(year, 1) + (quarter - 1) * MONTHS_PER_QUARTER
    return range(first, first + MONTHS_PER_QUARTER)


def month_at(date: dt.date) -> int:
    """Return the month number that a date lies in."""
    return month_number(date.year, date.month)


def days_after(month: int, day: dt.date) -> int:
    """Return on which day after a month a day falls: 1 on the first, 0 or less within the month."""
    return (day - first_day(month + 1)).days + 1


def first_day(month: int) -> dt.date:
    """Return the first day of a month number."""
    return dt.date(year_of(month), month_of(month), 1)


def last_day(month: int) -> dt.date:
    """Return the last day of a month number."""
    return first_day(month + 1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A run of whole months.

    Attributes:
        first, last: month numbers, both inclusive, `first <= last`.
        first_exact, last_exact: True where a month was named; False where the end is a quarter's or
            a year's edge.
    """

    first: int
    last: int
    first_exact: bool
    last_exact: bool


@unique
class Remark(Enum):
    """An oddity in a period that could still be read."""

    GAP = "gap"  # Q1/Q3: read as one period from January to September


class NotAPeriodError(ValueError):
    """The text is not written as a period; the finding shows examples of valid spellings."""


UNDECIDED = frozenset({"", "ntb", "n.t.b.", "n.t.b", "ntb."})

MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "feb"),
            ("maart", "mrt"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("augustus", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_WHOLE_YEAR = re.compile(
    r"(?:heel(?: het jaar)?|(?:het )?hele jaar)(?: (?P<year>20[0-9][0-9]))?|doorlopend"
)
_BEFORE_SUMMER = re.compile(r"v[oó][oó]r de zomer(?: (?P<year>20[0-9][0-9]))?")
_POINT = re.compile(
    r"(?:(?P<part>begin|medio|half|einde|eind) ?)?"
    r"(?:q ?(?P<quarter>[1-4])|(?P<digit>[1-4])|(?P<month>[a-z]{3,9})\.?)"
    r"(?: ?(?P<year>20[0-9][0-9]))?"
)
# A separator with the spaces around it. The lookbehind lets a match start at the first space only;
# without it, a cell full of spaces would cause quadratic backtracking.
_RANGE = re.compile(r"(?:(?<!\s)\s+)?(?:-|–|—|‑|−|\bt/m\b|\btot en met\b)\s*")
_LIST = re.compile(r"(?:(?<!\s)\s+)?(?:/|,|;|\+|&|\ben\b)\s*")
_LONGEST = 80  # a period is short; a longer text is a note in the wrong column


@dataclass(frozen=True)
class _Point:
    """One end of a period as written; without a year it takes that of the point on its right."""

    part: str | None
    quarter: int | None
    month: int | None
    year: int | None

    def months(self, year: int) -> tuple[int, int, bool]:
        """Return the first month, the last month, and whether the point means a single month."""
        year = self.year or year
        if self.month is not None:
            only = month_number(year, self.month)
            return only, only, True
        assert self.quarter is not None
        first, middle, last = quarter_months(year, self.quarter)
        match self.part:
            case None:
                return first, last, False
            case "begin":
                return first, first, True
            case "medio" | "half":
                return middle, middle, True
            case _:
                return last, last, True


def parse(text: str, year: int) -> tuple[Period | None, Remark | None]:
    """Read a period as the annual plan writes it.

    Args:
        text: what stands in the cell; the accepted spellings are those of the workbook contract.
        year: the plan year, used where the text names none.

    Returns:
        The period, or None where it is still to be decided (`ntb`, empty); and a remark where it is
        odd.

    Raises:
        NotAPeriodError: the text is not a period.
    """
    plain = tidy(text).casefold()
    if plain in UNDECIDED:
        return None, None
    if len(plain) > _LONGEST:
        raise NotAPeriodError(text)
    if whole := _WHOLE_YEAR.fullmatch(plain):
        if plain == "heel":
            raise NotAPeriodError(text)
        chosen = int(whole["year"] or year)
        return Period(month_number(chosen, 1), month_number(chosen, 12), False, False), None
    if summer := _BEFORE_SUMMER.fullmatch(plain):
        first, _, last = quarter_months(int(summer["year"] or year), 2)
        return Period(first, last, False, False), None
    return _join(_ranges(plain), year, text)


# What people write for a period in other words, and how the plan writes it.
_MEANT = (
    (re.compile(r"z\.?s\.?m\.?|asap|later|onbekend|nader te bepalen|\?+"), "ntb"),
    (re.compile(r"k ?([1-4])\b"), r"q\1"),
    (re.compile(r"([1-4]) ?e (?:kwartaal|kw\.?)"), r"q\1"),
    (re.compile(r"(?:kwartaal|kw\.?) ?([1-4])\b"), r"q\1"),
    (re.compile(r"eerste kwartaal"), "q1"),
    (re.compile(r"tweede kwartaal"), "q2"),
    (re.compile(r"derde kwartaal"), "q3"),
    (re.compile(r"(?:vierde|laatste) kwartaal"), "q4"),
    (re.compile(r"eerste helft"), "q1-2"),
    (re.compile(r"tweede helft"), "q3-4"),
    (re.compile(r"\b(?:eind|einde)(?: van)?(?: het jaar)?(?: (20\d\d))?$"), r"q4 \1"),
    (re.compile(r"\bbegin(?: van)?(?: het jaar)?(?: (20\d\d))?$"), r"q1 \1"),
    (re.compile(r"\b(?:medio|half|halverwege)(?: het jaar)?(?: (20\d\d))?$"), r"q2-3 \1"),
)


def meant(text: str, year: int) -> str | None:
    """Return how the plan writes what was probably meant by a text that is no period; None when
    nobody can tell.

    Args:
        text: what stands in the cell.
        year: the plan year.
    """
    plain = tidy(text).casefold()
    if len(plain) > _LONGEST:
        return None
    for pattern, instead in _MEANT:
        plain = pattern.sub(lambda m, to=instead: m.expand(to).strip(), plain)  # type: ignore[misc]
    if plain in UNDECIDED:
        return plain
    try:
        parse(plain, year)
    except NotAPeriodError:
        return None
    return plain[:1].upper() + plain[1:]


def words_of(date: dt.date) -> str:
    """Return the month of a date as a lead would type it: `maart 2025`."""
    month = next(name for name, number in MONTH_NAMES.items() if number == date.month)
    return f"{month} {date.year}"


def from_date(date: dt.date) -> Period:
    """Return the month of a date cell as a period; the caller warns, because Excel makes dates of
    `1-4`.
    """
    month = month_at(date)
    return Period(month, month, True, True)


def _ranges(plain: str) -> list[list[_Point]]:
    """Split a list of periods into items of one or two points. A digit without a Q is a quarter
    when the point on its left is one.
    """
    pieces: list[list[_Point]] = []
    seen_quarter = False
    for piece in _LIST.split(_protect(plain)):
        points: list[_Point] = []
        for word in _RANGE.split(piece.replace("\0", "t/m")):
            match = _POINT.fullmatch(word.strip())
            if not match or (match["digit"] and (not seen_quarter or match["part"])):
                raise NotAPeriodError(plain)
            month = MONTH_NAMES.get(match["month"]) if match["month"] else None
            if match["month"] and (month is None or match["part"]):
                raise NotAPeriodError(plain)
            digit = match["quarter"] or match["digit"]
            seen_quarter = digit is not None
            points.append(
                _Point(
                    match["part"],
                    int(digit) if digit else None,
                    month,
                    int(match["year"]) if match["year"] else None,
                )
            )
        if len(points) > 2:
            raise NotAPeriodError(plain)
        pieces.append(points)
    return pieces


def _protect(plain: str) -> str:
    """Replace `t/m` and `tot en met` by a placeholder, so that `/` and `en` do not split them."""
    return re.sub(r"\bt/m\b|\btot en met\b", "\0", plain)


def _join(pieces: list[list[_Point]], year: int, text: str) -> tuple[Period, Remark | None]:
    """Fill in missing years from right to left, and merge the pieces into one period."""
    found: list[Period] = []
    current = year
    for points in reversed(pieces):
        ends = []
        for point in reversed(points):
            current = point.year or current
            ends.append(point.months(current))
        (_, last, last_exact), (first, _, first_exact) = ends[0], ends[-1]
        if last < first:
            raise NotAPeriodError(text)
        found.append(Period(first, last, first_exact, last_exact))
    found.reverse()
    gap = False
    for left, right in pairwise(found):
        if right.first <= left.last:
            raise NotAPeriodError(text)
        gap = gap or right.first > left.last + 1
    joined = Period(found[0].first, found[-1].last, found[0].first_exact, found[-1].last_exact)
    return joined, Remark.GAP if gap else None
