"""Whether the workbook is in order, as HTML: every finding by sheet, and how much is known."""

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from aaa.figures import lists
from aaa.figures.chart import Cells, Column, Table
from aaa.figures.html import escape
from aaa.values.finding import Finding, Severity, counted, wrong
from aaa.words import wording
from aaa.words.texts import translate

_MOST_OF_A_SHEET = 100  # shown; a marked copy has more


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


def by_sheet(found: Sequence[Finding], lang: str) -> str:
    """Return every finding, grouped by sheet, heaviest first: where, what it means for the page,
    and what is expected.

    Args:
        found: in the order of the sheets.
        lang: the reader's language.
    """
    parts = []
    for sheet, group in groupby(found, key=lambda f: f.sheet):
        of_sheet = list(group)
        items = "".join(_finding(f, lang) for f in of_sheet[:_MOST_OF_A_SHEET])
        left = sum(1 + f.more for f in of_sheet[_MOST_OF_A_SHEET:])
        more = (
            f'<p class="a-note">{escape(translate(lang, "check.more_findings", count=left))}</p>'
            if left > 0
            else ""
        )
        name = escape(sheet or translate(lang, "finding.whole_file"))
        parts.append(
            f'<h3 class="a-subheading">{name}</h3><ul class="a-findings">{items}</ul>{more}'
        )
    return "".join(parts)


def topics(counts: pd.DataFrame, lang: str) -> str:
    """Return how much is known of what could be known, as a table.

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
    return lists.table(
        Table(frame[["topic", "known", "of", "share"]], columns),
        translate(lang, "check.completeness"),
        lang,
    )


def _finding(finding: Finding, lang: str) -> str:
    level = finding.severity.word
    expected = wording.expected(finding, lang)
    hint = f"<p>{escape(translate(lang, 'check.expected', words=expected))}</p>" if expected else ""
    return (
        f'<li class="a-{level}"><span class="a-level">{escape(wording.severity(finding, lang))}'
        "</span>"
        f'<span class="a-place">{escape(finding.cell)}</span><div><b>'
        f"{escape(wording.message(finding, lang))}</b>{hint}</div></li>"
    )
