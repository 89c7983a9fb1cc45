"""A chart as HTML, whatever it is made of."""

from markupsafe import Markup

from aaa.figures.bars import Bars
from aaa.figures.chart import Chart
from aaa.figures.drawings import (
    Ladder,
    Open,
    Pace,
    Rung,
    Sentences,
    Slip,
    Slips,
    Timeline,
    Told,
    Variance,
)
from aaa.figures.grid import Grid
from aaa.figures.timeline import period_words
from aaa.html import bars, grid, lists, money, timeline
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, small, tag

_MOST_OF_A_GROUP = 60  # sentences on a page; the table behind them holds them all
_MOST_CELLS = 8  # of slip; beyond two years the number tells

_MOST_STEPS = 4  # of a rung with a label each
_LOOKS = 5  # of the segments of a stacked ladder


def drawing(chart: Chart, reader: Reader) -> Markup:
    """Return a chart as HTML, without its title."""
    match chart.body:
        case Bars():
            return bars.strips(chart.body)
        case Grid():
            return grid.heat(chart.body, chart.title, reader)
        case Timeline():
            return timeline.drawing(chart.body, reader)
        case Ladder():
            return ladder(chart.body)
        case Slips():
            return slips(chart.body, reader)
        case Sentences():
            return sentences(chart.body, reader)
        case Open():
            return lists.decisions(chart.body.rows, reader.lang)
        case Variance():
            return money.variance(chart.body, chart.body.rows, reader)
        case Pace():
            return money.pace(chart.body, reader)


def labelled(chart: Chart, inside: Markup) -> Markup:
    """Return a drawing with its text alternative."""
    return tag("div", inside, role="group", aria_label=chart.alt)


def ladder(drawn: Ladder) -> Markup:
    """Return the ladder of an ambition."""
    goal = NOTHING
    if drawn.target is not None:
        mark = tag("span", class_="a-target", style=f"left:{100 * drawn.target:.2f}%")
        track = tag("span", mark, class_="a-rung-track", aria_hidden="true")
        goal = _step(drawn.goal, track, " a-goal")
    return tag("ul", *map(_rung, drawn.rungs), goal, class_="a-ladder")


def stacked(drawn: Ladder, open_words: str) -> Markup:
    """Return the rungs behind each other in one bar over the whole width, with a label below for
    each; one that was not measured is a hatched slot outside the scale, and where none was the bar
    is open.

    Args:
        drawn: the ladder.
        open_words: what is left of the target is called.
    """
    segments, labels = [], []
    for place, (rung, width) in enumerate(zip(drawn.rungs, drawn.stacked, strict=True)):
        look = f"a-seg a-r{min(place, _LOOKS - 1)}" if rung.facts else "a-seg a-slot"
        if width or (not rung.facts and any(drawn.stacked)):
            style = f"width:{100 * width:.2f}%" if rung.facts else None
            segments.append(tag("span", class_=look, style=style))
        known = small(rung.share) if rung.share else NOTHING
        number = rung.number or rung.value
        value = tag("b", number, class_=None if rung.facts else "a-unknown") + known
        date = tag("span", rung.facts[0], class_="a-quiet") if rung.facts else NOTHING
        swatch = tag("span", class_=look)
        change = tag("b", rung.change, class_="a-change") if rung.change else NOTHING
        said = (tag("span", swatch, rung.name), tag("span", value), date, change, _steps(rung))
        labels.append(tag("li", *said))
    if drawn.rest and drawn.target is not None:
        segments.append(tag("span", class_="a-seg a-left"))
        swatch = tag("span", class_="a-seg a-left")
        labels.append(tag("li", tag("span", swatch, open_words), tag("b", drawn.rest)))
    goal = tag("p", drawn.goal, class_="a-stack-goal") if drawn.goal else NOTHING
    bar = tag("div", *segments, class_="a-stack-bar", aria_hidden="true") if drawn.goal else NOTHING
    many = f"--labels:{len(labels)}"
    return tag("div", goal, bar, tag("ul", *labels, style=many), class_="a-stack")


def _steps(rung: Rung) -> Markup:
    """Return the measurements of a rung in time as steps: numbers, a line from 0, days."""
    if not rung.steps:
        return NOTHING
    path, shown = "", range(len(rung.steps))
    for place, (_, _, height) in enumerate(rung.steps):
        top = 100 - 90 * height
        path += f"{'V' if place else 'M0 '}{top:.1f}H{100 * (place + 1)}"
    if len(rung.steps) > _MOST_STEPS:  # a label for the first and the last
        shown = range(0, len(rung.steps), len(rung.steps) - 1)
    svg = tag(
        "svg",
        tag("path", d=path),
        viewBox=f"0 0 {100 * len(rung.steps)} 100",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    values = (tag("span", rung.steps[place][1]) for place in shown)
    days = (tag("small", rung.steps[place][0]) for place in shown)
    return tag("div", tag("p", *values), svg, tag("p", *days), class_="a-steps")


def _rung(rung: Rung) -> Markup:
    if not rung.facts:
        empty = tag("span", class_="a-rung-track a-empty", aria_hidden="true")
        return _step(rung.name, empty + tag("span", rung.value, class_="a-rung-value a-unknown"))
    filled = start = NOTHING
    if rung.length is not None:
        filled = tag("span", class_="a-rung-bar", style=f"width:{100 * rung.length:.2f}%")
    if rung.start is not None:
        start = tag("span", class_="a-base", style=f"left:{100 * rung.start:.2f}%")
    track = tag("span", filled, start, class_="a-rung-track", aria_hidden="true")
    value = tag("span", tag("b", rung.value), small(rung.share), class_="a-rung-value")
    source = tag("span", " · ".join(rung.facts), class_="a-rung-source")
    return _step(rung.name, track + value + source)


def _step(name: str, inside: Markup, look: str = "") -> Markup:
    return tag("li", tag("span", name, class_="a-rung-name"), inside, class_=f"a-rung{look}")


def slips(drawn: Slips, reader: Reader) -> Markup:
    """Return slip by theme."""
    parts = []
    for theme, said, mine in drawn.groups:
        parts.append(tag("h3", theme, small(said), class_="a-tl-theme"))
        parts.append(tag("ul", *(_slip(one, reader) for one in mine)))
    return tag("div", *parts, class_="a-slip")


def _slip(one: Slip, reader: Reader) -> Markup:
    look = "a-later" if one.quarters > 0 else "a-earlier"
    cells = [tag("i")] * min(abs(one.quarters), _MOST_CELLS)
    return tag(
        "li",
        lists.called(one.activity, reader),
        tag("span", period_words(one.activity, reader.lang), class_="a-when"),
        tag("span", *cells, class_=f"a-slip-cells {look}", aria_hidden="true"),
        tag("b", one.words),
        tag("span", one.moved, class_="a-when"),
        class_="a-slip-row",
    )


def sentences(drawn: Sentences, reader: Reader) -> Markup:
    """Return sentences by group."""
    return tag("div", *(_told(one, reader) for one in drawn.groups), class_="a-changes")


def _told(one: Told, reader: Reader) -> Markup:
    left = len(one.sentences) - _MOST_OF_A_GROUP
    return tag(
        "section",
        tag("h2", one.heading, small(one.sums), class_="a-heading"),
        lists.items(one.sentences[:_MOST_OF_A_GROUP], "a-plain"),
        lists.remark(reader.text("changes.more", n=left)) if left > 0 else NOTHING,
    )
