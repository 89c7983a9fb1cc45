"""Read the bytes of an Excel workbook into raw sheets with Excel's cell references. Raises
WorkbookError and no other exception.

The only module that reads Excel.
"""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from openpyxl import load_workbook
from openpyxl.formula.translate import TranslatorError
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from aaa.values import names
from aaa.workbook import package
from aaa.workbook.package import SheetPart, Trimmed, refuse

Value: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

_LAST_ROW, _LAST_COLUMN, _LONGEST_TEXT = 1_048_576, 16_384, 32_767  # of Excel itself
# separators of names in a cell; a workbook with more of them than MAX_CELLS lists no partners
_LISTED = (";", "\n", "/", ",")
# The exceptions that openpyxl was seen to raise on damaged workbooks; it documents none of them.
# They are listed, instead of catching every exception, so that programming errors are not hidden.
_PARSER_ERRORS = (
    *package.DAMAGE,
    ArithmeticError,
    AssertionError,
    AttributeError,
    InvalidFileException,
    RecursionError,
    TranslatorError,
    TypeError,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Attributes:
        address: such as `F7`.
        value: the stored value; None for an error cell and for a formula that was never calculated.
        percent: the cell is formatted as a percentage.
        error: the error a spreadsheet program left there, such as `#REF!`.
        uncalculated: the formula whose value no spreadsheet program has stored yet.
    """

    address: str
    value: Value
    percent: bool = False
    error: str | None = None
    uncalculated: str | None = None

    @property
    def empty(self) -> bool:
        """Tell whether the cell is empty; a cell with an error is not."""
        blank = self.value is None or (isinstance(self.value, str) and not names.tidy(self.value))
        return blank and self.error is None and self.uncalculated is None


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged area: its address, its first and last column (from 1), and its last row."""

    address: str
    first_column: int
    last_column: int
    last_row: int

    def covers(self, letter: str) -> bool:
        """Tell whether a column lies in the area."""
        return self.first_column <= column_number(letter) <= self.last_column


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it stands: `rows` maps a row number to its cells by column letter, empty cells
    left out.
    """

    title: str
    rows: Mapping[int, Mapping[str, Cell]]
    hidden: bool
    hidden_rows: tuple[int, ...]
    merged: tuple[Merged, ...]


def column_number(letter: str) -> int:
    """Return the place of a column, from 1."""
    return int(column_index_from_string(letter))


def read(data: bytes, titles: Collection[str] | None = None) -> tuple[RawSheet, ...]:
    """Read the sheets of a workbook.

    Args:
        data: the bytes of the file.
        titles: the `names.key` of the sheets whose cells are read; of other sheets only the title
            is read. None reads all.

    Returns:
        The sheets in the order of their tabs, rows and columns in order within each.

    Raises:
        WorkbookError: the bytes are not a workbook that can be read safely; its findings say why.
    """
    package.guard(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings():
            # openpyxl warns of a value it cannot convert; here that becomes a finding
            warnings.simplefilter("ignore")
            listed = package.sheets(archive)
            wanted = [part for part in listed if titles is None or names.key(part.title) in titles]
            trimmed = {
                path: package.trim(archive.read(path))
                for path in dict.fromkeys(part.path for part in wanted)
            }
            if (
                sum(sheet.cells for sheet in trimmed.values()) > package.MAX_CELLS
                or sum(len(sheet.xml) for sheet in trimmed.values()) > package.MAX_CONTENT
            ):
                raise refuse("file_too_many_cells", limit=package.MAX_CELLS)
            values, formulas = _parsed(archive, trimmed)
            sheets = tuple(
                _sheet(part, trimmed.get(part.path), values.get(part.path), formulas.get(part.path))
                for part in listed
            )
    except _PARSER_ERRORS as error:
        raise refuse("file_damaged", detail=type(error).__name__) from error
    if not sheets:
        raise refuse("file_damaged", detail="no sheets")
    if sum(len(sheet.rows) for sheet in sheets) > package.MAX_ROWS:
        raise refuse("file_too_many_rows", limit=package.MAX_ROWS)
    texts = (
        cell.value
        for sheet in sheets
        for row in sheet.rows.values()
        for cell in row.values()
        if isinstance(cell.value, str)
    )
    if sum(text.count(mark) for text in texts for mark in _LISTED) > package.MAX_CELLS:
        raise refuse("file_too_many_cells", limit=package.MAX_CELLS)
    return sheets


def _parsed(
    archive: zipfile.ZipFile, trimmed: Mapping[str, Trimmed]
) -> tuple[dict[str, Worksheet], dict[str, Worksheet]]:
    """Parse the sheets for their values, and those with a formula once more for the formulas."""
    styles, strings, from_1904 = (
        package.number_formats(archive),
        package.texts(archive),
        package.counts_from_1904(archive),
    )

    def parse(sheets: Mapping[str, bytes], *, data_only: bool) -> dict[str, Worksheet]:
        numbered = {f"s{n}": xml for n, xml in enumerate(sheets.values())}
        book = load_workbook(
            io.BytesIO(package.assemble(numbered, styles, strings, from_1904=from_1904)),
            data_only=data_only,
        )
        return {path: book[name] for path, name in zip(sheets, numbered, strict=True)}

    values = {path: sheet.xml for path, sheet in trimmed.items()}
    formulas = {path: sheet.xml for path, sheet in trimmed.items() if sheet.formulas}
    return parse(values, data_only=True) if values else {}, (
        parse(formulas, data_only=False) if formulas else {}
    )


def _sheet(
    part: SheetPart, trimmed: Trimmed | None, values: Worksheet | None, formulas: Worksheet | None
) -> RawSheet:
    if trimmed is None or values is None:
        return RawSheet(part.title, {}, part.hidden, (), ())
    rows: dict[int, dict[str, Cell]] = {}
    letters: dict[int, str] = {}
    written = formulas._cells if formulas is not None else {}
    # _cells holds only the cells that exist. iter_rows would create all cells down to a stray row
    # at the bottom of the sheet.
    for (row, column), cell in sorted(values._cells.items()):
        formula = written.get((row, column))
        is_formula = formula is not None and formula.data_type == "f"
        if cell.value is None and not is_formula:
            continue
        if row > _LAST_ROW or column > _LAST_COLUMN:
            raise ValueError("a cell outside the sheet")
        letter = letters.get(column) or letters.setdefault(column, get_column_letter(column))
        raw = _cell(
            f"{letter}{row}", cell, formula.value if formula is not None and is_formula else None
        )
        if not raw.empty:
            rows.setdefault(row, {})[letter] = raw
    hidden = tuple(
        sorted(
            number for number, row in values.row_dimensions.items() if row.hidden and number in rows
        )
    )
    return RawSheet(part.title, rows, part.hidden, hidden, tuple(_merged(trimmed)))


def _merged(trimmed: Trimmed) -> list[Merged]:
    areas = []
    for address in dict.fromkeys(trimmed.merged):
        left, top, right, bottom = range_boundaries(address)
        if left and top and right and bottom:  # a range of whole columns has no rows
            areas.append((top, left, Merged(address, left, right, bottom)))
    return [area for _, _, area in sorted(areas, key=lambda one: one[:2])]


def _cell(address: str, cell: Any, formula: Any) -> Cell:
    if cell.data_type == "e":
        return Cell(address, None, error=str(cell.value))
    # A formula that gives an empty text is stored as text ("str") without a value; one never
    # calculated has no type at all.
    if formula is not None and cell.value is None and cell.data_type != "str":
        return Cell(address, None, uncalculated=str(getattr(formula, "text", formula)))
    if isinstance(cell.value, str) and len(cell.value) > _LONGEST_TEXT:
        return Cell(address, cell.value[:_LONGEST_TEXT])
    percent = isinstance(cell.value, int | float) and "%" in (cell.number_format or "")
    return Cell(address, cell.value, percent=percent)
