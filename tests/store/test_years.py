"""Which workbook of a folder is of which year, which lies double, and which year is usual."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from aaa.store import publish, source, years
from aaa.store.origin import File
from aaa.store.source import Store
from aaa.store.versions import Archive
from aaa.store.years import Shelf, Years
from aaa.workbook import programme
from tests.support.books import SMALL, small

BEGUN = dt.date(2026, 11, 27)


def of(year: int | None, **more: Any) -> bytes:
    facts = [one for one in SMALL["Programma"] if one["Gegeven"] != "Jaar"]
    facts += [{"Gegeven": "Jaar", "Waarde": year}] if year else []
    return small(Programma=facts, **more)


def put(folder: Path, name: str, data: bytes, saved: int = 1_700_000_000) -> Path:
    path = folder / name
    path.write_bytes(data)
    os.utime(path, (saved, saved))
    return path


def shelf(path: Path) -> Shelf:
    found = Years(path)
    found.refresh()
    return found.poll()


def test_a_workbook_is_of_the_year_that_it_says(tmp_path: Path) -> None:
    plan = put(tmp_path, "plan.xlsx", of(2025))
    other = put(tmp_path, "Volgend plan.XLSX", of(2026))
    for name in ("~$aaa_2027.xlsx", ".~lock.aaa_2028.xlsx#", "aaa_2029.ods"):
        put(tmp_path, name, of(2027))
    put(tmp_path, "iets anders.xlsx", b"niets")
    assert shelf(plan).books == {2025: plan, 2026: other}


def test_a_name_tells_the_year_where_the_workbook_does_not(tmp_path: Path) -> None:
    plan = put(tmp_path, "aaa_2025.xlsx", of(None))
    wrong = put(tmp_path, "aaa_2026.xlsx", b"half opgeslagen")
    assert shelf(plan).books == {2025: plan, 2026: wrong}


def test_what_a_workbook_says_counts_for_more_than_its_name(tmp_path: Path) -> None:
    plan = put(tmp_path, "aaa_2025.xlsx", of(2026))
    assert shelf(plan).books == {2026: plan}


def test_a_second_file_of_a_year_is_a_copy_and_no_year(tmp_path: Path) -> None:
    plan = put(tmp_path, "aaa_2025.xlsx", of(2025), 1_700_000_000)
    newer = put(tmp_path, "aaa_2025-LAPTOP.xlsx", of(2025), 1_700_000_900)
    put(tmp_path, "aaa_2025 (1).xlsx", of(2025), 1_600_000_000)
    found = shelf(plan)
    assert found.books == {2025: plan}
    assert found.newer == {2025: (newer,)}


def test_a_marked_copy_is_no_second_workbook(tmp_path: Path) -> None:
    plan = put(tmp_path, "aaa_2025.xlsx", of(2025))
    put(tmp_path, "aaa_2025-controle.xlsx", of(2025, Controle=[{"Cel": "A1"}]), 1_800_000_000)
    assert shelf(plan).newer == {}


@pytest.mark.parametrize(
    ("there", "today", "usual", "ahead"),
    [
        ((2025,), BEGUN, 2025, ()),
        ((2025, 2026), BEGUN, 2026, ()),
        ((2025, 2026, 2027), BEGUN, 2026, (2027,)),
        ((2025, 2026), dt.date(2025, 12, 31), 2025, (2026,)),
        ((2027, 2028), BEGUN, 2027, (2028,)),
    ],
)
def test_the_latest_year_that_has_begun_is_usual(
    there: tuple[int, ...], today: dt.date, usual: int, ahead: tuple[int, ...], tmp_path: Path
) -> None:
    paths = [put(tmp_path, f"aaa_{year}.xlsx", of(year)) for year in there]
    found = shelf(paths[0])
    assert (found.usual(today), found.ahead(today)) == (usual, ahead)


def test_no_other_workbook_takes_the_place_of_one_that_cannot_be_read(tmp_path: Path) -> None:
    broken = put(tmp_path, "plan.xlsx", b"niets")
    put(tmp_path, "aaa_2024.xlsx", of(2024))
    assert shelf(broken).usual(BEGUN) is None


def test_a_year_once_seen_is_not_forgotten(tmp_path: Path) -> None:
    plan = put(tmp_path, "aaa_2025.xlsx", of(2025))
    other = put(tmp_path, "aaa_2026.xlsx", of(2026))
    found = Years(plan)
    assert list(found.poll().books) == [2025, 2026]
    other.unlink()
    found.refresh()
    assert list(found.poll().books) == [2025, 2026]


def test_a_workbook_that_becomes_one_of_another_year_is_of_one_year(tmp_path: Path) -> None:
    plan = put(tmp_path, "plan.xlsx", of(2025))
    found = Years(plan)
    assert list(found.poll().books) == [2025]
    put(tmp_path, "plan.xlsx", of(2026), 1_700_000_900)
    found.refresh()
    assert found.poll().books == {2026: plan}


def store(path: Path) -> Store:
    found = Store(File(path), Archive(path.parent / "state"))
    found.poll()
    return found


def test_a_plan_replaces_no_other_year(tmp_path: Path) -> None:
    plan = put(tmp_path, "aaa_2025.xlsx", of(2025))
    mine = store(plan)
    with pytest.raises(publish.OtherYearError):
        publish.replace(mine, of(2026), publish.current_hash(mine))
    assert programme.year_of(plan.read_bytes()) == 2025


def test_another_year_is_put_beside_and_overwrites_nothing(tmp_path: Path) -> None:
    plan = put(tmp_path, "aaa_2025.xlsx", of(2025))
    made = publish.beside(store(plan), of(2026))
    assert made == years.file_of(tmp_path, 2026)
    assert programme.year_of(made.read_bytes()) == 2026
    assert programme.year_of(plan.read_bytes()) == 2025
    with pytest.raises(publish.ThereAlreadyError):
        publish.beside(store(plan), of(2026))
    assert not list(tmp_path.glob(".*.tmp"))
    assert source.digest(made.read_bytes()) == source.digest(of(2026))
