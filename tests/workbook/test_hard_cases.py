"""What a lead's hand really produced, and what it once did to the pages."""

import datetime as dt
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aaa import cli, metrics
from aaa.exports.summary import summarise
from aaa.figures import budget as budget_figures
from aaa.metrics import rows
from aaa.values.finding import MOST_OF_A_CODE, Severity, WorkbookError, counted, wrong
from aaa.workbook import convert, programme, reader
from aaa.workbook.reader import Cell
from tests.support.books import (
    ACTIVITY,
    SMALL,
    activities,
    codes,
    edited,
    example,
    finding,
    judged,
    read,
    small,
)

BOOKING = {
    "Datum": "1-2-2025",
    "Kostenpost": "Capaciteit",
    "Financier": "Gemeente",
    "Soort": "Betaald",
    "Bedrag": 10,
}
LINE = SMALL["Kostenraming"][0]


@pytest.mark.parametrize(
    ("themes", "used"),
    [
        (None, ["Veiligheid", "veiligheid"]),
        (
            [{"Thema": "Zorg & Welzijn"}, {"Thema": "Zorg/Welzijn"}],
            ["Zorg & Welzijn", "Zorg/Welzijn"],
        ),
        ([{"Thema": "Onbekend"}], ["Onbekend", "Foo"]),
        ([{"Thema": "Veiligheid"}, {"Thema": "VEILIGHEID"}], ["Veiligheid", "veiligheid"]),
    ],
)
def test_themes_that_look_alike_count_each_activity_once(
    themes: list[dict[str, Any]] | None, used: list[str]
) -> None:
    mine = [ACTIVITY | {"Nr": str(n), "Thema": theme} for n, theme in enumerate(used)]
    found = judged(read(small(Themas=themes, Activiteiten=mine)))
    counts = metrics.activities.by_theme(found.activities, found.themes)
    assert counts["activities"].sum() == len(used)
    groups = rows.grouped(found)
    assert sum(len(group.activities) for group in groups) == len(used)
    assert len({group.code for group in groups}) == len(groups)


def test_a_share_of_something_unknown_is_unknown() -> None:
    found = read(
        small(
            Kostenraming=[LINE | {"Dekking partners": "veertig"}],
            Uitgaven=[BOOKING | {"Bedrag": 30}],
        )
    )
    by_funder = metrics.budget.by_funder(found.costs)
    assert by_funder["share"].isna().all()
    assert budget_figures.title(by_funder, "nl") == "Wie wat draagt is nog niet bekend"
    spent = metrics.budget.spending_against_estimate(found.costs, found.spending)
    assert metrics.budget.paid_of_estimate(spent)[1] is None
    per = metrics.budget.per_ambition(found.costs, found.ambitions)
    assert per["partners_per_unit"].isna().all()
    assert per["municipality_per_unit"].tolist() == [0.06]
    assert summarise(found)["uncounted"]["partners"] == 1


def test_a_cost_line_that_stands_there_twice_is_spent_once() -> None:
    found = read(small(Kostenraming=[LINE, LINE], Uitgaven=[BOOKING]))
    assert metrics.budget.spending_against_estimate(found.costs, found.spending)["paid"].sum() == 10
    assert (
        metrics.budget.by_line(found.costs, found.commitments, found.spending)["paid"].sum() == 10
    )


def test_a_nameless_cost_line_gets_nobodys_money() -> None:
    found = read(
        small(
            Kostenraming=[LINE | {"Kostenpost": None}], Uitgaven=[BOOKING | {"Kostenpost": "Foo"}]
        )
    )
    by_line = metrics.budget.by_line(found.costs, found.commitments, found.spending)
    assert by_line["line"].tolist()[0] == "rij 2"
    assert by_line["paid"].fillna(-1).tolist() == [-1, 10]


def test_rows_that_count_nowhere_are_counted_as_such() -> None:
    found = read(
        small(Uitgaven=[BOOKING, BOOKING | {"Soort": "Betaalt"}, BOOKING | {"Bedrag": "tien"}])
    )
    assert metrics.budget.uncounted(found.spending, ("kind",)) == metrics.budget.Total(10, 2)
    measured = {"Ambitie": "Woningen", "Trede": "Gereed", "Peildatum": "medio 2025", "Waarde": 5}
    assert metrics.ambitions.uncounted(read(small(Metingen=[measured])).measurements) == 1


def test_a_commitment_of_an_unknown_funder_is_not_lost() -> None:
    sure = {
        "Kostenpost": "Capaciteit",
        "Financier": "Gemeent",
        "Bedrag": 5,
        "Zekerheid": "Toegezegd",
    }
    found = read(small(Toezeggingen=[sure]))
    levels = metrics.budget.certainty(found.costs, found.commitments)
    total = metrics.budget.committed(levels)
    assert total is not None
    assert total.amount == 5
    assert budget_figures.certainty(levels, "nl").title == "€\u00a05 van de dekking is toegezegd"


def test_a_total_that_cannot_be_compared_is_said() -> None:
    def change(book: Any) -> None:
        book["Kostenraming"].append(["Totaal", "=SUM(B2:B2)", "veel", 40])

    assert {"cell_uncalculated", "amount_unreadable"} <= set(codes(read(edited(change))))


@pytest.mark.parametrize("name", ["Totaal:", " TOTAAL "])
def test_a_total_may_have_a_colon(name: str) -> None:
    assert len(read(small(Kostenraming=[LINE, LINE | {"Kostenpost": name}])).costs) == 1


@pytest.mark.parametrize(
    "name", ["Totalen", "Totaal kosten", "Subtotaal", "Eindtotaal", "Totaal 2025"]
)
def test_what_looks_like_a_total_is_said(name: str) -> None:
    found = read(small(Kostenraming=[LINE, LINE | {"Kostenpost": name}]))
    assert finding(found, "total_lookalike").cell == "A3"
    assert len(found.costs) == 2


def test_headings_are_no_partner() -> None:
    partners = [
        *SMALL["Partners"],
        {"Partner": "Partner", "Soort": "Soort", "Ook bekend als": "Ook bekend als"},
    ]
    found = read(small(Partners=partners))
    assert finding(found, "headings_repeated").cell == "A4"
    assert found.partners["partner"].tolist() == ["DC Terra", "Zorg & Innovatie"]


def test_aliases_may_stand_on_lines_of_their_own() -> None:
    partners = [{"Partner": "DC Terra", "Ook bekend als": "Terra\nTerra MBO"}]
    found = read(
        small(Partners=partners, Activiteiten=[ACTIVITY | {"Partners": "Terra; Terra MBO"}])
    )
    assert found.activities["partners"].tolist() == [("DC Terra",)]


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("Zorg en Welzijn, DC Terra", ["Zorg en Welzijn", "DC Terra"]),
        ("NHL Stenden/Thorbecke, DC Terra", ["Thorbecke", "DC Terra"]),
        ("DC Terra/Zorg en Welzijn en Foo", ["DC Terra", "Zorg en Welzijn", "Foo"]),
    ],
)
def test_a_known_name_is_not_cut_apart(typed: str, pieces: list[str]) -> None:
    known = {
        "zorg en welzijn": "Zorg en Welzijn",
        "dc terra": "DC Terra",
        "nhl stenden/thorbecke": "Thorbecke",
    }
    found, _ = convert.name_list(Cell("A1", typed), known)
    assert [name or raw for name, raw in found] == pieces


def test_strangers_in_two_spellings_are_one() -> None:
    found = activities(
        {"Nr": "1", "Partners": "Foo Bv"},
        {"Nr": "2", "Partners": "foo bv"},
        {"Nr": "3", "Partners": "Foo-Bv; Foo/Bv"},
    )
    load = metrics.partners.load(found.activities, found.partners, 2025)
    assert (
        load.set_index("partner")["activities"].to_dict() | {"DC Terra": 0, "Zorg & Innovatie": 0}
        == load.set_index("partner")["activities"].to_dict()
    )
    assert load[load["partner"].str.casefold() == "foo bv"]["activities"].tolist() == [2]
    assert found.partners["code"].is_unique


@pytest.mark.parametrize("typed", ["Voorbeeldd", "Fictief"])
def test_a_misspelt_example_is_said(typed: str) -> None:
    found = read(small(Programma=[*SMALL["Programma"], {"Gegeven": "Soort", "Waarde": typed}]))
    assert finding(found, "sort_unknown").cell == "B5"


@pytest.mark.parametrize("mark", ["nee", "-", 0, "n.v.t.", False])
def test_no_is_no_mark(mark: Any) -> None:
    assert activities({"Internationaal": mark}).activities["international"].isna().all()


def test_the_baseline_stays_in_english() -> None:
    measured = {
        "Ambitie": "Woningen",
        "Trede": "Gereed",
        "Peildatum": "1-1-2025",
        "Waarde": 100,
        "Toelichting": "Nulmeting",
        "Toelichting (EN)": "Start",
    }
    english = programme.in_language(read(small(Metingen=[measured])), "en")
    assert (
        metrics.ambitions.ladders(english.ambitions, english.measurements)["baseline"].iloc[0]
        == 100
    )


def test_two_rows_of_one_name_are_two_bars() -> None:
    ambitions = [
        {"Nr": "1", "Ambitie": "A", "Eenheid": "woningen", "Doel": 10},
        {"Nr": "2", "Ambitie": "B", "Eenheid": "woningen", "Doel": 20},
    ]
    found = read(small(Ambities=ambitions))
    chart = budget_figures.per_ambition(
        metrics.budget.per_ambition(found.costs, found.ambitions), "nl"
    )
    assert len(chart.bars.rows) == 2


def test_a_comma_may_not_be_forgotten() -> None:
    assert convert.amount(Cell("A1", "0.075"))[0] is None


def test_a_picture_with_a_doctype_is_no_danger() -> None:
    buffer = io.BytesIO(small())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/media/logo.svg", '<!DOCTYPE svg PUBLIC "x" "y"><svg/>')
    assert reader.read(buffer.getvalue())


def test_a_stray_sheet_of_the_same_name_does_not_win() -> None:
    def change(book: Any) -> None:
        book.create_sheet("Kostenraming ", 0)["A1"] = "kladje"

    found = read(edited(change))
    assert "sheet_doubled" in codes(found)
    assert len(found.costs) == 1


def test_an_invisible_character_is_an_empty_cell() -> None:
    assert len(read(small(Activiteiten=[ACTIVITY, {"Nr": "\u200b"}])).activities) == 1


@pytest.mark.parametrize(
    "typed", [45839, dt.datetime(2025, 7, 1, 14, 30), "2025-07-01", "1 juli 2025"]
)
def test_the_reference_date_in_every_shape(typed: Any) -> None:
    rows = [
        row if row["Gegeven"] != "Peildatum" else {"Gegeven": "Peildatum", "Waarde": typed}
        for row in SMALL["Programma"]
    ]
    assert read(small(Programma=rows)).as_of == dt.date(2025, 7, 1)


@pytest.mark.parametrize("typed", [1e13, "9999999999999", 1e307])
def test_a_slip_of_the_keyboard_is_no_amount(typed: Any) -> None:
    found = read(small(Kostenraming=[LINE | {"Totaal": typed}]))
    assert finding(found, "amount_unreadable").cell == "B2"
    summarise(found)


def test_many_misspelt_names_are_looked_up_quickly() -> None:
    partners = [{"Partner": f"Stichting Nummer {n}"} for n in range(300)]
    rows = [
        ACTIVITY
        | {"Nr": str(n), "Partners": "; ".join(f"Stichtng Numer {n + k}" for k in range(3))}
        for n in range(300)
    ]
    found = read(small(Partners=partners, Activiteiten=rows))
    unknown = [one for one in found.findings if one.code == "name_unknown"]
    assert len(unknown) == MOST_OF_A_CODE
    assert [one.more for one in unknown[:-1]] == [0] * (MOST_OF_A_CODE - 1)
    assert unknown[-1].more == 900 - MOST_OF_A_CODE
    assert counted(found.findings)[Severity.ERROR] == wrong(found.findings) == 900


def test_a_console_that_knows_few_letters_gets_them_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(small(Activiteiten=[ACTIVITY | {"Status": "🌳"}]))
    for arguments in (["check", str(path)], ["show", str(path), "--json"]):
        out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
        monkeypatch.setattr(sys, "stdout", out)
        cli.main(arguments)
        out.flush()
        text = out.buffer.getvalue().decode("cp1252")
        if "--json" in arguments:
            assert json.loads(text)


def test_unreadable_rows_are_not_called_the_same() -> None:
    found = read(small(Uitgaven=[BOOKING | {"Bedrag": "1.5"}, BOOKING | {"Bedrag": "(500)"}]))
    assert "row_repeated" not in codes(found)


def test_the_example_still_has_its_one_finding() -> None:
    assert codes(read(example())) == ["spending_above_estimate"]


def test_a_misspelt_heading_is_told_with_the_one_that_was_meant() -> None:
    found = read(small(Activiteiten=[ACTIVITY | {"Sttatus": "Loopt", "Eigen kolom": "x"}]))
    misspelt = finding(found, "column_misspelt")
    assert (misspelt.cell, misspelt.value, misspelt.nearest) == ("F1", "Sttatus", "Status")
    assert finding(found, "column_unknown").value == "Eigen kolom"


def test_a_missing_heading_points_at_the_one_that_looks_like_it() -> None:
    row = {"Nr": "1", "Thema": "Veiligheid", "Onderdeel": "x", "Activiteit": "y", "Perode": "Q1"}
    with pytest.raises(WorkbookError) as caught:
        read(small(Activiteiten=[row]))
    (missing,) = caught.value.findings
    assert (missing.cell, missing.nearest, missing.facts["headings"]) == ("E1", "Perode", "Periode")


def test_values_below_an_empty_heading_are_told() -> None:
    def change(book: Any) -> None:
        sheet = book["Activiteiten"]
        sheet["F1"], sheet["F2"], sheet["G1"], sheet["G2"] = None, "Loopt", "Oordeel", "Groen"
        sheet["J2"] = "naast de tabel"

    assert finding(read(edited(change)), "column_nameless").cell == "F1"


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("Activiteiten", "A4"),
        ("Activiteiten", "B4"),  # where a name is expected
        ("Activiteiten", "D4"),
        ("Kostenraming", "A4"),
        ("Kostenraming", "C4"),  # an amount
        ("Uitgaven", "A4"),  # a date
        ("Uitgaven", "C4"),  # a word of a list
    ],
)
def test_a_remark_below_a_table_is_one_finding_and_changes_no_sum(sheet: str, cell: str) -> None:
    def change(book: Any) -> None:
        if sheet not in book.sheetnames:
            made = book.create_sheet(sheet)
            made.append(["Datum", "Kostenpost", "Financier", "Soort", "Bedrag"])
            made.append([dt.datetime(2025, 3, 1), "Capaciteit", "Gemeente", "Betaald", 40])
        book[sheet][cell] = "NB: cijfers onder voorbehoud"

    found = read(edited(change))
    assert finding(found, "row_is_remark").cell == cell
    assert [one.code for one in found.findings if one.sheet == sheet] == ["row_is_remark"]
    assert metrics.budget.estimate(found.costs).amount == 100


def test_a_number_that_excel_made_a_date_is_told() -> None:
    found = activities({"Nr": dt.datetime(2025, 4, 1)})
    assert finding(found, "label_from_date").value == "2025-04-01"
    assert "label_from_date" not in codes(
        read(
            small(
                Programma=[
                    {"Gegeven": "Peildatum", "Waarde": dt.date(2025, 7, 1)},
                    *SMALL["Programma"][:2],
                ]
            )
        )
    )


def test_the_headings_again_with_their_english_ones_are_no_data() -> None:
    row = ACTIVITY | {"Activiteit (EN)": "Build"}
    assert (
        len(
            read(
                small(Activiteiten=[row, {heading: heading for heading in row}, row | {"Nr": "2"}])
            ).activities
        )
        == 2
    )


def test_renamed_headings_are_a_warning_at_the_first_of_them() -> None:
    found = read(
        small(Activiteiten=[{"Nr": "1", "Toestand": "Loopt", "Leider": "DC Terra"} | ACTIVITY])
    )
    renamed = finding(found, "columns_renamed")
    assert (renamed.cell, renamed.facts["found"]) == ("B1", "Toestand, Leider")
    assert "Status" in str(renamed.facts["headings"])


def test_a_title_in_capitals_is_quoted_as_it_stands() -> None:
    found = read(small(KOSTENRAMING=[LINE | {"Totaal": 999}], Kostenraming=None))
    assert finding(found, "row_total_differs").place == "KOSTENRAMING!B2"


def test_a_measurement_of_an_unknown_ambition_is_of_none() -> None:
    ambitions: list[dict[str, Any]] = [
        {"Nr": "1", "Ambitie": "Woningen", "Eenheid": "woningen", "Doel": 10},
        {"Nr": "2", "Ambitie": None, "Eenheid": "banen", "Doel": 5},
    ]
    measured = {"Ambitie": "Onbekend", "Trede": "Gereed", "Peildatum": "1-1-2025", "Waarde": 7}
    told = summarise(read(small(Ambities=ambitions, Metingen=[measured])))["ambitions"]
    assert [one["measurements"] for one in told] == [[], []]
