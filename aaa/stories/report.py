"""Where does the programme stand, in one sheet of paper?"""

import datetime as dt
from dataclasses import replace

from aaa import metrics
from aaa.figures import ladder, overview, timeline
from aaa.history import events, sentences
from aaa.history.changes import Group
from aaa.metrics import rows
from aaa.metrics.activities import Reason
from aaa.stories import titles
from aaa.stories.every import Telling
from aaa.stories.parts import Ladder, Lines, Pace, Part, Section, Story, Words
from aaa.values import period
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import StatusCode

_AMBITIONS = 5  # that are never cut
LONGEST_NOTE, LONGEST_NAME = 180, 90  # letters; the pages have them whole


def story(telling: Telling, before: Programme | None) -> Story:
    """Tell where the programme stands, what weighs most first: what must be decided, what is wrong,
    what was agreed and what changed, the money, what comes next, and what it is for.

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
            Words(_status(telling, before)),
            _section(telling, "asked"),
            _section(telling, "attention"),
            _section(telling, "agreed"),
            _changes(telling),
            *(Words(words, warning=True) for words in telling.cautions),
            _section(telling, "money"),
            _next(telling),
            _ambitions(telling),
            Lines("", telling.remarks),
        ),
    )


def _section(telling: Telling, name: str) -> Section:
    """Return a story without its cautions, which stand together, and without what has no room."""
    told = telling.story(name)
    drawn = (one for one in told.parts if not isinstance(one, Pace | Words) or _is_told(one))
    return Section(told.title, tuple(drawn))


def _is_told(part: Pace | Words) -> bool:
    """Tell whether a sentence of a story has room: a plain one."""
    return isinstance(part, Words) and not (part.warning or part.missing)


def _status(telling: Telling, before: Programme | None) -> str:
    """Return the number of activities by status, that of the last meeting behind it."""
    lang, now = telling.lang, _counts(telling.shown)
    then = None if before is None else _counts(before)
    names = {code.value: wording.status(code, lang).lower() for code in StatusCode}
    names["red"] = translate(lang, "judgement.red").lower()
    names["late"] = translate(lang, "late")
    said = []
    for key, word in names.items():
        known = [_number(now[key], lang)]
        if then is not None:
            known.append(translate(lang, "report.was", count=_number(then[key], lang)))
        said.append(" ".join((known[0], word, *known[1:])))
    words = translate(lang, "count.activities", n=len(telling.shown.activities))
    told = f"{words}: {' · '.join(said)}"
    return told if then is not None else f"{told}. {translate(lang, 'report.no_then')}"


def _number(count: int | None, lang: str) -> str:
    return translate(lang, "unknown") if count is None else str(count)


def _counts(programme: Programme) -> dict[str, int | None]:
    activities = programme.activities
    by_status = metrics.activities.by_status(activities).set_index("state")["activities"]
    red = metrics.activities.by_reason(activities)[Reason.RED]
    known = metrics.activities.attention_is_known(activities)
    return {
        **{str(code): int(count) for code, count in by_status.items()},
        "red": red if known else None,
        "late": int(activities["late"].sum()) if programme.as_of else None,
    }


def _changes(telling: Telling) -> Part:
    found = None
    if telling.found is not None:  # a decision that is asked stands above
        found = [one for one in telling.found if one.group is not Group.ASKED]
    changed = replace(telling, found=found).story("changes")
    if not found:
        name = translate(telling.lang, "page.changes")
        return Lines(name, (), changed.title)
    counts = events.grouped(found).items()
    groups = [f"{sentences.group(group, telling.lang)} {len(mine)}" for group, mine in counts]
    told = [sentences.event(one, telling.lang) for one in found]
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


def _ambitions(telling: Telling) -> Section:
    """Return the first ambition with a target as a bar, the others as lines."""
    whole, lang = telling.whole, telling.lang
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
    told = telling.story("ambitions")
    ladders = [one for one in told.parts if isinstance(one, Ladder)]
    drawn = [place for place, one in enumerate(ladders) if one.chart.ladder.goal][:1]
    left = tuple(line for place, line in enumerate(lines) if place not in drawn)
    nothing = "" if drawn else translate(lang, "ambitions.title_empty")
    first = (ladders[place] for place in drawn)
    return Section(told.title, (*first, Lines("", left, nothing, kept=_AMBITIONS)))


def _of(date: dt.date | None, lang: str) -> str:
    """Return of when a measurement is, behind its number."""
    return "" if date is None else f" ({formatting.date(date, lang)})"
