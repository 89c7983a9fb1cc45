"""Overview: where do we stand?"""

import streamlit as st

from aaa import wording
from aaa.figures import overview as figures
from aaa.figures.themes import status_key, status_strip
from aaa.metrics import activities as of_activities
from aaa.metrics import ambitions as of_ambitions
from aaa.metrics import budget as of_budget
from aaa.ui import filters, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.programme()
activities = programme.activities
counts = once(of_activities.by_status, activities)
asking = once(of_activities.attention, activities)
known = of_activities.attention_is_known(activities)
due = once(of_activities.due, activities, programme.as_of)
now = once(of_activities.running_on, activities, programme.as_of)
funders = once(of_budget.by_funder, programme.costs)

filters.head(text("page.overview"), figures.title(counts, lang))
tiles.headline(
    [
        tiles.Tile(text("overview.activities"), str(len(activities)), figures.finished_words(counts, lang)),
        tiles.Tile(text("overview.running", quarter=figures.quarter_word(programme.as_of, lang)), str(len(now)), text("overview.due", n=len(due))),
        tiles.Tile(
            text("overview.attention"), str(len(asking)) if known else text("not_reported"), figures.reasons_words(asking, known, lang), unknown=not known
        ),
        tiles.Tile(text("overview.estimate"), wording.euros(of_budget.estimate(programme.costs).amount, lang), figures.shares_words(funders, lang)),
    ]
)
st.html(status_strip(counts) + status_key(counts, lang))
left, right = st.columns(2, gap="medium")
with left:
    tiles.heading(text("overview.attention_heading"))
    tiles.activities(asking, "attention", text("overview.attention_empty" if known else "overview.attention_unknown"), limit=4)
with right:
    tiles.heading(text("overview.due_heading", quarter=figures.quarter_word(programme.as_of, lang)))
    tiles.activities(due, "due", text("overview.due_empty"), limit=4, notes=False)
tiles.heading(text("overview.why"))
rungs = once(of_ambitions.ladders, programme.ambitions, programme.measurements)
per_ambition = once(of_budget.per_ambition, programme.costs, programme.ambitions)
st.html(once(figures.ambitions_in_a_line, programme.ambitions, rungs, per_ambition, lang))
