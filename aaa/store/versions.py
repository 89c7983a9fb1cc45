"""The versions of a workbook that could be used, kept as files so that they survive a restart of
the server.

A version is one file in the folder of its workbook, named after when it was first shown, when it
was saved (both UTC) and its hash: `20260105T140512.250Z_20260105T140500.000Z_1a2b3c4d5e6f.xlsx`. It
is written atomically. The name of a file that was replaced while it could not be used ends in
`.unusable`; it is kept for a person to look at, and never shown. What earlier versions tell of a
version (English texts that are older than their Dutch text, former names of partners) stands in a
file of the same name with `.memory.json` behind it.
"""

import contextlib
import datetime as dt
import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aaa.workbook.identity import Identities
from aaa.workbook.programme import Aged

try:
    import fcntl
except ImportError:  # Windows, where one process serves all viewers
    fcntl = None  # type: ignore[assignment]

NEWEST = 50  # versions kept whatever their age
DAYS = 365  # also keep the last version of each of the latest days with versions
MAX_BYTES = 500 * 2**20  # of all versions together; the newest is kept whatever its size
_NAME = re.compile(r"(\d{8}T\d{6}\.\d{3})Z_(\d{8}T\d{6}\.\d{3})Z_([0-9a-f]{12})\.xlsx(\.unusable)?")
_MOMENT = "%Y%m%dT%H%M%S.%f"
_HASH = 12
_TRIES, _PAUSE_SECONDS = 10, 0.1
_LOCK_SECONDS = 10.0
_SET_BACK = dt.timedelta(days=1)
_TICK = dt.timedelta(milliseconds=1)  # the resolution of times in file names
_ABANDONED_SECONDS = 3600.0  # after which a temporary file is a leftover of a crash


@dataclass(frozen=True)
class Memory:
    """What earlier versions tell of a version.

    Attributes:
        aged: which of its English texts are older than their Dutch text.
        former: the names that its partners had, and their names of now.
        identities: which of its activities are those of earlier versions.
    """

    aged: Aged = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    identities: Identities = field(default_factory=Identities)

    def written(self) -> bytes:
        """Return it as it is kept in a file; empty where there is nothing to remember."""
        if not (self.aged or self.former) and self.identities.empty:
            return b""
        told = {
            "aged": [[*place, written_for] for place, written_for in self.aged.items()],
            "former": dict(self.former),
            "refs": list(self.identities.refs),
            "since": dict(self.identities.since),
            "gone": list(self.identities.gone),
        }
        return json.dumps(told, ensure_ascii=False).encode()

    @classmethod
    def read(cls, written: str) -> "Memory":
        """Return what `written` wrote; that of an earlier release has fewer parts."""
        found = json.loads(written)
        aged = {
            (str(sheet), int(row), str(column)): str(written_for)
            for sheet, row, column, written_for in found["aged"]
        }
        former = {str(old): str(new) for old, new in found["former"].items()}
        since = {str(code): int(year) for code, year in found.get("since", {}).items()}
        gone = tuple((str(c), int(year), str(title)) for c, year, title in found.get("gone", ()))
        return cls(aged, former, Identities(tuple(map(str, found.get("refs", ()))), since, gone))


@dataclass(frozen=True)
class Kept:
    """One kept version.

    Attributes:
        path: its file.
        shown: since when it was shown, in local time without zone.
        saved: when it was saved, likewise.
        fingerprint: the first twelve characters of its sha256.
        usable: False for a file that was replaced while it could not be used.
        size: in bytes.
    """

    path: Path
    shown: dt.datetime
    saved: dt.datetime
    fingerprint: str
    usable: bool
    size: int

    def memory(self) -> Memory:
        """Return what earlier versions tell of it."""
        try:
            return Memory.read(_memory_file(self.path).read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return Memory()  # there is nothing to remember, or nobody can tell any more


class Archive:
    """The kept versions of one workbook, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def kept(self) -> tuple[Kept, ...]:
        """Return the versions, newest first; empty when there are none or the folder cannot be
        read.
        """
        return tuple(sorted(self._found(), key=lambda one: one.path.name, reverse=True))

    def usable(self) -> tuple[Kept, ...]:
        """Return the versions that can be shown again, newest first."""
        return tuple(one for one in self.kept() if one.usable)

    def keep(
        self,
        data: bytes,
        sha256: str,
        saved: dt.datetime,
        shown: dt.datetime,
        *,
        memory: Memory = Memory(),
        usable: bool = True,
    ) -> None:
        """Keep a version, unless it is the newest one already, and delete versions past the
        retention.

        Args:
            data: its bytes.
            sha256: their hash.
            saved: when it was saved.
            shown: since when it is shown.
            memory: what earlier versions tell of it.
            usable: as of Kept.

        Raises:
            OSError: the folder cannot be written.
        """
        if self._is_newest(sha256, usable=usable):
            return
        with self._lock, self._file_lock(".keeping"):
            if self._is_newest(sha256, usable=usable):  # another process was first
                return
            newest = next(iter(self.kept()), None)
            # The clock was set back: the order of the names must stay the order of showing. Ignore
            # a newest version that is dated far in the future.
            if newest is not None and shown <= newest.shown < shown + _SET_BACK:
                shown = newest.shown + _TICK
            ending = "" if usable else ".unusable"
            name = f"{_written(shown)}_{_written(saved)}_{sha256[:_HASH]}.xlsx{ending}"
            if written := memory.written():
                write_atomically(_memory_file(self.folder / name), written)
            write_atomically(self.folder / name, data)
            past = [one.path for one in _past_retention(self.kept())]
            for path in (*past, *map(_memory_file, past), *self._abandoned()):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _is_newest(self, sha256: str, *, usable: bool) -> bool:
        newest = next(iter(self.usable() if usable else self.kept()), None)
        return (
            newest is not None and newest.fingerprint == sha256[:_HASH] and newest.usable == usable
        )

    def publishing(self) -> contextlib.AbstractContextManager[None]:
        """Return a file lock that keeps other processes that share this folder from publishing.

        Raises:
            OSError: the folder cannot be written, or another process does not release the lock.
        """
        return self._file_lock(".publishing")

    @contextlib.contextmanager
    def _file_lock(self, name: str) -> Iterator[None]:
        """Hold a file lock (flock) against other processes that share this folder. The system
        releases it when a process dies.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("ab") as lock:
            until = time.monotonic() + _LOCK_SECONDS
            while fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise TimeoutError(name) from None
                    time.sleep(_PAUSE_SECONDS / 10)
            yield

    def _abandoned(self) -> list[Path]:
        until = time.time() - _ABANDONED_SECONDS
        return [path for path in self.folder.glob(".*.tmp") if path.stat().st_mtime < until]

    def _found(self) -> Iterator[Kept]:
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                name = _NAME.fullmatch(path.name)
                if name is not None:
                    with contextlib.suppress(OSError, ValueError):
                        yield Kept(
                            path,
                            _read(name[1]),
                            _read(name[2]),
                            name[3],
                            name[4] is None,
                            path.stat().st_size,
                        )


def _memory_file(path: Path) -> Path:
    """Return the file beside that of a version with what earlier versions tell of it."""
    return path.with_name(f"{path.name}.memory.json")


def write_atomically(path: Path, data: bytes, last_look: Callable[[], None] | None = None) -> None:
    """Write a file atomically: write a temporary file beside it, then rename that.

    Args:
        path: of the file; of a symbolic link, its target is replaced.
        data: its bytes.
        last_look: called just before the rename; an exception from it cancels the write.

    Raises:
        OSError: the file cannot be written; the old one is still in place.
    """
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # the same people may read the new file as the old one
            beside.chmod(path.stat().st_mode)
        if last_look is not None:
            last_look()
        _move(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _move(beside: Path, path: Path) -> None:
    """Rename a file over the old one. Windows refuses that while another program reads the old one,
    so retry for a moment.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(PermissionError):
            os.replace(beside, path)
            _fsync_folder(path.parent)
            return
        time.sleep(_PAUSE_SECONDS)
    os.replace(beside, path)


def _fsync_folder(folder: Path) -> None:
    """Flush a folder to disk (fsync), so that a rename in it survives a power failure."""
    # Windows cannot open a folder, and some network shares flush by themselves
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _past_retention(newest_first: Iterable[Kept]) -> list[Kept]:
    """Return the versions to delete: beyond the newest ones, all but the last of each day; and
    those over the maximum size.
    """
    gone: list[Kept] = []
    days: set[dt.date] = set()
    size = 0
    for place, one in enumerate(newest_first):
        last_of_day = one.shown.date() not in days
        days.add(one.shown.date())
        kept = place < NEWEST or (last_of_day and len(days) <= DAYS)
        if kept and (place == 0 or size + one.size <= MAX_BYTES):
            size += one.size
        else:
            gone.append(one)
    return gone


def _written(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime(_MOMENT)[:-3] + "Z"


def _read(text: str) -> dt.datetime:
    return (
        dt.datetime.strptime(text, _MOMENT).replace(tzinfo=dt.UTC).astimezone().replace(tzinfo=None)
    )
