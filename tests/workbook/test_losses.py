"""What a workbook lost at once is an error that says how much."""

from typing import Any

import pytest

from aaa.values.finding import Severity
from aaa.words import wording
from aaa.workbook import losses
from aaa.workbook.programme import Programme
from tests.support.books import ACTIVITY, SMALL, codes, finding, read, small

BOOKED = {
    "Datum": "1-3-2025",
    "Kostenpost": "Capaciteit",
    "Financier": "Gemeente",
    "Soort": "Betaald",
    "Bedrag": 1_000,
}


def book(**more: Any) -> Programme:
    rows = [ACTIVITY | {"Nr": f"1.{n}", "Status": "Loopt"} for n in range(4)]
    usual: dict[str, Any] = {"Activiteiten": rows, "Uitgaven": [BOOKED] * 3}
    return read(small(**usual | more))


def after(**more: Any) -> Programme:
    return losses.marked(book(), book(**more))


@pytest.mark.parametrize("spending", [None, []])
def test_bookings_that_are_gone_are_an_error_with_their_euros(spending: Any) -> None:
    found = finding(after(Uitgaven=spending), "rows_lost")
    assert found.severity is Severity.ERROR
    assert "3 rijen, samen € 3.000; nu staat er geen enkele" in wording.message(
        found, "nl"
    ).replace("\u00a0", " ")


def test_a_column_that_is_emptied_is_an_error() -> None:
    rows = [ACTIVITY | {"Nr": f"1.{n}", "Statuss": "Loopt"} for n in range(4)]
    found = finding(after(Activiteiten=rows), "column_emptied")
    assert found.severity is Severity.ERROR
    assert "In ‘Status’ stonden in de versie hiervoor 4 waarden" in wording.message(found, "nl")


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"Uitgaven": [BOOKED]},
        {"Activiteiten": [ACTIVITY]},
        {"Programma": [SMALL["Programma"][0], {"Gegeven": "Jaar", "Waarde": 2026}], "Uitgaven": []},
    ],
    ids=["nothing", "two bookings", "most activities", "a new year"],
)
def test_what_is_edited_away_now_and_then_is_no_loss(more: dict[str, Any]) -> None:
    assert {"rows_lost", "column_emptied"} & set(codes(after(**more))) == set()
