"""What happened between two versions: changes of the same row told as one event, heaviest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from aaa.history import changes
from aaa.history.changes import Change, Group, Kind
from aaa.workbook.programme import Programme

# Which change of an activity the event is called after; below, what goes without saying with one
# that is finished or dropped.
_RANK = (
    Kind.DROPPED,
    Kind.FINISHED,
    Kind.ADDED,
    Kind.REMOVED,
    Kind.JUDGEMENT,
    Kind.MOVED,
    Kind.STATUS,
    Kind.LEADS,
    Kind.PARTNERS,
    Kind.PROGRESS,
    Kind.NOTE,
    Kind.RENAMED,
    Kind.RENUMBERED,
    Kind.OTHER,
)
_OF_A_CLOSED_ONE = frozenset((Kind.STATUS, Kind.PROGRESS, Kind.JUDGEMENT))
_GROUPS = list(Group)


@dataclass(frozen=True)
class Event:
    """One event.

    Attributes:
        told: the change that it is called after.
        also: what changed with it in the same row, and is told in the same sentence.
    """

    told: Change
    also: tuple[Change, ...] = ()

    @property
    def group(self) -> Group:
        """Return the group in which it is reported."""
        return self.told.group


def between(before: Programme, after: Programme, lang: str = "nl") -> tuple[Event, ...]:
    """Return what happened from one version to another, the heaviest first; arguments as of
    `changes.compare`.

    Source: all sheets; definition V2.
    """
    return of(changes.compare(before, after, lang))


def of(found: Sequence[Change]) -> tuple[Event, ...]:
    """Return changes as events, the heaviest first.

    Args:
        found: as `changes.compare` returns them.

    Source: all sheets; definition V2.
    """
    rows: dict[tuple[object, ...], list[Change]] = {}
    for place, change in enumerate(found):
        key = (change.sheet, change.at) if change.at is not None else (place,)
        rows.setdefault(key, []).append(change)
    made = [_event(mine) for mine in rows.values()]
    return tuple(sorted(made, key=_order))


def grouped(found: Iterable[Event]) -> dict[Group, list[Event]]:
    """Return events by Group, in its order; a group without events is left out.

    Source: all sheets; definition V2.
    """
    groups: dict[Group, list[Event]] = {}
    for event in sorted(found, key=lambda one: _GROUPS.index(one.group)):
        groups.setdefault(event.group, []).append(event)
    return groups


def euros(found: Iterable[Event]) -> tuple[Change, ...]:
    """Return the changes of events, for the sums of their euros.

    Source: definition V3.
    """
    return tuple(change for event in found for change in (event.told, *event.also))


def _event(mine: list[Change]) -> Event:
    """Return the changes of one row as one event."""
    if mine[0].sheet != "activities":
        amounts = [one for one in mine if one.kind is Kind.AMOUNT]
        first = (amounts or mine)[0]
        return Event(first, tuple(one for one in mine if one is not first))
    first, *rest = sorted(mine, key=_rank)
    if first.kind in (Kind.FINISHED, Kind.DROPPED):
        left = [one for one in rest if one.kind not in _OF_A_CLOSED_ONE and not _ended(one)]
        rest = sorted(left, key=lambda one: one.kind is not Kind.NOTE)  # why, before what else
    return Event(first, tuple(rest))


def _rank(change: Change) -> int:
    """Return the place of a change of an activity among those of its row; a judgement that all is
    well weighs as its status does.
    """
    eased = change.kind is Kind.JUDGEMENT and change.group is Group.PROGRESS
    return _RANK.index(Kind.STATUS if eased else change.kind)


def _ended(change: Change) -> bool:
    """Tell whether it is the forecast of an activity: of one that is closed it means nothing."""
    return change.kind is Kind.MOVED and change.columns == ("forecast",)


def _order(event: Event) -> tuple[int, bool, object, int]:
    """Return the place of an event: by its group, of decisions asked the first to be taken, of
    moves the largest.
    """
    due = event.told.row["due"] if event.group is Group.ASKED else None
    is_dated = due is not None and not pd.isna(due)
    when = due if is_dated else pd.Timestamp.max
    return _GROUPS.index(event.group), not is_dated, when, -(event.told.quarters or 0)
