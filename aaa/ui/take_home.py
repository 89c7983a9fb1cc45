"""Downloads of the whole programme: report, slides and figures."""

from dataclasses import replace
from functools import partial

import streamlit as st

from aaa.exports import browser, making
from aaa.exports.takeaway import Takeaway
from aaa.ui import asking, meeting, tiles
from aaa.ui.session import text

_OFFERED = (making.REPORT, making.DECK, making.FIGURES)


def offer() -> None:
    """Show a button that opens the downloads; each file is made when it is requested."""
    popover = st.popover(text("export.take"), on_change="rerun", key="take_open")
    if not popover.open:
        return
    taken = _taken()
    with popover:
        tiles.note(text("export.of", since=taken.since) if taken.since else text("export.without"))
        for name in _OFFERED:
            if name == making.REPORT and browser.find() is None:
                tiles.note(text("export.no_browser", variable=browser.ENVIRONMENT))
                continue
            key = name.split(".")[0]
            st.download_button(
                text(f"export.{key}"),
                partial(making.file, name, taken),
                making.suggested(name, taken),
                making.MIME[f".{name.rsplit('.', 1)[1]}"],
                on_click="ignore",
                key=f"take_{key}",
                use_container_width=True,
            )
        tiles.note(text("export.takes_a_moment"))


def _taken() -> Takeaway:
    return replace(asking.compared().taken(), subjects=meeting.subjects())
