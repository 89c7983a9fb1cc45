"""The figures as a workbook: a sheet for each table of the pages."""

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from aaa.exports.takeaway import Takeaway
from aaa.figures import timeline
from aaa.figures.chart import Cells, Chart, Column
from aaa.figures.palette import ACCENT, QUIET
from aaa.words.texts import keys

_FORMATS = {Cells.EUROS: "€ #,##0.00;[Red]-€ #,##0.00", Cells.NUMBER: "#,##0.##", Cells.SHARE: "0%"}
# of a column in which every number is whole
_WHOLE = {Cells.EUROS: "€ #,##0;[Red]-€ #,##0", Cells.NUMBER: "#,##0"}
# tables of which every column of numbers adds up
_ADDS = ("cost_by_line", "spending", "certainty", "status_by_theme")
_SUM = 109  # of SUBTOTAL: what a filter leaves
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31  # as Excel allows
_WIDEST = 60
_EVERY_COLUMN = "timeline"  # the table that has every column of its sheet
HEADINGS = 3  # the row of the headings of a table, counted from 0


def workbook(taken: Takeaway) -> bytes:
    """Return every table as a sheet: title and source above it, numbers as numbers, the unknown in
    words, and text always as text.
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
    looks = _looks(book)
    found = taken.charts
    names = _names(taken, found)
    _cover(book, looks, taken, found, names)
    for name, chart in found.items():
        table = timeline.every_column(taken.shown, taken.lang) if name == _EVERY_COLUMN else None
        _sheet(book, looks, taken, replace(chart, table=table or chart.table), names[name])
    book.close()
    return buffer.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    """Return the looks of every kind of cell."""
    accent, quiet = {"font_color": ACCENT.light}, {"italic": True, "font_color": QUIET.light}
    looks: dict[str, dict[str, Any]] = {
        "name": {"bold": True, "font_size": 18, **accent},
        "title": {"bold": True, "font_size": 14, **accent},
        "quiet": quiet,
        "bold": {"bold": True},
        "text": {"text_wrap": True},
        "link": {"underline": 1, **accent},
        "heading": {"bold": True, "bottom": 2, "bottom_color": ACCENT.light, "text_wrap": True},
        "date": {"num_format": "d-m-yyyy", "align": "left"},
        **{cells.value: {"num_format": written} for cells, written in _FORMATS.items()},
        **{f"{cells.value}, whole": {"num_format": written} for cells, written in _WHOLE.items()},
    }
    return {
        name: book.add_format({"font_name": "Calibri", "font_size": 11, "valign": "top"} | look)
        for name, look in looks.items()
    }


def _names(taken: Takeaway, found: Mapping[str, Chart]) -> dict[str, str]:
    """Return a name for each sheet, none twice."""
    names: dict[str, str] = {"": taken.text("sheet.cover")}  # the cover's own name is taken
    ladders = {
        f"ladder_{row.code}": row.ambition for row in taken.whole.ambitions.itertuples(index=False)
    }
    for name in found:
        key = f"sheet.{name}"
        words = taken.text(key) if key in keys(taken.lang) else str(ladders.get(name, name))
        plain = _short(_FORBIDDEN.sub(" ", words).strip(), _LONGEST_NAME) or _short(
            name, _LONGEST_NAME
        )
        first, place = plain, 2
        while plain.casefold() in {one.casefold() for one in names.values()}:
            plain = f"{_short(first, _LONGEST_NAME - 4)} {place}"
            place += 1
        names[name] = plain
    return names


def _short(text: str, longest: int) -> str:
    """Truncate a text to a length in UTF-16 code units, which is how Excel counts."""
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text.strip()


def _cover(
    book: Workbook,
    looks: dict[str, Format],
    taken: Takeaway,
    found: Mapping[str, Chart],
    names: dict[str, str],
) -> None:
    sheet = book.add_worksheet(taken.text("sheet.cover"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, taken.name, looks["name"])
    row = 1
    for words in taken.facts():
        sheet.write_string(
            row, 0, words, looks["bold" if words == taken.text("frame.example") else "text"]
        )
        row += 1
    for words in (*taken.cautions, *taken.remarks):
        look = "bold" if words in taken.cautions else "text"
        sheet.merge_range(row, 0, row, 1, words, looks[look])
        row += 1
    row += 1
    for name, chart in found.items():
        sheet.write_url(row, 0, f"internal:'{names[name]}'!A1", looks["link"], names[name])
        sheet.write_string(row, 1, chart.title, looks["text"])
        row += 1


def _sheet(
    book: Workbook, looks: dict[str, Format], taken: Takeaway, chart: Chart, name: str
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, chart.title, looks["title"])
    sheet.write_string(1, 0, taken.source(chart.source), looks["quiet"])
    if chart.note:
        sheet.write_string(2, 0, chart.note, looks["quiet"])
    for place, column in enumerate(chart.table.columns):
        sheet.write_string(HEADINGS, place, column.heading, looks["heading"])
        values = list(chart.table.frame.iloc[:, place])
        look = looks[_look(values, column)]
        for row, value in enumerate(values, start=HEADINGS + 1):
            _cell(sheet, row, place, value, column, look, looks, taken)
        if chart.name in _ADDS:
            _total(sheet, place, values, column, look, looks["bold"], taken)
        longest = max([len(column.heading), *(len(str(value)) for value in values)])
        sheet.set_column(place, place, min(max(longest + 2, 11), _WIDEST))
    sheet.freeze_panes(HEADINGS + 1, 1)
    last = HEADINGS + max(len(chart.table.frame), 1)
    sheet.autofilter(HEADINGS, 0, last, len(chart.table.columns) - 1)


def _look(values: Sequence[Any], column: Column) -> str:
    """Return the look of a column: cents everywhere or nowhere."""
    numbers = [float(one) for one in values if isinstance(one, int | float) and not pd.isna(one)]
    whole = column.cells in _WHOLE and all(number.is_integer() for number in numbers)
    return f"{column.cells.value}, whole" if whole else column.cells.value


def _total(
    sheet: Any,
    place: int,
    values: Sequence[Any],
    column: Column,
    look: Format,
    bold: Format,
    taken: Takeaway,
) -> None:
    """Write the sum of a column below it, as a formula with its value; none where nothing is
    known.
    """
    row = HEADINGS + 1 + len(values)
    if place == 0:
        sheet.write_string(row, 0, taken.text("column.total"), bold)
    numbers = [float(one) for one in values if not isinstance(one, str) and not pd.isna(one)]
    if column.cells in (Cells.EUROS, Cells.NUMBER) and numbers:
        letter = xl_col_to_name(place)
        formula = f"=SUBTOTAL({_SUM},{letter}{HEADINGS + 2}:{letter}{row})"
        sheet.write_formula(row, place, formula, look, round(sum(numbers), 2))


def _cell(
    sheet: Any,
    row: int,
    place: int,
    value: Any,
    column: Column,
    look: Format,
    looks: dict[str, Format],
    taken: Takeaway,
) -> None:
    if value is None or pd.isna(value):
        sheet.write_string(row, place, taken.text(column.unknown), looks["quiet"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, pd.Timestamp(value).to_pydatetime(), looks["date"])
    elif column.cells in (Cells.TEXT, Cells.DATE) or isinstance(value, str):
        sheet.write_string(row, place, str(value), looks["text"])
    else:
        sheet.write_number(row, place, float(value), look)
