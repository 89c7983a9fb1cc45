"""The highlight report: one A4 with period, status, what changed, what comes next, money, ambitions
and the decisions asked.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

import pandas as pd
from markupsafe import Markup

from aaa import metrics
from aaa.exports import browser
from aaa.exports.standalone import document
from aaa.exports.takeaway import Takeaway
from aaa.figures import budget, ladder, overview, timeline
from aaa.figures import decisions as decision_figures
from aaa.history import changes, sentences
from aaa.html import lists
from aaa.html.tags import NOTHING, join, small, tag, verbatim
from aaa.metrics import rows
from aaa.metrics.activities import Reason
from aaa.metrics.budget import NOT_RECORDED
from aaa.metrics.rows import Activity
from aaa.values import period
from aaa.words import formatting, wording
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Certainty, StatusCode

_AMBITIONS = 5  # that are never cut
_LONGEST_NOTE, _LONGEST_NAME = 180, 90  # letters; the pages have them whole


def pdf(taken: Takeaway) -> bytes:
    """Return the report as PDF.

    Raises:
        NoBrowserError: there is no browser on this machine.
    """
    return browser.pdf(html(taken))


def html(taken: Takeaway) -> str:
    """Return the report as a page of HTML that prints as one sheet, or as many as it needs."""
    counts = metrics.activities.by_status(taken.shown.activities)
    name = sentences.cut(taken.name, _LONGEST_NAME)
    example = tag("p", tag("span", taken.text("frame.example"), class_="r-example"))
    head = tag(
        "header",
        example if taken.shown.is_example else NOTHING,
        tag("p", f"{taken.text('report.name', name=name)} · {_period(taken)}"),
        tag("h1", overview.title(counts, taken.lang)),
    )
    body = tag(
        "div",
        head,
        tag("div", _status(taken), _attention(taken), class_="r-two"),
        _changes(taken),
        tag("div", _next(taken), _asked(taken), class_="r-two"),
        _cautions(taken),
        _money(taken),
        _ambitions(taken),
        _list(taken, taken.remarks, "") if taken.remarks else NOTHING,
        tag("footer", " · ".join([name, *taken.facts()])),
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


def _period(taken: Takeaway) -> str:
    as_of = wording.date(taken.shown.as_of, taken.lang)
    return (
        taken.text("report.period", since=taken.since, as_of=as_of)
        if taken.since
        else taken.text("frame.as_of", date=as_of)
    )


def _section(heading: str, *body: Markup) -> Markup:
    return tag("section", tag("h2", heading), *body)


def _note(words: str) -> Markup:
    return tag("p", words, class_="r-note")


def _list(taken: Takeaway, lines: Sequence[object], nothing: str, kept: int = 0) -> Markup:
    """Return lines as a list, from which the script may remove lines when the page is full, but
    never the first `kept`; without lines, the words `nothing`.
    """
    if not lines:
        return _note(nothing)
    items = (tag("li", line, data_kept=place < kept) for place, line in enumerate(lines))
    return tag("ul", *items, data_more=taken.text("report.more", left="{n}"))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Return a table; of each row the name and its cells."""
    cells = (tag("th", name, scope="col") for name in head)
    body = (tag("tr", tag("th", name, scope="row"), *rest) for name, *rest in rows)
    return tag("table", tag("thead", tag("tr", *cells)), tag("tbody", *body))


def _td(words: str, *, unknown: bool = False) -> Markup:
    return tag("td", words, class_="r-unknown" if unknown else None)


def _status(taken: Takeaway) -> Markup:
    """Return the number of activities by status, that of the last meeting beside this one."""
    now, then = _counts(taken.shown), _counts(taken.before) if taken.before is not None else None
    names = {code.value: wording.status(code, taken.lang) for code in StatusCode}
    names |= {
        "all": taken.text("column.total"),
        "late": taken.text("late"),
        "attention": taken.text("overview.attention"),
    }
    shown = [counts for counts in (then, now) if counts is not None]
    body = [
        (name[:1].upper() + name[1:], *(_counted(counts[key], taken) for counts in shown))
        for key, name in names.items()
    ]
    heads = ["report.activities", *(["report.then"] if then else []), "report.now"]
    note = NOTHING if then else _note(taken.text("report.no_then"))
    return _section(
        taken.text("report.status"), _table([taken.text(key) for key in heads], body), note
    )


def _counted(count: int | None, taken: Takeaway) -> Markup:
    return _td(taken.text("not_reported") if count is None else str(count), unknown=count is None)


def _counts(programme: Programme) -> dict[str, int | None]:
    activities = programme.activities
    by_status = metrics.activities.by_status(activities).set_index("state")["activities"]
    known = metrics.activities.attention_is_known(activities)
    return {
        **{str(code): int(count) for code, count in by_status.items()},
        "late": int(activities["late"].sum()),
        "attention": len(metrics.activities.attention(activities)) if known else None,
        "all": len(activities),
    }


def _attention(taken: Takeaway) -> Markup:
    asking = metrics.activities.attention(taken.shown.activities)
    known = metrics.activities.attention_is_known(taken.shown.activities)
    lines = [_called(one, taken) for one in rows.activities(taken.shown, asking)]
    nothing = taken.text("slide.attention_none" if known else "slide.attention_unknown")
    return _section(taken.text("overview.attention_heading"), _list(taken, lines, nothing))


def _called(one: Activity, taken: Takeaway) -> Markup:
    """Return an activity that asks for attention: its name, its state and how things stand."""
    note = small(sentences.cut(one.note, _LONGEST_NOTE)) if one.note else NOTHING
    return join((sentences.cut(one.name), lists.badges(one, taken.lang), note))


def _changes(taken: Takeaway) -> Markup:
    if taken.found is None:
        return _section(taken.text("page.changes"), _note(taken.text("changes.title_nothing")))
    story = taken.stories["changes"]
    parts = [
        f"{sentences.group(group, taken.lang)} {len(mine)}"
        for group, mine in changes.grouped(taken.found).items()
    ]
    lines = [sentences.change(one, taken.lang) for one in taken.found]
    note = _note(" · ".join(parts)) if parts else NOTHING
    return _section(story.title, note, _list(taken, lines, ""))


def _next(taken: Takeaway) -> Markup:
    """Return what runs in the quarter after the date."""
    as_of = taken.shown.as_of
    if as_of is None or as_of.year == dt.MAXYEAR:
        words = taken.text("report.no_date")
        return _section(taken.text("report.next_unknown"), _note(words))
    quarter = period.quarter_months(as_of.year, period.quarter_of(period.month_at(as_of)))
    following = period.first_day(quarter[-1] + 1)
    left = metrics.activities.open_ones(taken.shown.activities)
    running = metrics.activities.in_order_of_time(metrics.activities.running_on(left, following))
    due = set(metrics.activities.due(running, following)["ref"])
    lines = []
    for one in rows.activities(taken.shown, running):
        ends = join((" ", tag("b", taken.text("report.due")))) if one.ref in due else NOTHING
        when = small(timeline.period_words(one, taken.lang))
        lines.append(join((sentences.cut(one.name), when, ends)))
    heading = taken.text("report.next", quarter=wording.quarter_of(following), n=len(lines))
    return _section(heading, _list(taken, lines, taken.text("report.next_none")))


def _asked(taken: Takeaway) -> Markup:
    """Return what needs a decision: red activities, and decisions that are still open; then the
    actions overdue.
    """
    red = taken.shown.activities[taken.shown.activities["reason"] == Reason.RED]
    lines = []
    for one in rows.activities(taken.shown, red):
        why = sentences.cut(one.note, _LONGEST_NOTE) if one.note else taken.text("report.red")
        lines.append(f"{sentences.cut(one.name)}: {why}")
    left = metrics.decisions.open_ones(taken.whole.decisions, taken.whole.as_of)
    asked = rows.decisions(metrics.decisions.asked(left))
    for row in (*asked, *rows.decisions(left[left["overdue"]])):
        late = f", {taken.text('slide.overdue')}" if row.overdue else ""
        kind = wording.decision(row.kind, taken.lang)
        text = sentences.cut(wording.text(row.text, taken.lang))
        lines.append(f"{kind}: {text} ({decision_figures.due(row.due, taken.lang)}{late})")
    nothing = taken.text("report.asked_none")
    return _section(taken.text("report.asked"), _list(taken, lines, nothing, kept=len(lines)))


def _cautions(taken: Takeaway) -> Markup:
    """Return what a reader must know before using the numbers; none is ever cut."""
    return lists.items(taken.cautions, "r-cautions")


def _money(taken: Takeaway) -> Markup:
    """Return the estimate by funder with its certainty, and beside it what that is per home and per
    job.
    """
    whole, lang = taken.whole, taken.lang
    funders = metrics.budget.by_funder(whole.costs)
    levels = metrics.budget.certainty(whole.costs, whole.commitments)
    spent = metrics.budget.spending_against_estimate(whole.costs, whole.spending)
    columns = (*[level.value for level in Certainty], NOT_RECORDED)

    def cells(
        estimate: float | None, amounts: Mapping[str, float], paid: float | None
    ) -> list[Markup]:
        sure = [
            _euros(amounts[level], lang, "unknown" if level == NOT_RECORDED else "not_recorded")
            for level in columns
        ]
        return [_euros(estimate, lang), *sure, _euros(paid, lang, "not_recorded")]

    body: list[list[str]] = []
    for row in funders.to_dict("records"):
        mine = levels[levels["funder"] == row["funder"]].set_index("certainty")["amount"]
        paid = spent[spent["funder"] == row["funder"]]["paid"].sum(min_count=1)
        name = f"{budget.funder_word(row['funder'], lang)} {wording.share(row['share'], lang)}"
        body.append([name, *cells(row["amount"], mine.to_dict(), paid)])
    paid, of_all = metrics.budget.paid_of_estimate(spent)
    totals = {
        level: levels[levels["certainty"] == level]["amount"].sum(min_count=1) for level in columns
    }
    body.append(
        [
            tag("b", taken.text("column.total")),
            *cells(metrics.budget.estimate(whole.costs).amount, totals, paid.amount),
        ]
    )
    heads = [
        "column.funder",
        "column.estimate",
        *[f"certainty.{level.name.lower()}" for level in Certainty],
        "not_recorded",
        "column.paid",
    ]
    per_unit = budget.per_ambition(metrics.budget.per_ambition(whole.costs, whole.ambitions), lang)
    said = f"{budget.title(funders, lang)}" + (
        f"; {taken.text('report.paid', share=wording.share(of_all, lang))}" if paid.known else ""
    )
    note = _note(f"{sentences.cut(per_unit.title)}. {per_unit.note}")
    return _section(said, _table([taken.text(key) for key in heads], body), note)


def _euros(amount: float | None, lang: str, unknown: str = "unknown") -> Markup:
    return _td(wording.euros(amount, lang, unknown), unknown=amount is None or pd.isna(amount))


def _ambitions(taken: Takeaway) -> Markup:
    rungs = metrics.ambitions.ladders(taken.whole.ambitions, taken.whole.measurements)
    lines = []
    for one in rows.ambitions(taken.whole.ambitions):
        mine = rows.measurements(metrics.ambitions.of_ambition(rungs, one.ambition))
        measured = [rung for rung in mine if rung.value is not None]
        others = [
            f"{wording.number(rung.value, taken.lang)} {wording.rung_said(rung.rung, taken.lang)}"
            for rung in measured[1:]
        ]
        dates = [rung.date for rung in measured if rung.date is not None]
        date = f" ({formatting.date(max(dates), taken.lang)})" if dates else ""
        lines.append("; ".join([ladder.title(one, mine, taken.lang), *others]) + date)
    nothing = taken.text("ambitions.title_empty")
    return _section(taken.text("overview.why"), _list(taken, lines, nothing, _AMBITIONS))
