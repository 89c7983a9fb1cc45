"""Make next year's workbook from this year's: partners and ambitions are copied, unfinished
activities go on, and amounts start empty.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

import pandas as pd

from aaa import metrics
from aaa.values import period
from aaa.values.period import NotAPeriodError
from aaa.words import formatting
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
    "status",
    "judgement",
    "progress",
)
_OF_A_LINE = ("line", f"line{ENGLISH}", "description", f"description{ENGLISH}")
_OVER = (Status.FINISHED, Status.DROPPED)
_UNDECIDED = "ntb"


@unique
class Goes(StrEnum):
    """What happens to an activity in the next year."""

    ON = "on"  # with the period that it runs on into
    UNDECIDED = "undecided"  # goes on; its period is still to be agreed
    DONE = "done"  # becomes a result
    DROPPED = "dropped"  # stays behind


@dataclass(frozen=True)
class Proposal:
    """What happens to one activity.

    Attributes:
        called: its number and title.
        goes: what happens to it.
        period: its period in the next year; empty where it has none.
        original: the period that was agreed first, with its year.
    """

    called: str
    goes: Goes
    period: str = ""
    original: str = ""


def proposals(programme: Programme) -> tuple[Proposal, ...]:
    """Return what happens to each activity in the next year, in the order of the workbook."""
    return tuple(_proposal(row, programme.year) for row in _records(programme.activities))


def said(proposal: Proposal, lang: str) -> str:
    """Return a proposal in words."""
    words = translate(lang, f"next.goes_{proposal.goes}", None, period=proposal.period)
    if proposal.goes is Goes.UNDECIDED and proposal.original:
        first = translate(lang, "next.original", original=proposal.original)
        return f"{words} ({first})"
    return words


def _proposal(row: Mapping[str, Any], year: int) -> Proposal:
    title = row["title"] if isinstance(row["title"], str) else row["topic"]
    called = " ".join(one for one in (row["nr"], title) if isinstance(one, str))
    if row["status"] in _OVER:
        return Proposal(called, Goes.DONE if row["status"] == Status.FINISHED else Goes.DROPPED)
    when = _period(row, year + 1)
    goes = Goes.UNDECIDED if when == _UNDECIDED else Goes.ON
    return Proposal(called, goes, when, _original(row, year) or "")


def next_year(programme: Programme) -> Contents:
    """Return what stands in next year's workbook, to be written by `writer.write`.

    Themes, partners, ambitions with their measurements, results, communication and international
    tracks are carried over, and so are meetings that lie ahead, decisions and actions that are open
    and the words that the lead added to the lists. Activities that are neither finished nor dropped
    go on under their number, with their status, judgement and progress, with how things stand, and
    with the period that was agreed first; finished ones become results with what the lead said of
    them. Cost lines keep their name without an amount.
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
    left = _records(programme.activities[~over])
    _put(contents, "activities", [_goes_on(row, programme) for row in left])
    finished = programme.activities[programme.activities["status"] == Status.FINISHED]
    results = schema.sheet("results")
    contents[results.title] += [
        _row(results, _result(row, programme.year)) for row in _records(finished)
    ]
    ahead = programme.meetings["date"] >= pd.Timestamp(year, 1, 1)
    _put(contents, "meetings", _records(programme.meetings[ahead]))
    named = programme.costs[programme.costs["named"]]
    _put(
        contents, "costs", [{name: row.get(name) for name in _OF_A_LINE} for row in _records(named)]
    )
    _put(contents, "decisions", _records(metrics.decisions.open_ones(programme.decisions, None)))
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


def _goes_on(record: Mapping[str, Any], programme: Programme) -> dict[str, Any]:
    """Return an activity that goes on. Its period is undecided unless it runs on into the next
    year; the one that was agreed first stays what it was.
    """
    kept = {
        name: value
        for name, value in record.items()
        if name.removesuffix(ENGLISH) in _OF_AN_ACTIVITY
    }
    for lang, column in (("nl", "note"), ("en", f"note{ENGLISH}")):
        if isinstance(record[column], str):
            kept[column] = _dated(record[column], programme, lang)
    first = _original(record, programme.year)
    return kept | {"period": _period(record, programme.year + 1), "original": first}


def _dated(note: str, programme: Programme, lang: str) -> str:
    """Return how things stood, with of when that is."""
    if programme.as_of is None:
        return note
    return translate(
        lang, "next.dated", None, date=formatting.date(programme.as_of, lang), note=note
    )


def _result(record: Mapping[str, Any], year: int) -> dict[str, Any]:
    """Return a finished activity as a result: how it went and when it was done, not what was
    planned.
    """
    found = dict(record) | {"year": year}
    for lang, suffix in (("nl", ""), ("en", ENGLISH)):
        note = record[f"note{suffix}"]
        parts = []
        if not pd.isna(record["finished_on"]) and (not suffix or isinstance(note, str)):
            date = formatting.date(record["finished_on"].date(), lang)
            parts.append(translate(lang, "next.finished_on", date=date))
        parts += [note] if isinstance(note, str) else []
        found[f"description{suffix}"] = " ".join(parts) or None
    return found


def _original(record: Mapping[str, Any], year: int) -> str | None:
    """Return the period that was agreed first, with its year, so that it means the same in a later
    workbook; None where none was agreed.
    """
    for name, of in (("original", None), ("period", year)):
        first, last = record[f"{name}_first"], record[f"{name}_last"]
        if pd.isna(first) or not isinstance(record[name], str):
            continue
        months = formatting.months(int(first), int(last), "nl").replace("–", "-")
        for words in (record[name] if of is None else f"{record[name]} {of}", months):
            if _means(words, int(first), int(last), year + 1):
                return words
    return None


def _means(words: str, first: int, last: int, year: int) -> bool:
    """Tell whether a period means these months in the workbook of a year."""
    try:
        found, _ = period.parse(words, year)
    except NotAPeriodError:
        return False
    return found is not None and (found.first, found.last) == (first, last)


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
            if isinstance(words, str) and _means(words, int(first), int(last), year):
                return words
    return _UNDECIDED
