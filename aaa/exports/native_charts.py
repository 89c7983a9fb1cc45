"""Charts as PowerPoint's own, made of the figures of the slides: their names, numbers, colours and
patterns, with data that can be edited.
"""

import datetime as dt
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from aaa.exports import shapes
from aaa.exports.master import FONT, POINTS, described, lines
from aaa.exports.shapes import Page, Place
from aaa.figures.palette import ACCENT, INK, LOOKS, QUIET, STATUS, Look, Meaning, Pair
from aaa.slides import fit
from aaa.stories.parts import Ladder, Pace
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode

_SIZE = Pt(POINTS)
_EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet
_QUARTER = 91.0  # days between two labels of the axis
_LOCALES = {"nl": "413", "en": "809"}  # in which a number format names months
_EUROS = '"€\u00a0"#,##0'
# The rungs of an ambition, from the most to the least certain, as on screen.
_RUNGS = (
    LOOKS[Meaning.FINISHED],
    LOOKS[Meaning.RUNNING],
    Look(STATUS[StatusCode.UNREPORTED], INK, None, "/", STATUS[StatusCode.RUNNING]),
    Look(Pair("#9cc1dc", "#9cc1dc"), ACCENT),
    LOOKS[Meaning.NOT_STARTED],
)


def pace(page: Page, part: Pace, place: Place, lang: str) -> float:
    """Draw what was paid in the course of the year as steps, the estimate as a line above it and
    the date as a line across; return its height.

    Args:
        page: the slide.
        part: what is drawn.
        place: where.
        lang: the reader's language.
    """
    drawn = part.chart.pace
    used = shapes.heading(page, part.chart.title, place)
    start, end = (_day(dt.date(drawn.plan, *day)) for day in ((1, 1), (12, 31)))
    data = XyChartData(number_format=_EUROS)
    paid = data.add_series(drawn.said[0])
    before = 0.0
    paid.add_data_point(start, 0.0)
    for date, euros in zip(drawn.dates, drawn.euros, strict=True):
        day = min(max(_day(date), start), end)
        paid.add_data_point(day, before)
        paid.add_data_point(day, euros)
        before = euros
    if drawn.whole is not None:
        whole = data.add_series(drawn.estimated)
        whole.add_data_point(start, drawn.whole)
        whole.add_data_point(end, drawn.whole)
    top = max(drawn.whole or 0.0, *drawn.euros)
    if drawn.today is not None:
        now = data.add_series(drawn.year.rstrip("."))
        today = start + drawn.today * (end - start + 1) - 1
        now.add_data_point(today, 0.0)
        now.add_data_point(today, top)
    height = 24.0
    below = Place(place.left, place.top + used, place.width)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    chart = _added(page, kind, data, below, height, part.chart.alt)
    _in_time(chart, start, end, top, lang)
    for series, (colour, width, dash) in zip(
        chart.plots[0].series,
        ((ACCENT, 3.5, False), (INK, 1.5, False), (QUIET, 1.5, True)),
        strict=False,
    ):
        series.smooth = False
        series.format.line.color.rgb = shapes.rgb(colour.light)
        series.format.line.width = Pt(width)
        if dash:
            series.format.line.dash_style = 4
    used += height
    if part.chart.note:
        used += shapes.note(page, part.chart.note, Place(place.left, place.top + used, place.width))
    return used + 0.4


def _added(page: Page, kind: Any, data: Any, place: Place, height: float, alt: str) -> Any:
    """Put a chart with its text alternative and a legend below it on a slide, and return it."""
    frame = page.slide.shapes.add_chart(
        kind, lines(place.left), lines(place.top), lines(place.width), lines(height), data
    )
    described(frame._element, alt)
    chart = frame.chart
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.font.size, chart.font.name = _SIZE, FONT
    return chart


def _day(date: dt.date) -> int:
    """Return a day as a spreadsheet counts it."""
    return (date - _EPOCH).days


def _in_time(chart: Any, start: int, end: int, top: float, lang: str) -> None:
    """Format a chart whose axis is the plan year and whose height ends at the highest amount."""
    days, euros = chart.category_axis, chart.value_axis
    days.minimum_scale, days.maximum_scale, days.major_unit = start, end, _QUARTER
    days.has_major_gridlines = False
    months = f"[$-{_LOCALES[lang]}]mmm"
    days.tick_labels.number_format, days.tick_labels.number_format_is_linked = months, False
    euros.minimum_scale, euros.maximum_scale = 0, top or 1
    euros.has_major_gridlines = False
    euros.tick_labels.number_format, euros.tick_labels.number_format_is_linked = _EUROS, False


def ladder(page: Page, part: Ladder, place: Place, lang: str) -> float:
    """Draw the rungs of an ambition behind each other in one bar whose axis ends at the target, and
    return its height; a rung that was never measured has no length, and its name says so.

    Args:
        page: the slide.
        part: the ladder.
        place: where.
        lang: the reader's language.
    """
    drawn = part.chart.ladder
    used = shapes.heading(page, part.chart.title, place)
    if not drawn.rungs or not drawn.goal:
        told = [f"{rung.name}: {', '.join((rung.value, *rung.facts[:1]))}" for rung in drawn.rungs]
        words = " · ".join((*(told or [translate(lang, "not_measured")]), part.goal))
        return used + shapes.note(page, words, Place(place.left, place.top + used, place.width))
    values = part.chart.table.frame["value"]
    data = CategoryChartData(number_format="#,##0")
    data.categories = [drawn.goal]
    names = []
    for rung, value in zip(drawn.rungs, values, strict=True):
        amount = None if value != value or value is None else float(value)  # noqa: PLR0124 - NaN
        said = " ".join(filter(None, (rung.number or rung.value, rung.share)))
        day = f", {rung.facts[0]}" if rung.facts else ""
        names.append(f"{rung.name}: {said}{day}")
        data.add_series(names[-1], [amount])
    known = sum(value for value in values if value == value)  # noqa: PLR0124 - NaN
    if drawn.rest:
        names.append(f"{translate(lang, 'ambitions.open')}: {drawn.rest}")
        data.add_series(names[-1], [part.target - known])
    elif not any(rung.number for rung in drawn.rungs):  # the whole target stands open
        names.append(drawn.goal)
        data.add_series(drawn.goal, [part.target])
    rows = sum(fit.lines(name, place.width / 2 - 2) for name in names) / 2
    height = 4.6 + (rows + 1) * 1.5
    below = Place(place.left, place.top + used, place.width)
    chart = _added(page, XL_CHART_TYPE.BAR_STACKED, data, below, height, part.chart.alt)
    _stacked(chart, max(part.target, known))
    looks = [*_RUNGS[: len(drawn.rungs)], *([_RUNGS[-1]] * (len(drawn.rungs) - len(_RUNGS)))]
    looks += [LOOKS[Meaning.OPEN]] * (len(names) - len(drawn.rungs))
    for series, look in zip(chart.plots[0].series, looks, strict=True):
        shapes.fill(series.format.fill, series.format.line, look)
    used += height
    return used + shapes.note(page, part.goal, Place(place.left, place.top + used, place.width))


def _stacked(chart: Any, target: float) -> None:
    """Format a chart of one bar whose axis ends at the target."""
    plot, value, category = chart.plots[0], chart.value_axis, chart.category_axis
    plot.gap_width, plot.overlap = 20, 100
    value.visible = False
    value.has_major_gridlines = False
    value.minimum_scale, value.maximum_scale = 0, target or 1
    category.format.line.fill.background()
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
