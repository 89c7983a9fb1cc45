"""What a slide is: a title, and parts that a screen and a file each draw in their
own way.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from aaa.figures.chart import Chart
from aaa.figures.lists import Tile
from aaa.figures.timeline import Axis
from aaa.workbook.schema import Subject


@dataclass(frozen=True)
class Told:
    """A heading with sentences below it."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Activities:
    """Activities by title, with their state and how things stand; rows as
    `metrics.activities.judged` returns them.
    """

    rows: pd.DataFrame


@dataclass(frozen=True)
class Timeline:
    """A part of the timeline.

    Attributes:
        groups: the name of a theme (None for an unknown one) and its activities.
        undated: activities without months.
        scale: the axis, the same on every slide.
        as_of: the date of the today line.
    """

    groups: tuple[tuple[str | None, pd.DataFrame], ...]
    undated: pd.DataFrame
    scale: Axis
    as_of: dt.date | None


@dataclass(frozen=True)
class Bars:
    """Some rows of a chart of bars.

    Attributes:
        chart: the chart; its body is a Plotly figure.
        rows: which of its bars, by their place.
        remark: what must be said with it; empty where nothing must.
    """

    chart: Chart
    rows: tuple[int, ...]
    remark: str = ""


@dataclass(frozen=True)
class Grid:
    """Counts by quarter.

    Attributes:
        heading: what is counted; empty where the slide's title says it.
        head: the headings of the columns, that of the names first.
        rows: each a name, the coloured counts, and the uncoloured numbers after them.
        highest: the count with the darkest colour.
    """

    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]
    highest: int


@dataclass(frozen=True)
class Ladder:
    """The ladder of one ambition, with the words for its target."""

    chart: Chart
    goal: str


@dataclass(frozen=True)
class Tiles:
    """Headline numbers beside each other."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Words:
    """A remark; `missing` styles it as the placeholder for missing data, `warning` as a warning."""

    text: str
    missing: bool = False
    warning: bool = False


@dataclass(frozen=True)
class Decisions:
    """Open decisions and actions; rows as `metrics.decisions.open_ones` returns them."""

    rows: pd.DataFrame


Part: TypeAlias = Told | Activities | Timeline | Bars | Grid | Ladder | Tiles | Words | Decisions


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        subject: the point of the agenda that it belongs to.
        title: what its rows say, as a sentence.
        source: the sheets its numbers come from.
        above: parts over the whole width.
        columns: the parts below them, column by column.
        place, of: which slide of its subject it is, counted from 1.
    """

    subject: Subject
    title: str
    source: str
    above: tuple[Part, ...] = ()
    columns: tuple[tuple[Part, ...], ...] = ()
    place: int = 1
    of: int = 1
