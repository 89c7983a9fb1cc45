"""Which two versions of the workbook are compared: the choice, and what it finds."""

import functools
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from aaa import changes, formatting, history, wording
from aaa.changes import Change
from aaa.finding import WorkbookError
from aaa.history import History, Meeting
from aaa.programme import Programme, in_language
from aaa.source import Store, Version
from aaa.ui import address, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.versions import Kept

_READ = 16  # versions kept in memory


@dataclass(frozen=True)
class Comparison:
    """Two versions, and what the earlier one is called.

    Attributes:
        before: the earlier version.
        after: the later one.
        since: the words for the earlier one: `Regiegroep juni (19 juni 2025)`.
        meeting: the meeting at which it stood, where it was chosen so.
        missing: what the address asks for and is not kept; None where it was found.
    """

    before: Version
    after: Version
    since: str
    meeting: Meeting | None
    missing: str | None

    def changes(self) -> tuple[Change, ...]:
        """Return what changed, in the reader's language."""
        return once(changes.compare, self.before.programme, self.after.programme, session.language())


def kept() -> tuple[Kept, ...]:
    """Return the versions that can be compared, newest first, the one on screen included."""
    archive = session.store().archive
    return archive.usable() if archive is not None else ()


def meetings() -> list[Meeting]:
    """Return the meetings until today at which a kept version stood, the latest first."""
    return history.meetings(session.whole(), kept(), session.today())


def comparison() -> Comparison | None:
    """Return what the address asks to compare; by default the last meeting, else the previous version, with the version on screen.

    None where there is nothing to compare with yet.
    """
    versions, held = kept(), meetings()
    until = next((one for one in versions if history.code(one) == st.query_params.get(address.UNTIL)), None)
    after = (_version(session.store(), until) if until else None) or session.version()
    asked = st.query_params.get(address.SINCE)
    meeting = history.find(held, asked) if asked else history.last_meeting(held, session.today())
    chosen = meeting.kept if meeting else next((one for one in versions if history.code(one) == asked), None)
    missing = asked[:60] if asked and chosen is None else None
    for one in (*([chosen] if chosen else []), *(one for one in session.kept() if one.shown < after.shown)):
        before = _version(session.store(), one)
        if before is not None:
            mine = meeting if chosen is one else None
            return Comparison(before, after, _meeting_words(mine) if mine else _version_words(one), mine, missing)
    return None


@functools.lru_cache(maxsize=_READ)
def _version(store: Store, one: Kept) -> Version | None:
    """Return a kept version, or None when it cannot be read any more."""
    try:
        return history.read(one, store.origin.name)
    except (OSError, WorkbookError):
        return None


def last_meeting() -> Programme | None:
    """Return the programme as it stood at the last meeting, judged by its own date; None when no version is kept from then."""
    found = comparison()
    return in_language(found.before.programme, session.language()) if found and found.meeting else None


def head(name: str, finding: str) -> None:
    """Show the name of the page and what it finds, and the choice of versions behind one button."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="head"):
        tiles.title(name, finding)
        popover = st.popover(text("changes.choose"), on_change="rerun", key="compare_open")
        if popover.open:
            with popover:
                _choose()


def notices(found: Comparison | None) -> None:
    """Say what the address asks for and is not kept, and which versions are compared."""
    if found is None:
        return
    if found.missing is not None:
        tiles.warning(text("changes.missing", asked=found.missing))
    until = text("changes.now") if found.after is session.version() else formatting.moment(found.after.shown, session.language())
    tiles.note(text("changes.compared", since=found.since, until=until))


def counted(read: int, of: int) -> None:
    """Say on how many versions the number of moves rests; while they are being read, how far that is."""
    if read < of:
        _counting()
    elif of:
        tiles.note(text("slip.rests_on", n=of))


@st.fragment(run_every=2)
def _counting() -> None:
    _, read, of = moves()
    st.progress(read / of, text("slip.reading", read=read, of=of)) if read < of else st.rerun()


def _choose() -> None:
    versions, held = kept(), meetings()
    if len(versions) < 2 and not held:
        tiles.note(text("changes.none_kept"))
        return
    words = {meeting.code: _meeting_words(meeting) for meeting in held} | {history.code(one): _version_words(one) for one in versions[1:]}
    _select(address.SINCE, words, text("changes.since_usual"))
    _select(address.UNTIL, {history.code(one): _version_words(one) for one in versions[1:-1]}, text("changes.until_usual"))


def _select(name: str, words: dict[str, str], usual: str) -> None:
    key = f"compare_{name}"
    asked = st.query_params.get(name, "")
    value = asked if asked in words else ""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.selectbox(
        text(f"changes.{name}"),
        ["", *words],
        format_func=lambda code: words.get(code, usual),
        key=key,
        on_change=lambda: address.put(name, [st.session_state[key]] if st.session_state[key] else []),
    )


def _meeting_words(meeting: Meeting) -> str:
    date = wording.date(meeting.date, session.language())
    return text("changes.meeting", meeting=meeting.name, date=date) if meeting.name else date


def _version_words(one: Kept) -> str:
    return text("changes.version", moment=formatting.moment(one.shown, session.language()))


@functools.cache
def _history(store: Store) -> History | None:
    return History(store.archive, store.origin.name) if store.archive is not None else None


def moves() -> tuple[pd.Series, int, int]:
    """Return how often each expected end moved, and how many of how many kept versions that rests on."""
    found = _history(session.store())
    if found is None:
        return changes.moves([]), 0, 0
    read, of = found.poll()
    return found.moves(), read, of
