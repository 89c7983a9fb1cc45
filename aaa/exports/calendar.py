"""Calendars of the programme, of each theme and of each partner, as programs such as Outlook,
Google and a phone subscribe to them (RFC 5545).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from icalendar import Calendar, Event, Timezone, vText

from aaa import metrics
from aaa.exports.takeaway import Takeaway
from aaa.figures import timeline
from aaa.metrics import rows
from aaa.metrics.rows import Activity
from aaa.values import names, period
from aaa.values.links import PROGRAMME, calendar_of_partner, calendar_of_theme
from aaa.words import wording
from aaa.words.texts import DEFAULT
from aaa.workbook.schema import StatusCode

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
        code = calendar_of_theme(theme.code)
        found[code] = Feed(
            code, wording.text(theme.theme, taken.lang), rows[rows["theme_code"] == theme.code]
        )
    of_each = metrics.partners.of_each(rows)
    for partner in taken.whole.partners.itertuples(index=False):
        code = calendar_of_partner(partner.code)
        found[code] = Feed(
            code, partner.partner, of_each.get(names.key(partner.partner), rows.head(0))
        )
    return found


def ics(taken: Takeaway, feed: Feed, site: str = "", year: str = "") -> bytes:
    """Return a calendar as a file.

    Every activity with months is one event over whole days, from the first day of its expected
    period (else the agreed one) to the last; every meeting is an event of one day. The UID of an
    activity is its code and the year in which it was seen first (V7): the same whatever number it
    gets, also in a later year. Its SEQUENCE follows the moment that the file was written.

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


def _activities(taken: Takeaway, feed: Feed, site: str, year: str) -> Iterator[Event]:
    dated = timeline.split(feed.activities)[0].drop(columns="role", errors="ignore")
    for one in rows.activities(taken.whole, dated):
        first, last = one.forecast_first, one.forecast_last
        expected = first is not None
        if not expected:
            first, last = one.period_first, one.period_last
        if first is None or last is None:
            continue
        event = _event(
            f"{taken.whole.since.get(one.ref, taken.whole.year)}-activiteit-{one.ref}",
            period.first_day(first),
            period.last_day(last),
        )
        event.add("summary", f"{one.name} ({one.forecast if expected else one.period})")
        event.add("description", "\n".join(_told(one, taken)))
        event.add("categories", [wording.text(one.theme, taken.lang, "theme.unknown")])
        if one.state is StatusCode.DROPPED:
            event.add("status", "CANCELLED")
        if site:
            params = ("" if taken.lang == DEFAULT else f"&taal={taken.lang}") + (
                f"&jaar={year}" if year else ""
            )
            event.add("url", f"{site}tijdlijn?activiteit={one.ref}{params}")
        yield event


def _told(one: Activity, taken: Takeaway) -> list[str]:
    lang = taken.lang
    facts = {
        "period": wording.agreed(one.period, one.period_first, one.period_last, lang),
        "forecast": one.forecast
        and wording.agreed(one.forecast, one.forecast_first, one.forecast_last, lang),
        "status": wording.status(one.state, lang) + (f", {taken.text('late')}" if one.late else ""),
        "leads": wording.people(one.leads, lang),
        "partners": wording.people(one.partners, lang),
        "note": one.note,
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
