"""What this run shows: the version of the workbook, the reader's language and choices. The only
place in the app that reads the clock.
"""

import datetime as dt
import functools
import os
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from aaa import metrics
from aaa.metrics.selection import NO_PERIOD, UNKNOWN_THEME, Selection
from aaa.store import source
from aaa.store.origin import File
from aaa.store.source import State, Store, Version
from aaa.store.versions import Kept
from aaa.store.years import Shelf, Years
from aaa.ui import address
from aaa.ui.once import once
from aaa.values.period import QUARTERS
from aaa.words import texts
from aaa.words.formatting import quarter
from aaa.workbook.programme import Programme, in_language

QUARTER_CODES = (*map(quarter, QUARTERS), NO_PERIOD)

# A cache of the address for the run in this thread: a run reads it a hundred times, and it does
# not change.
_language: ContextVar[str | None] = ContextVar("language", default=None)
_selection: ContextVar[Selection | None] = ContextVar("selection", default=None)
_state: ContextVar[State | None] = ContextVar("state", default=None)
_year: ContextVar[tuple[int | None] | None] = ContextVar("year", default=None)
_versions: ContextVar[tuple[Kept, ...] | None] = ContextVar("versions", default=None)

# Keys of the session state: what this reader has on screen.
_SHOWN, _UPDATED = "shown", "updated"


def begin() -> None:
    """Store the reader's language and choices, and the version that this whole run shows."""
    _language.set(address.language())
    _selection.set(None)
    _versions.set(None)
    _year.set(None)
    _year.set((year(),))
    found = store().poll()
    _state.set(found)
    if found.version is not None:
        _selection.set(selection())
    before, now = st.session_state.get(_SHOWN), _mark(found)
    if before is not None and before[0] != now[0]:
        st.session_state.pop(_UPDATED, None)
    elif before is not None and before[1] != now[1]:
        st.session_state[_UPDATED] = found.version and found.version.shown
    st.session_state[_SHOWN] = now


def _mark(found: State) -> tuple[Any, ...]:
    """Return a key that identifies a state: the year, its version, and the problems
    with the file.
    """
    return (
        year(),
        found.version and (found.version.sha256, found.version.shown),
        found.problems,
        hash(found.rejected),
        found.kept,
    )


def has_changed() -> bool:
    """Tell whether the workbook has changed since this reader's last run."""
    return bool(_mark(store().poll()) != st.session_state.get(_SHOWN))


def updated() -> dt.datetime | None:
    """Return when a changed workbook appeared on this reader's screen, or None."""
    return st.session_state.get(_UPDATED)


@functools.cache
def _store(configured: str | None, path: Path | None) -> Store:
    """Return the store of a workbook: one for the whole process."""
    origin = source.locate(configured, {}) if path is None else File(path)
    return Store(origin, source.archive(origin, os.environ))


@functools.cache
def _years(path: Path) -> Years:
    """Return the workbooks of all years beside the configured one: one list for the
    whole process.
    """
    return Years(path)


def store() -> Store:
    """Return the store of the workbook that the reader looks at."""
    return store_of(year())


def store_of(asked: int | None) -> Store:
    """Return the store of the workbook of a year; None, or a year without a workbook, gives that of
    the usual year, and where the folder has none, the configured one.
    """
    books = shelf().books
    other = books.get(asked) if asked is not None else None
    if other is None:
        other = books.get(usual_year() or 0)
    configured = _configured(os.environ.get(source.ENVIRONMENT))
    return _store(os.environ.get(source.ENVIRONMENT), None if other == configured else other)


def years() -> tuple[int, ...]:
    """Return the years that have a workbook, in order; empty when there is nothing to choose."""
    found = tuple(shelf().books)
    return found if len(found) > 1 else ()


def usual_year() -> int | None:
    """Return the year that is shown where the address asks for none."""
    return shelf().usual(today())


def years_ahead() -> tuple[int, ...]:
    """Return the years whose workbook is there and whose plan has not begun."""
    return shelf().ahead(today())


def shelf() -> Shelf:
    """Return the workbooks in the folder of the configured one."""
    path = _configured(os.environ.get(source.ENVIRONMENT))
    return _years(path).poll() if path is not None else Shelf()


def look_again() -> None:
    """List the folder anew, after a workbook was put into it."""
    path = _configured(os.environ.get(source.ENVIRONMENT))
    if path is not None:
        _years(path).refresh()


@functools.cache
def _configured(named: str | None) -> Path | None:
    """Return the configured workbook where it is a file."""
    return source.locate(named, {}).path


def year() -> int | None:
    """Return the year that the address asks for, where it has a workbook and is not the usual one;
    else None.
    """
    noted = _year.get()
    if noted is not None:
        return noted[0]
    asked = address.year(years())
    return None if asked == usual_year() else asked


def go_to_earlier(has: Callable[[Programme], bool]) -> None:
    """Lead a link of an earlier year to that year: the latest that has what the link asks for.
    Return where there is none, or where the address names a year.

    Args:
        has: tells whether a programme has it.
    """
    usual = usual_year()
    if usual is None or st.query_params.get(address.YEAR):
        return
    for found in before(usual):
        if has(found.programme):
            address.put(address.YEAR, [f"{found.programme.year}"])
            st.rerun()


def before(year: int) -> Iterator[Version]:
    """Yield the versions of the years before a year that can be shown, the latest first."""
    for one in sorted((one for one in shelf().books if one < year), reverse=True):
        found = store_of(one).poll().version
        if found is not None:
            yield found


def missing_year() -> str | None:
    """Return the year in the address when it has no workbook, else None."""
    asked = st.query_params.get(address.YEAR)
    return asked[:10] if asked and asked not in map(str, (*years(), usual_year())) else None


def state() -> State:
    """Return the state of the workbook that this run shows."""
    return _state.get() or store().poll()


def version() -> Version:
    """Return the version that is shown; RuntimeError on a page that runs without one."""
    found = state().version
    if found is None:
        raise RuntimeError("the frame stops before any page when there is no usable workbook")
    return found


def language() -> str:
    """Return the reader's language."""
    return _language.get() or address.language()


def text(key: str, n: int | None = None, **values: object) -> str:
    """Return a message in the reader's language."""
    return texts.translate(language(), key, n, **values)


def dark() -> bool:
    """Tell whether the reader uses the dark theme."""
    return st.context.theme.type == "dark"


def whole() -> Programme:
    """Return the whole programme in the reader's language, whatever the filters say."""
    return in_language(version().programme, language())


def selection() -> Selection:
    """Return the reader's choice of activities and date."""
    noted = _selection.get()
    if noted is not None:
        return noted
    all_of_it = whole()
    themes, partners = once(("codes", all_of_it), lambda: _codes(all_of_it))
    chosen = address.selection(themes, partners, QUARTER_CODES, today())
    if chosen.partners or not all_of_it.former:
        return chosen
    # a link with the code of a name that the partner had before
    meant = (metrics.partners.by_code(all_of_it, one) for one in address.asked(address.PARTNER))
    return replace(chosen, partners=tuple(one.code for one in meant if one is not None))


def versions() -> tuple[Kept, ...]:
    """Return the versions that can be shown again, newest first, the one that is shown included;
    their folder is listed once in a run.
    """
    noted = _versions.get()
    if noted is None:
        archive = store().archive
        noted = archive.usable() if archive is not None else ()
        _versions.set(noted)
    return noted


def kept() -> tuple[Kept, ...]:
    """Return the versions that can be shown again, newest first, without the one that is shown."""
    found, current = versions(), state().version
    is_shown = found and current is not None and current.sha256.startswith(found[0].fingerprint)
    return found[1:] if is_shown else found


def now() -> dt.datetime:
    """Return the local date and time."""
    return dt.datetime.now()


def today() -> dt.date:
    """Return the date of today."""
    return dt.date.today()


def _codes(programme: Programme) -> tuple[list[str], list[str]]:
    return [*programme.themes["code"], UNKNOWN_THEME], list(programme.partners["code"])
