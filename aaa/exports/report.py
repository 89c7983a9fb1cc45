"""The highlight report: one A4 with period, status, what changed, what comes next, money, ambitions
and the decisions asked.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import pandas as pd

from aaa import metrics
from aaa.exports import browser
from aaa.exports.standalone import document
from aaa.exports.takeaway import Takeaway
from aaa.figures import budget, overview, timeline
from aaa.figures import decisions as decision_figures
from aaa.figures.html import escape
from aaa.figures.ladder import title as ladder_title
from aaa.history import changes, sentences
from aaa.metrics.activities import Reason
from aaa.metrics.budget import NOT_RECORDED
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
    """Return the report as a page of HTML that prints as one sheet."""
    counts = metrics.activities.by_status(taken.shown.activities)
    example = (
        f'<p><span class="r-example">{escape(taken.text("frame.example"))}</span></p>'
        if taken.shown.is_example
        else ""
    )
    head = (
        f"<header>{example}<p>"
        f"{escape(taken.text('report.name', name=sentences.cut(taken.name, _LONGEST_NAME)))} · "
        f"{escape(_period(taken))}</p><h1>{escape(overview.title(counts, taken.lang))}</h1>"
        "</header>"
    )
    facts = " · ".join([sentences.cut(taken.name, _LONGEST_NAME), *taken.facts()])
    foot = f"<footer>{escape(facts)}</footer>"
    body = (
        f'{head}<div class="r-two">{_status(taken)}{_attention(taken)}</div>{_changes(taken)}'
        f'<div class="r-two">{_next(taken)}{_asked(taken)}</div>'
        f"{_cautions(taken)}{_money(taken)}{_ambitions(taken)}{foot}"
    )
    script = f"<script>{_file('report.js')}</script>"
    return document(
        taken.text("report.name", name=taken.name),
        f'<div class="r-sheet">{body}</div>{script}',
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


def _section(heading: str, body: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{body}</section>"


def _list(taken: Takeaway, lines: Iterable[str], nothing: str, kept: int = 0) -> str:
    """Return lines of HTML as a list, from which the script may remove lines when the page is full,
    but never the first `kept`; without lines, the words `nothing`.
    """
    items = "".join(
        f"<li{' data-kept' if place < kept else ''}>{line}</li>" for place, line in enumerate(lines)
    )
    more = escape(taken.text("report.more", left="{n}"))
    return (
        f'<ul data-more="{more}">{items}</ul>'
        if items
        else f'<p class="r-note">{escape(nothing)}</p>'
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are HTML."""
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(f'<tr><th scope="row">{row[0]}</th>{"".join(row[1:])}</tr>' for row in rows)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _td(words: str, *, unknown: bool = False) -> str:
    return f'<td class="r-unknown">{escape(words)}</td>' if unknown else f"<td>{escape(words)}</td>"


def _status(taken: Takeaway) -> str:
    """Return the number of activities by status, that of the last meeting beside this one."""
    now, then = _counts(taken.shown), _counts(taken.before) if taken.before is not None else None
    names = {code.value: wording.status(code, taken.lang) for code in StatusCode}
    names |= {
        "all": taken.text("column.total"),
        "late": taken.text("late"),
        "attention": taken.text("overview.attention"),
    }
    missing = taken.text("not_reported")
    rows = []
    for key, name in names.items():
        before = (
            []
            if then is None
            else [_td(missing if then[key] is None else str(then[key]), unknown=then[key] is None)]
        )
        rows.append(
            [
                escape(name[:1].upper() + name[1:]),
                *before,
                _td(missing if now[key] is None else str(now[key]), unknown=now[key] is None),
            ]
        )
    head = [
        taken.text("report.activities"),
        *([taken.text("report.then")] if then is not None else []),
        taken.text("report.now"),
    ]
    note = (
        "" if then is not None else f'<p class="r-note">{escape(taken.text("report.no_then"))}</p>'
    )
    return _section(taken.text("report.status"), _table(head, rows) + note)


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


def _attention(taken: Takeaway) -> str:
    asking = metrics.activities.attention(taken.shown.activities)
    known = metrics.activities.attention_is_known(taken.shown.activities)
    lines = [_called(row, taken) for row in asking.itertuples(index=False)]
    nothing = taken.text("slide.attention_none" if known else "slide.attention_unknown")
    return _section(taken.text("overview.attention_heading"), _list(taken, lines, nothing))


def _called(row: Any, taken: Takeaway) -> str:
    """Return an activity that asks for attention: its name, its state and how things stand."""
    badges = timeline.badges(row, timeline.badge_words(taken.lang))
    note = (
        f" <small>{escape(sentences.cut(row.note, _LONGEST_NOTE))}</small>"
        if isinstance(row.note, str)
        else ""
    )
    return f"{_name(row)}{badges}{note}"


def _name(row: Any) -> str:
    nr = f"{row.nr} " if isinstance(row.nr, str) else ""
    return escape(sentences.cut(f"{nr}{timeline.title_words(row)}"))


def _changes(taken: Takeaway) -> str:
    if taken.found is None:
        return _section(
            taken.text("page.changes"),
            f'<p class="r-note">{escape(taken.text("changes.title_nothing"))}</p>',
        )
    heading = taken.text("changes.title_none", since=taken.since)
    if taken.found:
        heading = taken.text("changes.title", n=len(taken.found), since=taken.since)
    parts = [
        f"{sentences.group(group, taken.lang)} {len(mine)}"
        for group, mine in changes.grouped(taken.found).items()
    ]
    note = f'<p class="r-note">{escape(" · ".join(parts))}</p>' if parts else ""
    return _section(
        heading,
        note + _list(taken, [escape(sentences.change(one, taken.lang)) for one in taken.found], ""),
    )


def _next(taken: Takeaway) -> str:
    """Return what runs in the quarter after the date."""
    as_of = taken.shown.as_of
    if as_of is None or as_of.year == dt.MAXYEAR:
        return _section(
            taken.text("report.next_unknown"),
            f'<p class="r-note">{escape(taken.text("report.no_date"))}</p>',
        )
    quarter = period.quarter_months(as_of.year, period.quarter_of(period.month_at(as_of)))
    following = period.first_day(quarter[-1] + 1)
    rows = metrics.activities.in_order_of_time(
        metrics.activities.running_on(
            metrics.activities.open_ones(taken.shown.activities), following
        )
    )
    due = metrics.activities.due(rows, following)["ref"].tolist()
    lines = [
        f"{_name(row)}"
        f" <small>{escape(timeline.period_words(row, taken.lang))}</small>{_due(row, due, taken)}"
        for row in rows.itertuples(index=False)
    ]
    heading = taken.text("report.next", quarter=wording.quarter_of(following), n=len(rows))
    return _section(heading, _list(taken, lines, taken.text("report.next_none")))


def _due(row: Any, due: Sequence[str], taken: Takeaway) -> str:
    return f" <b>{escape(taken.text('report.due'))}</b>" if row.ref in due else ""


def _asked(taken: Takeaway) -> str:
    """Return what needs a decision: red activities, and decisions that are still open; then the
    actions overdue.
    """
    left = metrics.decisions.open_ones(taken.whole.decisions, taken.whole.as_of)
    red = taken.shown.activities[taken.shown.activities["reason"] == Reason.RED]
    lines = []
    for row in red.itertuples(index=False):
        has_note = isinstance(row.note, str)
        why = sentences.cut(row.note, _LONGEST_NOTE) if has_note else taken.text("report.red")
        lines.append(f"{_name(row)}: {escape(why)}")
    for row in [
        *metrics.decisions.asked(left).itertuples(index=False),
        *left[left["overdue"]].itertuples(index=False),
    ]:
        late = f", {taken.text('slide.overdue')}" if row.overdue else ""
        kind = wording.decision(row.kind, taken.lang)
        lines.append(
            escape(
                f"{kind}: {sentences.cut(wording.text(row.text, taken.lang))}"
                f" ({decision_figures.due(row.due, taken.lang)}{late})"
            )
        )
    nothing = taken.text("report.asked_none")
    return _section(taken.text("report.asked"), _list(taken, lines, nothing, kept=len(lines)))


def _cautions(taken: Takeaway) -> str:
    """Return what a reader must know before using the numbers; none is ever cut."""
    lines = "".join(f"<li>{escape(words)}</li>" for words in taken.cautions)
    return f'<ul class="r-cautions">{lines}</ul>' if lines else ""


def _money(taken: Takeaway) -> str:
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
    ) -> list[str]:
        sure = [
            _euros(amounts[level], lang, "unknown" if level == NOT_RECORDED else "not_recorded")
            for level in columns
        ]
        return [_euros(estimate, lang), *sure, _euros(paid, lang, "not_recorded")]

    rows = []
    for row in funders.to_dict("records"):
        mine = levels[levels["funder"] == row["funder"]].set_index("certainty")["amount"]
        paid = spent[spent["funder"] == row["funder"]]["paid"].sum(min_count=1)
        name = escape(
            f"{budget.funder_word(row['funder'], lang)} {wording.share(row['share'], lang)}"
        )
        rows.append([name, *cells(row["amount"], mine.to_dict(), paid)])
    paid, share = metrics.budget.paid_of_estimate(spent)
    totals = {
        level: levels[levels["certainty"] == level]["amount"].sum(min_count=1) for level in columns
    }
    rows.append(
        [
            f"<b>{escape(taken.text('column.total'))}</b>",
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
        f"; {taken.text('report.paid', share=wording.share(share, lang))}" if paid.known else ""
    )
    note = f'<p class="r-note">{escape(sentences.cut(per_unit.title))}. {escape(per_unit.note)}</p>'
    return _section(said, _table([taken.text(key) for key in heads], rows) + note)


def _euros(amount: float | None, lang: str, unknown: str = "unknown") -> str:
    return _td(wording.euros(amount, lang, unknown), unknown=amount is None or pd.isna(amount))


def _ambitions(taken: Takeaway) -> str:
    rungs = metrics.ambitions.ladders(taken.whole.ambitions, taken.whole.measurements)
    lines = []
    for row in metrics.ambitions.named(taken.whole.ambitions):
        mine = metrics.ambitions.of_ambition(rungs, row.ambition)
        measured = mine[mine["value"].notna()]
        others = [
            f"{formatting.number(r.value, taken.lang)} {wording.rung_said(r.rung, taken.lang)}"
            for r in measured.iloc[1:].itertuples(index=False)
        ]
        date = f" ({_latest(measured, taken.lang)})" if len(measured) else ""
        lines.append(
            escape(
                "; ".join(
                    [ladder_title(row.ambition, row.unit, row.target, mine, taken.lang), *others]
                )
                + date
            )
        )
    nothing = taken.text("ambitions.title_empty")
    return _section(taken.text("overview.why"), _list(taken, lines, nothing, _AMBITIONS))


def _latest(measured: pd.DataFrame, lang: str) -> str:
    latest: dt.date = measured["date"].max().date()
    return formatting.date(latest, lang)
