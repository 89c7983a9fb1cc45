"""What changed, told in sentences by group."""

from collections.abc import Sequence

import pandas as pd

from aaa.figures.chart import Chart, Column, Table
from aaa.figures.drawings import Sentences, Told
from aaa.history import changes, sentences
from aaa.history.changes import Change
from aaa.words.texts import translate
from aaa.workbook import schema


def chart(found: Sequence[Change], since: str, lang: str) -> Chart:
    """Tell what changed, each group under its heading with its number.

    Args:
        found: as `changes.compare` returns them, in the reader's language.
        since: the words for the version compared with: `19 juni 2025 (Regiegroep juni)`.
        lang: the reader's language.
    """
    groups = changes.grouped(found)
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
    told = tuple(
        Told(
            sentences.heading(group, len(mine), lang),
            tuple(sentences.change(one, lang) for one in mine),
            sentences.sums(group, found, lang),
        )
        for group, mine in groups.items()
    )
    heading = title(len(found), since, lang)
    sheets = [
        sheet.title for sheet in schema.SHEETS if any(one.sheet == sheet.name for one in found)
    ]
    said = "; ".join(one.heading for one in told)
    return Chart(
        "changes",
        heading,
        Sentences(told),
        f"{heading}. {said}" if said else heading,
        table,
        ", ".join(sheets) or schema.sheet("activities").title,
    )


def title(count: int, since: str, lang: str) -> str:
    """Return the title: how many changes since when."""
    return (
        translate(lang, "changes.title", n=count, since=since)
        if count
        else translate(lang, "changes.title_none", since=since)
    )
