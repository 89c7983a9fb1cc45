"""A chart of a page as an image."""

from functools import partial

import streamlit as st

from aaa.exports import browser, image
from aaa.figures.chart import Chart
from aaa.ui import address, asking, session
from aaa.ui.session import text


def named(chart: Chart, ending: str) -> str:
    """Return the name of a file with a chart. It says what the data cover and whether they are
    invented, because a table has no other place for that.
    """
    programme = asking.shown()
    parts = [
        "aaa",
        str(programme.year),
        chart.name,
        *([programme.as_of.isoformat()] if programme.as_of else []),
    ]
    parts += ["voorbeeld"] if programme.is_example else []
    parts += (
        [*address.values(address.THEME, list(programme.themes["code"]))]
        if session.selection().narrows
        else []
    )
    return f"{'_'.join(parts)[:120]}.{ending}"


def offer(chart: Chart, key: str) -> None:
    """Offer a chart as an image, as shown on the page; nothing when no browser can render it."""
    if browser.find() is None:
        return
    shown = asking.now().taken()
    facts = [shown.name, *shown.facts(), shown.source(chart.source)]
    made = partial(image.png, chart, facts, session.language(), dark=session.dark())
    st.download_button(
        text("chart.png"),
        made,
        named(chart, "png"),
        "image/png",
        on_click="ignore",
        key=f"png_{key}",
    )
