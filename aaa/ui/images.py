"""A chart of a page as an image."""

from functools import partial

import streamlit as st

from aaa.exports import browser, image
from aaa.exports.takeaway import takeaway
from aaa.figures.chart import Chart
from aaa.ui import choices, session
from aaa.ui.session import text


def offer(chart: Chart, key: str) -> None:
    """Offer a chart as an image, as it stands on the page; nothing where there is no browser to draw it."""
    if browser.find() is None:
        return
    shown = takeaway(session.version(), None, session.language(), session.selection(), choices.said())
    facts = [shown.name, *shown.facts(), shown.source(chart.source)]
    made = partial(image.png, chart, facts, session.language(), dark=session.dark())
    st.download_button(text("chart.png"), made, f"aaa_{chart.name}.png", "image/png", on_click="ignore", key=f"png_{key}")
