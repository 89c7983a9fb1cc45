"""The parts of a slide as PowerPoint's own shapes: text, tables, charts and a timeline. All of it
can be edited.
"""

from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from aaa.exports import native_charts, native_timeline, shapes
from aaa.exports.shapes import Place
from aaa.figures import decisions as decision_figures
from aaa.figures import heat, timeline
from aaa.figures.drawings import Told
from aaa.figures.palette import ACCENT, GROUND, HEAT, HEAT_INVERTED, INK, QUIET
from aaa.metrics.rows import Activity
from aaa.slides import fit
from aaa.stories.parts import (
    Activities,
    Bars,
    Changes,
    Decisions,
    Grid,
    Ladder,
    OnASlide,
    Tiles,
    Timeline,
    Words,
)
from aaa.words import wording
from aaa.words.texts import translate


def draw(slide: Any, part: OnASlide, place: Place, title: str, lang: str) -> float:
    """Draw a part on a slide.

    Args:
        slide: the slide.
        part: what stands on it.
        place: where.
        title: of the slide, for the text alternative of a part without a title of its own.
        lang: the reader's language.

    Returns:
        Its height, in lines of text.
    """
    match part:
        case Changes():
            return _changes(slide, part, place)
        case Words():
            used = shapes.heading(slide, part.heading, place) if part.heading else 0.0
            below = Place(place.left, place.top + used, place.width)
            return used + shapes.note(slide, part.text, below, strong=part.warning)
        case Tiles():
            return _tiles(slide, part, place)
        case Activities():
            return _activities(slide, part, place, title, lang)
        case Decisions():
            return _decisions(slide, part, place, title, lang)
        case Grid():
            return _grid(slide, part, place)
        case Bars():
            return native_charts.bars(slide, part, place)
        case Ladder():
            return native_charts.ladder(slide, part, place, lang)
        case Timeline():
            return native_timeline.draw(slide, part, place, title, lang)


def _changes(slide: Any, part: Changes, place: Place) -> float:
    top = place.top
    for group in part.groups:
        top += _told(slide, group, Place(place.left, top, place.width))
    return top - place.top


def _told(slide: Any, group: Told, place: Place) -> float:
    height = fit.HEADING + sum(map(fit.sentence, group.sentences))
    box = shapes.text(slide, group.heading, place, height, size=Pt(13.5), bold=True)
    for sentence in group.sentences:
        paragraph = box.text_frame.add_paragraph()
        paragraph.level = 0
        shapes.bullet(paragraph)
        shapes.run(paragraph, sentence)
    return height


def _tiles(slide: Any, part: Tiles, place: Place) -> float:
    width = (place.width - 1.5 * (len(part.tiles) - 1)) / max(len(part.tiles), 1)
    for number, tile in enumerate(part.tiles):
        left = place.left + number * (width + 1.5)
        shapes.rule(slide, Place(left, place.top, width), 0.12, ACCENT)
        shapes.text(slide, tile.label, Place(left, place.top + 0.4, width), 1.4, colour=QUIET)
        shapes.text(
            slide,
            tile.value,
            Place(left, place.top + 1.8, width),
            3.0,
            size=Pt(18 if tile.unknown else 26),
            bold=not tile.unknown,
            colour=QUIET if tile.unknown else INK,
        )
        shapes.text(
            slide, tile.note, Place(left, place.top + 4.8, width), 2.6, colour=QUIET, size=Pt(11)
        )
    return 7.4


def _activities(slide: Any, part: Activities, place: Place, title: str, lang: str) -> float:
    rows, heights = [], []
    for activity in part.rows:
        rows.append(
            (
                activity.name,
                timeline.period_words(activity, lang),
                native_timeline.states(activity, lang),
            )
        )
        heights.append(_height(activity))
    head = (
        translate(lang, "column.title"),
        translate(lang, "column.period"),
        translate(lang, "column.state"),
    )
    table = shapes.table_of(
        slide, head, rows, (46.0, 13.0, place.width - 59.0), heights, place, title
    )
    for number, activity in enumerate(part.rows, start=1):
        led = timeline.led_by(activity, part.as_of, lang) if part.led else ""
        words = " · ".join(filter(None, (led, activity.note)))
        if words:
            paragraph = table.cell(number, 0).text_frame.add_paragraph()
            shapes.run(paragraph, words, size=Pt(11), colour=QUIET)
    return sum(heights) + 1.7


def _height(activity: Activity) -> float:
    """Return the height of an activity in a table, which is set smaller than the list on screen."""
    note = fit.below(activity, 49.0)
    return max(fit.lines(activity.name, 48.0) + note, 1) * 1.15 + 0.35


def _decisions(slide: Any, part: Decisions, place: Place, title: str, lang: str) -> float:
    rows = [
        (
            wording.decision(row.kind, lang),
            wording.text(row.text, lang),
            wording.text(row.owner, lang, "slide.no_owner"),
            decision_figures.due(row.due, lang)
            + (f" · {translate(lang, 'slide.overdue')}" if row.overdue else "")
            + ("" if row.is_open else f" · {translate(lang, 'slide.done')}"),
        )
        for row in part.rows
    ]
    heights = [fit.decision(row) for row in part.rows]
    head = tuple(translate(lang, f"column.{name}") for name in ("kind", "text", "owner", "due"))
    shapes.table_of(slide, head, rows, (6.0, 33.0, 14.0, place.width - 53.0), heights, place, title)
    return sum(heights) + 1.7


def _grid(slide: Any, part: Grid, place: Place) -> float:
    top = place.top
    if part.titled:
        top += shapes.heading(slide, part.chart.title, place)
    drawn = part.chart.grid
    shown = [drawn.rows[row] for row in part.rows]
    counts, head = len(shown[0].counts), drawn.narrow_head
    behind = len(head) - 1 - counts
    narrow, wide = 3.0, 4.4
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
        slide,
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
    return top - place.top + sum(heights) + 1.7
