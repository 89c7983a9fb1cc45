"""Convert one hand-typed cell to one typed value, or to a note that says why that is impossible.
Never guesses, never repairs.
"""

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TypeAlias, TypeVar

from aaa.values import names, period
from aaa.values.period import NotAPeriodError, Period, Remark
from aaa.workbook import schema
from aaa.workbook.number_format import Percent
from aaa.workbook.reader import Cell

_LARGEST = 1e12  # a larger number is a typing error, and its sums would lose their cents
_LONGEST_NUMBER = 18  # characters
ABSURD_AMOUNT = 1_000_000_000  # euros; a city's plan for a year does not cost a billion
_SERIAL_FIRST, _SERIAL_LAST = 20_000, 80_000  # serial numbers of dates from 1954 to 2119
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_YEARS = range(1990, 2101)

_NUMBER = re.compile(
    r"(?P<sign>-|−)? ?(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<part>\d{1,2}|-{1,2}))?",
    re.ASCII,
)
_CURRENCY = re.compile(r"^(?P<sign>-|−)? ?(?:€|eur|euro) ?| ?(?:€|eur|euro)$", re.IGNORECASE)
_SHARE = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,4})?) ?(?P<percent>%)?", re.ASCII)
_MOST_PARTS = 7  # a known name holds at most three commas, slashes or `en`
_ISO_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?",
    re.ASCII,
)
_DUTCH_DATE = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})", re.ASCII
)
_LONG_DATE = re.compile(r"(?P<day>\d{1,2}) (?P<month>[a-z]{3,9})\.? (?P<year>\d{4})", re.ASCII)
_WITHOUT_YEAR = re.compile(r"\d{1,2}(?:[-/.]\d{1,2}|\.? [a-z]{3,9})\.?", re.ASCII)
_ALWAYS_SPLIT = re.compile(r"[;\n\r]+")
# a match starts at the first space only, as in `period`
_SOMETIMES_SPLIT = re.compile(r"((?:(?<!\s)\s+)?(?:,|/|\ben\b)\s*)")


@dataclass(frozen=True)
class Note:
    """A finding about a cell, without the location of the cell."""

    code: str
    nearest: str | None = None
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


T = TypeVar("T")
Result: TypeAlias = tuple[T | None, Note | None]

_NOTHING: tuple[None, None] = (None, None)


def broken(cell: Cell) -> Note | None:
    """Return the note for a cell without a value: an error, or a formula that was never
    calculated.
    """
    if cell.error is not None:
        return Note("cell_error", facts={"error": cell.error})
    if cell.uncalculated is not None:
        return Note("cell_uncalculated", facts={"formula": cell.uncalculated[:80]})
    return None


def shown(cell: Cell) -> str | None:
    """Return what a person sees in the cell, for a finding to quote."""
    if cell.error or cell.uncalculated:
        return cell.error or cell.uncalculated
    match cell.value:
        case None:
            return None
        case bool():
            return "WAAR" if cell.value else "ONWAAR"
        case dt.datetime() if cell.value.time() == dt.time():
            return cell.value.date().isoformat()
        case float() if cell.value.is_integer():
            return str(int(cell.value))
        case _:
            return str(cell.value)


def text(cell: Cell) -> Result[str]:
    """Read a text: line breaks kept, invisible characters removed."""
    raw = shown(cell)
    if raw is None:
        return _NOTHING
    lines = (names.tidy(line) for line in raw.splitlines())
    return "\n".join(lines).strip() or None, None


def label(cell: Cell) -> Result[str]:
    """Read a short text on one line; a number is read as it was typed."""
    raw = shown(cell)
    return (names.tidy(raw) or None, None) if raw is not None else _NOTHING


def undated_label(cell: Cell) -> Result[str]:
    """Read a short text that is never a date; Excel turns `1-4` and `1.4` into dates."""
    found, note = label(cell)
    return (
        (found, Note("label_from_date"))
        if isinstance(cell.value, dt.date | dt.time)
        else (found, note)
    )


def amount(cell: Cell) -> Result[float]:
    """Read euros: a number, or a text such as `€ 75.000,00`."""
    value, note = _number(cell, "amount_unreadable", currency=True)
    if value is None:
        return value, note
    if value < 0:
        return value, Note("amount_negative")
    if value >= ABSURD_AMOUNT:
        return value, Note("amount_absurd")
    return value, None


def number(cell: Cell) -> Result[float]:
    """Read a number in Dutch notation; a count is never below zero."""
    value, note = _number(cell, "number_unreadable", currency=False)
    return (None, Note("number_unreadable")) if value is not None and value < 0 else (value, note)


def year(cell: Cell) -> Result[int]:
    """Read a calendar year."""
    value, _ = _number(cell, "year_unreadable", currency=False)
    if value is None or not value.is_integer() or int(value) not in _YEARS:
        return None, Note("year_unreadable")
    return int(value), None


def share(cell: Cell) -> Result[float]:
    """Read a share, 0..1: `0.5`, `50%`, and with a warning a bare 50 or 1."""
    if isinstance(cell.value, bool):
        return None, Note("share_unreadable")
    if isinstance(cell.value, int | float):
        typed = _float(cell.value)
        if cell.percent is Percent.SHOWN:
            read, note = _share(typed / 100, formatted=True)
            # half a percent, or a half that lost its format: which one is not to be seen
            unsure = note is None and 0 < typed < 1
            return (read, _bare(read or 0.0)) if unsure else (read, note)
        return _share(typed, formatted=cell.percent is Percent.SCALED)
    match = _SHARE.fullmatch(names.tidy(str(cell.value)))
    if not match:
        return None, Note("share_unreadable")
    typed = float(match["number"].replace(",", "."))
    if match["percent"]:
        return (typed / 100, None) if typed <= 100 else (None, Note("share_unreadable"))
    return _share(typed, formatted=False)


def _share(value: float, *, formatted: bool) -> Result[float]:
    if not math.isfinite(value) or value < 0 or value > (1 if formatted else 100):
        return None, Note("share_unreadable")
    if formatted or value < 1:
        return value, None
    read = 1.0 if value == 1 else value / 100
    return read, _bare(read)


def _bare(read: float) -> Note:
    """Return the note for a share of which the workbook does not say whether it is a percentage."""
    return Note("share_bare", facts={"percent": round(read * 100, 2)})


def date(cell: Cell) -> Result[dt.date]:
    """Read a date: an Excel date, or `31-3-2025`, `31 maart 2025`, `2025-03-31`; day before month,
    always.
    """
    match cell.value:
        case bool():
            return _no_date("no_date")
        case dt.datetime():
            return _plausible(cell.value.date())
        case dt.date():
            return _plausible(cell.value)
        case int() | float() if _SERIAL_FIRST <= cell.value <= _SERIAL_LAST:
            found = _EXCEL_EPOCH + dt.timedelta(days=int(cell.value))
            return found, Note("date_serial", facts={"date": found.isoformat()})
        case str():
            return _typed_date(names.tidy(cell.value).casefold())
        case _:
            return _no_date("no_date")


def _typed_date(plain: str) -> Result[dt.date]:
    for pattern in (_ISO_DATE, _DUTCH_DATE, _LONG_DATE):
        if match := pattern.fullmatch(plain):
            month = match["month"]
            number_of_month = int(month) if month.isdigit() else period.MONTH_NAMES.get(month)
            if number_of_month is None:
                break
            try:
                return _plausible(dt.date(int(match["year"]), number_of_month, int(match["day"])))
            except ValueError:  # 31 February
                return _no_date("no_such_day")
    return _no_date("no_year" if _WITHOUT_YEAR.fullmatch(plain) else "no_date")


def _no_date(cause: str) -> tuple[None, Note]:
    return None, Note("date_unreadable", facts={"cause": cause})


def _plausible(found: dt.date) -> Result[dt.date]:
    return (found, None) if found.year in _YEARS else _no_date("far_year")


@cache
def words(vocabulary: type[StrEnum]) -> Mapping[str, str]:
    """Return the words of a closed vocabulary by their `names.key`."""
    return {names.key(word): word.value for word in vocabulary}


def choice(cell: Cell, vocabulary: type[StrEnum]) -> Result[str]:
    """Read a word of a closed vocabulary; case and spacing do not matter."""
    typed = shown(cell) or ""
    known = words(vocabulary)
    if found := known.get(names.key(typed)):
        return found, None
    meant = schema.SYNONYMS.get(vocabulary, {}).get(names.key(typed))
    return None, Note(
        "choice_unknown",
        meant or names.nearest(typed, known.values()),
        {"choices": ", ".join(known.values())},
    )


def periods(cell: Cell, plan_year: int) -> tuple[str | None, Period | None, Note | None]:
    """Read a period: the text as typed, the months it means, and what is odd about it."""
    typed = shown(cell)
    match cell.value:
        case dt.datetime() | dt.date():
            day = cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value
            if day.year not in _YEARS:
                return typed, None, Note("period_unreadable")
            return (
                period.words_of(day),
                period.from_date(day),
                Note("period_from_date", facts={"month": period.iso_month(period.month_at(day))}),
            )
        case str():
            try:
                found, remark = period.parse(cell.value, plan_year)
            except NotAPeriodError:
                meant = period.meant(cell.value, plan_year)
                return names.tidy(cell.value), None, Note("period_unreadable", meant)
            return (
                names.tidy(cell.value),
                found,
                Note("period_gap") if remark is Remark.GAP else None,
            )
        case _:
            return typed, None, Note("period_unreadable")


def name(cell: Cell, known: Mapping[str, str]) -> tuple[str | None, str, Note | None]:
    """Look one name up: the known name or None, the name as typed, and a note when it is unknown.

    Args:
        cell: the cell.
        known: the known names by `names.key`, aliases included; when empty every name is taken as
            typed.
    """
    typed = names.tidy(shown(cell) or "")
    found = known.get(names.key(typed)) if known else typed
    return found, typed, None if found else _unknown(typed, known)


def name_list(
    cell: Cell, known: Mapping[str, str]
) -> tuple[tuple[tuple[str | None, str], ...], tuple[tuple[str, Note], ...]]:
    """Look up the names that one cell lists, as the workbook contract splits them.

    Returns:
        A pair (known name or None, name as typed) for each distinct name, in order; and the notes,
        each with the text that it is about.
    """
    found: dict[str, tuple[str | None, str]] = {}
    notes: list[tuple[str, Note]] = []
    for piece in _pieces(shown(cell) or "", known):
        match = known.get(names.key(piece)) if known else piece
        if names.key(match or piece) not in found:
            found[names.key(match or piece)] = (match, piece)
            if match is None:
                notes.append((piece, _unknown(piece, known)))
    return tuple(found.values()), tuple(notes)


def _pieces(typed: str, known: Mapping[str, str]) -> list[str]:
    """Split on `;` and line breaks. Split a piece further only when it is no known name and a part
    of it is.
    """
    pieces: list[str] = []
    for whole in map(names.tidy, _ALWAYS_SPLIT.split(typed)):
        if whole.casefold() in period.UNDECIDED:
            continue
        pieces += [whole] if names.key(whole) in known else _known_parts(whole, known) or [whole]
    return pieces


def _known_parts(whole: str, known: Mapping[str, str]) -> list[str]:
    """Split on commas, slashes and `en`, but not inside a known name; empty when no part is a known
    name.
    """
    # names at the even indices, separators at the odd ones
    parts = _SOMETIMES_SPLIT.split(whole)
    found: list[str] = []
    any_known = False
    first = 0
    while first < len(parts):
        # odd lengths only: a name, or names with their separators
        ends = range(min(len(parts), first + _MOST_PARTS), first, -2)
        last = next((end for end in ends if names.key("".join(parts[first:end])) in known), None)
        any_known = any_known or last is not None
        piece = "".join(parts[first : last or first + 1]).strip()
        found += [piece] if piece else []
        first = (last or first + 1) + 1
    return found if any_known else []


def _unknown(typed: str, known: Mapping[str, str]) -> Note:
    close = names.nearest(typed, known)
    return Note("name_unknown", known.get(names.key(close)) if close else None)


def _float(value: int | float) -> float:
    """Return a number as a float; infinity for one that is too large to use or to convert."""
    return float(value) if abs(value) <= _LARGEST else math.inf if value > 0 else -math.inf


def _number(cell: Cell, code: str, *, currency: bool) -> Result[float]:
    if isinstance(cell.value, bool):
        return None, Note(code)
    if isinstance(cell.value, int | float):
        value = _float(cell.value)
        return (value, None) if abs(value) <= _LARGEST and not cell.percent else (None, Note(code))
    if not isinstance(cell.value, str):
        return None, Note(code)
    plain = names.tidy(cell.value)
    if currency:
        plain = _CURRENCY.sub(lambda m: m["sign"] or "", plain, count=1)
    match = _NUMBER.fullmatch(plain)
    if not match or len(plain) > _LONGEST_NUMBER:
        return None, Note(code)
    cents = match["part"] if match["part"] and match["part"].isdigit() else "0"
    value = float(f"{match['whole'].replace('.', '')}.{cents}")
    return ((-value if match["sign"] else value), None) if value <= _LARGEST else (None, Note(code))
