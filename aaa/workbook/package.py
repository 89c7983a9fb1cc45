"""The zip package of a workbook: refuse a file that is not a workbook or not safe to open, and give
the parser only what is read.

An .xlsx file is a zip of XML parts that refer to each other by relationships (Open Packaging
Conventions, ECMA-376 part 2). The zip can be a decompression bomb, and the XML an entity expansion
bomb. So sizes, checksums and kinds are checked before any parser sees a part.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from aaa.values.finding import Finding, WorkbookError

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 64 * 2**20
MAX_PARTS = 2000
MAX_CELLS = 200_000  # filled cells in the sheets that are read: some 12,000 activities
MAX_ROWS = 25_000  # filled rows in the sheets that are read
MAX_TEXTS = 200_000  # shared strings
_MAX_SMALL_PART = 2 * 2**20  # of the parts that list sheets and styles
MAX_CONTENT = 24 * 2**20  # of the filled cells of all sheets, and of the shared strings
_MOST_TAGS, _MOST_COMMENTS = 2_000_000, 1000  # of one part, before its empty cells are left out
_MAX_TAGS = 10  # per cell or shared string: enough for a few rich text runs
_MAX_FORMATS = 65_490  # what Excel itself can hold
_MAX_MERGED = 1000  # merged ranges that are reported at most
_MOST_SHEETS = MAX_PARTS
_CHUNK = 64 * 1024
_PIECE = 2**20

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."

# Parts that identify a text document, a presentation or a binary workbook, and content types that
# Excel opens only under another file extension.
_OTHER_OFFICE = {"word/document.xml", "ppt/presentation.xml", "xl/workbook.bin"}
_NOT_PLAIN = (
    b"sheet.macroEnabled.main+xml",
    b"template.macroEnabled.main+xml",
    b"spreadsheetml.template.main+xml",
)
# What a zip or an XML parser raises on damaged bytes.
DAMAGE = (
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # ElementTree.ParseError is one
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)

_SHEET_DATA = re.compile(rb"<(?P<prefix>(?:[\w.-]+:)?)sheetData\b[^<>]*?(?P<empty>/)?>")
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\b[^<>]*?\bref=[\"']([^\"'<>]{1,40})[\"']")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
# a cell with a format only, or a row without cells
_BLANK = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)\b[^<>]*/>")
# a cell or row without a reference: it follows the one before it
_UNPLACED = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)(?=[\s/>])(?![^<>]*\sr=)")
_EMPTY_ROW = re.compile(rb"<((?:[\w.-]+:)?)row\b[^<>]*>\s*</\1row>")
# Only the text of a formula is read. Expanding a shared or array formula to all its cells would be
# useless work and can fail, so the attributes that ask for it are removed.
_SHARED = re.compile(rb"(<(?:[\w.-]+:)?f)\s[^<>]*?(/?>)")
_HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_LONG_TAG = re.compile(rb"<[^<>]{65536}")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_TEXT = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")


_PLAIN = (
    "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    "<cellStyleXfs><xf numFmtId='0' fontId='0' fillId='0' borderId='0'/></cellStyleXfs>"
)
_NORMAL = "<cellStyles><cellStyle name='Normal' xfId='0' builtinId='0'/></cellStyles>"
# The styles of a workbook that has none.
PLAIN_STYLES = (
    f"<styleSheet xmlns='{MAIN}'>{_PLAIN}<cellXfs>"
    f"<xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/></cellXfs>{_NORMAL}"
    "</styleSheet>"
)


@dataclass(frozen=True)
class SheetPart:
    """One sheet as the workbook lists it: `path` is its part in the zip."""

    title: str
    path: str
    hidden: bool


@dataclass(frozen=True)
class Trimmed:
    """The XML of one sheet, cut down to its filled cells.

    Attributes:
        xml: a complete worksheet part.
        cells: how many cells it holds.
        formulas: whether any of them has a formula.
        merged: the merged areas, as `A3:B4`.
    """

    xml: bytes
    cells: int
    formulas: bool
    merged: tuple[str, ...]


def refuse(code: str, **facts: str | int) -> WorkbookError:
    """Return the error that says why a file as a whole cannot be used."""
    return WorkbookError(Finding(code, facts=facts))


def guard(data: bytes) -> None:
    """Refuse a file that is not a workbook, or that needs more memory than a workbook may.

    Raises:
        WorkbookError: its finding says what the file is instead, or what is wrong with it.
    """
    if not data:
        raise refuse("file_empty")
    if len(data) > MAX_BYTES:
        raise refuse("file_too_large", limit=MAX_BYTES // 2**20)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(
            "file_password" if "EncryptedPackage".encode("utf-16-le") in data else "file_old_xls"
        )
    if not data.startswith(b"PK"):
        # A program that writes in place may first extend the file with zero bytes, then fill it.
        raise refuse("file_damaged" if not data.strip(b"\0") else "file_not_excel")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard_archive(archive)
    except DAMAGE as error:
        raise refuse("file_damaged", detail=type(error).__name__) from error


def _guard_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or len(names) < len(parts)
    ):
        raise refuse("file_unsafe")
    if any(part.flag_bits & 1 for part in parts):
        raise refuse("file_password")
    if "mimetype" in names:
        # read only the start: the sizes that a zip declares may be false, and are still unchecked
        with archive.open("mimetype") as stream:
            if stream.read(60).startswith(b"application/vnd.oasis.opendocument"):
                raise refuse("file_ods")
    if (
        "xl/workbook.xml" not in names and "[Content_Types].xml" not in names
    ) or names & _OTHER_OFFICE:
        raise refuse("file_not_excel")
    unpacked = 0
    for part in parts:
        # reading to the end also verifies the checksum of the part
        with archive.open(part) as stream:
            unpacked += _guard_part(part.filename, stream, MAX_UNPACKED - unpacked)
    if "[Content_Types].xml" in names and any(
        kind in small_part(archive, "[Content_Types].xml") for kind in _NOT_PLAIN
    ):
        raise refuse("file_macro")


def _guard_part(name: str, stream: IO[bytes], allowed: int) -> int:
    # other parts may have a DOCTYPE, such as an SVG picture: they are never parsed
    parsed = name.endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        seen = tail + chunk
        if size > allowed:
            raise refuse("file_unsafe")
        if parsed and not tail and _foreign(chunk):
            raise refuse("file_unsafe")
        if parsed and (b"<!DOCTYPE" in seen or b"<!ENTITY" in seen):
            raise refuse("file_unsafe")
        if name == "xl/workbook.xml" and b"purl.oclc.org/ooxml" in seen:
            raise refuse("file_strict")
        tail = chunk[-64:]
    return size


def _foreign(start: bytes) -> bool:
    """Tell whether a part has a character encoding that hides a DOCTYPE from the byte checks."""
    declared = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf"))
    return b"\0" in start[:64] or (
        declared is not None
        and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    )


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the relationships of a part: id -> (kind, path in the zip). The kind is the last
    segment of the relationship type. Empty when there are none.
    """
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    found = {}
    for one in ElementTree.fromstring(small_part(archive, path)):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, one.get("Target", ""))).lstrip(
                "/"
            )
            found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target)
    return found


def small_part(archive: zipfile.ZipFile, path: str) -> bytes:
    """Return a part that is small in any workbook made by a person; refuse a large one."""
    return _checked(archive, path, _MAX_SMALL_PART)


def _checked(archive: zipfile.ZipFile, path: str, limit: int) -> bytes:
    """Return a part that is safe to parse. The checks of `guard` depend on the file extension, so
    they are repeated here for any name.
    """
    if archive.getinfo(path).file_size > limit:
        raise refuse("file_unsafe")
    xml = archive.read(path)
    if _foreign(xml) or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise refuse("file_unsafe")
    return xml


def workbook_part(archive: zipfile.ZipFile) -> str:
    """Return the path of the part that lists the sheets."""
    return next(
        (path for kind, path in relations(archive, "").values() if kind == "officeDocument"),
        "xl/workbook.xml",
    )


def sheets(archive: zipfile.ZipFile) -> list[SheetPart]:
    """Return the worksheets in the order of their tabs; chart sheets are left out."""
    book = workbook_part(archive)
    parts = relations(archive, book)
    listed = ElementTree.fromstring(small_part(archive, book)).find(f"{{{MAIN}}}sheets")
    found: list[SheetPart] = []
    for one in listed if listed is not None else ():
        kind, path = parts[one.get(f"{{{DOCUMENT}}}id", "")]
        if kind == "worksheet":
            archive.getinfo(path)  # KeyError: the workbook lists a sheet that is not in the zip
            if len(found) == _MOST_SHEETS:
                raise refuse("file_unsafe")
            found.append(
                SheetPart(one.get("name", ""), path, one.get("state", "visible") != "visible")
            )
    return found


def trim(xml: bytes) -> Trimmed:
    """Cut the XML of a sheet down to its filled cells.

    Formats of empty cells, data validation, colours, comments and links make up most of a workbook,
    and none of them is read.
    """
    xml = _plain_xml(xml)
    start = _SHEET_DATA.search(xml)
    if start is None:
        raise ValueError("no sheetData")
    prefix = start["prefix"]
    end = start.end() if start["empty"] else xml.index(b"</" + prefix + b"sheetData", start.end())
    rows = b"".join(_filled(xml, start.end(), end))
    if len(rows) > MAX_CONTENT or rows.count(b"<") > MAX_CELLS * _MAX_TAGS:
        raise refuse("file_too_many_cells", limit=MAX_CELLS)
    root = _root(xml[: start.start()])
    whole = (
        root
        + b"<"
        + prefix
        + b"sheetData>"
        + rows
        + b"</"
        + prefix
        + b"sheetData></"
        + prefix
        + b"worksheet>"
    )
    cells = sum(1 for _ in _CELL.finditer(rows))
    merged = (
        found[1].decode("ascii", "replace").replace("$", "") for found in _MERGED.finditer(xml, end)
    )
    return Trimmed(
        whole, cells, _FORMULA.search(rows) is not None, tuple(islice(merged, _MAX_MERGED))
    )


def _plain_xml(xml: bytes) -> bytes:
    """Return a part without XML comments and with CDATA sections escaped, so that every `<` starts
    a tag. Refuse tags too long to parse.
    """
    if xml.count(b"<") > _MOST_TAGS or xml.count(b"<!") > _MOST_COMMENTS:
        raise refuse("file_too_many_cells", limit=MAX_CELLS)
    plain = (
        _HIDDEN.sub(
            lambda found: escape((found[1] or b"").decode("latin-1")).encode("latin-1"), xml
        )
        if b"<!" in xml
        else xml
    )
    if b"<!" in plain or _LONG_TAG.search(plain):
        raise refuse("file_unsafe")
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
        yield _SHARED.sub(rb"\1\2", piece)


def _root(head: bytes) -> bytes:
    """Return the start tag of the worksheet, which holds the namespaces."""
    found = re.search(rb"<(?:[\w.-]+:)?worksheet\b[^<>]*>", head)
    if found is None:
        raise ValueError("no worksheet")
    return found[0]


def texts(archive: zipfile.ZipFile) -> bytes | None:
    """Return the shared strings part, or None."""
    xml = _companion(archive, "sharedStrings", MAX_CONTENT)
    xml = xml if xml is None else _plain_xml(xml)
    if xml is not None and (
        sum(1 for _ in _TEXT.finditer(xml)) > MAX_TEXTS or xml.count(b"<") > MAX_TEXTS * _MAX_TAGS
    ):
        raise refuse("file_too_many_cells", limit=MAX_TEXTS)
    return xml


def number_formats(archive: zipfile.ZipFile) -> bytes:
    """Return a styles part with number formats only: they distinguish a date or a percentage from a
    number.
    """
    xml = _companion(archive, "styles", _MAX_SMALL_PART)
    formats, used = "", ""
    for part in ElementTree.fromstring(xml) if xml else ():
        if part.tag == f"{{{MAIN}}}numFmts":
            formats = "".join(
                f"<numFmt numFmtId={quoteattr(f.get('numFmtId', '0'))} "
                f"formatCode={quoteattr(f.get('formatCode', ''))}/>"
                for f in part
            )
        elif part.tag == f"{{{MAIN}}}cellXfs":
            if len(part) > _MAX_FORMATS:
                raise refuse("file_unsafe")
            used = "".join(
                f"<xf numFmtId={quoteattr(f.get('numFmtId', '0'))} fontId='0' fillId='0' "
                "borderId='0' xfId='0'/>"
                for f in part
            )
    everything = (
        f"<styleSheet xmlns='{MAIN}'><numFmts>{formats}</numFmts>{_PLAIN}<cellXfs>{used or '<xf/>'}"
        f"</cellXfs>{_NORMAL}</styleSheet>"
    )
    return everything.encode()


def _companion(archive: zipfile.ZipFile, kind: str, limit: int) -> bytes | None:
    path = next(
        (path for k, path in relations(archive, workbook_part(archive)).values() if k == kind), None
    )
    if path is None or path not in archive.namelist():
        return None
    return _checked(archive, path, limit)


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Tell whether the workbook uses the 1904 date system, as Excel on old Macs did."""
    facts = ElementTree.fromstring(small_part(archive, workbook_part(archive))).find(
        f"{{{MAIN}}}workbookPr"
    )
    return facts is not None and facts.get("date1904", "0") in ("1", "true")


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


def parts(data: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Yield every part of a workbook that passed `guard`, in the order of the zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            yield info, archive.read(info)
