"""The menu above every page: pages, language and sharing. It is one element, so that it appears at
once.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from aaa.html import navigation
from aaa.html.navigation import Entry
from aaa.html.tags import join, tag
from aaa.ui import address, clickable, reader, session, streamlit_private
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.ui.streamlit_private import Page
from aaa.values.links import PROGRAMME
from aaa.words.texts import DEFAULT

# the pages that a phone shows beside the button that opens the menu
_WANTED = ("overview", "timeline", "partner_load")
_SNIPPET = '<iframe src="{address}" title="{title}" style="{style}" loading="lazy"></iframe>'


def show(pages: Mapping[str, Page], current: Page, below: Markup) -> None:
    """Show the menu, and switch to the page that the reader clicks; on an embedded page, only a
    link to the whole dashboard.

    Args:
        pages: the pages in the menu, by name.
        current: the one on screen.
        below: what stands between the menu and the page.
    """
    if st.context.is_embedded:
        clickable.show(_whole(current) + below, key="menu")
        return
    params = tuple((name, tuple(values)) for name, values in address.link_params().items())
    years = (session.years(), session.usual_year(), session.year())
    key = ("menu", params, years, session.language(), current.url_path)
    menu = once(key, lambda: join((_skip(), _pages(pages, current), _share())))
    ahead = _charts() if current.url_path == "" else ""
    gone = clickable.show(menu + below, "menu", ahead)
    if gone is not None and gone in pages:
        st.switch_page(pages[gone], query_params=_link_params(gone))


@cache
def _charts() -> str:
    """Return the address of the program that draws the bars; empty when it is not found."""
    pattern = f"{streamlit_private.CHARTS}.*.js"
    return next(
        (f"./static/js/{one.name}" for one in streamlit_private.program().glob(pattern)), ""
    )


def _whole(current: Page) -> Markup:
    """Return a link that opens the whole dashboard in a new window."""
    href = _href(current, address.link_params())
    link = tag("a", text("share.whole"), href=href, target="_blank", rel="noopener")
    return tag("p", link, class_="a-embedded")


def _link_params(name: str) -> dict[str, list[str]]:
    return address.link_params(partner=None) if name == "partner_load" else address.link_params()


def _href(page: Page, params: Mapping[str, Sequence[str]]) -> str:
    """Return a link to a page; every page stands in the same folder."""
    query = f"?{urlencode(params, doseq=True)}" if params else ""
    return f"{page.url_path or './'}{query}"


def _skip() -> Markup:
    return tag("a", text("frame.skip"), class_="a-skip", href="#a-contents")


def _pages(pages: Mapping[str, Page], current: Page) -> Markup:
    entries = [
        Entry(page.title, _href(page, _link_params(name)), page is current, name in _WANTED, name)
        for name, page in pages.items()
    ]
    share = navigation.button("a-share", text("share.button"), "a-share-button")
    after = join((_years(), _other_language(), share))
    return navigation.menu(entries, session.language(), after)


def _years() -> Markup:
    """Return a link to each year that has a workbook, with the year on screen marked; empty when
    there is only one.
    """
    usual = session.usual_year()
    return join(_year(year, None if year == usual else str(year)) for year in session.years())


def _year(year: int, value: str | None) -> Markup:
    shown = year == (session.year() or session.usual_year())
    return tag(
        "a",
        year,
        href=address.link(address.YEAR, value),
        data_choose=f"{address.YEAR}={value or ''}",
        aria_current="true" if shown else None,
    )


def _other_language() -> Markup:
    other = "en" if session.language() == "nl" else "nl"
    value = "" if other == DEFAULT else other
    return tag(
        "a",
        text("frame.other_language"),
        href=address.link(address.LANGUAGE, value or None),
        data_choose=f"{address.LANGUAGE}={value}",
        lang=other,
    )


def _share() -> Markup:
    """Return the panel that the share button opens: a link to this page, the calendar of the whole
    programme, and the code to embed the page.
    """
    who = reader.now()
    snippet = reader.copying("embed", text("share.copy_snippet"), who, snippet=_SNIPPET)
    parts = (
        (text("share.link"), reader.copying("page", text("share.copy_link"), who)),
        (text("share.calendar"), who.calendar(PROGRAMME)),
        (text("share.embed"), tag("p", text("share.embed_why")) + snippet),
    )
    inside = (tag("dt", heading) + tag("dd", body) for heading, body in parts)
    return tag(
        "div",
        tag("dl", *inside),
        id="a-share",
        class_="a-share",
        role="region",
        aria_label=text("share.button"),
    )
