"""What does one partner lead and join, when, with whom, and what comes next?"""

from collections.abc import Iterator

import pandas as pd

from aaa import metrics
from aaa.figures import timeline
from aaa.metrics import rows
from aaa.metrics.rows import Partner
from aaa.stories.parts import Activities, Calendars, Lines, Linked, Part, Shortlist, Story
from aaa.values import names
from aaa.values.links import Kind, Link, calendar_of_partner
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme

_MOST = 3  # activities that come next


def story(programme: Programme, lang: str, partner: Partner, mine: pd.DataFrame) -> Story:
    """Tell what one partner does.

    Args:
        programme: whole, in the reader's language, its activities judged.
        lang: that language.
        partner: which one.
        mine: its activities, as `metrics.partners.of_partner` returns them.
    """
    roles = mine["role"].tolist()
    title = translate(
        lang,
        "partner.title",
        name=partner.partner,
        lead=translate(lang, "count.activities", n=roles.count(metrics.partners.LEAD)),
        join=roles.count(metrics.partners.MEMBER),
    )
    full = partner.full_name if partner.full_name != partner.partner else None
    who = (translate(lang, "page.partner"), full, wording.kind(partner.kind, lang))
    return Story(
        " · ".join(words for words in who if words),
        title,
        "Activiteiten, Toezeggingen",
        tuple(_parts(programme, lang, partner, mine)),
    )


def _parts(programme: Programme, lang: str, partner: Partner, mine: pd.DataFrame) -> Iterator[Part]:
    in_order = metrics.activities.in_order_of_time(mine)
    coming = metrics.activities.next_up(mine, programme.as_of)
    yield Shortlist(
        rows.activities(programme, coming),
        translate(lang, "partner.next"),
        translate(lang, "partner.next_empty"),
        _MOST,
        of=partner.partner,
    )
    for role in (metrics.partners.LEAD, metrics.partners.MEMBER):
        found = rows.activities(programme, metrics.partners.in_role(in_order, role))
        heading = translate(lang, f"partner.{role}", n=len(found))
        yield Activities(found, heading, translate(lang, f"partner.{role}_empty"))
    yield Lines(
        translate(lang, "partner.commitments"),
        tuple(_commitments(programme, lang, partner)),
        translate(lang, "partner.commitments_empty"),
    )
    codes = {names.key(name): code for name, code in _names(programme)}
    shared = metrics.partners.companions(mine, partner.partner)
    both = zip(shared["partner"], shared["activities"].tolist(), strict=True)
    links = ((Link(Kind.PARTNER, codes[names.key(one)]), f"{one} {n}") for one, n in both)
    heading = translate(lang, "partner.companions")
    yield Linked(heading, tuple(links), translate(lang, "nobody"))
    without = len(timeline.split(mine)[1])
    yield Calendars(
        translate(lang, "partner.keep"),
        ((calendar_of_partner(partner.code), ""),),
        translate(lang, "partner.keep_why"),
        translate(lang, "calendar.without", n=without) if without else "",
    )


def _names(programme: Programme) -> Iterator[tuple[str, str]]:
    return zip(programme.partners["partner"], programme.partners["code"], strict=True)


def _commitments(programme: Programme, lang: str, partner: Partner) -> Iterator[str]:
    """Yield what the partner promised in euros."""
    of = programme.commitments["partner"].map(names.key, na_action="ignore")
    mine = programme.commitments[of == names.key(partner.partner)]
    for one in rows.commitments(mine):
        amount = wording.euros(one.amount, lang)
        certainty = wording.certainty(one.certainty, lang)
        yield f"{wording.text(one.line, lang)}: {amount} {certainty}"
