"""Partners: who carries how much, and when?"""

from aaa import metrics
from aaa.figures import heat, lists
from aaa.ui import clickable, filters, partner, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

chosen = partner.chosen()
lang, programme = session.language(), session.programme()
load = once(metrics.partners.load, programme.activities, programme.partners, programme.year)
counts = once(metrics.activities.running, programme.activities, programme.year)

if chosen is not None:
    partner.page(chosen)
elif once(metrics.partners.assignment_count, load):
    drawn = once(heat.partner_load, load, counts, lang)
    filters.head(text("page.partners"), drawn.title, with_partner=False)
    partner.unknown_notice()
    tiles.drawing(drawn)
    clickable.show(
        lists.heading(text("partners.pages")) + once(heat.partner_links, programme.partners, lang),
        key="links",
    )
else:
    filters.head(
        text("page.partners"), filters.nothing() or text("partners.title_none"), with_partner=False
    )
    partner.unknown_notice()
    tiles.empty(text("empty.partners"))
