"""The choice of two versions of the workbook, and their comparison."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from aaa.history import changes, meetings
from aaa.history.meetings import History, Since
from aaa.store.source import Store, Version
from aaa.store.versions import Kept
from aaa.ui import address, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.words import formatting

_READ = 16  # versions kept in memory


@dataclass(frozen=True)
class Comparison:
    """An earlier version beside a later one, usually the one on screen."""

    since: Since
    after: Version


def comparison() -> Comparison | None:
    """Return the comparison that the address asks for. By default the version on screen is compared
    with that of the last meeting, else with the previous version.

    None when there is nothing to compare with yet.
    """
    versions = session.versions()
    until = next(
        (one for one in versions if meetings.code(one) == st.query_params.get(address.UNTIL)), None
    )
    after = (_read(until) if until else None) or session.version()
    asked, today, lang = st.query_params.get(address.SINCE), session.today(), session.language()
    since = once(
        ("since", asked, after, versions, today, lang),
        lambda: meetings.since(asked, after, versions, today, lang, _read),
    )
    return Comparison(since, after) if since else None


def _read(one: Kept) -> Version | None:
    return _version(one, session.store().origin.name)


@functools.lru_cache(maxsize=_READ)
def _version(one: Kept, name: str) -> Version | None:
    """Return a kept version, or None when it cannot be read any more."""
    return meetings.read_or_none(one, name)


def head(name: str, finding: str, beside: Callable[[], None]) -> None:
    """Show the page's name and title, a button that opens the choice of versions, and another
    button beside it.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="head"):
        tiles.title(name, finding)
        popover = st.popover(text("changes.choose"), on_change="rerun", key="compare_open")
        if popover.open:
            with popover:
                _choose()
        beside()


def notices(since: Since | None, after: Version) -> None:
    """Warn when the requested version is not kept, and say which versions are compared."""
    asked = st.query_params.get(address.SINCE)
    if asked and since is None:
        tiles.warning(text("changes.missing_all", asked=asked[:60]))
    elif asked and since is not None and not since.as_asked:
        tiles.warning(text("changes.missing", asked=asked[:60]))
    if since is not None:
        until = text("changes.now")
        if after is not session.version():
            until = formatting.moment(after.shown, session.language())
        tiles.note(text("changes.compared", since=since.words, until=until))


def _choose() -> None:
    lang, versions = session.language(), session.versions()
    held = meetings.meetings(session.version().programme, versions, session.today(), lang)
    if len(versions) < 2 and not held:
        tiles.note(text("changes.none_kept"))
        return
    named = {meetings.code(one): meetings.version_words(one, lang) for one in versions[1:]}
    _select(
        address.SINCE,
        {meeting.code: meetings.meeting_words(meeting, lang) for meeting in held} | named,
        text("changes.since_usual"),
    )
    _select(address.UNTIL, dict(list(named.items())[:-1]), text("changes.until_usual"))


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
        on_change=lambda: address.put(
            name, [st.session_state[key]] if st.session_state[key] else []
        ),
    )


@functools.cache
def _history(store: Store) -> History | None:
    return History(store.archive, store.origin.name) if store.archive is not None else None


def moves() -> pd.Series:
    """Return how often each expected end moved; empty until all kept versions are read."""
    found = _history(session.store())
    read, of = _read_of()
    return found.moves() if found is not None and read == of else changes.moves([])


def _read_of() -> tuple[int, int]:
    """Return how many kept versions were read, and how many there are."""
    found = _history(session.store())
    return (0, 0) if found is None else found.poll(session.version(), session.versions())


def counted() -> None:
    """Say how many versions the number of moves is based on; show a progress bar while they are
    being read.
    """
    read, of = _read_of()
    if read < of:
        _counting()
    elif of:
        tiles.note(text("slip.rests_on", n=of))


@st.fragment(run_every=2)
def _counting() -> None:
    read, of = _read_of()
    if read == of:
        st.rerun()
    st.progress(read / of, text("slip.reading", read=read, of=of))
