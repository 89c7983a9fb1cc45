"""The workbooks in one folder: which year each is of, which lie double, and which year is usual."""

import datetime as dt
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aaa.workbook import programme

_OF_A_YEAR = re.compile(r"aaa_(20\d\d)\.xlsx", re.IGNORECASE)
_SECONDS = 5.0  # between two looks at the folder
_PATIENCE_SECONDS = 2.0  # for the first look
_MOST_FILES = 60  # of a folder that are opened
_MOST_BYTES = 20 * 2**20  # of a file that is opened to see its year


@dataclass(frozen=True)
class Shelf:
    """The workbooks of a folder.

    Attributes:
        books: the workbook of each year, in the order of the years.
        newer: of a year with several files, those that were saved later than its workbook.
        configured: the workbook whose folder it is.
    """

    books: Mapping[int, Path] = field(default_factory=dict)
    newer: Mapping[int, tuple[Path, ...]] = field(default_factory=dict)
    configured: Path | None = None

    def usual(self, today: dt.date) -> int | None:
        """Return the year that is shown where none is asked for: the latest whose plan has begun,
        else the first one; None where nobody can tell of which year the configured workbook is.
        """
        if self.configured not in self.books.values():
            return None
        begun = [year for year in self.books if year <= today.year]
        return max(begun) if begun else min(self.books, default=None)

    def ahead(self, today: dt.date) -> tuple[int, ...]:
        """Return the years after the usual one."""
        usual = self.usual(today)
        return tuple(year for year in self.books if usual is not None and year > usual)


def file_of(folder: Path, year: int) -> Path:
    """Return where the workbook of a year stands in a folder that has none of it yet."""
    return folder / f"aaa_{year}.xlsx"


class Years:
    """The workbooks of all years in the folder of one. Like `Store` it never blocks a reader for
    long. It never forgets a year.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._looked: float | None = None
        self._worker: threading.Thread | None = None
        # the year in each file, by its name, time and size
        self._known: dict[tuple[str, int, int], int | None] = {}
        self._found = Shelf(configured=path)

    def poll(self) -> Shelf:
        """Return the workbooks. The whole process lists the folder once every few seconds."""
        with self._lock:
            first = self._looked is None
            if (self._looked is None or self._clock() - self._looked >= _SECONDS) and (
                self._worker is None or not self._worker.is_alive()
            ):
                self._looked = self._clock()
                self._worker = threading.Thread(target=self.refresh, name="years", daemon=True)
                self._worker.start()
        if first and self._worker is not None:
            self._worker.join(_PATIENCE_SECONDS)
        return self._found

    def refresh(self) -> None:
        """List the folder now."""
        found: dict[int, list[Path]] = {}
        candidates = self._candidates()
        for path in candidates:
            year = self._year(path)
            if year is not None:
                found.setdefault(year, []).append(path)
        there = {path.name for path in candidates}
        self._known = {key: year for key, year in self._known.items() if key[0] in there}
        books = {year: self._book(year, paths) for year, paths in found.items()}
        newer = {
            year: tuple(
                path for path in found[year] if path != book and _saved(path) > _saved(book)
            )
            for year, book in books.items()
        }
        # a year whose file cannot be read just now stays; one whose file became another year goes
        seen = {path for paths in found.values() for path in paths}
        left = {year: path for year, path in self._found.books.items() if path not in seen}
        every = {**left, **books}
        self._found = Shelf(
            dict(sorted(every.items())),
            {year: paths for year, paths in newer.items() if paths},
            self._path,
        )

    def _candidates(self) -> list[Path]:
        """Return the files that may be a workbook of a year; the configured one is always one."""
        try:
            there = sorted(self._path.parent.iterdir())
        except OSError:
            there = []
        named = [
            path
            for path in there
            if path.suffix.lower() == ".xlsx" and not path.name.startswith(("~$", "."))
        ]
        return list(dict.fromkeys((self._path, *named[:_MOST_FILES])))

    def _year(self, path: Path) -> int | None:
        """Return the year of a workbook: what it says, else what its name says."""
        try:
            state = path.stat()
            key = (path.name, state.st_mtime_ns, state.st_size)
            if key not in self._known:
                small = state.st_size <= _MOST_BYTES
                self._known[key] = programme.year_of(path.read_bytes()) if small else None
            said = self._known[key]
        except OSError:
            said = None
        named = _OF_A_YEAR.fullmatch(path.name)
        return said or (int(named[1]) if named else None)

    def _book(self, year: int, paths: list[Path]) -> Path:
        """Return which of the files of a year is its workbook: the configured one, else the one
        that is named after the year, else the one that was saved last.
        """
        named = [
            path for path in paths if (m := _OF_A_YEAR.fullmatch(path.name)) and int(m[1]) == year
        ]
        if self._path in paths:
            return self._path
        return named[0] if named else max(paths, key=_saved)


def _saved(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
