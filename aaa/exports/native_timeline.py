"""The timeline as native PowerPoint shapes: a straight end is a month that was named, a round one
the edge of a quarter.
"""

from typing import Any

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from aaa.exports import shapes
from aaa.exports.master import described, lines
from aaa.exports.shapes import Place
from aaa.figures import drawings, timeline
from aaa.figures.palette import EDGE, INK, JUDGEMENT, LATE, LINE, LOOKS, QUIET, STATUS, Meaning
from aaa.metrics.rows import Activity
from aaa.slides import fit
from aaa.stories.parts import Timeline
from aaa.values import period
from aaa.words import formatting
from aaa.words.texts import translate
from aaa.workbook.schema import Judgement, StatusCode

_TITLE, _STATE, _WHEN = 25.0, 14.5, 9.5  # the widths of a timeline's columns; the rest is its track
# Straight ends are months that were named; the round ends are a quarter's edge.
_SHAPES = {
    (True, True): MSO_SHAPE.RECTANGLE,
    (True, False): MSO_SHAPE.FLOWCHART_DELAY,
    (False, True): MSO_SHAPE.FLOWCHART_DELAY,
    (False, False): MSO_SHAPE.FLOWCHART_TERMINATOR,
}


def draw(slide: Any, part: Timeline, place: Place, title: str, lang: str) -> float:
    """Draw the timeline of shapes: a straight end is a month that was named, a round one a
    quarter's edge.
    """
    # The shapes are grouped only afterwards, because python-pptx measures a group anew for each
    # shape that is added to it.
    before = len(slide.shapes)
    track = Place(
        place.left + _TITLE + _STATE + _WHEN, place.top, place.width - _TITLE - _STATE - _WHEN
    )
    top = place.top + _axis(slide, part.drawn, track, lang)
    first = top
    drawn = part.drawn
    for theme, _, rows in drawn.groups:
        top += _theme(
            slide,
            theme or translate(lang, "theme.unknown"),
            len(rows),
            Place(place.left, top, place.width),
            lang,
        )
        for activity in rows:
            height = fit.timeline_row(activity)
            _labels(slide, activity, Place(place.left, top, place.width), height, lang)
            _periods(slide, activity, drawn.scale, Place(track.left, top, track.width), height)
            top += height
    last = top
    if drawn.undated:
        top += _theme(
            slide,
            translate(lang, "timeline.undated"),
            len(drawn.undated),
            Place(place.left, top, place.width),
            lang,
        )
        for activity in drawn.undated:
            height = fit.timeline_row(activity)
            _labels(slide, activity, Place(place.left, top, place.width), height, lang)
            top += height
    if drawn.groups:
        _today(slide, drawn, track, first, last, lang)
    shapes.text(
        slide, _key(lang), Place(place.left, top + 0.4, place.width), 2.6, size=Pt(11), colour=QUIET
    )
    group = slide.shapes.add_group_shape(list(slide.shapes)[before:])
    described(group._element, f"{title}. {_said(part.drawn, lang)}")
    return top + 3.2 - place.top


def _said(drawn: drawings.Timeline, lang: str) -> str:
    rows = [one for _, _, mine in drawn.groups for one in mine] + list(drawn.undated)
    return "; ".join(
        f"{one.name}: {timeline.period_words(one, lang)}, {states(one, lang)}" for one in rows
    )


def _key(lang: str) -> str:
    words = (
        "timeline.key_exact_native",
        "timeline.key_soft_native",
        "timeline.key_ghost",
        "timeline.key_late",
    )
    return " · ".join(translate(lang, key) for key in words)


def _axis(slide: Any, part: drawings.Timeline, track: Place, lang: str) -> float:
    if not part.groups:
        return 0.0
    for month in range(part.scale.first, part.scale.last + 1, period.MONTHS_PER_QUARTER):
        left = track.left + track.width * part.scale.left(month) / 100
        width = track.width * period.MONTHS_PER_QUARTER / part.scale.months
        year = (
            f" {period.year_of(month)}"
            if month == part.scale.first or period.quarter_of(month) == 1
            else ""
        )
        shapes.text(
            slide,
            f"{formatting.quarter(period.quarter_of(month))}{year}",
            Place(left + 0.2, track.top, width),
            1.4,
            bold=True,
        )
        shapes.rule(slide, Place(left, track.top, 0.06), 1.5, LINE)
    return 1.6


def _theme(slide: Any, name: str, count: int, place: Place, lang: str) -> float:
    words = f"{name} · {translate(lang, 'count.activities', n=count)}"
    shapes.text(
        slide,
        words,
        Place(place.left, place.top + 0.3, place.width),
        1.5,
        size=Pt(12.5),
        bold=True,
        colour=STATUS[StatusCode.FINISHED],
    )
    shapes.rule(slide, Place(place.left, place.top + fit.THEME - 0.1, place.width), 0.06, LINE)
    return fit.THEME


def states(activity: Activity, lang: str) -> str:
    """Return how far an activity is, whether it is late, and the judgement, in words."""
    return " · ".join(word for _, word in timeline.states(activity, lang))


def _labels(slide: Any, activity: Activity, place: Place, height: float, lang: str) -> None:
    shapes.text(
        slide,
        activity.name,
        Place(place.left, place.top + 0.1, _TITLE - 0.6),
        height,
        size=Pt(11),
    )
    colour = INK
    if activity.judgement in (Judgement.ORANGE, Judgement.RED):
        colour = JUDGEMENT[activity.judgement]
    colour = LATE if activity.late else colour
    shapes.text(
        slide,
        states(activity, lang),
        Place(place.left + _TITLE, place.top + 0.1, _STATE - 0.6),
        height,
        size=Pt(11),
        colour=colour,
    )
    when = Place(place.left + _TITLE + _STATE, place.top + 0.1, _WHEN - 0.5)
    shapes.text(
        slide, timeline.period_words(activity, lang), when, height, size=Pt(11), colour=QUIET
    )


def _periods(
    slide: Any, activity: Activity, scale: drawings.Axis, track: Place, height: float
) -> None:
    """Draw the agreed period, and a forecast over it, as on the page."""
    has_forecast = activity.forecast_first is not None
    agreed = (activity.period_first, activity.period_last)
    expected = (activity.forecast_first, activity.forecast_last)
    exactly = (activity.period_first_exact, activity.period_last_exact)
    as_expected = (activity.forecast_first_exact, activity.forecast_last_exact)
    for ghost, (first, last), exact in (
        (has_forecast, agreed, exactly),
        (False, expected, as_expected),
    ):
        if first is None or last is None:
            continue
        left, right = (
            track.left + track.width * scale.left(month) / 100 for month in (first, last + 1)
        )
        tall = 1.3 if ghost else 0.95
        shape = slide.shapes.add_shape(
            _SHAPES[exact],
            lines(left),
            lines(track.top + height / 2 - tall / 2),
            lines(max(right - left, 0.3)),
            lines(tall),
        )
        if exact == (False, True):
            shape._element.spPr.find(qn("a:xfrm")).set("flipH", "1")
        shape.shadow.inherit = False
        _bar_look(shape, activity, ghost=ghost)


def _bar_look(shape: Any, activity: Activity, *, ghost: bool) -> None:
    if ghost:
        shape.fill.background()
        shape.line.color.rgb = shapes.rgb(EDGE.light)
        shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        shape.line.width = Pt(1)
        return
    shapes.fill(shape.fill, shape.line, LOOKS[Meaning[activity.state.name]])
    if activity.late:
        shape.line.color.rgb = shapes.rgb(LATE.light)
        shape.line.width = Pt(2.25)


def _today(
    slide: Any, part: drawings.Timeline, track: Place, first: float, last: float, lang: str
) -> None:
    where = part.scale.of_day(part.as_of) if part.as_of else None
    if where is None or part.as_of is None:
        return
    left = track.left + track.width * where / 100
    shapes.rule(slide, Place(left, first, 0.16), last - first, INK)
    words = translate(lang, "timeline.today", date=formatting.short_date(part.as_of, lang))
    right = where > 45
    place = Place(left - 14.4 if right else left + 0.4, first + 0.3, 14.0)
    shapes.text(
        slide, words, place, 1.4, size=Pt(11), bold=True, align=PP_ALIGN.RIGHT if right else None
    )
