"""What changed, told in sentences by group."""

from collections.abc import Sequence

import pandas as pd

from aaa.figures.chart import Chart, Column, Table
from aaa.figures.html import escape
from aaa.history import changes, sentences
from aaa.history.changes import Change, Group
from aaa.words.texts import translate
from aaa.workbook import schema

_MOST_OF_A_GROUP = 60  # sentences on the page; the table behind it holds them all


def told(found: Sequence[Change], since: str, lang: str) -> Chart:
    """Tell what changed, each group under its heading with its number.

    Args:
        found: as `changes.compare` returns them, in the reader's language.
        since: the words for the version compared with: `19 juni 2025 (Regiegroep juni)`.
        lang: the reader's language.
    """
    groups = changes.grouped(found)
    body = "".join(_group(group, mine, found, lang) for group, mine in groups.items())
    frame = pd.DataFrame(
        [
            (sentences.group(c.group, lang), sentences.change(c, lang))
            for mine in groups.values()
            for c in mine
        ],
        columns=["group", "change"],
    )
    table = Table(
        frame, (Column(translate(lang, "column.subject")), Column(translate(lang, "column.change")))
    )
    said = "; ".join(sentences.heading(group, len(mine), lang) for group, mine in groups.items())
    heading = title(len(found), since, lang)
    sheets = [
        sheet.title for sheet in schema.SHEETS if any(one.sheet == sheet.name for one in found)
    ]
    source = ", ".join(sheets) or schema.sheet("activities").title
    return Chart(
        "changes",
        heading,
        f'<div class="a-changes">{body}</div>',
        f"{heading}. {said}" if said else heading,
        table,
        source,
    )


def title(count: int, since: str, lang: str) -> str:
    """Return the title: how many changes since when."""
    return (
        translate(lang, "changes.title", n=count, since=since)
        if count
        else translate(lang, "changes.title_none", since=since)
    )


def _group(group: Group, mine: Sequence[Change], found: Sequence[Change], lang: str) -> str:
    items = "".join(
        f"<li>{escape(sentences.change(one, lang))}</li>" for one in mine[:_MOST_OF_A_GROUP]
    )
    more = len(mine) - _MOST_OF_A_GROUP
    rest = (
        f'<p class="a-note">{escape(translate(lang, "changes.more", n=more))}</p>'
        if more > 0
        else ""
    )
    heading = (
        f"{escape(sentences.heading(group, len(mine), lang))}"
        f" <small>{escape(sentences.sums(group, found, lang))}</small>"
    )
    return (
        f'<section><h2 class="a-heading">{heading}</h2><ul class="a-plain">{items}</ul>{rest}'
        "</section>"
    )
