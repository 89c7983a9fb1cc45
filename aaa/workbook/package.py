"""The zip package of a workbook: refuse a file that is not a workbook or not safe to open, and find
its parts.

An .xlsx file is a zip of XML parts that refer to each other by relationships (Open Packaging
Conventions, ECMA-376 part 2). The zip can be a decompression bomb, and the XML an entity expansion
bomb. So the sizes and checksums of all parts are checked first, and the XML of a part that is read
before any parser sees it. Parts that nothing reads may hold anything: programs leave all kinds of
data in a workbook.
"""

import contextlib
import datetime as dt
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.parsers import expat

from aaa.values.finding import Finding, WorkbookError

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 64 * 2**20
MAX_PARTS = 2000
_MAX_SMALL_PART = 2 * 2**20  # of content types and relationships
_MAX_LISTING = 24 * 2**20  # of the workbook part, in which names of cells may lie by the thousand
MOST_TAGS = 2_000_000  # of a part that is parsed whole or passed through
_MOST_SHEETS = MAX_PARTS
_CHUNK = 64 * 1024

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(
    rb"<dcterms:modified[^>]*>\s*"
    rb"(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?)?)"
)
_STRICT = "http://purl.oclc.org/ooxml/"

# Content types that Excel opens only under another file extension.
_NOT_PLAIN = (
    "sheet.macroEnabled.main+xml",
    "template.macroEnabled.main+xml",
    "spreadsheetml.template.main+xml",
)
# A part, or the folder of parts, by which another kind of file is known: its finding.
_OTHER_KINDS = {
    "xl/workbook.bin": "file_xlsb",
    "word/document.xml": "file_other_office",
    "ppt/presentation.xml": "file_other_office",
    "index/document.iwa": "file_numbers",
    "index.zip": "file_numbers",
}
# The first bytes of files that are no zip: what they are known by, and their finding. BIFF is the
# format of Excel before 2007; until 1995 it stood in no compound file.
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x09\x00\x04\x00", "file_old_xls"),
    (b"\x09\x02\x06\x00", "file_old_xls"),
    (b"\x09\x04\x06\x00", "file_old_xls"),
    (b"\x09\x08\x08\x00", "file_old_xls"),
    (b"\x09\x08\x10\x00", "file_old_xls"),
    (b"%PDF", "file_pdf"),
)
# Words near the start of files that are text.
_WORDS: tuple[tuple[bytes, str], ...] = (
    (b"urn:oasis:names:tc:opendocument:xmlns:office", "file_ods"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "file_xml_2003"),
    (b'progid="excel.sheet"', "file_xml_2003"),
    (b"<html", "file_web_page"),
    (b"<!doctype html", "file_web_page"),
    (b"docs.google.com/", "file_google_link"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0"
# Names of streams in a compound file, most telling first. A sensitivity label that encrypts puts
# the workbook in the same stream as a password does, with a transform of its own.
_STREAMS: tuple[tuple[str, str], ...] = (
    ("DRMEncrypted", "file_label"),
    ("\tDRMContent", "file_label"),
    ("EncryptedPackage", "file_password"),
    ("WordDocument", "file_other_office"),
    ("PowerPoint Document", "file_other_office"),
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
    expat.ExpatError,
    struct.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)

_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]*\?>")
_ENCODING = re.compile(r"""^\s*<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']""")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NO_BOMS = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
# Encodings of one byte per letter that programs were seen to write, beside UTF-8 and UTF-16.
_ONE_BYTE = {"iso-8859-1", "iso-8859-15", "latin1", "latin-1", "windows-1252", "cp1252"}
_UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}
# Text that was made in memory, in UTF-16, and saved in UTF-8 often says so still.
_UTF_16 = {"utf-16", "utf-16le", "utf-16be", "utf16", "unicode", "ucs-2", "iso-10646-ucs-2"}


@dataclass(frozen=True)
class SheetPart:
    """One sheet as the workbook lists it: `path` is the name of its part, empty where the workbook
    names none or one that is not there.
    """

    title: str
    path: str
    hidden: bool


def refuse(code: str, **facts: str | int) -> WorkbookError:
    """Return the error that says why a file as a whole cannot be used."""
    return WorkbookError(Finding(code, facts=facts))


def part_key(name: str) -> str:
    """Return what a part name is compared by: Open Packaging ignores case, and Excel a backslash, a
    leading slash and percent-encoding too.
    """
    return unquote(name.replace("\\", "/")).lstrip("/").lower()


class Package:
    """The parts of a workbook, by their names in Open Packaging.

    Raises:
        WorkbookError: the file is not a workbook, or it is too large to be one that a person made;
            the finding says which.
    """

    def __init__(self, data: bytes) -> None:
        _known_start(data)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            # an entry that ends in a slash is a folder
            self._infos = [one for one in self._archive.infolist() if not one.is_dir()]
            self._found: dict[str, list[zipfile.ZipInfo]] = {}
            for info in self._infos:
                self._found.setdefault(part_key(_name(info)), []).append(info)
            self._guard()
        except DAMAGE as error:
            raise refuse("file_damaged", detail=type(error).__name__) from error

    def _guard(self) -> None:
        count, unpacked = len(self._infos), sum(info.file_size for info in self._infos)
        if count > MAX_PARTS:
            raise refuse("file_too_many_parts", count=count, limit=MAX_PARTS)
        if any(info.flag_bits & 1 for info in self._infos):
            raise refuse("file_password")
        self._guard_kind()
        if unpacked > MAX_UNPACKED:
            largest = max(self._infos, key=lambda info: info.file_size)
            raise _too_large("file_unpacked_too_large", _name(largest), unpacked, MAX_UNPACKED)
        unpacked = 0
        for info in self._infos:
            # The size that a zip declares may be false. Reading to the end verifies the checksum.
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > MAX_UNPACKED:
                        name = _name(info)
                        raise _too_large("file_unpacked_too_large", name, unpacked, MAX_UNPACKED)
        self._guard_content_types()

    def _guard_kind(self) -> None:
        """Refuse a zip that is another kind of file."""
        if self.has("mimetype"):
            with self._archive.open(self._info("mimetype")) as stream:
                kind = stream.read(80)
            if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                raise refuse("file_ods")
            if kind.startswith(b"application/vnd."):
                raise refuse("file_other_office")
        for path, code in _OTHER_KINDS.items():
            if self.has(path):
                raise refuse(code)
        if not self.has(CONTENT_TYPES):
            if not self.has("xl/workbook.xml"):
                raise refuse("file_not_excel")
            raise refuse("file_part_missing", part=CONTENT_TYPES)

    def _guard_content_types(self) -> None:
        root = ElementTree.fromstring(self.small(CONTENT_TYPES))
        kinds = [one.get("ContentType", "") for one in root]
        if any(kind.endswith(_NOT_PLAIN) for kind in kinds):
            raise refuse("file_macro")
        if not self.has(self.workbook):
            if any(kind.endswith("spreadsheetml.sheet.main+xml") for kind in kinds):
                raise refuse("file_part_missing", part=self.workbook)
            raise refuse("file_not_excel")

    def has(self, path: str) -> bool:
        """Tell whether there is a part of this name."""
        return part_key(path) in self._found

    def raw(self, path: str) -> bytes:
        """Return the bytes of a part as they stand.

        Raises:
            KeyError: there is no such part.
            WorkbookError: there are two, and which one counts is not known.
        """
        return self._archive.read(self._info(path))

    def xml(self, path: str, limit: int, code: str = "file_part_too_large") -> bytes:
        """Return the XML of a part in UTF-8, safe to give to a parser.

        Args:
            path: the name of the part.
            limit: the size in bytes from which it is refused with `code`.
            code: the finding for a part that is too large.
        """
        info = self._info(path)
        if info.file_size > limit:
            raise _too_large(code, _name(info), info.file_size, limit)
        return safe_xml(self._archive.read(info), _name(info))

    def small(self, path: str) -> bytes:
        """Return the XML of a part that is small in any workbook, to be parsed whole."""
        return self.xml(path, _MAX_SMALL_PART)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield every part with its name, in the order of the zip."""
        for info in self._infos:
            yield _name(info), self._archive.read(info)

    def _info(self, path: str) -> zipfile.ZipInfo:
        found = self._found[part_key(path)]
        if len(found) > 1:
            raise refuse("file_part_doubled", part=_name(found[0]))
        return found[0]

    @property
    def workbook(self) -> str:
        """Return the name of the part that lists the sheets."""
        targets = self.relations("").values()
        return next((path for kind, path in targets if kind == "officeDocument"), "xl/workbook.xml")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relationships of a part: id -> (kind, name of the part). The kind is the last
        segment of the relationship type. Empty when there are none.
        """
        path = relations_path(part)
        if not self.has(path):
            return {}
        return {
            one.get("Id", ""): (
                one.get("Type", "").rsplit("/", 1)[-1],
                resolved(part, one.get("Target", "")),
            )
            for one in ElementTree.fromstring(self.small(path))
            if one.get("TargetMode") != "External"
        }

    def companion(self, kind: str) -> str | None:
        """Return the name of a part that the workbook has one of, such as its styles, or None."""
        targets = self.relations(self.workbook).values()
        return next((path for k, path in targets if k == kind and self.has(path)), None)

    def sheets(self) -> tuple[list[SheetPart], bool]:
        """Return the worksheets in the order of their tabs, chart sheets left out, and whether the
        dates count from 1904, as in Excel on old Macs.
        """
        parts = self.relations(self.workbook)
        found: list[SheetPart] = []
        from_1904 = False
        for tag, facts in elements(
            self.xml(self.workbook, _MAX_LISTING, "file_names_too_many"), "file_names_too_many"
        ):
            if tag.startswith(_STRICT):
                raise refuse("file_strict")
            if tag == f"{MAIN} workbookPr":
                from_1904 = facts.get("date1904", "0") in ("1", "true")
            elif tag == f"{MAIN} sheet":
                kind, path = parts.get(facts.get(f"{DOCUMENT} id", ""), ("worksheet", ""))
                if kind == "worksheet":
                    path = path if path and self.has(path) else ""
                    hidden = facts.get("state", "visible") != "visible"
                    found.append(SheetPart(facts.get("name", ""), path, hidden))
        if len(found) > _MOST_SHEETS:
            raise refuse("file_too_many_parts", count=len(found), limit=_MOST_SHEETS)
        return found, from_1904


def _known_start(data: bytes) -> None:
    """Refuse what its first bytes tell to be no workbook."""
    if not data:
        raise refuse("file_empty")
    if len(data) > MAX_BYTES:
        raise refuse("file_too_large", limit=MAX_BYTES // 2**20)
    if data.startswith(b"PK"):
        return
    if data.startswith(_COMPOUND):
        names = (code for name, code in _STREAMS if name.encode("utf-16-le") in data)
        raise refuse(next(names, "file_old_xls"))
    for start, code in _STARTS:
        if data.startswith(start):
            raise refuse(code)
    # A program that writes in place may first extend the file with zero bytes, then fill it.
    if not data.strip(b"\0"):
        raise refuse("file_damaged")
    head = data[:4096].replace(b"\0", b"").lower()  # a text may be UTF-16
    for words, code in _WORDS:
        if words in head:
            raise refuse(code)
    raise refuse("file_csv" if _is_csv(data[:4096]) else "file_not_excel")


def _is_csv(head: bytes) -> bool:
    """Tell whether a file looks like lines of text with a separator."""
    first = head.replace(b"\0", b"").split(b"\n", 1)[0]
    printable = all(byte >= 32 or byte in b"\t\r" for byte in first)
    return printable and any(mark in first for mark in (b";", b",", b"\t"))


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a part with forward slashes. Some programs write a name in UTF-8 without
    saying so.
    """
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/").lstrip("/")


def _too_large(code: str, part: str, size: int, limit: int) -> WorkbookError:
    """Return the error for a size, told in MB; a part of a little over 2 MB is not "2 of 2"."""
    return refuse(code, part=part, size=-(-size // 2**20), limit=limit // 2**20)


def modified(data: bytes) -> dt.datetime | None:
    """Return when a program says that it saved a workbook, with its zone; None where none says so.

    Args:
        data: the bytes of a file that is a workbook, as `Package` told.
    """
    with contextlib.suppress(KeyError, ValueError, *DAMAGE), zipfile.ZipFile(io.BytesIO(data)) as z:
        info = z.getinfo(PROPERTIES)
        if info.file_size <= _MAX_SMALL_PART:
            said = _MODIFIED.search(z.read(info))
            found = dt.datetime.fromisoformat(said[1].decode()) if said else None
            return found if found is None or found.tzinfo else found.replace(tzinfo=dt.UTC)
    return None


def relations_path(part: str) -> str:
    """Return the name of the part with the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(part: str, target: str) -> str:
    """Return the name of the part that a relationship of a part points at."""
    whole = posixpath.join("/" + posixpath.dirname(part), target.replace("\\", "/"))
    return posixpath.normpath(whole).lstrip("/")


def safe_xml(xml: bytes, part: str) -> bytes:
    """Return XML in UTF-8, whatever its encoding was. Refuse a document type, which can hold an
    entity expansion bomb, and an encoding that could hide one.

    Args:
        xml: the bytes of a part.
        part: its name, for the finding.
    """
    found = next(((mark, name) for mark, name in _BOMS if xml.startswith(mark)), None)
    mark, encoding = found or (b"", next((n for m, n in _NO_BOMS if xml.startswith(m)), ""))
    head = xml[len(mark) : len(mark) + 400].decode(encoding or "latin-1", "replace")
    declared = _ENCODING.match(head)
    named = declared[1].lower() if declared else ""
    if not encoding:
        if named in _ONE_BYTE:
            encoding = named
        elif named and named not in _UTF_8 and named not in _UTF_16:
            raise refuse("file_encoding", part=part, encoding=named)
    plain = xml[len(mark) :]
    if encoding and encoding != "utf-8":
        plain = plain.decode(encoding).encode()
    elif b"\0" in plain[:64]:
        raise refuse("file_encoding", part=part, encoding="?")
    if named not in _UTF_8 and (said := _DECLARATION.match(plain)):
        plain = plain[said.end() :]
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise refuse("file_doctype", part=part)
    return plain


def elements(xml: bytes, code: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every element of a part that may be too large to keep: its name as `namespace name`,
    and its attributes, named likewise.

    Args:
        xml: from `Package.xml`.
        code: the finding for a part with more elements than are passed through.
    """
    if xml.count(b"<") > MOST_TAGS:
        raise refuse(code, size=-(-len(xml) // 2**20), limit=MOST_TAGS)
    parser = expat.ParserCreate(namespace_separator=" ")
    seen: list[tuple[str, dict[str, str]]] = []
    parser.StartElementHandler = lambda name, facts: seen.append((name, facts))
    for start in range(0, len(xml), _CHUNK):
        parser.Parse(xml[start : start + _CHUNK], start + _CHUNK >= len(xml))
        yield from seen
        seen.clear()
