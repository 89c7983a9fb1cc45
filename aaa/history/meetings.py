"""The history in the kept versions: which one was current at a meeting, and how often an expected
end moved.
"""

import datetime as dt
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from aaa.history import changes
from aaa.store import source
from aaa.store.source import Version
from aaa.store.versions import Archive, Kept
from aaa.values import names
from aaa.values.finding import WorkbookError
from aaa.words import formatting
from aaa.words.texts import DEFAULT, translate
from aaa.workbook.matching import plain
from aaa.workbook.programme import Programme

# between two versions that are read in the background, so that readers of the pages do not wait
_PAUSE_SECONDS = 0.1
_NEEDED = (
    "ref",
    "nr",
    "title",
    "topic",
    "period_first",
    "period_last",
    "forecast_first",
    "forecast_last",
)


@dataclass(frozen=True)
class Meeting:
    """A meeting and the version that was current at it.

    Attributes:
        date: its day.
        name: its name in the sheet 'Overleg', in the requested language; None when it has none.
        typed: its name as the workbook has it, in Dutch.
        kept: the version that was current at the end of that day.
    """

    date: dt.date
    name: str | None
    typed: str | None
    kept: Kept

    @property
    def code(self) -> str:
        """Return the code of the meeting in a URL: its date."""
        return self.date.isoformat()


def code(kept: Kept) -> str:
    """Return the code of a version in a URL: the UTC time since which it was shown, as in its file
    name.
    """
    return kept.path.name.split("_")[0]


def version_at(kept: Sequence[Kept], day: dt.date) -> Kept | None:
    """Return the version that was current at the end of a day, or None when none is known.

    Args:
        kept: the versions, newest first.
        day: the day. When the oldest version was shown only later, it is returned if it was saved
            by the end of that day.

    Source: definition V1.
    """
    for one in kept:
        if one.shown.date() <= day:
            return one
    return kept[-1] if kept and kept[-1].saved.date() <= day else None


def meetings(
    programme: Programme, kept: Sequence[Kept], until: dt.date, lang: str
) -> list[Meeting]:
    """Return the meetings up to and including a day, if a kept version was current at them, the
    latest first.

    Args:
        programme: as read.
        kept: the versions, newest first.
        until: the day.
        lang: the language of the names; one without an English name keeps the Dutch.
    """
    found = []
    held = programme.meetings.dropna(subset="date").sort_values(
        "date", ascending=False, kind="stable"
    )
    for row in held.itertuples(index=False):
        day = row.date.date()
        version = version_at(kept, day) if day <= until else None
        if version is not None:
            typed, english = plain(row.meeting), plain(row.meeting_en)
            found.append(
                Meeting(day, typed if lang == DEFAULT else english or typed, typed, version)
            )
    return found


def last_meeting(held: Sequence[Meeting], before: dt.date) -> Meeting | None:
    """Return the last meeting before a day. A meeting on that day has no changes to report yet.

    Args:
        held: as `meetings` returns them.
        before: the day.
    """
    return next((meeting for meeting in held if meeting.date < before), None)


@dataclass(frozen=True)
class Since:
    """The earlier version of a comparison.

    Attributes:
        before: the version.
        words: what a sentence calls it: `Regiegroep juni (19 juni 2025)`.
        meeting: the meeting by which it was chosen, if any.
        as_asked: False when no version was found for what was asked for, and this one replaces it.
        asked: what was asked for; empty where nothing was.
    """

    before: Version
    words: str
    meeting: Meeting | None
    as_asked: bool
    asked: str = ""

    def told(self, lang: str) -> str:
        """Return what it is called, and that it is not the version that was asked for."""
        if self.as_asked:
            return self.words
        asked = self.asked[:_LONGEST_ASKED]
        return translate(lang, "changes.instead", words=self.words, asked=asked)


_LONGEST_ASKED = 60  # letters


def since(
    asked: str | None,
    current: Version,
    kept: Sequence[Kept],
    today: dt.date,
    lang: str,
    read_one: Callable[[Kept], Version | None],
) -> Since | None:
    """Return the version to compare with: the one asked for, else that of the last meeting, else
    the previous one.

    Args:
        asked: the date or name of a meeting, or the code of a version; None uses the last
            meeting.
        current: the later version.
        kept: the kept versions, newest first.
        today: only a meeting before this day is the last one.
        lang: the reader's language.
        read_one: reads a kept version; None for one that cannot be read any more.

    Returns:
        None where there is nothing to compare with.
    """
    held = meetings(current.programme, kept, today, lang)
    meeting = _find(asked, held) if asked else last_meeting(held, today)
    chosen = meeting.kept if meeting else next((one for one in kept if code(one) == asked), None)
    earlier = [
        one
        for one in kept
        if one.shown < current.shown and not current.sha256.startswith(one.fingerprint)
    ]
    for one in (*([chosen] if chosen else []), *earlier):
        before = read_one(one)
        if before is not None:
            mine = meeting if one is chosen else None
            return Since(
                before,
                meeting_words(mine, lang) if mine else version_words(one, lang),
                mine,
                not asked or one is chosen,
                asked or "",
            )
    return None


def meeting_words(meeting: Meeting, lang: str) -> str:
    """Return what a meeting is called: its name and date."""
    date = formatting.date(meeting.date, lang)
    return (
        translate(lang, "changes.meeting", meeting=meeting.name, date=date)
        if meeting.name
        else date
    )


def version_words(kept: Kept, lang: str) -> str:
    """Return what a version is called: since when it was shown."""
    return translate(lang, "changes.version", moment=formatting.moment(kept.shown, lang))


def _find(asked: str, held: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting of a date (`2025-06-19`) or of a name, in the reader's language or as the
    workbook has it.
    """
    return next(
        (
            one
            for one in held
            if asked == one.code
            or names.key(asked) in (names.key(one.name or ""), names.key(one.typed or ""))
        ),
        None,
    )


def read_or_none(kept: Kept, name: str) -> Version | None:
    """Read a kept version as `source.read_kept` does; None for one that is gone or cannot be used
    any more.
    """
    try:
        return source.read_kept(kept, name)
    except (OSError, WorkbookError):
        return None


class History:
    """The activities of the kept versions, each read once, in the background."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive, self._name = archive, name
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        # by the name of the file; None for one that cannot be read any more
        self._read: dict[str, pd.DataFrame | None] = {}
        self._moves: tuple[tuple[str, ...], pd.Series] | None = None

    def poll(self, current: Version, kept: Sequence[Kept]) -> tuple[int, int]:
        """Return the number of versions read and of all; a thread reads the others in the meantime.

        Args:
            current: the version on screen, which need not be read again.
            kept: all versions.
        """
        for one in kept:
            if one.path.name not in self._read and current.sha256.startswith(one.fingerprint):
                self._read[one.path.name] = current.programme.activities[list(_NEEDED)]
        left = [one for one in kept if one.path.name not in self._read]
        with self._lock:
            if left and (self._worker is None or not self._worker.is_alive()):
                self._worker = threading.Thread(target=self.refresh, name="history", daemon=True)
                self._worker.start()
        return len(kept) - len(left), len(kept)

    def refresh(self, pause: float = _PAUSE_SECONDS) -> None:
        """Read the versions not read yet, and forget those that no longer exist."""
        kept = {one.path.name: one for one in self._archive.usable()}
        for name in [name for name in self._read if name not in kept]:
            del self._read[name]
        for name, one in kept.items():
            if name not in self._read:
                version = read_or_none(one, self._name)
                self._read[name] = version and version.programme.activities[list(_NEEDED)]
                time.sleep(pause)

    def moves(self) -> pd.Series:
        """Return how often the expected end of each activity moved, by `ref` of the newest version,
        in the versions read so far.

        Source: definition A12.
        """
        known = tuple(sorted(name for name, frame in list(self._read.items()) if frame is not None))
        if self._moves is None or self._moves[0] != known:
            frames = [self._read[name] for name in known]
            self._moves = known, changes.moves([frame for frame in frames if frame is not None])
        return self._moves[1]
