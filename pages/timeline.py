"""Timeline: what happens in which quarter?"""

from aaa.figures import large
from aaa.ui import address, filters, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

programme = session.programme()
page = min(max(address.page(), 1), once(large.pages, programme.activities, programme.themes))
drawn = once(
    large.timeline_of,
    programme.activities,
    programme.themes,
    programme.year,
    programme.as_of,
    session.language(),
    page,
)

filters.head(text("page.timeline"), filters.nothing() or drawn.title)
if programme.activities.empty:
    tiles.empty(text("empty.activities"))
else:
    tiles.drawing(drawn)
