"""Charts as PowerPoint's own, made of the figures of the pages: their names, numbers, colours and
patterns, with data that can be edited.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from aaa.exports import shapes
from aaa.exports.master import FONT, described, lines
from aaa.exports.shapes import Place
from aaa.figures.bars import Bars, Stack
from aaa.figures.palette import GROUND, INK, LOOKS, Look, Meaning, Pair
from aaa.slides import fit
from aaa.stories.parts import Bars as BarsPart
from aaa.stories.parts import Ladder
from aaa.words import formatting, wording
from aaa.words.texts import translate

_SMALL = Pt(10.5)
_LABELS_BESIDE = 1.5  # the axis in lengths of the longest bar, so that its number fits after it
_DARK = 110  # brightness of 255: text on a darker colour is white


def bars(slide: Any, part: BarsPart, place: Place) -> float:
    """Draw a chart of bars with the figure's own names, numbers, colours and patterns, and return
    its height; its data can be edited.

    Args:
        slide: the slide.
        part: which bars of which chart.
        place: where.
    """
    drawn = part.chart.bars
    top = place.top + shapes.heading(slide, part.chart.title, place)
    data = CategoryChartData(number_format=_number_format(drawn))
    data.categories = [drawn.rows[row].line for row in part.rows]
    for stack in drawn.stacks:
        data.add_series(stack.name, [stack.amounts[row] or None for row in part.rows])
    rows = sum(
        max(fit.lines(drawn.rows[row].line, 15.0) * 1.2, 2.8 if drawn.overlaid else 2.2)
        for row in part.rows
    )
    height = max(rows + 2.6, 6.0)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if drawn.overlaid else XL_CHART_TYPE.BAR_STACKED
    frame = slide.shapes.add_chart(
        kind, lines(place.left), lines(top), lines(place.width), lines(height), data
    )
    described(frame._element, part.chart.alt)
    highest = drawn.longest * (_LABELS_BESIDE if drawn.overlaid else 1.0)
    _chart_look(
        frame.chart,
        gap=40 if drawn.overlaid else 55,
        overlap=-5 if drawn.overlaid else 100,
        highest=highest,
    )
    for series, stack in zip(frame.chart.plots[0].series, drawn.stacks, strict=True):
        hidden = [not drawn.overlaid and not drawn.fits(stack, row, highest) for row in part.rows]
        _series_look(series, stack, part.rows, hidden, inside=not drawn.overlaid)
    used = top - place.top + height
    beside = [(drawn.rows[row].line, drawn.beside(row)) for row in part.rows]
    for words in (
        *[f"{label}: {said}" for label, said in beside if said],
        *([part.chart.note] if part.chart.note else []),
    ):
        used += shapes.note(
            slide, words, Place(place.left, place.top + used, place.width), small=True
        )
    return used + 0.4


def _number_format(drawn: Bars) -> str:
    """Return how the numbers of a chart are written: euros with cents where any has them."""
    if drawn.whole:
        return "0"
    amounts = [amount for stack in drawn.stacks for amount in stack.amounts if amount is not None]
    return '"€\u00a0"#,##0' + ("" if all(map(float.is_integer, amounts)) else ".00")


def _chart_look(chart: Any, gap: int, overlap: int, highest: float) -> None:
    chart.has_title = False
    chart.has_legend = len(list(chart.plots[0].series)) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size, chart.legend.font.name = _SMALL, FONT
    chart.font.size, chart.font.name = _SMALL, FONT
    chart.plots[0].gap_width, chart.plots[0].overlap = gap, overlap
    category, value = chart.category_axis, chart.value_axis
    category.reverse_order = True  # the first row on top, as on the pages
    category.format.line.fill.background()
    category.tick_labels.font.size = _SMALL
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    value.visible = False
    value.has_major_gridlines = False
    value.minimum_scale, value.maximum_scale = 0, highest or 1
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.font.size, plot.data_labels.font.name = _SMALL, FONT
    plot.data_labels.number_format_is_linked = True
    _unwrapped(plot.data_labels)


def _series_look(
    series: Any, stack: Stack, rows: Sequence[int], hidden: Sequence[bool], *, inside: bool
) -> None:
    """Format the bars of a series. A bar too short for its number has no data label; the number
    stands below the chart instead.
    """
    looks = [LOOKS[stack.meanings[row]] for row in rows]
    _bar_look(series.format, looks[0])
    for place, look in enumerate(looks):
        if look != looks[0]:
            _bar_look(series.points[place].format, look)
        if hidden[place]:
            _no_label(series, place)
    labels = series.data_labels
    labels.show_value = True
    labels.number_format_is_linked = True
    labels.font.size, labels.font.name = _SMALL, FONT
    _unwrapped(labels)
    labels.font.color.rgb = shapes.rgb((_ink(looks[0]) if inside else INK).light)


def _ink(look: Look) -> Pair:
    """Return a legible text colour for a bar: the look's own, else white on a dark bar without a
    pattern.
    """
    if look.ink is not None:
        return look.ink
    red, green, blue = (int(look.fill.light[start : start + 2], 16) for start in (1, 3, 5))
    dark = red * 299 + green * 587 + blue * 114 < _DARK * 1000
    return GROUND if dark and not look.shape else INK


def _unwrapped(labels: Any) -> None:
    """Keep a number on one line."""
    labels._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("wrap", "none")


def _no_label(series: Any, place: int) -> None:
    label = series.points[place].data_label._get_or_add_dLbl()
    for child in list(label):
        if child.tag != qn("c:idx"):
            label.remove(child)
    label.append(label.makeelement(qn("c:delete"), {"val": "1"}))


def _bar_look(shape: Any, look: Look) -> None:
    shapes.fill(shape.fill, shape.line, look)


def ladder(slide: Any, part: Ladder, place: Place, lang: str) -> float:
    """Draw the rungs as a chart of bars, and return its height; one never measured has no bar, and
    its name says so.

    Args:
        slide: the slide.
        part: the ladder.
        place: where.
        lang: the reader's language.
    """
    frame = part.chart.table.frame
    names = []
    for row in frame.itertuples(index=False):
        facts = [wording.number(row.value, lang, "not_measured")]
        if not pd.isna(row.value):
            facts += [] if pd.isna(row.share) else [formatting.percent(row.share, lang)]
            facts.append(formatting.short_date(row.date, lang))
        names.append(f"{row.rung}: {', '.join(facts)}")
    top = place.top + shapes.heading(slide, part.chart.title, place)
    if not names:
        words = f"{translate(lang, 'not_measured')} · {part.goal}"
        return top - place.top + shapes.note(slide, words, Place(place.left, top, place.width))
    data = CategoryChartData(number_format="#,##0")
    data.categories = names
    data.add_series(
        translate(lang, "column.value"),
        [None if pd.isna(value) else float(value) for value in frame["value"]],
    )
    height = max(2.3 * len(names) + 0.8, 3.2)
    drawn = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED,
        lines(place.left),
        lines(top),
        lines(place.width),
        lines(height),
        data,
    )
    described(drawn._element, part.chart.alt)
    _chart_look(
        drawn.chart,
        gap=60,
        overlap=0,
        highest=max([part.target, *frame["value"].dropna()]),
    )
    series = drawn.chart.plots[0].series[0]
    _bar_look(series.format, LOOKS[Meaning.FINISHED])
    used = top - place.top + height
    return used + shapes.note(slide, part.goal, Place(place.left, place.top + used, place.width))
