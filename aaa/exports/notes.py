"""Decisions and actions noted in a meeting, as a workbook with rows to paste into the sheet
'Besluiten'.
"""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from aaa.values import names
from aaa.workbook import schema
from aaa.workbook.schema import DecisionKind, DecisionStatus

MOST = 200  # notes of one meeting
_LONGEST = 1000  # characters of one text
_COLUMNS = ("date", "kind", "text", "meeting", "owner", "due", "status")
_WIDTHS = (13, 11, 70, 26, 26, 13, 11)


def status(kind: str) -> str:
    """Return the status that a noted decision or action starts with: an action is open, a decision
    was taken and asks for none.
    """
    return DecisionStatus.OPEN.value if kind == DecisionKind.ACTION else ""


def workbook(notes: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the notes as a workbook with one sheet, its columns those of 'Besluiten'.

    Args:
        notes: each with `date` and `due` (`2025-06-19`, or empty), `kind`, `text`, `owner`,
            `meeting`. They come from a browser: a value that is no text or no date is left out,
            and a text is never taken for a formula.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    contract = schema.sheet("decisions")
    sheet = book.add_worksheet(contract.title)
    bold, wrapped, day = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "d-m-yyyy"}),
    )
    for place, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, contract.column(name).heading, bold)
    for row, note in enumerate(notes[:MOST], start=1):
        for place, name in enumerate(_COLUMNS):
            value = status(str(note.get("kind"))) if name == "status" else note.get(name)
            if name in ("date", "due"):
                found = _day(value)
                if found is not None:
                    sheet.write_datetime(row, place, dt.datetime.combine(found, dt.time()), day)
            elif isinstance(value, str) and value.strip():
                sheet.write_string(row, place, _plain(value), wrapped)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def _plain(text: str) -> str:
    """Return a text that a workbook can hold: no lone surrogates, no control characters."""
    whole = text.encode("utf-8", "ignore").decode()
    return names.tidy(whole)[:_LONGEST]


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
