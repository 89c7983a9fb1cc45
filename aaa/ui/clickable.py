"""The dashboard's own HTML, in which a click on a name changes the query parameters without
reloading the page.

An element with `data-choose="activiteit=2-6"` sets that parameter, one with
`data-choose="partner="` removes it, one with `data-go="timeline"` goes to a page. A link also has
an ordinary `href`, so that it can open in a new tab. (A `st.page_link` to the current page would
not change the browser's address.) `data-copy` copies, `data-opens` opens and closes the element
that it controls; both run in the browser only.
"""

from importlib.resources import files

import streamlit as st
from markupsafe import Markup

from aaa.ui import address, session, tiles

_clickable = st.components.v2.component(
    "aaa.clickable",
    html='<div class="a-clickable"></div>',
    js=files("aaa.ui").joinpath("clickable.js").read_text("utf-8"),
    isolate_styles=False,
)


_NEEDS = (
    *("data-choose=", "data-go=", "data-copy=", "data-opens=", "data-subscribe="),
    *("<svg", 'type="checkbox"'),
)


def show(html: Markup, key: str, ahead: str = "") -> str | None:
    """Show HTML, with clickable elements where it has them.

    Args:
        html: what is shown.
        key: unique on the page.
        ahead: the address of a program that another page needs; a browser with nothing else to do
            fetches it, unless its connection is metered.

    Returns:
        The page that the reader has just clicked, else None.
    """

    def chosen() -> None:
        name, _, value = (st.session_state[key].chosen or "").partition("=")
        if name in address.CHOOSABLE:
            address.put(name, [value] if value else [])

    # quicker, but Streamlit leaves icons out
    if not any(mark in html for mark in _NEEDS):
        tiles.html(html)
        return None
    data = {"html": html, "lang": session.language(), "ahead": ahead}
    # No click in this HTML needs the server, and callbacks would slow down every run.
    if "data-choose=" not in html and "data-go=" not in html:
        _clickable(data=data, key=key)
        return None
    shown = _clickable(data=data, key=key, on_chosen_change=chosen, on_gone_change=lambda: None)
    gone: str | None = shown.gone
    return gone
