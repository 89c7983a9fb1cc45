"""The marked copy holds all that the workbook holds, and the marks."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from aaa import cli
from aaa.values.finding import Finding, Severity, WorkbookError
from aaa.workbook import reader
from aaa.writing import mark
from aaa.writing.rows import Rows
from tests.support import libreoffice
from tests.support.books import SHIPPED, WRONG, codes, edited, example, parts, read, replaced, small

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FOUND = (
    Finding("choice_unknown", "Activiteiten", "I5", "Lopt", "Loopt", {"choices": "Loopt"}),
    # a heading has a colour of its own
    Finding("column_doubled", "Activiteiten", "D1", "Activiteit", facts={"first": "C1"}),
    Finding("amount_unreadable", "Kostenraming", "D2", "75k"),
    # a cell and a row that are not there
    Finding("cell_empty", "Kostenraming", "A40", facts={"heading": "Kostenpost"}),
    Finding("sheet_hidden", "Lijsten"),
)
X14 = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
    b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b'<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    b' count="1"><x14:dataValidation type="list" allowBlank="1">'
    b"<x14:formula1><xm:f>Lijsten!$A$2:$A$5</xm:f></x14:formula1><xm:sqref>I2:I99</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
BOX = (
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>30</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>36</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp'
    b' macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Tekstvak"/><xdr:cNvSpPr'
    b' txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom'
    b' prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>Let'
    b" op</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)


def as_excel_saves() -> bytes:
    """Return the example with what Excel writes and other programs lose: an x14 drop-down, a text
    box, `mc:Ignorable`, and an unknown part.
    """
    sheet = "xl/worksheets/sheet4.xml"
    data = replaced(example(), sheet, b"<tableParts", b'<drawing r:id="rIdBox"/><tableParts')
    data = replaced(data, sheet, b"</tableParts>", b"</tableParts>" + X14)
    ignorable = (
        b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        b' mc:Ignorable="x14ac xr" '
    )
    ignorable += b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    ignorable += b'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
    data = replaced(data, sheet, b"<worksheet ", ignorable)
    relation = (
        b'<Relationship Id="rIdBox"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
    )
    data = replaced(
        data,
        "xl/worksheets/_rels/sheet4.xml.rels",
        b"</Relationships>",
        relation + b'Target="../drawings/drawing9.xml"/></Relationships>',
    )
    drawing = (
        b'<Override PartName="/xl/drawings/drawing9.xml"'
        b' ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    )
    data = replaced(data, "[Content_Types].xml", b"</Types>", drawing)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", BOX)
        archive.writestr("customXml/item1.xml", b"<of-the-lead/>")
    return buffer.getvalue()


def commented() -> bytes:
    def change(book: Any) -> None:
        from openpyxl.comments import Comment

        book["Kostenraming"]["B2"].comment = Comment("Van de lead zelf", "lead")
        book["Kostenraming"]["B2"] = "75k"
        book["Kostenraming"]["C2"].comment = Comment("Ook van de lead", "lead")

    return edited(change)


def by_libreoffice(tmp_path: Path) -> bytes:
    return libreoffice.saved(example(), tmp_path)


BOOKS: dict[str, Callable[[Path], bytes]] = {
    "shipped": lambda _: SHIPPED.read_bytes(),
    "example": lambda _: example(),
    "excel": lambda _: as_excel_saves(),
    "libreoffice": by_libreoffice,
}
EVERY_BOOK = [
    pytest.param(name, marks=pytest.mark.office) if name == "libreoffice" else name
    for name in BOOKS
]


def canonical(element: Any) -> bytes:
    return bytes(etree.tostring(element, method="c14n"))


def cells(sheet: bytes) -> dict[str, tuple[Any, ...]]:
    """Return every cell: its format, kind, formula and stored value."""
    return {
        c.get("r"): (c.get("s"), c.get("t"), *(canonical(child) for child in c))
        for c in etree.fromstring(sheet).iter(f"{MAIN}c")
    }


def look(styles: bytes, number: str | None) -> dict[str, str]:
    """Return a cell format without its fill."""
    xf = etree.fromstring(styles).find(f"{MAIN}cellXfs")[int(number or 0)]
    return {name: value for name, value in xf.items() if name not in ("fillId", "applyFill")} | {
        "inside": str([canonical(child) for child in xf])
    }


def rules(sheet: bytes) -> list[str | None]:
    """Return the formulas of the conditional formats."""
    return [
        one.text
        for one in etree.fromstring(sheet).iterfind(
            f"{MAIN}conditionalFormatting/{MAIN}cfRule/{MAIN}formula"
        )
    ]


@pytest.mark.parametrize("book", EVERY_BOOK)
def test_nothing_of_the_workbook_is_lost(book: str, tmp_path: Path) -> None:
    data = BOOKS[book](tmp_path)
    before, after = parts(data), parts(mark.mark(data, FOUND, "nl"))
    assert set(before) <= set(after)
    styles = "xl/styles.xml"
    touched = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", styles}
    for name, content in before.items():
        if name in touched or content == after[name]:
            continue
        if name.endswith(".rels"):
            kept = {one.get("Id") for one in etree.fromstring(content)}
            assert kept <= {one.get("Id") for one in etree.fromstring(after[name])}
            continue
        assert name.startswith("xl/worksheets/sheet"), f"{name} is not left as it was"
        old, new = cells(content), cells(after[name])
        for address, cell in old.items():
            assert cell[1:] == new[address][1:], address
            if cell[0] != new[address][0]:
                assert look(before[styles], cell[0]) == look(after[styles], new[address][0])
        edited_in_place = {
            f"{MAIN}{name}" for name in ("sheetData", "sheetViews", "conditionalFormatting")
        }
        others_before = [
            canonical(e) for e in etree.fromstring(content) if e.tag not in edited_in_place
        ]
        others_after = {canonical(e) for e in etree.fromstring(after[name])}
        assert set(others_before) <= others_after
        assert [f for f in rules(after[name]) if f != "TRUE"] == rules(content)
    for word in (b"mc:Ignorable", b"xmlns:x14ac", b"x14:dataValidation"):
        assert sum(word in content for content in before.values()) == sum(
            word in content for content in after.values()
        )
    assert read(data).findings == read(mark.mark(data, FOUND, "nl")).findings


@pytest.mark.parametrize("book", EVERY_BOOK)
def test_every_wrong_cell_has_a_remark_and_a_colour(book: str, tmp_path: Path) -> None:
    data = BOOKS[book](tmp_path)
    opened = load_workbook(io.BytesIO(mark.mark(data, FOUND, "nl")))
    assert opened.sheetnames[0] == "Controle"
    assert opened.active.title == "Controle"
    assert sum(bool(sheet.sheet_view.tabSelected) for sheet in opened.worksheets) == 1
    for finding in FOUND[:4]:
        cell = opened[finding.sheet][finding.cell]
        assert cell.comment is not None
        assert cell.comment.author == mark.AUTHOR
        coloured = cell.fill.fgColor.rgb in mark._COLOURS.values()
        over = [
            rule
            for area, rules in opened[finding.sheet].conditional_formatting._cf_rules.items()  # type: ignore[attr-defined]
            if finding.cell in str(area.sqref).split()
            for rule in rules
        ]
        assert coloured or (
            over
            and over[0].dxf.fill.bgColor.rgb in mark._COLOURS.values()
            and over[0].priority == 1
        )
    assert "Bedoelde u ‘Loopt’?" in opened["Activiteiten"]["I5"].comment.text
    sheet = opened["Controle"]
    assert [sheet.cell(row, 1).value for row in range(5, 10)] == [
        "Activiteiten!I5",
        "Activiteiten!D1",
        "Kostenraming!D2",
        "Kostenraming!A40",
        "Lijsten",
    ]
    assert sheet["A5"].hyperlink.location == "'Activiteiten'!I5"
    assert sheet["A9"].hyperlink.location == "'Lijsten'!A1"


@pytest.mark.office
@pytest.mark.parametrize("book", BOOKS)
def test_libreoffice_opens_the_copy_and_loses_no_number(book: str, tmp_path: Path) -> None:
    data = BOOKS[book](tmp_path)
    marked = mark.mark(data, FOUND, "nl")
    again = libreoffice.saved(marked, tmp_path / "again")
    assert (
        read(again).activities.drop(columns="row").equals(read(data).activities.drop(columns="row"))
    )
    opened = load_workbook(io.BytesIO(again))
    assert opened["Activiteiten"]["I5"].comment is not None
    assert opened["Controle"]["A5"].hyperlink is not None


def test_print_areas_stay_with_their_sheet() -> None:
    opened = load_workbook(io.BytesIO(mark.mark(example(), FOUND, "nl")))
    assert (
        opened["Activiteiten"].print_area
        == load_workbook(io.BytesIO(example()))["Activiteiten"].print_area
    )
    assert (
        opened["Lijsten"].print_title_rows
        == load_workbook(io.BytesIO(example()))["Lijsten"].print_title_rows
    )


def test_comments_of_the_lead_stay() -> None:
    data = commented()
    found = read(data).findings
    opened = load_workbook(io.BytesIO(mark.mark(data, found, "nl")))["Kostenraming"]
    assert opened["B2"].comment.text.startswith("Van de lead zelf")
    assert "75k" in opened["B2"].comment.text
    assert opened["C2"].comment.text == "Ook van de lead"
    drawings = [
        content
        for name, content in parts(mark.mark(data, found, "nl")).items()
        if name.endswith(".vml")
    ]
    assert sum(content.count(b'ObjectType="Note"') for content in drawings) == 2


def marks(data: bytes) -> tuple[int, int]:
    """Return how many remarks and how many coloured cells of ours there are."""
    opened = load_workbook(io.BytesIO(data))
    every = [cell for sheet in opened.worksheets for row in sheet.iter_rows() for cell in row]
    remarks = sum(
        cell.comment is not None
        and mark.AUTHOR in (cell.comment.author, *cell.comment.text.split(":")[0:1])
        for cell in every
    )
    return remarks, sum(cell.fill.fgColor.rgb in mark._COLOURS.values() for cell in every)


@pytest.mark.parametrize("saved_between", [False, pytest.param(True, marks=pytest.mark.office)])
def test_a_copy_that_is_marked_again_loses_its_old_marks(
    tmp_path: Path, saved_between: bool
) -> None:
    once = mark.mark(example(), FOUND, "nl")
    if saved_between:
        once = libreoffice.saved(once, tmp_path)
    twice = mark.mark(once, FOUND, "nl")
    assert marks(twice) == marks(once)
    assert load_workbook(io.BytesIO(twice)).sheetnames == load_workbook(io.BytesIO(once)).sheetnames
    clean = mark.mark(twice, (), "nl")
    assert marks(clean) == (0, 0)
    assert "Er is niets gevonden" in load_workbook(io.BytesIO(clean))["Controle"]["A2"].value
    assert codes(read(clean)) == codes(read(example()))


def test_a_sheet_of_the_lead_called_controle_stays() -> None:
    def change(book: Any) -> None:
        book.create_sheet("controle")["A1"] = "van mij"

    opened = load_workbook(io.BytesIO(mark.mark(edited(change), FOUND[:0], "nl")))
    assert opened.sheetnames[0] == "Controle 2"
    assert opened["controle"]["A1"].value == "van mij"


def test_all_that_is_wrong_is_marked() -> None:
    found = read(WRONG).findings
    opened = load_workbook(io.BytesIO(mark.mark(WRONG, found, "nl")))
    for finding in found:
        if finding.cell and finding.severity >= Severity.WARNING:
            assert opened[finding.sheet][finding.cell.split(":")[0]].comment is not None, (
                finding.place
            )
    listed = [opened["Controle"].cell(row, 1).value for row in range(5, 5 + len(found))]
    assert listed == [finding.place for finding in found]


@pytest.mark.parametrize(
    "text", ["=1+1", "<b>vet</b>", "@SUM(A1)", "a\x0bb\u202e", "x" * 40_000, "\ud800"]
)
def test_text_stays_text(text: str) -> None:
    found = (Finding("amount_unreadable", "Kostenraming", "B2", text),)
    marked = mark.mark(small(), found, "nl")
    cell = load_workbook(io.BytesIO(marked))["Controle"]["C5"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith(text[0].replace("\ud800", ""))


def test_a_merged_area_is_marked_at_its_corner() -> None:
    def change(book: Any) -> None:
        book["Activiteiten"].merge_cells("A2:B3")

    data = edited(change)
    found = read(data).findings
    assert {"A2:B3", "B2"} <= {finding.cell for finding in found}
    content = parts(mark.mark(data, found, "nl"))["xl/aaaComments1.xml"]
    assert re.findall(rb'ref="(.*?)"', content) == [b"A2"]


def test_a_workbook_refused_for_its_headings_can_be_marked() -> None:
    data = small(Activiteiten=[{"Nr": "1", "Activiteit": "x"}])
    with pytest.raises(WorkbookError) as caught:
        read(data)
    opened = load_workbook(io.BytesIO(mark.mark(data, caught.value.findings, "nl")))
    assert opened["Controle"]["B5"].value == "onbruikbaar"


@pytest.mark.parametrize("data", [b"", b"Nr;Thema", example()[:5000]])
def test_what_is_no_workbook_cannot_be_marked(data: bytes) -> None:
    with pytest.raises(WorkbookError):
        mark.mark(data, (), "nl")


def test_the_command_writes_a_copy_and_never_the_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, copy = tmp_path / "aaa_2025.xlsx", tmp_path / "out.xlsx"
    book.write_bytes(WRONG)
    assert cli.main(["mark", str(book), str(copy)]) == 0
    assert book.read_bytes() == WRONG
    assert reader.read(copy.read_bytes())[0].title == "Controle"
    assert cli.main(["mark", str(book), str(book), "--overwrite"]) == 1
    assert book.read_bytes() == WRONG
    assert "never written" in capsys.readouterr().err
    assert cli.main(["mark", str(tmp_path / "nergens.xlsx"), str(copy), "--overwrite"]) == 2


def names_of(data: bytes) -> list[str]:
    return re.findall(r'<definedName name="([^"]*)"', parts(data)["xl/workbook.xml"].decode())


def test_a_copy_whose_list_was_deleted_is_signed_once() -> None:
    once = mark.mark(example(), FOUND, "nl")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(once)) as before, zipfile.ZipFile(buffer, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename == "xl/workbook.xml":
                content = re.sub(rb'<sheet name="Controle"[^>]*/>', b"", content).replace(
                    b"'Controle'!$A$1", b"#REF!$A$1"
                )
            after.writestr(info, content)
    again = mark.mark(buffer.getvalue(), FOUND, "nl")
    assert names_of(again).count("AAA_Controle") == 1
    assert (
        sum(
            bool(sheet.sheet_view.tabSelected)
            for sheet in load_workbook(io.BytesIO(mark.mark(again, FOUND, "nl"))).worksheets
        )
        == 1
    )


def test_many_coloured_cells_are_marked_quickly() -> None:
    found = [
        Finding("column_doubled", "Activiteiten", f"{letter}1", facts={"first": "A1"})
        for letter in "ABCDEFGHIJKLMNOP"
    ] * 200
    marked = mark.mark(example(), found, "nl")
    sheet = parts(marked)["xl/worksheets/sheet4.xml"]
    assert rules(sheet).count("TRUE") == 1
    assert b'sqref="A1 B1 C1' in sheet


def test_pictures_in_a_header_keep_their_own_drawing() -> None:
    sheet, drawing = (
        "xl/worksheets/sheet6.xml",
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="LH"/></xml>',
    )
    data = replaced(
        example(), sheet, b"<tableParts", b'<legacyDrawingHF r:id="rIdHead"/><tableParts'
    )
    relation = (
        b'<Relationship Id="rIdHead"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" '
    )
    rels = "xl/worksheets/_rels/sheet6.xml.rels"
    data = replaced(
        data,
        rels,
        b"<Relationship ",
        relation + b'Target="../drawings/vmlDrawing7.vml"/><Relationship ',
    )
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/drawings/vmlDrawing7.vml", drawing)
    marked = parts(mark.mark(buffer.getvalue(), FOUND, "nl"))
    assert marked["xl/drawings/vmlDrawing7.vml"] == drawing
    assert marked["xl/drawings/aaaNotes1.vml"].count(b'ObjectType="Note"') > 0


def ruled(count: int) -> bytes:
    """Return a workbook with this many conditional formats, and an activity that is wrong in a cell
    with a colour of its own.
    """

    def change(book: Any) -> None:
        sheet = book["Activiteiten"]
        sheet["F1"], sheet["F2"] = "Status", "Lopt"
        sheet["F2"].fill = PatternFill("solid", fgColor="FF00FF00")

    data = edited(change)
    path = next(name for name, xml in parts(data).items() if b'r="F2"' in xml)
    rule = (
        b'<conditionalFormatting sqref="K%d"><cfRule type="expression" dxfId="0" priority="%d">'
        b"<formula>K%d&gt;1</formula></cfRule></conditionalFormatting>"
    )
    rules = b"".join(rule % (number, number, number) for number in range(1, count + 1))
    return replaced(data, path, b"<pageMargins", rules + b"<pageMargins")


@pytest.mark.parametrize("count", [20, 3000])
def test_conditional_formats_by_the_thousand_are_carried(count: int) -> None:
    """They were parsed into 530 MB; a mark still comes before them, and goes without a trace."""
    data = ruled(count)
    path = next(name for name, xml in parts(data).items() if b"conditionalFormatting" in xml)
    parsed = Rows(parts(data)[path]).frame.findall(f"{MAIN}conditionalFormatting")
    assert len(parsed) == (count if count < 1000 else 0)
    marked = mark.mark(data, read(data).findings, "nl")
    sheet = parts(marked)[path]
    found = {
        str(group.get("sqref")): int(group[0].get("priority", "0"))
        for group in etree.fromstring(sheet).iterfind(f"{MAIN}conditionalFormatting")
    }
    assert found.pop("F2") == 1
    assert found == {f"K{number}": number + 1 for number in range(1, count + 1)}
    assert rules(sheet).count("TRUE") == 1
    # marked again after it was mended, nothing of the first mark is left
    again = parts(mark.mark(marked, (), "nl"))[path]
    assert "TRUE" not in rules(again)
    assert len(rules(again)) == count
