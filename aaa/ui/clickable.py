"""HTML of the project's own in which pressing a name changes the address, without loading the page anew.

An element with `data-choose="activiteit=2-6"` sets that parameter, one with `data-choose="partner="` removes it. As a link it also has an
ordinary `href`, for a new tab. (A `st.page_link` to the page one is on already would leave the browser's address as it was.)
"""

import streamlit as st

from aaa.ui import address, session

_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".a-clickable");
  if (root.dataset.shown !== data.html) {
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
  }
  document.documentElement.lang = data.lang;
  root.onclick = (event) => {
    const pressed = event.target.closest("[data-choose]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("chosen", pressed.dataset.choose);
  };
}
"""

_clickable = st.components.v2.component("aaa.clickable", html='<div class="a-clickable"></div>', js=_SCRIPT, isolate_styles=False)


def show(html: str, key: str) -> None:
    """Show HTML in which elements can be chosen.

    Args:
        html: every word from the workbook in it escaped (aaa.figures.html.escape).
        key: unique on the page.
    """

    def chosen() -> None:
        name, _, value = (st.session_state[key].chosen or "").partition("=")
        if name in address.CHOOSABLE:
            address.put(name, [value] if value else [])

    _clickable(data={"html": html, "lang": session.language()}, key=key, on_chosen_change=chosen)
