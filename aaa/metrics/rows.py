"""Single rows, for what is told of them one by one. Frames stay for counting and adding; unknown is
None here.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

from aaa.metrics.activities import Reason
from aaa.metrics.selection import UNKNOWN_THEME
from aaa.values.dutch import Dutch, carried
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Certainty, DecisionKind, Funder, Judgement, Rung, StatusCode

R = TypeVar("R")


@dataclass(frozen=True)
class Activity:
    """One activity, judged; fields as columns of the frame `activities` and of `judged`.

    Attributes:
        role: of the partner whose list it stands in; empty in other lists.
    """

    ref: str
    cell: str
    nr: str | None
    theme: str | None
    theme_code: str | None
    topic: str | None
    title: str | None
    description: str | None
    period: str | None
    period_first: int | None
    period_last: int | None
    period_first_exact: bool
    period_last_exact: bool
    forecast: str | None
    forecast_first: int | None
    forecast_last: int | None
    forecast_first_exact: bool
    forecast_last_exact: bool
    original: str | None
    original_first: int | None
    original_last: int | None
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    ambitions: tuple[str, ...]
    judgement: Judgement | None
    progress: float | None
    finished_on: dt.date | None
    note: str | None
    international: str | None
    state: StatusCode
    late: bool
    passed: bool
    slip: int | None
    reason: Reason | None
    role: str = ""

    @property
    def called(self) -> str:
        """Return what it is called: its title, else its topic."""
        return self.title or self.topic or "…"

    @property
    def name(self) -> str:
        """Return its number and what it is called."""
        return carried(f"{self.nr} {self.called}", (self.called,)) if self.nr else self.called


@dataclass(frozen=True)
class Group:
    """The activities of one theme.

    Attributes:
        theme: its name; None where the theme of an activity is not known.
        code: its code, or UNKNOWN_THEME.
        description: of the theme; None where there is none.
        activities: those of the theme.
    """

    theme: str | None
    code: str
    description: str | None
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Partner:
    """One partner; fields as columns of the frame `partners`."""

    partner: str
    code: str
    full_name: str | None
    kind: str | None


@dataclass(frozen=True)
class Decision:
    """One decision or action; fields as `open_ones` and `agreed` of `metrics.decisions` give."""

    kind: DecisionKind | None
    date: dt.date | None
    text: str | None
    owner: str | None
    due: dt.date | None
    status: str | None
    overdue: bool = False
    is_open: bool = True


@dataclass(frozen=True)
class Commitment:
    """One amount that was promised; fields as columns of the frame `commitments`."""

    line: str | None
    funder: Funder | None
    amount: float | None
    certainty: Certainty | None
    partner: str | None
    date: dt.date | None


@dataclass(frozen=True)
class Measurement:
    """One rung of an ambition; fields as `metrics.ambitions.ladders` returns them."""

    rung: Rung
    value: float | None
    share: float | None
    date: dt.date | None
    source: str | None
    baseline: float | None
    baseline_date: dt.date | None


@dataclass(frozen=True)
class Ambition:
    """One ambition; fields as columns of the frame `ambitions`."""

    code: str
    ambition: str
    unit: str | None
    target: float | None
    target_year: int | None
    source: str | None


# The activities of a programme by their `ref`, made once.
_made: WeakKeyDictionary[Programme, Mapping[str, Activity]] = WeakKeyDictionary()


def activities(programme: Programme, frame: pd.DataFrame | None = None) -> tuple[Activity, ...]:
    """Return activities one by one.

    Args:
        programme: its activities judged.
        frame: some of its activities, in the order in which they are told, with `role` where they
            are those of one partner; None takes all.
    """
    if programme not in _made:
        _made[programme] = {one.ref: one for one in _rows(Activity, programme.activities)}
    made = _made[programme]
    if frame is None:
        return tuple(made.values())
    if "role" not in frame:
        return tuple(made[ref] for ref in frame["ref"])
    both = zip(frame["ref"], frame["role"], strict=True)
    return tuple(dataclasses.replace(made[ref], role=role) for ref, role in both)


def grouped(programme: Programme, frame: pd.DataFrame | None = None) -> tuple[Group, ...]:
    """Return the activities of each theme that has any, in the themes' order; those of an unknown
    theme come last. Arguments as of `activities`.

    Source: column 'Thema'; definition A9.
    """
    by_code: dict[str, list[Activity]] = {}
    for one in activities(programme, frame):
        by_code.setdefault(one.theme_code or UNKNOWN_THEME, []).append(one)
    columns = [known(programme.themes[name]) for name in ("theme", "code", "description")]
    named = [*zip(*columns, strict=True), (None, UNKNOWN_THEME, None)]
    return tuple(
        Group(theme, code, description, tuple(by_code[code]))
        for theme, code, description in named
        if code in by_code
    )


def partners(frame: pd.DataFrame) -> tuple[Partner, ...]:
    """Return partners one by one: frame `partners` of a Programme, or some of its rows."""
    return _rows(Partner, frame)


def decisions(frame: pd.DataFrame) -> tuple[Decision, ...]:
    """Return decisions and actions one by one: frame `decisions` of a Programme, or as
    `metrics.decisions.open_ones` returns them.
    """
    return _rows(Decision, frame)


def commitments(frame: pd.DataFrame) -> tuple[Commitment, ...]:
    """Return commitments one by one: frame `commitments` of a Programme, or some of its rows."""
    return _rows(Commitment, frame)


def measurements(frame: pd.DataFrame) -> tuple[Measurement, ...]:
    """Return the rungs of one ambition: as `metrics.ambitions.of_ambition` returns them."""
    return _rows(Measurement, frame)


def ambitions(frame: pd.DataFrame) -> tuple[Ambition, ...]:
    """Return ambitions one by one: those of the frame `ambitions` that have a name."""
    return _rows(Ambition, frame.dropna(subset="ambition"))


_CODES: dict[str, type[Any]] = {
    "judgement": Judgement,
    "state": StatusCode,
    "reason": Reason,
    "certainty": Certainty,
    "funder": Funder,
    "rung": Rung,
}


def _rows(kind: type[R], frame: pd.DataFrame) -> tuple[R, ...]:
    names = [one.name for one in dataclasses.fields(kind) if one.name in frame]  # type: ignore[arg-type]
    dutch = frame["dutch"].tolist() if "dutch" in frame else []
    columns = (_in_dutch(name, _typed(name, frame[name], kind), dutch) for name in names)
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True))


def _typed(name: str, column: pd.Series, kind: type[Any]) -> list[Any]:
    code = DecisionKind if kind is Decision and name == "kind" else _CODES.get(name)
    values = known(column)
    return values if code is None else [None if one is None else code(one) for one in values]


def _in_dutch(name: str, values: list[Any], dutch: Sequence[frozenset[str]]) -> list[Any]:
    """Return the values of a column, those that are still Dutch on an English screen marked so."""
    if not any(name in columns for columns in dutch):
        return values
    return [
        Dutch(value) if isinstance(value, str) and name in columns else value
        for value, columns in zip(values, dutch, strict=True)
    ]


def known(column: pd.Series) -> list[Any]:
    """Return the values of a column, None for each that is not known, dates without a time."""
    return [
        None
        if value is None or value is pd.NA or value is pd.NaT or value != value  # noqa: PLR0124 - NaN
        else value.date()
        if isinstance(value, dt.datetime)
        else value
        for value in column.tolist()
    ]
