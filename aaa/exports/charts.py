"""Every chart of the pages, of one programme at once: what the workbook of figures holds and what
can be taken home as an image or a table.
"""

from aaa.exports.takeaway import Takeaway
from aaa.figures.chart import Chart


def charts(taken: Takeaway) -> dict[str, Chart]:
    """Return every chart by its name, in the order of the pages; one without anything to show is
    left out.

    Args:
        taken: what is taken home. Filters act on the same charts as on the pages: not on money,
            ambitions, slip and changes.
    """
    there = (chart for story in taken.stories.values() for chart in story.charts)
    return {chart.name: chart for chart in there if len(chart.table.frame)}
