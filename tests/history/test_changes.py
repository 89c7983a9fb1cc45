import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from aaa import metrics
from aaa.figures import changes as figures
from aaa.history import changes, events, sentences
from aaa.history.changes import Group, Kind
from aaa.words.texts import LANGUAGES
from aaa.workbook.programme import Programme
from tests.support import libreoffice
from tests.support.books import ACTIVITY, SHIPPED, SMALL, example, read, small
from tests.support.effort import COSTLY

LINE = SMALL["Kostenraming"][0]
BOOKING = {
    "Datum": "1-3-2025",
    "Kostenpost": "Capaciteit",
    "Financier": "Gemeente",
    "Soort": "Betaald",
    "Bedrag": 10,
    "Omschrijving": "huur",
}
COMMITMENT = {
    "Kostenpost": "Capaciteit",
    "Financier": "Partners",
    "Bedrag": 40,
    "Zekerheid": "Verwacht",
    "Partner": "DC Terra",
}
MEASURED = {"Ambitie": "Woningen", "Trede": "Gereed", "Peildatum": "1-7-2025", "Waarde": 410}
ACTION = {
    "Datum": "19-6-2025",
    "Soort": "Actie",
    "Tekst": "Plek zoeken.",
    "Eigenaar": "DC Terra",
    "Gereed voor": "1-9-2025",
    "Status": "Open",
}


def activity(**changed: Any) -> Programme:
    return read(small(Activiteiten=[ACTIVITY | changed]))


def rows(*many: dict[str, Any]) -> Programme:
    return read(small(Activiteiten=[ACTIVITY | row for row in many]))


def said(before: Programme, after: Programme, lang: str = "nl") -> list[str]:
    return [
        sentences.event(event, lang).replace("\u00a0", " ")
        for event in events.between(before, after, lang)
    ]


def test_the_same_version_has_no_changes() -> None:
    assert changes.compare(read(example()), read(example())) == ()


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({}, {"Status": "Afgerond"}, "1.1 Bouwen is afgerond"),
        (
            {},
            {"Status": "Afgerond", "Afgerond op": "14-3-2025"},
            "1.1 Bouwen is afgerond op 14 maart 2025",
        ),
        ({}, {"Status": "Vervallen"}, "1.1 Bouwen is vervallen"),
        ({}, {"Status": "Loopt"}, "1.1 Bouwen: status van niet gerapporteerd naar loopt"),
        ({"Voortgang": "40%"}, {"Voortgang": "60%"}, "1.1 Bouwen: voortgang van 40% naar 60%"),
        ({"Prognose": None}, {"Prognose": "Q4"}, "1.1 Bouwen schuift van Q2 naar Q4, +2 kwartalen"),
        ({"Prognose": "Q4"}, {"Prognose": "Q3"}, "1.1 Bouwen schuift van Q4 naar Q3, −1 kwartaal"),
        ({"Prognose": "Q4"}, {"Prognose": None}, "1.1 Bouwen schuift van Q4 naar Q2, −2 kwartalen"),
        (
            {},
            {"Periode": "Q2/Q3"},
            "1.1 Bouwen: afgesproken periode van Q2 naar Q2/Q3, +1 kwartaal",
        ),
        ({}, {"Periode": "mei-juni"}, "1.1 Bouwen: afgesproken periode van Q2 naar mei-juni"),
        ({}, {"Periode": "ntb"}, "1.1 Bouwen: afgesproken periode van Q2 naar ntb"),
        ({"Periode": "ooit"}, {"Periode": "later"}, "1.1 Bouwen: periode aangepast"),
        ({}, {"Prognose": "Q2"}, "1.1 Bouwen: prognose aangepast"),
        (
            {"Trekker": "DC Terra"},
            {"Trekker": "Zorg & Innovatie"},
            "1.1 Bouwen: trekker van DC Terra naar Zorg & Innovatie",
        ),
        ({}, {"Partners": "DC Terra"}, "1.1 Bouwen: erbij DC Terra"),
        (
            {"Partners": "DC Terra"},
            {"Partners": "Zorg & Innovatie"},
            "1.1 Bouwen: erbij Zorg & Innovatie; eraf DC Terra",
        ),
        ({"Oordeel": "Groen"}, {"Oordeel": "Rood"}, "1.1 Bouwen: oordeel van groen naar rood"),
        (
            {"Oordeel": "Groen"},
            {"Oordeel": "Rood", "Stand van zaken": "geen\nplek"},
            "1.1 Bouwen: oordeel van groen naar rood. Reden: geen plek",
        ),
        (
            {"Oordeel": "Groen", "Stand van zaken": "x"},
            {"Oordeel": "Rood", "Stand van zaken": "x"},
            "1.1 Bouwen: oordeel van groen naar rood. Stand van zaken: x",
        ),
        (
            {"Oordeel": "Rood", "Stand van zaken": "x"},
            {"Oordeel": "Groen", "Stand van zaken": "x"},
            "1.1 Bouwen: oordeel van rood naar groen",
        ),
        ({}, {"Activiteit": "Slopen"}, "1.1 Slopen heette Bouwen"),
        ({}, {"Nr": "9.9"}, "9.9 Bouwen had nummer 1.1"),
        (
            {},
            {"Stand van zaken": "Het gaat goed"},
            "1.1 Bouwen, nieuwe stand van zaken: Het gaat goed",
        ),
        (
            {"Stand van zaken": "Goed"},
            {"Stand van zaken": None},
            "1.1 Bouwen: de stand van zaken is weggehaald",
        ),
        (
            {},
            {"Omschrijving": "Iets", "Thema": "Groen"},
            "1.1 Bouwen: thema en omschrijving aangepast",
        ),
        ({}, {"Omschrijving (EN)": "Thing"}, "1.1 Bouwen: omschrijving (EN) aangepast"),
    ],
)
def test_one_change_is_one_sentence(
    before: dict[str, Any], after: dict[str, Any], sentence: str
) -> None:
    assert said(activity(**before), activity(**after)) == [sentence]


def test_in_english_a_name_that_stayed_is_no_new_name() -> None:
    before, after = (
        activity(**{"Activiteit (EN)": "Building"}),
        activity(**{"Activiteit": "Slopen", "Activiteit (EN)": "Building"}),
    )
    assert said(before, after, "en") == ["1.1 Building: activity changed"]
    assert said(
        before, activity(**{"Activiteit": "Slopen", "Activiteit (EN)": "Razing"}), "en"
    ) == ["1.1 Razing was called Building"]


def test_a_period_in_other_words_is_no_change() -> None:
    assert said(activity(Periode="Q2/Q3"), activity(Periode="april-september")) == []
    assert said(activity(Prognose="Q2-3"), activity(Prognose="Q2/Q3")) == []


def test_two_moves_each_have_their_own_shift() -> None:
    found = said(
        activity(Periode="Q1", Prognose="Q3"), activity(Periode="Q4", Prognose="Q4 2025-Q1 2026")
    )
    assert found == [
        "1.1 Bouwen: afgesproken periode van Q1 naar Q4, +3 kwartalen;"
        " verwacht einde van Q3 naar Q4 2025-Q1 2026, +2 kwartalen"
    ]


FINISHED = {"Status": "Afgerond", "Afgerond op": "8-10-2025", "Voortgang": "100%", "Oordeel": None}


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            {"Status": "Loopt", "Voortgang": "80%", "Oordeel": "Groen", "Prognose": "Q4"},
            FINISHED,
            "1.1 Bouwen is afgerond op 8 oktober 2025",
        ),
        (
            {"Status": "Loopt"},
            {"Status": "Afgerond", "Stand van zaken": "De sleutel is overhandigd."},
            "1.1 Bouwen is afgerond; stand van zaken: De sleutel is overhandigd.",
        ),
        (
            {"Status": "Loopt", "Oordeel": "Oranje"},
            {"Status": "Vervallen", "Stand van zaken": "Een andere stad is voorgedragen."},
            "1.1 Bouwen is vervallen. Reden: Een andere stad is voorgedragen",
        ),
        (
            {"Oordeel": "Oranje", "Prognose": "Q3", "Trekker": None},
            {"Oordeel": "Rood", "Prognose": "Q1 2026", "Trekker": "DC Terra"},
            "1.1 Bouwen: oordeel van oranje naar rood; verwacht einde van Q3 naar Q1 2026,"
            " +2 kwartalen; trekker van nog niet genoemd naar DC Terra",
        ),
        (
            {"Status": "Niet gestart", "Voortgang": "0%"},
            {"Status": "Loopt", "Voortgang": "30%"},
            "1.1 Bouwen: status van niet gestart naar loopt; voortgang van 0% naar 30%",
        ),
    ],
)
def test_what_happens_to_an_activity_is_one_sentence(
    before: dict[str, Any], after: dict[str, Any], sentence: str
) -> None:
    assert said(activity(**before), activity(**after)) == [sentence]


def test_money_that_becomes_surer_is_one_event_with_its_sum() -> None:
    before, after = (
        read(small(Toezeggingen=[COMMITMENT | {"Bedrag": 60_000, "Zekerheid": word, "Datum": day}]))
        for word, day in (("Verwacht", "1-3-2025"), ("Toegezegd", "20-10-2025"))
    )
    (event,) = events.between(before, after)
    assert (
        sentences.event(event, "nl")
        .replace("\u00a0", " ")
        .startswith(
            "€ 60.000 partners voor Capaciteit (DC Terra) ging van verwacht naar toegezegd; datum"
        )
    )
    single = events.euros([event])
    words = sentences.sums(Group.COMMITMENTS, single, "nl").replace("\u00a0", " ")
    assert words == "+ € 60.000 toegezegd, − € 60.000 verwacht"


def test_a_new_measurement_says_what_it_was_and_how_far_the_target_is() -> None:
    first = MEASURED | {"Waarde": 410}
    before, after = (
        read(small(Metingen=rows))
        for rows in ([first], [first, MEASURED | {"Peildatum": "1-10-2025", "Waarde": 455}])
    )
    assert said(before, after) == [
        "Woningen: 455 gereed op 1 oktober 2025; +45 sinds 1 juli 2025 (was 410); nog 545 tot 1.000"
    ]


def test_the_heaviest_comes_first_and_the_title_says_it() -> None:
    rows = [
        ACTIVITY | {"Nr": f"1.{n}", "Activiteit": f"Werk {n}", "Status": "Loopt"}
        for n in range(1, 6)
    ]
    later = [
        rows[0] | {"Status": "Afgerond"},
        rows[1] | {"Prognose": "Q3"},
        rows[2] | {"Oordeel": "Oranje"},
        rows[3] | {"Oordeel": "Rood"},
        rows[4] | {"Prognose": "Q1 2026"},
    ]
    asked = ACTION | {"Soort": "Besluit", "Tekst": "Kies een plek"}
    found = events.between(
        read(small(Activiteiten=rows)), read(small(Activiteiten=later, Besluiten=[asked]))
    )
    assert [one.told.nr or one.told.name for one in found] == [
        "Kies een plek", "1.4", "1.3", "1.5", "1.2", "1.1"
    ]  # fmt: skip
    assert figures.title(found, "juni", "nl") == (
        "Sinds juni: 1 besluit gevraagd, 1 activiteit naar rood, 1 afgerond"
    )


def test_an_activity_that_came_and_went() -> None:
    two = rows({}, {"Nr": "1.2", "Activiteit": "Verven"})
    assert said(activity(), two) == ["Nieuw: 1.2 Verven (Q2)"]
    assert said(two, activity()) == ["1.2 Verven staat niet meer op Activiteiten"]


def test_a_row_put_in_between_renumbers_the_rest() -> None:
    before = rows(
        {"Activiteit": "Aa"}, {"Nr": "1.2", "Activiteit": "Bb"}, {"Nr": "1.3", "Activiteit": "Cc"}
    )
    after = rows(
        {"Activiteit": "Aa"},
        {"Nr": "1.2", "Activiteit": "Nieuw ding"},
        {"Nr": "1.3", "Activiteit": "Bb"},
        {"Nr": "1.4", "Activiteit": "Cc"},
    )
    assert said(before, after) == [
        "Nieuw: 1.2 Nieuw ding (Q2)",
        "1.3 Bb had nummer 1.2",
        "1.4 Cc had nummer 1.3",
    ]


def test_a_row_typed_anew_is_the_same_row() -> None:
    before = activity(Activiteit="Vestiging van de veiligheidscampus")
    after = activity(Nr="5.1", Activiteit="Vestiging veiligheidscampus")
    assert said(before, after) == [
        "5.1 Vestiging veiligheidscampus heette Vestiging van de veiligheidscampus; had nummer 1.1"
    ]
    assert said(before, activity(Nr="5.1", Activiteit="Iets heel anders")) == [
        "1.1 Vestiging van de veiligheidscampus staat niet meer op Activiteiten",
        "Nieuw: 5.1 Iets heel anders (Q2)",
    ]


def test_a_version_is_the_same_as_itself_whatever_is_missing_in_it() -> None:
    nothing = {"Datum": None, "Soort": None, "Tekst": None, "Overleg": "x"}
    odd = read(
        small(
            Besluiten=[nothing, nothing],
            Uitgaven=[
                {
                    "Datum": "ooit",
                    "Kostenpost": None,
                    "Financier": None,
                    "Soort": None,
                    "Bedrag": "PM",
                }
            ],
        )
    )
    assert said(odd, odd) == []


def test_order_on_the_sheet_is_no_change() -> None:
    many: list[dict[str, Any]] = [ACTIVITY, ACTIVITY | {"Nr": "1.2"}, ACTIVITY | {"Nr": None}]
    assert said(read(small(Activiteiten=many)), read(small(Activiteiten=many[::-1]))) == []


def test_money_in_euros() -> None:
    more = read(small(Kostenraming=[LINE | {"Totaal": 150, "Dekking gemeente": 110}]))
    assert said(read(small()), more) == [
        "Capaciteit: + € 50 gemeente (van € 60 naar € 110), + € 50 totaal (van € 100 naar € 150)"
    ]
    unknown = read(small(Kostenraming=[LINE | {"Totaal": "PM"}]))
    assert said(read(small()), unknown) == ["Capaciteit: totaal van € 100 naar onbekend"]
    line = {"Kostenpost": "Zaal", "Totaal": 20, "Dekking gemeente": 20, "Dekking partners": 0}
    assert said(read(small()), read(small(Kostenraming=[LINE, line]))) == [
        "Nieuw op Kostenraming: Zaal (+ € 20)"
    ]
    assert said(read(small()), read(small(Kostenraming=[line]))) == [
        "Nieuw op Kostenraming: Zaal (+ € 20)",
        "Capaciteit staat niet meer op Kostenraming (− € 100)",
    ]
    assert said(
        read(small()), read(small(Kostenraming=[LINE | {"Kostenpost": "Uren van mensen"}]))
    ) == ["Uren van mensen heette Capaciteit"]


MONEY = st.lists(
    st.fixed_dictionaries(
        {
            "Kostenpost": st.sampled_from(
                ["Capaciteit", "Capaciteiten", "Zaal", "Drukwerk", "Reizen", "Reis"]
            ),
            "Totaal": st.one_of(st.none(), st.integers(0, 900_000)),
            "Dekking gemeente": st.integers(0, 900_000),
            "Dekking partners": st.one_of(st.just("PM"), st.integers(0, 900_000)),
        }
    ),
    max_size=6,
)


@COSTLY
@given(MONEY, MONEY)
def test_the_differences_add_up_to_the_difference_of_the_totals(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    was, now = (read(small(Kostenraming=[LINE, *lines])) for lines in (before, after))
    found = changes.compare(was, now)
    for column in changes.AMOUNTS:
        totals = [metrics.budget.total_of(one.costs[column]).amount or 0 for one in (was, now)]
        assert changes.euros(found, "costs", column) == totals[1] - totals[0]


def one_list(sheet: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    return said(read(small(**{sheet: before})), read(small(**{sheet: after})))


@pytest.mark.parametrize(
    ("sheet", "row", "changed", "came", "anew"),
    [
        (
            "Uitgaven",
            BOOKING,
            {"Bedrag": 25},
            "Betaald: € 10 gemeente voor Capaciteit, 1 maart 2025, huur",
            (
                "Betaald: € 25 gemeente voor Capaciteit, 1 maart 2025, huur:"
                " van € 10 naar € 25 (+ € 15)"
            ),
        ),
        (
            "Toezeggingen",
            COMMITMENT,
            {"Zekerheid": "Toegezegd"},
            "Verwacht: € 40 partners voor Capaciteit (DC Terra)",
            "€ 40 partners voor Capaciteit (DC Terra) ging van verwacht naar toegezegd",
        ),
        (
            "Metingen",
            MEASURED,
            {"Waarde": 420},
            "Woningen: 410 gereed op 1 juli 2025",
            "Woningen: 420 gereed op 1 juli 2025: waarde van 410 naar 420",
        ),
        (
            "Besluiten",
            ACTION,
            {"Status": "Gereed"},
            "Actie: Plek zoeken (DC Terra, gereed voor 1 september 2025)",
            "Actie: Plek zoeken (DC Terra, gereed voor 1 september 2025): afgesloten (gereed)",
        ),
    ],
)
def test_a_row_of_a_list(
    sheet: str, row: dict[str, Any], changed: dict[str, Any], came: str, anew: str
) -> None:
    other = row | (
        {"Tekst": "Iets heel anders."}
        if sheet == "Besluiten"
        else {"Trede": "Vergund"}
        if sheet == "Metingen"
        else {"Kostenpost": None}
    )
    (new,) = one_list(sheet, [other], [other, row])
    assert new.partition(";")[0] == came
    assert one_list(sheet, [row, other], [other]) == [f"Niet meer op {sheet}: {came}"]
    assert one_list(sheet, [row], [row | changed]) == [anew]
    assert len(one_list(sheet, [row], [row, row])) == 1


def test_names_of_other_sheets() -> None:
    meeting = {"Datum": "9-10-2025", "Overleg": "Regiegroep oktober"}
    assert said(read(small()), read(small(Overleg=[meeting]))) == [
        "Nieuw op Overleg: Regiegroep oktober"
    ]
    assert one_list("Overleg", [meeting], [meeting | {"Datum": "16-10-2025"}]) == [
        "Regiegroep oktober: datum van 9 oktober 2025 naar 16 oktober 2025"
    ]
    assert one_list("Ambities", SMALL["Ambities"], [SMALL["Ambities"][0] | {"Doel": 1200}]) == [
        "Woningen: doel van 1.000 naar 1.200"
    ]


def test_the_reference_date() -> None:
    later = read(
        small(Programma=[*SMALL["Programma"][:2], {"Gegeven": "Peildatum", "Waarde": "2025-09-30"}])
    )
    assert said(read(small()), later) == ["Peildatum: was 15 juli 2025, is nu 30 september 2025"]


def test_every_change_between_two_workbooks_has_words_in_both_languages() -> None:
    before, after = read(small()), read(example())
    for one, other in ((before, after), (after, before)):
        for lang in LANGUAGES:
            found = events.between(one, other, lang)
            assert {Kind.ADDED, Kind.REMOVED, Kind.FACT} <= {event.told.kind for event in found}
            assert all(sentences.event(event, lang) for event in found)
            assert all(
                sentences.heading(group, len(mine), lang)
                for group, mine in events.grouped(found).items()
            )


def cell(sheet: Worksheet, key: str, heading: str) -> Any:
    """Return the cell in the row whose first column says `key`, under a heading."""
    row = next(r for r in range(2, 200) if str(sheet.cell(r, 1).value) == key)
    column = next(c for c in range(1, 40) if sheet.cell(1, c).value == heading)
    return sheet.cell(row, column)


def twelve_edits(book: Workbook) -> None:
    activities, costs = book["Activiteiten"], book["Kostenraming"]
    cell(activities, "2.7", "Status").value = "Afgerond"  # 1
    cell(activities, "3.2", "Prognose").value = "Q1 2026"  # 2
    cell(activities, "4.4", "Oordeel").value = "Oranje"  # 3
    cell(activities, "4.4", "Stand van zaken").value = "Verzonnen: de planning knelt."
    cell(activities, "2.4", "Trekker").value = "RUG"  # 4
    cell(activities, "3.7", "Activiteit").value = "Een andere naam voor dit werk"  # 5
    cell(activities, "2.1", "Nr").value = "2.11"  # 6
    cell(activities, "4.2", "Status").value = "Vervallen"  # 7
    cell(costs, "Middelen", "Dekking partners").value = 42000  # 8
    book["Besluiten"].append(["2025-09-30", "Besluit", "Verzonnen: wij gaan door."])  # 9
    # 10: below every filled row
    book["Uitgaven"].append(
        ["2025-09-29", "Middelen", "Partners", "Betaald", 1500, "Verzonnen: zaalhuur"]
    )
    book["Metingen"].append(["5.000 banen", "Banen", "2025-08-01", 700])  # 11
    row = cell(activities, "3.5", "Nr").row
    activities.delete_rows(row)  # 12


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the example after the twelve edits, saved by a program that works the formulas out
    anew.
    """
    return libreoffice.saved(changed(example(), twelve_edits), tmp_path_factory.mktemp("edited"))


@pytest.mark.office
def test_twelve_edits_are_twelve_sentences(edited: bytes) -> None:
    titles = {row.nr: row.title for row in read(example()).activities.itertuples()}
    period = read(example()).activities.set_index("nr")["period"]
    assert said(read(example()), read(edited)) == [
        (
            "Middelen: + € 12.000 partners (van € 30.000 naar € 42.000), + € 12.000 totaal (van €"
            " 75.000 naar € 87.000)"
        ),
        f"4.4 {titles['4.4']}: oordeel van groen naar oranje. Reden: Verzonnen: de planning knelt",
        f"3.2 {titles['3.2']} schuift van {period['3.2']} naar Q1 2026, +1 kwartaal",
        f"4.2 {titles['4.2']} is vervallen",
        f"3.5 {titles['3.5']} staat niet meer op Activiteiten",
        f"2.7 {titles['2.7']} is afgerond",
        (
            "5.000 banen: 700 banen op 1 augustus 2025; +10 sinds 1 april 2025 (was 690);"
            " nog 4.300 tot 5.000"
        ),
        "Besluit: Verzonnen: wij gaan door",
        "Betaald: € 1.500 partners voor Middelen, 29 september 2025, Verzonnen: zaalhuur",
        f"2.4 {titles['2.4']}: trekker van nog niet genoemd naar RUG",
        f"2.11 {titles['2.1']} had nummer 2.1",
        f"3.7 Een andere naam voor dit werk heette {titles['3.7']}",
    ]


def changed(data: bytes, edit: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.office
@pytest.mark.parametrize("data", [SHIPPED.read_bytes(), example()], ids=["shipped", "example"])
def test_a_file_that_was_only_saved_by_another_program_has_no_changes(
    data: bytes, tmp_path: Path
) -> None:
    assert said(read(data), read(libreoffice.saved(data, tmp_path))) == []


@pytest.mark.office
def test_changes_come_in_groups(edited: bytes) -> None:
    groups = events.grouped(events.between(read(example()), read(edited)))
    assert {group: len(mine) for group, mine in groups.items()} == {
        Group.FINISHED: 1,
        Group.DROPPED: 2,
        Group.MOVED: 1,
        Group.JUDGEMENT: 1,
        Group.PEOPLE: 1,
        Group.MONEY: 1,
        Group.SPENDING: 1,
        Group.MEASUREMENTS: 1,
        Group.DECISIONS: 1,
        Group.REST: 2,
    }


def test_how_often_an_expected_end_moved() -> None:
    versions = [
        rows({}, {"Nr": "1.2", "Activiteit": "Verven"}),
        rows({"Prognose": "Q3"}, {"Nr": "1.2", "Activiteit": "Verven"}),
        rows(
            {"Prognose": "Q3", "Nr": "1.9"},
            {"Nr": "1.2", "Activiteit": "Verven", "Prognose": "ooit"},
        ),
        rows(
            {"Prognose": "Q4", "Nr": "1.9"},
            {"Nr": "1.2", "Activiteit": "Verven"},
            {"Nr": "1.3", "Activiteit": "Later bedacht"},
        ),
    ]
    moves = changes.moves([version.activities for version in versions])
    assert moves.to_dict() == {"1-9": 2, "1-2": 0, "1-3": 0}
    assert changes.moves([]).empty
