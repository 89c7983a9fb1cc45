"""One partner's own page: what it leads, what it joins, when, with whom, and what comes next."""

import pandas as pd
import streamlit as st

from aaa import names, wording
from aaa.figures import lists
from aaa.figures.html import escape
from aaa.metrics import activities as of_activities
from aaa.metrics import partners as of_partners
from aaa.ui import address, clickable, filters, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text


def chosen() -> pd.Series | None:
    """Return the partner that the address asks for, by its code or any known spelling; None when it asks for none that exists."""
    asked = st.query_params.get(address.PARTNER)
    if not asked:
        return None
    whole = session.whole()
    by_spelling = {names.code(spelling): names.key(shown) for spelling, shown in whole.spellings.items()}
    wanted = by_spelling.get(names.code(asked), "")
    found = whole.partners[(whole.partners["code"] == asked) | (whole.partners["partner"].map(names.key) == wanted)]
    return None if found.empty else found.iloc[0]


def unknown_notice() -> None:
    """Say that the address asks for a partner that is not known, and which name was probably meant."""
    asked = st.query_params.get(address.PARTNER)
    if asked and chosen() is None:
        partners = session.whole().partners["partner"]
        near = names.nearest(asked.replace("-", " "), partners)
        words = text("partners.unknown", name=asked[:60])
        st.html(f'<p class="a-banner a-problem" role="alert">{escape(words + (" " + text("finding.nearest", name=near) if near else ""))}</p>')


def page(row: pd.Series) -> None:
    """Show the page of one partner."""
    lang, programme = session.language(), session.unfiltered()
    mine = once(of_partners.of_partner, once(of_activities.in_order_of_time, programme.activities), row["partner"])
    leads, joins = (once(of_partners.in_role, mine, role) for role in (of_partners.LEAD, of_partners.MEMBER))
    back = f'<a class="a-open" href="{escape(address.link(address.PARTNER, None))}" data-choose="{address.PARTNER}=">{escape(text("partners.all"))}</a>'
    clickable.show(f'<p class="a-links">{back}</p>', key="all_partners")
    full = row["full_name"] if isinstance(row["full_name"], str) and row["full_name"] != row["partner"] else ""
    filters.head_of_partner(
        " · ".join(part for part in (text("page.partner"), full, wording.kind(row["kind"], lang)) if part),
        text("partner.title", name=row["partner"], lead=text("count.activities", n=len(leads)), join=len(joins)),
    )
    coming = once(of_activities.next_up, mine, programme.as_of)
    tiles.activities(coming, "next", text("partner.next_empty"), lists.heading(text("partner.next")), limit=3, with_role=True)
    for role, rows in ((of_partners.LEAD, leads), (of_partners.MEMBER, joins)):
        tiles.activities(rows, role, text(f"partner.{role}_empty"), lists.heading(text(f"partner.{role}", n=len(rows))))
    _commitments(row["partner"])
    with_whom = once(of_partners.companions, programme.activities, row["partner"])
    words = ", ".join(f"{other} ({n})" for other, n in with_whom.itertuples(index=False))
    tiles.story(text("partner.companions"), f'<p class="a-plain">{escape(words)}</p>' if words else "", text("nobody"))


def _commitments(partner: str) -> None:
    """Show what the partner promised in euros, where that is recorded."""
    lang, commitments = session.language(), session.whole().commitments
    mine = commitments[commitments["partner"].map(lambda p: isinstance(p, str) and names.key(p) == names.key(partner)).astype(bool)]
    items = "".join(
        f"<li>{escape(wording.text(m.line, lang))}: <b>{escape(wording.euros(m.amount, lang))}</b> {escape(wording.certainty(m.certainty, lang))}</li>"
        for m in mine.itertuples(index=False)
    )
    tiles.story(text("partner.commitments"), f'<ul class="a-plain">{items}</ul>' if items else "", text("partner.commitments_empty"))
