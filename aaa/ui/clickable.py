"""HTML of the project's own in which the name of an activity or a partner opens it, by click or by key, without loading the page anew."""

from functools import partial

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
    const button = event.target.closest("[data-ref], [data-partner]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (button.dataset.ref) setTriggerValue("activity", button.dataset.ref);
    else setTriggerValue("partner", button.dataset.partner);
  };
}
"""

_clickable = st.components.v2.component("aaa.clickable", html='<div class="a-clickable"></div>', js=_SCRIPT, isolate_styles=False)


def show(html: str, key: str) -> None:
    """Show HTML; pressing an element with `data-ref` or `data-partner` puts that activity or partner in the address, where the page finds it.

    Args:
        html: every word from the workbook in it escaped (aaa.figures.html.escape).
        key: unique on the page.
    """

    def pressed(trigger: str, parameter: str) -> None:
        code = st.session_state[key][trigger]
        if code:
            address.put(parameter, [code])

    _clickable(
        data={"html": html},
        key=key,
        on_activity_change=partial(pressed, "activity", address.ACTIVITY),
        on_partner_change=partial(pressed, "partner", address.PARTNER),
    )
