"""Workbooks as people's programs leave them: what a file holds, made here, and what the lead reads
of it. `docs/robustness.md` shows the table; a test compares it.
"""

import functools
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aaa.values.finding import Finding, WorkbookError
from aaa.words import wording
from aaa.workbook import programme
from aaa.workbook.programme import Programme
from tests.support.books import ROOT, SHIPPED, small

READ = "niets: de werkmap wordt gelezen"
DOCUMENT = ROOT / "docs" / "robustness.md"
MARKS = ("<!-- kinds of files -->", "<!-- end -->")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MASHUP = "http://schemas.microsoft.com/DataMashup"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Attributes:
        name: what it is, in Dutch, as the table says.
        make: gives its bytes.
        code: of the finding that refuses it; None for one that is read.
    """

    name: str
    make: Callable[[], bytes]
    code: str | None = None


@functools.cache
def _shipped() -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(SHIPPED) as archive:
        return tuple((info.filename, archive.read(info)) for info in archive.infolist())


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a zip of parts with exactly these names."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name, content in parts:
            info = zipfile.ZipInfo("x")
            info.filename = name  # ZipInfo(name) would turn a backslash round
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def changed(
    name: Callable[[str], str] = lambda name: name,
    content: Mapping[str, Callable[[bytes], bytes]] | None = None,
    extra: Sequence[tuple[str, bytes]] = (),
    without: Sequence[str] = (),
) -> bytes:
    """Return the shipped workbook with other names of parts, other contents, more or fewer
    parts.
    """
    edits = content or {}
    parts = [
        (name(path), edits[path](xml) if path in edits else xml)
        for path, xml in _shipped()
        if path not in without
    ]
    return packed([*parts, *extra])


def _sheet(title: str) -> str:
    listed = dict(_shipped())["xl/workbook.xml"]
    titles = re.findall(rb'<sheet [^>]*name="([^"]+)"', listed)
    return f"xl/worksheets/sheet{titles.index(title.encode()) + 1}.xml"


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def swap(xml: bytes) -> bytes:
        assert old in xml, old
        return xml.replace(old, new)

    return swap


def _recoded(encoding: str) -> Callable[[bytes], bytes]:
    def recoded(xml: bytes) -> bytes:
        plain = re.sub(r"^<\?xml[^>]*\?>", "", xml.decode())
        return f'<?xml version="1.0" encoding="{encoding}"?>{plain}'.encode(
            encoding, "xmlcharrefreplace"
        )

    return recoded


def _renamed(*pairs: tuple[str, str]) -> bytes:
    def rename(xml: bytes) -> bytes:
        for old, new in pairs:
            xml = _swap(f'name="{old}"'.encode(), f'name="{new}"'.encode())(xml)
        return xml

    return changed(content={"xl/workbook.xml": rename})


def _ole(*streams: str) -> bytes:
    return _OLE + b"".join(name.encode("utf-16-le") for name in streams) + bytes(4000)


def _long_text() -> bytes:
    strings = dict(_shipped())["xl/sharedStrings.xml"]
    last = strings.count(b"<si>")
    cells = "".join(f'<c r="{c}{{0}}" t="s"><v>{last}</v></c>' for c in "ABCDEGHIJ")
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1000, 3000)).encode()
    return changed(
        content={
            "xl/sharedStrings.xml": _swap(
                b"</sst>", b"<si><t>" + b"a" * 40_000 + b"</t></si></sst>"
            ),
            _sheet("Activiteiten"): _swap(b"</sheetData>", rows + b"</sheetData>"),
        }
    )


def _styles(count: int) -> bytes:
    name = b'<cellStyle name="Standaard 2 %d kopie van een kopie" xfId="0"/>'
    names = b"".join(name % n for n in range(count))
    return changed(content={"xl/styles.xml": _swap(b"</cellStyles>", names + b"</cellStyles>")})


def _names(count: int) -> bytes:
    one = '<definedName name="oud_{}">#REF!</definedName>'
    names = "".join(one.format(n) for n in range(count))

    def add(xml: bytes) -> bytes:
        if b"<definedNames>" in xml:
            return xml.replace(b"<definedNames>", b"<definedNames>" + names.encode(), 1)
        group = f"</sheets><definedNames>{names}</definedNames>"
        return _swap(b"</sheets>", group.encode())(xml)

    return changed(content={"xl/workbook.xml": add})


def _in_rows(xml: str) -> bytes:
    new = xml.encode() + b"</sheetData>"
    return changed(content={_sheet("Activiteiten"): _swap(b"</sheetData>", new)})


def _one_sheet(content: bytes | None) -> bytes:
    """Return the shipped workbook with one sheet more; None for one that has no part."""
    listed = b'<sheet name="Van niemand" sheetId="990" r:id="rIdNobody"/></sheets>'
    edits = {_BOOK: _swap(b"</sheets>", listed)}
    if content is None:
        return changed(content=edits)
    target = f'<Relationship Id="rIdNobody" Type="{_KIND}" Target="/xl/nobody.xml"/>'.encode()
    edits[_BOOK_RELATIONS] = _swap(b"</Relationships>", target + b"</Relationships>")
    return changed(content=edits, extra=[("xl/nobody.xml", content)])


def _mashup(name: str, content: bytes) -> bytes:
    return changed(extra=[(name, content)])


_QUERY = f'\ufeff<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="{_MASHUP}"/>'
_BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_STRINGS, _BOOK, _TYPES = "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"
_SPREADSHEET_ML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns='
    b'"urn:schemas-microsoft-com:office:spreadsheet"/>'
)
_FODS = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype='
    b'"application/vnd.oasis.opendocument.spreadsheet"/>'
)
_NESTED = '<row r="900">' * 200_000 + "</row>" * 200_000

KINDS: tuple[Kind, ...] = (
    # what nothing reads
    Kind("Power Query ooit gebruikt (onderdeel in UTF-16)",
         lambda: _mashup("customXml/item1.xml", _QUERY.encode("utf-16-le"))),
    Kind("een DOCTYPE in een onderdeel dat niemand leest",
         lambda: _mashup("customXml/item2.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')),
    Kind("Latin-1 in een onderdeel dat niemand leest",
         lambda: _mashup("docProps/x.xml", '<?xml version="1.0" encoding="latin1"?><x>é</x>'
                         .encode("latin-1"))),
    Kind("twee onderdelen van één naam die niemand leest",
         lambda: changed(extra=[("customXml/a.xml", b"<a/>"), ("customXml/A.xml", b"<b/>")])),
    Kind("een blad van niemand zonder onderdeel", lambda: _one_sheet(None)),
    Kind("een DOCTYPE op een blad van niemand", lambda: _one_sheet(
        f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"><sheetViews><sheetView '
        'tabSelected="1"/></sheetViews><sheetData/></worksheet>'.encode())),
    # names and encodings
    Kind("schuine strepen andersom in de namen van onderdelen",
         lambda: changed(lambda n: n if n == _TYPES else n.replace("/", "\\"))),
    Kind("hoofdletters in de namen van onderdelen",
         lambda: changed(lambda n: n if n == _TYPES else n.upper())),
    Kind("een schuine streep voor de namen van onderdelen",
         lambda: changed(lambda n: f"/{n}")),
    Kind("een blad in UTF-16", lambda: changed(content={_sheet("Activiteiten"):
                                                        _recoded("utf-16")})),
    Kind("teksten in Windows-1252",
         lambda: changed(content={_STRINGS: _recoded("windows-1252")})),
    Kind("een blad in UTF-8 dat UTF-16 zegt te zijn",
         lambda: changed(content={_sheet("Ambities"): lambda xml: re.sub(
             rb"^<\?xml[^>]*\?>|^", b'<?xml version="1.0" encoding="utf-16"?>', xml, count=1)})),
    Kind("teksten in EBCDIC", lambda: changed(content={_STRINGS: lambda xml: re.sub(
        rb"^<\?xml[^>]*\?>|^", b'<?xml version="1.0" encoding="cp037"?>', xml, count=1)}),
        "file_encoding"),
    Kind("een DOCTYPE in de teksten",
         lambda: changed(content={_STRINGS: lambda xml: re.sub(
             rb"<sst", b'<!DOCTYPE x [<!ENTITY a "b">]><sst', xml, count=1)}), "file_doctype"),
    Kind("het onderdeel met de teksten twee keer",
         lambda: changed(extra=[("XL/sharedstrings.xml", b"<sst/>")]), "file_part_doubled"),
    # sizes
    Kind("45.000 celstijlen van gekopieerde bladen", lambda: _styles(45_000)),
    Kind("20.000 benoemde bereiken", lambda: _names(20_000)),
    Kind("600.000 benoemde bereiken", lambda: _names(600_000), "file_names_too_many"),
    Kind("een lange tekst in 18.000 cellen", _long_text, "file_too_many_letters"),
    Kind("een rij in een rij, 200.000 diep", lambda: _in_rows(_NESTED), "sheet_unusual"),
    Kind("opmaak in een miljoen lege cellen",
         lambda: _in_rows('<row r="900">' + '<c r="A900" s="1"/>' * 2_000_001 + "</row>"),
         "sheet_too_much_format"),
    Kind("de export van een ander programma op Themas",
         lambda: small(Themas=[{"Thema": f"Regel {n}"} for n in range(2000)]),
         "sheet_too_many_rows"),
    Kind("een half miljoen gevulde cellen",
         lambda: _in_rows('<row r="900">' + '<c r="A900"><v>1</v></c>' * 500_001 + "</row>"),
         "file_too_many_cells"),
    Kind("duizenden opmerkingen in de XML van de teksten",
         lambda: changed(content={_STRINGS: _swap(b"</sst>", b"<!-- -->" * 2000 + b"</sst>")}),
         "file_part_unusual"),
    Kind("duizenden onderdelen",
         lambda: changed(extra=[(f"xl/media/{n}.png", b"") for n in range(2001)]),
         "file_too_many_parts"),
    Kind("uitgepakt te groot",
         lambda: changed(extra=[("xl/media/a.bmp", bytes(65 * 2**20))]),
         "file_unpacked_too_large"),
    # other files
    Kind("een wachtwoord", lambda: _ole("EncryptedPackage", "StrongEncryptionTransform"),
         "file_password"),
    Kind("een vertrouwelijkheidslabel",
         lambda: _ole("DataSpaces", "DRMEncryptedTransform", "EncryptedPackage"), "file_label"),
    Kind(".xls", lambda: _ole("Workbook"), "file_old_xls"),
    Kind(".xls van voor 1995", lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(40),
         "file_old_xls"),
    Kind(".xlsb", lambda: changed(extra=[("xl/workbook.bin", b"x")]), "file_xlsb"),
    Kind(".xlsm", lambda: changed(content={_TYPES: _swap(
        b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")}), "file_macro"),
    Kind(".ods", lambda: packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
         "file_ods"),
    Kind(".fods", lambda: _FODS, "file_ods"),
    Kind("XML van Excel 2003", lambda: _SPREADSHEET_ML, "file_xml_2003"),
    Kind("Strict Open XML", lambda: changed(content={_BOOK: _swap(
        MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")}), "file_strict"),
    Kind("Numbers", lambda: packed([("Index/Document.iwa", b"x")]), "file_numbers"),
    Kind("een verwijzing naar Google Spreadsheets",
         lambda: b'{"url": "https://docs.google.com/open?id=1"}', "file_google_link"),
    Kind("een webpagina met de naam .xls", lambda: b"<HTML><table></table></HTML>",
         "file_web_page"),
    Kind("CSV", lambda: b"Nr;Thema\r\n1;Groen\r\n", "file_csv"),
    Kind("PDF", lambda: b"%PDF-1.7\n", "file_pdf"),
    Kind("Word", lambda: packed([(_TYPES, b"<Types/>"), ("word/document.xml", b"<w/>")]),
         "file_other_office"),
    Kind("een gewone zip", lambda: packed([("foto.jpg", b"x")]), "file_not_excel"),
    Kind("zonder [Content_Types].xml", lambda: changed(without=[_TYPES]), "file_part_missing"),
    Kind("zonder het onderdeel met de bladen", lambda: changed(without=[_BOOK]),
         "file_part_missing"),
    Kind("zonder de inhoud van een blad",
         lambda: changed(without=[_sheet("Kostenraming")]), "sheet_content_missing"),
    Kind("half opgeslagen", lambda: changed()[:20_000], "file_damaged"),
    Kind("leeg", lambda: b"", "file_empty"),
    # names of sheets
    Kind("bladen van Numbers: ‘Activiteiten - Tabel 1’", lambda: _renamed(
        *((title, f"{title} - Tabel 1") for title in ("Activiteiten", "Kostenraming", "Ambities"))),
        "sheet_missing"),
    Kind("een verplicht blad met een andere naam", lambda: _renamed(("Activiteiten", "Planning")),
         "sheet_missing"),
)  # fmt: skip


@functools.cache
def outcome(kind: Kind) -> Programme | Finding:
    """Return the programme of a kind of file, or the first finding that refuses it."""
    try:
        return programme.from_bytes(kind.make(), 2025)
    except WorkbookError as refusal:
        return refusal.findings[0]


def read(kind: Kind) -> str:
    """Return what the lead reads of a kind of file: the sentence, in Dutch."""
    found = outcome(kind)
    return wording.message(found, "nl") if isinstance(found, Finding) else READ


def table() -> str:
    """Return the table of kinds for `docs/robustness.md`."""
    rows = [f"| {kind.name} | {read(kind)} |" for kind in KINDS]
    return "\n".join(("| soort bestand | wat de trekker leest |", "|---|---|", *rows))


def main() -> None:
    """Write the table into the document: `python -m tests.support.field`."""
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    DOCUMENT.write_text(f"{before}{MARKS[0]}\n{table()}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
