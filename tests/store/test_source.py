import datetime as dt
import os
import threading
from pathlib import Path

import pytest

from aaa.store import source
from aaa.store.origin import Address, Fetched, File
from aaa.store.source import Store
from aaa.store.versions import Archive
from aaa.values import shipped
from aaa.values.finding import Finding, WorkbookError
from aaa.words import wording
from aaa.workbook import reader
from tests.support.books import SMALL, example, small


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 6  # every look is far enough from the last one, and past the grace of a save
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
    store = Store(File(path), clock=Clock())
    first = store.poll().version
    rename(path, example())
    second = store.poll().version
    assert first is not None
    assert second is not None
    assert (len(first.programme.activities), len(second.programme.activities)) == (1, 26)
    assert first.sha256 != second.sha256


def test_a_touch_changes_nothing(path: Path) -> None:
    store = Store(File(path), clock=Clock())
    first = store.poll().version
    os.utime(path, (1, 1))
    assert store.poll().version is first


@pytest.mark.parametrize("broken", [b"", b"half a f", small(Ambities=None)])
def test_the_last_good_version_stays(path: Path, broken: bytes) -> None:
    store = Store(File(path), clock=Clock())
    good = store.poll().version
    rename(path, broken)
    store.poll()
    state = store.poll()
    assert state.version is good
    assert state.problems
    rename(path, example())
    state = store.poll()
    assert not state.problems
    assert state.version is not good


def test_a_file_that_goes_and_comes_back(path: Path) -> None:
    store = Store(File(path), clock=Clock())
    data, good = path.read_bytes(), store.poll().version
    path.unlink()
    store.poll()
    assert [f.code for f in store.poll().problems] == ["file_missing"]
    path.write_bytes(data)
    state = store.poll()
    assert (state.version, state.problems) == (good, ())


def test_a_workbook_that_never_was_good(tmp_path: Path) -> None:
    state = Store(File(tmp_path / "nergens.xlsx"), clock=Clock()).poll()
    assert state.version is None
    assert state.problems[0].code == "file_missing"


def test_the_file_is_looked_at_once_a_second(path: Path) -> None:
    now = 100.0
    store = Store(File(path), clock=lambda: now)
    first = store.poll().version
    rename(path, example())
    assert store.poll().version is first
    now = 101.0
    assert store.poll().version is not first


def test_a_large_file_is_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(11 * 2**20)
    with pytest.raises(WorkbookError) as caught:
        source.load(File(path))
    assert caught.value.findings[0].code == "file_too_large"


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        source.load(File(tmp_path))
    assert caught.value.findings[0].code == "file_unreadable"


def test_without_a_year_the_name_of_the_file_tells(tmp_path: Path) -> None:
    path = tmp_path / "aaa_2031.xlsx"
    path.write_bytes(
        small(Programma=[row for row in SMALL["Programma"] if row["Gegeven"] != "Jaar"])
    )
    version = source.load(File(path))
    assert version.programme.year == 2031
    assert "fact_missing" in [f.code for f in version.programme.findings]


def test_who_names_the_workbook() -> None:
    assert source.locate("a.xlsx", {"AAA_WORKBOOK": "b.xlsx"}).path == Path("a.xlsx")
    assert source.locate(None, {"AAA_WORKBOOK": "b.xlsx"}).path == Path("b.xlsx")
    assert source.locate(None, {}).path == shipped.WORKBOOK
    assert isinstance(source.locate("https://example.org/aaa_2025.xlsx", {}), Address)


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("half", [None, b"", example()[:9000], bytes(5000)])
def test_a_save_in_progress_is_given_time(path: Path, half: bytes | None) -> None:
    clock = Hands()
    store = Store(File(path), clock=clock)
    good = store.poll().version
    if half is None:
        path.unlink()
    else:
        path.write_bytes(half)
    for _ in range(4):
        clock.now += 1
        assert store.poll() == source.State(good)
    clock.now += 5
    state = store.poll()
    assert (state.version, len(state.problems)) == (good, 1)
    rename(path, example())
    clock.now += 1
    assert store.poll().problems == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "file_old_xls"),
        (b"Nr;Thema", "file_csv"),
        (small(Ambities=None), "sheet_missing"),
    ],
)
def test_what_does_not_pass_by_itself_is_said_at_once(path: Path, data: bytes, code: str) -> None:
    clock = Hands()
    store = Store(File(path), clock=clock)
    store.poll()
    path.write_bytes(data)
    clock.now += 1
    assert [f.code for f in store.poll().problems] == [code]


def test_a_file_that_is_refused_is_parsed_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(File(path), clock=Clock())
    store.poll()
    path.write_bytes(small(Ambities=None))
    first = store.poll().problems
    monkeypatch.setattr(reader, "Package", None)  # reading it again would fail on this
    assert store.poll().problems == first


def test_the_last_good_version_survives_a_restart(path: Path, tmp_path: Path) -> None:
    good = Store(File(path), Archive(tmp_path / "kept"), clock=Clock()).poll().version
    path.write_bytes(b"Nr;Thema")
    after = Store(File(path), Archive(tmp_path / "kept"), clock=Clock()).poll()
    assert good is not None
    assert after.version is not None
    assert (after.version.sha256, after.version.shown) == (
        good.sha256,
        good.shown.replace(microsecond=good.shown.microsecond // 1000 * 1000),
    )
    assert [f.code for f in after.problems] == ["file_csv"]
    assert after.rejected == b"Nr;Thema"


def test_a_restart_does_not_make_the_same_version_new(path: Path, tmp_path: Path) -> None:
    first = (
        Store(File(path), Archive(tmp_path / "kept"), clock=Clock(), wall=lambda: 1_000_000.0)
        .poll()
        .version
    )
    second = (
        Store(File(path), Archive(tmp_path / "kept"), clock=Clock(), wall=lambda: 2_000_000.0)
        .poll()
        .version
    )
    assert first is not None
    assert second is not None
    assert second.shown == first.shown
    assert len(Archive(tmp_path / "kept").kept()) == 1


def test_a_state_folder_that_cannot_be_written_costs_nothing_but_history(
    path: Path, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_text("a file where a folder should be")
    state = Store(File(path), Archive(tmp_path / "kept"), clock=Clock()).poll()
    assert state.version is not None
    assert not state.kept


def hang(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let a share not answer until the event is set."""
    released, fetch = threading.Event(), File.fetch

    def wait(self: File) -> Fetched:
        released.wait(30)
        return fetch(self)

    monkeypatch.setattr(File, "fetch", wait)
    monkeypatch.setattr(source, "_PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(source, "_FIRST_SECONDS", 0.05)
    return released


def test_a_slow_disk_holds_nobody_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(File(path), clock=Clock())
    good = store.poll().version
    released = hang(monkeypatch)
    rename(path, example())
    assert store.poll().version is good
    assert store.poll().version is good  # the look still hangs; there is no second one
    released.set()
    store.refresh()
    assert store.poll().version is not good


def test_a_share_that_hangs_at_the_start_shows_what_was_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Store(File(path), Archive(tmp_path / "kept"), clock=Clock()).poll().version
    released = hang(monkeypatch)
    store = Store(File(path), Archive(tmp_path / "kept"), clock=Clock())
    state = store.poll()
    assert good is not None
    assert state.version is not None
    assert state.version.sha256 == good.sha256
    assert [f.code for f in state.problems] == ["file_unreadable"]
    released.set()
    store.refresh()
    assert store.poll().problems == ()


def test_a_share_that_hangs_later_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(File(path), clock=Clock())
    good = store.poll().version
    released = hang(monkeypatch)
    states = [store.poll() for _ in range(5)]
    assert all(state.version is good for state in states)
    assert [f.code for f in states[-1].problems] == ["file_unreadable"]
    released.set()


class Dripping:
    """A server that lets each request wait for half a minute, and then ends it without an answer,
    until it is mended.
    """

    path, name, seconds = None, "aaa_2025.xlsx", 5.0

    def __init__(self) -> None:
        self.mended, self.go_on = False, threading.Semaphore(0)

    def fetch(self) -> Fetched:
        self.go_on.acquire()
        if not self.mended:
            raise WorkbookError(Finding("address_unreachable", facts={"name": self.name}))
        return Fetched(small(), dt.datetime(2025, 7, 1), self.name)


def test_a_notice_stays_while_the_server_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told is that it does not answer, not how the last attempt went."""
    monkeypatch.setattr(source, "_PATIENCE_SECONDS", 0.01)
    origin, now = Dripping(), 0.0
    store = Store(origin, clock=lambda: now)  # type: ignore[arg-type]
    origin.mended = True
    origin.go_on.release()
    assert store.poll().problems == ()
    origin.mended = False
    told: list[bool] = []
    for second in range(0, 150, 5):
        now = 10.0 + second
        told.append(bool(store.poll().problems))
        if second % 30 == 25:  # this attempt ends, and another one begins
            origin.go_on.release()
            assert store._worker is not None
            store._worker.join()
    first = told.index(True)
    assert first < 30
    assert all(told[first:])
    origin.mended = True
    now += 100.0
    store.poll()
    origin.go_on.release(2)
    assert store._worker is not None
    store._worker.join()
    assert store.poll().problems == ()


def test_versions_are_kept_again_once_they_can_be(path: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where a folder should be")
    store = Store(File(path), Archive(tmp_path / "kept"), clock=Clock())
    assert not store.poll().kept
    (tmp_path / "kept").unlink()
    assert store.poll().kept
    assert len(Archive(tmp_path / "kept").kept()) == 1


@pytest.mark.parametrize("wrong", ["https://[x", "a\0b.xlsx"])
def test_a_place_that_is_none_is_said(wrong: str) -> None:
    state = Store(source.locate(wrong, {}), clock=Clock()).poll()
    assert state.version is None
    assert state.problems


def test_a_folder_that_went_away_is_told_as_such(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    path = folder / "aaa_2025.xlsx"
    path.write_bytes(example())
    found = Store(File(path), Archive(tmp_path / "state"), clock=Clock())
    assert found.poll().version is not None
    path.unlink()
    folder.rmdir()
    with pytest.raises(WorkbookError) as error:
        File(path).fetch()
    (problem,) = error.value.findings
    assert wording.message(problem, "nl").startswith("De map van aaa_2025.xlsx is niet te bereiken")
    folder.mkdir()
    with pytest.raises(WorkbookError) as error:
        File(path).fetch()
    assert "Zet het terug" in wording.message(error.value.findings[0], "nl")
