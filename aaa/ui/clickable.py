"""HTML of the project's own in which an activity's title opens its details, by click or by key, without leaving the page."""

import streamlit as st

from aaa.ui import address

_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".a-clickable");
  if (root.dataset.shown !== data.html) {
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
  }
  root.onclick = (event) => {
    const button = event.target.closest("[data-ref]");
    if (button) setTriggerValue("opened", button.dataset.ref);
  };
}
"""

_clickable = st.components.v2.component("aaa.clickable", html='<div class="a-clickable"></div>', js=_SCRIPT, isolate_styles=False)


def show(html: str, key: str) -> None:
    """Show HTML; pressing an element with `data-ref` puts that activity in the address, where the frame finds it.

    Args:
        html: every word from the workbook in it escaped (aaa.figures.html.escape).
        key: unique on the page.
    """

    def opened() -> None:
        ref = st.session_state[key].opened
        if ref:
            address.put(address.ACTIVITY, [ref])

    _clickable(data={"html": html}, key=key, on_opened_change=opened)
