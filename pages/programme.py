"""Programme: what is this programme?"""

from aaa import metrics
from aaa.figures import lists
from aaa.figures import programme as figures
from aaa.ui import session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.unfiltered()

tiles.title(
    text("page.programme"),
    text("programme.title", name=programme.name or text("unknown"), year=programme.year),
)
tiles.note(text("programme.about"))
for heading, cards in once(figures.results_by_year, programme.results, lang) or [
    (text("programme.results_heading"), "")
]:
    tiles.section(heading, cards, text("empty.results"))
tiles.section(
    text("programme.governance"),
    once(figures.meetings, programme.meetings, lang),
    text("empty.governance"),
)
decisions = once(figures.decisions, programme.decisions, lang)
if decisions or len(programme.meetings):
    tiles.section(
        text("programme.decisions", n=len(programme.decisions)),
        decisions,
        text("empty.decisions"),
        below=True,
    )
tiles.section(
    text("programme.communication"),
    "",
    "" if len(programme.communication) else text("empty.communication"),
)
for heading, cards in once(figures.communication_by_kind, programme.communication, lang):
    tiles.section(heading, cards, below=True)
tiles.section(
    text("programme.international"),
    once(figures.tracks, programme.international, lang),
    text("empty.international"),
)
motives = once(figures.motives, programme.international)
if motives:
    tiles.section(text("programme.motives"), motives, below=True)
marked = once(metrics.activities.international, programme.activities)
head = lists.heading(text("programme.international_activities", n=len(marked)), below=True)
tiles.activities(marked, "international", text("programme.international_none"), head)
