"""Programme: what is this programme?"""

from aaa.figures import lists, stories
from aaa.metrics import activities as of_activities
from aaa.ui import session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.unfiltered()

tiles.title(text("page.programme"), text("programme.title", name=programme.name or text("unknown"), year=programme.year))
tiles.note(text("programme.about"))
for heading, cards in once(stories.results_by_year, programme.results, lang) or [(text("programme.results_heading"), "")]:
    tiles.story(heading, cards, text("empty.results"))
tiles.story(text("programme.governance"), once(stories.meetings, programme.meetings, lang), text("empty.governance"))
decisions = once(stories.decisions, programme.decisions, lang)
if decisions or len(programme.meetings):
    tiles.story(text("programme.decisions", n=len(programme.decisions)), decisions, text("empty.decisions"), below=True)
tiles.story(text("programme.communication"), "", "" if len(programme.communication) else text("empty.communication"))
for heading, cards in once(stories.communication_by_kind, programme.communication, lang):
    tiles.story(heading, cards, below=True)
tiles.story(text("programme.international"), once(stories.tracks, programme.international, lang), text("empty.international"))
motives = once(stories.motives, programme.international)
if motives:
    tiles.story(text("programme.motives"), motives, below=True)
marked = once(of_activities.international, programme.activities)
head = lists.heading(text("programme.international_activities", n=len(marked)), below=True)
tiles.activities(marked, "international", text("programme.international_none"), head)
