import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from aaa.history import meetings
from aaa.history.meetings import History
from aaa.store.origin import Fetched
from aaa.store.source import Version, read
from aaa.store.versions import Archive, Kept
from tests.support.books import ACTIVITY, small

JUNE, OCTOBER = (
    {"Datum": "19-6-2025", "Overleg": "Regiegroep juni"},
    {"Datum": "9-10-2025", "Overleg": "Regiegroep oktober"},
)


def day(month: int, number: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(2025, month, number, hour)


def book(*meetings: dict[str, Any], **activity: Any) -> bytes:
    return small(Overleg=[JUNE, OCTOBER, *meetings], Activiteiten=[ACTIVITY | activity])


def kept(archive: Archive, *versions: tuple[bytes, dt.datetime]) -> tuple[Kept, ...]:
    for data, when in versions:
        archive.keep(data, hashlib.sha256(data).hexdigest(), when, when)
    return archive.usable()


def version(data: bytes, when: dt.datetime) -> Version:
    return read(Fetched(data, when, "aaa_2025.xlsx"), when)


def test_the_version_at_a_meeting_is_the_last_one_of_that_day(tmp_path: Path) -> None:
    found = kept(
        Archive(tmp_path),
        (book(Status="Loopt"), day(6, 18)),
        (book(Status="Afgerond"), day(6, 19, 9)),
        (book(Status="Vervallen"), day(6, 19, 16)),
        (book(), day(6, 20)),
    )
    stood = meetings.version_at(found, dt.date(2025, 6, 19))
    assert stood is not None
    assert stood.shown == day(6, 19, 16)
    assert meetings.version_at(found, dt.date(2025, 6, 17)) is None


def test_a_file_saved_before_a_meeting_stood_there_though_it_was_shown_later(
    tmp_path: Path,
) -> None:
    archive = Archive(tmp_path)
    data = book()
    archive.keep(data, hashlib.sha256(data).hexdigest(), day(6, 1), day(9, 1))
    assert meetings.version_at(archive.usable(), dt.date(2025, 6, 19)) is not None
    assert meetings.version_at(archive.usable(), dt.date(2025, 5, 1)) is None


def test_by_default_the_last_meeting_before_today_is_compared(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    now = version(book(Status="Loopt"), day(11, 1))
    found = kept(
        archive,
        (book(), day(6, 19)),
        (book(Status="Niet gestart"), day(10, 9)),
        (now.data, day(11, 1)),
    )

    def since(asked: str | None, today: dt.date) -> str:
        chosen = meetings.since(
            asked, now, found, today, "nl", lambda one: meetings.read_or_none(one, "aaa_2025.xlsx")
        )
        assert chosen is not None
        return f"{chosen.words}|{chosen.as_asked}"

    assert since(None, dt.date(2025, 11, 1)) == "Regiegroep oktober (9 oktober 2025)|True"
    # today's meeting has nothing to tell yet
    assert since(None, dt.date(2025, 10, 9)) == "Regiegroep juni (19 juni 2025)|True"
    assert since("2025-06-19", dt.date(2025, 11, 1)) == "Regiegroep juni (19 juni 2025)|True"
    assert since("regiegroep JUNI", dt.date(2025, 11, 1)) == "Regiegroep juni (19 juni 2025)|True"
    assert (
        since(meetings.code(found[1]), dt.date(2025, 11, 1))
        == "de versie van 9 oktober 2025, 12:00|True"
    )
    assert since("2019-01-01", dt.date(2025, 11, 1)) == "de versie van 9 oktober 2025, 12:00|False"
    # no meeting yet: the previous version
    assert since(None, dt.date(2025, 6, 1)) == "de versie van 9 oktober 2025, 12:00|True"


def test_nothing_kept_is_nothing_to_compare_with(tmp_path: Path) -> None:
    now = version(book(), day(11, 1))
    alone = kept(Archive(tmp_path), (now.data, day(11, 1)))
    assert (
        meetings.since(
            None,
            now,
            alone,
            dt.date(2025, 11, 1),
            "nl",
            lambda one: meetings.read_or_none(one, "x"),
        )
        is None
    )
    assert (
        meetings.since(
            "2025-06-19",
            now,
            (),
            dt.date(2025, 11, 1),
            "nl",
            lambda one: meetings.read_or_none(one, "x"),
        )
        is None
    )


def test_a_version_that_is_gone_is_passed_over(tmp_path: Path) -> None:
    now = version(book(Status="Loopt"), day(11, 1))
    found = kept(
        Archive(tmp_path),
        (book(), day(5, 1)),
        (book(Status="Afgerond"), day(6, 19)),
        (now.data, day(11, 1)),
    )
    found[1].path.unlink()
    chosen = meetings.since(
        "2025-06-19",
        now,
        found,
        dt.date(2025, 11, 1),
        "nl",
        lambda one: meetings.read_or_none(one, "aaa_2025.xlsx"),
    )
    assert chosen is not None
    assert (chosen.words, chosen.as_asked) == ("de versie van 1 mei 2025, 12:00", False)


def test_how_often_an_end_moved_is_counted_over_the_kept_versions(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    now = version(book(Prognose="Q4"), day(11, 1))
    kept(
        archive,
        (book(), day(1, 1)),
        (book(Prognose="Q3"), day(2, 1)),
        (book(Prognose="Q3", Status="Loopt"), day(3, 1)),
        (now.data, day(11, 1)),
    )
    known = History(archive, "aaa_2025.xlsx")
    assert known.poll(now, archive.usable()) == (1, 4)  # the one on screen is known already
    known.refresh(pause=0)
    assert known.poll(now, archive.usable()) == (4, 4)
    assert known.moves().to_dict() == {"1-1": 2}
    assert known.moves() is known.moves()
