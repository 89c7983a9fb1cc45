"""Write a workbook that is pleasant to edit: tables, data validation, prompts and formats, with a
cached value for every formula.

The only module that writes workbooks.
"""

import datetime as dt
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from aaa.workbook import schema
from aaa.workbook.schema import Column, Kind, Sheet

Row: TypeAlias = Mapping[str, Any]
Contents: TypeAlias = Mapping[str, Sequence[Row]]

_LAST_ROW = 500  # drop-downs and formats reach this far, so that new rows have them too
_EMPTY_ROWS = 12  # rows printed for an empty sheet, to fill in by hand
_LINE_HEIGHT = 15.5  # points
_A3, _A4 = 8, 9  # as Excel numbers paper sizes
_PAPER, _INK, _ACCENT, _QUIET = "#FFFFFF", "#16212B", "#17486B", "#5B6770"
_RULE = {"bottom": 1, "bottom_color": "#DDE2E6"}  # a thin line under each row
_STATUS_FILLS = {
    schema.Status.NOT_STARTED: ("#FFFFFF", "#16212B"),
    schema.Status.RUNNING: ("#D6E6F2", "#123A57"),
    schema.Status.FINISHED: ("#17486B", "#FFFFFF"),
    schema.Status.DROPPED: ("#E3E5E8", "#4A545C"),
}
_JUDGEMENT_FILLS = {
    schema.Judgement.GREEN: ("#DCEFE2", "#17512B"),
    schema.Judgement.ORANGE: ("#FBE6CC", "#6B3D00"),
    schema.Judgement.RED: ("#F8D9D6", "#7A1610"),
}
_FILLS: dict[str, Mapping[Any, tuple[str, str]]] = {
    "status": _STATUS_FILLS,
    "judgement": _JUDGEMENT_FILLS,
}
_WIDTHS: dict[str, int] = {
    "Nr": 6, "Volgorde": 10, "Jaar": 8, "Soort": 24, "Datum": 13, "Peildatum": 13,
    "Gereed voor": 13, "Afgerond op": 13, "Status": 14,
    "Oordeel": 11, "Voortgang": 11, "Periode": 15, "Prognose": 17, "Totaal": 15,
    "Dekking gemeente": 18, "Dekking partners": 18, "Bedrag": 15, "Oorspronkelijk": 17,
    "Doel": 10, "Doeljaar": 10, "Waarde": 22, "Eenheid": 13, "Thema": 18, "Omschrijving": 46,
    "Activiteit": 40, "Onderdeel": 30,
    "Stand van zaken": 46, "Partners": 42, "Tekst": 56, "Ook bekend als": 46, "Volledige naam": 44,
    "Motief": 50, "Agenda": 46,
}  # fmt: skip
_DEFAULT_WIDTH = 26
_FIRST_OF_THE_PLAN = dt.datetime(2025, 1, 1)  # of the workbook that is shipped
# cached value of a formula that gives an empty text; xlsxwriter would store "" as a formula never
# calculated
_BLANK = " "
_TEXT_KINDS = {Kind.TEXT, Kind.LABEL, Kind.NAME, Kind.NAMES, Kind.CHOICE, Kind.CHOICES, Kind.PERIOD}
_NUMBER_FORMATS = {
    Kind.AMOUNT: "€ #,##0;[Red]-€ #,##0",
    Kind.NUMBER: "#,##0",
    Kind.YEAR: "0",
    Kind.SHARE: "0%",
    Kind.DATE: "d-m-yyyy",
}
# as text, because Excel would turn 1-4 into a date and 2.10 into 2.1
_TYPED_AS_TEXT = {Kind.LABEL, Kind.PERIOD, Kind.NAMES}


def write(
    contents: Contents, guide: Mapping[str, Any], saved: dt.datetime = _FIRST_OF_THE_PLAN
) -> bytes:
    """Write a workbook.

    Args:
        contents: sheet title -> rows, each heading -> value; a heading that is not in the contract
            raises KeyError.
        guide: the words of the Leeswijzer and the prompts, as in aaa/writing/contents/guide.toml.
        saved: when the workbook says that it was saved, in UTC without zone.

    Returns:
        The bytes of an .xlsx file. The same contents give the same bytes.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": "Asser Ambitie Agenda",
            "created": saved,
            "author": "",
            "comments": "",
        }
    )
    book.set_calc_mode("auto")
    formats = _Formats(book)
    _guide_sheet(book, formats, guide)
    for sheet in schema.SHEETS:
        _data_sheet(book, formats, sheet, contents.get(sheet.title, []), guide)
    added = [str(row[schema.PARTNER_KINDS_HEADING]) for row in contents.get(schema.LISTS_TITLE, [])]
    _lists_sheet(book, formats, added)
    book.get_worksheet_by_name(schema.sheet("activities").title).activate()
    book.close()
    return buffer.getvalue()


class _Formats:
    """The cell formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self.get(bold=True, font_size=20, font_color=_ACCENT)
        self.heading = self.get(bold=True, font_size=13, font_color=_ACCENT)
        self.body = self.get(text_wrap=True, valign="top")
        self.strong = self.get(bold=True, valign="top")
        self.quiet = self.get(italic=True, font_color=_QUIET, text_wrap=True, valign="top")
        self.header = self.get(
            bold=True,
            font_color=_PAPER,
            bg_color=_ACCENT,
            valign="vcenter",
            text_wrap=True,
            border=1,
            border_color=_ACCENT,
        )
        self.date = self.get(
            num_format=_NUMBER_FORMATS[Kind.DATE], valign="top", align="left", **_RULE
        )
        self.total = self.get(bold=True, num_format=_NUMBER_FORMATS[Kind.AMOUNT], top=1)
        self.total_name = self.get(bold=True, top=1)

    def get(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "Calibri", "font_size": 11, "font_color": _INK} | properties
            )
        return self._made[key]

    def of(self, column: Column) -> Format:
        kind = column.kind
        if kind in _NUMBER_FORMATS:
            return self.get(num_format=_NUMBER_FORMATS[kind], valign="top", **_RULE)
        return self.get(
            num_format="@" if kind in _TYPED_AS_TEXT else "General",
            text_wrap=True,
            valign="top",
            **_RULE,
        )


def _guide_sheet(book: Workbook, formats: _Formats, guide: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(schema.GUIDE_TITLE)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write(0, 0, guide["intro"]["title"], formats.title)
    sheet.set_row(0, 30)
    row = 2
    for line in guide["intro"]["lines"]:
        sheet.merge_range(row, 0, row, 1, line, formats.body)
        sheet.set_row(row, _height([(line, 130)]))
        row += 1
    row += 1
    sheet.write(row, 0, "De tabbladen", formats.heading)
    for title, purpose in guide["sheets"].items():
        row += 1
        sheet.write_url(
            row,
            0,
            f"internal:'{title}'!A1",
            formats.get(font_color=_ACCENT, underline=1, valign="top"),
            title,
        )
        sheet.write(row, 1, purpose, formats.body)
        sheet.set_row(row, _height([(purpose, 100)]))
    for block in (guide["periods"], guide["judgements"]):
        row += 2
        sheet.write(row, 0, block["title"], formats.heading)
        for name, meaning in block["rows"]:
            row += 1
            sheet.write(row, 0, name, formats.strong)
            sheet.write(row, 1, meaning, formats.body)
    sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _columns(sheet: Sheet) -> list[tuple[str, Column]]:
    """Return the headings in the order they are written: the Dutch columns first, then the English
    ones, out of the way.
    """
    twins = [(c.heading + schema.TWIN, c) for c in sheet.columns if c.twin]
    return [(c.heading, c) for c in sheet.columns] + (
        twins if sheet.name not in ("programme",) else []
    )


def _data_sheet(
    book: Workbook,
    formats: _Formats,
    contract: Sheet,
    rows: Sequence[Row],
    guide: Mapping[str, Any],
) -> None:
    sheet = book.add_worksheet(contract.title)
    columns = _columns(contract)
    unknown = {heading for row in rows for heading in row} - {heading for heading, _ in columns}
    if unknown:
        raise KeyError(f"{contract.title}: {sorted(unknown)}")
    last = max(len(rows), 1)
    sheet.add_table(
        0, 0, last, len(columns) - 1,
        {"name": f"tbl{contract.title}", "style": None,
        "columns": [{"header": h, "header_format": formats.header} for h, _ in columns]},
    )  # fmt: skip
    for place, (heading, column) in enumerate(columns):
        sheet.set_column(place, place, _width(heading), formats.of(column))
        _drop_down(sheet, place, column, contract, guide)
    written = [
        (place, heading, formats.of(column)) for place, (heading, column) in enumerate(columns)
    ]
    texts = [(heading, _width(heading)) for heading, c in columns if c.kind in _TEXT_KINDS]
    for number, row in enumerate(rows, start=1):
        for place, heading, look in written:
            _write(sheet, number, place, row.get(heading), look, formats.date)
        sheet.set_row(
            number, _height([(str(row.get(heading, "")), width) for heading, width in texts])
        )
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, _frozen_columns(contract))
    if contract.name == "costs":
        _cost_totals(sheet, formats, rows, len(columns))
    if contract.name == "activities":
        _state_colours(book, sheet, columns)
    else:
        _explanation(
            sheet,
            formats,
            guide["sheets"][contract.title],
            len(columns),
            6 if contract.name == "costs" else 1,
        )
    sheet.set_landscape()
    sheet.set_paper(_A3 if contract.name == "activities" else _A4)
    sheet.print_area(0, 0, max(last, _EMPTY_ROWS), len(contract.columns) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _frozen_columns(contract: Sheet) -> int:
    """Return the number of frozen columns: one on the wide sheet of activities, else none."""
    return 1 if contract.name == "activities" else 0


def _write(
    sheet: Worksheet, row: int, column: int, value: Any, cell_format: Format, date_format: Format
) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, cell_format)
        case dt.date():
            sheet.write_datetime(
                row, column, dt.datetime(value.year, value.month, value.day), date_format
            )
        case int() | float():
            sheet.write_number(row, column, value, cell_format)
        case _:
            sheet.write_string(row, column, str(value), cell_format)


def _cost_totals(sheet: Worksheet, formats: _Formats, rows: Sequence[Row], width: int) -> None:
    """Write the total of each row and, beside the table, the column totals: there they do not block
    new rows.
    """
    costs = schema.sheet("costs")
    names = [c.name for c in costs.columns]
    total, parts = names.index("total"), [names.index("municipality"), names.index("partners")]
    headings = [costs.columns[p].heading for p in parts]
    for number, row in enumerate(rows, start=1):
        cells = [xl_rowcol_to_cell(number, p) for p in parts]
        amounts = [row[h] for h in headings if row.get(h) is not None]
        # A row without amounts has no total yet: a formula that gave 0 would say that it costs
        # nothing.
        formula = (
            f"={'+'.join(cells)}"
            if amounts
            else f'=IF(COUNT({",".join(cells)})=0,"",SUM({",".join(cells)}))'
        )
        sheet.write_formula(
            number,
            total,
            formula,
            formats.of(costs.columns[total]),
            sum(amounts) if amounts else _BLANK,
        )
    for place, column in enumerate([total, *parts], start=1):
        letter = xl_col_to_name(column)
        value = sum(
            row.get(h) or 0
            for row in rows
            for h in (headings if column == total else [costs.columns[column].heading])
        )
        sheet.write(
            place, width + 1, f"Som van {costs.columns[column].heading}", formats.total_name
        )
        sheet.write_formula(
            place, width + 2, f"=SUM({letter}2:{letter}{_LAST_ROW})", formats.total, value
        )
    sheet.set_column(width + 2, width + 2, 16)


def _explanation(sheet: Worksheet, formats: _Formats, words: str, width: int, row: int) -> None:
    sheet.set_column(width + 1, width + 1, 44)
    lines = math.ceil(len(words) / 44)
    if lines > 1:
        sheet.merge_range(row, width + 1, row + max(lines, 2), width + 1, words, formats.quiet)
    else:
        sheet.write(row, width + 1, words, formats.quiet)


def _drop_down(
    sheet: Worksheet, place: int, column: Column, contract: Sheet, guide: Mapping[str, Any]
) -> None:
    prompt = guide["prompts"].get(f"{contract.title}.{column.heading}")
    rule: dict[str, Any] = {}
    if column.choices is not None:
        rule = {
            "validate": "list",
            "source": _vocabulary_range(column),
            "error_type": "stop" if column.kind is Kind.CHOICE else "warning",
        }
        rule |= (
            {"show_error": False}
            if column.kind is Kind.CHOICES
            else {"error_message": "Kies een woord uit de lijst."}
        )
    elif column.name == "kind" and contract.name == "partners":
        rule = {
            "validate": "list",
            "source": _growing(schema.LISTS_TITLE, len(schema.VOCABULARIES)),
            "error_type": "warning",
        }
    elif column.refers is not None:
        target = schema.sheet(column.refers)
        place_of_name = [c.name for c in target.columns].index(schema.DEFINES[column.refers])
        rule = {
            "validate": "list",
            "source": _growing(target.title, place_of_name),
            "error_type": "warning",
        }
        rule |= (
            {"show_error": False}
            if column.kind is Kind.NAMES
            else {
                "error_message": f"Deze naam staat niet in het blad {target.title}. Toch gebruiken?"
            }
        )
    elif prompt:
        rule = {"validate": "any"}
    if prompt:
        rule |= {"input_title": column.heading[:32], "input_message": prompt[:255]}
    if rule:
        sheet.data_validation(1, place, _LAST_ROW - 1, place, rule)


def _growing(title: str, place: int) -> str:
    """Return a range that ends at the last filled cell of a column, so that a drop-down shows no
    empty lines.
    """
    letter = xl_col_to_name(place)
    first, column = f"'{title}'!${letter}$2", f"'{title}'!${letter}$2:${letter}${_LAST_ROW}"
    return f"=OFFSET({first},0,0,MAX(1,COUNTA({column})),1)"


def _vocabulary_range(column: Column) -> str:
    assert column.choices is not None
    letter = xl_col_to_name(list(schema.VOCABULARIES.values()).index(column.choices))
    return f"='{schema.LISTS_TITLE}'!${letter}$2:${letter}${len(column.choices) + 1}"


def _lists_sheet(book: Workbook, formats: _Formats, added_kinds: Sequence[str]) -> None:
    sheet = book.add_worksheet(schema.LISTS_TITLE)
    lists = {
        heading: [word.value for word in words] for heading, words in schema.VOCABULARIES.items()
    }
    lists[schema.PARTNER_KINDS_HEADING] = list(dict.fromkeys((*schema.PARTNER_KINDS, *added_kinds)))
    for place, (heading, words) in enumerate(lists.items()):
        sheet.set_column(place, place, 21)
        sheet.write(0, place, heading, formats.header)
        sheet.write_column(1, place, words, formats.body)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _state_colours(book: Workbook, sheet: Worksheet, columns: Sequence[tuple[str, Column]]) -> None:
    for place, (_, column) in enumerate(columns):
        fills = _FILLS.get(column.name, {})
        for word, (ground, ink) in fills.items():
            look = book.add_format({"bg_color": ground, "font_color": ink})
            sheet.conditional_format(
                1,
                place,
                _LAST_ROW - 1,
                place,
                {"type": "cell", "criteria": "==", "value": f'"{word.value}"', "format": look},
            )


def _width(heading: str) -> int:
    return _WIDTHS.get(heading.removesuffix(schema.TWIN), _DEFAULT_WIDTH)


def _height(cells: Sequence[tuple[str, int]]) -> float:
    """Return the height of a row with texts wrapped in columns of these widths; no program fits the
    height when it opens a file.
    """
    lines = max(
        (
            sum(math.ceil(len(line) * 1.1 / width) or 1 for line in text.split("\n"))
            for text, width in cells
        ),
        default=1,
    )
    return max(lines, 1) * _LINE_HEIGHT + 3
