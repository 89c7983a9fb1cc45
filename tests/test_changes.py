from typing import Any

import pytest

from aaa import changes, wording
from aaa.changes import Kind
from aaa.programme import Programme
from aaa.texts import LANGUAGES
from tests.books import ACTIVITY, SMALL, example, read, small

LINE = SMALL["Kostenraming"][0]
BOOKING = {"Datum": "1-3-2025", "Kostenpost": "Capaciteit", "Financier": "Gemeente", "Soort": "Betaald", "Bedrag": 10, "Omschrijving": "huur"}


def activity(**changed: Any) -> Programme:
    return read(small(Activiteiten=[ACTIVITY | changed]))


def sentences(before: Programme, after: Programme) -> list[str]:
    return [wording.change(change, "nl").replace("\u00a0", " ") for change in changes.compare(before, after)]


def test_the_same_version_has_no_changes() -> None:
    assert changes.compare(read(example()), read(example())) == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"Status": "Afgerond"}, "1.1 Bouwen is afgerond"),
        ({}, {"Status": "Vervallen"}, "1.1 Bouwen is vervallen"),
        ({}, {"Status": "Loopt"}, "1.1 Bouwen: status van niet gerapporteerd naar loopt"),
        ({"Prognose": None}, {"Prognose": "Q4"}, "1.1 Bouwen: prognose van geen naar Q4 (2 kwartalen later)"),
        ({"Prognose": "Q4"}, {"Prognose": "Q3"}, "1.1 Bouwen: prognose van Q4 naar Q3 (1 kwartaal eerder)"),
        ({}, {"Periode": "Q2/Q3"}, "1.1 Bouwen: periode van Q2 naar Q2/Q3 (1 kwartaal later)"),
        ({}, {"Periode": "ntb"}, "1.1 Bouwen: periode van Q2 naar ntb"),
        ({"Trekker": "DC Terra"}, {"Trekker": "Zorg & Innovatie"}, "1.1 Bouwen: trekker was DC Terra, is nu Zorg & Innovatie"),
        ({"Oordeel": "Groen"}, {"Oordeel": "Rood", "Stand van zaken": None}, "1.1 Bouwen: oordeel van groen naar rood"),
        ({}, {"Activiteit": "Slopen"}, "1.1 Slopen: heette Bouwen"),
        ({}, {"Stand van zaken": "Het gaat goed"}, "1.1 Bouwen: nieuwe stand van zaken"),
        ({}, {"Omschrijving": "Iets"}, "1.1 Bouwen: omschrijving aangepast"),
        ({}, {"Omschrijving (EN)": "Thing"}, "1.1 Bouwen: omschrijving (EN) aangepast"),
        ({"Stand van zaken": "Goed"}, {"Stand van zaken": None}, "1.1 Bouwen: de stand van zaken is weggehaald"),
        ({"Periode": "ooit"}, {"Periode": "later"}, "1.1 Bouwen: periode aangepast"),
        ({}, {"Partners": "DC Terra"}, "1.1 Bouwen: partners waren niemand, zijn nu DC Terra"),
    ],
)
def test_one_change_is_one_sentence(before: dict[str, Any], after: dict[str, Any], said: str) -> None:
    assert sentences(activity(**before), activity(**after)) == [said]


def test_a_period_in_other_words_is_no_change() -> None:
    assert sentences(activity(Periode="Q2/Q3"), activity(Periode="april-september")) == []


def test_rows_that_came_and_went() -> None:
    two = read(small(Activiteiten=[ACTIVITY, ACTIVITY | {"Nr": "1.2", "Activiteit": "Verven"}]))
    assert sentences(activity(), two) == ["Nieuw op Activiteiten: 1.2 Verven"]
    assert sentences(two, activity()) == ["1.2 Verven staat niet meer op Activiteiten"]


def test_a_row_that_was_renumbered_is_known_by_its_title() -> None:
    assert sentences(activity(), activity(Nr="9.9")) == ["9.9 Bouwen: nr aangepast"]


def test_order_on_the_sheet_is_no_change() -> None:
    rows = [ACTIVITY, ACTIVITY | {"Nr": "1.2"}, ACTIVITY | {"Nr": None}]
    assert sentences(read(small(Activiteiten=rows)), read(small(Activiteiten=rows[::-1]))) == []


def test_money_in_euros() -> None:
    more = read(small(Kostenraming=[LINE | {"Totaal": 150, "Dekking gemeente": 110}]))
    assert sentences(read(small()), more) == ["Capaciteit: totaal van € 100 naar € 150", "Capaciteit: gemeente van € 60 naar € 110"]
    unknown = read(small(Kostenraming=[LINE | {"Totaal": "PM"}]))
    assert sentences(read(small()), unknown) == ["Capaciteit: totaal van € 100 naar geen"]


def test_two_moves_each_have_their_own_shift() -> None:
    found = sentences(activity(Periode="Q1", Prognose="Q3"), activity(Periode="Q4", Prognose="Q4"))
    assert found == ["1.1 Bouwen: periode van Q1 naar Q4 (3 kwartalen later)", "1.1 Bouwen: prognose van Q3 naar Q4 (1 kwartaal later)"]


def test_a_text_of_a_cost_line_is_a_change() -> None:
    changed = read(small(Kostenraming=[LINE | {"Omschrijving": "Uren"}]))
    assert sentences(read(small()), changed) == ["Capaciteit: omschrijving aangepast"]


def test_rows_without_a_name_are_counted() -> None:
    one, two = read(small(Uitgaven=[BOOKING])), read(small(Uitgaven=[BOOKING, BOOKING, BOOKING | {"Bedrag": 5}]))
    assert sentences(one, two) == ["Uitgaven: 2 rijen erbij"]
    assert sentences(two, one) == ["Uitgaven: 2 rijen eraf"]
    assert sentences(one, read(small(Uitgaven=[BOOKING | {"Bedrag": 11}]))) == ["Uitgaven: 1 rij erbij", "Uitgaven: 1 rij eraf"]


def test_the_reference_date() -> None:
    later = read(small(Programma=[*SMALL["Programma"][:2], {"Gegeven": "Peildatum", "Waarde": "2025-09-30"}]))
    assert sentences(read(small()), later) == ["Peildatum: was 15 juli 2025, is nu 30 september 2025"]


def test_every_change_between_two_workbooks_has_words_in_both_languages() -> None:
    before, after = read(small()), read(example())
    for one, other in ((before, after), (after, before)):
        found = changes.compare(one, other)
        assert {Kind.ADDED, Kind.REMOVED, Kind.FACT} <= {change.kind for change in found}
        for lang in LANGUAGES:
            assert all(wording.change(change, lang) for change in found)
