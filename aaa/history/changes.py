"""The changes between two versions of the programme: new, finished, moved, paid differently, led
by another, dropped.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, unique
from functools import cached_property
from itertools import pairwise
from typing import Any

import pandas as pd

from aaa import metrics
from aaa.values import period
from aaa.values.dutch import Dutch
from aaa.workbook import matching, renames, schema
from aaa.workbook.matching import plain
from aaa.workbook.programme import Programme, in_language
from aaa.workbook.schema import Judgement, Status
from aaa.workbook.tables import ENGLISH


@unique
class Kind(StrEnum):
    """What sort of change it is."""

    FACT = "fact"  # name, year, reference date or sort of the programme
    ADDED = "added"
    REMOVED = "removed"
    FINISHED = "finished"
    DROPPED = "dropped"
    MOVED = "moved"
    JUDGEMENT = "judgement"
    STATUS = "status"
    PROGRESS = "progress"
    LEADS = "leads"
    PARTNERS = "partners"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    AMOUNT = "amount"
    CORRECTED = "corrected"  # an edited row of a list, such as a booking
    NOTE = "note"
    OTHER = "other"


@unique
class Group(StrEnum):
    """The groups in which changes are reported, what weighs most first (`docs/definitions.md`,
    W1).
    """

    ASKED = "asked"  # a decision that is asked
    RED = "red"  # a judgement that became Rood
    OVERSPENT = "overspent"  # a payment that is above the estimate
    MONEY = "money"
    COMMITMENTS = "commitments"
    JUDGEMENT = "judgement"  # a judgement that became Oranje
    MOVED = "moved"
    DROPPED = "dropped"
    FINISHED = "finished"
    NEW = "new"
    MEASUREMENTS = "measurements"
    DECISIONS = "decisions"
    SPENDING = "spending"
    PEOPLE = "people"
    PROGRESS = "progress"
    REST = "rest"


_GROUPS = {
    Kind.FINISHED: Group.FINISHED,
    Kind.DROPPED: Group.DROPPED,
    Kind.MOVED: Group.MOVED,
    Kind.LEADS: Group.PEOPLE,
    Kind.PARTNERS: Group.PEOPLE,
    Kind.AMOUNT: Group.MONEY,
    Kind.STATUS: Group.PROGRESS,
    Kind.PROGRESS: Group.PROGRESS,
    Kind.NOTE: Group.PROGRESS,
}
_GROUPS_OF_SHEETS = {
    "costs": Group.MONEY,
    "commitments": Group.COMMITMENTS,
    "spending": Group.SPENDING,
    "measurements": Group.MEASUREMENTS,
    "decisions": Group.DECISIONS,
}


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        kind: what sort of change.
        sheet: the English name of the sheet.
        name: what changed: the title of an activity, a cost line, a fact; in the language that was
            asked for.
        nr: the number of the activity or ambition; empty where there is none.
        columns: the English names of the columns that changed.
        before, after: the values of the column that changed: texts, numbers, dates or tuples of
            names; None where there was or is none. For AMOUNT a tuple with an amount for each of
            `columns`.
        quarters: for MOVED, by how many whole quarters the end moved, + is later; None when either
            end is unknown.
        reason: for JUDGEMENT, how things stand now; None when the lead does not say.
        euros: maps a column of amounts to the difference in euros; an unknown amount counts as 0,
            as it does in a sum.
        row: for a list such as bookings, the whole row as it is now, or as it was if removed; of a
            new measurement with `target` and, where the rung was measured before, `was` and
            `was_on`.
        over: for a payment by which more is paid than was estimated, how much more for its cost
            line and funder, in euros.
        at: which row of the sheet it is now; None for one that is no longer there.
    """

    kind: Kind
    sheet: str
    name: str = ""
    nr: str = ""
    columns: tuple[str, ...] = ()
    before: Any = None
    after: Any = None
    quarters: int | None = None
    reason: str | None = None
    euros: Mapping[str, float] = field(default_factory=dict)
    row: Mapping[str, Any] = field(default_factory=dict)
    over: float = 0.0
    at: int | None = None

    @property
    def group(self) -> Group:
        """Return the group in which this change is reported."""
        if self.sheet == "decisions" and self.kind is Kind.ADDED and _is_asked(self.row):
            return Group.ASKED
        if self.kind is Kind.JUDGEMENT:  # one that all is well, or none any more, is progress
            judged = {Judgement.RED: Group.RED, Judgement.ORANGE: Group.JUDGEMENT}
            return judged.get(self.after, Group.PROGRESS)
        if self.over:
            return Group.OVERSPENT
        if self.kind is Kind.RENAMED and self.sheet == "partners":
            return Group.PEOPLE
        if self.sheet in _GROUPS_OF_SHEETS:
            return _GROUPS_OF_SHEETS[self.sheet]
        if self.sheet == "activities" and self.kind in (Kind.ADDED, Kind.REMOVED):
            return Group.NEW if self.kind is Kind.ADDED else Group.DROPPED
        return _GROUPS.get(self.kind, Group.REST)


def _is_asked(row: Mapping[str, Any]) -> bool:
    """Tell whether a row of decisions is one that is still to be taken."""
    status = plain(row["status"])
    is_open = status is not None and not schema.closes(status)
    return bool(is_open and plain(row["kind"]) == schema.DecisionKind.DECISION)


_LEAST = 0.005  # numbers that differ less are written the same
AMOUNTS = ("total", *schema.FUNDER_COLUMNS.values())
_PEOPLE = {"leads": Kind.LEADS, "partners": Kind.PARTNERS}
_NAMED_BY = {
    "costs": "line",
    "themes": "theme",
    "partners": "partner",
    "ambitions": "ambition",
    "meetings": "meeting",
    "decisions": "text",
    "results": "title",
    "communication": "title",
    "international": "track",
}
# columns of lists of which both values are told, the heaviest first
_WITH_VALUES = ("status", "certainty", "value", "target", "due", "owner", "kind", "date")
_KIND_ORDER, _GROUP_ORDER = list(Kind), list(Group)


def compare(before: Programme, after: Programme, lang: str = "nl") -> tuple[Change, ...]:
    """Return every change from one version to another, in the order of Group and of the later
    version.

    The workbooks are compared as typed. Compared in translation, a name that was translated only
    now would count as a change.

    Args:
        before: the earlier version, as read.
        after: the later one, as read.
        lang: the language of the names and texts in the changes.

    Source: all sheets; definition V2.
    """
    renamed = renames.partners(before, after)
    before = renames.applied(before, renamed)
    was, now = in_language(before, lang), in_language(after, lang)
    found = [
        *_facts(before, after),
        *_renamed(renamed, after),
        *_activities(_Sheet("activities", before, after, was, now)),
    ]
    for sheet in matching.LISTS:
        if getattr(before, sheet).empty and getattr(after, sheet).empty:
            continue
        found += _rows(_Sheet(sheet, before, after, was, now))
    return tuple(
        sorted(
            found,
            key=lambda change: (
                _GROUP_ORDER.index(change.group),
                _KIND_ORDER.index(change.kind) if change.group is Group.REST else 0,
            ),
        )
    )


def euros(found: Iterable[Change], sheet: str, column: str) -> float:
    """Return by how many euros a column of a sheet changed: the changes of its rows add up to the
    change of its total.

    Source: definition V3.
    """
    return round(sum(change.euros.get(column, 0.0) for change in found if change.sheet == sheet), 2)


def euros_of(found: Iterable[Change], column: str, value: str) -> float:
    """Return by how many euros the rows of lists with a value in a column changed in sum: what went
    from one value to another leaves the one and comes to the other.

    Args:
        found: changes of commitments or bookings, all of a row.
        column: the English name of a column of choices.
        value: one of its choices.

    Source: definition V3.
    """
    sum_ = 0.0
    rows: dict[object, list[Change]] = {}
    for change in found:
        rows.setdefault(
            (change.sheet, change.at, id(change) if change.at is None else 0), []
        ).append(change)
    for mine in rows.values():
        amount_of = next((one for one in mine if one.kind is Kind.AMOUNT), None)
        choice_of = next((one for one in mine if one.columns == (column,)), None)
        row, kind = mine[0].row, mine[0].kind
        now = was = (plain(row["amount"]) or 0.0, plain(row[column]))
        if kind is Kind.ADDED:
            was = (0.0, None)
        elif kind is Kind.REMOVED:
            now = (0.0, None)
        else:
            amount = now[0] if amount_of is None else amount_of.before[0] or 0.0
            was = (amount, now[1] if choice_of is None else choice_of.before)
        sum_ += (now[0] if now[1] == value else 0.0) - (was[0] if was[1] == value else 0.0)
    return round(sum_, 2)


def moves(versions: Sequence[pd.DataFrame]) -> pd.Series:
    """Count how often the expected end of each activity moved.

    Args:
        versions: frame `activities` of each version, the earliest first.

    Returns:
        The counts by `ref` of the last version; empty without versions.

    Source: columns 'Periode' and 'Prognose' of the kept versions; definition A12.
    """
    if not versions:
        return pd.Series(dtype="int64")
    counts = [0] * len(versions[0])
    for was, now in pairwise(versions):
        known = matching.rows("activities", was, now)
        ends, ends_now = _expected_ends(was), _expected_ends(now)
        moved = [
            place in known and None not in (end, ends[known[place]]) and end != ends[known[place]]
            for place, end in enumerate(ends_now)
        ]
        counts = [
            (counts[known[place]] if place in known else 0) + moved[place]
            for place in range(len(now))
        ]
    return pd.Series(counts, index=list(versions[-1]["ref"]), dtype="int64")


def _expected_ends(activities: pd.DataFrame) -> list[int | None]:
    expected = map(
        _expected,
        activities[["period_first", "period_last", "forecast_first", "forecast_last"]].to_dict(
            "records"
        ),
    )
    return [months and months[1] for months in expected]


class _Sheet:
    """One sheet in both versions: as typed for comparing, and as shown for the sentences."""

    def __init__(
        self, name: str, before: Programme, after: Programme, was: Programme, now: Programme
    ) -> None:
        self.name = name
        self.versions = before, after
        self.targets = {
            one: plain(target)
            for one, target in zip(now.ambitions["ambition"], now.ambitions["target"], strict=True)
        }
        self.contract = schema.sheet(name)
        self.before, self.after = getattr(before, name), getattr(after, name)
        both = [set(frame.columns) for frame in (self.before, self.after)]
        self.columns = [
            c
            for column in self.contract.columns
            for c in (column.name, column.name + ENGLISH)
            if all(c in there for there in both)
        ]
        self.typed_before, self.typed_after = (
            frame.to_dict("records") for frame in (self.before, self.after)
        )
        self.was, self.now = self.typed_before, self.typed_after
        if was is not before:
            self.was, self.now = (_told(getattr(one, name)) for one in (was, now))

    @cached_property
    def overspent(self) -> Mapping[tuple[Any, Any], float]:
        """Return by how many euros each cost line and funder is overspent, where that is more than
        it was.
        """
        was, now = (
            {(row.line, row.funder): row.over for row in frame.itertuples()}
            for frame in (
                metrics.budget.overspent(one.costs, one.spending) for one in self.versions
            )
        )
        return {key: over for key, over in now.items() if over - was.get(key, 0.0) >= _LEAST}

    @cached_property
    def newest(self) -> Mapping[tuple[Any, Any], Mapping[Any, Any]]:
        """Return the newest measurement in the earlier version, by ambition and rung."""
        found: dict[tuple[Any, Any], Mapping[Any, Any]] = {}
        known = [r for r in self.was if None not in (plain(r["date"]), plain(r["value"]))]
        for row in sorted(known, key=lambda one: one["date"]):
            found[plain(row["ambition"]), plain(row["rung"])] = row
        return found

    def differing(self, old: int, new: int) -> list[str]:
        """Return the columns in which two rows differ."""
        return [
            c for c in self.columns if _differ(self.typed_before[old][c], self.typed_after[new][c])
        ]


def _told(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows of a sheet in the reader's language; what is still Dutch is marked so."""
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    for row in rows:
        for column in row.get("dutch", ()):
            row[column] = Dutch(row[column])
    return rows


def _differ(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one != other
    one, other = plain(one), plain(other)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) >= _LEAST
    return bool(one != other)


def _facts(before: Programme, after: Programme) -> Iterator[Change]:
    for fact, name in zip(schema.Fact, ("name", "year", "as_of", "sort"), strict=True):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Change(Kind.FACT, "programme", fact.value, before=was, after=now)


def _renamed(renamed: Mapping[str, str], after: Programme) -> Iterator[Change]:
    """Yield a change for each partner with another name, with the number of its activities."""
    for old, new in renamed.items():
        mine = [
            new in (*row.leads, *row.partners) for row in after.activities.itertuples(index=False)
        ]
        row = {"activities": sum(mine)}
        yield Change(
            Kind.RENAMED, "partners", new, columns=("partner",), before=old, after=new, row=row
        )


def _activities(sheet: _Sheet) -> Iterator[Change]:
    known = matching.rows(sheet.name, sheet.before, sheet.after)
    for place, row in enumerate(sheet.now):
        if place not in known:
            added = Change(Kind.ADDED, sheet.name, *_called(row), after=plain(row["period"]))
            yield replace(added, at=place)
        else:
            for change in _activity(sheet, known[place], place):
                yield replace(change, at=place)
    kept = set(known.values())
    for place, row in enumerate(sheet.was):
        if place not in kept:
            yield Change(Kind.REMOVED, sheet.name, *_called(row))


def _called(row: Mapping[str, Any]) -> tuple[str, str]:
    return plain(row["title"]) or plain(row["topic"]) or "", plain(row["nr"]) or ""


def _activity(sheet: _Sheet, old: int, new: int) -> Iterator[Change]:
    """Yield the changes of one activity; each column that differs is in exactly one change."""
    was, now = sheet.was[old], sheet.now[new]
    left = dict.fromkeys(sheet.differing(old, new))

    def change(kind: Kind, *columns: str, **more: Any) -> Change:
        for column in columns:
            left.pop(column, None)
        return Change(
            kind,
            sheet.name,
            *_called(now),
            columns,
            plain(was[columns[0]]),
            plain(now[columns[0]]),
            **more,
        )

    if "nr" in left:
        yield change(Kind.RENUMBERED, "nr")
    # the title in the reader's language may be the same
    if "title" in left and _differ(was["title"], now["title"]):
        yield change(Kind.RENAMED, "title", f"title{ENGLISH}")
    if "status" in left:
        closed = {Status.FINISHED: Kind.FINISHED, Status.DROPPED: Kind.DROPPED}
        kind = closed.get(plain(now["status"]), Kind.STATUS)
        yield (
            change(kind, "status", "finished_on", row=now)
            if kind is Kind.FINISHED
            else change(kind, "status")
        )
    yield from _moved(sheet, old, new, left)
    if "judgement" in left:
        asks = plain(now["judgement"]) in (Judgement.ORANGE, Judgement.RED)
        with_it = [column for column in ("note", f"note{ENGLISH}") if asks and column in left]
        yield change(
            Kind.JUDGEMENT, "judgement", *with_it, reason=plain(now["note"]) if asks else None
        )
    for column, kind in _PEOPLE.items():
        if column in left:
            yield change(kind, column)
    if "progress" in left:
        yield change(Kind.PROGRESS, "progress")
    if "note" in left and _differ(was["note"], now["note"]):
        yield change(Kind.NOTE, "note", f"note{ENGLISH}")
    if left:
        yield Change(Kind.OTHER, sheet.name, *_called(now), tuple(left))


def _moved(sheet: _Sheet, old: int, new: int, left: dict[str, None]) -> Iterator[Change]:
    """Yield a change for an agreed or an expected period that moved; another spelling of the same
    months is no change.
    """
    was, now = sheet.was[old], sheet.now[new]
    for column, months in (("period", _agreed), ("forecast", _expected)):
        if column not in left:
            continue
        before, after = months(was), months(now)
        if before != after:
            del left[column]
            yield Change(
                Kind.MOVED,
                sheet.name,
                *_called(now),
                (column,),
                _typed(was, column),
                _typed(now, column),
                _quarters(before, after),
            )
        elif (own := _months(was, column)) is not None and own == _months(now, column):
            del left[column]


def _months(row: Mapping[str, Any], column: str) -> tuple[int, int] | None:
    first, last = plain(row[f"{column}_first"]), plain(row[f"{column}_last"])
    return None if first is None or last is None else (int(first), int(last))


def _agreed(row: Mapping[str, Any]) -> tuple[int, int] | None:
    return _months(row, "period")


def _expected(row: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the months that are expected now: the forecast's, else the agreed ones."""
    return _months(row, "forecast") or _agreed(row)


def _typed(row: Mapping[str, Any], column: str) -> str | None:
    """Return a period as typed; for an expected one without a forecast, the agreed period."""
    typed: str | None = plain(
        row["period" if column == "forecast" and _months(row, column) is None else column]
    )
    return typed


def _quarters(before: tuple[int, int] | None, after: tuple[int, int] | None) -> int | None:
    """Return by how many quarters the end moved."""
    return (
        None
        if before is None or after is None
        else after[1] // period.MONTHS_PER_QUARTER - before[1] // period.MONTHS_PER_QUARTER
    )


def _rows(sheet: _Sheet) -> Iterator[Change]:
    """Yield the changes of a list: rows that were added, removed or edited."""
    known = matching.rows(sheet.name, sheet.before, sheet.after)
    for place, row in enumerate(sheet.now):
        if place not in known:
            came = _came(Kind.ADDED, sheet, _measured(sheet, row), 1)
            yield replace(came, at=place, over=_over(sheet, place))
        elif differing := sheet.differing(known[place], place):
            for change in _typed_anew(sheet, sheet.was[known[place]], row, differing):
                yield replace(change, at=place, over=_over(sheet, place))
    kept = set(known.values())
    for place, row in enumerate(sheet.was):
        if place not in kept:
            yield _came(Kind.REMOVED, sheet, row, -1)


def _over(sheet: _Sheet, place: int) -> float:
    """Return how much more is paid than was estimated, for a payment by which that grew."""
    if sheet.name != "spending":
        return 0.0
    row = sheet.typed_after[place]
    if plain(row["kind"]) != schema.Booking.PAID:
        return 0.0
    return sheet.overspent.get((row["line"], row["funder"]), 0.0)


def _measured(sheet: _Sheet, row: dict[Any, Any]) -> dict[Any, Any]:
    """Return a new measurement with the target of its ambition, and the newest one before it of the
    same rung; any other row as it is.
    """
    if sheet.name != "measurements":
        return row
    newest = sheet.newest.get((plain(row["ambition"]), plain(row["rung"])))
    before = {}
    if newest is not None and plain(row["date"]) is not None and newest["date"] < row["date"]:
        before = {"was": newest["value"], "was_on": newest["date"]}
    return row | {"target": sheet.targets.get(row["ambition"])} | before


def _amounts(sheet: _Sheet) -> tuple[str, ...]:
    return tuple(c.name for c in sheet.contract.columns if c.kind is schema.Kind.AMOUNT)


def _came(kind: Kind, sheet: _Sheet, row: Mapping[str, Any], sign: int) -> Change:
    amounts = {
        column: sign * row[column] for column in _amounts(sheet) if plain(row[column]) is not None
    }
    return Change(kind, sheet.name, _name(sheet, row), euros=amounts, row=row)


def _name(sheet: _Sheet, row: Mapping[str, Any]) -> str:
    name: str | None = plain(row.get(_NAMED_BY.get(sheet.name, "")))
    return name or ""


def _typed_anew(
    sheet: _Sheet, was: Mapping[str, Any], now: Mapping[str, Any], differing: list[str]
) -> Iterator[Change]:
    """Yield the changes of one row: the differences of its amounts, a new name, and which other
    columns changed.
    """
    left = dict.fromkeys(differing)
    name = _name(sheet, now)

    def change(kind: Kind, column: str, **more: Any) -> Change:
        left.pop(column)
        return Change(
            kind,
            sheet.name,
            name,
            "",
            (column,),
            plain(was[column]),
            plain(now[column]),
            row=now,
            **more,
        )

    named_by = _NAMED_BY.get(sheet.name, "")
    if named_by in left and sheet.name != "decisions":
        left.pop(f"{named_by}{ENGLISH}", None)
        yield change(Kind.RENAMED, named_by)
    amounts = tuple(column for column in _amounts(sheet) if left.pop(column, column) is None)
    if amounts:
        before, after = (tuple(plain(row[column]) for column in amounts) for row in (was, now))
        differences = {
            column: round((new or 0.0) - (old or 0.0), 2)
            for column, old, new in zip(amounts, before, after, strict=True)
        }
        yield Change(
            Kind.AMOUNT, sheet.name, name, "", amounts, before, after, euros=differences, row=now
        )
    for column in _WITH_VALUES:
        if column in left:
            yield change(Kind.CORRECTED, column)
    if left:
        yield Change(Kind.OTHER, sheet.name, name, "", tuple(left), row=now)
