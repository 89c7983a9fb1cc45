"""Whether the workbook is in order, and how much is known."""

from collections.abc import Sequence

import pandas as pd

from aaa.figures.chart import Cells, Column, Table
from aaa.values.finding import Finding, Severity, counted, wrong
from aaa.words import wording
from aaa.words.texts import translate


def title(findings: Sequence[Finding], filled: float | None, lang: str) -> str:
    """Return the verdict as a sentence.

    Args:
        findings: of the workbook.
        filled: how much of what could be known is known, 0..1.
        lang: the reader's language.
    """
    errors, warnings = wrong(findings), counted(findings)[Severity.WARNING]
    if not errors and not warnings:
        return translate(lang, "check.in_order", share=wording.share(filled, lang))
    return translate(
        lang,
        "check.title",
        errors=translate(lang, "check.errors", n=errors),
        warnings=translate(lang, "check.warnings", n=warnings),
    )


def topics(counts: pd.DataFrame, lang: str) -> Table:
    """Return how much is known of what could be known.

    Args:
        counts: as `completeness` returns them.
        lang: the reader's language.
    """
    frame = counts.assign(
        topic=[translate(lang, f"completeness.{topic}") for topic in counts["topic"]]
    )
    columns = (
        Column(translate(lang, "column.subject")),
        Column(translate(lang, "column.known"), Cells.NUMBER),
        Column(translate(lang, "column.of"), Cells.NUMBER),
        Column(translate(lang, "column.share"), Cells.SHARE, "nothing_to_know"),
    )
    return Table(frame[["topic", "known", "of", "share"]], columns)
