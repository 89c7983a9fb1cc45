"""The contents of a new workbook: the plan of 2025, that plan with an invented example added, or an
empty year.

A workbook's contents are plain rows under the Dutch headings of the contract: sheet title -> list
of (heading -> value).
"""

import datetime as dt
import tomllib
from importlib.resources import files
from typing import Any, TypeAlias

from aaa.workbook import schema

Row: TypeAlias = dict[str, Any]
Contents: TypeAlias = dict[str, list[Row]]

_VALUE = schema.sheet("programme").column("value").heading


def plan_2025() -> Contents:
    """Return what the annual plan of 2025 says, and nothing that it does not."""
    return {sheet.title: _load("plan_2025").get(sheet.title, []) for sheet in schema.SHEETS}


def example_2025() -> Contents:
    """Return the plan of 2025 with invented progress, spending, measurements and meetings."""
    contents = plan_2025()
    for title, addition in _load("example_2025").items():
        if isinstance(addition, list):
            contents[title] = contents[title] + addition
        else:
            key = schema.sheet(next(s.name for s in schema.SHEETS if s.title == title)).key.heading
            contents[title] = [_merged_row(row, addition.get(row[key])) for row in contents[title]]
    return contents


def _merged_row(row: Row, addition: Any) -> Row:
    if addition is None:
        return row
    return row | (addition if isinstance(addition, dict) else {_VALUE: addition})


def empty(year: int) -> Contents:
    """Return an empty programme for a year: its name, the year, and 1 January as reference date."""
    contents: Contents = {sheet.title: [] for sheet in schema.SHEETS}
    facts = {
        schema.Fact.NAME: "Asser Ambitie Agenda",
        schema.Fact.YEAR: year,
        schema.Fact.AS_OF: dt.date(year, 1, 1),
    }
    programme = schema.sheet("programme")
    contents[programme.title] = [
        {programme.key.heading: fact.value, _VALUE: value} for fact, value in facts.items()
    ]
    return contents


def guide() -> dict[str, Any]:
    """Return the words of the Leeswijzer and of the input prompts."""
    return _load("guide")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
