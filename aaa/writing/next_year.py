"""Make next year's workbook from this year's: partners and ambitions are copied, unfinished
activities are proposed, and amounts start empty.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from aaa.values import names, period
from aaa.values.period import NotAPeriodError
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook import schema
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Fact, Sheet, Status
from aaa.workbook.tables import ENGLISH
from aaa.writing.contents import Contents, Row

# Sheets that are copied unchanged: measured values, tracks and the approach stay true next year.
_CARRIED = ("themes", "results", "ambitions", "measurements", "communication", "international")
_OF_AN_ACTIVITY = (
    "nr",
    "theme",
    "topic",
    "title",
    "description",
    "leads",
    "partners",
    "ambitions",
    "international",
)
_OF_A_LINE = ("line", f"line{ENGLISH}", "description", f"description{ENGLISH}")
_OVER = (Status.FINISHED, Status.DROPPED)
_UNDECIDED = "ntb"


def next_year(programme: Programme) -> Contents:
    """Return what stands in next year's workbook, to be written by `writer.write`.

    Themes, partners, ambitions with their measurements, results, communication and international
    tracks are carried over, and so are meetings that lie ahead, decisions that are not done and the
    words that the lead added to the lists. Activities that are neither finished nor dropped are
    proposed under their number, with a note that says what was agreed; finished ones become results
    as well. Cost lines keep their name without an amount.
    """
    year = programme.year + 1
    contents: Contents = {sheet.title: [] for sheet in schema.SHEETS}
    facts = {
        Fact.NAME: programme.name,
        Fact.YEAR: year,
        Fact.AS_OF: dt.date(year, 1, 1),
        Fact.SORT: programme.sort,
    }
    _put(
        contents,
        "programme",
        [
            {"fact": fact.value, "value": value}
            for fact, value in facts.items()
            if value is not None
        ],
    )
    for name in _CARRIED:
        _put(contents, name, _records(getattr(programme, name)))
    _put(contents, "partners", _records(programme.partners[programme.partners["registered"]]))
    over = programme.activities["status"].isin(_OVER)
    _put(
        contents,
        "activities",
        [_proposed(row, programme.year) for row in _records(programme.activities[~over])],
    )
    finished = programme.activities[programme.activities["status"] == Status.FINISHED]
    contents[schema.sheet("results").title] += [
        _row(schema.sheet("results"), row | {"year": programme.year}) for row in _records(finished)
    ]
    _put(
        contents,
        "meetings",
        _records(programme.meetings[programme.meetings["date"] >= pd.Timestamp(year, 1, 1)]),
    )
    named = programme.costs[programme.costs["named"]]
    _put(
        contents, "costs", [{name: row.get(name) for name in _OF_A_LINE} for row in _records(named)]
    )
    done = (
        programme.decisions["status"]
        .map(
            lambda said: (
                isinstance(said, str) and names.key(said) == names.key(schema.DecisionStatus.DONE)
            )
        )
        .astype(bool)
    )
    _put(contents, "decisions", _records(programme.decisions[~done]))
    contents[schema.LISTS_TITLE] = [
        {schema.PARTNER_KINDS_HEADING: kind} for kind in programme.partner_kinds
    ]
    return contents


def _records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names_of = [str(name) for name in frame.columns]
    for row in frame.itertuples(index=False, name=None):
        yield dict(zip(names_of, row, strict=True))


def _put(contents: Contents, name: str, records: Iterable[Mapping[str, Any]]) -> None:
    """Put rows with English names under the Dutch headings of their sheet. Values without a column
    in the sheet are left out.
    """
    sheet = schema.sheet(name)
    contents[sheet.title] = [_row(sheet, record) for record in records]


def _row(sheet: Sheet, record: Mapping[str, Any]) -> Row:
    row: Row = {}
    for column in sheet.columns:
        row[column.heading] = _typed(record.get(column.name))
        if column.twin:
            row[column.heading + schema.TWIN] = _typed(record.get(column.name + ENGLISH))
    return {heading: value for heading, value in row.items() if value is not None}


def _typed(value: Any) -> Any:
    """Return a value as a person types it: names joined with semicolons, dates as dates, None for
    an unknown value.
    """
    match value:
        case tuple():
            return "; ".join(value) or None
        case None:
            return None
        case pd.Timestamp():
            return value.date()
        case float() if value.is_integer():
            return int(value)
    return None if pd.isna(value) else value


def _proposed(record: Mapping[str, Any], year: int) -> dict[str, Any]:
    """Return an activity as a proposal. Its period is undecided unless it runs on into the next
    year, and its state is unknown.
    """
    kept = {
        name: value
        for name, value in record.items()
        if name.removesuffix(ENGLISH) in _OF_AN_ACTIVITY
    }
    notes = {"note": _note(record, year, "nl"), f"note{ENGLISH}": _note(record, year, "en")}
    return kept | notes | {"period": _period(record, year + 1)}


def _note(record: Mapping[str, Any], year: int, lang: str) -> str:
    status = record["status"] if isinstance(record["status"], str) else None
    said = wording.status(names.code(status), lang) if status else translate(lang, "not_reported")
    agreed, forecast = _said(record, "period", lang), _said(record, "forecast", lang)
    return translate(
        lang, "next.note", year=year, period=agreed, forecast=forecast, status=said.lower()
    )


def _said(record: Mapping[str, Any], name: str, lang: str) -> str:
    """Return a period as typed, or its month when Excel turned the text into a date."""
    first, last = record[f"{name}_first"], record[f"{name}_last"]
    typed = record[name] if isinstance(record[name], str) else translate(lang, "none")
    return (
        formatting.months(int(first), int(last), lang)
        if typed[:4].isdecimal() and not pd.isna(first)
        else typed
    )


def _period(record: Mapping[str, Any], year: int) -> str:
    """Return the forecast, else the agreed period, if it runs into the next year. It stays as typed
    when it means the same in that year's workbook, else it is written in months.
    """
    for name in ("forecast", "period"):
        first, last = record[f"{name}_first"], record[f"{name}_last"]
        if pd.isna(last) or last < period.month_number(year, 1):
            continue
        for words in (
            record[name],
            formatting.months(int(first), int(last), "nl").replace("–", "-"),
        ):
            try:
                found, _ = period.parse(words, year)
            except NotAPeriodError:
                continue
            if found is not None and (found.first, found.last) == (first, last):
                return str(words)
    return _UNDECIDED
