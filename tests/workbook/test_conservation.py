"""Rows and euros are conserved from the sheet to the page, whatever the lead typed."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aaa import metrics
from aaa.exports.summary import summarise
from aaa.figures import budget as budget_figures
from aaa.figures import heat, timeline
from aaa.html import charts
from aaa.metrics import rows as told_rows
from aaa.metrics import selection as selecting
from aaa.metrics.selection import Selection
from aaa.ui.reader import PageReader
from aaa.workbook.schema import StatusCode
from tests.support.books import ACTIVITY, SMALL, read, small
from tests.support.effort import COSTLY

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
euros = st.integers(0, 10_000_000)
typed_period = st.one_of(
    st.sampled_from(["Q1", "Q2/Q3", "Eind Q1", "Maart", "Q4 2025-Q1 2026", "ntb", "", None]), words
)
activity_rows = st.lists(
    st.fixed_dictionaries(
        {
            "Nr": st.one_of(st.integers(1, 99), words, st.none()),
            "Thema": st.one_of(st.sampled_from(["Veiligheid", "Groen"]), words),
            "Onderdeel": words,
            "Activiteit": words.map(lambda w: f"x{w}"),
            "Periode": typed_period,
            "Prognose": typed_period,
            "Partners": st.one_of(st.sampled_from(["DC Terra", "Terra; Zorg & Innovatie"]), words),
            "Trekker": st.one_of(st.sampled_from(["DC Terra", None]), words),
            "Status": st.one_of(
                st.sampled_from(["Niet gestart", "Loopt", "Afgerond", "Vervallen", None]), words
            ),
            "Oordeel": st.one_of(st.sampled_from(["Groen", "Oranje", "Rood", None]), words),
            "Voortgang": st.one_of(st.floats(0, 1), st.none(), words),
            "Stand van zaken": words,
        }
    ),
    min_size=1,
    max_size=8,
)


def workbook(rows: list[dict[str, Any]], **more: Any) -> bytes:
    return small(Activiteiten=[ACTIVITY | row for row in rows], **more)


def xml_safe(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what no spreadsheet can hold, and formulas: a text that starts with `=` is one."""
    bad = {chr(c) for c in (*range(32), 0xFFFE, 0xFFFF)}
    return [
        {
            k: ("".join(c for c in v if c not in bad).lstrip("=") if isinstance(v, str) else v)
            for k, v in row.items()
        }
        for row in rows
    ]


@COSTLY
@given(activity_rows)
def test_every_activity_reaches_every_page(rows: list[dict[str, Any]]) -> None:
    programme = read(workbook(xml_safe(rows)))
    n = len(rows)
    judged = metrics.activities.judged(programme.activities, programme.as_of)
    assert len(judged) == n
    assert judged["ref"].is_unique
    assert metrics.activities.by_status(judged)["activities"].sum() == n
    assert metrics.activities.by_theme(judged, programme.themes)["activities"].sum() == n
    told = replace(programme, activities=judged)
    assert sum(len(group.activities) for group in told_rows.grouped(told)) == n
    drawn = timeline.chart(told, "nl")
    assert charts.drawing(drawn, PageReader("nl")).count("data-choose=") == n
    assert len(drawn.table.frame) == n
    by_status = [selecting.apply(programme, Selection(statuses=(code,))) for code in StatusCode]
    assert sum(len(part.activities) for part in by_status) == n
    assert len(summarise(programme)["activities"]) == n


@COSTLY
@given(activity_rows)
def test_partner_totals_count_each_activity_once(rows: list[dict[str, Any]]) -> None:
    programme = read(workbook(xml_safe(rows)))
    load = metrics.partners.load(programme.activities, programme.partners, programme.year)
    assert load["activities"].sum() == len(metrics.partners.roles(programme.activities))
    assert (load[["q1", "q2", "q3", "q4"]].max(axis=1) <= load["activities"]).all()
    if load["activities"].any():
        drawn = heat.partner_load(
            load, metrics.activities.running(programme.activities, programme.year), "nl"
        )
        assert drawn.table.frame["activities"].sum() == load["activities"].sum()


@COSTLY
@given(st.lists(st.tuples(euros, euros), min_size=1, max_size=8))
def test_euros_on_the_page_equal_euros_in_the_sheet(amounts: list[tuple[int, int]]) -> None:
    rows = [
        {"Kostenpost": f"Post {n}", "Totaal": a + b, "Dekking gemeente": a, "Dekking partners": b}
        for n, (a, b) in enumerate(amounts)
    ]
    costs = read(small(Kostenraming=rows)).costs
    by_funder = metrics.budget.by_funder(costs)
    total = sum(a + b for a, b in amounts)
    assert metrics.budget.estimate(costs).amount == total
    assert by_funder["amount"].sum() == total
    assert metrics.budget.contradiction(costs) is None
    bars = budget_figures.cost_by_line(costs, by_funder, "nl").bars
    assert sum(map(bars.reach, range(len(rows)))) == total


@COSTLY
@given(
    st.lists(
        st.tuples(st.one_of(euros, words, st.none()), st.one_of(euros, words, st.none())),
        min_size=1,
        max_size=6,
    )
)
def test_an_unusable_amount_changes_no_other(amounts: list[tuple[Any, Any]]) -> None:
    rows = [
        {"Kostenpost": f"Post {n}", "Totaal": 1, "Dekking gemeente": a, "Dekking partners": b}
        for n, (a, b) in enumerate(amounts)
    ]
    costs = read(small(Kostenraming=xml_safe(rows))).costs
    typed = [a for a, _ in amounts if isinstance(a, int)]
    readable = costs["municipality"].notna()
    assert readable.sum() >= len(typed)
    assert costs["municipality"].isna().sum() + readable.sum() == len(rows)
    for (typed_amount, _), read_amount in zip(amounts, costs["municipality"], strict=True):
        if isinstance(typed_amount, int):
            assert read_amount == typed_amount


@COSTLY
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Capaciteit", "Weet niet", None]),
            st.sampled_from(["Gemeente", "Partners", "Iemand"]),
            euros,
        ),
        max_size=8,
    )
)
def test_every_booked_euro_is_counted(bookings: list[tuple[str | None, str, int]]) -> None:
    rows = [
        {
            "Datum": "1-2-2025",
            "Kostenpost": line,
            "Financier": funder,
            "Soort": "Betaald",
            "Bedrag": amount,
        }
        for line, funder, amount in bookings
    ]
    programme = read(small(Uitgaven=rows or None))
    spent = metrics.budget.spending_against_estimate(programme.costs, programme.spending)
    assert spent["paid"].sum() == sum(amount for _, _, amount in bookings)
    by_line = metrics.budget.by_line(programme.costs, programme.commitments, programme.spending)
    assert by_line["paid"].sum() == sum(amount for _, _, amount in bookings)


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>alert(1)</script>",
        "**vet** $x$ [l](javascript:alert(1))",
        "=1+1",
        "a" * 5000,
        "\u202eomgekeerd",
        "👍",
        "&amp;",
    ],
)
def test_text_is_shown_as_the_text_it_is(nasty: str) -> None:
    programme = read(
        small(Activiteiten=[ACTIVITY | {"Activiteit": "'" + nasty, "Stand van zaken": "x" + nasty}])
    )
    judged = metrics.activities.judged(programme.activities, programme.as_of)
    told = replace(programme, activities=judged)
    body = charts.drawing(timeline.chart(told, "nl"), PageReader("nl"))
    assert "<script>" not in body
    assert isinstance(judged["title"].iloc[0], str)
    assert not pd.isna(judged["note"].iloc[0])


def test_the_small_workbook_is_what_the_other_tests_think() -> None:
    assert SMALL["Kostenraming"][0]["Totaal"] == 100
