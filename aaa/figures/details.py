"""The details of one activity, and a partner's commitments and companions."""

from typing import Any

import pandas as pd

from aaa.figures import heat, timeline
from aaa.figures.html import escape
from aaa.values import names
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook import schema
from aaa.workbook.schema import Judgement


def activity(row: Any, lang: str, *, titled: bool = True) -> str:
    """Return the description of an activity, its state, how things stand, its facts, and where it
    stands in the workbook.

    Args:
        row: one row, as `metrics.activities.judged` returns them.
        lang: the reader's language.
        titled: with its title above.
    """
    facts = [
        (translate(lang, f"column.{name}"), words) for name, words in _facts(row, lang) if words
    ]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{words}</dd>" for name, words in facts)
    description = f"<p>{escape(row.description)}</p>" if isinstance(row.description, str) else ""
    badges = timeline.badges(row, timeline.badge_words(lang))
    place = translate(lang, "details.cell", cell=f"{schema.sheet('activities').title}!{row.cell}")
    title = f"<h2>{escape(wording.text(row.title, lang))}</h2>" if titled else ""
    focus = ' tabindex="0"' if titled else ""  # so that the keyboard can scroll it in its drawer
    return (
        f'<article class="a-details"{focus}>{title}<p class="a-details-state">{badges}</p>'
        f'{description}{_note(row, lang)}<dl class="a-facts">{rows}</dl><p class="a-note">'
        f"{escape(place)}</p></article>"
    )


def commitments(rows: pd.DataFrame, partner: str, lang: str) -> str:
    """Return what a partner promised in euros, as a list; empty where nothing is recorded.

    Args:
        rows: frame `commitments` of a Programme.
        partner: its name.
        lang: the reader's language.
    """
    mine = rows[
        rows["partner"]
        .map(lambda name: isinstance(name, str) and names.key(name) == names.key(partner))
        .astype(bool)
    ]
    items = "".join(
        f"<li>{escape(wording.text(m.line, lang))}: <b>{escape(wording.euros(m.amount, lang))}</b>"
        f" {escape(wording.certainty(m.certainty, lang))}</li>"
        for m in mine.itertuples(index=False)
    )
    return f'<ul class="a-plain">{items}</ul>' if items else ""


def companions(shared: pd.DataFrame, partners: pd.DataFrame, lang: str) -> str:
    """Return with whom a partner works, each a link to its own page with the number of shared
    activities; empty where with nobody.

    Args:
        shared: as `metrics.partners.companions` returns it.
        partners: frame `partners` of a Programme.
        lang: the reader's language.
    """
    codes = dict(zip(partners["partner"].map(names.key), partners["code"], strict=True))
    items = "".join(
        f"<li>{heat.partner_link(codes[names.key(name)], name, lang, f' {n}')}</li>"
        for name, n in shared.itertuples(index=False)
    )
    return f'<ul class="a-links">{items}</ul>' if items else ""


def _note(row: Any, lang: str) -> str:
    if not isinstance(row.note, str):
        return ""
    lines = "<br>".join(escape(line) for line in row.note.split("\n"))
    return f"<blockquote><b>{escape(translate(lang, 'column.note'))}</b><br>{lines}</blockquote>"


def _facts(row: Any, lang: str) -> list[tuple[str, str]]:
    """Return names and values, HTML already; an empty value is left out."""
    period = escape(wording.agreed(row.period, row.period_first, row.period_last, lang))
    forecast = ""
    if isinstance(row.forecast, str):
        forecast = escape(wording.agreed(row.forecast, row.forecast_first, row.forecast_last, lang))
        if not pd.isna(row.slip) and row.slip:
            said = translate(
                lang, "details.slip", n=abs(int(row.slip)), sign="+" if row.slip > 0 else "−"
            )
            forecast += f" <b>{escape(said)}</b>"
    judgement = ""
    if isinstance(row.judgement, str):
        name = Judgement(row.judgement).name.lower()
        judgement = (
            f"<b>{escape(translate(lang, f'judgement.{name}'))}</b>:"
            f" {escape(translate(lang, f'judgement.{name}_means'))}"
        )
    return [
        ("theme", escape(wording.text(row.theme, lang, "theme.unknown"))),
        ("topic", escape(wording.text(row.topic, lang))),
        ("period", period),
        ("forecast", forecast),
        ("status", escape(wording.status(row.state, lang))),
        ("judgement", judgement),
        ("progress", escape(wording.share(row.progress, lang, "not_reported"))),
        (
            "finished_on",
            "" if pd.isna(row.finished_on) else escape(wording.date(row.finished_on, lang)),
        ),
        ("leads", escape(wording.people(row.leads, lang))),
        ("partners", escape(wording.people(row.partners, lang))),
        ("ambitions", escape(", ".join(row.ambitions))),
        ("international", escape(row.international) if isinstance(row.international, str) else ""),
    ]
