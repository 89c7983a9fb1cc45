"""Which partner's own page is asked for, and how it begins."""

import streamlit as st

from aaa import metrics
from aaa.html import parts
from aaa.html.tags import NOTHING, tag
from aaa.metrics.rows import Partner
from aaa.stories import partner
from aaa.stories.parts import Linked
from aaa.ui import address, asking, clickable, filters, painting, reader, session
from aaa.ui.session import text
from aaa.values.links import Kind, Link


def chosen() -> Partner | None:
    """Return the partner that the address asks for, by its code or any known spelling; None when it
    asks for none that exists.
    """
    asked = st.query_params.get(address.PARTNER)
    return metrics.partners.by_code(session.whole(), asked) if asked else None


def unknown_notice() -> None:
    """Say that the address asks for a partner that is not known, and which ones look like it. A
    partner of an earlier year leads to that year.
    """
    asked = st.query_params.get(address.PARTNER)
    if not asked or chosen() is not None:
        return
    session.go_to_earlier(lambda of: metrics.partners.by_code(of, asked) is not None)
    near = metrics.partners.near(session.whole(), asked)
    links = NOTHING
    words = text("partners.unknown", name=asked[:60])
    if near:
        words += f" {text('partners.near')}"
        named = ((Link(Kind.PARTNER, one.code), one.partner) for one in near)
        links = parts.html(Linked("", tuple(named)), reader.now())
    banner = tag("div", tag("p", words), links, class_="a-banner a-problem", role="alert")
    clickable.show(banner, "unknown")


def page(one: Partner) -> None:
    """Show the page of one partner."""
    st.set_page_config(page_title=f"{one.partner} · {text('frame.name')}")
    mine = metrics.partners.of_partner
    shown = painting.painted(
        asking.now().unfiltered(),
        ("partner", one),
        lambda taken: partner.story(
            taken.whole, taken.lang, one, mine(taken.whole.activities, one.partner)
        ),
    )
    filters.head_of_partner(shown.name, shown.title)
    who = reader.now()
    everyone = tag(
        "a",
        text("partners.all"),
        class_="a-open",
        href=address.link(address.PARTNER, None),
        data_choose=f"{address.PARTNER}=",
    )
    copy = reader.copying("page", text("share.copy_link"), who)
    clickable.show(tag("p", copy, everyone, class_="a-links"), "all_partners")
    painting.show(shown.pieces)
