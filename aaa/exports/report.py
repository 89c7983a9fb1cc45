"""The highlight report: one A4, what weighs most first. It draws what `stories/report.py` tells."""

from importlib.resources import files

from markupsafe import Markup

from aaa.exports import browser
from aaa.exports.standalone import document
from aaa.exports.takeaway import Takeaway
from aaa.figures import decisions, money, timeline
from aaa.history import sentences
from aaa.html import agreements, charts, lists
from aaa.html.tags import NOTHING, badge, join, small, tag, verbatim
from aaa.metrics.activities import Reason
from aaa.stories import report
from aaa.stories.parts import (
    Activities,
    Decisions,
    Ladder,
    Lines,
    Part,
    Section,
    Variance,
    Words,
    weight,
)


def pdf(taken: Takeaway) -> bytes:
    """Return the report as PDF.

    Raises:
        NoBrowserError: there is no browser on this machine.
    """
    return browser.pdf(html(taken))


def html(taken: Takeaway) -> str:
    """Return the report as a page of HTML that prints as one sheet, or as many as it needs."""
    story = report.story(taken, taken.before)
    counts, asked, attention, agreed, changed, *rest = story.parts
    cautions = [one.text for one in rest if isinstance(one, Words)]
    money, following, ambitions, remarks = (one for one in rest if not isinstance(one, Words))
    example = tag("p", tag("span", taken.text("frame.example"), class_="r-example"))
    body = tag(
        "div",
        tag(
            "header",
            example if taken.shown.is_example else NOTHING,
            tag("p", story.name),
            tag("h1", story.title),
            tag("p", counts.text if isinstance(counts, Words) else ""),
        ),
        lists.items(cautions, "r-cautions"),
        _part(asked, taken),
        _part(attention, taken),
        tag("div", _part(agreed, taken), _part(following, taken), class_="r-two"),
        _part(changed, taken),
        _part(money, taken),
        _part(ambitions, taken),
        _part(remarks, taken),
        tag("footer", " · ".join([sentences.cut(taken.name, report.LONGEST_NAME), *taken.facts()])),
        class_="r-sheet",
    )
    return document(
        taken.text("report.name", name=taken.name),
        body + tag("script", verbatim(_file("report.js"))),
        _file("report.css"),
        taken.lang,
    )


def _file(name: str) -> str:
    return files("aaa.exports").joinpath(name).read_text("utf-8")


def _part(part: Part, taken: Takeaway) -> Markup:
    match part:
        case Section():
            return _section(part.heading, *(_part(one, taken) for one in part.parts))
        case Words():
            return _note(part.text)
        case Decisions():
            return _decisions(part, taken)
        case Activities():
            return _activities(part, taken)
        case Variance():
            return _variance(part, taken)
        case Ladder():
            drawn = charts.stacked(part.chart.ladder, taken.text("ambitions.open"))
            return charts.labelled(part.chart, drawn)
        case Lines() if part.lines:
            lines = (
                tag("li", line, data_kept=place < part.kept)
                for place, line in enumerate(part.lines)
            )
            return _section(part.heading, tag("ul", *lines, **_cuttable(part, taken)))
        case Lines() if part.nothing:
            return _section(part.heading, _note(part.nothing))
        case Lines():
            return NOTHING
        case _:
            raise TypeError(f"no report has a {type(part).__name__} yet")


def _section(heading: str, *body: Markup) -> Markup:
    if not heading:
        return join(body)
    return tag("section", tag("h2", heading), *body)


def _note(words: str) -> Markup:
    return tag("p", words, class_="r-note")


def _cuttable(part: Part, taken: Takeaway) -> dict[str, object]:
    """Return what says of a list that the script may remove its rows when the page is full, what
    weighs least first, but never those that are kept.
    """
    more = taken.text("report.more", left="{n}")
    return {"data_more": more, "data_weight": int(weight(part))}


def _decisions(part: Decisions, taken: Takeaway) -> Markup:
    """Return decisions asked, none of which is cut, or agreements, of which the last are done."""
    rows = []
    for one in part.rows:
        row = decisions.row(one, part.as_of, taken.lang)
        due = " · ".join(filter(None, (row.day, row.left)))
        if part.asked:
            cells = [tag("td", due), tag("th", row.text, scope="row"), tag("td", row.who)]
        else:
            icon = agreements.ICONS[row.state]
            below = tag("small", f"{row.who} · {due}")
            state = badge(icon, taken.text(f"slide.{row.state}"))
            cells = [tag("td", state), tag("th", row.text, " ", below, scope="row")]
        rows.append(tag("tr", *cells, data_kept=part.asked or one.overdue))
    heads = decisions.heads(part.asked, None, taken.lang)
    head = tag("thead", tag("tr", *(tag("th", words, scope="col") for words in heads)))
    body = tag("tbody", *rows, **_cuttable(part, taken))
    return tag(
        "table",
        head if part.asked else NOTHING,
        body,
        class_="r-asked" if part.asked else "r-agreed",
    )


def _activities(part: Activities, taken: Takeaway) -> Markup:
    """Return what asks for attention; what is red or late is never cut."""
    lang = taken.lang
    rows = []
    for one in part.rows:
        marks = timeline.states(one, lang)
        note = sentences.cut(one.note, report.LONGEST_NOTE) if one.note else ""
        cells = (
            tag("td", *(badge(name, word) for name, word in marks[1:] or marks)),
            tag(
                "th", sentences.cut(one.name), tag("small", note) if note else NOTHING, scope="row"
            ),
            tag("td", timeline.lead(one, lang)),
            tag("td", timeline.period_words(one, lang)),
            tag("td", timeline.over(one, part.as_of, lang)),
        )
        rows.append(tag("tr", *cells, data_kept=one.reason in (Reason.RED, Reason.LATE)))
    if not rows:
        return _note(part.nothing) if part.nothing else NOTHING
    names = ("state", "activity", "lead", "period_head", "over")
    heads = (tag("th", taken.text(f"report.{name}"), scope="col") for name in names)
    body = tag("tbody", *rows, **_cuttable(part, taken))
    return tag("table", tag("thead", tag("tr", *heads)), body, class_="r-attention")


def _variance(part: Variance, taken: Takeaway) -> Markup:
    heads = (tag("th", taken.text(name), scope="col") for name in money.HEADS)
    rows = []
    for one in (*part.rows, part.chart.variance.total):
        cells = (
            tag("td", one.estimate),
            tag("td", one.paid, small(one.share)),
            tag("td", one.difference, class_="r-wrong" if one.is_over else None),
        )
        kept = one.is_over or not one.funder
        name = tag("th", one.line, small(one.funder), scope="row")
        rows.append(
            tag("tr", name, *cells, data_kept=kept, class_=None if one.funder else "r-total")
        )
    body = tag("tbody", *rows, **_cuttable(part, taken))
    return tag("table", tag("thead", tag("tr", *heads)), body, class_="r-numbers")
