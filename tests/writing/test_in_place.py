"""Next year's workbook is last year's, edited in place: what the lead made of it stays."""

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from aaa.workbook import package
from aaa.writing import next_year
from tests.support import libreoffice
from tests.support.books import ACTIVITY, codes, edited, example, parts, read, replaced

NOW = dt.datetime(2025, 12, 15, 9, 30, tzinfo=dt.UTC)
FOUR = [
    ACTIVITY | {"Nr": "1.1", "Status": "Afgerond"},
    ACTIVITY | {"Nr": "1.2", "Status": "Loopt"},
    ACTIVITY | {"Nr": "1.3", "Status": "Vervallen"},
    ACTIVITY | {"Nr": "1.4", "Status": "Loopt"},
]


def of_a_lead(book: Any) -> None:
    """Make of the small workbook what a lead makes of one in a year."""
    sheet = book["Activiteiten"]
    for row, one in enumerate(FOUR, start=2):
        for column, value in enumerate(one.values(), start=1):
            sheet.cell(row, column, value)
        sheet.cell(row, 7, f"=LEN(B{row})&D{row}")
        sheet.cell(row, 9, f"naast rij {row}")
        sheet.row_dimensions[row].height = 10.0 * row
        sheet.cell(row, 4).comment = Comment(f"over {one['Nr']}", "lead")
    for column, heading in enumerate([*FOUR[0], "Eigen"], start=1):
        sheet.cell(1, column, heading)
    sheet.column_dimensions["D"].width = 61
    sheet["D5"].hyperlink = "https://example.org/1.4"
    sheet.merge_cells("I2:I3")
    own = book.create_sheet("Van mij")
    own["A1"], own["A2"] = "=Activiteiten!D5", "=COUNTA(Activiteiten!A2:A5)"
    own["A3"], own["A4"] = "=SUM(Activiteiten!A2:A99)", "=Activiteiten!D2"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=2, max_row=5))
    own.add_chart(chart, "C2")


def following(data: bytes) -> bytes:
    return next_year.made(data, read(data), NOW)


@pytest.fixture(scope="module")
def opened() -> Workbook:
    return load_workbook(io.BytesIO(following(edited(of_a_lead))))


def test_rows_close_up_with_everything_in_them(opened: Workbook) -> None:
    sheet: Any = opened["Activiteiten"]
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == ["Nr", "1.2", "1.4", None, None]
    assert [sheet.cell(row, 7).value for row in (1, 2, 3, 4)] == [
        "Eigen", "=LEN(B2)&D2", "=LEN(B3)&D3", None
    ]  # fmt: skip
    assert [sheet.row_dimensions[row].height for row in (2, 3)] == [30.0, 50.0]
    assert [sheet.cell(row, 4).comment.text for row in (2, 3)] == ["over 1.2", "over 1.4"]
    assert sheet.cell(4, 4).comment is None
    assert sheet["D3"].hyperlink.target == "https://example.org/1.4"
    assert sheet.column_dimensions["D"].width == 61


def test_what_stands_beside_a_table_stays_where_it_is(opened: Workbook) -> None:
    sheet: Any = opened["Activiteiten"]
    assert [sheet.cell(row, 9).value for row in (2, 4, 5)] == [
        "naast rij 2", "naast rij 4", "naast rij 5"
    ]  # fmt: skip
    assert [str(area) for area in sheet.merged_cells.ranges] == ["I2:I3"]


def test_formulas_and_charts_follow_their_cells(opened: Workbook) -> None:
    own: Any = opened["Van mij"]
    assert [own.cell(row, 1).value for row in (1, 2, 3, 4)] == [
        "=Activiteiten!D3",
        "=COUNTA(Activiteiten!A2:A3)",
        "=SUM(Activiteiten!A2:A99)",
        "=Activiteiten!#REF!",
    ]
    chart = next(
        xml for name, xml in parts(following(edited(of_a_lead))).items() if "/charts/" in name
    )
    assert re.findall(rb"f>('?Activiteiten'?![^<]+)<", chart) == [b"'Activiteiten'!$A$2:$A$3"]


def test_what_the_year_does_not_touch_is_the_same_to_the_byte() -> None:
    data = example()
    before, after = parts(data), parts(following(data))
    names = {
        found[1]: f"xl/worksheets/sheet{found[2]}.xml"
        for found in re.finditer(
            r'<sheet name="(\w+)" sheetId="(\d+)"', before["xl/workbook.xml"].decode()
        )
    }
    changed = {title for title, path in names.items() if before[path] != after[path]}
    assert changed == {
        "Programma", "Activiteiten", "Kostenraming", "Toezeggingen", "Uitgaven", "Overleg",
        "Besluiten", "Resultaten",
    }  # fmt: skip
    assert package.modified(following(data)) == NOW


def test_a_table_is_as_large_as_its_rows() -> None:
    """Else a row that the lead adds stands outside of it."""
    data = following(example())
    programme = read(data)
    book: Any = load_workbook(io.BytesIO(data))
    for name in ("activities", "results", "decisions", "spending", "meetings", "partners"):
        sheet = book[programme.places[name].title]
        (table,) = sheet.tables.values()
        rows = getattr(programme, name)["row"].dropna()
        last = int(max(rows)) if len(rows) and name != "partners" else None
        if last is not None:
            assert table.ref.split(":")[1].endswith(str(last)), name
        assert table.autoFilter.ref == table.ref


def test_a_total_says_what_is_left() -> None:
    """A sum over bookings that are gone is 0, and stored, so that nothing waits for Excel."""

    def change(book: Any) -> None:
        sheet = book.create_sheet("Uitgaven")
        sheet.append(["Datum", "Kostenpost", "Financier", "Soort", "Bedrag"])
        sheet.append([dt.datetime(2025, 3, 1), "Capaciteit", "Gemeente", "Betaald", 40])
        sheet.append([dt.datetime(2025, 4, 1), "Capaciteit", "Gemeente", "Betaald", 2])
        sheet.append(["Totaal", None, None, None, "=SUM(E2:E3)"])

    found = following(edited(change))
    assert "cell_uncalculated" not in {one.code for one in read(found).findings}
    assert read(found).spending.empty


def test_formulas_that_share_their_text_are_each_their_own() -> None:
    data = edited(of_a_lead)
    sheet = next(name for name, xml in parts(data).items() if b"LEN(B2)" in xml)
    first = b'<f t="shared" si="0" ref="G2:G5">LEN(B2)&amp;D2</f>'
    data = replaced(data, sheet, b"<f>LEN(B2)&amp;D2</f>", first)
    for row in (3, 4, 5):
        formula = b"<f>LEN(B%d)&amp;D%d</f>" % (row, row)
        data = replaced(data, sheet, formula, b'<f t="shared" si="0"/>')
    opened: Any = load_workbook(io.BytesIO(following(data)))
    formulas = [opened["Activiteiten"].cell(row, 7).value for row in (2, 3)]
    assert formulas == ["=LEN(B2)&D2", "=LEN(B3)&D3"]


def test_a_sheet_and_a_column_that_are_needed_are_made() -> None:
    """An older workbook has no *Resultaten* and no *Oorspronkelijk*."""
    found = read(following(edited(of_a_lead)))
    assert found.results["title"].tolist() == ["Bouwen"]
    assert found.activities["original"].tolist() == ["Q2 2025", "Q2 2025"]


@pytest.mark.office
def test_another_program_opens_and_calculates_it(tmp_path: Path) -> None:
    saved = libreoffice.saved(following(edited(of_a_lead)), tmp_path)
    book: Any = load_workbook(io.BytesIO(saved), data_only=True)
    own = book["Van mij"]
    assert [own.cell(row, 1).value for row in (1, 2)] == ["Bouwen", 2]
    assert read(saved).activities["nr"].tolist() == ["1.2", "1.4"]
    assert read(libreoffice.saved(following(example()), tmp_path)).year == 2026


def table(name: str, ref: str, totals: int = 0) -> Table:
    made = Table(displayName=name, ref=ref, totalsRowCount=totals or None)
    made.autoFilter = AutoFilter(ref=ref)
    return made


def bookings(book: Any, total: str, *, as_table: bool) -> Any:
    sheet = book.create_sheet("Uitgaven")
    sheet.append(["Datum", "Kostenpost", "Financier", "Soort", "Bedrag"])
    sheet.append([dt.datetime(2025, 3, 1), "Capaciteit", "Gemeente", "Betaald", 40])
    sheet.append([dt.datetime(2025, 4, 1), "Capaciteit", "Gemeente", "Betaald", 2])
    sheet.append(["Totaal", None, None, None, total])
    if as_table:
        sheet.add_table(table("Uit", "A1:E4", 1))
    return sheet


@pytest.mark.parametrize(
    ("total", "as_table", "left"),
    [
        ("=SUM(E2:E3)", False, "=SUM(E2:E2)"),
        ("=SUBTOTAL(109,Uit[Bedrag])", True, "=SUBTOTAL(109,Uit[Bedrag])"),
    ],
)
def test_a_total_over_rows_that_all_go_keeps_an_empty_row(
    total: str, as_table: bool, left: str
) -> None:
    """Else it adds itself up."""
    found = following(edited(lambda book: bookings(book, total, as_table=as_table)))
    sheet: Any = load_workbook(io.BytesIO(found))["Uitgaven"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4)] == ["Datum", None, "Totaal", None]
    assert sheet["E3"].value == left
    if as_table:
        assert sheet.tables["Uit"].ref == "A1:E3"
    assert "cell_uncalculated" not in codes(read(found))


def test_a_result_stands_above_the_total_of_its_table() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        sheet = book.create_sheet("Resultaten")
        sheet.append(["Jaar", "Titel", "Omschrijving", "Thema"])
        sheet.append([2023, "Oud", "x", "Groen"])
        sheet.append(["Totaal", None, None, "=SUBTOTAL(103,Res[Thema])"])
        sheet.add_table(table("Res", "A1:D3", 1))

    sheet: Any = load_workbook(io.BytesIO(following(edited(change))))["Resultaten"]
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == [2023, 2025, "Totaal"]
    assert sheet["D4"].value == "=SUBTOTAL(103,Res[Thema])"
    assert sheet.tables["Res"].ref == "A1:D4"


def test_a_new_column_joins_no_other_list_and_no_other_list_loses_rows() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        sheet = book["Activiteiten"]
        sheet.unmerge_cells("I2:I3")
        for row, who in enumerate(("Wie", "Jan", "Piet", "Klaas", "Ans"), start=1):
            sheet.cell(row, 9, who)
        sheet.add_table(table("Wie", "I1:I5"))

    once = following(edited(change))
    twice = next_year.made(once, read(once), NOW)
    for data in (once, twice):
        sheet: Any = load_workbook(io.BytesIO(data))["Activiteiten"]
        assert [sheet.cell(row, 9).value for row in range(2, 6)] == ["Jan", "Piet", "Klaas", "Ans"]
        assert sheet.tables["Wie"].ref == "I1:I5"


def test_a_formula_of_an_array_moves_with_its_cell() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        for row in range(2, 6):
            book["Activiteiten"].cell(row, 7).value = ArrayFormula(
                f"G{row}", f"=SUM(LEN(A{row}:D{row}))"
            )

    sheet: Any = load_workbook(io.BytesIO(following(edited(change))))["Activiteiten"]
    assert [(sheet.cell(r, 7).value.ref, sheet.cell(r, 7).value.text) for r in (2, 3)] == [
        ("G2", "=SUM(LEN(A2:D2))"), ("G3", "=SUM(LEN(A3:D3))")
    ]  # fmt: skip


def test_a_range_of_which_nothing_is_left_reads_no_other_row() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        book["Van mij"]["A6"] = '=COUNTIF(Activiteiten!F2:F2,"Loopt")'

    own: Any = load_workbook(io.BytesIO(following(edited(change))))["Van mij"]
    assert own["A6"].value == '=COUNTIF(Activiteiten!#REF!,"Loopt")'


def test_a_value_of_a_cell_that_is_gone_is_not_shown() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        sheet = book["Activiteiten"]
        sheet["G1"], sheet["G2"], sheet["G3"] = "Voortgang", 0.9, "=G2"
        sheet["G4"] = sheet["G5"] = None

    data = edited(change)
    path = next(name for name, xml in parts(data).items() if b"<f>G2</f>" in xml)
    data = replaced(data, path, b"<f>G2</f><v></v>", b"<f>G2</f><v>0.9</v>")
    assert read(data).activities["progress"].tolist()[1] == 0.9
    assert read(following(data)).activities["progress"].isna().all()


def test_what_cannot_be_read_is_not_thrown_away() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        sheet = book["Activiteiten"]
        sheet["G1"], sheet["F3"], sheet["G3"] = "Afgerond op", "Opgeleverd", "half maart"
        sheet["G2"] = sheet["G4"] = sheet["G5"] = None
        costs, facts = book["Kostenraming"], book["Programma"]
        costs["E1"], costs["E2"], costs["B2"] = "Dekking provincie", 10, "=C2+D2+E2"
        facts["B4"] = "=TODAY()"

    book: Any = load_workbook(io.BytesIO(following(edited(change))))
    assert [book["Activiteiten"][cell].value for cell in ("F2", "G2")] == [
        "Opgeleverd",
        "half maart",
    ]
    assert book["Kostenraming"]["B2"].value == '=IF(COUNT(C2,D2)=0,"",C2+D2+E2)'
    assert book["Programma"]["B4"].value == "=TODAY()"


def test_formulas_in_rows_without_a_number_follow_as_well(opened: Workbook) -> None:
    data = edited(of_a_lead)
    path = "xl/worksheets/sheet7.xml"
    plain = parts(data)[path]
    assert b"Activiteiten!D5" in plain
    bare = re.sub(rb' r="[A-Z]*\d+"', b"", plain)
    book = load_workbook(io.BytesIO(following(replaced(data, path, plain, bare))))
    cells = ("A1", "A2", "A3", "A4")
    assert [book["Van mij"][one].value for one in cells] == [
        opened["Van mij"][one].value for one in cells
    ]


def test_a_column_that_joins_on_to_a_table_follows_its_rows() -> None:
    """A program that lets no table grow leaves a column that was typed beside it outside."""

    def change(book: Any) -> None:
        of_a_lead(book)
        sheet = book["Activiteiten"]
        sheet.add_table(Table(displayName="tblActiviteiten", ref="A1:F5"))
        sheet["H1"] = "Budgethouder"
        for row in range(2, 6):
            sheet.cell(row, 8, f"houder van {row}")
            sheet.cell(row, 7, f"=A{row}*2")

    sheet: Any = load_workbook(io.BytesIO(following(edited(change))))["Activiteiten"]
    rows = [[cell.value for cell in row] for row in sheet["A1:I5"]]
    assert [(row[0], row[6], row[7]) for row in rows[1:]] == [
        ("1.2", "=A2*2", "houder van 3"),
        ("1.4", "=A3*2", "houder van 5"),
        (None, None, None),
        (None, None, None),
    ]
    assert rows[1][8] == "naast rij 2"  # without a heading it is no column of the table
    assert sheet.tables["tblActiviteiten"].ref.startswith("A1:")


def test_what_stands_below_a_table_stays_outside() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        sheet = book["Activiteiten"]
        sheet.add_table(Table(displayName="tblActiviteiten", ref="A1:F5"))
        sheet["A8"] = "Legenda"

    sheet: Any = load_workbook(io.BytesIO(following(edited(change))))["Activiteiten"]
    assert sheet.tables["tblActiviteiten"].ref == "A1:F3"
    assert "Legenda" in [cell.value for cell in sheet["A"]]


def test_a_column_that_joins_on_at_the_left_leaves_the_table_as_long_as_its_rows() -> None:
    def change(book: Any) -> None:
        of_a_lead(book)
        sheet = book["Activiteiten"]
        for row in sheet["A1:F5"]:  # one column to the right
            for cell in reversed(row):
                sheet.cell(cell.row, cell.column + 1, cell.value)
        for row in range(1, 6):
            sheet.cell(row, 1, "Prio" if row == 1 else f"prio {row}")
        sheet.add_table(Table(displayName="tblActiviteiten", ref="B1:G5"))

    sheet: Any = load_workbook(io.BytesIO(following(edited(change))))["Activiteiten"]
    assert [cell.value for cell in sheet["A"]][1:3] == ["prio 3", "prio 5"]
    assert [cell.value for cell in sheet["B"]][1:3] == ["1.2", "1.4"]
    assert sheet.tables["tblActiviteiten"].ref.endswith("3")
