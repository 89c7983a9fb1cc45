"""Whether the workbook is in order: its version, how complete it is, and every finding by sheet."""

from collections.abc import Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from aaa import formatting, wording
from aaa.figures import lists
from aaa.figures.chart import Cells, Column, Table
from aaa.figures.html import escape
from aaa.finding import Finding, Severity
from aaa.source import Version
from aaa.texts import translate
from aaa.ui import session, tiles
from aaa.ui.once import once
from aaa.ui.session import text


def title(findings: Sequence[Finding], filled: float | None) -> str:
    """Return the verdict as a sentence."""
    errors = sum(f.severity >= Severity.ERROR for f in findings)
    warnings = sum(f.severity is Severity.WARNING for f in findings)
    if not errors and not warnings:
        return text("check.in_order", share=wording.share(filled, session.language()))
    return text("check.title", errors=text("check.errors", n=errors), warnings=text("check.warnings", n=warnings))


def version(shown: Version) -> None:
    """Show which version is on screen since when, with the file to take along."""
    lang = session.language()
    facts = (
        (text("check.file"), shown.name),
        (text("check.saved"), formatting.moment(shown.saved, lang)),
        (text("check.as_of"), wording.date(shown.programme.as_of, lang)),
        (text("check.fingerprint"), shown.sha256[:12]),
    )
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    tiles.story(text("check.version"), f'<dl class="a-facts">{rows}</dl>')


def topics(counts: pd.DataFrame) -> None:
    """Show how much is known of what could be known.

    Args:
        counts: as `completeness` returns them.
    """
    st.html(once(_topics, counts, session.language()))


def _topics(counts: pd.DataFrame, lang: str) -> str:
    frame = counts.assign(topic=[translate(lang, f"completeness.{topic}") for topic in counts["topic"]])
    columns = (
        Column(translate(lang, "column.subject")),
        Column(translate(lang, "column.known"), Cells.NUMBER),
        Column(translate(lang, "column.of"), Cells.NUMBER),
        Column(translate(lang, "column.share"), Cells.SHARE, "nothing_to_know"),
    )
    return lists.table(Table(frame[["topic", "known", "of", "share"]], columns), translate(lang, "check.completeness"), lang)


def findings(found: Sequence[Finding]) -> None:
    """Show every finding, grouped by sheet, heaviest first: where, what it means for the page, and what is expected."""
    tiles.story(text("check.findings", n=len(found)), "", "" if found else text("check.no_findings"))
    for sheet, group in groupby(found, key=lambda f: f.sheet):
        items = "".join(_finding(f) for f in group)
        name = escape(sheet or text("finding.whole_file"))
        st.html(f'<h3 class="a-subheading">{name}</h3><ul class="a-findings">{items}</ul>')


def _finding(finding: Finding) -> str:
    lang = session.language()
    level = finding.severity.word
    expected = wording.expected(finding, lang)
    hint = f"<p>{escape(text('check.expected', words=expected))}</p>" if expected else ""
    return (
        f'<li class="a-{level}"><span class="a-level">{escape(wording.severity(finding, lang))}</span>'
        f'<span class="a-place">{escape(finding.cell)}</span><div><b>{escape(wording.message(finding, lang))}</b>{hint}</div></li>'
    )
