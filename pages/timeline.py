"""Timeline: what happens in which quarter?"""

from aaa.figures import timeline
from aaa.ui import filters, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

programme = session.programme()
drawn = once(timeline.timeline, programme.activities, programme.themes, programme.year, programme.as_of, session.language())

filters.head(text("page.timeline"), filters.nothing() or drawn.title)
if programme.activities.empty:
    tiles.empty(text("empty.activities"))
else:
    tiles.drawing(drawn)
