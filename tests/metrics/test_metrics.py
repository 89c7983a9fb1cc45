import datetime as dt
from typing import Any

import pandas as pd
import pytest

from aaa import metrics
from aaa.metrics.activities import Reason
from aaa.metrics.completeness import completeness, overall
from tests.support.books import SMALL, activities, example, read, small


def judged(*rows: dict[str, Any], as_of: dt.date = dt.date(2025, 7, 15)) -> pd.DataFrame:
    numbered = [{"Nr": str(n)} | row for n, row in enumerate(rows, start=1)]
    return metrics.activities.judged(activities(*numbered).activities, as_of)


@pytest.mark.parametrize(
    ("period", "status", "day", "late", "passed"),
    [
        ("Q2", "Loopt", dt.date(2025, 6, 30), False, False),
        ("Q2", "Loopt", dt.date(2025, 7, 1), True, False),
        ("Q2", "Niet gestart", dt.date(2025, 7, 1), True, False),
        ("Q2", "Afgerond", dt.date(2026, 1, 1), False, False),
        ("Q2", "Vervallen", dt.date(2026, 1, 1), False, False),
        ("Q2", None, dt.date(2025, 6, 30), False, False),
        ("Q2", None, dt.date(2025, 7, 1), False, True),
        ("Begin Q2", "Loopt", dt.date(2025, 5, 1), True, False),
        ("ntb", "Loopt", dt.date(2030, 1, 1), False, False),
        ("onleesbaar", "Loopt", dt.date(2030, 1, 1), False, False),
    ],
)
def test_late_is_when_the_last_possible_month_is_over(
    period: str, status: str | None, day: dt.date, late: bool, passed: bool
) -> None:
    row = judged({"Periode": period, "Status": status}, as_of=day).iloc[0]
    assert (row["late"], row["passed"]) == (late, passed)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Oordeel": "Rood", "Status": "Loopt", "Periode": "Q1"}, Reason.RED),
        ({"Oordeel": "Oranje", "Status": "Loopt", "Periode": "Q1"}, Reason.LATE),
        ({"Oordeel": "Oranje", "Status": "Loopt", "Periode": "Q4"}, Reason.ORANGE),
        ({"Oordeel": "Rood", "Status": "Afgerond", "Periode": "Q1"}, None),
        ({"Oordeel": "Groen", "Status": "Loopt", "Periode": "Q4"}, None),
        ({"Periode": "Q1"}, Reason.PASSED),
    ],
)
def test_an_activity_asks_for_attention_under_its_heaviest_reason(
    row: dict[str, Any], reason: Reason | None
) -> None:
    assert judged(row).iloc[0]["reason"] == reason


def test_attention_comes_heaviest_first() -> None:
    frame = judged(
        {"Periode": "Q1"},
        {"Oordeel": "Oranje", "Status": "Loopt"},
        {"Oordeel": "Rood", "Status": "Loopt"},
    )
    assert metrics.activities.attention(frame)["nr"].tolist() == ["3", "2", "1"]


def test_nothing_said_is_not_nothing_wrong() -> None:
    assert not metrics.activities.attention_is_known(judged({"Periode": "Q4"}))
    assert metrics.activities.attention_is_known(judged({"Periode": "Q4", "Oordeel": "Groen"}))


def test_slip_counts_quarters() -> None:
    frame = judged(
        {"Periode": "Q2", "Prognose": "Q4 2025-Q1 2026"},
        {"Periode": "Q3", "Prognose": "Q2"},
        {"Periode": "Q3"},
    )
    assert frame["slip"].tolist()[:2] == [3, -1]
    assert pd.isna(frame["slip"].iloc[2])


def test_an_activity_counts_in_every_quarter_it_runs_in() -> None:
    counts = metrics.activities.running(
        judged({"Periode": "Q1/Q2"}, {"Periode": "Q2"}, {"Periode": "ntb"}), 2025
    )
    assert counts["activities"].tolist() == [1, 2, 0, 0]
    top = metrics.activities.busiest(counts)
    assert top is not None
    assert top["quarter"] == 2


def test_due_is_what_ends_this_quarter_and_is_open() -> None:
    frame = judged(
        {"Periode": "Q3"},
        {"Periode": "Q2-4"},
        {"Periode": "Q3", "Status": "Afgerond"},
        {"Periode": "juli"},
    )
    assert metrics.activities.due(frame, dt.date(2025, 7, 15))["nr"].tolist() == ["4", "1"]


MOVING = (
    {"Periode": "Q3", "Prognose": "Q4", "Status": "Loopt"},
    {"Periode": "Q4", "Prognose": "Q2 2026", "Status": "Loopt"},
    {"Periode": "Q4", "Status": "Vervallen"},
    {"Periode": "Q4", "Status": "Afgerond"},
    {"Periode": "ntb", "Prognose": "Q4", "Status": "Loopt"},
)


def test_what_runs_and_what_is_due_goes_by_the_expected_months() -> None:
    frame, november = judged(*MOVING), dt.date(2025, 11, 20)
    assert metrics.activities.running_on(frame, november)["nr"].tolist() == ["1", "4", "5"]
    assert metrics.activities.agreed_on(frame, november)["nr"].tolist() == ["2", "3", "4"]
    assert metrics.activities.due(frame, november)["nr"].tolist() == ["1", "5"]
    assert metrics.activities.due_as_agreed(frame, november)["nr"].tolist() == ["2"]
    assert metrics.activities.next_up(frame, november)["nr"].tolist() == ["1", "5", "2"]
    counts = metrics.activities.running(frame, 2025).set_index("quarter")
    assert counts.loc[4].to_dict() == {"activities": 3, "agreed": 3}
    assert counts.loc[3].to_dict() == {"activities": 0, "agreed": 1}


def test_every_count_of_a_quarter_is_the_same_count() -> None:
    programme = activities(*({"Nr": str(n)} | row for n, row in enumerate(MOVING, start=1)))
    frame = metrics.activities.judged(programme.activities, dt.date(2025, 11, 20))
    counts = metrics.activities.running(frame, 2025)["activities"].tolist()
    themes = metrics.activities.by_theme_and_quarter(frame, programme.themes, 2025)
    assert [int(themes[f"q{q}"].sum()) for q in (1, 2, 3, 4)] == counts
    months = metrics.activities.running_months(frame)
    assert months["first"].notna().tolist() == [True, True, False, True, True]


def test_one_that_is_red_and_late_counts_in_both_words() -> None:
    frame = judged({"Periode": "Q1", "Status": "Loopt", "Oordeel": "Rood"}, {"Periode": "Q4"})
    assert metrics.activities.by_reason(frame) == {"red": 1, "late": 1, "orange": 0, "passed": 0}
    assert len(metrics.activities.attention(frame)) == 1


def test_an_unknown_theme_is_counted_by_itself() -> None:
    programme = activities({"Nr": "1"}, {"Nr": "2", "Thema": "Weet niet"})
    counts = metrics.activities.by_theme(
        metrics.activities.judged(programme.activities, None), programme.themes
    )
    assert counts["activities"].tolist() == [1, 0, 1]
    assert counts["theme"].isna().tolist() == [False, False, True]


def test_leading_and_taking_part_count_once() -> None:
    programme = activities(
        {
            "Nr": "1",
            "Trekker": "DC Terra",
            "Partners": "DC Terra; Zorg & Innovatie",
            "Periode": "Q2-Q3",
        },
        {"Nr": "2", "Partners": "Terra", "Periode": "Q2"},
    )
    load = metrics.partners.load(programme.activities, programme.partners, 2025).set_index(
        "partner"
    )
    assert load.loc[
        "DC Terra", ["lead", "takes_part", "activities", "q1", "q2", "q3", "q2_lead"]
    ].tolist() == [1, 1, 2, 0, 2, 1, 1]
    assert metrics.partners.companions(
        metrics.partners.of_partner(programme.activities, "DC Terra"), "DC Terra"
    )["partner"].tolist() == ["Zorg & Innovatie"]


def test_unknown_euros_are_counted_and_not_zero() -> None:
    rows = [
        *SMALL["Kostenraming"],
        {
            "Kostenpost": "Middelen",
            "Totaal": 50,
            "Dekking gemeente": "veel",
            "Dekking partners": None,
        },
    ]
    costs = read(small(Kostenraming=rows)).costs
    assert metrics.budget.estimate(costs) == metrics.budget.Total(150, 0)
    assert metrics.budget.by_funder(costs)[["amount", "unknown"]].to_numpy().tolist() == [
        [60, 1],
        [40, 1],
    ]
    assert metrics.budget.contradiction(costs) is None


def test_all_unknown_stays_unknown() -> None:
    costs = read(
        small(
            Kostenraming=[
                {
                    "Kostenpost": "Middelen",
                    "Totaal": "?",
                    "Dekking gemeente": "?",
                    "Dekking partners": "?",
                }
            ]
        )
    ).costs
    assert metrics.budget.estimate(costs).amount is None
    assert metrics.budget.by_funder(costs)["share"].isna().all()


def test_a_sheet_that_contradicts_itself_shows_both() -> None:
    costs = read(small(Kostenraming=[SMALL["Kostenraming"][0] | {"Totaal": 90}])).costs
    assert metrics.budget.contradiction(costs) == 10
    assert metrics.budget.covered(costs).amount == 100


def test_certainty_adds_up_to_the_estimate() -> None:
    programme = read(example())
    levels = metrics.budget.certainty(programme.costs, programme.commitments)
    assert levels.groupby("funder")["amount"].sum().to_dict() == {
        "Gemeente": 450000,
        "Partners": 230000,
    }


def test_money_on_an_unknown_line_is_not_lost() -> None:
    booking = {
        "Datum": dt.date(2025, 2, 1),
        "Kostenpost": "Weet niet",
        "Financier": "Gemeente",
        "Soort": "Betaald",
        "Bedrag": 7,
    }
    programme = read(small(Uitgaven=[booking]))
    assert (
        metrics.budget.spending_against_estimate(programme.costs, programme.spending)["paid"].sum()
        == 7
    )
    assert (
        metrics.budget.by_line(programme.costs, programme.commitments, programme.spending)[
            "paid"
        ].sum()
        == 7
    )


def test_euros_per_unit_need_a_target() -> None:
    programme = read(example())
    per = metrics.budget.per_ambition(programme.costs, programme.ambitions)
    assert per["municipality_per_unit"].tolist()[:2] == [45, 90]
    assert per["partners_per_unit"].tolist()[:2] == [23, 46]
    assert per.iloc[2][["target", "municipality_per_unit"]].isna().all()


def test_empty_rungs_are_there_and_the_latest_measurement_counts() -> None:
    programme = read(example())
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    homes = metrics.ambitions.of_ambition(rungs, "10.000 woningen").set_index("rung")
    assert homes.index.tolist() == [
        "Gereed",
        "In aanbouw",
        "Vergund",
        "Harde plannen",
        "Zachte plannen",
    ]
    assert (homes.loc["Gereed", "value"], homes.loc["Gereed", "baseline"]) == (410, 240)
    assert pd.isna(homes.loc["Vergund", "value"])
    assert metrics.ambitions.measured(rungs) == (6, 8)


def test_completeness_counts_what_could_be_known() -> None:
    topics = completeness(read(example())).set_index("topic")
    assert topics.loc["statuses", ["known", "of"]].tolist() == [24, 26]
    assert topics.loc["commitments", ["known", "of"]].tolist() == [5, 5]
    share = overall(topics.reset_index())
    assert share is not None
    assert 0 < share < 1


def test_nothing_to_know_is_not_complete() -> None:
    programme = read(small())
    assert overall(completeness(programme).head(0)) is None
