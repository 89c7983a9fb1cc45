"""The workbook is saved in the ways that real programs save, under readers that look
all the time.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aaa.store.origin import File
from aaa.store.source import State, Store
from aaa.store.versions import Archive
from tests.support import libreoffice
from tests.support.books import SMALL, read, small

VERSIONS = [
    small(
        Programma=[
            *SMALL["Programma"][:1],
            {"Gegeven": "Jaar", "Waarde": 2000 + n},
            *SMALL["Programma"][2:],
        ]
    )
    for n in range(1, 13)
]


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def in_pieces(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(data), len(data) // 7):
            file.write(data[start : start + len(data) // 7])
            time.sleep(0.004)


def over_the_old_one(path: Path, data: bytes) -> None:
    """Write new bytes over old ones without emptying the file first, as some sync clients do."""
    with path.open("r+b", buffering=0) as file:
        for start in range(0, len(data), 2000):
            file.write(data[start : start + 2000])
            time.sleep(0.001)
        file.truncate(len(data))


def beside_and_rename(path: Path, data: bytes) -> None:
    beside = path.with_name("~temporary.tmp")
    beside.write_bytes(data)
    os.replace(beside, path)


def as_excel_does(path: Path, data: bytes) -> None:
    """Write beside, move the old file away, move the new one in, delete the old one; with a lock
    file all the while.
    """
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"\x06Lead" + bytes(160))
    beside, away = path.with_name("1A2B3C4D"), path.with_name("5E6F7A8B.tmp")
    beside.write_bytes(data)
    path.rename(away)
    time.sleep(0.005)
    beside.rename(path)
    away.unlink()
    lock.unlink()


def delete_and_recreate(path: Path, data: bytes) -> None:
    path.unlink()
    time.sleep(0.005)
    path.write_bytes(data)


def with_an_old_time(path: Path, data: bytes) -> None:
    """Put the file in place with its time of saving turned back, as a sync client does."""
    path.write_bytes(data)
    os.utime(path, (1_000_000_000, 1_000_000_000))


SAVES: tuple[Callable[[Path, bytes], None], ...] = (
    in_place,
    in_pieces,
    over_the_old_one,
    beside_and_rename,
    as_excel_does,
    delete_and_recreate,
    with_an_old_time,
)


class Readers:
    """Threads that look all the time and note every state they saw."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seen: list[State] = []
        self.errors: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._look) for _ in range(3)]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _look(self) -> None:
        while not self._stop.is_set():
            try:
                self.store.refresh()
                self.seen.append(self.store.poll())
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
                self.errors.append(error)
                return

    def wait_for(self, year: int) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            version = self.store.poll().version
            if version is not None and version.programme.year == year:
                return
            time.sleep(0.002)
        pytest.fail(f"{year} was never shown")


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "folder" / "aaa_2025.xlsx"
    file.parent.mkdir()
    file.write_bytes(VERSIONS[0])
    yield file
    assert [one.name for one in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_no_reader_sees_a_torn_file_and_the_last_save_wins(
    path: Path, tmp_path: Path, save: Callable[[Path, bytes], None]
) -> None:
    """Every state seen is one of the saved versions, in the order of saving, without a problem:
    each save was over within the grace.
    """
    store = Store(File(path), Archive(tmp_path / "kept"))
    store.refresh()
    with Readers(store) as readers:
        for data in VERSIONS[1:]:
            save(path, data)
            time.sleep(0.01)
        readers.wait_for(2012)
    assert readers.errors == []
    years = [state.version.programme.year for state in readers.seen if state.version is not None]
    assert len(years) == len(readers.seen)
    assert set(years) <= set(range(2001, 2013))
    assert [state.problems for state in readers.seen if state.problems] == []
    # By contents, not by bytes: a file half written over the old one may differ from both in the
    # times that a zip notes and nobody reads.
    kept = [read(one.path.read_bytes()).year for one in Archive(tmp_path / "kept").kept()]
    assert kept[0] == 2012
    assert kept == sorted(kept, reverse=True)
    assert set(kept) <= set(range(2001, 2013))


def test_a_touch_is_no_version(path: Path, tmp_path: Path) -> None:
    store = Store(File(path), Archive(tmp_path / "kept"))
    first = store.poll().version
    for _ in range(20):
        os.utime(path)
        store.refresh()
    assert store.poll().version is first
    assert len(Archive(tmp_path / "kept").kept()) == 1


@pytest.mark.office
def test_libreoffice_saves_under_readers(path: Path, tmp_path: Path) -> None:
    store = Store(File(path))
    store.refresh()
    with Readers(store) as readers:
        libreoffice.saved(VERSIONS[4], tmp_path, path.parent)
        readers.wait_for(2005)
    assert readers.errors == []
    assert not any(state.problems for state in readers.seen)
