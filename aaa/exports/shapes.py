"""PowerPoint's own text and tables, in the house style. All lengths are in lines of text of a
slide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from aaa.exports.master import FONT, described, lines
from aaa.figures.palette import INK, QUIET, Look, Pair
from aaa.slides import fit

_TEXT = Pt(12)
_PATTERNS = {
    "/": MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL,
    ".": MSO_PATTERN_TYPE.DOTTED_GRID,
    "x": MSO_PATTERN_TYPE.DIAGONAL_CROSS,
}


@dataclass(frozen=True)
class Place:
    """Where a part stands, in lines of text."""

    left: float
    top: float
    width: float


def text(
    holder: Any,
    words: str,
    place: Place,
    height: float,
    *,
    size: Pt = _TEXT,
    bold: bool = False,
    colour: Pair = INK,
    align: Any = None,
) -> Any:
    """Put a text on a slide or in a group, and return its shape."""
    box = holder.shapes.add_textbox(
        lines(place.left), lines(place.top), lines(place.width), lines(height)
    )
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = align
    run(paragraph, words, size=size, bold=bold, colour=colour)
    return box


def run(
    paragraph: Any, words: str, *, size: Pt = _TEXT, bold: bool = False, colour: Pair = INK
) -> None:
    """Add words to a paragraph, on one line and in the house's font."""
    added = paragraph.add_run()
    added.text = " ".join(words.split())
    added.font.size, added.font.bold, added.font.name = size, bold, FONT
    added.font.color.rgb = rgb(colour.light)


def rgb(colour: str) -> RGBColor:
    """Return a colour of the palette as PowerPoint has it."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def bullet(paragraph: Any) -> None:
    """Give a paragraph a dash and a hanging indent."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(lines(1.1)))
    properties.set("indent", str(-lines(1.1)))
    bullet = properties.makeelement(qn("a:buChar"), {"char": "–"})
    properties.append(bullet)


def heading(slide: Any, words: str, place: Place) -> float:
    """Put the heading of a part on a slide, and return its height."""
    height = fit.lines(words, place.width, 0.62) * 1.5 + 0.3
    text(slide, words, place, height, size=Pt(13.5), bold=True)
    return height


def rule(holder: Any, place: Place, height: float, colour: Pair) -> None:
    """Draw a thin rule; it says nothing, and a screen reader passes it by."""
    drawn = holder.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, lines(place.left), lines(place.top), lines(place.width), lines(height)
    )
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = rgb(colour.light)
    drawn.line.fill.background()
    drawn.shadow.inherit = False
    described(drawn._element, "")


def fill(inside: Any, line: Any, look: Look) -> None:
    """Give a shape or bar its colour, edge and pattern."""
    if look.shape:
        inside.patterned()
        inside.pattern = _PATTERNS[look.shape]
        inside.fore_color.rgb, inside.back_color.rgb = rgb(look.line.light), rgb(look.fill.light)
    else:
        inside.solid()
        inside.fore_color.rgb = rgb(look.fill.light)
    line.color.rgb = rgb(look.edge.light)
    line.width = Pt(0.75)


def note(
    slide: Any, words: str, place: Place, *, strong: bool = False, small: bool = False
) -> float:
    """Put a remark on a slide, and return its height."""
    letter, line, size = (0.46, 1.15, Pt(10.5)) if small else (0.52, fit.LINE, _TEXT)
    height = fit.lines(words, place.width, letter) * line + 0.2
    text(slide, words, place, height, colour=INK if strong else QUIET, bold=strong, size=size)
    return height + (0.1 if small else 1.0)


def table_of(
    slide: Any,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    heights: Sequence[float],
    place: Place,
    alt: str,
) -> Any:
    """Put a table on a slide: its first row the headings."""
    frame = slide.shapes.add_table(
        len(rows) + 1,
        len(head),
        lines(place.left),
        lines(place.top),
        lines(sum(widths)),
        lines(1.7 + sum(heights)),
    )
    described(frame._element, alt)
    table = frame.table
    table.horz_banding = False
    for column, width in enumerate(widths):
        table.columns[column].width = lines(width)
    table.rows[0].height = lines(1.7)
    for number, height in enumerate(heights, start=1):
        table.rows[number].height = lines(height)
    for column, words in enumerate(head):
        cell_of(table.cell(0, column), words, bold=True)
    for number, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            cell_of(table.cell(number, column), words)
    return table


def cell_of(cell: Any, words: str, *, bold: bool = False) -> None:
    """Fill a cell of a table."""
    cell.margin_left = cell.margin_right = lines(0.25)
    cell.margin_top = cell.margin_bottom = lines(0.12)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.background()
    run(cell.text_frame.paragraphs[0], words, size=Pt(11), bold=bold)
