"""Ambitions: how far are the homes, the jobs and the student city?"""

from aaa import metrics
from aaa.figures import ladder, lists
from aaa.ui import session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

lang, programme = session.language(), session.unfiltered()
rungs = once(metrics.ambitions.ladders, programme.ambitions, programme.measurements)
measured, of = metrics.ambitions.measured(rungs)

title = (
    text("ambitions.title_measured", n=measured, of=of)
    if of
    else text("ambitions.title_unmeasured", ambition=text("page.ambitions"))
)
tiles.title(
    text("page.ambitions"),
    text("ambitions.title_empty") if programme.ambitions.empty else title,
)
if programme.ambitions.empty:
    tiles.empty(text("empty.ambitions"))
for row in once(metrics.ambitions.named, programme.ambitions):
    mine = once(metrics.ambitions.of_ambition, rungs, row.ambition)
    tiles.chart(
        once(ladder.ladder, row.code, row.ambition, row.unit, row.target, mine, lang),
        above=ladder.facts(row.target, row.target_year, row.source, row.unit, lang),
    )
    naming = once(metrics.ambitions.contributing, programme.activities, row.ambition)
    head = lists.heading(text("ambitions.contributing", n=len(naming)), below=True)
    tiles.activities(naming, f"contributing_{row.code}", text("ambitions.contributing_empty"), head)
left_out = once(metrics.ambitions.uncounted, programme.measurements)
if left_out:
    tiles.warning(text("ambitions.uncounted", n=left_out))
tiles.note(text("ambitions.no_claim"))
