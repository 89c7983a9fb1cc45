import datetime as dt
import os
import threading
from pathlib import Path

import pytest

from aaa.store import versions
from aaa.store.versions import Archive, write_atomically

NOON = dt.datetime(2025, 6, 30, 12, 0)


def keep(
    archive: Archive, number: int, shown: dt.datetime, size: int = 10, *, usable: bool = True
) -> None:
    archive.keep(bytes(size), f"{number:064x}"[::-1], NOON, shown, usable=usable)


def test_a_version_is_a_file_that_can_be_found_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a")
    archive.keep(b"one", "ab" * 32, dt.datetime(2025, 6, 30, 11, 58, 30), NOON)
    (found,) = archive.kept()
    assert found.path.read_bytes() == b"one"
    assert (found.saved, found.shown, found.fingerprint, found.usable) == (
        dt.datetime(2025, 6, 30, 11, 58, 30),
        NOON,
        "ab" * 6,
        True,
    )


def test_the_newest_version_is_not_kept_twice_but_an_old_one_may_return(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for minute, number in enumerate([1, 1, 2, 1]):
        keep(archive, number, NOON + dt.timedelta(minutes=minute))
    assert [one.fingerprint[0] for one in archive.kept()] == ["1", "2", "1"]


def test_beyond_the_newest_the_last_of_each_day_is_kept(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for day in range(5):
        for number in range(30):
            keep(archive, day * 100 + number + 1, NOON + dt.timedelta(days=day, minutes=number))
    kept = archive.kept()
    # the newest 50 are days 5 and 4 (20 of it); one of each of the three before
    assert len(kept) == versions.NEWEST + 3
    assert [one.shown.day for one in kept[-3:]] == [2, 1, 30]  # July, July and June
    assert all(one.shown.minute == 29 for one in kept[-3:])


def test_all_versions_together_stay_within_a_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "MAX_BYTES", 250)
    archive = Archive(tmp_path)
    for number in range(5):
        keep(archive, number + 1, NOON + dt.timedelta(minutes=number), size=100)
    assert len(archive.kept()) == 2
    keep(archive, 9, NOON + dt.timedelta(minutes=9), size=1000)
    assert [one.size for one in archive.kept()] == [1000]


def test_what_could_not_be_used_is_kept_for_a_person_only(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    keep(archive, 1, NOON)
    keep(archive, 2, NOON + dt.timedelta(minutes=1), usable=False)
    assert [one.usable for one in archive.kept()] == [False, True]
    assert [one.usable for one in archive.usable()] == [True]


def test_files_of_somebody_else_are_left_alone(tmp_path: Path) -> None:
    for name in (
        "notes.txt",
        "20250630T120000.000Z_99999999T120000.000Z_abcdefabcdef.xlsx",
        ".x.tmp",
    ):
        (tmp_path / name).write_bytes(b"")
    assert Archive(tmp_path).kept() == ()


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(versions, "_PAUSE_SECONDS", 0.0)  # before it tries again
    with pytest.raises(PermissionError):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_two_writers_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    contents = [bytes([n]) * 100_000 for n in range(8)]
    threads = [threading.Thread(target=write_atomically, args=(path, data)) for data in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() in contents


def test_of_two_processes_one_publishes_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two archives of one folder stand for two processes: a file lock holds for each open file."""
    monkeypatch.setattr(versions, "_LOCK_SECONDS", 0.1)
    one, other = Archive(tmp_path), Archive(tmp_path)
    with one.publishing(), pytest.raises(TimeoutError), other.publishing():
        pytest.fail("both publish")
    with other.publishing():
        pass
