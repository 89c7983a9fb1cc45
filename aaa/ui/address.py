"""The reader's choices, held in query parameters: language, filters, date and opened activity.
Widgets only show and change them.
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
PAGE = "blad"  # the page number in a long list
# the two versions to compare: the moment of a version or, for the first, the date of a meeting
SINCE, UNTIL = "sinds", "tot"
# in a meeting: the slide on screen, the points of the agenda, seconds per slide
SLIDE, SLIDES, ADVANCE = "dia", "dias", "wissel"
EMBED = "embed"  # Streamlit's own parameter: another site embeds the page
UPDATE = "bijwerken"
NEVER_EMBEDDED = (UPDATE,)  # protects its buttons against clickjacking
TODAY = "vandaag"
# the query parameters that a click on a name in a page may change
CHOOSABLE = (LANGUAGE, PARTNER, ACTIVITY, YEAR, THEME, PAGE)
_MOST_DIGITS = 6
_OF_A_PAGE = (ACTIVITY, SLIDE, PAGE)  # dropped from every link
_FILTERS = (THEME, PARTNER, STATUS, QUARTER)


def base() -> str:
    """Return the base path of the dashboard, starting with `/`; empty at the root."""
    configured = st.get_option("server.baseUrlPath").strip("/")
    return f"/{configured}" if configured else ""


def language() -> str:
    """Return the language of the address; Dutch where it names none, so that a shared link looks
    the same to everyone.
    """
    asked = st.query_params.get(LANGUAGE, DEFAULT)
    return asked if asked in LANGUAGES else DEFAULT


def values(name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the allowed values of a query parameter; others are ignored."""
    return tuple(
        dict.fromkeys(value for value in st.query_params.get_all(name) if value in allowed)
    )


def asked(name: str) -> tuple[str, ...]:
    """Return the values of a query parameter, whatever they are."""
    return tuple(st.query_params.get_all(name))


def date(today: dt.date) -> dt.date | None:
    """Return the date to judge by, or None when that of the workbook applies."""
    asked = st.query_params.get(AS_OF)
    if asked == TODAY:
        return today
    try:
        return dt.date.fromisoformat(asked) if asked else None
    except ValueError:
        return None


def year(there: Collection[int]) -> int | None:
    """Return the year in the address, or None when there is no such year."""
    asked = number(YEAR)
    return asked if asked in there else None


def selection(
    themes: Sequence[str], partners: Sequence[str], quarters: Sequence[str], today: dt.date
) -> Selection:
    """Return the filters and the date in the address; unknown codes are ignored."""
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
    """Set a query parameter; an empty choice removes it. A changed filter returns a long list to
    its first page.
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
    """Return a link to this page with one query parameter changed; None removes it."""
    return "?" + urlencode(link_params(**{parameter: value}), doseq=True)


def link_params(**changes: str | None) -> dict[str, list[str]]:
    """Return the query parameters for a link: the reader's choices with changes; None removes one.
    The link closes an opened activity.
    """
    params = {
        name: st.query_params.get_all(name) for name in st.query_params if name not in _OF_A_PAGE
    }
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = [value]
    return params
