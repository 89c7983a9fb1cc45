"""Programme: what is this programme?"""

from aaa.schema import CommunicationKind
from aaa.ui import session, stories, tiles
from aaa.ui.session import text

programme = session.unfiltered()

tiles.title(text("page.programme"), text("programme.title", name=programme.name or text("unknown"), year=programme.year))
tiles.lead(text("programme.about"))
for year, results in stories.by_year(programme.results):
    tiles.heading(text("programme.results", year=year, n=len(results)))
    stories.cards(results, "title", "theme")
if programme.results.empty:
    tiles.heading(text("programme.results_heading"))
    tiles.empty(text("empty.results"))
tiles.heading(text("programme.governance"))
stories.governance(programme.meetings, programme.decisions)
tiles.heading(text("programme.communication"))
if programme.communication.empty:
    tiles.empty(text("empty.communication"))
for kind in CommunicationKind:
    rows = programme.communication[programme.communication["kind"] == kind]
    if len(rows):
        tiles.subheading(text(f"communication.{kind.name.lower()}"))
        stories.cards(rows, "title")
tiles.heading(text("programme.international"))
if programme.international.empty:
    tiles.empty(text("empty.international"))
stories.cards(programme.international, "track", "area")
stories.motives(programme.international)
marked = programme.activities[programme.activities["international"].notna()]
tiles.subheading(text("programme.international_activities", n=len(marked)))
tiles.activities(marked, "international", text("programme.international_none"))
