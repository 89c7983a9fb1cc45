"""What a finding says is true for its column and its cause: each sentence is read against what the
program then does.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from aaa import metrics
from aaa.values.finding import UNUSED, Finding, WorkbookError
from aaa.words import texts, wording
from aaa.workbook import schema
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Kind
from tests.support.books import ACTIVITY, SMALL, finding, read, small


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
        "Kostenraming": dict(SMALL["Kostenraming"][0]),
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


def judged(programme: Programme) -> Any:
    return metrics.activities.judged(programme.activities, programme.as_of)


def budget_of(programme: Programme) -> Any:
    return metrics.budget.by_line(programme.costs, programme.commitments, programme.spending)


def against(programme: Programme) -> Any:
    return metrics.budget.spending_against_estimate(programme.costs, programme.spending)


def certain(programme: Programme) -> Any:
    return metrics.budget.certainty(programme.costs, programme.commitments)


def on_no_rung(programme: Programme) -> bool:
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    return metrics.ambitions.uncounted(programme.measurements) == 1 and rungs["value"].isna().all()


# What a sentence says of a value that is not used, and that the program does so.
MEANS: dict[tuple[str, str], tuple[str, Callable[[Programme], Any]]] = {
    ("Activiteiten", "Thema"): (
        "De activiteit staat daardoor bij ‘Onbekend thema’",
        lambda p: p.activities["theme"].isna().all(),
    ),
    ("Activiteiten", "Trekker"): (
        "De naam telt mee zoals hij er staat",
        lambda p: metrics.partners.by_code(p, "paars") is not None,
    ),
    ("Activiteiten", "Ambities"): (
        "Deze naam telt daardoor bij geen ambitie mee",
        lambda p: metrics.ambitions.contributing(p.activities, "Woningen").empty,
    ),
    ("Activiteiten", "Status"): (
        "De activiteit staat daardoor als niet gerapporteerd",
        lambda p: judged(p)["state"].tolist() == ["niet-gerapporteerd"],
    ),
    ("Activiteiten", "Oordeel"): (
        "De activiteit heeft daardoor geen oordeel",
        lambda p: p.activities["judgement"].isna().all(),
    ),
    ("Activiteiten", "Voortgang"): (
        "Hoe ver de activiteit is, is daardoor onbekend",
        lambda p: p.activities["progress"].isna().all(),
    ),
    ("Kostenraming", "Totaal"): (
        "Dit bedrag ontbreekt daardoor in het totaal",
        lambda p: metrics.budget.estimate(p.costs).unknown == 1,
    ),
    ("Kostenraming", "Dekking gemeente"): (
        "Dit bedrag ontbreekt daardoor bij de gemeente",
        lambda p: metrics.budget.by_funder(p.costs)["unknown"].tolist() == [1, 0],
    ),
    ("Kostenraming", "Dekking partners"): (
        "Dit bedrag ontbreekt daardoor bij de partners",
        lambda p: metrics.budget.by_funder(p.costs)["unknown"].tolist() == [0, 1],
    ),
    ("Toezeggingen", "Kostenpost"): (
        "De toezegging staat daardoor bij een onbekende kostenpost",
        lambda p: budget_of(p).set_index("line")["committed"].get(None) == 5,
    ),
    ("Toezeggingen", "Financier"): (
        "De toezegging staat daardoor bij een onbekende financier",
        lambda p: certain(p)[certain(p)["funder"].isna()]["amount"].sum() == 5,
    ),
    ("Toezeggingen", "Bedrag"): (
        "De toezegging telt daardoor nergens mee",
        lambda p: budget_of(p)["committed"].isna().all(),
    ),
    ("Toezeggingen", "Zekerheid"): (
        "De toezegging telt daardoor nergens mee",
        lambda p: budget_of(p)["committed"].isna().all(),
    ),
    ("Toezeggingen", "Partner"): (
        "De naam telt mee zoals hij er staat",
        lambda p: p.commitments["partner"].tolist() == ["paars"],
    ),
    ("Uitgaven", "Kostenpost"): (
        "De boeking staat daardoor bij een onbekende kostenpost",
        lambda p: against(p)[against(p)["line"].isna()]["paid"].sum() == 5,
    ),
    ("Uitgaven", "Financier"): (
        "De boeking staat daardoor bij een onbekende financier",
        lambda p: against(p)[against(p)["funder"].isna()]["paid"].sum() == 5,
    ),
    ("Uitgaven", "Soort"): (
        "De boeking telt daardoor nergens mee",
        lambda p: against(p)[["paid", "obliged"]].isna().all(axis=None),
    ),
    ("Uitgaven", "Bedrag"): (
        "De boeking telt daardoor nergens mee",
        lambda p: against(p)[["paid", "obliged"]].isna().all(axis=None),
    ),
    ("Uitgaven", "Datum"): (
        "De boeking staat daardoor niet in de lijn van het jaar",
        lambda p: metrics.budget.payments(p.spending).empty,
    ),
    ("Metingen", "Ambitie"): ("De meting staat daardoor op geen trede", on_no_rung),
    ("Metingen", "Trede"): ("De meting staat daardoor op geen trede", on_no_rung),
    ("Metingen", "Peildatum"): ("De meting staat daardoor op geen trede", on_no_rung),
    ("Metingen", "Waarde"): ("De meting staat daardoor op geen trede", on_no_rung),
    ("Overleg", "Agenda"): (
        "Dit woord komt daardoor niet op de agenda",
        lambda p: p.meetings["agenda"].tolist() == [()],
    ),
    ("Besluiten", "Gereed voor"): (
        "Of dit te laat is, is daardoor onbekend",
        lambda p: not metrics.decisions.open_ones(p.decisions, p.as_of)["overdue"].any(),
    ),
}


@pytest.mark.parametrize(("sheet", "heading"), MEANS)
def test_what_it_means_that_a_value_is_not_used_is_what_happens(sheet: str, heading: str) -> None:
    said, happens = MEANS[sheet, heading]
    programme = with_cell(sheet, heading, "paars")
    found = [one for one in programme.findings if one.code in UNUSED]
    assert [said in wording.message(one, "nl") for one in found] == [True]
    assert happens(programme)


def test_every_sentence_belongs_to_a_column_that_there_is() -> None:
    columns = {f"{s.name}.{c.name}" for s in schema.SHEETS for c in s.columns}
    told = {key.removeprefix("means.") for key in texts.keys("nl") if key.startswith("means.")}
    assert told - {"value", "partner"} <= columns
