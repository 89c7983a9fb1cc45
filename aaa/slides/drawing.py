"""Slides as HTML."""

from collections.abc import Sequence

from markupsafe import Markup

from aaa.html import agreements, charts, grid, lines, lists, money
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, join, tag
from aaa.slides.slide import Slide
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


def slide(one: Slide, lang: str) -> Markup:
    """Return one slide as HTML; `slides.css` gives it its place and size."""
    kicker = one.name if one.of == 1 else f"{one.name} {one.place}/{one.of}"
    reader = Reader(lang)
    parts = [tag("div", _part(part, reader), class_="v-part") for part in one.above]
    if one.columns:
        columns = (
            tag("div", *(_part(part, reader) for part in column), class_="v-column")
            for column in one.columns
        )
        parts.append(tag("div", *columns, class_="v-columns"))
    head = tag("header", tag("p", kicker), tag("h1", one.title), class_="v-title")
    return head + tag("div", tag("div", *parts, class_="v-fit"), class_="v-body")


def _part(part: OnASlide, reader: Reader) -> Markup:
    match part:
        case Words():
            look = " v-missing" if part.missing else " v-warning" if part.warning else ""
            return _headed(part.heading, _remark(part.text, look))
        case Activities():
            return lists.activities(part.rows, reader, led=part.led, as_of=part.as_of)
        case Changes():
            return join(
                tag("div", tag("h2", one.heading), _lines(one.sentences), class_="v-part")
                for one in part.groups
            )
        case Decisions():
            return agreements.listed(part, reader)
        case Timeline():
            return lines.lines(part.drawn, reader)
        case Variance():
            drawn = money.variance(part.chart.variance, part.rows, reader)
            return charts.labelled(part.chart, drawn)
        case Pace():
            drawn = charts.drawing(part.chart, reader)
            labelled = charts.labelled(part.chart, drawn)
            return _headed(part.chart.title, labelled + _remark(part.chart.note))
        case Grid():
            drawn = grid.plain(part.chart.grid, part.rows, part.chart.title)
            return _headed(part.chart.title if part.titled else "", drawn)
        case Ladder():
            drawn = charts.stacked(part.chart.ladder, reader.text("ambitions.open"))
            labelled = charts.labelled(part.chart, drawn)
            return _headed(part.chart.title, labelled + _remark(part.goal))


def _lines(words: Sequence[str]) -> Markup:
    return tag("ul", *(tag("li", line) for line in words))


def _headed(heading: str, body: Markup) -> Markup:
    return (tag("h2", heading) if heading else NOTHING) + body


def _remark(words: str, look: str = "") -> Markup:
    return tag("p", words, class_=f"v-remark{look}") if words else NOTHING
