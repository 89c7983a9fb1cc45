import os
import shutil
import threading
from pathlib import Path

import pytest

from aaa.store import publish, source, versions
from aaa.store.origin import File
from aaa.store.publish import ChangedError
from aaa.store.source import Store
from aaa.store.versions import Archive
from aaa.values.finding import WorkbookError
from tests.support.books import SMALL, example, small

BOOK = small()  # openpyxl writes the time in it, so that two calls differ


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "folder" / "aaa_2025.xlsx"
    path.parent.mkdir()
    path.write_bytes(BOOK)
    store = Store(File(path), Archive(tmp_path / "kept"))
    store.poll()
    return store


def path_of(store: Store) -> Path:
    assert store.origin.path is not None
    return store.origin.path


def test_a_published_workbook_is_shown_and_the_old_one_kept(store: Store) -> None:
    publish.replace(store, example(), publish.current_hash(store))
    assert path_of(store).read_bytes() == example()
    version = store.poll().version
    assert version is not None
    assert version.sha256 == source.digest(example())
    assert store.archive is not None
    assert [one.path.read_bytes() for one in store.archive.usable()] == [example(), BOOK]


def test_a_kept_version_comes_back(store: Store) -> None:
    publish.replace(store, example(), publish.current_hash(store))
    assert store.archive is not None
    publish.replace(store, store.archive.usable()[1].path.read_bytes(), publish.current_hash(store))
    assert path_of(store).read_bytes() == BOOK
    assert [one.path.read_bytes() for one in store.archive.usable()] == [BOOK, example(), BOOK]


def test_of_two_leads_at_once_the_second_is_told(store: Store) -> None:
    base = publish.current_hash(store)
    publish.replace(store, example(), base)
    with pytest.raises(ChangedError):
        publish.replace(store, small(Themas=None), base)
    assert path_of(store).read_bytes() == example()


def test_many_leads_at_once_and_one_wins(store: Store) -> None:
    base, outcomes = publish.current_hash(store), []
    books = [
        small(Programma=[*SMALL["Programma"][1:], {"Gegeven": "Naam", "Waarde": f"Plan {n}"}])
        for n in range(8)
    ]

    def try_one(data: bytes) -> None:
        try:
            publish.replace(store, data, base)
            outcomes.append(data)
        except ChangedError:
            pass

    threads = [threading.Thread(target=try_one, args=(data,)) for data in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [path_of(store).read_bytes()]


def test_a_save_from_excel_in_the_meantime_is_not_overwritten(store: Store) -> None:
    base = publish.current_hash(store)
    path_of(store).write_bytes(b"somebody is saving")
    with pytest.raises(ChangedError):
        publish.replace(store, example(), base)
    assert path_of(store).read_bytes() == b"somebody is saving"


def test_what_could_not_be_used_is_kept_as_well(store: Store) -> None:
    path_of(store).write_bytes(b"Nr;Thema")
    publish.replace(store, example(), publish.current_hash(store))
    assert store.archive is not None
    (old,) = [one for one in store.archive.kept() if not one.usable]
    assert old.path.read_bytes() == b"Nr;Thema"


def test_a_first_workbook_can_be_published(tmp_path: Path) -> None:
    store = Store(File(tmp_path / "aaa_2025.xlsx"), Archive(tmp_path / "kept"))
    assert store.poll().version is None
    publish.replace(store, BOOK, publish.current_hash(store))
    assert store.poll().version is not None


def test_what_cannot_be_used_is_not_published(store: Store) -> None:
    with pytest.raises(WorkbookError):
        publish.replace(store, small(Ambities=None), publish.current_hash(store))
    assert path_of(store).read_bytes() == BOOK


def test_a_file_that_cannot_be_replaced_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError  # as on Windows while Excel has it open

    base = publish.current_hash(store)
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(versions, "_PAUSE_SECONDS", 0.0)  # before it tries again
    with pytest.raises(OSError):  # noqa: PT011 - any of them
        publish.replace(store, example(), base)
    assert path_of(store).read_bytes() == BOOK


def test_without_a_place_to_keep_the_old_one_nothing_is_replaced(
    store: Store, tmp_path: Path
) -> None:
    assert store.archive is not None
    shutil.rmtree(store.archive.folder)
    store.archive.folder.write_text("a file where a folder should be")
    with pytest.raises(OSError):  # noqa: PT011 - any of them
        publish.replace(store, example(), publish.current_hash(store))
    assert path_of(store).read_bytes() == BOOK


def test_a_save_at_the_last_moment_is_not_overwritten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = publish._keep

    def slow(store: Store, old: bytes) -> None:
        keep(store, old)
        path_of(store).write_bytes(b"somebody saved just now")

    monkeypatch.setattr(publish, "_keep", slow)
    with pytest.raises(ChangedError):
        publish.replace(store, example(), publish.current_hash(store))
    assert path_of(store).read_bytes() == b"somebody saved just now"


def test_a_link_stays_a_link(store: Store, tmp_path: Path) -> None:
    link = tmp_path / "aaa_2025.xlsx"
    link.symlink_to(path_of(store))
    linked = Store(File(link), Archive(tmp_path / "kept"))
    linked.poll()
    publish.replace(linked, example(), publish.current_hash(linked))
    assert link.is_symlink()
    assert path_of(store).read_bytes() == example()


def test_a_server_that_stops_waits_for_what_is_being_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, write = threading.Event(), threading.Event(), versions.write_atomically

    def slowly(*args: object) -> None:
        begun.set()
        assert go_on.wait(10)
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "write_atomically", slowly)
    publishing = threading.Thread(
        target=publish.replace, args=(store, example(), publish.current_hash(store))
    )
    publishing.start()
    assert begun.wait(10)
    assert publish.finish(0.05) is False, "nothing was waited for"
    assert path_of(store).read_bytes() == BOOK
    go_on.set()
    assert publish.finish(10) is True
    assert path_of(store).read_bytes() == example()
    publishing.join(10)
    publish._one_at_a_time.release()  # the process of the tests goes on
