"""One partner's own page: what it leads, what it joins, when, with whom, and what comes next."""

import pandas as pd
import streamlit as st

from aaa import metrics
from aaa.exports import calendar
from aaa.figures import details, heat, lists
from aaa.figures.html import escape
from aaa.ui import address, clickable, filters, menu, session, tiles
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.words import wording


def chosen() -> pd.Series | None:
    """Return the partner that the address asks for, by its code or any known spelling; None when it
    asks for none that exists.
    """
    asked, whole = st.query_params.get(address.PARTNER), session.whole()
    return metrics.partners.by_code(whole.partners, whole.spellings, asked) if asked else None


def unknown_notice() -> None:
    """Say that the address asks for a partner that is not known, and which ones look like it."""
    asked, whole = st.query_params.get(address.PARTNER), session.whole()
    if asked and chosen() is None:
        near = metrics.partners.near(whole.partners, whole.spellings, asked)
        links = heat.partner_links(near, session.language()) if len(near) else ""
        words = text("partners.unknown", name=asked[:60]) + (
            f" {text('partners.near')}" if links else ""
        )
        clickable.show(
            f'<div class="a-banner a-problem" role="alert"><p>{escape(words)}</p>{links}</div>',
            key="unknown",
        )


def links() -> None:
    """Show a link to the page of every partner."""
    partners, lang = session.programme().partners, session.language()
    if len(partners):
        clickable.show(
            lists.heading(text("partners.pages")) + once(heat.partner_links, partners, lang),
            key="links",
        )


def page(row: pd.Series) -> None:
    """Show the page of one partner."""
    programme, name = session.unfiltered(), row["partner"]
    mine = once(
        metrics.activities.in_order_of_time,
        once(metrics.partners.of_partner, programme.activities, name),
    )
    leads, joins = (
        once(metrics.partners.in_role, mine, role)
        for role in (metrics.partners.LEAD, metrics.partners.MEMBER)
    )
    _head(row, len(leads), len(joins))
    coming = once(metrics.activities.next_up, mine, programme.as_of)
    tiles.activities(
        coming,
        "next",
        text("partner.next_empty"),
        lists.heading(text("partner.next")),
        limit=3,
        with_role=True,
        of=name,
    )
    for role, rows in ((metrics.partners.LEAD, leads), (metrics.partners.MEMBER, joins)):
        tiles.activities(
            rows,
            role,
            text(f"partner.{role}_empty"),
            lists.heading(text(f"partner.{role}", n=len(rows))),
        )
    tiles.section(
        text("partner.commitments"),
        details.commitments(session.whole().commitments, name, session.language()),
        text("partner.commitments_empty"),
    )
    _companions(
        once(
            metrics.partners.companions,
            once(metrics.partners.of_partner, programme.activities, name),
            name,
        )
    )
    without = calendar.without_months(mine)
    note = f'<p class="a-note">{escape(text("calendar.without", n=without))}</p>' if without else ""
    keep = menu.in_calendar(calendar.of_partner(row["code"]))
    clickable.show(
        f"{lists.heading(text('partner.keep'), text('partner.keep_why'))}{keep}{note}", key="keep"
    )


def _head(row: pd.Series, leads: int, joins: int) -> None:
    """Show the partner's name, how many activities it leads and joins, and links to share the page
    and to see all partners.
    """
    lang, name = session.language(), row["partner"]
    st.set_page_config(page_title=f"{name} · {text('frame.name')}")
    full = (
        row["full_name"] if isinstance(row["full_name"], str) and row["full_name"] != name else ""
    )
    filters.head_of_partner(
        " · ".join(
            part for part in (text("page.partner"), full, wording.kind(row["kind"], lang)) if part
        ),
        text("partner.title", name=name, lead=text("count.activities", n=leads), join=joins),
    )
    link = (
        f'<a class="a-open" href="{escape(address.link(address.PARTNER, None))}" '
        f'data-choose="{address.PARTNER}=">{escape(text("partners.all"))}</a>'
    )
    clickable.show(
        f'<p class="a-links">{menu.copying("page", text("share.copy_link"))}{link}</p>',
        key="all_partners",
    )


def _companions(shared: pd.DataFrame) -> None:
    """Show which partners this one works with, each with a link to its page."""
    links = details.companions(shared, session.whole().partners, session.language())
    missing = f'<p class="a-empty-state">{escape(text("nobody"))}</p>'
    clickable.show(lists.heading(text("partner.companions")) + (links or missing), key="companions")
