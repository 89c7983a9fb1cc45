"""What a chart is: it cannot be made without a title, a text alternative, a table and a source."""

import datetime as dt
import io
import math
from dataclasses import dataclass
from enum import Enum, unique
from typing import TypeAlias

import pandas as pd

from aaa.figures.bars import Bars
from aaa.figures.drawings import Ladder, Open, Pace, Sentences, Slips, Timeline, Variance
from aaa.figures.grid import Grid

Body: TypeAlias = Bars | Grid | Timeline | Ladder | Slips | Sentences | Open | Variance | Pace


@unique
class Cells(Enum):
    """How a column of a table is written."""

    TEXT = "text"
    NUMBER = "number"
    EUROS = "euros"
    SHARE = "share"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """One column of a table: the heading on screen, how its cells are written, and the message for
    an unknown one.
    """

    heading: str
    cells: Cells = Cells.TEXT
    unknown: str = "unknown"


@dataclass(frozen=True)
class Table:
    """A table to read: `frame` has a column for each of `columns`, in the same order; its first
    column names the row.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        if self.frame.shape[1] != len(self.columns):
            raise ValueError(
                f"{self.frame.shape[1]} columns of values, {len(self.columns)} headings"
            )

    def csv(self) -> bytes:
        """Return the table as CSV: semicolons and a byte order mark, as a Dutch Excel opens it;
        numbers plain, unknown empty.

        A text that a spreadsheet would take for a formula gets an apostrophe in front.
        """
        frame = self.frame.copy()
        frame.columns = [column.heading for column in self.columns]
        for name in frame.columns:
            frame[name] = frame[name].astype(object).map(_as_text)
        buffer = io.StringIO()
        frame.to_csv(buffer, index=False, sep=";", lineterminator="\r\n")
        return buffer.getvalue().encode("utf-8-sig")


def _as_text(value: object) -> object:
    """Return a value as a Dutch spreadsheet reads it from a file."""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return (
            ""
            if math.isnan(value)
            else str(int(value))
            if value.is_integer()
            else str(value).replace(".", ",")
        )
    return value


@dataclass(frozen=True)
class Chart:
    """A drawing with everything a reader needs to use it.

    Attributes:
        name: a stable name, for keys and file names.
        title: a sentence that says what the chart shows, computed from the data.
        body: what is drawn, as a value.
        alt: the text alternative, with the numbers in it.
        table: the same numbers as a table.
        source: the sheet (or sheets) it comes from.
        note: what must be said wherever it is shown; empty where nothing must.
    """

    name: str
    title: str
    body: Body
    alt: str
    table: Table
    source: str
    note: str = ""

    def __post_init__(self) -> None:
        for part in ("title", "alt", "source"):
            if not getattr(self, part).strip():
                raise ValueError(f"chart {self.name} has no {part}")

    @property
    def bars(self) -> Bars:
        """Return the bars of a chart that is made of them."""
        if not isinstance(self.body, Bars):
            raise TypeError(f"chart {self.name} is not made of bars")
        return self.body

    @property
    def grid(self) -> Grid:
        """Return the grid of a chart that is one."""
        if not isinstance(self.body, Grid):
            raise TypeError(f"chart {self.name} is no grid")
        return self.body

    @property
    def variance(self) -> Variance:
        """Return what was paid against the estimate, of a chart that is that."""
        if not isinstance(self.body, Variance):
            raise TypeError(f"chart {self.name} is no variance")
        return self.body

    @property
    def pace(self) -> Pace:
        """Return what was paid in time, of a chart that is that."""
        if not isinstance(self.body, Pace):
            raise TypeError(f"chart {self.name} is no pace")
        return self.body

    @property
    def ladder(self) -> Ladder:
        """Return the ladder of a chart that is one."""
        if not isinstance(self.body, Ladder):
            raise TypeError(f"chart {self.name} is no ladder")
        return self.body
