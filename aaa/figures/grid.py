"""Counts in a grid as a value: what HTML and PowerPoint each draw."""

from dataclasses import dataclass
from enum import IntEnum, unique
from functools import cached_property

from aaa.values.links import Link


@unique
class Room(IntEnum):
    """Where a column has room."""

    EVERYWHERE = 0
    NOT_ON_A_PHONE = 1
    ON_A_PAGE_ONLY = 2


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        name: its name.
        counts: the coloured numbers.
        behind: the uncoloured numbers after them.
        below: small words with each coloured number; empty where there are none.
        remark: small words after the name.
        link: what the name opens.
    """

    name: str
    counts: tuple[int, ...]
    behind: tuple[int, ...]
    below: tuple[str, ...] = ()
    remark: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Grid:
    """Counts by quarter.

    Attributes:
        head: the headings of the columns, that of the names first.
        rows: those that are drawn.
        rooms: where each column has room, in the order of the headings.
        notes: what must be said with it.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    rooms: tuple[Room, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def highest(self) -> int:
        """Return the count with the darkest colour; at least 1."""
        return max(1, *(count for row in self.rows for count in row.counts), 1)

    def narrow(self, row: Row) -> tuple[int, ...]:
        """Return the uncoloured numbers of a row that have room on a slide."""
        start = 1 + len(row.counts)
        return tuple(
            number
            for number, room in zip(row.behind, self.rooms[start:], strict=True)
            if room < Room.ON_A_PAGE_ONLY
        )

    @property
    def narrow_head(self) -> tuple[str, ...]:
        """Return the headings that have room on a slide."""
        both = zip(self.head, self.rooms, strict=True)
        return tuple(heading for heading, room in both if room < Room.ON_A_PAGE_ONLY)
