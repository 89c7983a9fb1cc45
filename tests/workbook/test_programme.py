import pandas as pd
import pytest

from aaa.metrics import selection as selecting
from aaa.metrics.selection import NO_PERIOD, Selection
from aaa.workbook import programme as programmes
from aaa.workbook.schema import StatusCode
from tests.support.books import ACTIVITY, activities, example, read, small


def nrs(programme: programmes.Programme) -> list[str]:
    return list(programme.activities["nr"])


def test_codes_are_stable_and_never_twice() -> None:
    programme = activities({"Nr": "1.1"}, {"Nr": "1.1"}, {"Nr": None})
    assert programme.activities["ref"].tolist() == ["1-1", "1-1-rij-3", "rij-4"]
    assert programme.partners["code"].tolist() == ["dc-terra", "zorg-innovatie"]


def test_aliases_become_the_name_shown() -> None:
    assert activities({"Partners": "terra; ZORG & innovatie"}).activities["partners"].tolist() == [
        ("DC Terra", "Zorg & Innovatie")
    ]


def test_a_stranger_stands_behind_the_register() -> None:
    partners = activities({"Trekker": "Vreemd BV"}).partners
    assert partners[["partner", "registered"]].iloc[-1].tolist() == ["Vreemd BV", False]


def test_english_changes_words_and_not_codes() -> None:
    dutch = read(example())
    english = programmes.in_language(dutch, "en")
    assert english.activities["ref"].tolist() == dutch.activities["ref"].tolist()
    assert english.themes["code"].tolist() == dutch.themes["code"].tolist()
    assert english.themes["theme"].tolist()[0] == "Safety and security"
    assert english.activities["theme"].iloc[0] == "Safety and security"
    assert english.costs["line"].tolist() == ["Capacity", "Means", "Process budget"]
    assert set(english.spending["line"]) <= set(english.costs["line"])
    assert set(english.measurements["ambition"]) == set(english.ambitions["ambition"])
    assert english.activities.set_index("nr")["ambitions"]["4.1"][0] == "10,000 homes"


def test_english_falls_back_to_dutch() -> None:
    english = programmes.in_language(read(small()), "en")
    assert english.activities["title"].tolist() == ["Bouwen"]


def test_two_themes_with_one_english_name_stay_two() -> None:
    themes = [
        {"Thema": "Veiligheid", "Thema (EN)": "Same"},
        {"Thema": "Groen", "Thema (EN)": "Same"},
    ]
    english = programmes.in_language(read(small(Themas=themes)), "en")
    assert english.themes["theme"].tolist() == ["Veiligheid", "Groen"]


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Selection(), ["1", "2", "3", "4"]),
        (Selection(themes=("groen",)), ["3"]),
        (Selection(partners=("dc-terra",)), ["1", "2"]),
        (Selection(statuses=(StatusCode.UNREPORTED,)), ["2", "3", "4"]),
        (Selection(statuses=(StatusCode.RUNNING, StatusCode.UNREPORTED)), ["1", "2", "3", "4"]),
        (Selection(quarters=("Q3",)), ["2", "3"]),
        (Selection(quarters=("Q1", NO_PERIOD)), ["1", "4"]),
        (Selection(themes=("veiligheid",), quarters=("Q3",)), ["2"]),
        (Selection(themes=(selecting.UNKNOWN_THEME,)), ["4"]),
    ],
)
def test_a_selection_leaves_what_it_names(choice: Selection, left: list[str]) -> None:
    programme = activities(
        {"Nr": "1", "Periode": "Q1/Q2", "Status": "Loopt", "Trekker": "DC Terra"},
        {"Nr": "2", "Periode": "Q2-Q3", "Partners": "Terra"},
        {"Nr": "3", "Periode": "Q3", "Thema": "Groen"},
        {"Nr": "4", "Periode": "ntb", "Thema": "Weet niet"},
    )
    assert nrs(selecting.apply(programme, choice)) == left


def test_frames_have_the_same_types_however_empty() -> None:
    full, bare = read(example()), read(small())
    for name in ("activities", "costs", "spending", "measurements", "commitments"):
        a, b = getattr(full, name).dtypes, getattr(bare, name).dtypes
        pd.testing.assert_series_equal(a[a.index.isin(b.index)], b)


def test_line_breaks_in_a_note_are_kept() -> None:
    assert activities({"Stand van zaken": "eerst\r\ndan_x000D_\n"}).activities["note"].tolist() == [
        "eerst\ndan"
    ]


def test_periods_are_shown_as_typed() -> None:
    assert activities(ACTIVITY | {"Periode": " Begin  Q2 "}).activities["period"].tolist() == [
        "Begin Q2"
    ]
