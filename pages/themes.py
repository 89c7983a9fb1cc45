"""Themes: how is each theme doing?"""

import streamlit as st

from aaa.figures import heat, themes
from aaa.metrics import activities as of_activities
from aaa.ui import filters, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.programme()
activities = programme.activities
counts = once(of_activities.by_theme, activities, programme.themes)

filters.head(text("page.themes"), themes.finding(counts, lang))
if activities.empty:
    tiles.empty(text("empty.activities"))
else:
    left, right = st.columns([3, 2], gap="large")
    with left:
        tiles.chart(once(themes.status_by_theme, counts, lang, session.dark()), above=themes.status_key(once(of_activities.by_status, activities), lang))
    with right:
        tiles.chart(once(heat.theme_quarters, once(of_activities.by_theme_and_quarter, activities, programme.themes, programme.year), lang))
    for theme, code, description, mine in once(of_activities.grouped, activities, programme.themes):
        tiles.heading(theme or text("theme.unknown"))
        if description:
            tiles.lead(description)
        tiles.activities(once(of_activities.in_order_of_time, mine), f"theme_{code}", text("empty.activities"))
