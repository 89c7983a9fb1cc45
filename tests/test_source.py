import os
from pathlib import Path

import pytest

from aaa import source
from aaa.finding import WorkbookError
from aaa.source import Store
from tests.books import SMALL, example, small


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 2  # every look is far enough from the last one
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "aaa_2025.xlsx"
    file.write_bytes(small())
    return file


def rename(path: Path, data: bytes) -> None:
    """Save as a spreadsheet program does: beside the file, then in its place."""
    beside = path.with_suffix(".tmp")
    beside.write_bytes(data)
    os.replace(beside, path)


def test_a_saved_file_is_a_new_version(path: Path) -> None:
    store = Store(path, Clock())
    first = store.poll().version
    rename(path, example())
    second = store.poll().version
    assert first is not None
    assert second is not None
    assert (len(first.programme.activities), len(second.programme.activities)) == (1, 26)
    assert first.sha256 != second.sha256


def test_a_touch_changes_nothing(path: Path) -> None:
    store = Store(path, Clock())
    first = store.poll().version
    os.utime(path, (1, 1))
    assert store.poll().version is first


@pytest.mark.parametrize("broken", [b"", b"half a f", small(Ambities=None)])
def test_the_last_good_version_stays(path: Path, broken: bytes) -> None:
    store = Store(path, Clock())
    good = store.poll().version
    rename(path, broken)
    state = store.poll()
    assert state.version is good
    assert state.problems
    rename(path, example())
    state = store.poll()
    assert not state.problems
    assert state.version is not good


def test_a_file_that_goes_and_comes_back(path: Path) -> None:
    store = Store(path, Clock())
    data, good = path.read_bytes(), store.poll().version
    path.unlink()
    assert [f.code for f in store.poll().problems] == ["file_missing"]
    path.write_bytes(data)
    state = store.poll()
    assert (state.version, state.problems) == (good, ())


def test_a_workbook_that_never_was_good(tmp_path: Path) -> None:
    state = Store(tmp_path / "nergens.xlsx", Clock()).poll()
    assert state.version is None
    assert state.problems[0].code == "file_missing"


def test_the_file_is_looked_at_once_a_second(path: Path) -> None:
    now = 100.0
    store = Store(path, lambda: now)
    first = store.poll().version
    rename(path, example())
    assert store.poll().version is first
    now = 101.0
    assert store.poll().version is not first


def test_a_large_file_is_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(11 * 2**20)
    with pytest.raises(WorkbookError) as caught:
        source.load(path)
    assert caught.value.findings[0].code == "file_too_large"


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        source.load(tmp_path)
    assert caught.value.findings[0].code == "file_unreadable"


def test_without_a_year_the_name_of_the_file_tells(tmp_path: Path) -> None:
    path = tmp_path / "aaa_2031.xlsx"
    path.write_bytes(small(Programma=[row for row in SMALL["Programma"] if row["Gegeven"] != "Jaar"]))
    version = source.load(path)
    assert version.programme.year == 2031
    assert "fact_missing" in [f.code for f in version.programme.findings]


def test_who_names_the_workbook() -> None:
    assert source.locate("a.xlsx", {"AAA_WORKBOOK": "b.xlsx"}) == Path("a.xlsx")
    assert source.locate(None, {"AAA_WORKBOOK": "b.xlsx"}) == Path("b.xlsx")
    assert source.locate(None, {}) == source.SHIPPED
