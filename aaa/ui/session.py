"""What this run shows: the version of the workbook, the reader's language and choices. The only place in the app that asks the clock."""

import datetime as dt
import functools
import os
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import streamlit as st

from aaa import selection as selecting
from aaa import source, texts
from aaa.formatting import quarter
from aaa.metrics import activities as of_activities
from aaa.period import QUARTERS
from aaa.programme import Programme, in_language
from aaa.selection import NO_PERIOD, UNKNOWN_THEME, Selection
from aaa.source import State, Store, Version
from aaa.ui import address
from aaa.ui.once import once

QUARTER_CODES = (*map(quarter, QUARTERS), NO_PERIOD)

# What the address says, for the run in this thread: it is asked a hundred times in a run and answers the same.
_language: ContextVar[str | None] = ContextVar("language", default=None)
_selection: ContextVar[Selection | None] = ContextVar("selection", default=None)


def begin() -> None:
    """Take note of the reader's language and choices for this run."""
    _language.set(address.language())
    _selection.set(None)
    if state().version is not None:
        _selection.set(selection())


@functools.cache
def _store(path: Path) -> Store:
    return Store(path)


def state() -> State:
    """Return the state of the workbook; the file is looked at, at most once a second for all readers together."""
    return _store(source.locate(None, os.environ)).poll()


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
    """Tell whether the reader has a dark ground."""
    return st.context.theme.type == "dark"


def whole() -> Programme:
    """Return the whole programme in the reader's language, whatever the filters say."""
    return once(in_language, version().programme, language())


def selection() -> Selection:
    """Return the reader's choice of activities and date."""
    noted = _selection.get()
    if noted is not None:
        return noted
    themes, partners = once(_codes, whole())
    return address.selection(themes, partners, QUARTER_CODES, dt.date.today())


def _codes(programme: Programme) -> tuple[list[str], list[str]]:
    return [*programme.themes["code"], UNKNOWN_THEME], list(programme.partners["code"])


def programme() -> Programme:
    """Return the programme as the reader chose it, its activities judged by the chosen date."""
    return once(_chosen, whole(), selection())


def unfiltered() -> Programme:
    """Return the whole programme judged by the chosen date."""
    return once(_chosen, whole(), Selection(as_of=selection().as_of))


def _chosen(all_of_it: Programme, choice: Selection) -> Programme:
    narrowed = selecting.apply(all_of_it, choice)
    return replace(narrowed, activities=of_activities.judged(narrowed.activities, narrowed.as_of))
