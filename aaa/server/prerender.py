"""Prerendered contents in the first response for a page: a phone shows them while Streamlit's
JavaScript is still loading.

Only two pages are prerendered, without filters: the overview and a partner's own page, which are
opened by a link on a phone. Streamlit's page replaces the contents as soon as it is complete.
"""

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs, urlencode

from aaa import metrics
from aaa.exports.takeaway import takeaway
from aaa.figures import navigation
from aaa.figures.html import escape
from aaa.site import layout, links, pages
from aaa.site.copied import Copied, Page
from aaa.store.source import Version
from aaa.ui import address, session
from aaa.ui.once import once
from aaa.words.texts import DEFAULT, LANGUAGES

# With any other query parameter the page looks different, and is not prerendered.
_UNDERSTOOD = {address.LANGUAGE, address.YEAR, address.PARTNER, address.EMBED}
_CALENDAR = re.compile(r'href="@/(?:en/)?(?P<path>agenda/[^"]+)"')


@cache
def script() -> str:
    """Return the script that comes with the contents."""
    return files("aaa.server").joinpath("prerender.js").read_text("utf-8")


def contents(path: str, query: str) -> str:
    """Return the contents of a page as HTML, with the script that lets Streamlit's page replace
    them.

    Args:
        path: of the page, relative to the base path; empty for the overview.
        query: the query string.

    Returns:
        Empty for every other page, and when the query string or the workbook ask for more than can
        be prerendered.
    """
    asked = parse_qs(query)
    if set(asked) - _UNDERSTOOD or any(len(values) > 1 for values in asked.values()):
        return ""
    one = {name: values[0] for name, values in asked.items()}
    lang = one.get(address.LANGUAGE, DEFAULT)
    year = one.get(address.YEAR, "")
    if lang not in LANGUAGES or (
        year and year not in map(str, (*session.years(), session.configured_year()))
    ):
        return ""
    state = session.store_of(int(year) if year else None).poll()
    if state.version is None or state.problems:
        return ""
    copied = once(_copied, state.version, lang)
    page = _page(path, one.get(address.PARTNER), copied)
    if page is None:
        return ""
    params = urlencode(
        {name: one[name] for name in (address.LANGUAGE, address.YEAR) if name in one}
    )
    return once(_whole, page, copied, params, one.get(address.EMBED) == "true")


def _copied(version: Version, lang: str) -> Copied:
    return Copied(takeaway(version, None, lang), version)


def _page(path: str, partner: str | None, copied: Copied) -> Page | None:
    if path == "" and partner is None:
        return once(_overview, copied)
    if path != "partners" or partner is None:
        return None
    whole = copied.taken.whole
    row = metrics.partners.by_code(whole.partners, whole.spellings, partner)
    return None if row is None else once(_of_partner, copied, row["code"])


def _overview(copied: Copied) -> Page:
    return pages.overview_page(copied, short=True)


def _of_partner(copied: Copied, code: str) -> Page:
    partners = copied.taken.whole.partners
    return pages.partner_page(
        copied, next(row for row in partners.to_dict("records") if row["code"] == code)
    )


def _whole(page: Page, copied: Copied, params: str, embedded: bool) -> str:
    """Return the page with its menu and facts; names become links to what they open."""
    and_params = (f"&{params}" if params else "") + ("&embed=true" if embedded else "")
    pages = {address.PARTNER: "partners", address.ACTIVITY: "tijdlijn", address.THEME: "themas"}
    body = links.opened(
        page.body, lambda what, code: f"{pages[what]}?{what}={code}{escape(and_params)}"
    )
    body = _CALENDAR.sub(
        lambda found: f'href="{found["path"]}{escape("?" + params if params else "")}"', body
    )
    room = "f-buttons" if page.path == "index" else "f-buttons f-partner"
    title = (
        f'<header class="a-title"><p>{escape(page.name)}</p><h1>{escape(page.title)}</h1></header>'
        f'<div class="{room}"></div>'
    )
    menu = "" if embedded else _menu(page, copied, params)
    # plain text; it becomes a link in Streamlit's page
    way_out = f'<p class="a-embedded">{escape(copied.text("share.whole"))}</p>' if embedded else ""
    return (
        f'<div id="a-first" class="a-clickable">{menu}{way_out}{layout.facts(copied)}<main>'
        f"{title}{body}</main></div><script>{script()}</script>"
    )


def _menu(page: Page, copied: Copied, params: str) -> str:
    entries = layout.entries(page, copied, "", f"?{params}" if params else "")
    top = [
        (
            replace(entry, href=entry.href.replace("index", "./", 1))
            if entry.href.startswith("index")
            else entry
        )
        for entry in entries
    ]
    return navigation.menu(top, copied.lang, folds=False)
