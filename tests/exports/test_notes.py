import datetime as dt
import io
from typing import Any

from openpyxl import load_workbook

from aaa.exports import notes
from aaa.metrics import decisions
from tests.support.books import read, small

ROW = {"Datum": "19-6-2025", "Soort": "Actie", "Tekst": "Plek zoeken", "Eigenaar": "DC Terra"}


def open_ones(
    *rows: dict[str, Any], as_of: dt.date | None = dt.date(2025, 7, 15)
) -> list[tuple[str, bool]]:
    found = decisions.open_ones(read(small(Besluiten=[ROW | row for row in rows])).decisions, as_of)
    return list(zip(found["text"], found["overdue"], strict=True))


def test_an_action_is_open_until_it_is_closed() -> None:
    rows = (
        {"Tekst": "a", "Status": "Open"},
        {"Tekst": "b"},
        {"Tekst": "c", "Status": "Gereed"},
        {"Tekst": "d", "Status": "AFGEROND"},
        {"Tekst": "e", "Status": "bezig"},
    )
    assert open_ones(*rows) == [("a", False), ("b", False), ("e", False)]


def test_a_decision_without_a_status_was_taken() -> None:
    rows = (
        {"Soort": "Besluit", "Tekst": "a"},
        {"Soort": "Besluit", "Tekst": "b", "Status": "Open"},
        {"Soort": "Besluit", "Tekst": "c", "Status": "Gereed"},
    )
    assert open_ones(*rows) == [("b", False)]
    found = decisions.open_ones(
        read(small(Besluiten=[ROW | row for row in (*rows, {})])).decisions, None
    )
    assert decisions.asked(found)["text"].tolist() == ["b"]


def test_overdue_is_before_the_date_and_comes_first() -> None:
    rows = (
        {"Tekst": "none"},
        {"Tekst": "later", "Gereed voor": "16-7-2025"},
        {"Tekst": "today", "Gereed voor": "15-7-2025"},
        {"Tekst": "late", "Gereed voor": "14-7-2025"},
    )
    assert open_ones(*rows) == [("late", True), ("today", False), ("later", False), ("none", False)]
    assert not any(overdue for _, overdue in open_ones(*rows, as_of=None))


def test_notes_become_rows_that_the_workbook_reads() -> None:
    noted: list[Any] = [
        {
            "date": "2025-07-15",
            "kind": "Actie",
            "text": "=1+1",
            "owner": "DC Terra",
            "due": "2025-09-01",
            "meeting": "Regiegroep",
        },
        {
            "date": "2025-07-15",
            "kind": "Besluit",
            "text": "Doen we",
            "owner": "",
            "due": "",
            "meeting": "",
        },
        {"date": "morgen", "kind": "Actie", "text": 7, "due": None},
    ]
    sheet = load_workbook(io.BytesIO(notes.workbook(noted))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Datum", "Soort", "Tekst", "Overleg", "Eigenaar", "Gereed voor", "Status"]
    assert rows[1] == [
        dt.datetime(2025, 7, 15),
        "Actie",
        "=1+1",
        "Regiegroep",
        "DC Terra",
        dt.datetime(2025, 9, 1),
        "Open",
    ]
    assert sheet.cell(2, 3).data_type == "s"
    assert rows[2] == [dt.datetime(2025, 7, 15), "Besluit", "Doen we", None, None, None, None]
    assert rows[3] == [None, "Actie", None, None, None, None, "Open"]
    back = read(
        small(Besluiten=[dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[2:3]])
    ).decisions
    assert back[["kind", "text"]].to_numpy().tolist() == [["Besluit", "Doen we"]]
