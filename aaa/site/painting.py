"""Draw a story as a page that nobody presses: of the copy, and what a phone sees first of the
dashboard.
"""

from collections.abc import Callable

from markupsafe import Markup

from aaa.exports.takeaway import Takeaway
from aaa.figures.chart import Chart
from aaa.html import charts, lists, parts
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, join, tag
from aaa.stories.parts import Ladder, OfAChart, Part, Story, in_pairs, is_beside


def body(
    story: Story,
    taken: Takeaway,
    reader: Reader,
    table: Callable[[Chart], str] | None = None,
    *,
    short: bool = False,
) -> Markup:
    """Return the parts of a story in their order, charts beside each other.

    Args:
        story: what is told.
        taken: the programme.
        reader: for whom.
        table: where the table of a chart can be found as a file; None shows no tables.
        short: lists are cut, as on a page that opens the rest.
    """

    def draw(part: Part) -> Markup:
        if not isinstance(part, OfAChart):
            return parts.html(part, reader, short=short)
        drawing = charts.labelled(part.chart, charts.drawing(part.chart, reader))
        below = (
            parts.html(parts.naming(part, reader), reader) if isinstance(part, Ladder) else NOTHING
        )
        head = parts.head(part, taken.source(part.chart.source))
        return join((head, drawing, _table(part.chart, reader, table), below))

    drawn = ""
    for pair in in_pairs(story.parts):
        both = [draw(part) for part in pair]
        if is_beside(pair[0]):
            drawn += tag("div", *(tag("div", one) for one in both), class_="w-two")
        else:
            drawn += both[0]
    return join((drawn,))


def _table(chart: Chart, reader: Reader, table: Callable[[Chart], str] | None) -> Markup:
    """Return the table of a chart, and a link to it as a file; nothing when it has no rows."""
    if table is None or chart.table.frame.empty:
        return NOTHING
    file = tag("a", reader.text("chart.csv"), href=table(chart), download=True)
    return tag(
        "details",
        tag("summary", reader.text("chart.table")),
        tag("p", file, class_="a-links"),
        lists.table(chart.table, chart.title, reader.lang),
    )
