"""The highlight report: one A4 with period, status, what changed, what comes next, money, ambitions
and the decisions asked. It draws what `stories/report.py` tells.
"""

from collections.abc import Iterable
from importlib.resources import files

from markupsafe import Markup

from aaa.exports import browser
from aaa.exports.standalone import document
from aaa.exports.takeaway import Takeaway
from aaa.figures import timeline
from aaa.figures.chart import Table
from aaa.history import sentences
from aaa.html import lists
from aaa.html.tags import NOTHING, join, small, tag, verbatim
from aaa.metrics.activities import Reason
from aaa.metrics.rows import Activity
from aaa.stories import report
from aaa.stories.parts import Activities, Lines, Part, Rows, Words, weight


def pdf(taken: Takeaway) -> bytes:
    """Return the report as PDF.

    Raises:
        NoBrowserError: there is no browser on this machine.
    """
    return browser.pdf(html(taken))


def html(taken: Takeaway) -> str:
    """Return the report as a page of HTML that prints as one sheet, or as many as it needs."""
    story = report.story(taken, taken.before)
    status, attention, changed, following, asked, *rest = story.parts
    example = tag("p", tag("span", taken.text("frame.example"), class_="r-example"))
    cautions = [part.text for part in rest if isinstance(part, Words)]
    body = tag(
        "div",
        tag(
            "header",
            example if taken.shown.is_example else NOTHING,
            tag("p", story.name),
            tag("h1", story.title),
        ),
        tag("div", *_drawn((status, attention), taken), class_="r-two"),
        *_drawn([changed], taken),
        tag("div", *_drawn((following, asked), taken), class_="r-two"),
        lists.items(cautions, "r-cautions"),
        *_drawn((part for part in rest if not isinstance(part, Words)), taken),
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


def _drawn(parts: Iterable[Part], taken: Takeaway) -> list[Markup]:
    return [_part(part, taken) for part in parts]


def _part(part: Part, taken: Takeaway) -> Markup:
    match part:
        case Rows():
            note = _note(part.note) if part.note else NOTHING
            return _section(part.caption, _table(part.table, taken.lang), note)
        case Activities():
            lines = [_called(one, part, taken.lang) for one in part.rows]
            weighty = (Reason.RED, Reason.LATE)
            kept = sum(one.reason in weighty for one in part.rows)
            return _section(part.heading, _list(taken, part, lines, kept))
        case Lines() if part.lines or part.nothing:
            return _section(part.heading, _list(taken, part, part.lines, part.kept))
        case Lines():
            return NOTHING
        case _:
            raise TypeError(f"no report has a {type(part).__name__} yet")


def _section(heading: str, *body: Markup) -> Markup:
    return tag("section", tag("h2", heading) if heading else NOTHING, *body)


def _note(words: str) -> Markup:
    return tag("p", words, class_="r-note")


def _list(
    taken: Takeaway, part: Activities | Lines, lines: Iterable[object], kept: int = 0
) -> Markup:
    """Return the lines of a part as a list, from which the script may remove lines when the page is
    full, what weighs least first, but never the first `kept`.
    """
    items = [tag("li", line, data_kept=place < kept) for place, line in enumerate(lines)]
    more = taken.text("report.more", left="{n}")
    listed = tag("ul", *items, data_more=more, data_weight=int(weight(part)))
    return listed if items else _note(part.nothing)


def _called(one: Activity, part: Activities, lang: str) -> Markup:
    """Return an activity that asks for attention: its name, its state, its lead, when it is
    expected to end and how things stand.
    """
    said = [timeline.led_by(one, part.as_of, lang), timeline.period_words(one, lang)]
    said += [sentences.cut(one.note, report.LONGEST_NOTE)] if one.note else []
    note = small(" · ".join(said))
    return join((sentences.cut(one.name), lists.badges(one, lang), note))


def _table(content: Table, lang: str) -> Markup:
    heads = (tag("th", column.heading, scope="col") for column in content.columns)
    body = []
    for values in content.frame.itertuples(index=False):
        (name, _), *rest = lists.cells(values, content.columns, lang)
        looks = ((words, "r-unknown" if unknown else None) for words, unknown in rest)
        cells = (tag("td", words, class_=look) for words, look in looks)
        body.append(tag("tr", tag("th", name, scope="row"), *cells))
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *body))
