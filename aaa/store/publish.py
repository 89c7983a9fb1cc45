"""Replace the workbook by a version that a lead uploaded or brings back; nothing that anybody saved
is lost.
"""

import datetime as dt
import logging
import threading
from pathlib import Path

from aaa.store import source, years
from aaa.store.origin import Fetched
from aaa.store.source import Store
from aaa.store.versions import write_atomically
from aaa.values.finding import WorkbookError

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()
_SECONDS = 10.0  # to wait for another thread that is reading the file


class ChangedError(Exception):
    """Since a lead looked, somebody else saved or published another version; nothing
    was written.
    """


class OtherYearError(Exception):
    """The workbook is of another year than the one it would replace; nothing was written."""


class ThereAlreadyError(Exception):
    """There is a workbook of that year already; nothing was written."""


def current_hash(store: Store) -> str | None:
    """Return the sha256 of the current file, usable or not; None when there is none.

    Raises:
        OSError: the file is there and cannot be read.
    """
    assert store.origin.path is not None
    try:
        return source.digest(store.origin.path.read_bytes())
    except FileNotFoundError:
        return None


def replace(store: Store, data: bytes, base: str | None) -> None:
    """Replace the workbook, keep the old version, and show the new one.

    Args:
        store: of a workbook that is a file.
        data: a workbook that can be used.
        base: what `standing` returned when the lead looked at the differences.

    Raises:
        ChangedError: the file has changed since.
        OtherYearError: the file is of another year: a plan year replaces no other.
        WorkbookError: `data` cannot be used.
        OSError: the old version cannot be kept, or the file cannot be written; the old file
            is still in place.
    """
    path = store.origin.path
    assert path is not None
    year = source.read(Fetched(data, dt.datetime.min, path.name)).programme.year
    if other_year(store, year):
        raise OtherYearError

    def last_look() -> None:
        if current_hash(store) != base:
            raise ChangedError

    assert store.archive is not None
    with _one_at_a_time, store.archive.publishing():
        # on Windows a file that is being read cannot be replaced
        if not store.looking.acquire(timeout=_SECONDS):
            raise TimeoutError(path.name)
        try:
            last_look()
            if base is not None:
                _keep(store, path.read_bytes())
            write_atomically(path, data, last_look)
        finally:
            store.looking.release()
    _log.info(
        "workbook published",
        extra={"facts": {"workbook": source.digest(data)[:12], "instead_of": base and base[:12]}},
    )
    store.refresh()


def other_year(store: Store, year: int) -> bool:
    """Tell whether the workbook that stands is of another year."""
    current = store.poll().version
    return current is not None and current.programme.year != year


def beside(store: Store, data: bytes) -> Path:
    """Put a workbook of another year beside the present one, and return its file.

    Args:
        store: of a workbook that is a file.
        data: a workbook that can be used.

    Raises:
        ThereAlreadyError: there is a file of that name.
        WorkbookError: `data` cannot be used.
        OSError: the file cannot be written.
    """
    path = store.origin.path
    assert path is not None
    year = source.read(Fetched(data, dt.datetime.min, path.name)).programme.year
    wanted = years.file_of(path.parent, year)

    def last_look() -> None:
        if wanted.exists():
            raise ThereAlreadyError(wanted.name)

    with _one_at_a_time:
        last_look()
        write_atomically(wanted, data, last_look)
    digest = source.digest(data)[:12]
    _log.info("workbook of another year put beside", extra={"facts": {"workbook": digest}})
    return wanted


def finish(seconds: float) -> bool:
    """Wait at shutdown until no workbook is being published; after this nothing more is published.

    Returns:
        False after a timeout.
    """
    return _one_at_a_time.acquire(timeout=seconds)


def _keep(store: Store, old: bytes) -> None:
    """Keep the file that is about to be replaced, even an unusable one: it is somebody's work."""
    assert store.archive is not None
    assert store.origin.path is not None
    saved = dt.datetime.fromtimestamp(store.origin.path.stat().st_mtime)
    digest, moment = source.digest(old), store.moment()
    try:
        version = source.read(Fetched(old, saved, store.origin.name))
    except WorkbookError:
        store.archive.keep(old, digest, saved, moment, usable=False)
        return
    known = source.after(version, store.archive).programme
    store.archive.keep(old, digest, saved, moment, memory=source.memory_of(known))
