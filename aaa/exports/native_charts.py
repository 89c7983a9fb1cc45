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
from aaa.figures import strips
from aaa.figures.palette import GROUND, INK, STATUS
from aaa.slides import fit
from aaa.slides.parts import Bars, Ladder
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode

_SMALL = Pt(10.5)
_LABELS_BESIDE = 1.5  # the axis in lengths of the longest bar, so that its number fits after it
_DARK = 110  # brightness of 255: text on a darker colour is white


def bars(slide: Any, part: Bars, place: Place) -> float:
    """Draw a chart of bars with the figure's own names, numbers, colours and patterns, and return
    its height; its data can be edited.

    Args:
        slide: the slide.
        part: which bars of which chart.
        place: where.
    """
    figure = part.chart.body.to_dict()  # type: ignore[union-attr]
    overlaid = figure["layout"].get("barmode") == "overlay"
    labels = strips.labels_of(part.chart.body)
    top = place.top + shapes.heading(slide, part.chart.title, place)
    data = CategoryChartData(number_format=_number_format(part, figure))
    data.categories = [labels[row] for row in part.rows]
    for trace in figure["data"]:
        data.add_series(trace["name"], [_value(trace["x"][row]) for row in part.rows])
    rows = sum(
        max(fit.lines(labels[row], 15.0) * 1.2, 2.8 if overlaid else 2.2) for row in part.rows
    )
    height = max(rows + 2.6, 6.0)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if overlaid else XL_CHART_TYPE.BAR_STACKED
    frame = slide.shapes.add_chart(
        kind, lines(place.left), lines(top), lines(place.width), lines(height), data
    )
    described(frame._element, part.chart.alt)
    lengths = [
        [_value(trace["x"][row]) or 0.0 for row in range(len(labels))] for trace in figure["data"]
    ]
    highest = (
        max(map(max, lengths), default=0.0) * _LABELS_BESIDE
        if overlaid
        else max(map(sum, zip(*lengths, strict=True)), default=0.0)
    )
    _chart_look(
        frame.chart, gap=40 if overlaid else 55, overlap=-5 if overlaid else 100, highest=highest
    )
    for series, trace in zip(frame.chart.plots[0].series, figure["data"], strict=True):
        hidden = [not overlaid and not strips.fits(trace, row, highest) for row in part.rows]
        _series_look(series, trace, part.rows, hidden, inside=not overlaid)
    used = top - place.top + height
    beside = [(labels[row], strips.beside(part.chart.body, row)) for row in part.rows]
    for words in (
        *[f"{label}: {said}" for label, said in beside if said],
        *([part.remark] if part.remark else []),
    ):
        used += shapes.note(
            slide, words, Place(place.left, place.top + used, place.width), small=True
        )
    return used + 0.4


def _number_format(part: Bars, figure: dict[str, Any]) -> str:
    """Return how the numbers of a chart are written: euros with cents where any has them."""
    whole = all(
        _value(value) is None or float(value).is_integer()
        for trace in figure["data"]
        for value in trace["x"]
    )
    return ('"€\u00a0"#,##0' + ("" if whole else ".00")) if _in_euros(part) else "0"


def _in_euros(part: Bars) -> bool:
    return any(column.cells.value == "euros" for column in part.chart.table.columns)


def _value(value: Any) -> float | None:
    return None if value is None or pd.isna(value) or not value else float(value)


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
    series: Any, trace: dict[str, Any], rows: Sequence[int], hidden: Sequence[bool], *, inside: bool
) -> None:
    """Format the bars of a series. A bar too short for its number has no data label; the number
    stands below the chart instead.
    """
    marker = trace["marker"]
    _bar_look(series.format, marker, rows[0])
    several = not isinstance(marker["color"], str)
    for place, row in enumerate(rows):
        if several:
            _bar_look(series.points[place].format, marker, row)
        if hidden[place]:
            _no_label(series, place)
    ink = trace.get("textfont", {}).get("color")
    labels = series.data_labels
    labels.show_value = True
    labels.number_format_is_linked = True
    labels.font.size, labels.font.name = _SMALL, FONT
    inked = _of(ink, rows[0]) if ink is not None else _readable(marker, rows[0])
    _unwrapped(labels)
    labels.font.color.rgb = shapes.rgb(inked if inside else INK.light)


def _readable(marker: dict[str, Any], row: int) -> str:
    """Return a legible text colour for a bar: white on a dark bar without a pattern."""
    colour = _of(marker["color"], row).lstrip("#")
    red, green, blue = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    dark = red * 299 + green * 587 + blue * 114 < _DARK * 1000
    return (GROUND if dark and not (marker.get("pattern") or {}).get("shape") else INK).light


def _unwrapped(labels: Any) -> None:
    """Keep a number on one line."""
    labels._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("wrap", "none")


def _no_label(series: Any, place: int) -> None:
    label = series.points[place].data_label._get_or_add_dLbl()
    for child in list(label):
        if child.tag != qn("c:idx"):
            label.remove(child)
    label.append(label.makeelement(qn("c:delete"), {"val": "1"}))


def _bar_look(look: Any, marker: dict[str, Any], row: int) -> None:
    shapes.fill(
        look.fill,
        look.line,
        _of(marker["color"], row),
        _of(marker["line"]["color"], row),
        marker.get("pattern"),
    )


def _of(value: Any, row: int) -> str:
    return value if isinstance(value, str) else str(list(value)[row])


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
            facts.append(wording.date(row.date, lang))
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
    height = max(2.6 * len(names) + 1.0, 4.5)
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
        highest=_LABELS_BESIDE * max([0.0, *frame["value"].dropna()]),
    )
    series = drawn.chart.plots[0].series[0]
    shapes.fill(
        series.format.fill,
        series.format.line,
        STATUS[StatusCode.FINISHED].light,
        STATUS[StatusCode.FINISHED].light,
        None,
    )
    used = top - place.top + height
    return used + shapes.note(slide, part.goal, Place(place.left, place.top + used, place.width))
