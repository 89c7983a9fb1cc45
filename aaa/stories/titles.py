"""Titles: the heaviest thing that is true of what a story tells (definition W1). Each is empty
where nothing weighs, and the story says what it usually says.
"""

from aaa import metrics
from aaa.figures import ladder
from aaa.history import sentences
from aaa.metrics import rows
from aaa.metrics.activities import Reason
from aaa.metrics.rows import Decision
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import StatusCode

_LONGEST_NAME = 60  # letters of a name in a title


def overview(programme: Programme, lang: str) -> str:
    """Return what weighs most of the whole programme: decisions asked, then what is red or late,
    then what is overspent; that nothing is red or late, where that is known.

    Source: definition W1.
    """
    left = metrics.decisions.open_ones(programme.decisions, programme.as_of)
    asked = len(metrics.decisions.asked(left))
    parts = [translate(lang, "title.asked", n=asked)] if asked else []
    if wrong := _red_or_late(programme, lang):
        parts.append(wrong)
    if not parts and (over := _overspent(programme, lang)):
        parts.append(over)
    if parts:
        return "; ".join(parts)
    known = metrics.activities.attention_is_known(programme.activities)
    if known and programme.as_of is not None:
        finished = int((programme.activities["state"] == StatusCode.FINISHED).sum())
        total = len(programme.activities)
        return translate(lang, "title.all_well", finished=finished, total=total)
    return ""


def _red_or_late(programme: Programme, lang: str) -> str:
    """Return how many activities are red or late, each counted once; of which only one of the two
    occurs, that.
    """
    asking = metrics.activities.attention(programme.activities)
    counts = metrics.activities.by_reason(programme.activities)
    both = int(asking["reason"].isin([Reason.RED, Reason.LATE]).sum())
    if counts[Reason.RED] and counts[Reason.LATE]:
        return translate(lang, "title.red_or_late", n=both)
    for reason, key in ((Reason.RED, "title.red"), (Reason.LATE, "title.late")):
        if counts[reason]:
            return translate(lang, key, n=counts[reason])
    return ""


def attention(programme: Programme, lang: str) -> str:
    """Return how many activities are red, how many are late, and how long the longest."""
    counts = metrics.activities.by_reason(programme.activities)
    red, late = counts[Reason.RED], counts[Reason.LATE]
    parts = [translate(lang, "title.red", n=red)] if red else []
    if late:
        over = metrics.activities.days_over(programme.activities, programme.as_of)
        days = int(over[programme.activities["late"]].max())
        words = translate(lang, "title.late_too" if red else "title.late", n=late)
        parts.append(f"{words}, {translate(lang, 'title.days', n=days)}")
    return translate(lang, "change.and").join(parts)


def timeline(programme: Programme, lang: str) -> str:
    """Return which open activity is expected to end most quarters later than agreed, and how many
    do.
    """
    left = metrics.activities.open_ones(programme.activities)
    later = left[(left["slip"] > 0).fillna(False).astype(bool)]
    if later.empty:
        return ""
    worst = later.sort_values("slip", ascending=False, kind="stable").head(1)
    (one,) = rows.activities(programme, worst)
    name = sentences.cut(one.name, _LONGEST_NAME)
    first = translate(lang, "title.slip", n=one.slip or 0, name=name)
    return f"{first}; {translate(lang, 'title.later', n=len(later), of=len(left))}"


def leads(programme: Programme, lang: str) -> str:
    """Return how many of the activities that are red or late have no lead."""
    asking = metrics.activities.attention(programme.activities)
    wrong = asking[asking["reason"].isin([Reason.RED, Reason.LATE])]
    without = int((wrong["leads"].map(len) == 0).sum())
    return translate(lang, "title.no_lead", n=without, of=len(wrong)) if without else ""


def budget(programme: Programme, lang: str) -> str:
    """Return what is overspent, and what share of the estimate is paid."""
    over, said = _overspent(programme, lang), paid(programme, lang)
    return "; ".join(filter(None, (over, said)))


def paid(programme: Programme, lang: str) -> str:
    """Return what share of the estimate is paid, beside the part of the year that is over; empty
    where nothing is.
    """
    spent = metrics.budget.spending_against_estimate(programme.costs, programme.spending)
    _, share = metrics.budget.paid_of_estimate(spent)
    if share is None:
        return ""
    said = translate(lang, "title.paid", share=wording.share(share, lang))
    past = metrics.budget.year_over(programme.year, programme.as_of)
    if past is None:
        return said
    return f"{said}, {translate(lang, 'title.year', share=wording.share(past, lang))}"


def _overspent(programme: Programme, lang: str) -> str:
    over = metrics.budget.overspent(programme.costs, programme.spending)
    if over.empty:
        return ""
    amount = formatting.whole_euros(float(over["over"].sum()), lang)
    if len(over) > 1:
        return translate(lang, "title.overspent_more", count=len(over), amount=amount)
    name = sentences.cut(wording.text(over["line"].iloc[0], lang), _LONGEST_NAME)
    return translate(lang, "title.overspent", name=name, amount=amount)


def ambitions(programme: Programme, lang: str) -> str:
    """Return how far the first ambition with a target is, and by how much that differs from the
    measurement before.
    """
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    for one in rows.ambitions(programme.ambitions):
        mine = rows.measurements(metrics.ambitions.of_ambition(rungs, one.ambition))
        measured = next((rung for rung in mine if rung.value is not None), None)
        if measured is None or ladder.aimed_at(one) is None:
            continue
        unit = wording.unit(one.unit, lang)
        rung = wording.rung_said(measured.rung, lang)
        said = translate(
            lang,
            "title.measured",
            value=formatting.number(measured.value or 0, lang),
            target=formatting.number(one.target or 0, lang),
            unit=unit,
            rung="" if rung == unit else rung,
        ).rstrip()
        steps = metrics.ambitions.steps(programme.measurements, one.ambition, measured.rung)
        if len(steps) < 2:
            return said
        before = steps.iloc[-2]
        difference = sentences.signed((measured.value or 0) - before["value"], lang)
        date = wording.date(before["date"], lang)
        return f"{said}, {translate(lang, 'title.since', difference=difference, date=date)}"
    return ""


def asked(decisions: tuple[Decision, ...], lang: str) -> str:
    """Return how many decisions are asked, and before when the first."""
    if not decisions:
        return translate(lang, "title.none_asked")
    said = translate(lang, "title.asked", n=len(decisions))
    dates = [one.due for one in decisions if one.due is not None]
    if not dates:
        return said
    key = "title.first" if len(decisions) > 1 else "title.before"
    return f"{said}, {translate(lang, key, date=formatting.date(min(dates), lang))}"


def agreed(decisions: tuple[Decision, ...], lang: str) -> str:
    """Return how many of what was agreed is overdue, and whose that is; else how many are open."""
    if not decisions:
        return translate(lang, "title.none_agreed")
    overdue = [one for one in decisions if one.overdue]
    if not overdue:
        left = sum(one.is_open for one in decisions)
        return translate(lang, "title.agreed", n=left, of=len(decisions))
    said = translate(lang, "title.overdue", n=len(overdue), of=len(decisions))
    owners = list(dict.fromkeys(one.owner for one in overdue if one.owner))
    return f"{said}: {wording.people(tuple(owners), lang)}" if owners else said


def asked_lines(programme: Programme, lang: str) -> tuple[str, ...]:
    """Return each decision that is asked as a line: before when, what, and who brings it."""
    left = metrics.decisions.open_ones(programme.decisions, programme.as_of)
    found = rows.decisions(metrics.decisions.asked(left))
    return tuple(_line(one, lang) for one in found)


def _line(one: Decision, lang: str) -> str:
    when = translate(lang, "slide.no_due")
    if one.due is not None:
        when = translate(lang, "title.before", date=formatting.date(one.due, lang))
    who = wording.text(one.owner, lang, "slide.no_owner")
    return f"{sentences.cut(wording.text(one.text, lang))} ({when}; {who})"
