"""A chart as HTML, whatever it is made of."""

from aaa.figures import heat, strips
from aaa.figures.bars import Bars
from aaa.figures.chart import Chart
from aaa.figures.grid import Grid


def html(chart: Chart, lang: str) -> str:
    """Return a chart as HTML.

    Args:
        chart: what is drawn.
        lang: the reader's language.
    """
    match chart.body:
        case Bars():
            return strips.strips(chart.body)
        case Grid():
            return heat.html(chart.body, chart.title, lang)
    return chart.body
