"""What is wrong with a workbook, by sheet."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from aaa.html.lists import heading
from aaa.html.tags import NOTHING, join, tag
from aaa.stories.parts import Ticks
from aaa.values.finding import Finding
from aaa.words import wording
from aaa.words.texts import translate

_MOST_OF_A_SHEET = 100  # shown; a marked copy has more


def by_sheet(found: Sequence[Finding], lang: str, ticks: Ticks | None = None) -> Markup:
    """Return every finding, grouped by sheet, heaviest first: where, what it means for the page,
    and what is expected.

    Args:
        found: in the order of the sheets.
        lang: the reader's language.
        ticks: beside findings that have one right answer.
    """
    sheets = groupby(enumerate(found), lambda one: one[1].sheet)
    listed = join(_sheet(sheet, group, lang, ticks) for sheet, group in sheets)
    if ticks is None:
        return listed
    hidden = (tag("input", type="hidden", name=name, value=value) for name, value in ticks.hidden)
    buttons = (
        tag("button", words, type="submit", name=ticks.act, value=value)
        for value, words in ticks.buttons
    )
    note = tag("p", translate(lang, "accept.explain"), class_="a-note")
    below = tag("div", note, *buttons, class_="a-ticked")
    return tag("form", listed, *hidden, below, method="post", action=ticks.to)


def _sheet(
    sheet: str, group: Iterable[tuple[int, Finding]], lang: str, ticks: Ticks | None
) -> Markup:
    found = list(group)
    left = sum(1 + one.more for _, one in found[_MOST_OF_A_SHEET:])
    words = translate(lang, "check.more_findings", count=left)
    shown = (_finding(one, lang, ticks, place) for place, one in found[:_MOST_OF_A_SHEET])
    return join(
        (
            heading(sheet or translate(lang, "finding.whole_file"), below=True),
            tag("ul", *shown, class_="a-findings"),
            tag("p", words, class_="a-note") if left else NOTHING,
        )
    )


def _finding(finding: Finding, lang: str, ticks: Ticks | None, place: int) -> Markup:
    expected = wording.expected(finding, lang)
    hint = tag("p", translate(lang, "check.expected", words=expected)) if expected else NOTHING
    return tag(
        "li",
        tag("span", wording.severity(finding, lang), class_="a-level"),
        tag("span", finding.cell, class_="a-place"),
        tag("div", tag("b", wording.message(finding, lang)), hint, _tick(ticks, place, lang)),
        class_=f"a-{finding.severity.word}",
    )


def _tick(ticks: Ticks | None, place: int, lang: str) -> Markup:
    if ticks is None or place not in ticks.answers:
        return NOTHING
    value, words = ticks.answers[place]
    box = tag("input", type="checkbox", name=ticks.name, value=value)
    return tag("label", box, translate(lang, "accept.take", value=words), class_="a-tick")
