"""What this run shows: the version of the workbook, the reader's language and choices. The only place in the app that asks the clock."""

import datetime as dt
import os
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

QUARTER_CODES = (*map(quarter, QUARTERS), NO_PERIOD)


@st.cache_resource(show_spinner=False)
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
    return address.language()


def text(key: str, n: int | None = None, **values: object) -> str:
    """Return a message in the reader's language."""
    return texts.translate(language(), key, n, **values)


def dark() -> bool:
    """Tell whether the reader has a dark ground."""
    return st.context.theme.type == "dark"


@st.cache_resource(max_entries=8, show_spinner=False)
def _translated(sha256: str, lang: str, _version: Version) -> Programme:
    return in_language(_version.programme, lang)


@st.cache_resource(max_entries=64, show_spinner=False)
def _selected(sha256: str, lang: str, chosen: Selection, _whole: Programme) -> Programme:
    narrowed = selecting.apply(_whole, chosen)
    return replace(narrowed, activities=of_activities.judged(narrowed.activities, narrowed.as_of))


def whole() -> Programme:
    """Return the whole programme in the reader's language, whatever the filters say."""
    now = version()
    return _translated(now.sha256, language(), now)


def selection() -> Selection:
    """Return the reader's choice of activities and date."""
    programme = whole()
    themes = [*programme.themes["code"], UNKNOWN_THEME]
    return address.selection(themes, list(programme.partners["code"]), QUARTER_CODES, dt.date.today())


def programme() -> Programme:
    """Return the programme as the reader chose it, its activities judged by the chosen date."""
    now = version()
    return _selected(now.sha256, language(), selection(), whole())


def unfiltered() -> Programme:
    """Return the whole programme judged by the chosen date."""
    now = version()
    return _selected(now.sha256, language(), Selection(as_of=selection().as_of), whole())
