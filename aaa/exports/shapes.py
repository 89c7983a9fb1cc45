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
from pptx.util import Pt

from aaa.exports.master import FONT, KICKER, POINTS, TEXTS, described, lines
from aaa.figures.palette import INK, Look, Pair
from aaa.slides import fit
from aaa.values import names

_TEXT = Pt(POINTS)
_SPACING = Pt(15.7)  # of a line of text in a table
HEAD = 1.9  # the height of the first row of a table
HEADING, SENTENCE, REMARK, STRONG = 0, 1, 2, 3  # the levels of a text
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


class Page:
    """A slide in the making: its texts stand in the placeholders of its layout.

    Attributes:
        slide: the slide of python-pptx.
    """

    def __init__(self, slide: Any, name: str, title: str) -> None:
        self.slide = slide
        slide.shapes.title.text = title
        free = {one.placeholder_format.idx: one for one in slide.placeholders}
        free[KICKER].text = name
        self._free = [free[number] for number in TEXTS]

    def text(self, words: Sequence[tuple[int, str]], place: Place, height: float) -> None:
        """Put texts below each other into the next placeholder.

        Args:
            words: each with its level.
            place: where they stand.
            height: of all of them.

        Raises:
            IndexError: the layout has no placeholder left.
        """
        box = self._free.pop(0)
        box.left, box.top = lines(place.left), lines(place.top)
        box.width, box.height = lines(place.width), lines(height)
        frame = box.text_frame
        for number, (level, said) in enumerate(words):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            paragraph.level = level
            paragraph.add_run().text = names.on_one_line(said)

    def finish(self) -> None:
        """Remove the placeholders that nothing stands in."""
        for box in self._free:
            box._element.getparent().remove(box._element)


def label(
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
    """Put a label of a drawing on a slide, and return its shape."""
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
    added.text = names.on_one_line(words)
    added.font.size, added.font.bold, added.font.name = size, bold, FONT
    added.font.color.rgb = rgb(colour.light)


def rgb(colour: str) -> RGBColor:
    """Return a colour of the palette as PowerPoint has it."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def heading(page: Page, words: str, place: Place) -> float:
    """Put the heading of a part on a slide, and return its height."""
    height = fit.lines(words, place.width, 0.62) * 1.5 + 0.3
    page.text([(HEADING, words)], place, height)
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


def note(page: Page, words: str, place: Place, *, head: str = "", strong: bool = False) -> float:
    """Put a remark on a slide, below what it stands in the place of, and return its height."""
    height = fit.lines(words, place.width) * fit.LINE + 0.2
    told = [(STRONG if strong else REMARK, words)]
    if head:
        height += fit.lines(head, place.width, 0.62) * 1.5 + 0.3
        told.insert(0, (HEADING, head))
    page.text(told, place, height)
    return height + 1.0


def table_of(
    page: Page,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    heights: Sequence[float],
    place: Place,
    alt: str,
) -> Any:
    """Put a table on a slide: its first row the headings."""
    frame = page.slide.shapes.add_table(
        len(rows) + 1,
        len(head),
        lines(place.left),
        lines(place.top),
        lines(sum(widths)),
        lines(HEAD + sum(heights)),
    )
    described(frame._element, alt)
    table = frame.table
    table.horz_banding = False
    for column, width in enumerate(widths):
        table.columns[column].width = lines(width)
    table.rows[0].height = lines(HEAD)
    for number, height in enumerate(heights, start=1):
        table.rows[number].height = lines(height)
    for column, words in enumerate(head):
        cell_of(table.cell(0, column), words, bold=True)
    for number, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            cell_of(table.cell(number, column), words)
    return table


def cell_of(cell: Any, words: str, *, bold: bool = False, colour: Pair = INK) -> None:
    """Fill a cell of a table."""
    cell.margin_left = cell.margin_right = lines(0.25)
    cell.margin_top = cell.margin_bottom = lines(0.12)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.background()
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.line_spacing = _SPACING
    run(paragraph, words, bold=bold, colour=colour)
