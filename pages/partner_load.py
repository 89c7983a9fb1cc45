"""Partners: who carries how much, and when?"""

from aaa.ui import painting, partner

chosen = partner.chosen()
if chosen is not None:
    partner.page(chosen)
else:
    painting.narrowed_page("partners", with_partner=False, notice=partner.unknown_notice)
