"""Overview: where do we stand?"""

import streamlit as st

from aaa import metrics
from aaa.figures import lists
from aaa.figures import overview as figures
from aaa.ui import clickable, filters, session, take_home, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.programme()
activities, as_of = programme.activities, programme.as_of
counts, asking = (
    once(metrics.activities.by_status, activities),
    once(metrics.activities.attention, activities),
)
due, running = (
    once(metrics.activities.due, activities, as_of),
    once(metrics.activities.running_on, activities, as_of),
)
known = once(metrics.activities.attention_is_known, activities)
total, funders = (
    once(metrics.budget.estimate, programme.costs),
    once(metrics.budget.by_funder, programme.costs),
)
rungs = once(metrics.ambitions.ladders, programme.ambitions, programme.measurements)
per_ambition = once(metrics.budget.per_ambition, programme.costs, programme.ambitions)

filters.head(
    text("page.overview"),
    filters.nothing() or once(figures.title, counts, lang),
    beside=take_home.offer,
)
four = once(
    figures.tiles, counts, asking, known, len(due), len(running), total, funders, as_of, lang
)
clickable.show(once(figures.headline, four, counts, lang), key="headline")
left, right = st.columns(2, gap="medium")
with left:
    nothing = filters.nothing() or text(
        "overview.attention_empty" if known else "overview.attention_unknown"
    )
    tiles.activities(
        asking,
        "attention",
        nothing,
        lists.heading(text("overview.attention_heading")),
        limit=figures.most_shown(asking),
    )
with right:
    head = lists.heading(text("overview.due_heading", quarter=figures.quarter_word(as_of, lang)))
    tiles.activities(due, "due", text("overview.due_empty"), head, limit=4, notes=False)
st.html(once(figures.ambitions_in_a_line, programme.ambitions, rungs, per_ambition, lang))
