import contextlib
import io
import tracemalloc
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from aaa.values.finding import WorkbookError
from aaa.workbook import package, reader
from tests.support.books import edited, example, replaced, small


def refused(data: bytes) -> str:
    with pytest.raises(WorkbookError) as caught:
        reader.read(data)
    return caught.value.findings[0].code


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


TYPES = {
    "[Content_Types]_xml": b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/"
    b"content-types'><Override PartName='/xl/workbook.xml' ContentType='application/"
    b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"
}


def test_cells_keep_their_address() -> None:
    sheet = next(s for s in reader.read(small()) if s.title == "Activiteiten")
    assert sheet.rows[2]["E"].address == "E2"
    assert sheet.rows[2]["E"].value == "Q2"


def test_a_formula_never_calculated_is_not_empty() -> None:
    def change(book: Any) -> None:
        book["Kostenraming"]["B2"] = "=C2+D2"

    cell = next(s for s in reader.read(edited(change)) if s.title == "Kostenraming").rows[2]["B"]
    assert cell.uncalculated == "=C2+D2"
    assert not cell.empty


def test_a_formula_counts_by_its_stored_value() -> None:
    sheet = next(s for s in reader.read(example()) if s.title == "Kostenraming")
    assert sheet.rows[2]["C"].value == 530000
    assert sheet.rows[2]["C"].uncalculated is None


def test_a_formula_that_gives_nothing_is_empty() -> None:
    data = replaced(
        example(), "xl/worksheets/sheet6.xml", b"<f>D2+E2</f><v>530000</v>", b'<f>""</f><v></v>'
    )
    data = replaced(data, "xl/worksheets/sheet6.xml", b'<c r="C2"', b'<c t="str" r="C2"')
    assert "C" not in next(s for s in reader.read(data) if s.title == "Kostenraming").rows[2]


def test_an_error_is_not_an_empty_cell() -> None:
    def change(book: Any) -> None:
        book["Kostenraming"]["B2"] = "#REF!"
        book["Kostenraming"]["B2"].data_type = "e"

    cell = next(s for s in reader.read(edited(change)) if s.title == "Kostenraming").rows[2]["B"]
    assert cell.error == "#REF!"
    assert not cell.empty


def test_a_ghost_row_at_the_bottom_costs_nothing() -> None:
    def change(book: Any) -> None:
        book["Activiteiten"]["A1048576"] = " "

    sheet = next(s for s in reader.read(edited(change)) if s.title == "Activiteiten")
    assert max(sheet.rows) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"Nr;Thema\r\n1;Groen", "file_csv"),
        (b"<html><table></table></html>", "file_web_page"),
        (b"a note", "file_not_excel"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "file_old_xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "file_password"),
        (b"PK\x03\x04 half a file", "file_damaged"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "file_ods"),
        (archive(readme=b"no workbook"), "file_not_excel"),
        (
            archive(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>', **TYPES),
            "file_doctype",
        ),
        (
            archive(
                xl__workbook_xml=b"<workbook xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'/>",
                **TYPES,
            ),
            "file_strict",
        ),
        (archive(xl__workbook_xml=b"<workbook", **TYPES), "file_damaged"),
        (archive(xl__workbook_xml=b"<workbook/>"), "file_part_missing"),
        (archive(**TYPES), "file_part_missing"),
        (
            archive(bomb=bytes(package.MAX_UNPACKED + 2**20), **TYPES),
            "file_unpacked_too_large",
        ),
        (bytes(11 * 2**20), "file_too_large"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_damaged(share: float) -> None:
    data = example()
    assert refused(data[: int(len(data) * share)]) == "file_damaged"


def test_any_flipped_byte_is_read_or_refused() -> None:
    data = bytearray(small())
    for place in range(0, len(data), 97):
        broken = bytes(data[:place]) + bytes([data[place] ^ 0xFF]) + bytes(data[place + 1 :])
        # anything else than being read or refused fails this test
        with contextlib.suppress(WorkbookError):
            assert reader.read(broken)


def test_the_example_can_be_read_by_another_program_too() -> None:
    book = load_workbook(io.BytesIO(example()))
    assert book.sheetnames[0] == "Leeswijzer"


def test_a_part_of_any_name_is_checked() -> None:
    data = replaced(small(), "xl/_rels/workbook.xml.rels", b"styles.xml", b"styles.dat")
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive_:
        archive_.writestr(
            "xl/styles.dat", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><styleSheet>&a;</styleSheet>'
        )
    assert refused(buffer.getvalue()) == "file_doctype"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            archive(word__document_xml=b"<w/>", **TYPES),
            "file_other_office",
        ),
        (
            archive(**{"xl__workbook.bin": b"x"}, **TYPES),
            "file_xlsb",
        ),
        (
            replaced(
                small(),
                "[Content_Types].xml",
                b"spreadsheetml.sheet.main+xml",
                b"spreadsheetml.template.main+xml",
            ),
            "file_macro",
        ),
    ],
)
def test_other_files_of_office_are_told_apart(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize("name", ["mimetype", "[Content_Types].xml"])
def test_a_zip_that_lies_about_a_size_is_not_unpacked(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"<workbook/>")
        file.writestr(name, bytes(200 * 2**20))
    data, size = buffer.getvalue(), (200 * 2**20).to_bytes(4, "little")
    assert data.count(size) == 2
    lying = data.replace(size, (100).to_bytes(4, "little"))
    tracemalloc.start()
    code = refused(lying)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code in ("file_damaged", "file_part_missing")
    assert peak < 20 * 2**20
