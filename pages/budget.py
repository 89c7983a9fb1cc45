"""Budget: who pays for the programme, and how sure is it?"""

import streamlit as st

from aaa import metrics
from aaa.figures import budget, lists
from aaa.ui import session, tiles
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.words import wording

lang, programme = session.language(), session.unfiltered()
costs = programme.costs
total, by_funder = once(metrics.budget.estimate, costs), once(metrics.budget.by_funder, costs)
levels = once(metrics.budget.certainty, costs, programme.commitments)
spent = once(metrics.budget.spending_against_estimate, costs, programme.spending)
committed, (paid, share) = (
    once(metrics.budget.committed, levels),
    once(metrics.budget.paid_of_estimate, spent),
)
per_ambition, difference = (
    once(metrics.budget.per_ambition, costs, programme.ambitions),
    once(metrics.budget.contradiction, costs),
)

tiles.title(
    text("page.budget"),
    once(budget.title, by_funder, lang),
    once(lists.headline, once(budget.tiles, total, len(costs), committed, paid, share, lang)),
)
if difference is not None:
    tiles.warning(
        text(
            "budget.contradiction",
            total=wording.euros(total.amount, lang),
            sum=wording.euros(once(metrics.budget.covered, costs).amount, lang),
        )
    )
for frame, needed, words in (
    (programme.spending, ("kind",), "budget.spending_uncounted"),
    (programme.commitments, ("certainty",), "budget.commitments_uncounted"),
):
    left_out = once(metrics.budget.uncounted, frame, needed)
    if left_out.unknown:
        tiles.warning(text(words, n=left_out.unknown, amount=wording.euros(left_out.amount, lang)))
left, right = st.columns(2, gap="large")
with left:
    if costs.empty:
        tiles.section(text("budget.title_empty"), "", text("empty.costs"))
    else:
        tiles.chart(
            once(budget.cost_by_line, costs, by_funder, lang),
            above=once(budget.funder_key, by_funder, lang),
        )
    if committed is None:
        tiles.section(text("budget.certainty_title_none"), "", text("empty.commitments"))
    else:
        tiles.chart(once(budget.certainty, levels, lang), above=once(budget.certainty_key, lang))
with right:
    tiles.chart(once(budget.per_ambition, per_ambition, lang), above=once(budget.caution, lang))
    if programme.spending.empty:
        tiles.section(text("budget.spending_title_none"), "", text("empty.spending"))
    else:
        tiles.chart(once(budget.spending, spent, lang), above=once(budget.spending_key, lang))
