"""Calendars of the programme, of each theme and of each partner, as programs such as Outlook,
Google and a phone subscribe to them (RFC 5545).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from icalendar import Calendar, Event, Timezone, vText

from aaa import metrics
from aaa.exports.takeaway import Takeaway
from aaa.figures import timeline
from aaa.values import names, period
from aaa.words import wording
from aaa.words.texts import DEFAULT
from aaa.workbook.schema import StatusCode

PROGRAMME = "programma"
_THEME = "thema-"
_DOMAIN = "asser-ambitie-agenda"  # what makes an event's name unique in the world
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_ASK_AGAIN = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Feed:
    """One calendar: the code in its URL, its name, and its activities. Every calendar holds the
    meetings as well.
    """

    code: str
    name: str
    activities: pd.DataFrame


def feeds(taken: Takeaway) -> dict[str, Feed]:
    """Return every calendar by its code: `programma`, then `thema-<code>` of each theme, then the
    code of each partner.

    Source: sheets 'Activiteiten', 'Themas' and 'Partners'; definition K1.
    """
    rows = taken.whole.activities
    found = {PROGRAMME: Feed(PROGRAMME, taken.name, rows)}
    for theme in taken.whole.themes.itertuples(index=False):
        code = f"{_THEME}{theme.code}"
        found[code] = Feed(
            code, wording.text(theme.theme, taken.lang), rows[rows["theme_code"] == theme.code]
        )
    of_each = metrics.partners.of_each(rows)
    for partner in taken.whole.partners.itertuples(index=False):
        code = of_partner(partner.code)
        found[code] = Feed(
            code, partner.partner, of_each.get(names.key(partner.partner), rows.head(0))
        )
    return found


def named(themes: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return what the calendar of each theme is called, by its code.

    Args:
        themes: frame `themes` of a Programme.
        lang: the reader's language.
    """
    return {
        of_theme(theme.code): wording.text(theme.theme, lang)
        for theme in themes.itertuples(index=False)
    }


def of_theme(code: str) -> str:
    """Return the code of a theme's calendar."""
    return f"{_THEME}{code}"


def of_partner(code: str) -> str:
    """Return the code of a partner's calendar: the partner's own, with a prefix where
    that is the code of another calendar.
    """
    return f"partner-{code}" if code == PROGRAMME or code.startswith((_THEME, "partner-")) else code


def ics(taken: Takeaway, feed: Feed, site: str = "", year: str = "") -> bytes:
    """Return a calendar as a file.

    Every activity with months is one event over whole days, from the first day of its expected
    period (else the agreed one) to the last; every meeting is an event of one day. An event keeps
    its UID as long as its number stays, and its SEQUENCE follows the moment that the workbook was
    saved.

    Args:
        taken: the programme.
        feed: one of `feeds`.
        site: the address of the dashboard, ending in `/`, for a link in each event; empty where it
            is not known.
        year: the year in that link, where the dashboard shows another one by default.
    """
    calendar = Calendar()
    name = f"{feed.name} · {taken.text('frame.name')}" if feed.code != PROGRAMME else feed.name
    calendar.add("prodid", f"-//{_DOMAIN}//dashboard//{taken.lang.upper()}")
    calendar.add("version", "2.0")
    for property_ in ("name", "x-wr-calname"):
        # without vText the commas and semicolons of an X- property stay unescaped
        calendar.add(property_, vText(name))
    for property_ in ("description", "x-wr-caldesc"):
        calendar.add(property_, vText(" · ".join(taken.facts())))
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    saved = taken.saved.astimezone(dt.UTC).replace(microsecond=0)
    for event in (*_activities(taken, feed, site, year), *_meetings(taken)):
        event.add("dtstamp", saved)
        event.add("last-modified", saved)
        event.add("sequence", max(int((saved - _EPOCH).total_seconds()), 0))
        # a period of months must not mark its days as busy
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    if not calendar.subcomponents:  # a calendar has at least one part
        calendar.add_component(Timezone.from_tzid("Europe/Amsterdam"))
    return calendar.to_ical()


def without_months(activities: pd.DataFrame) -> int:
    """Return how many activities are in no calendar, because they have neither an agreed nor an
    expected period.

    Args:
        activities: frame `activities` of a Programme, or some of its rows.

    Source: columns 'Periode' and 'Prognose'; definition K1.
    """
    return len(timeline.split(activities)[1])


def _activities(taken: Takeaway, feed: Feed, site: str, year: str) -> Iterator[Event]:
    for row in timeline.split(feed.activities)[0].itertuples(index=False):
        expected = not pd.isna(row.forecast_first)
        first, last = (
            int(end)
            for end in (
                (row.forecast_first, row.forecast_last)
                if expected
                else (row.period_first, row.period_last)
            )
        )
        event = _event(
            f"{taken.whole.year}-activiteit-{row.ref}",
            period.first_day(first),
            period.last_day(last),
        )
        nr = f"{row.nr} " if isinstance(row.nr, str) else ""
        event.add(
            "summary",
            f"{nr}{timeline.title_words(row)} ({row.forecast if expected else row.period})",
        )
        event.add("description", "\n".join(_told(row, taken)))
        event.add("categories", [wording.text(row.theme, taken.lang, "theme.unknown")])
        if row.state == StatusCode.DROPPED:
            event.add("status", "CANCELLED")
        if site:
            params = ("" if taken.lang == DEFAULT else f"&taal={taken.lang}") + (
                f"&jaar={year}" if year else ""
            )
            event.add("url", f"{site}tijdlijn?activiteit={row.ref}{params}")
        yield event


def _told(row: Any, taken: Takeaway) -> list[str]:
    lang = taken.lang
    facts = {
        "period": wording.agreed(row.period, row.period_first, row.period_last, lang),
        "forecast": wording.agreed(row.forecast, row.forecast_first, row.forecast_last, lang)
        if isinstance(row.forecast, str)
        else None,
        "status": wording.status(row.state, lang) + (f", {taken.text('late')}" if row.late else ""),
        "leads": wording.people(row.leads, lang),
        "partners": wording.people(row.partners, lang),
        "note": row.note if isinstance(row.note, str) else None,
    }
    said = [f"{taken.text(f'column.{name}')}: {words}" for name, words in facts.items() if words]
    return [taken.text("frame.example"), *said] if taken.shown.is_example else said


def _meetings(taken: Takeaway) -> Iterator[Event]:
    seen: Counter[dt.date] = Counter()
    for row in (
        taken.whole.meetings.dropna(subset=["date"])
        .sort_values("date", kind="stable")
        .itertuples(index=False)
    ):
        day = row.date.date()
        seen[day] += 1
        again = f"-{seen[day]}" if seen[day] > 1 else ""
        event = _event(f"{taken.whole.year}-overleg-{day.isoformat()}{again}", day, day)
        event.add("summary", wording.text(row.meeting, taken.lang))
        yield event


def _event(name: str, first: dt.date, last: dt.date) -> Event:
    """Return an event over whole days; in the file its end is the day after."""
    event = Event()
    event.add("uid", f"aaa-{name}@{_DOMAIN}")
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))
    return event
