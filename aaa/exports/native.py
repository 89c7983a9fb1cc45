"""The parts of a slide as PowerPoint's own text, tables and charts. All of it can be edited."""

from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from aaa.exports import native_charts, native_timeline, shapes
from aaa.exports.shapes import HEADING, SENTENCE, Page, Place
from aaa.figures import decisions as decision_figures
from aaa.figures import heat, money, timeline
from aaa.figures.palette import GROUND, HEAT, HEAT_INVERTED, INK, LATE, QUIET
from aaa.slides import fit
from aaa.stories.parts import (
    Activities,
    Changes,
    Decisions,
    Grid,
    Ladder,
    OnASlide,
    Pace,
    Timeline,
    Variance,
    Words,
)
from aaa.words.texts import translate

_LARGE = Pt(18)  # a decision that is asked


def draw(page: Page, part: OnASlide, place: Place, title: str, lang: str) -> float:
    """Draw a part on a slide.

    Args:
        page: the slide.
        part: what stands on it.
        place: where.
        title: of the slide, for the text alternative of a part without a title of its own.
        lang: the reader's language.

    Returns:
        Its height, in lines of text.
    """
    match part:
        case Changes():
            return _changes(page, part, place)
        case Words():
            return shapes.note(page, part.text, place, head=part.heading, strong=part.warning)
        case Activities():
            return _activities(page, part, place, title, lang)
        case Decisions():
            return _decisions(page, part, place, title, lang)
        case Grid():
            return _grid(page, part, place)
        case Variance():
            return _variance(page, part, place, lang)
        case Pace():
            return native_charts.pace(page, part, place, lang)
        case Ladder():
            return native_charts.ladder(page, part, place, lang)
        case Timeline():
            return native_timeline.draw(page.slide, part, place, title, lang)


def _changes(page: Page, part: Changes, place: Place) -> float:
    told = []
    for group in part.groups:
        told.append((HEADING, group.heading))
        told += [(SENTENCE, sentence) for sentence in group.sentences]
    height = fit.part(part)
    page.text(told, place, height)
    return height


def _activities(page: Page, part: Activities, place: Place, title: str, lang: str) -> float:
    """Draw activities as a table: what is known of how one stands is a row of its own below it."""
    rows, heights, below = [], [], []
    for activity in part.rows:
        states = native_timeline.states(activity, lang)
        rows.append((activity.name, timeline.period_words(activity, lang), states))
        led = timeline.led_by(activity, part.as_of, lang) if part.led else ""
        words = " · ".join(filter(None, (led, activity.note)))
        under = fit.lines(words, place.width - 1) * fit.LINE + 0.4 if words else 0.0
        heights.append(max(fit.activity(activity) - under, 1.7))
        if words:
            below.append(len(rows))
            rows.append((words, "", ""))
            heights.append(under)
    names = ("title", "period", "state")
    head = tuple(translate(lang, f"column.{name}") for name in names)
    widths = (42.0, 14.0, place.width - 56.0)
    table = shapes.table_of(page, head, rows, widths, heights, place, title)
    for number in range(1, len(rows) + 1):
        if number - 1 in below:
            continue
        _weight(table.cell(number, 0), bold=True)
    for number in below:
        table.cell(number + 1, 0).merge(table.cell(number + 1, 2))
        _weight(table.cell(number + 1, 0), colour=QUIET)
    return sum(heights) + shapes.HEAD


def _weight(cell: Any, *, bold: bool = False, colour: Any = None, large: bool = False) -> None:
    for one in cell.text_frame.paragraphs[0].runs:
        one.font.bold = bold
        if large:
            one.font.size = _LARGE
            cell.text_frame.paragraphs[0].line_spacing = None
        if colour is not None:
            one.font.color.rgb = shapes.rgb(colour.light)


def _decisions(page: Page, part: Decisions, place: Place, title: str, lang: str) -> float:
    told = [decision_figures.row(one, part.as_of, lang) for one in part.rows]
    widths: tuple[float, ...]
    rows: list[tuple[str, ...]]
    if part.asked:
        widths = (14.0, 44.0, 18.0)
        rows = [(", ".join(filter(None, (one.day, one.left))), one.text, one.who) for one in told]
    else:
        widths = (8.0, 32.0, 13.0, 11.0, 12.0)
        rows = [
            (translate(lang, f"slide.{one.state}"), one.text, one.who, one.day, one.left)
            for one in told
        ]
    head = decision_figures.heads(part.asked, part.as_of, lang)
    rows = [row[: len(head)] for row in rows]
    heights = [fit.decision(one, asked=part.asked) for one in part.rows]
    table = shapes.table_of(page, head, rows, widths[: len(head)], heights, place, title)
    for number, one in enumerate(told, start=1):
        _weight(table.cell(number, 1), bold=one.state != "done", large=part.asked)
        if one.state == "overdue":
            for column in {0, 0 if part.asked else len(head) - 1}:
                _weight(table.cell(number, column), bold=True, colour=LATE)
    return sum(heights) + shapes.HEAD


def _variance(page: Page, part: Variance, place: Place, lang: str) -> float:
    total = part.chart.variance.total
    rows = [
        (f"{one.line} {one.funder}".strip(), one.estimate, one.paid, one.difference)
        for one in (*part.rows, total)
    ]
    head = [translate(lang, name) for name in money.HEADS]
    width = 7.4
    widths = (place.width - 3 * width, width, width, width)
    heights = [
        max(*(fit.lines(cell, size - 0.6) for cell, size in zip(row, widths, strict=True)))
        * fit.LINE
        + 0.6
        for row in rows
    ]
    table = shapes.table_of(page, head, rows, widths, heights, place, part.chart.alt)
    for number in range(len(rows) + 1):
        for column in (1, 2, 3):
            table.cell(number, column).text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    for number, one in enumerate(part.rows, start=1):
        if one.is_over:
            _weight(table.cell(number, 3), bold=True, colour=LATE)
    for column in range(4):
        _weight(table.cell(len(rows), column), bold=True)
    return sum(heights) + shapes.HEAD + 0.6


def _grid(page: Page, part: Grid, place: Place) -> float:
    top = place.top
    if part.titled:
        top += shapes.heading(page, part.chart.title, place)
    drawn = part.chart.grid
    shown = [drawn.rows[row] for row in part.rows]
    counts, head = len(shown[0].counts), drawn.narrow_head
    behind = len(head) - 1 - counts
    narrow, wide = 3.2, 5.2
    widths = [place.width - counts * narrow - behind * wide, *[narrow] * counts, *[wide] * behind]
    numbers = [(*row.counts, *drawn.narrow(row)) for row in shown]
    rows = [
        (row.name, *[str(n) if n else "·" for n in row.counts], *map(str, drawn.narrow(row)))
        for row in shown
    ]
    heights = [max(fit.grid_row(row.name, widths[0] - 1.5), 1.75) for row in shown]
    said = "; ".join(
        f"{row.name}: " + ", ".join(f"{word} {n}" for word, n in zip(head[1:], mine, strict=True))
        for row, mine in zip(shown, numbers, strict=True)
    )
    table = shapes.table_of(
        page,
        head,
        rows,
        widths,
        heights,
        Place(place.left, top, place.width),
        f"{part.chart.title}. {said}",
    )
    for number, mine in enumerate(numbers, start=1):
        for column, count in enumerate(mine, start=1):
            cell = table.cell(number, column)
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
            if column <= counts and count:
                step = heat.step(count, drawn.highest)
                cell.fill.solid()
                cell.fill.fore_color.rgb = shapes.rgb(HEAT[step - 1].light)
                cell.text_frame.paragraphs[0].runs[0].font.color.rgb = shapes.rgb(
                    (GROUND if step >= HEAT_INVERTED else INK).light
                )
    for column in range(1, len(head)):
        table.cell(0, column).text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    return top - place.top + sum(heights) + shapes.HEAD
