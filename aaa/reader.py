"""From the bytes of an Excel workbook to raw sheets with Excel's own addresses; raises WorkbookError and nothing else.

The bytes are checked before a parser sees them, because a workbook is a zip of XML and both can be made to explode.
The only module that reads Excel.
"""

import datetime as dt
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from aaa import names
from aaa.finding import Finding, WorkbookError

Value: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 40 * 2**20
MAX_PARTS = 2000
_CHUNK = 64 * 1024

# What openpyxl has been seen to raise on a damaged workbook. It documents none of it, so the list is long, but it is a list:
# a programming error elsewhere is not among the things this module may hide.
_PARSER_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
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
        """Tell whether nothing stands here; an error is not nothing."""
        blank = self.value is None or (isinstance(self.value, str) and not names.tidy(self.value))
        return blank and self.error is None and self.uncalculated is None


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged area: its address, the columns it covers, and its last row."""

    address: str
    letters: frozenset[str]
    last_row: int


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it stands: `rows` maps a row number to its cells by column letter, empty cells left out."""

    title: str
    rows: Mapping[int, Mapping[str, Cell]]
    hidden: bool
    hidden_rows: tuple[int, ...]
    merged: tuple[Merged, ...]


def read(data: bytes) -> tuple[RawSheet, ...]:
    """Read every sheet of a workbook.

    Args:
        data: the bytes of the file.

    Returns:
        The sheets in the order of their tabs, rows and columns in order within each.

    Raises:
        WorkbookError: the bytes are not a workbook that can be read safely; its findings say why.
    """
    _guard(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions it leaves out; reading loses nothing by them
            values = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
            sheets = tuple(_sheets(values, formulas))
    except _PARSER_ERRORS as error:
        raise _refuse("file_damaged", detail=type(error).__name__) from error
    if not sheets:
        raise _refuse("file_damaged", detail="no sheets")
    return sheets


def _sheets(values: Workbook, formulas: Workbook) -> Iterator[RawSheet]:
    for sheet in values.worksheets:
        yield _sheet(sheet, formulas[sheet.title])


def _sheet(values: Worksheet, formulas: Worksheet) -> RawSheet:
    rows: dict[int, dict[str, Cell]] = {}
    letters: dict[int, str] = {}
    written = formulas._cells
    # _cells holds the cells that exist; iter_rows would make every cell up to a ghost row at the bottom of the sheet.
    for (row, column), cell in sorted(values._cells.items()):
        formula = written.get((row, column))
        is_formula = formula is not None and formula.data_type == "f"
        if cell.value is None and not is_formula:
            continue
        letter = letters.get(column) or letters.setdefault(column, get_column_letter(column))
        raw = _cell(f"{letter}{row}", cell, formula.value if formula is not None and is_formula else None)
        if not raw.empty:
            rows.setdefault(row, {})[letter] = raw
    hidden = tuple(sorted(number for number, row in values.row_dimensions.items() if row.hidden and number in rows))
    merged = tuple(
        Merged(str(area), frozenset(get_column_letter(c) for c in range(area.min_col, area.max_col + 1)), area.max_row)
        for area in sorted(values.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
    )
    return RawSheet(values.title, rows, values.sheet_state != "visible", hidden, merged)


def _cell(address: str, cell: Any, formula: Any) -> Cell:
    if cell.data_type == "e":
        return Cell(address, None, error=str(cell.value))
    # A formula that gives an empty text is stored as text ("str") without a value; one never calculated has no type at all.
    if formula is not None and cell.value is None and cell.data_type != "str":
        return Cell(address, None, uncalculated=str(getattr(formula, "text", formula)))
    percent = isinstance(cell.value, int | float) and "%" in (cell.number_format or "")
    return Cell(address, cell.value, percent=percent)


def _refuse(code: str, **facts: str | int) -> WorkbookError:
    return WorkbookError(Finding(code, facts=facts))


def _guard(data: bytes) -> None:
    """Refuse what is not a workbook, and what would cost more memory than a workbook may."""
    if not data:
        raise _refuse("file_empty")
    if len(data) > MAX_BYTES:
        raise _refuse("file_too_large", limit=MAX_BYTES // 2**20)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refuse("file_password" if "EncryptedPackage".encode("utf-16-le") in data else "file_old_xls")
    if not data.startswith(b"PK"):
        raise _refuse("file_not_excel")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard_archive(archive)
    except _PARSER_ERRORS as error:
        raise _refuse("file_damaged", detail=type(error).__name__) from error


def _guard_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _refuse("file_unsafe")
    if any(part.flag_bits & 1 for part in parts):
        raise _refuse("file_password")
    if "mimetype" in names and archive.read("mimetype")[:60].startswith(b"application/vnd.oasis.opendocument"):
        raise _refuse("file_ods")
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise _refuse("file_not_excel")
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:  # reads to the end, so the checksum of each part is checked as well
            head = b""
            parsed = part.filename.endswith((".xml", ".rels", ".vml"))  # a picture may be an SVG with a DOCTYPE; nobody parses it
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED:
                    raise _refuse("file_unsafe")
                if parsed and (b"<!DOCTYPE" in head[-16:] + chunk or b"<!ENTITY" in head[-16:] + chunk):
                    raise _refuse("file_unsafe")
                if part.filename == "xl/workbook.xml" and b"purl.oclc.org/ooxml" in head[-64:] + chunk:
                    raise _refuse("file_strict")
                head = chunk
