"""What changed between two versions of the programme: new, finished, moved, paid differently, led by another, dropped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

import pandas as pd

from aaa import names, period, schema
from aaa.programme import Programme
from aaa.schema import Status
from aaa.tables import ENGLISH


@unique
class Kind(StrEnum):
    """What sort of change it is, in the order in which a reader wants to hear of them."""

    FACT = "fact"  # name, year, reference date or sort of the programme
    ADDED = "added"
    FINISHED = "finished"
    DROPPED = "dropped"
    REMOVED = "removed"
    MOVED = "moved"
    AMOUNT = "amount"
    LEADS = "leads"
    STATUS = "status"
    JUDGEMENT = "judgement"
    PARTNERS = "partners"
    RENAMED = "renamed"
    NOTE = "note"
    OTHER = "other"
    ROWS_ADDED = "rows_added"
    ROWS_REMOVED = "rows_removed"


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        kind: what sort of change.
        sheet: the English name of the sheet.
        nr: the number of the activity or ambition; empty where there is none.
        name: what changed: the title of an activity, a cost line, a fact.
        column: the English name of the column, where one column changed.
        before, after: its values: texts, euros, tuples of names or counts; None where there was or is none.
        quarters: of MOVED, whole quarters that the expected end moved, + is later; None where an end is unknown.
    """

    kind: Kind
    sheet: str
    name: str
    nr: str = ""
    column: str = ""
    before: Any = None
    after: Any = None
    quarters: int | None = None


# The columns of an activity whose change is said as such, with their kind; the other columns are named only.
_SAID = {"leads": Kind.LEADS, "partners": Kind.PARTNERS, "judgement": Kind.JUDGEMENT, "title": Kind.RENAMED, "note": Kind.NOTE}
_OTHER = ("nr", "theme", "topic", "description", "progress", "finished_on", "ambitions", "international")
_TWINS = tuple(column.name + ENGLISH for column in schema.sheet("activities").columns if column.twin)
_KEYED = ("themes", "partners", "ambitions")
_COUNTED = ("commitments", "spending", "measurements", "meetings", "decisions", "results", "communication", "international")


def compare(before: Programme, after: Programme) -> tuple[Change, ...]:
    """Return every change from one version to another, in the order of Kind and of the later version.

    Args:
        before: the earlier version.
        after: the later one, in the same language. An activity is the same when its number is, else when its title is.
    """
    found = [*_facts(before, after), *_activities(before.activities, after.activities), *_costs(before.costs, after.costs)]
    for sheet in _KEYED:
        found += _keyed(sheet, getattr(before, sheet), getattr(after, sheet))
    for sheet in _COUNTED:
        found += _counted(sheet, getattr(before, sheet), getattr(after, sheet))
    order = list(Kind)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _facts(before: Programme, after: Programme) -> Iterator[Change]:
    for fact, name in zip(schema.Fact, ("name", "year", "as_of", "sort"), strict=True):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Change(Kind.FACT, "programme", fact.value, before=was, after=now)


def _activities(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Change]:
    was, now = list(before.itertuples(index=False)), list(after.itertuples(index=False))
    pairs = _pairs(was, now)
    for place, row in enumerate(now):
        if place not in pairs:
            yield Change(Kind.ADDED, "activities", _plain(row.title) or "", _plain(row.nr) or "", after=_plain(row.period))
        else:
            yield from _activity(was[pairs[place]], row)
    for place, row in enumerate(was):
        if place not in pairs.values():
            yield Change(Kind.REMOVED, "activities", _plain(row.title) or "", _plain(row.nr) or "")


def _pairs(before: list[Any], after: list[Any]) -> dict[int, int]:
    """Return which row of the later version is which of the earlier one: by number, and what is left by title."""
    pairs: dict[int, int] = {}
    for column in ("nr", "title"):
        free: dict[str, list[int]] = {}
        for place, row in enumerate(before):
            value = _plain(getattr(row, column))
            if value is not None and place not in pairs.values():
                free.setdefault(names.key(value), []).append(place)
        for place, row in enumerate(after):
            value = _plain(getattr(row, column))
            if value is not None and place not in pairs and free.get(names.key(value)):
                pairs[place] = free[names.key(value)].pop(0)
    return pairs


def _activity(was: Any, now: Any) -> Iterator[Change]:
    name, nr = _plain(now.title) or "", _plain(now.nr) or ""

    def change(kind: Kind, column: str, quarters: int | None = None) -> Change:
        return Change(kind, "activities", name, nr, column, _plain(getattr(was, column)), _plain(getattr(now, column)), quarters)

    if _plain(was.status) != _plain(now.status):
        kinds = {Status.FINISHED: Kind.FINISHED, Status.DROPPED: Kind.DROPPED}
        yield change(kinds.get(_plain(now.status), Kind.STATUS), "status")
    for column in ("period", "forecast"):
        months = [(_plain(getattr(row, f"{column}_first")), _plain(getattr(row, f"{column}_last"))) for row in (was, now)]
        if months[0] != months[1]:
            end = _expected_end if column == "forecast" else _agreed_end
            yield change(Kind.MOVED, column, _quarters(end(was), end(now)))
        elif _plain(getattr(was, column)) != _plain(getattr(now, column)) and months[0] == (None, None):
            yield change(Kind.OTHER, column)  # neither could be read
    for column, kind in _SAID.items():
        if _plain(getattr(was, column)) != _plain(getattr(now, column)):
            yield change(kind, column)
    for column in (*_OTHER, *_TWINS):
        if _plain(getattr(was, column)) != _plain(getattr(now, column)):
            yield change(Kind.OTHER, column)


def _expected_end(row: Any) -> int | None:
    """Return the last month that is expected now: the forecast's, else the agreed one."""
    forecast = _plain(row.forecast_last)
    return _agreed_end(row) if forecast is None else int(forecast)


def _agreed_end(row: Any) -> int | None:
    last = _plain(row.period_last)
    return None if last is None else int(last)


def _quarters(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after // period.MONTHS_PER_QUARTER - before // period.MONTHS_PER_QUARTER


def _costs(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Change]:
    was, now = _by_key("costs", before), _by_key("costs", after)
    yield from _came_and_went("costs", was, now)
    for key, row in now.items():
        for column in ("total", *schema.FUNDER_COLUMNS.values()):
            if key in was and _plain(was[key][column]) != _plain(row[column]):
                yield Change(Kind.AMOUNT, "costs", row["line"], column=column, before=_plain(was[key][column]), after=_plain(row[column]))
    yield from _texts("costs", was, now)


def _keyed(sheet: str, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Change]:
    was, now = _by_key(sheet, before), _by_key(sheet, after)
    yield from _came_and_went(sheet, was, now)
    yield from _texts(sheet, was, now)


def _texts(sheet: str, was: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> Iterator[Change]:
    """Name the columns that changed, but for what is said already: the name itself and amounts."""
    contract = schema.sheet(sheet)
    columns = [c.name for c in contract.columns if c.name != schema.DEFINES[sheet] and c.kind is not schema.Kind.AMOUNT]
    columns += [c.name + ENGLISH for c in contract.columns if c.twin]
    for key, row in now.items():
        for column in columns:
            if key in was and _plain(was[key].get(column)) != _plain(row.get(column)):
                yield Change(Kind.OTHER, sheet, row[schema.DEFINES[sheet]], column=column, before=_plain(was[key].get(column)), after=_plain(row.get(column)))


def _by_key(sheet: str, frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    named = frame.dropna(subset=schema.DEFINES[sheet])
    return {names.key(str(row[schema.DEFINES[sheet]])): {str(column): value for column, value in row.items()} for row in named.to_dict("records")}


def _came_and_went(sheet: str, was: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> Iterator[Change]:
    defined = schema.DEFINES[sheet]
    yield from (Change(Kind.ADDED, sheet, row[defined]) for key, row in now.items() if key not in was)
    yield from (Change(Kind.REMOVED, sheet, row[defined]) for key, row in was.items() if key not in now)


def _counted(sheet: str, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Change]:
    """Count the rows that came and went; a row without a name of its own that changed is one of each."""
    columns = [c.name for c in schema.sheet(sheet).columns]
    columns += [name for name in (c + ENGLISH for c in columns) if name in after and name in before]
    was, now = (Counter(tuple(map(_plain, row)) for row in frame[columns].itertuples(index=False)) for frame in (before, after))
    for kind, difference in ((Kind.ROWS_ADDED, now - was), (Kind.ROWS_REMOVED, was - now)):
        if count := difference.total():
            yield Change(kind, sheet, schema.sheet(sheet).title, after=count)


def _plain(value: Any) -> Any:
    """Return a value that equals itself, whatever kind of unknown it was."""
    if isinstance(value, tuple):
        return value
    return None if value is None or pd.isna(value) else value
