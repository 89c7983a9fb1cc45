"""The menu above every page: pages, language and sharing. It is one element, so that it appears at
once.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from aaa.exports import calendar
from aaa.figures import lists, navigation
from aaa.figures.html import escape
from aaa.figures.navigation import Entry
from aaa.ui import address, clickable, session
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.ui.streamlit_private import Page
from aaa.words.texts import DEFAULT

# the pages that a phone shows beside the button that opens the menu
_WANTED = ("overview", "timeline", "partner_load")
_SNIPPET = '<iframe src="{address}" title="{title}" style="{style}" loading="lazy"></iframe>'


def show(pages: Mapping[str, Page], current: Page) -> None:
    """Show the menu, and switch to the page that the reader clicks.

    Args:
        pages: the pages in the menu, by name.
        current: the one on screen.
    """
    gone = clickable.show(f"{_skip()}{_pages(pages, current)}{_share()}", key="menu")
    if gone is not None and gone in pages:
        st.switch_page(pages[gone], query_params=_link_params(gone))


def embedded(current: Page) -> None:
    """Show a link that opens the whole dashboard in a new window, for an embedded page."""
    href = _href(current, address.link_params())
    clickable.show(
        f'<p class="a-embedded"><a href="{escape(href)}" target="_blank" rel="noopener">'
        f"{escape(text('share.whole'))}</a></p>",
        key="embedded",
    )


def _link_params(name: str) -> dict[str, list[str]]:
    return address.link_params(partner=None) if name == "partner_load" else address.link_params()


def _href(page: Page, params: Mapping[str, Sequence[str]]) -> str:
    """Return a link to a page; every page stands in the same folder."""
    query = f"?{urlencode(params, doseq=True)}" if params else ""
    return f"{page.url_path or './'}{query}"


def _skip() -> str:
    return f'<a class="a-skip" href="#a-contents">{escape(text("frame.skip"))}</a>'


def _pages(pages: Mapping[str, Page], current: Page) -> str:
    entries = [
        Entry(page.title, _href(page, _link_params(name)), page is current, name in _WANTED, name)
        for name, page in pages.items()
    ]
    share = navigation.button("a-share", text("share.button"), "a-share-button")
    return navigation.menu(entries, session.language(), f"{_years()}{_other_language()}{share}")


def _years() -> str:
    """Return a link to each year that has a workbook, with the year on screen marked; empty when
    there is only one.
    """
    configured = session.configured_year()
    links = []
    for year in session.years():
        value = None if year == configured else str(year)
        shown = year == (session.year() or configured)
        current = ' aria-current="true"' if shown else ""
        links.append(
            f'<a href="{escape(address.link(address.YEAR, value))}" '
            f'data-choose="{address.YEAR}={value or ""}"{current}>{year}</a>'
        )
    return "".join(links)


def _other_language() -> str:
    other = "en" if session.language() == "nl" else "nl"
    value = "" if other == DEFAULT else other
    link = (
        f'<a href="{escape(address.link(address.LANGUAGE, value or None))}" '
        f'data-choose="{address.LANGUAGE}={value}" lang="{other}">'
    )
    return f"{link}{escape(text('frame.other_language'))}</a>"


def _share() -> str:
    """Return the panel that the share button opens: a link to this page, the calendar of the whole
    programme, and the code to embed the page.
    """
    parts = (
        (text("share.link"), copying("page", text("share.copy_link"))),
        (text("share.calendar"), in_calendar(calendar.PROGRAMME)),
        (
            text("share.embed"),
            (
                f"<p>{escape(text('share.embed_why'))}</p>"
                f"{copying('embed', text('share.copy_snippet'), snippet=_SNIPPET)}"
            ),
        ),
    )
    inside = "".join(f"<dt>{escape(heading)}</dt><dd>{body}</dd>" for heading, body in parts)
    return (
        '<div id="a-share" class="a-share" role="region" '
        f'aria-label="{escape(text("share.button"))}"><dl>{inside}</dl></div>'
    )


def copying(what: str, words: str, **data: str) -> str:
    """Return a button that copies, and the element that confirms it.

    Args:
        what: `page`, `embed`, or the text to copy.
        words: the label of the button.
        data: more `data-` attributes of the button.
    """
    more = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    done = escape(text("share.copied"))
    button = (
        f'<button type="button" class="a-button" data-copy="{escape(what)}" '
        f'data-done="{done}"{more}>{escape(words)}</button>'
    )
    return f'<span class="a-copy">{button}<span role="status"></span></span>'


def show_calendars_of_themes() -> None:
    """Show the calendar of every theme that has activities on screen."""
    programme = session.programme()
    if len(programme.activities):
        named = once(calendar.named, programme.themes, session.language())
        clickable.show(lists.heading(text("calendar.themes")) + calendars(named), key="keep")


def calendars(named: Mapping[str, str]) -> str:
    """Return the links of each of several calendars, under their names.

    Args:
        named: the name of each calendar, by its code.
    """
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{in_calendar(code)}</dd>" for code, name in named.items()
    )
    return f'<dl class="a-facts a-calendars">{rows}</dl>'


def in_calendar(code: str) -> str:
    """Return the links of a calendar: subscribe, download, copy its address.

    Args:
        code: of the calendar, as `exports.calendar.feeds` names it.
    """
    chosen = {
        name: value
        for name, value in address.link_params().items()
        if name in (address.LANGUAGE, address.YEAR)
    }
    path = f"agenda/{code}.ics" + (f"?{urlencode(chosen, doseq=True)}" if chosen else "")
    href = escape(path)
    return (
        f'<p class="a-links"><a href="{href}" data-subscribe="{href}">'
        f'{escape(text("calendar.subscribe"))}</a><a href="{href}"'
        f" download>{escape(text('calendar.download'))}</a>"
        f"{copying('calendar', text('calendar.copy'), calendar=path)}</p>"
    )
