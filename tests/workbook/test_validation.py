"""Every rule of the contract: what stands in the cell, and what is said of it."""

import datetime as dt
import re
from typing import Any

import pytest

from aaa.values.finding import WEIGHTS, Finding, Severity, WorkbookError
from aaa.words import wording
from aaa.words.texts import LANGUAGES, keys
from aaa.workbook import programme, schema
from aaa.workbook.package import modified
from aaa.writing import contents
from tests.support.books import (
    ACTIVITY,
    SMALL,
    activities,
    codes,
    edited,
    example,
    finding,
    read,
    replaced,
    small,
)


def test_a_tidy_workbook_has_no_findings() -> None:
    assert codes(read(small())) == []


@pytest.mark.parametrize(
    ("heading", "value", "code", "cell"),
    [
        ("Periode", "Q5", "period_unreadable", "E2"),
        ("Periode", "Q1/Q3", "period_gap", "E2"),
        ("Periode", dt.datetime(2025, 4, 1), "period_from_date", "E2"),
        ("Periode", "Q2 2024", "period_outside_year", "E2"),
        ("Thema", "Veiligeid", "name_unknown", "B2"),
        ("Trekker", "DC Tera", "name_unknown", "F2"),
        ("Status", "Bezig", "choice_unknown", "F2"),
        ("Oordeel", "Paars", "choice_unknown", "F2"),
        ("Voortgang", "veel", "share_unreadable", "F2"),
        ("Voortgang", 50, "share_bare", "F2"),
        ("Voortgang", "100%", "progress_full_not_finished", "F2"),
        ("Prognose", "Q4 2024", "forecast_before_year", "F2"),
        ("Afgerond op", "31-2-2025", "date_unreadable", "F2"),
        ("Afgerond op", "1-3-2025", "finished_date_without_status", "F2"),
        ("Ambities", "Banen", "name_unknown", "F2"),
        ("Nr", None, "key_empty", "A2"),
        ("Activiteit", None, "cell_empty", "D2"),
    ],
)
def test_a_wrong_cell_is_named_and_hides_nothing(
    heading: str, value: Any, code: str, cell: str
) -> None:
    programme = activities({heading: value})
    found = finding(programme, code)
    assert (found.sheet, found.cell) == ("Activiteiten", cell)
    assert len(programme.activities) == 1


def test_orange_and_red_ask_for_a_word() -> None:
    programme = activities(
        {"Oordeel": "Rood", "Stand van zaken": None},
        {"Nr": "1.2", "Oordeel": "Oranje", "Stand van zaken": "wacht"},
    )
    assert finding(programme, "note_missing").cell == "G2"


def test_the_nearest_name_is_told() -> None:
    assert finding(activities({"Partners": "DC Tera"}), "name_unknown").nearest == "DC Terra"
    assert finding(activities({"Thema": "Veilgheid"}), "name_unknown").nearest == "Veiligheid"


def test_numbers_that_differ_in_case_are_the_same() -> None:
    found = finding(activities({"Nr": "a1"}, {"Nr": "A1"}), "nr_doubled")
    assert (found.cell, found.facts["first"]) == ("A3", "A2")


def test_a_row_that_does_not_add_up_is_told_with_both_numbers() -> None:
    row = SMALL["Kostenraming"][0] | {"Totaal": 90}
    found = finding(read(small(Kostenraming=[row])), "row_total_differs")
    assert (found.cell, found.facts["total"], found.facts["sum"]) == ("B2", 90, 100)


def test_a_total_row_is_a_check_and_never_data() -> None:
    total = {"Kostenpost": "Totaal", "Totaal": 999, "Dekking gemeente": 60, "Dekking partners": 40}
    programme = read(small(Kostenraming=[*SMALL["Kostenraming"], total]))
    assert len(programme.costs) == 1
    assert finding(programme, "column_total_differs").cell == "B3"


def test_an_alias_belongs_to_one_partner() -> None:
    partners = [
        *SMALL["Partners"],
        {"Partner": "Terra Nova", "Soort": "Zorg", "Ook bekend als": "Terra"},
    ]
    found = finding(read(small(Partners=partners)), "alias_clash")
    assert (found.cell, found.value, found.facts["first"]) == ("C4", "Terra", "DC Terra")


def test_spending_above_the_estimate_is_told_per_funder() -> None:
    booking = {
        "Datum": dt.date(2025, 2, 1),
        "Kostenpost": "Capaciteit",
        "Financier": "Gemeente",
        "Soort": "Betaald",
        "Bedrag": 61,
    }
    found = finding(read(small(Uitgaven=[booking])), "spending_above_estimate")
    assert (found.sheet, found.cell) == ("Kostenraming", "C2")


def test_a_booking_names_an_activity_that_exists() -> None:
    booking = {
        "Datum": dt.date(2025, 2, 1),
        "Kostenpost": "Capaciteit",
        "Financier": "Gemeente",
        "Soort": "Betaald",
        "Bedrag": 1,
        "Activiteit": "9.9",
    }
    assert finding(read(small(Uitgaven=[booking])), "activity_unknown").cell == "F2"


def test_a_measurement_is_not_from_the_future() -> None:
    measured = {
        "Ambitie": "Woningen",
        "Trede": "Gereed",
        "Peildatum": dt.date(2025, 12, 1),
        "Waarde": 5,
    }
    assert finding(read(small(Metingen=[measured])), "measurement_after_reference").cell == "C2"
    assert (
        finding(
            read(small(Metingen=[measured | {"Trede": "Banen"}])), "rung_of_other_ambition"
        ).cell
        == "B2"
    )


def test_a_row_pasted_twice_is_told() -> None:
    booking = {
        "Datum": dt.date(2025, 2, 1),
        "Kostenpost": "Capaciteit",
        "Financier": "Gemeente",
        "Soort": "Betaald",
        "Bedrag": 1,
    }
    programme = read(small(Uitgaven=[booking, booking]))
    assert finding(programme, "row_repeated").facts["first"] == 2
    assert programme.spending["amount"].sum() == 2


def test_columns_come_in_any_order_under_any_spacing() -> None:
    row = dict(
        reversed([(f" {heading.upper()}\u00a0", value) for heading, value in ACTIVITY.items()])
    )
    programme = read(small(Activiteiten=[row]))
    assert programme.activities["title"].tolist() == ["Bouwen"]


def test_a_title_may_stand_above_the_headings() -> None:
    def change(book: Any) -> None:
        book["Activiteiten"].insert_rows(1, 2)
        book["Activiteiten"]["A1"] = "Onze activiteiten"

    programme = read(edited(change))
    assert programme.activities["row"].tolist() == [4]


def test_unknown_sheets_and_columns_are_information() -> None:
    programme = read(small(Kladblok=[{"a": 1}], Activiteiten=[ACTIVITY | {"Mijn notitie": "x"}]))
    assert {finding(programme, code).severity for code in ("sheet_unknown", "column_unknown")} == {
        Severity.INFO
    }


def test_a_doubled_column_is_read_once() -> None:
    def change(book: Any) -> None:
        book["Activiteiten"]["F1"], book["Activiteiten"]["F2"] = "Periode", "Q4"

    programme = read(edited(change))
    assert finding(programme, "column_doubled").cell == "F1"
    assert programme.activities["period"].tolist() == ["Q2"]


def test_headings_in_the_middle_are_no_activity() -> None:
    programme = read(
        small(Activiteiten=[ACTIVITY, {k: k for k in ACTIVITY}, ACTIVITY | {"Nr": "1.2"}])
    )
    assert len(programme.activities) == 2
    assert finding(programme, "headings_repeated").cell == "A3"


def test_error_cells_and_uncalculated_formulas_are_unknown() -> None:
    def change(book: Any) -> None:
        book["Kostenraming"]["B2"] = "=C2+D2"
        book["Kostenraming"]["C2"] = "#N/A"
        book["Kostenraming"]["C2"].data_type = "e"

    programme = read(edited(change))
    assert {"cell_uncalculated", "cell_error"} <= set(codes(programme))
    assert programme.costs[["total", "municipality"]].isna().all(axis=None)


@pytest.mark.parametrize("missing", ["Activiteiten", "Kostenraming", "Ambities"])
def test_a_required_sheet_that_is_missing_is_fatal(missing: str) -> None:
    with pytest.raises(WorkbookError) as caught:
        read(small(**{missing: None}))
    assert [(f.code, f.sheet) for f in caught.value.findings] == [("sheet_missing", missing)]


def test_missing_headings_are_all_named() -> None:
    rows = [{k: v for k, v in ACTIVITY.items() if k not in ("Nr", "Periode")}]
    with pytest.raises(WorkbookError) as caught:
        read(small(Activiteiten=rows))
    assert caught.value.findings[0].facts["headings"] == "Nr, Periode"


@pytest.mark.parametrize("sheet", [s.title for s in schema.SHEETS if not s.required])
def test_every_other_sheet_may_be_missing(sheet: str) -> None:
    data = contents.example_2025()
    sheets = {title: rows for title, rows in data.items() if title != sheet and rows}
    costs = [
        row | {"Totaal": row["Dekking gemeente"] + row["Dekking partners"]}
        for row in sheets["Kostenraming"]
    ]
    from tests.support.books import xlsx

    programme = read(xlsx(sheets | {"Kostenraming": costs}))
    assert len(programme.activities) == 26


def test_a_workbook_without_a_register_takes_names_as_typed() -> None:
    programme = read(
        small(Partners=None, Activiteiten=[ACTIVITY | {"Partners": "Iemand; Niemand"}])
    )
    assert programme.activities["partners"].tolist() == [("Iemand", "Niemand")]
    assert "name_unknown" not in codes(programme)


def test_the_example_shows_a_finding() -> None:
    assert codes(read(example())) == ["spending_above_estimate"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_there_can_be_has_its_sentence(lang: str) -> None:
    facts: dict[str, str | int | float] = dict.fromkeys(
        ("headings", "first", "error", "formula", "choices", "sheet", "month", "percent",
        "date", "fact", "year", "heading", "total", "sum",
         "as_of", "judgement", "line", "funder", "spent", "estimate", "kind", "ambition", "name",
         "detail", "found", "part", "size", "encoding", "holder", "contract", "twin", "was"), "x"
    )  # fmt: skip
    for code in WEIGHTS:
        named = [key for key in keys(lang) if f"{key}.".startswith(f"finding.{code}.")]
        assert named, code
        for cause in (key.removeprefix(f"finding.{code}").removeprefix(".") for key in named):
            said = facts | {
                "limit": 1,
                "count": 1,
                "percent": 1.5,
                "month": "2025-04",
                "saved": "2025-11-30",
            }
            said |= {"cause": cause} if cause else {}
            found = Finding(code, "Blad", "A1", "waarde", "dichtbij", said)
            assert wording.message(found, lang).strip()
            assert wording.expected(found, lang) != ""
            assert wording.line(found, lang).startswith("Blad!A1 · ")


# What makes a number on a page wrong or unknown is an error: `check` ends with 1, and every page
# says that there are errors.
WRONG_NUMBERS = [
    "activity_unknown",
    "amount_unreadable",
    "cell_error",
    "cell_uncalculated",
    "choice_unknown",
    "column_total_differs",
    "date_unreadable",
    "name_unknown",
    "number_unreadable",
    "period_unreadable",
    "row_total_differs",
    "share_unreadable",
    "year_unreadable",
]


@pytest.mark.parametrize("code", WRONG_NUMBERS)
def test_what_makes_a_number_wrong_is_an_error(code: str) -> None:
    assert WEIGHTS[code] is Severity.ERROR


def _about_the_date(as_of: str, saved: dt.date | None, said: str | None = None) -> list[Finding]:
    facts = [
        row | ({"Waarde": as_of} if row["Gegeven"] == "Peildatum" else {})
        for row in SMALL["Programma"]
    ]
    data = small(
        Programma=facts,
        Metingen=[
            {"Ambitie": "Woningen", "Trede": "Gereed", "Waarde": 5} | {"Peildatum": "2025-09-30"}
        ],
    )
    if said:
        moment = modified(data)
        assert moment is not None
        day = moment.date().isoformat().encode()
        for _ in ("created", "modified"):
            data = replaced(data, "docProps/core.xml", day, said.encode())
    found = programme.from_bytes(data, 2025, saved).findings
    return [one for one in found if one.code in ("as_of_unlikely", "fact_missing")]


@pytest.mark.parametrize(
    ("as_of", "saved", "said", "cause"),
    [
        ("2024-11-20", dt.date(2025, 11, 20), None, "outside_year"),
        ("2025-12-20", dt.date(2025, 11, 20), None, "after_save"),
        ("2025-01-01", dt.date(2024, 12, 15), None, None),  # a plan that is made ahead
        ("2025-01-15", dt.date(2025, 11, 20), "2025-11-20", "old"),
        ("2025-11-20", dt.date(2025, 11, 20), "2025-11-20", None),
        ("2025-12-20", None, None, None),  # nobody knows when it was saved
        ("", dt.date(2025, 11, 20), None, "peildatum"),
    ],
)
def test_a_reference_date_that_is_probably_wrong_is_told_with_the_newest_date(
    as_of: str, saved: dt.date | None, said: str | None, cause: str | None
) -> None:
    found = _about_the_date(as_of, saved, said)
    assert [one.facts["cause"] for one in found] == ([cause] if cause else [])
    for one in found:
        for lang, newest in (("nl", "30 september 2025"), ("en", "30 September 2025")):
            words = wording.message(one, lang)
            assert newest in words
            assert not re.search(r"\d{4}-\d\d", words)
