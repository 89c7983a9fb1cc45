"""HTML of the project's own in which pressing a name changes the address, without loading the page
anew.

An element with `data-choose="activiteit=2-6"` sets that parameter, one with
`data-choose="partner="` removes it, one with `data-go="timeline"` goes to a page. As a link it also
has an ordinary `href`, for a new tab. (A `st.page_link` to the page one is on already would leave
the browser's address as it was.) `data-copy` copies, `data-opens` opens and closes what it
controls: both in the browser alone.
"""

from importlib.resources import files

import streamlit as st

from aaa.ui import address, session

_clickable = st.components.v2.component(
    "aaa.clickable",
    html='<div class="a-clickable"></div>',
    js=files("aaa.ui").joinpath("clickable.js").read_text("utf-8"),
    isolate_styles=False,
)


def show(html: str, key: str) -> str | None:
    """Show HTML in which elements can be chosen.

    Args:
        html: every word from the workbook in it escaped (aaa.figures.html.escape).
        key: unique on the page.

    Returns:
        The page that was pressed just now, else None.
    """

    def chosen() -> None:
        name, _, value = (st.session_state[key].chosen or "").partition("=")
        if name in address.CHOOSABLE:
            address.put(name, [value] if value else [])

    data = {"html": html, "lang": session.language()}
    # nothing of it reaches the server, and to listen for it costs every run
    if "data-choose=" not in html and "data-go=" not in html:
        _clickable(data=data, key=key)
        return None
    shown = _clickable(data=data, key=key, on_chosen_change=chosen, on_gone_change=lambda: None)
    gone: str | None = shown.gone
    return gone
