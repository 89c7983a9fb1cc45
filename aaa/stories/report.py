"""Where does the programme stand, in one sheet of paper?"""

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from aaa import metrics
from aaa.figures import budget, ladder, overview, timeline
from aaa.figures import decisions as open_ones
from aaa.figures.chart import Cells, Column, Table
from aaa.history import events, sentences
from aaa.metrics import rows
from aaa.metrics.activities import Reason
from aaa.stories import titles
from aaa.stories.every import Telling
from aaa.stories.parts import Activities, Lines, Part, Rows, Story, Words
from aaa.values import period
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import StatusCode

_AMBITIONS = 5  # that are never cut
LONGEST_NOTE, LONGEST_NAME = 180, 90  # letters; the pages have them whole


def story(telling: Telling, before: Programme | None) -> Story:
    """Tell where the programme stands: how many activities, what asks for attention, what changed,
    what comes next, what is asked; then cautions, money and ambitions.

    Args:
        telling: what is told.
        before: the programme at the version compared with, judged by its own date; None where
            there is none.
    """
    shown, lang = telling.shown, telling.lang
    as_of = wording.date(shown.as_of, lang)
    when = translate(lang, "frame.as_of", date=as_of)
    if telling.since:
        when = translate(lang, "report.period", since=telling.since, as_of=as_of)
    name = sentences.cut(f"{wording.text(shown.name, lang)} {shown.year}", LONGEST_NAME)
    counts = metrics.activities.by_status(shown.activities)
    return Story(
        f"{translate(lang, 'report.name', name=name)} · {when}",
        titles.overview(shown, lang) or overview.title(counts, lang),
        "",
        (
            _status(telling, before),
            _attention(telling),
            _changes(telling),
            _next(telling),
            _asked(telling),
            *(Words(words, warning=True) for words in telling.cautions),
            *_money(telling.whole, lang),
            _ambitions(telling.whole, lang),
            Lines("", telling.remarks),
        ),
    )


def _status(telling: Telling, before: Programme | None) -> Part:
    """Return the number of activities by status, that of the last meeting beside this one."""
    lang, now = telling.lang, _counts(telling.shown)
    then = None if before is None else _counts(before)
    names = {code.value: wording.status(code, lang) for code in StatusCode}
    names["all"] = translate(lang, "column.total")
    names["late"] = translate(lang, "late")
    names["attention"] = translate(lang, "overview.attention")
    frame = pd.DataFrame({"name": [name[:1].upper() + name[1:] for name in names.values()]})
    heads = [Column(translate(lang, "report.activities"))]
    for key, counts in (("report.then", then), ("report.now", now)):
        if counts is not None:
            frame[key] = pd.array([counts[name] for name in names], dtype="Int64")
            heads.append(Column(translate(lang, key), Cells.NUMBER, "not_reported"))
    note = translate(lang, "report.no_then") if then is None else ""
    return Rows(translate(lang, "report.status"), Table(frame, tuple(heads)), note)


def _counts(programme: Programme) -> dict[str, int | None]:
    activities = programme.activities
    by_status = metrics.activities.by_status(activities).set_index("state")["activities"]
    known = metrics.activities.attention_is_known(activities) and programme.as_of is not None
    return {
        **{str(code): int(count) for code, count in by_status.items()},
        "late": int(activities["late"].sum()) if programme.as_of else None,
        "attention": len(metrics.activities.attention(activities)) if known else None,
        "all": len(activities),
    }


def _attention(telling: Telling) -> Part:
    asking = metrics.activities.attention(telling.shown.activities)
    return Activities(
        rows.activities(telling.shown, asking),
        translate(telling.lang, "overview.attention_heading"),
        telling.story("attention").title,
        led=True,
        as_of=telling.shown.as_of,
    )


def _changes(telling: Telling) -> Part:
    changed = telling.story("changes")
    if not telling.found:
        name = translate(telling.lang, "page.changes")
        return Lines(name, (), changed.title)
    counts = events.grouped(telling.found).items()
    groups = [f"{sentences.group(group, telling.lang)} {len(mine)}" for group, mine in counts]
    told = [sentences.event(one, telling.lang) for one in telling.found]
    return Lines(changed.title, (" · ".join(groups), *told), kept=1)


def _next(telling: Telling) -> Part:
    """Return what runs in the quarter after the date."""
    as_of, lang = telling.shown.as_of, telling.lang
    if as_of is None or as_of.year == dt.MAXYEAR:
        heading = translate(lang, "report.next_unknown")
        return Lines(heading, (), translate(lang, "report.no_date"))
    quarter = period.quarter_months(as_of.year, period.quarter_of(period.month_at(as_of)))
    following = period.first_day(quarter[-1] + 1)
    left = metrics.activities.open_ones(telling.shown.activities)
    running = metrics.activities.by_expected_end(metrics.activities.running_on(left, following))
    due = set(metrics.activities.due(running, following)["ref"])
    lines = []
    for one in rows.activities(telling.shown, running):
        words = [sentences.cut(one.name), timeline.period_words(one, lang)]
        words += [translate(lang, "report.due")] if one.ref in due else []
        lines.append(" · ".join(words))
    heading = translate(lang, "report.next", quarter=wording.quarter_of(following), n=len(lines))
    return Lines(heading, tuple(lines), translate(lang, "report.next_none"))


def _asked(telling: Telling) -> Part:
    """Return what needs a decision: red activities, and decisions that are still open; then the
    actions overdue. None of it is ever cut.
    """
    lang, activities = telling.lang, telling.shown.activities
    lines = []
    for one in rows.activities(telling.shown, activities[activities["reason"] == Reason.RED]):
        why = sentences.cut(one.note, LONGEST_NOTE) if one.note else translate(lang, "report.red")
        lines.append(f"{sentences.cut(one.name)}: {why}")
    left = metrics.decisions.open_ones(telling.whole.decisions, telling.whole.as_of)
    overdue = rows.decisions(left[left["overdue"]])
    for row in (*rows.decisions(metrics.decisions.asked(left)), *overdue):
        late = f", {translate(lang, 'slide.overdue')}" if row.overdue else ""
        text = sentences.cut(wording.text(row.text, lang))
        when = open_ones.due(row.due, lang)
        lines.append(f"{wording.decision(row.kind, lang)}: {text} ({when}{late})")
    nothing = translate(lang, "report.asked_none")
    return Lines(translate(lang, "report.asked"), tuple(lines), nothing, kept=len(lines))


def _money(whole: Programme, lang: str) -> Iterator[Part]:
    """Yield the estimate by funder with its certainty, and what that is per home and per job."""
    spent = metrics.budget.spending_against_estimate(whole.costs, whole.spending)
    paid, share = metrics.budget.paid_of_estimate(spent)
    said = budget.title(metrics.budget.by_funder(whole.costs), lang)
    if paid.known:
        said += f"; {translate(lang, 'report.paid', share=wording.share(share, lang))}"
    per_unit = budget.per_ambition(metrics.budget.per_ambition(whole.costs, whole.ambitions), lang)
    note = f"{sentences.cut(per_unit.title)}. {per_unit.note}"
    levels = metrics.budget.certainty(whole.costs, whole.commitments)
    yield Rows(said, budget.by_funder(whole.costs, levels, spent, lang), note)


def _ambitions(whole: Programme, lang: str) -> Part:
    rungs = metrics.ambitions.ladders(whole.ambitions, whole.measurements)
    lines = []
    for one in rows.ambitions(whole.ambitions):
        mine = rows.measurements(metrics.ambitions.of_ambition(rungs, one.ambition))
        measured = [rung for rung in mine if rung.value is not None]
        said = [ladder.title(one, mine, lang)]
        said += [
            f"{wording.number(rung.value, lang)} {wording.rung_said(rung.rung, lang)}"
            for rung in measured[1:]
        ]
        dates = [_of(rung.date, lang) for rung in measured] or [""]
        lines.append("; ".join(f"{words}{date}" for words, date in zip(said, dates, strict=True)))
    nothing = translate(lang, "ambitions.title_empty")
    return Lines(translate(lang, "overview.why"), tuple(lines), nothing, kept=_AMBITIONS)


def _of(date: dt.date | None, lang: str) -> str:
    """Return of when a measurement is, behind its number."""
    return "" if date is None else f" ({formatting.date(date, lang)})"
