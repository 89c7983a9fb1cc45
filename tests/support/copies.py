"""What is made of the workbooks of `books`, once for all tests that only look at it: versions, what
is taken home of them, and copies.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from aaa.exports.takeaway import Takeaway, takeaway
from aaa.history.meetings import Since
from aaa.site import building
from aaa.store import source
from aaa.store.origin import Fetched
from aaa.store.source import Version
from aaa.words.texts import LANGUAGES
from tests.support.books import BOOKS

NOON = dt.datetime(2025, 9, 30, 12, 0)


def version_of(data: bytes, saved: dt.datetime = NOON) -> Version:
    """Return the version that a workbook saved at this moment is."""
    return source.read(Fetched(data, saved, "aaa_2025.xlsx"), saved)


def taken_of(data: bytes, lang: str = "nl") -> Takeaway:
    """Return what a reader takes home of a workbook."""
    return takeaway(version_of(data), None, lang)


@cache
def version(book: str) -> Version:
    """Return the version of a workbook by its name in `BOOKS`."""
    return version_of(BOOKS[book]())


@cache
def taken(book: str, lang: str = "nl", before: str | None = None) -> Takeaway:
    """Return what a reader takes home of a workbook, compared with another one where
    that is named.
    """
    since = (
        None
        if before is None
        else Since(version(before), "Regiegroep juni (19 juni 2025)", None, as_asked=True)
    )
    return takeaway(version(book), since, lang)


@cache
def files(book: str) -> Mapping[str, bytes]:
    """Return every file of the copy of a workbook."""
    return building.build(version(book), [taken(book, lang) for lang in LANGUAGES])


def placed(book: str, folder: Path) -> Path:
    """Write the copy of a workbook into a folder, and return the folder."""
    for path, data in files(book).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
