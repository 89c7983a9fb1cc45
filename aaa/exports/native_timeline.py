"""The timeline as native PowerPoint shapes: a straight end is a month that was named, a round one
the edge of a quarter.
"""

from typing import Any

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from aaa.exports import shapes
from aaa.exports.master import described, lines
from aaa.exports.shapes import Place
from aaa.figures import drawings, timeline
from aaa.figures.drawings import Line
from aaa.figures.palette import GROUND, INK, LATE, LINE, LOOKS, QUIET, STATUS, Meaning
from aaa.history import sentences
from aaa.metrics.rows import Activity
from aaa.slides import fit
from aaa.stories.parts import Timeline
from aaa.values import period
from aaa.words import formatting
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode

# Smaller than the texts of other slides, so that a year stands on one.
_ROW = Pt(11)
_FOOT = 41.6  # where the foot of a slide begins
_LONGEST_NAME = 62  # letters
_LABEL = 33.0  # the width of the names; the rest is the track
_TALL, _AGREED = 0.62, 0.14  # heights of a bar and of the agreed period below it
# Straight ends are months that were named; the round ends are a quarter's edge.
_SHAPES = {
    (True, True): MSO_SHAPE.RECTANGLE,
    (True, False): MSO_SHAPE.FLOWCHART_DELAY,
    (False, True): MSO_SHAPE.FLOWCHART_DELAY,
    (False, False): MSO_SHAPE.FLOWCHART_TERMINATOR,
}


def draw(slide: Any, part: Timeline, place: Place, title: str, lang: str) -> float:
    """Draw the timeline of shapes, an activity on a line: a straight end is a month that was named,
    a round one a quarter's edge; its marks stand behind its bar.
    """
    # The shapes are grouped only afterwards, because python-pptx measures a group anew for each
    # shape that is added to it.
    before = len(slide.shapes)
    drawn = timeline.of_a_slide(part.drawn, lang)
    track = Place(place.left + _LABEL, place.top, place.width - _LABEL)
    _words(slide, _key(lang), Place(place.left, place.top, _LABEL - 1), QUIET)
    top = place.top + _axis(slide, drawn, track)
    first = top
    row, heading = _heights(drawn, _FOOT - top)
    for theme, _, rows in drawn.groups:
        name = theme or translate(lang, "theme.unknown")
        _theme(slide, name, Place(place.left, top, place.width), heading)
        top += heading
        for activity in rows:
            line = timeline.line(activity, drawn, lang)
            name = sentences.cut(activity.name, _LONGEST_NAME)
            _words(slide, name, Place(place.left, top, _LABEL - 0.6), _colour(line, INK))
            _bars(slide, line, Place(track.left, top, track.width), lang)
            top += row
    _today(slide, drawn, track, first, top, lang)
    group = slide.shapes.add_group_shape(list(slide.shapes)[before:])
    described(group._element, f"{title}. {_said(drawn, lang)}")
    return top - place.top


def _heights(drawn: drawings.Timeline, room: float) -> tuple[float, float]:
    """Return the height of a row and of the name of a theme: less than on screen where a title of
    two lines leaves less room.
    """
    rows = sum(len(mine) for _, _, mine in drawn.groups)
    needed = rows * fit.TIMELINE_ROW + len(drawn.groups) * fit.TIMELINE_THEME
    scale = min(1.0, room / needed) if needed else 1.0
    return scale * fit.TIMELINE_ROW, scale * fit.TIMELINE_THEME


def _words(slide: Any, words: str, place: Place, colour: Any, *, bold: bool = False) -> None:
    shapes.label(slide, words, place, fit.TIMELINE_ROW, size=_ROW, colour=colour, bold=bold)


def _colour(line: Line, usual: Any) -> Any:
    return LATE if line.is_wrong else usual


def _said(drawn: drawings.Timeline, lang: str) -> str:
    rows = [one for _, _, mine in drawn.groups for one in mine]
    return "; ".join(
        f"{one.name}: {timeline.period_words(one, lang)}, {states(one, lang)}" for one in rows
    )


def _key(lang: str) -> str:
    keys = ("timeline.key_soft_native", "timeline.key_over", "timeline.key_agreed_native")
    return " · ".join(translate(lang, key) for key in keys)


def _axis(slide: Any, part: drawings.Timeline, track: Place) -> float:
    for month, quarter, year in timeline.quarters(part.scale):
        left = track.left + track.width * part.scale.left(month) / 100
        width = track.width * period.MONTHS_PER_QUARTER / part.scale.months
        name = Place(left + 0.2, track.top + 1.1, width)
        words = f"{quarter} {year}".strip()
        shapes.label(slide, words, name, 1.2, size=_ROW, bold=True)
        shapes.rule(slide, Place(left, track.top, 0.06), fit.TIMELINE_AXIS, LINE)
    return fit.TIMELINE_AXIS


def _theme(slide: Any, name: str, place: Place, height: float) -> None:
    _words(slide, name, place, STATUS[StatusCode.FINISHED], bold=True)
    below = Place(place.left, place.top + height - 0.06, place.width)
    shapes.rule(slide, below, 0.06, LINE)


def states(activity: Activity, lang: str) -> str:
    """Return how far an activity is, whether it is late, and the judgement, in words."""
    return " · ".join(word for _, word in timeline.states(activity, lang))


def _bars(slide: Any, line: Line, track: Place, lang: str) -> None:
    """Draw the expected months, the part after the agreed ones, the agreed ones below them, and the
    marks behind them.
    """
    if line.bar is None:
        _words(slide, translate(lang, "timeline.undated"), track, QUIET)
        return
    exact = (not line.soft[0], not line.soft[1])
    bar = _shape(slide, line.bar, track, 0.2, _TALL, _SHAPES[exact])
    if exact == (False, True):
        bar._element.spPr.find(qn("a:xfrm")).set("flipH", "1")
    shapes.fill(bar.fill, bar.line, LOOKS[Meaning[line.activity.state.name]])
    if line.over is not None:
        over = _shape(slide, line.over, track, 0.2, _TALL, MSO_SHAPE.RECTANGLE)
        over.fill.patterned()
        over.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        colour = shapes.rgb(_colour(line, QUIET).light)
        over.fill.fore_color.rgb, over.fill.back_color.rgb = colour, shapes.rgb(GROUND.light)
        over.line.color.rgb = colour
    if line.agreed is not None:
        under = _shape(slide, line.agreed, track, 0.9, _AGREED, MSO_SHAPE.RECTANGLE)
        under.fill.solid()
        under.fill.fore_color.rgb = shapes.rgb(INK.light)
        under.line.fill.background()
    left = track.left + track.width * line.end / 100 + 0.2
    words = f"{line.shift} {line.words}".strip()
    box = Place(left, track.top, max(track.left + track.width - left, 1.0))
    _words(slide, words, box, _colour(line, QUIET), bold=line.is_wrong)


def _shape(
    slide: Any, part: tuple[float, float], track: Place, down: float, tall: float, kind: Any
) -> Any:
    left, right = (track.left + track.width * percent / 100 for percent in part)
    shape = slide.shapes.add_shape(
        kind, lines(left), lines(track.top + down), lines(max(right - left, 0.3)), lines(tall)
    )
    shape.shadow.inherit = False
    return shape


def _today(
    slide: Any, part: drawings.Timeline, track: Place, first: float, last: float, lang: str
) -> None:
    where = part.scale.of_day(part.as_of) if part.as_of else None
    if where is None or part.as_of is None:
        return
    left = track.left + track.width * where / 100
    shapes.rule(slide, Place(left, first - 1.3, 0.1), last - first + 1.3, INK)
    words = formatting.day_and_month(part.as_of, lang)
    # centred on the line, but not over the key at its left
    box = Place(max(left - 5.0, track.left + 0.2), track.top, 10.0)
    align = PP_ALIGN.CENTER if box.left == left - 5.0 else PP_ALIGN.LEFT
    shapes.label(slide, words, box, 1.2, size=_ROW, bold=True, align=align)
