"""One chart as an image, as the page draws it: title, direct labels, drawing and source."""

from collections.abc import Sequence

from plotly.offline import get_plotlyjs

from aaa.exports import browser
from aaa.exports.standalone import document
from aaa.figures import plot
from aaa.figures.bars import Bars
from aaa.figures.chart import Chart
from aaa.html import bars, charts
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, join, tag, verbatim

_WIDTH = 1280
_TALLEST = 30_000  # pixels: room for some six hundred rows, which are lower than the highest
_ROW, _REST = 110, 700  # pixels of the highest row, and of what stands around the rows
_STYLE = """
html{font-size:17px} body{padding:28px 34px 22px;line-height:1.35}
h1{font-size:1.55rem;line-height:1.2;margin:0 0 .3rem;font-weight:600}
footer{color:var(--quiet);font-size:.9rem;padding-top:.9rem}
.a-scroll{overflow:visible} .a-heat{max-width:none} .a-changes{columns:1}
.a-changes ul{list-style:none;padding:0!important}
.a-changes h2,.a-heading{font-size:1.15rem;margin:.8rem 0 .2rem}
ul.a-plain{margin:0;padding-left:1.2rem}
"""


def png(chart: Chart, facts: Sequence[str], lang: str, *, dark: bool = False) -> bytes:
    """Return a chart as PNG.

    Args:
        chart: what is drawn.
        facts: what stands below it: the programme, the date, where it comes from.
        lang: the reader's language.
        dark: whether the ground is dark.

    Raises:
        NoBrowserError: there is no browser on this machine.
    """
    reader, script = Reader(lang), ""
    key, drawn = NOTHING, charts.drawing(chart, reader)
    if isinstance(chart.body, Bars):
        key, script = bars.key(chart.body), get_plotlyjs()
        drawn = verbatim(
            plot.figure(chart.body, lang, dark).to_html(
                full_html=False,
                include_plotlyjs=False,
                config={**plot.CONFIG, "staticPlot": True},
            )
        )
    body = join(
        (
            tag("h1", chart.title),
            tag("p", chart.note) if chart.note else NOTHING,
            key,
            drawn,
            tag("footer", " · ".join(facts)),
        )
    )
    # What is drawn may be less than its table has: of a large programme it is the themes.
    rows = (
        len(chart.table.frame)
        if isinstance(chart.body, Bars)
        else drawn.count('role="row"') + drawn.count("<tr") + drawn.count("<li")
    )
    height = min(_REST + _ROW * rows, _TALLEST)
    page = document(chart.title, body, _STYLE, lang, dark=dark, script=script)
    return browser.png(page, _WIDTH, height)
