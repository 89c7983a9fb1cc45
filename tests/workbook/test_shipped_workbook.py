"""The shipped workbook says what the annual plan of 2025 says, and nothing that it does not."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from aaa.exports.summary import summarise
from aaa.store import source
from aaa.store.origin import File
from aaa.workbook import schema
from aaa.writing import contents, writer
from tests.support.books import SHIPPED, codes

PLAN = {
    "1.1": ("Q2/Q3", "2025-04", "2025-09", [],
    ["Thorbecke Academie (NHL Stenden)", "DC Terra", "Provincie Drenthe"]),
    "1.2": ("Q2/3", "2025-04", "2025-09", [], ["RUG"]),
    "1.3": ("Q1-4", "2025-01", "2025-12", [], ["Onderwijs", "Defensie"]),
    "1.4": ("Q1", "2025-01", "2025-03", ["Omnidrones"],
    ["Defensie", "Omnidrones", "VNG", "I&W", "Saxion Hogeschool"]),
    "1.5": ("Q2-3", "2025-04", "2025-09", ["Gemeente Assen"],
    ["Defensie", "Omnidrones", "VNG", "I&W", "Dronehub Noord-Nederland"]),
    "1.6": (
        "Q3", "2025-07", "2025-09",
        ["Thorbecke Academie (NHL Stenden)", "DC Terra", "ViA"],
        ["Thorbecke Academie (NHL Stenden)", "DC Terra", "ViA"],
    ),
    "2.1": ("Q1", "2025-01", "2025-03", [], []),
    "2.2": ("Begin Q2", "2025-04", "2025-04", [], []),
    "2.3": ("Q2", "2025-04", "2025-06", [], []),
    "2.4": ("Q4", "2025-10", "2025-12", [], []),
    "2.5": ("Q1", "2025-01", "2025-03", [], []),
    "2.6": ("Q2/3", "2025-04", "2025-09", [], ["Actium"]),
    "2.7": ("Q3/4", "2025-07", "2025-12", [],
    ["Thorbecke Academie (NHL Stenden)", "Studievereniging Trias Politica"]),
    "3.1": ("Q2", "2025-04", "2025-06", ["Gemeente Assen"],
    ["Life Cooperative", "RGA", "NOM", "Icon", "Ardena", "Provincie Drenthe", "OA", "ZO! Assen"]),
    "3.2": ("Q2-4", "2025-04", "2025-12", [],
    ["RGA", "NOM", "Life Cooperative", "Icon", "Ardena", "Hanzehogeschool"]),
    "3.3": ("Q2-4", "2025-04", "2025-12", [], ["Provincie Drenthe"]),
    "3.4": ("Q3", "2025-07", "2025-09", [], ["RGA", "Life Cooperative", "Gemeente Groningen"]),
    "3.5": ("Q1/Q2", "2025-01", "2025-06", ["OA"],
    ["OA", "Hanzehogeschool", "Ardena", "Icon", "Resato", "DC Terra", "Provincie Drenthe"]),
    "3.6": ("Q2/Q3", "2025-04", "2025-09", ["Gemeente Assen"],
    ["Zorgpartijen", "Onderwijs", "ZO! Assen"]),
    "3.7": ("Q2-4", "2025-04", "2025-12", [],
    ["VWS", "RGA", "Instellingen Kopgroep Zorg & Innovatie"]),
    "4.1": ("Eind Q1", "2025-03", "2025-03", ["Gemeente Assen"], ["Provincie Drenthe", "VRO"]),
    "4.2": ("Einde Q2-Q4", "2025-06", "2025-12", [], ["Provincie Drenthe", "VRO"]),
    "4.3": ("Maart", "2025-03", "2025-03", [], ["OA", "ViA"]),
    "4.4": ("Q1-4", "2025-01", "2025-12", ["Gemeente Assen"], []),
    "4.5": ("Q2-4", "2025-04", "2025-12", [],
    ["Horeca", "ViA", "Actium", "DC Terra", "Hanzehogeschool"]),
    "4.6": (None, None, None, [], []),
}  # fmt: skip


@pytest.fixture(scope="module")
def version() -> source.Version:
    return source.load(File(SHIPPED))


@pytest.fixture(scope="module")
def figures(version: source.Version) -> dict[str, Any]:
    return summarise(version.programme)


def test_it_has_no_findings(version: source.Version) -> None:
    assert codes(version.programme) == []
    assert version.programme.findings == ()


@pytest.mark.parametrize("nr", PLAN)
def test_every_activity_has_its_period_leads_and_partners(figures: dict[str, Any], nr: str) -> None:
    row = next(a for a in figures["activities"] if a["nr"] == nr)
    assert (
        row["period"],
        row["first_month"],
        row["last_month"],
        row["leads"],
        row["partners"],
    ) == PLAN[nr]


def test_the_counts_are_those_of_the_plan(figures: dict[str, Any]) -> None:
    assert [a["nr"] for a in figures["activities"]] == list(PLAN)
    assert {t["theme"]: t["activities"] for t in figures["themes"]} == {
        "Veiligheid": 6,
        "Groenste Stad": 7,
        "Biotech en zorg": 7,
        "Algemeen": 6,
    }
    assert figures["quarters"] == {"Q1": 8, "Q2": 16, "Q3": 15, "Q4": 9}
    assert figures["undated"] == ["4.6"]


def test_only_one_status_is_known(figures: dict[str, Any]) -> None:
    known = [(a["nr"], a["status"], a["finished_on"]) for a in figures["activities"] if a["status"]]
    assert known == [("2.1", "Afgerond", "2024-12-23")]
    assert not any(a["judgement"] or a["progress"] or a["forecast"] for a in figures["activities"])
    assert len(figures["unreported"]) == 25
    assert figures["late"] == []


def test_the_euros_are_those_of_the_plan(figures: dict[str, Any]) -> None:
    budget = figures["budget"]
    assert (budget["total"], budget["gemeente"], budget["partners"]) == (680000, 450000, 230000)
    assert [(r["line"], r["total"], r["gemeente"], r["partners"]) for r in budget["lines"]] == [
        ("Capaciteit", 530000, 330000, 200000),
        ("Middelen", 75000, 45000, 30000),
        ("Procesmiddelen", 75000, 75000, 0),
    ]
    assert not any(
        row[name] for row in budget["lines"] for name in ("committed", "obliged", "paid")
    )
    assert [(r["gemeente_per_unit"], r["partners_per_unit"]) for r in budget["per_ambition"]] == [
        (45, 23),
        (90, 46),
        (None, None),
    ]


def test_the_ambitions_have_no_year_and_no_measurement(figures: dict[str, Any]) -> None:
    assert [
        (a["ambition"], a["target"], a["target_year"], a["measurements"])
        for a in figures["ambitions"]
    ] == [
        ("10.000 woningen", 10000, None, []),
        ("5.000 banen", 5000, None, []),
        ("Bruisende studentenstad", None, None, []),
    ]


def test_what_belongs_to_the_europe_strategy_is_marked(figures: dict[str, Any]) -> None:
    assert [a["nr"] for a in figures["activities"] if a["international"]] == [
        "1.4",
        "1.5",
        "2.1",
        "2.2",
        "2.3",
        "2.4",
        "2.5",
    ]


def test_the_other_sheets(version: source.Version) -> None:
    programme = version.programme
    assert (len(programme.results), len(programme.international), programme.as_of.isoformat()) == (
        8,
        3,
        "2025-01-01",
    )
    assert programme.communication["kind"].value_counts().to_dict() == {
        "Aanpak": 4,
        "Ambitie": 3,
        "Visie": 1,
    }
    for name in ("commitments", "spending", "measurements", "meetings", "decisions"):
        assert len(getattr(programme, name)) == 0
    assert programme.partners["kind"].notna().all()


@pytest.mark.parametrize(
    ("spelling", "partner"),
    [("NHL Stenden/Thorbecke", "Thorbecke Academie (NHL Stenden)"),
    ("Hanzehoogeschool", "Hanzehogeschool"), ("VIA", "ViA"), ("Provincie", "Provincie Drenthe"),
     ("Rijksuniversiteit Groningen", "RUG"), ("Ondernemend Assen", "OA"),
     ("Ministerie van I&W", "I&W"), ("zo-assen", "ZO! Assen")],
)  # fmt: skip
def test_one_register_knows_all_spellings(
    version: source.Version, spelling: str, partner: str
) -> None:
    assert version.programme.spellings[spelling.casefold()] == partner


def test_a_contradiction_of_the_plan_is_noted(figures: dict[str, Any]) -> None:
    note = next(a["note"] for a in figures["activities"] if a["nr"] == "4.1")
    assert "Eind Q1" in note
    assert "voor de zomer" in note


def test_everything_has_its_english_twin(version: source.Version) -> None:
    programme = version.programme
    translated = {
        "themes": ["theme", "description"],
        "activities": ["topic", "title", "description"],
        "costs": ["line", "description"],
        "ambitions": ["ambition"],
        "results": ["title", "description"],
    }
    for name, columns in translated.items():
        for column in columns:
            frame = getattr(programme, name)
            assert frame[f"{column}_en"].notna().all(), (name, column)


def test_the_file_is_what_the_program_writes() -> None:
    assert SHIPPED.read_bytes() == writer.write(contents.plan_2025(), contents.guide())


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(SHIPPED)


def test_every_sheet_is_there_with_frozen_headings_and_a_table(book: Workbook) -> None:
    assert book.sheetnames == [
        schema.GUIDE_TITLE,
        *(s.title for s in schema.SHEETS),
        schema.LISTS_TITLE,
    ]
    for contract in schema.SHEETS:
        sheet = book[contract.title]
        assert sheet.freeze_panes, contract.title
        assert len(sheet.tables) == 1, contract.title
        headings = [cell.value for cell in sheet[1]]
        assert [c.heading for c in contract.columns] == headings[: len(contract.columns)]


def test_every_vocabulary_and_name_has_a_drop_down(book: Workbook) -> None:
    for contract in schema.SHEETS:
        lists = {
            str(area)[0]
            for rule in book[contract.title].data_validations.dataValidation
            if rule.type == "list"
            for area in rule.sqref.ranges
        }
        for place, column in enumerate(contract.columns):
            if column.choices or (column.refers and column.refers != "activities"):
                assert "ABCDEFGHIJKLMNOP"[place] in lists, (contract.title, column.heading)


def test_totals_are_formulas_with_a_value_behind_them(book: Workbook) -> None:
    values = load_workbook(SHIPPED, data_only=True)["Kostenraming"]
    assert [book["Kostenraming"][f"C{row}"].value for row in (2, 3, 4)] == [
        "=D2+E2",
        "=D3+E3",
        "=D4+E4",
    ]
    assert [values[f"C{row}"].value for row in (2, 3, 4)] == [530000, 75000, 75000]
    beside = {
        cell.value: values.cell(cell.row, cell.column + 1).value
        for row in values["A1:L6"]
        for cell in row
        if str(cell.value).startswith("Som van")
    }
    assert beside == {
        "Som van Totaal": 680000,
        "Som van Dekking gemeente": 450000,
        "Som van Dekking partners": 230000,
    }


def test_statuses_are_coloured_and_amounts_are_euros(book: Workbook) -> None:
    formats = book["Activiteiten"].conditional_formatting
    words = {rule.formula[0].strip('"') for area in formats for rule in area.rules}
    assert words == {str(word) for word in (*schema.Status, *schema.Judgement)}
    assert "€" in book["Kostenraming"]["D2"].number_format
    assert book["Activiteiten"]["F2"].number_format == "@"


def test_no_names_of_persons_and_no_link_to_elsewhere() -> None:
    with zipfile.ZipFile(io.BytesIO(SHIPPED.read_bytes())) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(
            "utf-8", "ignore"
        )
    for surname in ("Doornbos", "Ziengs", "Rasker"):
        assert surname not in everything
    assert 'TargetMode="External"' not in everything
