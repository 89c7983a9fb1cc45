"""What a finding says is true for its column and its cause: each sentence is read against what the
program then does.
"""

import ast
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aaa import metrics
from aaa.values.finding import UNUSED, WEIGHTS, Finding, Severity, WorkbookError
from aaa.words import texts, wording
from aaa.workbook import schema, validation
from aaa.workbook.programme import Programme, from_bytes
from aaa.workbook.schema import Kind
from tests.support import code
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
        "Resultaten": {"Jaar": 2024, "Titel": "Gedaan", "Thema": "Groen"},
        "Communicatie": {"Soort": "Visie", "Titel": "Zo", "Omschrijving": "Wat"},
        "Internationaal": {"Spoor": "Spoor", "Omschrijving": "Wat"},
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
    facts = {f"programme.{fact.name.lower()}" for fact in schema.Fact}
    assert told - {"value", "partner"} <= columns | facts


# Rows that stand below those of the small programme: what one of them lacks is a cell, no sheet.
BELOW: dict[str, dict[str, Any]] = {
    "Programma": {"Gegeven": "Soort", "Waarde": "Voorbeeld"},
    "Themas": {"Thema": "Nieuw", "Omschrijving": "Wat", "Volgorde": 3},
    "Partners": {"Partner": "Nieuw", "Soort": "Zorg"},
    "Kostenraming": SMALL["Kostenraming"][0] | {"Kostenpost": "Andere"},
    "Ambities": {"Nr": "2", "Ambitie": "Banen", "Eenheid": "banen", "Doel": 5},
}
# What a sentence says of a cell that must be filled and is not, where MEANS has no such column.
EMPTY: dict[tuple[str, str], tuple[str, Callable[[Programme], Any]]] = {
    ("Programma", "Gegeven"): (
        "Wat in deze rij staat, wordt daardoor niet gelezen",
        lambda p: p.sort is None,
    ),
    ("Themas", "Thema"): ("telt daardoor niet als thema", lambda p: len(p.themes) == 2),
    ("Activiteiten", "Nr"): (
        "overal zonder nummer",
        lambda p: judged(p)["nr"].isna().tolist() == [True],
    ),
    ("Activiteiten", "Activiteit"): (
        "heet daardoor naar haar onderdeel",
        lambda p: metrics.rows.activities(replace(p, activities=judged(p)))[0].name == "1.1 Campus",
    ),
    ("Partners", "Partner"): ("telt daardoor niet als partner", lambda p: len(p.partners) == 2),
    ("Kostenraming", "Kostenpost"): (
        "heet daardoor naar zijn rij",
        lambda p: (
            budget_of(p)["line"].tolist()[-1] == "rij 3"
            and metrics.budget.estimate(p.costs).amount == 200
        ),
    ),
    ("Ambities", "Ambitie"): (
        "telt daardoor niet als ambitie",
        lambda p: len(metrics.rows.ambitions(p.ambitions)) == 1,
    ),
    ("Overleg", "Datum"): (
        "staat daardoor in geen kalender",
        lambda p: p.meetings["date"].isna().tolist() == [True],
    ),
    ("Besluiten", "Datum"): (
        "Wanneer dit is afgesproken, is daardoor onbekend",
        lambda p: open_ones(p)["date"].isna().tolist() == [True],
    ),
    ("Besluiten", "Soort"): (
        "Of dit een besluit of een actie is, is daardoor onbekend",
        lambda p: open_ones(p)["kind"].isna().tolist() == [True],
    ),
    ("Resultaten", "Jaar"): (
        "bij een onbekend jaar",
        lambda p: p.results["year"].isna().tolist() == [True],
    ),
    ("Communicatie", "Soort"): (
        "bij een onbekende soort",
        lambda p: p.communication["kind"].isna().tolist() == [True],
    ),
}
FILLED = [(sheet, column) for sheet in schema.SHEETS for column in sheet.columns if column.filled]


def open_ones(programme: Programme) -> Any:
    return metrics.decisions.open_ones(programme.decisions, programme.as_of)


@pytest.mark.parametrize(("sheet", "column"), FILLED)
def test_what_it_means_that_a_cell_is_empty_is_what_happens(
    sheet: schema.Sheet, column: schema.Column
) -> None:
    row = BELOW.get(sheet.title)
    if row is None:
        programme = with_cell(sheet.title, column.heading, None)
    else:
        rows = [*SMALL[sheet.title], row | {column.heading: None}]
        programme = read(small(**{sheet.title: rows}))
    found = [one for one in programme.findings if one.code in UNUSED]
    if not found:  # of a column of amounts without a single one, the column is told, not the cell
        assert column.kind is Kind.AMOUNT
        found = [finding(programme, "column_unfilled")]
        said, happens = "die bedragen zijn onbekend", None
    else:
        place = (sheet.title, column.heading)
        said, happens = (MEANS | EMPTY).get(place, ("De waarde is daardoor onbekend.", None))
    (message,) = (wording.message(one, "nl") for one in found)
    if "telt daardoor n" in message or "op geen trede" in message:  # the row counts nowhere
        assert found[0].severity is Severity.ERROR
    assert message.startswith((f"‘{column.heading}’ is hier leeg.", "In ‘"))
    assert said in message
    rows_now = getattr(programme, sheet.name, None)
    assert happens(programme) if happens else rows_now[column.name].isna().iloc[-1]


def quarters(programme: Programme) -> Any:
    return metrics.activities.running(judged(programme), programme.year)["agreed"].sum()


def paid(programme: Programme) -> Any:
    return against(programme)["paid"].sum()


def ladder(programme: Programme) -> Any:
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    return rungs.dropna(subset="value")[["ambition", "rung", "value"]].to_numpy().tolist()


BOOKED = {
    "Datum": "1-3-2025",
    "Kostenpost": "Capaciteit",
    "Financier": "Gemeente",
    "Soort": "Betaald",
    "Bedrag": 5,
}
COMMITTED = {
    "Kostenpost": "Capaciteit",
    "Financier": "Gemeente",
    "Bedrag": 5,
    "Zekerheid": "Toegezegd",
}
MEASURED = {"Ambitie": "Woningen", "Trede": "Gereed", "Peildatum": "1-3-2025", "Waarde": 3}
RUNS = ACTIVITY | {"Status": "Loopt"}
AMBITION = SMALL["Ambities"][0]
COST = SMALL["Kostenraming"][0]
# What a rule says of cells that contradict each other, and that the program does so.
RULED: dict[str, tuple[dict[str, Any], str, Callable[[Programme], Any]]] = {
    "nr_doubled.activities": (
        {"Activiteiten": [RUNS, RUNS | {"Activiteit": "Anders"}]},
        "Beide activiteiten tellen mee",
        lambda p: len(judged(p)) == 2 and p.activities["ref"].is_unique,
    ),
    "nr_doubled.ambitions": (
        {"Ambities": [AMBITION, AMBITION | {"Ambitie": "Banen"}]},
        "Beide ambities tellen mee",
        lambda p: len(metrics.rows.ambitions(p.ambitions)) == 2,
    ),
    "name_doubled.themes": (
        {
            "Themas": [{"Thema": "Groen"}, {"Thema": "groen"}],
            "Activiteiten": [RUNS | {"Thema": "Groen"}, RUNS | {"Nr": "2", "Thema": "groen"}],
        },
        "activiteiten van beide staan bij dat ene thema",
        lambda p: metrics.activities.by_theme(judged(p), p.themes)["activities"].tolist() == [2],
    ),
    "name_doubled.partners": (
        {"Partners": [*SMALL["Partners"], {"Partner": "dc terra"}]},
        "Alleen die rij telt; de naam is één partner",
        lambda p: p.partners["partner"].tolist() == ["DC Terra", "Zorg & Innovatie"],
    ),
    "name_doubled.costs": (
        {"Kostenraming": [COST, COST], "Uitgaven": [BOOKED]},
        "Beide bedragen tellen in de raming; wat erop geboekt of toegezegd is, staat bij de eerste",
        lambda p: (
            metrics.budget.estimate(p.costs).amount == 200
            and budget_of(p)["paid"].fillna(0).tolist() == [5, 0]
        ),
    ),
    "name_doubled.ambitions": (
        {
            "Ambities": [AMBITION, AMBITION | {"Nr": "2", "Ambitie": "woningen"}],
            "Metingen": [MEASURED, MEASURED | {"Ambitie": "woningen", "Trede": "Vergund"}],
        },
        "metingen van beide staan bij die ene ambitie",
        lambda p: ladder(p) == [["Woningen", "Gereed", 3], ["Woningen", "Vergund", 3]],
    ),
    "alias_clash.name": (
        {
            "Partners": [*SMALL["Partners"], {"Partner": "Nieuw", "Ook bekend als": "dc terra"}],
            "Activiteiten": [RUNS | {"Partners": "dc terra"}],
        },
        "‘dc terra’ is de naam van een andere partner, en telt als die partner",
        lambda p: p.activities["partners"].tolist() == [("DC Terra",)],
    ),
    "alias_clash.alias": (
        {
            "Partners": [*SMALL["Partners"], {"Partner": "Nieuw", "Ook bekend als": "Terra"}],
            "Activiteiten": [RUNS | {"Partners": "Terra"}],
        },
        "hoort al bij ‘DC Terra’, en telt als die partner",
        lambda p: p.activities["partners"].tolist() == [("DC Terra",)],
    ),
    "partner_kind_unknown": (
        {"Partners": [*SMALL["Partners"], {"Partner": "Nieuw", "Soort": "Club"}]},
        "Zij wordt getoond zoals zij er staat",
        lambda p: wording.kind(p.partners["kind"].tolist()[-1], "nl") == "Club",
    ),
    "row_total_differs": (
        {"Kostenraming": [COST | {"Totaal": 90}]},
        "De raming telt €\N{NO-BREAK SPACE}90, de dekking €\N{NO-BREAK SPACE}100",
        lambda p: (
            (
                metrics.budget.estimate(p.costs).amount,
                metrics.budget.covered(p.costs).amount,
            )
            == (90, 100)
        ),
    ),
    "column_total_differs": (
        {"Kostenraming": [COST, COST | {"Kostenpost": "Totaal", "Totaal": 95}]},
        "Het dashboard telt de rijen",
        lambda p: metrics.budget.estimate(p.costs).amount == 100,
    ),
    "finished_date_without_status": (
        {"Activiteiten": [RUNS | {"Afgerond op": "1-3-2025"}]},
        "De activiteit telt als niet afgerond",
        lambda p: judged(p)["state"].tolist() == ["loopt"],
    ),
    "finished_in_future": (
        {"Activiteiten": [RUNS | {"Status": "Afgerond", "Afgerond op": "1-9-2025"}]},
        "De status telt zoals hij er staat",
        lambda p: judged(p)["state"].tolist() == ["afgerond"],
    ),
    "progress_full_not_finished": (
        {"Activiteiten": [RUNS | {"Voortgang": "100%"}]},
        "De activiteit telt als niet afgerond",
        lambda p: judged(p)["late"].tolist() == [True],
    ),
    "note_missing": (
        {"Activiteiten": [RUNS | {"Oordeel": "Rood"}]},
        "Het oordeel telt, maar nergens staat waarom",
        lambda p: judged(p)["reason"].tolist() == [metrics.activities.Reason.RED],
    ),
    "forecast_before_year": (
        {"Activiteiten": [RUNS | {"Prognose": "Q3 2024"}]},
        "Zij telt zoals zij er staat",
        lambda p: judged(p)["slip"].tolist() == [-3],
    ),
    "period_outside_year": (
        {"Activiteiten": [RUNS | {"Periode": "Q3 2026", "Prognose": "Q3"}]},
        "telt daardoor in geen kwartaal als afgesproken",
        lambda p: quarters(p) == 0,
    ),
    "activity_unknown": (
        {"Uitgaven": [BOOKED | {"Activiteit": "9.9"}]},
        "De boeking telt mee",
        lambda p: paid(p) == 5,
    ),
    "spending_above_estimate": (
        {"Uitgaven": [BOOKED | {"Bedrag": 70}]},
        "70 geboekt als Betaald, meer dan de raming van",
        lambda p: paid(p) == 70,
    ),
    "commitment_above_estimate": (
        {"Toezeggingen": [COMMITTED | {"Bedrag": 70}]},
        "70 vastgelegd, meer dan de raming van",
        lambda p: budget_of(p)["committed"].tolist() == [70],
    ),
    "measurement_after_reference": (
        {"Metingen": [MEASURED | {"Peildatum": "1-9-2025"}]},
        "Zij telt wel mee",
        lambda p: ladder(p) == [["Woningen", "Gereed", 3]],
    ),
    "rung_of_other_ambition": (
        {"Metingen": [MEASURED | {"Trede": "Banen"}]},
        "Zij staat daar nu als trede bij",
        lambda p: ladder(p) == [["Woningen", "Banen", 3]],
    ),
    "row_repeated.spending": (
        {"Uitgaven": [BOOKED, BOOKED]},
        "het bedrag telt nu twee keer",
        lambda p: paid(p) == 10,
    ),
    "row_repeated.commitments": (
        {"Toezeggingen": [COMMITTED, COMMITTED]},
        "het bedrag telt nu twee keer",
        lambda p: budget_of(p)["committed"].tolist() == [10],
    ),
    "row_repeated.measurements": (
        {"Metingen": [MEASURED, MEASURED]},
        "de stand verandert er niet door",
        lambda p: ladder(p) == [["Woningen", "Gereed", 3]],
    ),
}


@pytest.mark.parametrize("rule", RULED)
def test_what_a_rule_says_is_what_happens(rule: str) -> None:
    sheets, said, happens = RULED[rule]
    programme = read(small(**sheets))
    found = finding(programme, rule.split(".", maxsplit=1)[0])
    assert found.facts.get("cause", "") == rule.partition(".")[2]
    assert said in wording.message(found, "nl")
    assert happens(programme)


def test_every_rule_is_read_against_what_happens() -> None:
    texts_of_rules = {
        node.value
        for node in code.nodes(Path(validation.__file__))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    dates = {"fact_missing", "as_of_unlikely", "date_unreadable"}  # tested with the reference date
    assert (texts_of_rules & set(WEIGHTS)) - dates == {rule.split(".")[0] for rule in RULED}


@pytest.mark.parametrize("typed", ["30 sept", "31-2-2025", "binnenkort"])
def test_a_reference_date_that_cannot_be_read_has_one_finding_with_the_newest_date(
    typed: str,
) -> None:
    facts = [one | ({"Waarde": typed} if one["Gegeven"] == "Peildatum" else {})
             for one in SMALL["Programma"]]  # fmt: skip
    programme = read(small(Programma=facts, Uitgaven=[BOOKED]))
    (found,) = (one for one in programme.findings if one.sheet == "Programma")
    words = wording.message(found, "nl")
    assert "Welke activiteiten te laat zijn" in words
    assert words.endswith("De nieuwste datum in de werkmap is 1 maart 2025.")
    assert programme.as_of is None


def test_a_year_that_cannot_be_read_says_which_is_taken() -> None:
    facts = [one | ({"Waarde": "dit jaar"} if one["Gegeven"] == "Jaar" else {})
             for one in SMALL["Programma"]]  # fmt: skip
    programme = read(small(Programma=facts))
    found = finding(programme, "year_unreadable")
    assert "Zolang dat zo is, wordt 2025 aangehouden." in wording.message(found, "nl")
    assert programme.year == 2025


def test_nothing_follows_from_a_year_that_is_guessed() -> None:
    facts = [one | ({"Waarde": "2025/2026"} if one["Gegeven"] == "Jaar" else {})
             for one in SMALL["Programma"]]  # fmt: skip
    data = small(Programma=facts, Activiteiten=[ACTIVITY | {"Periode": "maart 2025"}])
    codes = [one.code for one in from_bytes(data, 2026).findings if one.code != "sheet_absent"]
    assert codes == ["year_unreadable"]


def test_a_misspelt_fact_says_what_does_not_count() -> None:
    facts = [*SMALL["Programma"], {"Gegeven": "Sort", "Waarde": "Voorbeeld"}]
    programme = read(small(Programma=facts))
    words = wording.message(finding(programme, "fact_misspelt"), "nl")
    assert "wat ernaast staat, telt daardoor niet" in words
    assert "Er komt geen banner" in words
    assert words.endswith("Bedoelde u ‘Soort’?")
    assert not programme.is_example


def test_an_ambition_that_stands_twice_has_one_finding() -> None:
    twice = [AMBITION, AMBITION | {"Eenheid": "banen"}]
    programme = read(small(Ambities=twice, Metingen=[MEASURED]))
    found = [one.code for one in programme.findings if one.code != "sheet_absent"]
    assert found == ["name_doubled"]


def test_a_period_that_was_a_date_is_shown_in_words() -> None:
    programme = with_cell("Activiteiten", "Periode", dt.datetime(2025, 4, 1))
    assert programme.activities["period"].tolist() == ["april 2025"]


def test_numbers_stand_as_the_reader_writes_them() -> None:
    wrong = with_cell("Activiteiten", "Voortgang", -0.2)
    said = finding(wrong, "share_unreadable")
    assert "‘-0,2’ is geen percentage" in wording.message(said, "nl")
    assert "‘-0.2’" in wording.message(said, "en")
    bare = finding(with_cell("Activiteiten", "Voortgang", 40), "share_bare")
    assert "‘40’ is gelezen als 40%" in wording.message(bare, "nl")
