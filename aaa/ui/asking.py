"""What a reader asks for, and the answer: the one place where stories are cached."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from aaa.exports.takeaway import Takeaway, takeaway
from aaa.history.meetings import Since
from aaa.metrics.selection import Selection
from aaa.store.source import Version
from aaa.ui import choices, comparing, session
from aaa.ui.once import once
from aaa.workbook.programme import Programme

R = TypeVar("R")

_ALL = Selection()


@dataclass(frozen=True)
class Asked:
    """All that an answer depends on.

    Attributes:
        version: of the workbook.
        lang: the reader's language.
        selection: which activities, and the date to judge by.
        filters: the same in words.
        since: the version to compare with; None where nothing is compared.
        moves: what the kept versions say: how often each expected end moved; empty where they were
            not read.
    """

    version: Version
    lang: str
    selection: Selection = _ALL
    filters: str = ""
    since: Since | None = None
    moves: tuple[tuple[str, int], ...] = ()

    def once(self, name: Hashable, make: Callable[[Takeaway], R]) -> R:
        """Return a part of the answer, made once for all readers who ask the same.

        Args:
            name: of the part; whatever else it depends on is in it.
            make: makes it from the programme as it was asked for.
        """
        return once((self, name), lambda: make(self.taken()))

    def unfiltered(self) -> "Asked":
        """Return the same without filters, for what ignores them: it is not made anew for each."""
        return replace(self, selection=Selection(as_of=self.selection.as_of), filters="")

    def taken(self) -> Takeaway:
        """Return the programme as it was asked for."""
        return once((self, "taken"), self._taken)

    def _taken(self) -> Takeaway:
        moves = pd.Series(dict(self.moves), dtype="int64")
        return takeaway(
            self.version, self.since, self.lang, self.selection, self.filters, moves=moves
        )


# what the run in this thread asks for
_now: ContextVar[Asked | None] = ContextVar("asked", default=None)


def begin() -> None:
    """Store what this run asks for, once there is a version to show."""
    selection = session.selection()
    filters = choices.said() if selection.narrows else ""
    _now.set(Asked(session.version(), session.language(), selection, filters))


def now() -> Asked:
    """Return what this run asks for, compared with nothing."""
    asked = _now.get()
    if asked is None:
        raise RuntimeError("asked for an answer outside of a run of a page")
    return asked


def shown() -> Programme:
    """Return the programme as the reader chose it, its activities judged by the chosen date."""
    return now().taken().shown


def whole() -> Programme:
    """Return the whole programme judged by the chosen date."""
    return now().taken().whole


def compared() -> Asked:
    """Return the same, compared with the version that the address names; a later version in the
    address takes the place of the one on screen.
    """
    found, moves = comparing.comparison(), comparing.moves()
    asked = replace(now(), moves=tuple(moves.items()))
    if found is None:
        return asked
    known = asked.moves if found.after is asked.version else ()
    return replace(asked, version=found.after, since=found.since, moves=known)
