"""What a finding says is true for its column and its cause: each sentence is read against what the
program then does.
"""

import datetime as dt
from typing import Any

import pytest

from aaa import metrics
from aaa.values.finding import Finding, WorkbookError
from aaa.words import wording
from aaa.workbook import schema
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Kind
from tests.support.books import ACTIVITY, finding, read, small


def with_cell(sheet: str, heading: str, value: Any) -> Programme:
    """Return the small programme with one cell in a row that is whole otherwise."""
    rows: dict[str, dict[str, Any]] = {
        "Activiteiten": ACTIVITY | {"Prognose": "Q3", "Status": "Loopt", "Afgerond op": None},
        "Toezeggingen": {
            "Kostenpost": "Capaciteit",
            "Financier": "Gemeente",
            "Bedrag": 5,
            "Zekerheid": "Toegezegd",
            "Datum": None,
        },
        "Uitgaven": {
            "Datum": "1-3-2025",
            "Kostenpost": "Capaciteit",
            "Financier": "Gemeente",
            "Soort": "Betaald",
            "Bedrag": 5,
        },
        "Metingen": {
            "Ambitie": "Woningen",
            "Trede": "Gereed",
            "Peildatum": "1-3-2025",
            "Waarde": 3,
        },
        "Overleg": {"Datum": "1-3-2025", "Overleg": "Regiegroep"},
        "Besluiten": {
            "Datum": "1-3-2025",
            "Soort": "Actie",
            "Tekst": "Doen",
            "Gereed voor": "1-4-2025",
            "Status": "Open",
        },
    }
    return read(small(**{sheet: [rows[sheet] | {heading: value}]}))


DATES = [
    (sheet.title, column.heading)
    for sheet in schema.SHEETS
    for column in sheet.columns
    if column.kind is Kind.DATE
]
WRONG_DATES = {
    "17 april": "is een datum zonder jaar",
    "17-4": "is een datum zonder jaar",
    "31 februari 2025": "is een dag die niet bestaat",
    "31-2-2025": "is een dag die niet bestaat",
    "binnenkort": "is geen datum die het dashboard kan lezen",
    "1-1-1700": "ligt in een jaar dat niet kan kloppen",
}


@pytest.mark.parametrize("value", WRONG_DATES)
@pytest.mark.parametrize(("sheet", "heading"), DATES)
def test_a_date_that_cannot_be_read_says_why_and_is_unknown(
    sheet: str, heading: str, value: str
) -> None:
    programme = with_cell(sheet, heading, value)
    found = finding(programme, "date_unreadable")
    assert f"‘{value}’ {WRONG_DATES[value]}" in wording.message(found, "nl")
    column = next(
        c for s in schema.SHEETS if s.title == sheet for c in s.columns if c.heading == heading
    )
    name = next(s.name for s in schema.SHEETS if s.title == sheet)
    assert getattr(programme, name)[column.name].isna().all()


PERIODS = {
    "Periode": ("de activiteit staat bij ‘nog geen periode’", "period"),
    "Prognose": ("de afgesproken periode blijft staan", "forecast"),
    "Oorspronkelijk": ("uitloop telt vanaf de afgesproken periode", "original"),
}


@pytest.mark.parametrize("heading", PERIODS)
def test_a_period_that_cannot_be_read_says_what_that_means_for_its_column(heading: str) -> None:
    said, column = PERIODS[heading]
    programme = with_cell("Activiteiten", heading, "ergens in het jaar")
    found = finding(programme, "period_unreadable")
    assert said in wording.message(found, "nl")
    rows = metrics.activities.judged(programme.activities, programme.as_of)
    assert rows[f"{column}_last"].isna().all()
    # what the sentence says is what happens
    undated = len(metrics.activities.undated(rows))
    assert undated == (heading == "Periode")
    assert rows["slip"].isna().all() == (heading != "Oorspronkelijk")


SUGGESTED = {
    ("Status", "Gereed"): "Afgerond",
    ("Status", "klaar"): "Afgerond",
    ("Status", "In uitvoering"): "Loopt",
    ("Status", "on hold"): "Loopt",
    ("Status", "n.v.t."): "Vervallen",
    ("Oordeel", "geel"): "Oranje",
    ("Periode", "K3"): "Q3",
    ("Periode", "2e kwartaal"): "Q2",
    ("Periode", "derde kwartaal 2026"): "Q3 2026",
    ("Periode", "eind 2025"): "Q4 2025",
    ("Periode", "eind van het jaar"): "Q4",
    ("Periode", "tweede helft"): "Q3-4",
    ("Periode", "zsm"): "ntb",
    ("Periode", "z.s.m."): "ntb",
}


@pytest.mark.parametrize(("heading", "typed"), SUGGESTED)
def test_a_word_of_daily_use_is_suggested_and_not_taken(heading: str, typed: str) -> None:
    programme = with_cell("Activiteiten", heading, typed)
    code = "period_unreadable" if heading == "Periode" else "choice_unknown"
    found = finding(programme, code)
    assert found.nearest == SUGGESTED[heading, typed]
    assert f"Bedoelde u ‘{found.nearest}’?" in wording.message(found, "nl")
    column = {"Status": "status", "Oordeel": "judgement", "Periode": "period_last"}[heading]
    assert programme.activities[column].isna().all()
    # what is suggested can be typed
    again = with_cell("Activiteiten", heading, found.nearest)
    assert code not in [one.code for one in again.findings]


@pytest.mark.parametrize(
    ("old", "new"), [("Periode", "Planning"), ("Status", "Statuss"), ("Trekker", "Eigenaar")]
)
def test_a_heading_under_another_name_is_named_with_its_cell(old: str, new: str) -> None:
    row = ACTIVITY | {"Status": "Loopt", "Trekker": "DC Terra"}
    renamed = {new if heading == old else heading: value for heading, value in row.items()}
    try:
        found: tuple[Finding, ...] = read(small(Activiteiten=[renamed])).findings
    except WorkbookError as error:  # a required heading: the file cannot be used
        found = error.findings
    place = list(renamed).index(new)
    told = [one for one in found if one.cell == f"{'ABCDEFGH'[place]}1"]
    assert any(new in (one.value, one.nearest) for one in told)
    assert any(old in wording.message(one, "nl") for one in told)


def test_no_finding_has_a_date_as_a_machine_writes_it() -> None:
    programme = with_cell("Activiteiten", "Periode", dt.datetime(2025, 4, 1))
    assert "de maand april 2025" in wording.message(finding(programme, "period_from_date"), "nl")
