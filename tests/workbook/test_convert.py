import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aaa.values import names
from aaa.values.finding import WEIGHTS
from aaa.workbook import convert
from aaa.workbook.convert import Note
from aaa.workbook.number_format import Percent
from aaa.workbook.reader import Cell
from aaa.workbook.schema import Status

KNOWN = {
    "dc terra": "DC Terra",
    "terra": "DC Terra",
    "rug": "RUG",
    "zorg & innovatie": "Zorg & Innovatie",
    "oa": "OA",
}


def cell(value: Any, percent: Percent = Percent.NOT) -> Cell:
    return Cell("A1", value, percent)


def code(note: Note | None) -> str | None:
    return note.code if note else None


@pytest.mark.parametrize(
    ("typed", "euros"),
    [
        (75000, 75000),
        (75000.5, 75000.5),
        ("€ 75.000", 75000),
        ("75.000,00", 75000),
        ("75000", 75000),
        ("€\u00a075.000,-", 75000),
        ("EUR 1.250,50", 1250.5),
        ("0", 0),
    ],
)
def test_amounts_as_a_lead_types_them(typed: Any, euros: float) -> None:
    assert convert.amount(cell(typed)) == (euros, None)


@pytest.mark.parametrize(
    "typed",
    [
        "75k",
        "PM",
        "± 5.000",
        "12.5",
        "1,234.50",
        "75.00",
        "75000 euro's",
        True,
        dt.datetime(2025, 1, 1),
        "€",
        "1e5",
        float("inf"),
        "٧٥",
    ],
)
def test_anything_else_is_no_amount(typed: Any) -> None:
    value, note = convert.amount(cell(typed))
    assert value is None
    assert code(note) == "amount_unreadable"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(-500, "amount_negative"), ("-€ 500", "amount_negative"), (2e9, "amount_absurd")],
)
def test_odd_amounts_are_used_and_said(typed: Any, expected: str) -> None:
    value, note = convert.amount(cell(typed))
    assert value is not None
    assert code(note) == expected


@pytest.mark.parametrize(
    ("typed", "percent", "share", "note"),
    [
        (0.5, Percent.NOT, 0.5, None),
        (0.5, Percent.SCALED, 0.5, None),
        (1, Percent.SCALED, 1.0, None),
        ("50%", Percent.NOT, 0.5, None),
        ("50 %", Percent.NOT, 0.5, None),
        (50, Percent.NOT, 0.5, "share_bare"),
        (1, Percent.NOT, 1.0, "share_bare"),
        ("75", Percent.NOT, 0.75, "share_bare"),
        (0, Percent.NOT, 0.0, None),
        (50, Percent.SHOWN, 0.5, None),
        (1, Percent.SHOWN, 0.01, None),
        (100, Percent.SHOWN, 1.0, None),
        (0, Percent.SHOWN, 0.0, None),
        (0.5, Percent.SHOWN, 0.005, "share_bare"),
        (101, Percent.SHOWN, None, "share_unreadable"),
        (75, Percent.SCALED, None, "share_unreadable"),
        (-0.1, Percent.NOT, None, "share_unreadable"),
        ("101%", Percent.NOT, None, "share_unreadable"),
        ("half", Percent.NOT, None, "share_unreadable"),
        (True, Percent.NOT, None, "share_unreadable"),
    ],
)
def test_percentages(typed: Any, percent: Percent, share: float | None, note: str | None) -> None:
    value, said = convert.share(cell(typed, percent))
    assert (value, code(said)) == (share, note)


@pytest.mark.parametrize(
    "typed",
    [
        dt.datetime(2025, 3, 31),
        dt.date(2025, 3, 31),
        "31-3-2025",
        "31/03/2025",
        "31 maart 2025",
        "31 mrt 2025",
        "2025-03-31",
    ],
)
def test_dates(typed: Any) -> None:
    assert convert.date(cell(typed)) == (dt.date(2025, 3, 31), None)


@pytest.mark.parametrize(
    "typed",
    [
        "31-2-2025",
        "3-31-2025",
        "gisteren",
        "31 foo 2025",
        5,
        True,
        "1-1-25",
        dt.datetime(1899, 12, 31),
    ],
)
def test_impossible_dates(typed: Any) -> None:
    value, note = convert.date(cell(typed))
    assert (value, code(note)) == (None, "date_unreadable")


def test_a_number_among_dates_is_a_serial() -> None:
    value, note = convert.date(cell(45747))
    assert (value, code(note)) == (dt.date(2025, 3, 31), "date_serial")


def test_a_word_is_matched_without_case_and_space() -> None:
    assert convert.choice(cell(" niet\u00a0GESTART "), Status) == ("Niet gestart", None)


def test_a_misspelt_word_has_a_nearest() -> None:
    value, note = convert.choice(cell("Afgernd"), Status)
    assert value is None
    assert note is not None
    assert note.nearest == "Afgerond"


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("DC Terra; RUG", ["DC Terra", "RUG"]),
        ("DC Terra\nRUG", ["DC Terra", "RUG"]),
        ("Terra, RUG", ["DC Terra", "RUG"]),
        ("RUG en OA", ["RUG", "OA"]),
        ("RUG/OA", ["RUG", "OA"]),
        ("Zorg & Innovatie", ["Zorg & Innovatie"]),
        ("DC Terra; dc terra", ["DC Terra"]),
        ("ntb", []),
        ("Terra, Onbekend BV", ["DC Terra", "Onbekend BV"]),
        ("Jansen, Pietersen", ["Jansen, Pietersen"]),
        ("Terra, RUG, en OA", ["DC Terra", "RUG", "OA"]),
        ("RUG , , OA / en Terra", ["RUG", "OA", "DC Terra"]),
    ],
)
def test_lists_split_as_the_contract_says(typed: str, pieces: list[str]) -> None:
    found, _ = convert.name_list(cell(typed), KNOWN)
    assert [known or raw for known, raw in found] == pieces


def test_an_unknown_name_is_kept_and_its_nearest_told() -> None:
    found, notes = convert.name_list(cell("DC Tera"), KNOWN)
    assert found == ((None, "DC Tera"),)
    assert [(piece, note.nearest) for piece, note in notes] == [("DC Tera", "DC Terra")]


KINDS: dict[Callable[[Cell], convert.Result[Any]], type] = {
    convert.text: str,
    convert.label: str,
    convert.amount: float,
    convert.number: float,
    convert.year: int,
    convert.share: float,
    convert.date: dt.date,
    lambda one: convert.choice(one, Status): str,
}


@given(
    st.one_of(
        st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.none()
    )
)
def test_a_value_is_read_or_what_is_wrong_with_it_is_said(value: Any) -> None:
    """Whatever stands in a cell: never an exception, never a value of another kind, and never a
    value that is lost in silence.
    """
    typed = names.tidy(convert.shown(cell(value)) or "")
    for read, kind in KINDS.items():
        found, note = read(cell(value))
        assert found is None or isinstance(found, kind)
        assert note is None or note.code in WEIGHTS
        assert found is not None or note is not None or not typed
    shown, months, note = convert.periods(cell(value), 2025)
    assert note is None or note.code in WEIGHTS
    assert shown or not typed
    assert months is None or months.first <= months.last
    pieces, notes = convert.name_list(cell(value), KNOWN)
    assert len(notes) == sum(known is None for known, _ in pieces)
