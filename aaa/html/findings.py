"""What is wrong with a workbook, by sheet."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from aaa.html.lists import heading
from aaa.html.tags import NOTHING, join, tag
from aaa.stories.parts import Ticks
from aaa.values.finding import Finding, Severity
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
    # what is said of several cells in the same words is said once
    said: dict[tuple[Severity, str, str | None, Markup], list[Finding]] = {}
    for place, one in found[:_MOST_OF_A_SHEET]:
        words_of = wording.message(one, lang), wording.expected(one, lang)
        said.setdefault((one.severity, *words_of, _tick(ticks, place, lang)), []).append(one)
    shown = (_finding(alike, lang, tick) for (_, _, _, tick), alike in said.items())
    return join(
        (
            heading(sheet or translate(lang, "finding.whole_file"), below=True),
            tag("ul", *shown, class_="a-findings"),
            tag("p", words, class_="a-note") if left else NOTHING,
        )
    )


def _finding(alike: Sequence[Finding], lang: str, tick: Markup) -> Markup:
    """Return findings that say the same, of one cell or several."""
    first = alike[0]
    expected = wording.expected(first, lang)
    hint = tag("p", translate(lang, "check.expected", words=expected)) if expected else NOTHING
    return tag(
        "li",
        tag("span", wording.severity(first, lang), class_="a-level"),
        tag("span", _places([one.cell for one in alike]), class_="a-place"),
        tag("div", tag("b", wording.message(first, lang)), hint, tick),
        class_=f"a-{first.severity.word}",
    )


def _places(cells: Sequence[str]) -> str:
    """Return cells as a reader names them, those below each other as a range: `M5, M7–M9`."""
    runs: list[tuple[str, str]] = []
    for cell in cells:
        if runs and cell == _below(runs[-1][1]):
            runs[-1] = runs[-1][0], cell
        else:
            runs.append((cell, cell))
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in runs)


def _below(cell: str) -> str:
    """Return the cell below a cell; one without a row has none."""
    column = cell.rstrip("0123456789")
    row = cell.removeprefix(column)
    return f"{column}{int(row) + 1}" if row else ""


def _tick(ticks: Ticks | None, place: int, lang: str) -> Markup:
    if ticks is None or place not in ticks.answers:
        return NOTHING
    value, words = ticks.answers[place]
    box = tag("input", type="checkbox", name=ticks.name, value=value)
    return tag("label", box, translate(lang, "accept.take", value=words), class_="a-tick")
