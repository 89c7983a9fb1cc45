"""Changes: what changed since the last meeting?"""

from aaa import metrics
from aaa.figures import changes, lists, slip
from aaa.ui import comparing, session, take_home, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.unfiltered()
found = comparing.comparison()
told = once(changes.told, found.changes(), found.words, lang) if found else None
moves, read, of = comparing.moves()
slipped = once(metrics.activities.slipped, programme.activities, moves)

comparing.head(
    text("page.changes"),
    told.title if told else text("changes.title_nothing"),
    beside=take_home.offer,
)
comparing.notices(found)
if told is None:
    tiles.empty(text("changes.nothing"))
elif told.table.frame.empty:
    tiles.empty(text("changes.same"))
else:
    tiles.drawing(told)
if slipped.empty:
    tiles.section(text("slip.heading"), "", text("slip.empty"))
else:
    by_theme = once(metrics.activities.slip_by_theme, programme.activities, programme.themes)
    tiles.chart(
        once(slip.slip, slipped, by_theme, lang),
        above=lists.heading(text("slip.heading"), below=True),
    )
comparing.counted(read, of)
