import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aaa.values import period
from aaa.values.period import NotAPeriodError, Remark


def months(text: str) -> tuple[str, str]:
    found, _ = period.parse(text, 2025)
    assert found is not None
    return period.iso_month(found.first), period.iso_month(found.last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q2", "2025-04", "2025-06"),
        ("Q2/Q3", "2025-04", "2025-09"),
        ("Q2/3", "2025-04", "2025-09"),
        ("Q2-3", "2025-04", "2025-09"),
        ("Q1-4", "2025-01", "2025-12"),
        ("Q1/Q2", "2025-01", "2025-06"),
        ("Q3/4", "2025-07", "2025-12"),
        ("Begin Q2", "2025-04", "2025-04"),
        ("Eind Q1", "2025-03", "2025-03"),
        ("Einde Q1", "2025-03", "2025-03"),
        ("Medio Q2", "2025-05", "2025-05"),
        ("Half Q2", "2025-05", "2025-05"),
        ("Einde Q2-Q4", "2025-06", "2025-12"),
        ("Maart", "2025-03", "2025-03"),
        ("april-juni", "2025-04", "2025-06"),
        ("Q4 2025-Q1 2026", "2025-10", "2026-03"),
        ("heel 2025", "2025-01", "2025-12"),
        ("heel 2026", "2026-01", "2026-12"),
        ("doorlopend", "2025-01", "2025-12"),
        ("voor de zomer", "2025-04", "2025-06"),
        ("q 2 / q 3", "2025-04", "2025-09"),
        ("  EIND\u00a0Q1 ", "2025-03", "2025-03"),
        ("Q2 t/m Q4", "2025-04", "2025-12"),
        ("mei en juni", "2025-05", "2025-06"),
        ("Q1-2 2026", "2026-01", "2026-06"),
    ],
)
def test_what_the_plan_writes_is_read(text: str, first: str, last: str) -> None:
    assert months(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Q5",
        "2",
        "zomer",
        "Q3-Q1",
        "Q4-Q1 2026",
        "begin",
        "Q2-",
        "heel",
        "Q2/Q2",
        "Q1-Q2-Q3",
        "begin maart",
        "12-3",
        "x" * 5000,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAPeriodError):
        period.parse(text, 2025)


@pytest.mark.parametrize("text", ["", "ntb", "n.t.b.", " NTB "])
def test_undecided_is_no_period_and_no_mistake(text: str) -> None:
    assert period.parse(text, 2025) == (None, None)


def test_a_gap_is_one_period_with_a_remark() -> None:
    found, remark = period.parse("Q1/Q3", 2025)
    assert found is not None
    assert (period.iso_month(found.first), period.iso_month(found.last), remark) == (
        "2025-01",
        "2025-09",
        Remark.GAP,
    )


@pytest.mark.parametrize(
    ("text", "first_exact", "last_exact"),
    [
        ("Q2", False, False),
        ("Maart", True, True),
        ("Einde Q2-Q4", True, False),
        ("Q1-Eind Q2", False, True),
        ("heel 2025", False, False),
    ],
)
def test_an_end_is_exact_where_a_month_is_named(
    text: str, first_exact: bool, last_exact: bool
) -> None:
    found, _ = period.parse(text, 2025)
    assert found is not None
    assert (found.first_exact, found.last_exact) == (first_exact, last_exact)


def test_a_date_is_its_month() -> None:
    found = period.from_date(dt.date(2025, 4, 1))
    assert (found.first, found.last) == (period.month_number(2025, 4),) * 2


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found, _ = period.parse(text, 2025)
    except NotAPeriodError:
        return
    assert found is None or found.first <= found.last


@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.sampled_from(["-", "/", " t/m ", " - ", "–"]),
    st.booleans(),
)
def test_quarters_round_trip(first: int, last: int, mark: str, short: bool) -> None:
    if last <= first or (mark == "/" and last != first + 1):
        return
    text = f"Q{first}{mark}{'' if short else 'Q'}{last}"
    assert months(text) == (f"2025-{3 * first - 2:02d}", f"2025-{3 * last:02d}")


@given(st.integers(1990 * 12, 2100 * 12))
def test_month_numbers_are_months(number: int) -> None:
    assert period.month_number(period.year_of(number), period.month_of(number)) == number
    assert number in period.quarter_months(period.year_of(number), period.quarter_of(number))
    assert period.month_at(period.last_day(number)) == number
