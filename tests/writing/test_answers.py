"""What a finding proposes stands in its cell after one tick, and nothing else changes."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from aaa.values.finding import Finding, WorkbookError
from aaa.workbook import package
from aaa.workbook.programme import from_bytes
from aaa.writing import answers
from aaa.writing.answers import Answer
from aaa.writing.editing import Editor
from tests.support import libreoffice
from tests.support.books import ACTIVITY, codes, edited, example, parts, read, seeded, small

NOW = dt.datetime(2025, 11, 3, 10, 30, tzinfo=dt.UTC)


def proposed(data: bytes) -> tuple[Answer, ...]:
    try:
        findings = from_bytes(data, 2025).findings
    except WorkbookError as error:
        findings = error.findings
    return answers.answers(data, findings)


def at(heading: str, row: int, sheet: str = "Activiteiten") -> str:
    """Return the cell of a heading of the example in a row, as `seeded` names it."""
    listed = load_workbook(io.BytesIO(example()))[sheet]
    column = next(cell.column_letter for cell in listed[1] if cell.value == heading)
    return f"{sheet}_{column}{row}"


def accepted(data: bytes) -> bytes:
    return answers.accepted(data, proposed(data), NOW)


# What was typed, and what stands there after a tick.
CASES: list[tuple[str, str, int, Any, Any]] = [
    ("Activiteiten", "Status", 3, "Gereed", "Afgerond"),
    ("Activiteiten", "Status", 3, "in uitvoering", "Loopt"),
    ("Activiteiten", "Oordeel", 3, "geel", "Oranje"),
    ("Activiteiten", "Periode", 3, "2e kwartaal", "Q2"),
    ("Activiteiten", "Prognose", 3, "eind 2025", "Q4 2025"),
    (
        "Activiteiten",
        "Partners",
        3,
        "Actium;\n DC Tera ; NHL Stenden",
        "Actium;\n DC Terra ; NHL Stenden",
    ),
    ("Activiteiten", "Thema", 3, "Veilighei", "Veiligheid"),
    ("Activiteiten", "Status", 1, "Statuss", "Status"),
    ("Activiteiten", "Periode", 1, "Planning", "Periode"),
    ("Programma", "Waarde", 4, "2024-09-30", dt.datetime(2025, 9, 18)),
    ("Programma", "Gegeven", 4, "Pijldatum", "Peildatum"),
    ("Partners", "Soort", 3, "Onderwys", "Onderwijs"),
]


@pytest.mark.parametrize(("sheet", "heading", "row", "typed", "right"), CASES)
def test_one_tick_puts_what_is_right_in_the_cell(
    sheet: str, heading: str, row: int, typed: Any, right: Any
) -> None:
    place = at(heading, row, sheet)
    wrong = seeded(example(), **{place: typed})
    assert len(proposed(wrong)) == 1
    mended = accepted(wrong)
    assert load_workbook(io.BytesIO(mended))[sheet][place.split("_")[1]].value == right
    assert proposed(mended) == ()


@pytest.mark.parametrize(
    ("sheet", "heading", "typed", "right", "shown"),
    [
        ("Activiteiten", "Voortgang", 60, 0.6, "0%"),
        ("Activiteiten", "Afgerond op", 45777, dt.datetime(2025, 4, 30), "mm-dd-yy"),
    ],
)
def test_a_missing_format_is_given(
    sheet: str, heading: str, typed: Any, right: Any, shown: str
) -> None:
    data = small(Activiteiten=[ACTIVITY | {heading: typed}])
    mended = load_workbook(io.BytesIO(accepted(data)))[sheet]
    places = [cell.value for cell in mended[1]]
    cell = mended[2][places.index(heading)]
    assert (cell.value, cell.number_format) == (right, shown)


@pytest.mark.parametrize(
    ("heading", "typed"),
    [
        ("Voortgang", 1),  # one percent, or all of it
        ("Periode", "ergens dit jaar"),
        ("Status", "paars"),
        ("Status", "Afgeronde opdracht"),
        ("Partners", "Terra Nova"),  # may be another one
        *(("Status", words) for words in ("Loopt niet", "Loopt af", "Onafgerond")),
        ("Afgerond op", "31 februari 2025"),
    ],
)
def test_what_has_no_one_right_answer_has_no_tick(heading: str, typed: Any) -> None:
    data = small(Activiteiten=[ACTIVITY | {heading: typed}])
    assert read(data).findings
    assert proposed(data) == ()


def test_a_formula_is_not_replaced() -> None:
    def change(book: Any) -> None:
        book["Activiteiten"]["F1"], book["Activiteiten"]["F2"] = "Status", '="Ger"&"eed"'

    data = edited(change)
    found = Finding("choice_unknown", "Activiteiten", "F2", "Gereed", "Afgerond", {"choices": ""})
    assert answers.answers(data, [found]) == ()


def test_everything_else_is_the_same_to_the_byte() -> None:
    """Only the sheet, its table, the styles and when it was saved may differ."""
    wrong = seeded(example(), Activiteiten_F3="2e kwartaal", Activiteiten_I1="Statuss")
    before, after = parts(wrong), parts(accepted(wrong))
    assert list(before) == list(after)
    differ = {name for name in before if before[name] != after[name]}
    assert differ == {"xl/worksheets/sheet4.xml", "xl/tables/table3.xml", "docProps/core.xml"}
    rows = [
        re.findall(rb"<row .*?</row>", one["xl/worksheets/sheet4.xml"]) for one in (before, after)
    ]
    pairs = enumerate(zip(*rows, strict=True))
    assert [number for number, (was, now) in pairs if was != now] == [0, 2]
    assert package.modified(accepted(wrong)) == NOW


def test_a_formula_that_reads_a_changed_cell_is_not_calculated_yet() -> None:
    """Also one that reads it through another formula, by the name of a column, or by a name."""

    def change(book: Any) -> None:
        sheet, own = book["Activiteiten"], book.create_sheet("Eigen")
        sheet["F1"], sheet["F2"] = "Status", "Gereed"
        own["A1"], own["A2"], own["A3"] = "=Activiteiten!F2", "=A1&A4", "=Kostenraming!B2*2"
        own["A4"], own["A5"] = "=SUM(Kostenraming!B2:B9)", '=INDIRECT("A1")'

    data = calculated(edited(change))
    mended = Editor(accepted(data))
    left = {cell: "<v" in xml for cell, xml in cells_of(mended, "Eigen").items()}
    assert left == {"A1": False, "A2": False, "A3": True, "A4": True, "A5": False}
    assert b'fullCalcOnLoad="1"' in parts(accepted(data))["xl/workbook.xml"]


def calculated(data: bytes) -> bytes:
    """Return a workbook whose formulas all have a stored value, as after Excel saved it."""
    found = parts(data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, re.sub(rb"</f><v\s*/>", b"</f><v>7</v>", content))
    return buffer.getvalue()


def cells_of(editor: Editor, title: str) -> dict[str, str]:
    xml = editor.book.raw(editor.book.sheets[title]).decode()
    return {found[1]: found[0] for found in re.finditer(r'<c r="(\w+)".*?</c>', xml)}


@pytest.mark.office
def test_another_program_opens_it(tmp_path: Path) -> None:
    wrong = seeded(example(), Activiteiten_F3="2e kwartaal", Activiteiten_I1="Statuss")
    saved = libreoffice.saved(accepted(wrong), tmp_path)
    assert proposed(saved) == ()
    assert codes(read(saved)) == codes(read(example()))


def test_a_heading_that_a_name_uses_has_no_tick() -> None:
    """A drop-down that is filled from a table names its column."""

    def change(book: Any) -> None:
        sheet = book["Partners"]
        sheet["B1"] = "Soortt"
        sheet.add_table(Table(displayName="Par", ref="A1:C3"))
        book.defined_names["Soorten"] = DefinedName("Soorten", attr_text="Par[Soortt]")

    found = read(edited(change)).findings
    assert [one.nearest for one in found if one.code == "column_misspelt"] == ["Soort"]
    assert proposed(edited(change)) == ()


OPPOSITES = [
    ("Uitgaven", "Soort", "Betaald", ("Niet betaald", "Onbetaald", "Terugbetaald")),
    ("Toezeggingen", "Zekerheid", "Toegezegd", ("Niet toegezegd", "Onverwacht")),
    ("Uitgaven", "Financier", "Gemeente", ("Niet gemeente",)),
    ("Metingen", "Trede", "Gereed", ("Geen harde plannen", "Ongereed")),
]


@pytest.mark.parametrize(("sheet", "heading", "right", "typed"), OPPOSITES)
def test_the_opposite_has_no_tick(
    sheet: str, heading: str, right: str, typed: tuple[str, ...]
) -> None:
    place = at(heading, 2, sheet)
    for words in typed:
        assert proposed(seeded(example(), **{place: words})) == (), words
    slip = f"{right[:3]}{right[4:]}"
    assert [one.value for one in proposed(seeded(example(), **{place: slip}))] == [right]
