import datetime as dt
import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from aaa import cli, metrics
from aaa.values.finding import Severity
from aaa.workbook.matching import plain
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Status
from aaa.writing import mark, next_year
from tests.support.books import ACTIVITY, SHIPPED, SMALL, codes, example, read, small

NOW = dt.datetime(2025, 12, 15, 9, 30, tzinfo=dt.UTC)


def after(data: bytes) -> Programme:
    return read(written(data))


def written(data: bytes) -> bytes:
    return next_year.made(data, read(data), NOW)


def test_the_year_and_the_reference_date_move_on() -> None:
    following = after(example())
    assert (following.name, following.year, str(following.as_of), following.is_example) == (
        "Asser Ambitie Agenda",
        2026,
        "2026-01-01",
        True,
    )


@pytest.mark.parametrize(
    "frame", ["themes", "partners", "ambitions", "measurements", "communication", "international"]
)
def test_what_stays_is_carried_over_whole(frame: str) -> None:
    before, following = getattr(read(example()), frame), getattr(after(example()), frame)
    assert following.drop(columns="row").to_dict("records") == before.drop(columns="row").to_dict(
        "records"
    ) or following.drop(columns="row").equals(before.drop(columns="row"))


def test_every_activity_is_proposed_or_over() -> None:
    before, following = read(example()).activities, after(example()).activities
    over = before["status"].isin([Status.FINISHED, Status.DROPPED])
    assert following["nr"].tolist() == before[~over]["nr"].tolist()
    for column in (
        "title",
        "title_en",
        "theme",
        "topic",
        "description",
        "leads",
        "partners",
        "ambitions",
    ):
        assert following[column].tolist() == before[~over][column].tolist()
    # how it goes is not lost: as it is, and how it stands with the date of that
    for column in ("status", "judgement", "progress"):
        kept, was = (list(map(plain, one[column])) for one in (following, before[~over]))
        assert kept == was
    notes = before[~over]["note"]
    told = [f"Stand 30 september 2025: {note}" if isinstance(note, str) else None for note in notes]
    assert [note if isinstance(note, str) else None for note in following["note"]] == told
    assert following["forecast"].isna().all()


@pytest.mark.parametrize(
    ("row", "original", "slip"),
    [
        ({"Periode": "Q2", "Prognose": "Q1 2026"}, "Q2 2025", 3),
        ({"Periode": "Q4", "Prognose": "Q4"}, "Q4 2025", None),
        ({"Periode": "ntb"}, None, None),
        ({"Periode": "Q1 2026", "Oorspronkelijk": "Q3 2024"}, "Q3 2024", 6),
        ({"Periode": "Q2-3", "Prognose": "Q1-2 2026"}, "Q2-3 2025", 3),
    ],
)
def test_what_was_agreed_first_is_never_lost(
    row: dict[str, Any], original: str | None, slip: int | None
) -> None:
    once = written(small(Activiteiten=[ACTIVITY | row]))
    first, again = read(once), after(once)
    for following in (first, again):
        found = following.activities["original"][0]
        assert (found if isinstance(found, str) else None) == original
    judged = metrics.activities.judged(first.activities, first.as_of)["slip"][0]
    assert (None if pd.isna(judged) else int(judged)) == slip


def test_a_result_tells_how_it_went_and_not_what_was_planned() -> None:
    done = ACTIVITY | {
        "Omschrijving": "Staat voor april gepland",
        "Status": "Afgerond",
        "Afgerond op": "12-6-2025",
        "Stand van zaken": "In gebruik bij drie scholen.",
    }
    unsaid = done | {"Nr": "1.2", "Stand van zaken": None}
    unread = done | {"Nr": "1.3", "Afgerond op": "17 april"}
    results = after(small(Activiteiten=[done, unsaid, unread])).results
    assert results["description"].tolist() == [
        "Afgerond op 12 juni 2025. In gebruik bij drie scholen.",
        "Afgerond op 12 juni 2025.",
        "Afgerond op 17 april. In gebruik bij drie scholen.",
    ]


def test_what_happens_to_each_activity_is_said_before_anything_is_made() -> None:
    rows = [
        {"Nr": "1.1", "Status": "Afgerond"},
        {"Nr": "1.2", "Status": "Vervallen"},
        {"Nr": "1.3", "Status": "Loopt", "Periode": "Q4 2025-Q1 2026"},
        {"Nr": "1.4", "Status": "Loopt", "Periode": "Q2"},
    ]
    found = next_year.proposals(read(small(Activiteiten=[ACTIVITY | row for row in rows])))
    assert [next_year.said(one, "nl") for one in found] == [
        "afgerond: wordt een resultaat",
        "vervallen: gaat niet mee",
        "gaat door, periode Q4 2025-Q1 2026",
        "gaat door, periode nog af te spreken (oorspronkelijk Q2 2025)",
    ]


def test_finished_activities_become_results_beside_the_earlier_ones() -> None:
    before, results = read(example()), after(example()).results
    finished = before.activities[before.activities["status"] == Status.FINISHED]
    assert results["title"].tolist() == [*before.results["title"], *finished["title"]]
    assert results["year"].tolist() == [*before.results["year"], *[2025] * len(finished)]


def test_meetings_that_lie_ahead_stay() -> None:
    meetings = [
        {"Datum": "1-12-2025", "Overleg": "Regiegroep"},
        {"Datum": "12-1-2026", "Overleg": "Raad van Advies"},
    ]
    assert after(small(Overleg=meetings)).meetings["meeting"].tolist() == ["Raad van Advies"]


@pytest.mark.parametrize(
    ("period", "forecast", "proposed"),
    [
        ("Q2", None, "ntb"),
        ("Q2", "Q4 2025-Q1 2026", "Q4 2025-Q1 2026"),
        ("Q3 2025-Q2 2026", None, "Q3 2025-Q2 2026"),
        ("Q4", "Q3", "ntb"),
        ("ooit", None, "ooit"),
        ("Q3", dt.datetime(2026, 2, 1), "februari 2026"),
        ("Q1", "Q4 2025-februari 2026", "Q4 2025-februari 2026"),
    ],
)
def test_a_period_is_kept_only_where_it_runs_on(period: str, forecast: Any, proposed: str) -> None:
    following = after(small(Activiteiten=[ACTIVITY | {"Periode": period, "Prognose": forecast}]))
    assert following.activities["period"].tolist() == [proposed]


def test_money_starts_empty_and_unknown_is_not_nothing() -> None:
    following = after(example())
    assert following.costs["line"].tolist() == ["Capaciteit", "Middelen", "Procesmiddelen"]
    assert following.costs[["total", "municipality", "partners"]].isna().all().all()
    assert following.spending.empty
    assert following.commitments.empty
    assert following.meetings.empty
    opened = load_workbook(io.BytesIO(written(example())))["Kostenraming"]
    assert opened["C2"].value == '=IF(COUNT(D2,E2)=0,"",SUM(D2,E2))'


def test_decisions_that_are_not_done_stay() -> None:
    decision = {"Datum": "1-3-2025", "Soort": "Actie", "Tekst": "Nog te doen", "Status": "Open"}
    following = after(
        small(
            Besluiten=[
                decision,
                decision | {"Tekst": "Klaar", "Status": "gereed"},
                decision | {"Tekst": "Onbekend", "Status": None},
                decision | {"Soort": "Besluit", "Tekst": "Genomen", "Status": None},
                decision | {"Soort": "Besluit", "Tekst": "Gevraagd"},
                decision | {"Tekst": "Ook klaar", "Status": "Afgehandeld"},
            ]
        )
    )
    assert sorted(following.decisions["text"]) == ["Gevraagd", "Nog te doen", "Onbekend"]


def test_words_that_the_lead_added_to_the_lists_stay() -> None:
    def kinds(**more: Any) -> tuple[str, ...]:
        return after(small(**more)).partner_kinds

    added = {"Lijsten": [{"Soort partner": "Sportvereniging"}]}
    assert "Sportvereniging" not in kinds()
    assert "Sportvereniging" in kinds(**added)
    partner = SMALL["Partners"][0] | {"Soort": "Sportvereniging"}
    assert "partner_kind_unknown" not in codes(after(small(**added, Partners=[partner])))


@pytest.mark.parametrize("book", [SHIPPED.read_bytes, example])
def test_a_fresh_year_has_no_warnings(book: Any) -> None:
    assert [one for one in after(book()).findings if one.severity > Severity.INFO] == []
    assert "column_unfilled" in codes(after(book()))


def test_a_marked_copy_gives_the_year_of_the_workbook_itself() -> None:
    book = example()
    copy = mark.mark(book, read(book).findings, "nl")
    assert "Controle" in load_workbook(io.BytesIO(copy)).sheetnames
    of_copy, of_book = (load_workbook(io.BytesIO(written(one))) for one in (copy, book))
    assert of_copy.sheetnames == of_book.sheetnames
    for sheet in of_book.worksheets:
        other = of_copy[sheet.title]
        assert other.print_title_rows == sheet.print_title_rows
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                assert (twin.value, twin.fill.fgColor.rgb) == (cell.value, cell.fill.fgColor.rgb)
                assert (twin.comment is None) == (cell.comment is None)
    assert mark.unmarked(book) == book


def test_the_command_writes_a_file_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, following = tmp_path / "aaa_2025.xlsx", tmp_path / "aaa_2026.xlsx"
    book.write_bytes(small(Activiteiten=[ACTIVITY | {"Status": "Lopt"}]))
    assert cli.main(["next", str(book), str(following)]) == 0
    assert read(following.read_bytes()).year == 2026
    assert "staat 1 fout" in capsys.readouterr().err
    assert cli.main(["next", str(book), str(following)]) == 1  # it is somebody's work by now
    assert cli.main(["next", str(tmp_path / "nergens.xlsx"), str(tmp_path / "x.xlsx")]) == 2
