"""Read the bytes of an Excel workbook into raw sheets with Excel's cell references. Raises
WorkbookError and no other exception.

The only module that reads Excel.
"""

import contextlib
import datetime as dt
import io
import re
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from openpyxl import load_workbook
from openpyxl.formula.translate import TranslatorError
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from aaa.values import names
from aaa.values.finding import Finding, WorkbookError
from aaa.workbook import cut, number_format
from aaa.workbook.cut import Cut
from aaa.workbook.number_format import Percent
from aaa.workbook.package import DAMAGE, MAX_UNPACKED, Package, SheetPart, refuse

Value: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

_LAST_ROW, _LAST_COLUMN, _LONGEST_TEXT = 1_048_576, 16_384, 32_767  # of Excel itself
# Letters in the cells of the sheets that are read. One shared text may stand in every cell.
MAX_LETTERS = 12_000_000
_MOST_HEADS = 50  # sheets outside the contract that are looked at for its headings
# A character that XML cannot hold, as Excel writes it (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# separators of names in a cell; a workbook with more of them than MAX_CELLS lists no partners
_LISTED = (";", "\n", "/", ",")
# The exceptions that openpyxl was seen to raise on damaged workbooks; it documents none of them.
# They are listed, instead of catching every exception, so that programming errors are not hidden.
_PARSER_ERRORS = (
    *DAMAGE,
    ArithmeticError,
    AssertionError,
    AttributeError,
    InvalidFileException,
    RecursionError,
    TranslatorError,
    TypeError,
)


class Cell(NamedTuple):
    """What stands in one cell.

    Attributes:
        address: such as `F7`.
        value: the stored value; None for an error cell and for a formula that was never calculated.
        percent: how the cell shows its number as a percentage.
        error: the error a spreadsheet program left there, such as `#REF!`.
        uncalculated: the formula whose value no spreadsheet program has stored yet.
    """

    address: str
    value: Value
    percent: Percent = Percent.NOT
    error: str | None = None
    uncalculated: str | None = None

    @property
    def empty(self) -> bool:
        """Tell whether the cell is empty; a cell with an error is not."""
        value = self.value
        if value is None:
            return self.error is None and self.uncalculated is None
        return isinstance(value, str) and names.blank(value)


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
    book = Package(data)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of a value it cannot convert; here that becomes a finding
            warnings.simplefilter("ignore")
            listed, from_1904 = book.sheets()
            wanted = [one for one in listed if titles is None or names.key(one.title) in titles]
            pieces = _cut(book, wanted)
            values, formulas = _parsed(book, pieces, from_1904=from_1904)
            texts = _Texts()
            sheets = tuple(
                _sheet(
                    one, pieces.get(one.path), values.get(one.path), formulas.get(one.path), texts
                )
                for one in listed
            )
            for parsed in (*values.values(), *formulas.values()):
                parsed._cells.clear()  # sheet and workbook hold each other: else the cells stay
    except _PARSER_ERRORS as error:
        raise refuse("file_damaged", detail=type(error).__name__) from error
    if not sheets:
        raise refuse("file_damaged", detail="no sheets")
    if sum(len(sheet.rows) for sheet in sheets) > cut.MAX_ROWS:
        raise refuse("file_too_many_rows", limit=cut.MAX_ROWS)
    if texts.listed > cut.MAX_CELLS:
        raise refuse("file_too_many_cells", limit=cut.MAX_CELLS)
    return sheets


def heads(data: bytes, titles: Collection[str]) -> tuple[RawSheet, ...]:
    """Read the first rows of sheets that `read` left out, to find a sheet by its headings. A sheet
    that cannot be read is left out, and so are those after the first fifty.

    Args:
        data: the bytes of a file that `read` read.
        titles: the `names.key` of the sheets.
    """
    book = Package(data)
    wanted = [one for one in book.sheets()[0] if names.key(one.title) in titles and one.path]
    pieces: dict[str, Cut] = {}
    for one in wanted[:_MOST_HEADS]:
        if one.path not in pieces:
            with contextlib.suppress(WorkbookError, *_PARSER_ERRORS):
                pieces[one.path] = cut.head(book.xml(one.path, MAX_UNPACKED), one.title)
    with contextlib.suppress(WorkbookError, *_PARSER_ERRORS), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values, _ = _parsed(book, pieces, from_1904=False)
        texts = _Texts()
        return tuple(
            _sheet(one, pieces[one.path], values[one.path], None, texts)
            for one in wanted[:_MOST_HEADS]
            if one.path in pieces
        )
    return ()


def _cut(book: Package, wanted: Collection[SheetPart]) -> dict[str, Cut]:
    """Return the sheets, cut down to their filled cells, by the name of their part."""
    pieces: dict[str, Cut] = {}
    for one in wanted:
        if not one.path:
            raise WorkbookError(Finding("sheet_content_missing", one.title))
        if one.path not in pieces:
            pieces[one.path] = cut.sheet(book.xml(one.path, MAX_UNPACKED), one.title)
    if sum(piece.cells for piece in pieces.values()) > cut.MAX_CELLS:
        raise refuse("file_too_many_cells", limit=cut.MAX_CELLS)
    if sum(len(piece.xml) for piece in pieces.values()) > cut.MAX_CONTENT:
        raise refuse("file_too_much_text", limit=cut.MAX_CONTENT // 2**20)
    return pieces


def _parsed(
    book: Package, pieces: Mapping[str, Cut], *, from_1904: bool
) -> tuple[dict[str, Worksheet], dict[str, Worksheet]]:
    """Parse the sheets for their values, and the cells that were never calculated for their
    formulas.
    """
    styles, strings = cut.number_formats(book), cut.texts(book)

    def parse(sheets: Mapping[str, bytes], *, data_only: bool) -> dict[str, Worksheet]:
        numbered = {f"s{n}": xml for n, xml in enumerate(sheets.values())}
        parsed = load_workbook(
            io.BytesIO(cut.assemble(numbered, styles, strings, from_1904=from_1904)),
            data_only=data_only,
        )
        return {path: parsed[name] for path, name in zip(sheets, numbered, strict=True)}

    values = {path: piece.xml for path, piece in pieces.items()}
    formulas = {
        path: piece.uncalculated for path, piece in pieces.items() if piece.uncalculated is not None
    }
    return parse(values, data_only=True) if values else {}, (
        parse(formulas, data_only=False) if formulas else {}
    )


class _Texts:
    """The texts of a workbook, each made once however many cells show it."""

    def __init__(self) -> None:
        self.listed = 0  # separators of names
        self._letters = 0
        self._made: dict[str, tuple[str, int]] = {}

    def of(self, stored: str) -> str:
        """Return a text as Excel shows it: no longer than a cell may be, escapes resolved."""
        made = self._made.get(stored)
        if made is None:
            shown = unescaped(stored[:_LONGEST_TEXT])
            made = shown, sum(map(shown.count, _LISTED))
            self._made[stored] = made
        self._letters += len(made[0])
        self.listed += made[1]
        if self._letters > MAX_LETTERS:
            raise refuse("file_too_many_letters", limit=MAX_LETTERS)
        return made[0]


def unescaped(stored: str) -> str:
    """Return a text with its escapes resolved: `_x000B_` is a line break of PowerPoint, and
    `_x005F_` an underscore before what only looks like an escape.
    """
    if "_x" not in stored:
        return stored
    whole = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored)
    # two halves of one character, each escaped
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _sheet(
    part: SheetPart,
    piece: Cut | None,
    values: Worksheet | None,
    formulas: Worksheet | None,
    texts: _Texts,
) -> RawSheet:
    if piece is None or values is None:
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
            f"{letter}{row}",
            cell,
            formula.value if formula is not None and is_formula else None,
            texts,
        )
        if not raw.empty:
            rows.setdefault(row, {})[letter] = raw
    hidden = tuple(
        sorted(
            number for number, row in values.row_dimensions.items() if row.hidden and number in rows
        )
    )
    return RawSheet(part.title, rows, part.hidden, hidden, tuple(_merged(piece)))


def _merged(piece: Cut) -> list[Merged]:
    areas = []
    for address in dict.fromkeys(piece.merged):
        left, top, right, bottom = range_boundaries(address)
        if left and top and right and bottom:  # a range of whole columns has no rows
            areas.append((top, left, Merged(address, left, right, bottom)))
    return [area for _, _, area in sorted(areas, key=lambda one: one[:2])]


def _cell(address: str, cell: Any, formula: Any, texts: _Texts) -> Cell:
    value = cell.value
    if cell.data_type == "e":
        return Cell(address, None, error=str(value))
    # A formula that gives an empty text is stored as text ("str") without a value; one never
    # calculated has no type at all.
    if formula is not None and value is None and cell.data_type != "str":
        return Cell(address, None, uncalculated=str(getattr(formula, "text", formula)))
    if isinstance(value, str):
        return Cell(address, texts.of(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        code = cell.number_format or ""
        if "%" in code:
            return Cell(address, value, percent=number_format.percent(code, value))
    return Cell(address, value)
