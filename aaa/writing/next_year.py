"""Make next year's workbook out of this year's, by editing it in place (docs/decisions/0026).

What the year did not end stays where it is: partners, ambitions with what was measured, results,
the lead's own columns and sheets, widths and lists. Unfinished activities go on, what is finished
becomes a result, and amounts start empty.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
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
from aaa.workbook.schema import Fact, Status
from aaa.workbook.tables import ENGLISH
from aaa.writing import mark
from aaa.writing.blocks import Block, Blocks
from aaa.writing.spreadsheet import refusing_damage

_OF_A_LINE = ("line", "description")  # what a cost line keeps; amounts are of one year
_OVER = (Status.FINISHED, Status.DROPPED)
_UNDECIDED = "ntb"
_LONGEST_DATED = 40  # characters of `Stand 30 september 2025: `
# what a result tells as the activity does
_OF_A_RESULT = ("theme", "title")


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


def made(data: bytes, programme: Programme, now: dt.datetime) -> bytes:
    """Return next year's workbook.

    Activities that are neither finished nor dropped go on under their number, with everything that
    stands in their rows; their period is agreed anew unless they run on, the one that was agreed
    first stays in *Oorspronkelijk*, and how they stand gets its date. Finished ones become results,
    with what the lead said of them. Meetings that lie ahead, decisions and actions that are open,
    and the names of cost lines stay; amounts and bookings go.

    Args:
        data: this year's workbook.
        programme: what it holds.
        now: when it is made, with its zone.

    Raises:
        WorkbookError: the workbook is built in a way that cannot be changed.

    Source: definitions A3; docs/decisions/0024 and 0026.
    """
    with refusing_damage():
        return _made(Blocks(mark.unmarked(data), programme.places), programme, now)


def _made(blocks: Blocks, programme: Programme, now: dt.datetime) -> bytes:
    year = programme.year + 1
    _say_year(blocks["programme"], programme, now.date())
    _end_costs(blocks, programme)
    for name in ("commitments", "spending"):
        _end_money(blocks[name], getattr(programme, name))
    past = programme.meetings["date"] < pd.Timestamp(year, 1, 1)
    blocks["meetings"].leave_out(programme.meetings.loc[past, "row"])
    left = metrics.decisions.open_ones(programme.decisions, None)["row"]
    closed = ~programme.decisions["row"].isin(left)
    blocks["decisions"].leave_out(programme.decisions.loc[closed, "row"])
    activities = programme.activities
    finished = activities[activities["status"] == Status.FINISHED]
    typed = _typed_dates(programme)
    for record in _records(finished):
        blocks["results"].add(_result(record, programme.year, typed.get(record["row"])))
    over = activities["status"].isin(_OVER)
    blocks["activities"].leave_out(activities.loc[over, "row"])
    for record in _records(activities[~over]):
        changes = _goes_on(record, programme)
        for name in ("period", "forecast"):  # a formula that gives nothing yet is not thrown away
            uncalculated = blocks["activities"].formula(record["row"], name)
            if uncalculated and not isinstance(record[name], str):
                changes.pop(name, None)
        blocks["activities"].change(record["row"], changes)
    return blocks.content(now)


def _say_year(facts: Block, programme: Programme, today: dt.date) -> None:
    """Write the year, and the reference date: today in that year, else its first day."""
    year = programme.year + 1
    as_of = today if today.year == year else dt.date(year, 1, 1)
    for fact, value in ((Fact.YEAR, year), (Fact.AS_OF, as_of)):
        row = programme.fact_rows.get(fact)
        if row is not None and facts.formula(row, "value"):
            continue  # `=TODAY()` goes on by itself
        if row is None:
            facts.add({"fact": fact.value, "value": value})
        else:
            facts.change(row, {"value": value})


def _end_costs(blocks: Blocks, programme: Programme) -> None:
    """Empty the amounts of the cost lines, and leave out lines without a name."""
    costs = blocks["costs"]
    costs.leave_out(programme.costs.loc[~programme.costs["named"], "row"])
    sheet = schema.sheet("costs")
    gone = [one.name for one in sheet.columns if one.name not in _OF_A_LINE]
    parts = [costs.letter(name) for name in schema.FUNDER_COLUMNS.values()]
    for row in programme.costs.loc[programme.costs["named"], "row"]:
        formula = costs.formula(row, "total")
        costs.change(row, {name: None for name in gone if name != "total" or formula is None})
        if formula is None:
            continue
        if formula.startswith("=IF(COUNT("):
            costs.calculate(row, "total", "{formula}", "")
            continue
        cells = ",".join(f"{letter}{{row}}" for letter in parts)
        of_both = "=" + "+".join(f"{letter}{row}" for letter in parts)
        sums = f"SUM({cells})" if formula.replace("$", "") == of_both else "{formula}"
        # a sum of 0 would say that it costs nothing
        costs.calculate(row, "total", f'IF(COUNT({cells})=0,"",{sums})', "")
    _end_totals(costs, gone)


def _end_money(money: Block, rows: pd.DataFrame) -> None:
    """Leave out what was promised or booked in one year."""
    money.leave_out(rows["row"])
    _end_totals(money, ["amount"])


def _end_totals(block: Block, columns: list[str]) -> None:
    """Let the rows *Totaal* say what is left: a sum of nothing is 0; a typed total goes."""
    for row in block.totals():
        for name in columns:
            if block.formula(row, name) is None:
                block.change(row, {name: None})
            else:
                block.sums_nothing(row, name)


def _records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names_of = [str(name) for name in frame.columns]
    for row in frame.itertuples(index=False, name=None):
        yield dict(zip(names_of, row, strict=True))


def _goes_on(record: Mapping[str, Any], programme: Programme) -> dict[str, Any]:
    """Return what changes for an activity that goes on. Its period is undecided unless it runs on
    into the next year; the one that was agreed first stays what it was.
    """
    changes: dict[str, Any] = {
        "period": _period(record, programme.year + 1),
        "original": _original(record, programme.year),
        "forecast": None,
    }
    for name in ("period", "forecast"):  # nobody knows what it means; it is not thrown away
        if _is_unreadable(record, name):
            del changes[name]
    for lang, column in (("nl", "note"), ("en", f"note{ENGLISH}")):
        if isinstance(record[column], str):
            changes[column] = _dated(record[column], programme, lang)
    return changes


def _is_unreadable(record: Mapping[str, Any], name: str) -> bool:
    said = record[name]
    known = not pd.isna(record[f"{name}_first"])
    return isinstance(said, str) and not known and said.casefold() not in period.UNDECIDED


def _dated(note: str, programme: Programme, lang: str) -> str:
    """Return how things stood, with of when that is; what says so already stays as it is."""
    before, _, after = translate(lang, "next.dated", None, date="\0", note="").partition("\0")
    is_dated = note.startswith(before) and 0 < note.find(after, len(before)) <= _LONGEST_DATED
    if programme.as_of is None or is_dated:
        return note
    date = formatting.date(programme.as_of, lang)
    return translate(lang, "next.dated", None, date=date, note=note)


def _typed_dates(programme: Programme) -> dict[int, str]:
    """Return what was typed as *Afgerond op* and is no date, by row."""
    place = programme.places["activities"]
    rows = {place.cell(row, "finished_on"): row for row in programme.activities["row"]}
    return {
        rows[one.cell]: one.value
        for one in programme.findings
        if one.code == "date_unreadable" and one.sheet == place.title and one.value
        if one.cell in rows
    }


def _result(record: Mapping[str, Any], year: int, typed: str | None) -> dict[str, Any]:
    """Return a finished activity as a result: how it went and when it was done, not what was
    planned.

    Args:
        record: the activity.
        year: of the plan that it was in.
        typed: what stands for the date of finishing where that is no date.
    """
    found: dict[str, Any] = {"year": year}
    for name in _OF_A_RESULT:
        for column in (name, f"{name}{ENGLISH}"):
            if isinstance(record.get(column), str):
                found[column] = record[column]
    for lang, suffix in (("nl", ""), ("en", ENGLISH)):
        note = record[f"note{suffix}"]
        parts = []
        known = not pd.isna(record["finished_on"])
        if (known or typed) and (not suffix or isinstance(note, str)):
            date = formatting.date(record["finished_on"].date(), lang) if known else typed
            parts.append(translate(lang, "next.finished_on", date=date))
        parts += [note] if isinstance(note, str) else []
        if parts:
            found[f"description{suffix}"] = " ".join(parts)
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
