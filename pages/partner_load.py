"""Partners: who carries how much, and when?"""

import streamlit as st

from aaa.figures import heat, lists
from aaa.metrics import activities as of_activities
from aaa.metrics import partners as of_partners
from aaa.ui import clickable, filters, partner, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text

chosen = partner.chosen()
if chosen is not None:
    partner.page(chosen)
    st.stop()

lang, programme = session.language(), session.programme()
load = once(of_partners.load, programme.activities, programme.partners, programme.year)
carrying = load[load["activities"] > 0]
if carrying.empty:
    filters.head(text("page.partners"), text("partners.title_none"), with_partner=False)
    tiles.empty(text("empty.partners"))
else:
    drawn = once(heat.partner_load, load, once(of_activities.running, programme.activities, programme.year), lang)
    filters.head(text("page.partners"), drawn.title, with_partner=False)
    partner.unknown_notice()
    tiles.drawing(drawn)
clickable.show(lists.heading(text("partners.pages")) + once(heat.partner_links, programme.partners, lang), key="links")
