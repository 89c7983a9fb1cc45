"""The address is where a reader's choices live: language, filters, date and opened activity.
Widgets only show and change it.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from urllib.parse import urlencode

import streamlit as st

from aaa.metrics.selection import Selection
from aaa.words.texts import DEFAULT, LANGUAGES
from aaa.workbook.schema import StatusCode

LANGUAGE, THEME, PARTNER, STATUS, QUARTER, AS_OF, ACTIVITY, YEAR = (
    "taal",
    "thema",
    "partner",
    "status",
    "kwartaal",
    "per",
    "activiteit",
    "jaar",
)
PAGE = "blad"  # of a long list
# the versions that are compared: a version's moment or, for the first, a meeting's date
SINCE, UNTIL = (
    "sinds",
    "tot",
)
# of a meeting: the slide on screen, the points of the agenda, seconds per slide
SLIDE, SLIDES, ADVANCE = (
    "dia",
    "dias",
    "wissel",
)
EMBED = "embed"  # Streamlit's own: the page as part of another site
UPDATE = "bijwerken"
NEVER_EMBEDDED = (UPDATE,)  # so that nobody presses a button of it through another site
TODAY = "vandaag"
# what pressing a name on a page may change
CHOOSABLE = (
    LANGUAGE,
    PARTNER,
    ACTIVITY,
    YEAR,
    THEME,
    PAGE,
)
_MOST_DIGITS = 6
_OF_A_PAGE = (ACTIVITY, SLIDE, PAGE)  # what a link to another page leaves behind
_FILTERS = (THEME, PARTNER, STATUS, QUARTER)


def base() -> str:
    """Return the folder of the address in which the dashboard stands, starting with `/`; empty
    where it stands at the top.
    """
    configured = st.get_option("server.baseUrlPath").strip("/")
    return f"/{configured}" if configured else ""


def language() -> str:
    """Return the language of the address; Dutch where it names none, so that a shared link looks
    the same to everyone.
    """
    asked = st.query_params.get(LANGUAGE, DEFAULT)
    return asked if asked in LANGUAGES else DEFAULT


def values(name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the values of a parameter that mean something; the others are ignored."""
    return tuple(
        dict.fromkeys(value for value in st.query_params.get_all(name) if value in allowed)
    )


def date(today: dt.date) -> dt.date | None:
    """Return the date to judge by, or None where the address leaves it to the workbook."""
    asked = st.query_params.get(AS_OF)
    if asked == TODAY:
        return today
    try:
        return dt.date.fromisoformat(asked) if asked else None
    except ValueError:
        return None


def year(there: Collection[int]) -> int | None:
    """Return the year that the address asks for, or None where it asks for none that there is."""
    asked = number(YEAR)
    return asked if asked in there else None


def selection(
    themes: Sequence[str], partners: Sequence[str], quarters: Sequence[str], today: dt.date
) -> Selection:
    """Return what the address chooses, out of the codes that there are."""
    return Selection(
        themes=values(THEME, themes),
        partners=values(PARTNER, partners),
        statuses=tuple(StatusCode(code) for code in values(STATUS, list(StatusCode))),
        quarters=values(QUARTER, quarters),
        as_of=date(today),
    )


def number(name: str) -> int:
    """Return the number that a parameter holds; 0 where it holds none, or one of more than six
    digits.
    """
    asked = st.query_params.get(name, "")
    return int(asked) if len(asked) <= _MOST_DIGITS and asked.isascii() and asked.isdecimal() else 0


def page() -> int:
    """Return the page of a long list that the address asks for, from 1."""
    return number(PAGE) or 1


def put(name: str, chosen: Sequence[str]) -> None:
    """Write a parameter; an empty choice removes it. Another choice of activities starts a long
    list anew.
    """
    if name in _FILTERS:
        st.query_params.pop(PAGE, None)
    if chosen:
        st.query_params[name] = list(chosen)
    else:
        st.query_params.pop(name, None)


def clear_filters() -> None:
    """Remove every filter; language and date stay."""
    for name in (*_FILTERS, PAGE):
        st.query_params.pop(name, None)


def link(parameter: str, value: str | None) -> str:
    """Return a link to this page with one choice changed, the others kept; None removes it."""
    return "?" + urlencode(kept(**{parameter: value}), doseq=True)


def kept(**changes: str | None) -> dict[str, list[str]]:
    """Return the parameters for a link that keeps the reader's choices, with changes; None removes
    one. An opened activity is closed.
    """
    params = {
        name: st.query_params.get_all(name) for name in st.query_params if name not in _OF_A_PAGE
    }
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = [value]
    return params
