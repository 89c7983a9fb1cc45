"""Where the workbook comes from, and the last good version of it."""

import datetime as dt
import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aaa import package, programme
from aaa.finding import Finding, WorkbookError
from aaa.programme import Programme

ENVIRONMENT = "AAA_WORKBOOK"
SHIPPED = Path(__file__).resolve().parent.parent / "data" / "aaa_2025.xlsx"
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_POLL_SECONDS = 1.0


@dataclass(frozen=True)
class Version:
    """One state of the workbook that could be used.

    Attributes:
        programme: its contents.
        sha256: of its bytes; two versions with the same hash are the same.
        saved: when the file was saved, in local time.
        path: where it stands.
    """

    programme: Programme
    sha256: str
    saved: dt.datetime
    path: Path


@dataclass(frozen=True)
class State:
    """What the store has: the version to show, if there is one, and what is wrong with the file as it stands now, if anything."""

    version: Version | None
    problems: tuple[Finding, ...] = ()


def locate(argument: str | None, environment: Mapping[str, str]) -> Path:
    """Return the workbook to read: the argument, else the environment variable AAA_WORKBOOK, else the shipped one."""
    chosen = argument or environment.get(ENVIRONMENT)
    return Path(chosen) if chosen else SHIPPED


def load(path: Path) -> Version:
    """Read the workbook at a path, once.

    Raises:
        WorkbookError: there is no file, it cannot be read, or it is not a workbook that can be used.
    """
    data, stat = _bytes(path)
    saved = dt.datetime.fromtimestamp(stat.st_mtime)
    return Version(programme.from_bytes(data, _fallback_year(path, saved)), hashlib.sha256(data).hexdigest(), saved, path)


def digest(path: Path) -> str | None:
    """Return the sha256 of the file, or None when it cannot be read."""
    try:
        return hashlib.sha256(_bytes(path)[0]).hexdigest()
    except WorkbookError:
        return None


def _bytes(path: Path) -> tuple[bytes, os.stat_result]:
    try:
        stat = path.stat()
        if stat.st_size > package.MAX_BYTES:
            raise WorkbookError(Finding("file_too_large", facts={"limit": package.MAX_BYTES // 2**20}))
        return path.read_bytes(), stat
    except FileNotFoundError as error:
        raise WorkbookError(Finding("file_missing", facts={"name": path.name})) from error
    except OSError as error:
        raise WorkbookError(Finding("file_unreadable", facts={"name": path.name})) from error


def _fallback_year(path: Path, saved: dt.datetime) -> int:
    """Return the year to read by when the workbook names none: the one in the file's name, else that of saving."""
    named = _YEAR_IN_NAME.search(path.stem)
    return int(named[1]) if named else saved.year


class Store:
    """The one reader of one workbook for a whole process; keeps the last good version when a new one cannot be used."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._looked: float | None = None
        self._mark: tuple[int, int, int] | None = None
        self._state = State(None)

    def poll(self) -> State:
        """Return the state, looking at the file at most once a second. Never raises for what is wrong with the file."""
        with self._lock:
            now = self._clock()
            if self._looked is None or now - self._looked >= _POLL_SECONDS:
                self._looked = now
                self._refresh()
            return self._state

    def _refresh(self) -> None:
        mark = self._stat()
        if mark is not None and mark == self._mark:
            return
        try:
            found = load(self._path)
        except WorkbookError as error:
            self._state = State(self._state.version, error.findings)
        else:
            known = self._state.version
            same = known is not None and known.sha256 == found.sha256
            self._state = State(known if same else found)
        self._mark = mark

    def _stat(self) -> tuple[int, int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino
