"""Every chart of the pages, of one programme at once: what the workbook of figures holds and what
can be taken home as an image or a table.
"""

from aaa import metrics
from aaa.exports.takeaway import Takeaway
from aaa.figures import changes as change_figures
from aaa.figures import decisions as decision_figures
from aaa.figures import large, slip
from aaa.figures.chart import Chart
from aaa.stories.parts import Bars, Grid, Ladder


def charts(taken: Takeaway) -> dict[str, Chart]:
    """Return every chart by its name, in the order of the pages; one without anything to show is
    left out.

    Args:
        taken: what is taken home. Filters act on the same charts as on the pages: not on money,
            ambitions, slip and changes.
    """
    shown, whole, lang = taken.shown, taken.whole, taken.lang
    made: list[Chart] = []
    if len(shown.activities):
        made.append(
            large.timeline_of(shown.activities, shown.themes, shown.year, shown.as_of, lang)
        )
    for story in taken.stories.values():
        drawn = [part.chart for part in story.parts if isinstance(part, Bars | Grid | Ladder)]
        made += [chart for chart in drawn if len(chart.table.frame)]
    slipped = metrics.activities.slipped(whole.activities, taken.moves)
    if len(slipped):
        made.append(
            slip.slip(
                slipped, metrics.activities.slip_by_theme(whole.activities, whole.themes), lang
            )
        )
    if taken.found is not None:
        made.append(change_figures.told(taken.found, taken.since, lang))
    if len(whole.decisions):
        made.append(
            decision_figures.open_ones(
                metrics.decisions.open_ones(whole.decisions, whole.as_of), lang
            )
        )
    return {chart.name: chart for chart in made}
