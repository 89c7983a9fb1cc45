"""What is wrong with a workbook, by sheet."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from aaa.html.lists import heading
from aaa.html.tags import NOTHING, join, tag
from aaa.values.finding import Finding
from aaa.words import wording
from aaa.words.texts import translate

_MOST_OF_A_SHEET = 100  # shown; a marked copy has more


def by_sheet(found: Sequence[Finding], lang: str) -> Markup:
    """Return every finding, grouped by sheet, heaviest first: where, what it means for the page,
    and what is expected.

    Args:
        found: in the order of the sheets.
        lang: the reader's language.
    """
    return join(_sheet(sheet, group, lang) for sheet, group in groupby(found, lambda f: f.sheet))


def _sheet(sheet: str | None, group: Iterable[Finding], lang: str) -> Markup:
    found = list(group)
    left = sum(1 + one.more for one in found[_MOST_OF_A_SHEET:])
    words = translate(lang, "check.more_findings", count=left)
    return join(
        (
            heading(sheet or translate(lang, "finding.whole_file"), below=True),
            tag("ul", *(_finding(f, lang) for f in found[:_MOST_OF_A_SHEET]), class_="a-findings"),
            tag("p", words, class_="a-note") if left else NOTHING,
        )
    )


def _finding(finding: Finding, lang: str) -> Markup:
    expected = wording.expected(finding, lang)
    hint = tag("p", translate(lang, "check.expected", words=expected)) if expected else NOTHING
    return tag(
        "li",
        tag("span", wording.severity(finding, lang), class_="a-level"),
        tag("span", finding.cell, class_="a-place"),
        tag("div", tag("b", wording.message(finding, lang)), hint),
        class_=f"a-{finding.severity.word}",
    )
