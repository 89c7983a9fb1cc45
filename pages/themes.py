"""Themes: how is each theme doing?"""

import streamlit as st

from aaa import metrics
from aaa.exports import calendar
from aaa.figures import heat, large, lists, themes
from aaa.ui import clickable, filters, menu, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.programme()
activities = programme.activities
counts, by_status = (
    once(metrics.activities.by_theme, activities, programme.themes),
    once(metrics.activities.by_status, activities),
)
quarters = once(
    metrics.activities.by_theme_and_quarter, activities, programme.themes, programme.year
)

filters.head(text("page.themes"), filters.nothing() or once(themes.title, counts, lang))
if activities.empty:
    tiles.empty(text("empty.activities"))
else:
    left, right = st.columns([3, 2], gap="large")
    with left:
        tiles.chart(
            once(themes.status_by_theme, counts, lang),
            above=once(themes.status_key, by_status, lang),
        )
    with right:
        tiles.chart(once(heat.theme_quarters, quarters, lang))
    most = 10 if large.is_large(activities) else 0
    clickable.show(
        once(
            lists.by_theme,
            once(metrics.activities.grouped, activities, programme.themes),
            lang,
            most,
        ),
        key="themes",
    )
    clickable.show(
        lists.heading(text("calendar.themes"))
        + menu.calendars(once(calendar.named, programme.themes, lang)),
        key="keep",
    )
