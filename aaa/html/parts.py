"""The parts of a story as HTML, as a page of the dashboard and of the copy shows them."""

from markupsafe import Markup

from aaa.figures.timeline import LARGE
from aaa.html import bars, details, findings, lists, timeline
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, join, status_class, tag
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Calendars,
    Cards,
    Details,
    Facts,
    Findings,
    Grid,
    Ladder,
    Lines,
    Linked,
    OfAChart,
    Part,
    Rows,
    Shortlist,
    Slip,
    Strip,
    Tiles,
    Words,
)
from aaa.workbook.schema import StatusCode

_MOST_OF_A_THEME = 10  # activities of each theme of a large programme


def html(part: Part, reader: Reader, *, short: bool = False) -> Markup:
    """Return a part that is no chart as HTML.

    Args:
        part: what is drawn.
        reader: for whom.
        short: lists are cut, as on a page that opens the rest.
    """
    match part:
        case Words():
            return lists.remark(part.text, part.heading, missing=part.missing, warning=part.warning)
        case Tiles():
            return lists.headline(part.tiles)
        case Strip():
            return _strip(part, reader.lang)
        case Activities():
            listed = (
                lists.activities(part.rows, reader, led=part.led, as_of=part.as_of)
                if part.rows
                else NOTHING
            )
            return lists.section(part.heading, listed, part.nothing, below=part.below)
        case Shortlist():
            most, notes = part.most if short or part.of else 0, part.notes
            listed = NOTHING
            if part.rows:
                listed = lists.activities(
                    part.rows,
                    reader,
                    most=most,
                    notes=notes,
                    of=part.of,
                    led=part.led,
                    as_of=part.as_of,
                )
            return lists.section(part.heading, listed, part.nothing)
        case ByTheme():
            is_large = sum(len(group.activities) for group in part.groups) > LARGE
            most = _MOST_OF_A_THEME if short and is_large else 0
            return lists.by_theme(part.groups, reader, most)
        case Details():
            return details.activity(part.activity, reader.lang, titled=False)
        case _:
            return _listed(part, reader)


def head(part: OfAChart, source: str) -> Markup:
    """Return what stands above the drawing of a chart.

    Args:
        part: the chart.
        source: where its numbers come from, in words.
    """
    chart = part.chart
    titled = isinstance(part, Bars | Ladder | Slip) or (isinstance(part, Grid) and part.titled)
    return join(
        (
            lists.heading(part.heading) if isinstance(part, Slip) else NOTHING,
            tag("h2", chart.title, class_="a-chart-title") if titled else NOTHING,
            lists.remark(chart.note) if chart.note else NOTHING,
            _above(part),
            tag("p", source, class_="a-source"),
        )
    )


def _above(part: OfAChart) -> Markup:
    match part:
        case Bars():
            return bars.key(part.chart.bars)
        case Ladder():
            return lists.remark(part.facts)
    return NOTHING


def naming(part: Ladder, reader: Reader) -> Activities:
    """Return the activities that say that they contribute to an ambition."""
    nothing = reader.text("ambitions.contributing_empty")
    return Activities(part.naming, part.goal, nothing, below=True)


def _listed(part: Part, reader: Reader) -> Markup:
    """Return a part of words under a heading."""
    match part:
        case Cards():
            cards = (lists.card(one.name, one.tag, one.text) for one in part.cards)
            body = lists.items(cards, "a-cards")
            return lists.section(part.heading, body, part.nothing, below=part.below)
        case Lines():
            body = lists.items(part.lines, "a-plain")
            return lists.section(part.heading, body, part.nothing, below=part.below)
        case Linked():
            names = [reader.opened(link, words) for link, words in part.links]
            body = lists.items([*names, *([part.more] if part.more else [])], "a-links")
            return lists.section(part.heading, body, part.nothing)
        case Calendars():
            return _calendars(part, reader)
        case Findings():
            body = findings.by_sheet(part.found, reader.lang, part.ticks)
            return lists.section(part.heading, body, part.nothing)
        case Rows():
            note = lists.remark(part.note) if part.note else NOTHING
            return lists.table(part.table, part.caption, reader.lang) + note
        case Facts():
            return lists.section(part.heading, lists.facts(part.facts))
        case _:
            raise TypeError(f"no page has a {type(part).__name__} yet")


def _strip(part: Strip, lang: str) -> Markup:
    """Return one bar of all activities by status, and below it the statuses that occur, each with
    its look, icon, word and number: the bar's direct labels.
    """
    both = zip(part.counts["state"], part.counts["activities"].tolist(), strict=True)
    counts = [(StatusCode(state), count) for state, count in both if count]
    looks = ((status_class(state), count) for state, count in counts)
    shapes = (tag("span", class_=f"a-bar {look}", style=f"flex:{count}") for look, count in looks)
    keys = (timeline.state_key(state, lang, count) for state, count in counts)
    return tag("div", *shapes, class_="a-strip", aria_hidden="true") + tag(
        "ul", *keys, class_="a-key"
    )


def _calendars(part: Calendars, reader: Reader) -> Markup:
    """Return calendars with what can be done with each; nothing where nothing can."""
    shown = [(name, reader.calendar(code)) for code, name in part.codes]
    if not any(body for _, body in shown):
        return NOTHING
    body = join(one for _, one in shown)
    if any(name for name, _ in shown):
        inside = (tag("dt", name) + tag("dd", one) for name, one in shown)
        body = tag("dl", *inside, class_="a-facts a-calendars")
    note = lists.remark(part.note) if part.note else NOTHING
    return lists.heading(part.heading, part.lead) + body + note
