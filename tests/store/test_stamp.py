"""When a workbook was saved is what it says itself; a file that was copied is younger."""

import datetime as dt

import pytest

from aaa.store import source
from aaa.store.origin import Fetched
from aaa.values.stamp import Stamp
from aaa.words import wording
from tests.support.books import parts, replaced, small

WRITTEN = dt.datetime(2025, 11, 20, 16, 0)


def saved(said: str | None) -> Stamp:
    """Return the stamp of a workbook that says when it was saved, in a file of 20 November."""
    data = small()
    core = "docProps/core.xml"
    whole = parts(data)[core]
    start, end = whole.index(b"<dcterms:modified"), whole.index(b"</dcterms:modified>")
    element = f"<dcterms:modified>{said}" if said is not None else "<dcterms:modified>"
    data = replaced(data, core, whole[start:end], element.encode())
    return source.read(Fetched(data, WRITTEN, "aaa_2025.xlsx")).stamp


def local(utc: dt.datetime) -> dt.datetime:
    return utc.replace(tzinfo=dt.UTC).astimezone().replace(tzinfo=None)


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2025-10-03T08:15:00Z", dt.datetime(2025, 10, 3, 8, 15)),
        ("2025-10-03T10:15:00+02:00", dt.datetime(2025, 10, 3, 8, 15)),
        ("2025-10-03T08:15:00.123456Z", dt.datetime(2025, 10, 3, 8, 15, 0, 123456)),
        ("2025-10-03", dt.datetime(2025, 10, 3)),
    ],
)
def test_a_workbook_says_itself_when_it_was_saved(said: str, utc: dt.datetime) -> None:
    assert saved(said) == Stamp(local(utc))


@pytest.mark.parametrize("said", [None, "", "onlangs", "2025-13-41T00:00:00Z"])
def test_else_the_time_of_the_file_counts_and_is_called_that(said: str | None) -> None:
    stamp = saved(said)
    assert stamp == Stamp(WRITTEN, of_file=True)
    assert "tijd van het bestand" in wording.saved(stamp, "nl")


def test_a_file_is_never_older_than_what_it_holds() -> None:
    """The clock of a program may be ahead, or write local time as if it were UTC."""
    assert saved("2025-11-20T23:59:00Z") == Stamp(WRITTEN)
