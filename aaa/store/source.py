"""The version of the workbook to show, and what is wrong with the current file."""

import contextlib
import datetime as dt
import hashlib
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aaa.store.origin import Address, Fetched, File, Origin
from aaa.store.versions import Archive, Kept, Memory
from aaa.store.years import Years
from aaa.values import shipped
from aaa.values.finding import Finding, Severity, WorkbookError, counted
from aaa.values.stamp import Stamp
from aaa.workbook import identity, losses, package, programme, renames, twins
from aaa.workbook.programme import Programme

_log = logging.getLogger(__name__)

ENVIRONMENT = "AAA_WORKBOOK"
STATE = "AAA_STATE"
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_GRACE_SECONDS = 5.0  # Excel deletes, renames and writes in pieces while it saves
_PATIENCE_SECONDS = 2.0  # one reader's timeout for a slow disk or server; the others do not wait
_FIRST_SECONDS = 5.0  # the timeout as long as there is nothing to show
_HANGS_SECONDS = 15.0  # after which a fetch that has not ended is reported as a problem
# Transient problems, while a program saves or a network fails briefly; reported when they last.
_PASSING = {
    "file_missing",
    "file_empty",
    "file_unreadable",
    "file_damaged",
    "file_changing",
    "address_unreachable",
}


@dataclass(frozen=True)
class Version:
    """One state of the workbook that could be used.

    Attributes:
        programme: its contents.
        sha256: of its bytes; two versions with the same hash are the same.
        saved: when the file was written, in local time.
        said: when the workbook says that it was saved, in local time; None where it does not say.
        shown: since when it is shown, in local time.
        name: of the file.
        data: its bytes.
    """

    programme: Programme
    sha256: str
    saved: dt.datetime
    shown: dt.datetime
    name: str
    data: bytes
    said: dt.datetime | None = None

    @property
    def stamp(self) -> Stamp:
        """Return when the workbook was saved, for a reader. A file is never older than what it
        holds: of a program whose clock is ahead, the time of the file counts.
        """
        if self.said is None:
            return Stamp(self.saved, of_file=True)
        return Stamp(min(self.said, self.saved))


@dataclass(frozen=True)
class State:
    """What the store has.

    Attributes:
        version: the one to show, if there ever was one.
        problems: what is wrong with the file as it stands now, if anything.
        rejected: the bytes of that file, where it could be read at all.
        kept: False when versions cannot be written to the state folder.
    """

    version: Version | None
    problems: tuple[Finding, ...] = ()
    rejected: bytes | None = None
    kept: bool = True


def locate(argument: str | None, environment: Mapping[str, str]) -> Origin:
    """Return the workbook to read: the argument, else the environment variable AAA_WORKBOOK, else
    the shipped one.
    """
    # `set AAA_WORKBOOK=… && …` on Windows includes the space before `&&`
    chosen = argument or environment.get(ENVIRONMENT, "").strip()
    if chosen and "://" in chosen:
        return Address(chosen)
    return File(Path(chosen) if chosen else shipped.WORKBOOK)


def archive(origin: Origin, environment: Mapping[str, str]) -> Archive:
    """Return the kept versions of a workbook, in the folder AAA_STATE, by default that of
    `shipped.state`.
    """
    return Archive(Path(environment.get(STATE) or shipped.state(environment)) / origin.key)


def read(fetched: Fetched, shown: dt.datetime | None = None) -> Version:
    """Read the bytes of a workbook.

    Raises:
        WorkbookError: it is not a workbook that can be used.
    """
    day = fetched.saved.date()
    contents = programme.from_bytes(fetched.data, _fallback_year(fetched), day)
    said = package.modified(fetched.data)
    return Version(
        contents,
        digest(fetched.data),
        fetched.saved,
        shown or fetched.saved,
        fetched.name,
        fetched.data,
        said.astimezone().replace(tzinfo=None) if said else None,
    )


def read_kept(kept: Kept, name: str) -> Version:
    """Read a kept version.

    Args:
        kept: the version.
        name: the file name of the workbook, which may contain its year.

    Raises:
        OSError: its file is gone.
        WorkbookError: it cannot be used any more.
    """
    version = read(Fetched(kept.path.read_bytes(), kept.saved, name), kept.shown)
    return _remembering(version, kept.memory())


def after(version: Version, known: Archive | None, path: Path | None = None) -> Version:
    """Return a version that knows what earlier ones tell of it: which of its English texts are
    older than their Dutch text, former names of partners, and what was lost.

    Args:
        version: as read.
        known: the kept versions; None where there are none.
        path: of its file, beside which last year's may stand: a new year goes on where that ended.

    Source: definitions V4 to V7.
    """
    memory: Memory | None = None
    for one in known.usable() if known is not None else ():
        if version.sha256.startswith(one.fingerprint):
            memory = one.memory() if memory is None else memory
            continue
        with contextlib.suppress(OSError, WorkbookError):
            return _compared(read_kept(one, version.name), version, memory)
    if memory is not None or path is None:
        return _remembering(version, memory or Memory())
    last = _last_year(version, known, path)
    if last is None:
        return version
    return replace(version, programme=_followed(last.programme, version.programme))


def _last_year(version: Version, known: Archive | None, path: Path) -> Version | None:
    """Return the workbook of the year before that stands beside one; None where there is none that
    can be used.
    """
    shelf = Years(path)
    shelf.refresh()
    books = shelf.poll().books
    earlier = [year for year in books if year < version.programme.year and books[year] != path]
    if not earlier:
        return None
    origin = File(books[max(earlier)])
    own = Archive(known.folder.parent / origin.key) if known is not None else None
    with contextlib.suppress(WorkbookError):
        return after(read(origin.fetch()), own)
    return None


def _remembering(version: Version, memory: Memory) -> Version:
    """Return a version that knows what earlier ones tell of it."""
    known = renames.remembered(version.programme, memory.former)
    known = identity.remembered(known, memory.identities)
    return replace(version, programme=twins.marked(known, memory.aged))


def _compared(before: Version, after: Version, memory: Memory | None = None) -> Version:
    """Return a version that knows what the one before it tells of it; `memory` where that was kept
    with it already.
    """
    if memory is None:
        told = _followed(before.programme, after.programme)
        known = replace(after, programme=twins.aged(before.programme, told))
    else:
        known = _remembering(after, memory)
    return replace(known, programme=losses.marked(before.programme, known.programme))


def _followed(before: Programme, after: Programme) -> Programme:
    """Return a programme whose partners and activities are those of an earlier one."""
    told = renames.remembered(after, renames.former(before, after))
    return identity.carried(before, told)


def memory_of(programme: Programme) -> Memory:
    """Return what is kept beside a version."""
    return Memory(programme.aged, programme.former, identity.of(programme))


def load(origin: Origin, known: Archive | None = None) -> Version:
    """Fetch and read a workbook, once.

    Args:
        origin: where it comes from.
        known: its kept versions, which tell how old its English texts are; None where there are
            none.

    Raises:
        WorkbookError: nothing can be fetched, or it is not a workbook that can be used.
    """
    return after(read(origin.fetch()), known, origin.path)


def digest(data: bytes) -> str:
    """Return the sha256 of the bytes of a file."""
    return hashlib.sha256(data).hexdigest()


def _fallback_year(fetched: Fetched) -> int:
    """Return the year to read by when the workbook names none: the one in the file's name, else
    that of saving.
    """
    named = _YEAR_IN_NAME.search(Path(fetched.name).stem)
    return int(named[1]) if named else fetched.saved.year


class Store:
    """Reads one workbook for the whole process; keeps the last good version when a new one cannot
    be used.
    """

    def __init__(
        self,
        origin: Origin,
        kept: Archive | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.origin = origin
        self.archive = kept
        self._clock, self._wall = clock, wall
        self._lock = threading.Lock()  # held to start a fetch
        self.looking = threading.Lock()  # held during a fetch
        self._looked: float | None = None
        self._worker: threading.Thread | None = None
        self._state: State | None = None
        self._refused: tuple[str, WorkbookError] | None = None
        self._wrong_since: float | None = None

    def poll(self) -> State:
        """Return the state. The whole process fetches at most once at a time, and a slow disk or
        server never blocks a reader for long.

        A problem with the workbook never raises an exception.
        """
        with self._lock:
            now = self._clock()
            due = self._looked is None or now - self._looked >= self.origin.seconds
            if due and (self._worker is None or not self._worker.is_alive()):
                self._looked = now
                self._worker = threading.Thread(target=self.refresh, name="workbook", daemon=True)
                self._worker.start()
            elif self._state is not None:
                if due and self._looked is not None and now - self._looked > _HANGS_SECONDS:
                    self._hangs(self._looked)
                return self._state
            worker = self._worker
        if worker is not None:
            worker.join(_FIRST_SECONDS if self._state is None else _PATIENCE_SECONDS)
        # The disk or server does not respond: an archived version is better than nothing.
        if self._state is None:
            with self._lock:
                self._state = self._state or State(self._last_kept(), (self._hanging(),))
        return self._state

    def _hangs(self, since: float) -> None:
        """Say that the workbook does not answer, until it does: an attempt that ends without an
        answer, and the next one that waits, change nothing about that.
        """
        if self._wrong_since is None:
            self._wrong_since = since
        if self._state is not None and not self._state.problems:
            self._show(replace(self._state, problems=(self._hanging(),)))

    def _hanging(self) -> Finding:
        return Finding(
            "address_unreachable" if self.origin.path is None else "file_unreadable",
            facts={"name": self.origin.name},
        )

    def moment(self) -> dt.datetime:
        """Return the local date and time."""
        return dt.datetime.fromtimestamp(self._wall())

    def refresh(self) -> None:
        """Fetch the workbook now."""
        with self.looking:
            fetched = None
            try:
                fetched = self.origin.fetch()
                self._accept(fetched)
            except WorkbookError as error:
                self._reject(error, fetched)

    def _accept(self, fetched: Fetched) -> None:
        found = digest(fetched.data)
        if self._refused is not None and self._refused[0] == found:
            raise self._refused[1]
        known = self._state.version if self._state is not None else None
        if known is None or known.sha256 != found:
            try:
                known = self._after(read(fetched, self._shown_since(found)), known)
            except WorkbookError as error:
                self._refused = found, error
                raise
        self._refused = self._wrong_since = None
        self._show(State(known, kept=self._keep(known)))

    def _after(self, version: Version, before: Version | None) -> Version:
        """Return a version that knows what the version shown before it tells of it, else the newest
        kept one.
        """
        if before is not None:
            return _compared(before, version)
        return after(version, self.archive, self.origin.path)

    def _shown_since(self, sha256: str) -> dt.datetime:
        """Return since when this version is shown: now, or a moment before a restart."""
        newest = (
            next(iter(self.archive.usable()), None)
            if self._state is None and self.archive is not None
            else None
        )
        same = newest is not None and sha256.startswith(newest.fingerprint)
        return newest.shown if newest is not None and same else self.moment()

    def _keep(self, version: Version) -> bool:
        if self.archive is None or (
            self._state is not None and self._state.version is version and self._state.kept
        ):
            return True
        try:
            self.archive.keep(
                version.data,
                version.sha256,
                version.saved,
                version.shown,
                memory=memory_of(version.programme),
            )
        except OSError:
            return False
        return True

    def _reject(self, error: WorkbookError, fetched: Fetched | None) -> None:
        now = self._clock()
        if self._wrong_since is None:
            self._wrong_since = now
        if self._state is None:  # a server that starts beside a broken file reports it at once
            self._show(State(self._last_kept()))
            assert self._state is not None
        elif (
            self._state.version is not None
            and now - self._wrong_since < _GRACE_SECONDS
            and all(f.code in _PASSING for f in error.findings)
        ):
            return
        self._show(
            State(
                self._state.version,
                error.findings,
                fetched.data if fetched is not None else None,
                self._state.kept,
            )
        )

    def _show(self, state: State) -> None:
        """Set a new state, and log what changed."""
        before = self._state or State(None)
        self._state = state
        if state.version is not None and state.version is not before.version:
            counts = counted(state.version.programme.findings)
            weights = {weight.word: counts[weight] for weight in Severity}
            _log.info(
                "workbook shown",
                extra={
                    "facts": {
                        "workbook": state.version.sha256[:12],
                        "saved": (
                            state.version.stamp.moment.astimezone(dt.UTC).isoformat(
                                timespec="seconds"
                            )
                        ),
                        "findings": weights,
                    }
                },
            )
        if state.problems and state.problems != before.problems:
            _log.warning(
                "workbook cannot be used",
                extra={"facts": {"problems": [found.code for found in state.problems]}},
            )
        if before.problems and not state.problems:
            _log.info("workbook can be used again", extra={"facts": {}})
        if before.kept and not state.kept:
            _log.error("versions cannot be kept", extra={"facts": {}})

    def _last_kept(self) -> Version | None:
        """Return the newest kept version that can still be read."""
        for one in self.archive.usable() if self.archive is not None else ():
            try:
                return read_kept(one, self.origin.name)
            except (OSError, WorkbookError):
                continue
        return None
