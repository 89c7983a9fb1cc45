"""The XML of a workbook, cut down to what the contract reads: filled cells, shared texts and number
formats.

Formats of empty cells, data validation, colours, comments, links and styles make up most of a
workbook, and none of them is read.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from openpyxl.styles.numbers import BUILTIN_FORMATS

from aaa.values.finding import Finding, WorkbookError
from aaa.workbook import number_format
from aaa.workbook.package import DOCUMENT, MAIN, MOST_TAGS, RELATIONS, Package, elements, refuse

MAX_CELLS = 200_000  # filled cells in the sheets that are read: some 12,000 activities
MAX_ROWS = 25_000  # filled rows in the sheets that are read
MAX_TEXTS = 200_000  # shared strings
MAX_CONTENT = 24 * 2**20  # of the filled cells of all sheets, and of the shared strings
_MAX_STYLES = 24 * 2**20  # of which the names of styles, that copied sheets leave behind, are most
_MOST_COMMENTS = 1000  # of one part
_MAX_TAGS = 10  # per cell or shared string: enough for a few rich text runs
_MAX_FORMATS = 65_490  # what Excel itself can hold
_MAX_MERGED = 1000  # merged ranges that are reported at most
_MOST_HEAD = 50  # rows in which headings are looked for on a sheet that is not read
_PIECE = 2**20

_DATE, _DURATION, _FIRST_CUSTOM = 14, 46, 164  # ids of number formats
# Built-in dates of Chinese, Japanese, Korean and Thai programs, which have no code of their own.
_DATES_OF_ASIA = {*range(27, 37), *range(50, 59), *range(71, 82)}

_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."

_SHEET_DATA = re.compile(rb"<(?P<prefix>(?:[\w.-]+:)?)sheetData\b[^<>]*?(?P<empty>/)?>")
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\b[^<>]*?\bref=[\"']([^\"'<>]{1,40})[\"']")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
# a cell with a format only, or a row without cells
_BLANK = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)\b[^<>]*/>")
# a cell or row without a reference: it follows the one before it
_UNPLACED = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)(?=[\s/>])(?![^<>]*\sr=)")
_EMPTY_ROW = re.compile(rb"<((?:[\w.-]+:)?)row\b[^<>]*>\s*</\1row>")
_ROW_ENDS = re.compile(rb"</(?:[\w.-]+:)?row\s*>")
_ROW_STARTS = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s>])[^<>]*(?<!/)>")
# Only the text of a formula is read. Expanding a shared or array formula to all its cells would be
# useless work and can fail, so the attributes that ask for it are removed.
_SHARED = re.compile(rb"(<(?:[\w.-]+:)?f)\s[^<>]*?(/?>)")
# A text in its own cell, without formats. Stored as the text of a formula it means the same, and
# openpyxl reads it three times as fast.
_INLINE_STARTS = (b't="inlineStr"><is><t>', b't="inlineStr"><is><t xml:space="preserve">')
_INLINE_END = b"</t></is>"
_STORED = re.compile(rb"<(?:[\w.-]+:)?(?:v|is)[\s>]")
_WHOLE_CELL = re.compile(rb"<((?:[\w.-]+:)?)c\b[^<>]*[^/<>]>(.*?)</\1c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|is)\b[^<>]*[^/<>]>[^<]|<(?:[\w.-]+:)?(?:v|is)>[^<]")
_HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_LONG_TAG = re.compile(rb"<[^<>]{65536}")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_TEXT = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")

_PLAIN = (
    "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    "<cellStyleXfs><xf numFmtId='0' fontId='0' fillId='0' borderId='0'/></cellStyleXfs>"
)
_NORMAL = "<cellStyles><cellStyle name='Normal' xfId='0' builtinId='0'/></cellStyles>"
# The styles of a workbook that has none. The second fill is the one that every program expects.
PLAIN_STYLES = (
    f"<styleSheet xmlns='{MAIN}'>"
    "<fonts><font><sz val='11'/><name val='Calibri'/></font></fonts>"
    "<fills><fill><patternFill patternType='none'/></fill>"
    "<fill><patternFill patternType='gray125'/></fill></fills>"
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs><xf numFmtId='0' fontId='0' fillId='0' borderId='0'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/></cellXfs>"
    f"{_NORMAL}</styleSheet>"
)


@dataclass(frozen=True)
class Cut:
    """The XML of one sheet, cut down to its filled cells.

    Attributes:
        xml: a complete worksheet part.
        cells: how many cells it holds.
        uncalculated: a worksheet part of the cells with a formula that no program calculated yet;
            None when there are none.
        merged: the merged areas, as `A3:B4`.
    """

    xml: bytes
    cells: int
    uncalculated: bytes | None
    merged: tuple[str, ...]


def sheet(xml: bytes, title: str) -> Cut:
    """Cut the XML of a sheet down to its filled cells.

    Args:
        xml: from `Package.xml`.
        title: of the sheet, for a finding.
    """
    if xml.count(b"<") > MOST_TAGS:
        filled = sum(1 for _ in islice(_STORED.finditer(xml), MAX_CELLS + 1)) > MAX_CELLS
        raise (
            refuse("file_too_many_cells", limit=MAX_CELLS)
            if filled
            else _of_sheet("sheet_too_much_format", title)
        )
    xml = _plain_xml(xml, _of_sheet("sheet_unusual", title))
    start = _SHEET_DATA.search(xml)
    if start is None:
        raise ValueError("no sheetData")
    prefix = start["prefix"]
    end = start.end() if start["empty"] else xml.index(b"</" + prefix + b"sheetData", start.end())
    rows = _with_plain_texts(b"".join(_filled(xml, start.end(), end)))
    if len(rows) > MAX_CONTENT:
        raise refuse("file_too_much_text", limit=MAX_CONTENT // 2**20)
    if rows.count(b"<") > MAX_CELLS * _MAX_TAGS:
        raise refuse("file_too_many_cells", limit=MAX_CELLS)
    if any(len(_ROW_STARTS.findall(piece)) > 1 for piece in _ROW_ENDS.split(rows)):
        # a row in a row: the parser is slow on it, and Excel refuses it
        raise _of_sheet("sheet_unusual", title)
    before = _root(xml[: start.start()]) + b"<" + prefix + b"sheetData>"
    after = b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
    merged = (
        found[1].decode("ascii", "replace").replace("$", "") for found in _MERGED.finditer(xml, end)
    )
    return Cut(
        before + rows + after,
        sum(1 for _ in _CELL.finditer(rows)),
        before + waiting + after if (waiting := _uncalculated(rows, prefix)) else None,
        tuple(islice(merged, _MAX_MERGED)),
    )


def head(xml: bytes, title: str) -> Cut:
    """Cut the start of a sheet down to its filled cells: enough to find its headings.

    Args:
        xml: from `Package.xml`.
        title: of the sheet, for a finding.
    """
    start = _SHEET_DATA.search(xml)
    if start is None or start["empty"]:
        raise ValueError("no rows")
    end = max(
        (m.end() for m in islice(_ROW_ENDS.finditer(xml, start.end()), _MOST_HEAD)), default=0
    )
    if not 0 < end - start.end() < _PIECE:
        raise ValueError("no rows")
    prefix = start["prefix"]
    closed = b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
    return sheet(_root(xml[: start.start()]) + xml[start.start() : end] + closed, title)


def _uncalculated(rows: bytes, prefix: bytes) -> bytes:
    """Return the cells with a formula but no value, as rows; all rows when one of them has no
    address, because its place follows from the cells before it.
    """
    if _FORMULA.search(rows) is None:
        return b""
    waiting = [
        cell[0]
        for cell in _WHOLE_CELL.finditer(rows)
        if _FORMULA.search(cell[2]) and not _VALUE.search(cell[2])
    ]
    if any(_UNPLACED.match(cell) for cell in waiting):
        return rows
    row = b"<" + prefix + b"row>"
    return row + b"".join(waiting) + b"</" + prefix + b"row>" if waiting else b""


def _of_sheet(code: str, title: str) -> WorkbookError:
    return WorkbookError(Finding(code, title))


def _plain_xml(xml: bytes, unusual: WorkbookError) -> bytes:
    """Return a part without XML comments and with CDATA sections escaped, so that every `<` starts
    a tag. Refuse tags too long to parse, with the error that is given.
    """
    if xml.count(b"<!") > _MOST_COMMENTS:
        raise unusual
    plain = (
        _HIDDEN.sub(
            lambda found: escape((found[1] or b"").decode("latin-1")).encode("latin-1"), xml
        )
        if b"<!" in xml
        else xml
    )
    if b"<!" in plain or _LONG_TAG.search(plain):
        raise unusual
    return plain


def _filled(xml: bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield the rows of a sheet without its empty cells and rows, a piece at a time, so that a
    large sheet is never in memory twice.
    """
    placed = _UNPLACED.search(xml, start, end) is None
    while start < end:
        stop = xml.find(b"<", min(start + _PIECE, end), end)
        stop = end if stop < 0 else stop
        piece = xml[start:stop]
        start = stop
        if placed:
            piece = _EMPTY_ROW.sub(b"", _BLANK.sub(b"", piece))
        yield _SHARED.sub(rb"\1\2", piece) if _FORMULA.search(piece) else piece


def _with_plain_texts(rows: bytes) -> bytes:
    starts = sum(map(rows.count, _INLINE_STARTS))
    if not starts or starts != rows.count(_INLINE_END):
        return rows
    for start in _INLINE_STARTS:
        rows = rows.replace(start, b't="str"><v>')
    return rows.replace(_INLINE_END, b"</v>")


def _root(head: bytes) -> bytes:
    """Return the start tag of the worksheet, which holds the namespaces."""
    found = re.search(rb"<(?:[\w.-]+:)?worksheet\b[^<>]*>", head)
    if found is None:
        raise ValueError("no worksheet")
    return found[0]


def texts(book: Package) -> bytes | None:
    """Return the shared strings part, or None."""
    path = book.companion("sharedStrings")
    if path is None:
        return None
    unusual = refuse("file_part_unusual", part=path)
    xml = _plain_xml(book.xml(path, MAX_CONTENT, "file_too_much_text"), unusual)
    if sum(1 for _ in _TEXT.finditer(xml)) > MAX_TEXTS or xml.count(b"<") > MAX_TEXTS * _MAX_TAGS:
        raise refuse("file_too_many_texts", limit=MAX_TEXTS)
    return xml


def number_formats(book: Package) -> bytes:
    """Return a styles part with number formats only. Each format is the plainest that means the
    same: a date, a duration, a percentage or a number.
    """
    path = book.companion("styles")
    own: dict[str, str] = {}
    used: list[str] = []
    within = ""
    xml = book.xml(path, _MAX_STYLES, "file_styles_too_many") if path else b""
    for tag, facts in elements(xml, "file_styles_too_many") if xml else ():
        if tag == f"{MAIN} numFmt":
            own.setdefault(facts.get("numFmtId", ""), facts.get("formatCode", ""))
        elif tag == f"{MAIN} xf":
            if within == "cellXfs":
                used.append(facts.get("numFmtId", "0"))
        elif tag.startswith(f"{MAIN} cell"):
            within = tag.removeprefix(f"{MAIN} ")
    if len(used) > _MAX_FORMATS:
        raise refuse("file_styles_too_many", size=len(used), limit=_MAX_FORMATS)
    custom: dict[str, int] = {}
    cells = "".join(
        f"<xf numFmtId='{_meaning(number, own, custom)}' fontId='0' fillId='0' borderId='0' "
        "xfId='0'/>"
        for number in used
    )
    formats = "".join(
        f"<numFmt numFmtId='{number}' formatCode={quoteattr(code)}/>"
        for code, number in custom.items()
    )
    everything = (
        f"<styleSheet xmlns='{MAIN}'><numFmts>{formats}</numFmts>{_PLAIN}"
        f"<cellXfs>{cells or '<xf/>'}</cellXfs>{_NORMAL}</styleSheet>"
    )
    return everything.encode()


def _meaning(number: str, own: Mapping[str, str], custom: dict[str, int]) -> int:
    """Return the id of the built-in format that means the same as a format. One with a percent sign
    is kept, because what the sign does may depend on the value.
    """
    code = own.get(number)
    if code is None:
        known = int(number) if number.isascii() and number.isdecimal() else 0
        if known in _DATES_OF_ASIA:
            return _DATE
        code = BUILTIN_FORMATS.get(known, "General")
    if number_format.is_duration(code):
        return _DURATION
    if number_format.is_date(code):
        return _DATE
    return custom.setdefault(code, _FIRST_CUSTOM + len(custom)) if "%" in code else 0


def assemble(
    parts: Mapping[str, bytes], styles: bytes, strings: bytes | None, *, from_1904: bool
) -> bytes:
    """Return a workbook of these sheets (name -> XML) and nothing else."""
    numbered = list(enumerate(parts.items(), start=1))
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"} | {
        f"xl/worksheets/sheet{n}.xml": "worksheet" for n, _ in numbered
    }
    targets = [(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered] + [
        ("styles", "styles", "styles.xml")
    ]
    if strings is not None:
        kinds["xl/sharedStrings.xml"] = "sharedStrings"
        targets.append(("texts", "sharedStrings", "sharedStrings.xml"))
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='s{n}'/>" for n, (name, _) in numbered
    )
    overrides = "".join(
        f"<Override PartName='/{path}' ContentType='{_SPREADSHEET}{kind}+xml'/>"
        for path, kind in kinds.items()
    )
    plain = (
        "<Default Extension='rels' "
        "ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(
            "[Content_Types].xml", f"<Types xmlns='{_CONTENT}'>{plain}{overrides}</Types>"
        )
        archive.writestr("_rels/.rels", _relations([("book", "officeDocument", "xl/workbook.xml")]))
        facts = "<workbookPr date1904='1'/>" if from_1904 else ""
        archive.writestr(
            "xl/workbook.xml",
            f"<workbook xmlns='{MAIN}' xmlns:r='{DOCUMENT}'>{facts}<sheets>{listed}</sheets>"
            "</workbook>",
        )
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(targets))
        archive.writestr("xl/styles.xml", styles)
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", strings)
        for n, (_, xml) in numbered:
            archive.writestr(f"xl/worksheets/sheet{n}.xml", xml)
    return buffer.getvalue()


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    return (
        f"<Relationships xmlns='{RELATIONS}'>{''.join(_relation(*target) for target in targets)}"
        "</Relationships>"
    )


def _relation(name: str, kind: str, target: str) -> str:
    return f"<Relationship Id='{name}' Type='{DOCUMENT}/{kind}' Target='{target}'/>"
