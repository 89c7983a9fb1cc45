"""The calendars, read by another library than the one that writes them."""

import datetime as dt

import pandas as pd
import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from aaa.exports import calendar
from aaa.exports.takeaway import Takeaway, takeaway
from aaa.values import period
from aaa.values.links import PROGRAMME, calendar_of_theme
from aaa.words.texts import LANGUAGES
from tests.support.books import ACTIVITY, empty, example, small
from tests.support.copies import NOON, taken, taken_of, version_of
from tests.support.effort import in_ci


def events(from_: Takeaway, code: str = PROGRAMME, site: str = "") -> dict[str, Event]:
    text = calendar.ics(from_, calendar.feeds(from_)[code], site).decode("utf-8")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return {event.uid: event for event in IcsCalendarStream.calendar_from_ics(text).events}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("book", ["shipped", "example", *in_ci("crowded")])
def test_every_activity_with_months_is_an_event_over_those_months(book: str, lang: str) -> None:
    shown = taken(book, lang)
    found = events(shown)
    dated = 0
    for row in shown.whole.activities.to_dict("records"):
        which = "period" if pd.isna(row["forecast_first"]) else "forecast"
        first, last = row[f"{which}_first"], row[f"{which}_last"]
        if pd.isna(first):
            continue
        dated += 1
        event = found[f"aaa-2025-activiteit-{row['ref']}@asser-ambitie-agenda"]
        assert event.dtstart == period.first_day(first)
        assert event.dtend == period.last_day(last) + dt.timedelta(days=1)
        assert row["title"] in event.summary
    assert len(found) == dated + len(shown.whole.meetings)


def test_the_text_of_the_period_stands_in_the_event() -> None:
    found = events(
        taken_of(
            small(Activiteiten=[ACTIVITY, ACTIVITY | {"Nr": "1.2", "Prognose": "Q3 2025-Q1 2026"}])
        )
    )
    agreed, expected = (found[f"aaa-2025-activiteit-1-{n}@asser-ambitie-agenda"] for n in (1, 2))
    assert (agreed.summary, agreed.dtstart, agreed.dtend) == (
        "1.1 Bouwen (Q2)",
        dt.date(2025, 4, 1),
        dt.date(2025, 7, 1),
    )
    assert (expected.summary, expected.dtstart, expected.dtend) == (
        "1.2 Bouwen (Q3 2025-Q1 2026)",
        dt.date(2025, 7, 1),
        dt.date(2026, 4, 1),
    )
    assert "Periode: Q2 (april–juni 2025)" in expected.description
    assert "Prognose: Q3 2025-Q1 2026" in expected.description


def test_a_partner_has_what_it_leads_and_joins_and_the_meetings() -> None:
    shown = taken("example")
    mine = [a for a in shown.whole.activities.itertuples() if "DC Terra" in (*a.leads, *a.partners)]
    found = events(shown, "dc-terra")
    assert {uid for uid in found if "-activiteit-" in uid} == {
        f"aaa-2025-activiteit-{a.ref}@asser-ambitie-agenda" for a in mine
    }
    assert [e.summary for uid, e in found.items() if "-overleg-" in uid] == [
        "Regiegroep maart",
        "Regiegroep juni",
        "Regiegroep oktober",
    ]


def test_a_theme_has_its_own_activities() -> None:
    shown = taken("example")
    theme = shown.whole.themes.iloc[0]
    mine = shown.whole.activities[shown.whole.activities["theme"] == theme["theme"]]
    found = events(shown, calendar_of_theme(theme["code"]))
    assert sum("-activiteit-" in uid for uid in found) == len(mine)


def test_an_event_keeps_its_name_in_every_language_and_grows_with_each_save() -> None:
    dutch, english = events(taken("example")), events(taken("example", "en"))
    assert list(dutch) == list(english)
    later = events(takeaway(version_of(example(), NOON + dt.timedelta(seconds=1)), None, "nl"))
    for uid, event in dutch.items():
        assert later[uid].sequence == event.sequence + 1
        assert later[uid].last_modified == event.last_modified + dt.timedelta(seconds=1)


def test_what_was_dropped_is_cancelled_and_nobody_is_kept_from_appointments() -> None:
    found = events(taken_of(small(Activiteiten=[ACTIVITY | {"Status": "Vervallen"}])))
    (event,) = found.values()
    assert (event.status, event.transparency) == ("CANCELLED", "TRANSPARENT")


def test_an_event_leads_to_its_activity_where_the_address_of_the_dashboard_is_known() -> None:
    found = events(taken("example", "en"), site="https://aaa.example.org/")
    assert (
        found["aaa-2025-activiteit-2-6@asser-ambitie-agenda"].url
        == "https://aaa.example.org/tijdlijn?activiteit=2-6&taal=en"
    )


def test_invented_figures_say_so() -> None:
    assert all(
        "fictieve cijfers" in e.description
        for uid, e in events(taken("example")).items()
        if "-activiteit-" in uid
    )
    assert b"fictieve cijfers" in calendar.ics(
        taken("example"), calendar.feeds(taken("example"))["programma"]
    )


def test_partners_that_are_called_as_another_calendar_have_one_of_their_own() -> None:
    shown = taken_of(
        small(
            Partners=[
                {"Partner": name}
                for name in ("Programma", "Thema Veiligheid", "Partner Programma", "DC Terra")
            ]
        )
    )
    codes = list(calendar.feeds(shown))
    assert codes == [
        "programma",
        "thema-veiligheid",
        "thema-groen",
        "partner-programma",
        "partner-thema-veiligheid",
        "partner-partner-programma",
        "dc-terra",
    ]


def test_words_from_the_workbook_cannot_add_an_event() -> None:
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y; z, \\n"
    found = events(
        taken_of(small(Activiteiten=[ACTIVITY | {"Activiteit": evil, "Stand van zaken": evil}]))
    )
    assert len(found) == 1


@pytest.mark.parametrize("typed", [dt.date(9999, 12, 1), dt.date(1900, 1, 1)])
def test_a_date_at_the_end_of_time_is_an_event_too(typed: dt.date) -> None:
    found = events(
        taken_of(
            small(
                Activiteiten=[ACTIVITY | {"Periode": typed}],
                Overleg=[{"Datum": typed, "Overleg": "Regiegroep"}],
            )
        )
    )
    assert len(found) <= 2


def test_two_meetings_on_one_day_are_two_events() -> None:
    rows = [
        {"Datum": dt.date(2025, 6, 19), "Overleg": name} for name in ("Regiegroep", "Stuurgroep")
    ]
    found = events(taken_of(small(Overleg=rows)))
    assert [uid for uid in found if "overleg" in uid] == [
        "aaa-2025-overleg-2025-06-19@asser-ambitie-agenda",
        "aaa-2025-overleg-2025-06-19-2@asser-ambitie-agenda",
    ]


def test_an_empty_programme_has_a_calendar_all_the_same() -> None:
    text = calendar.ics(taken_of(empty()), calendar.feeds(taken_of(empty()))["programma"]).decode()
    assert "BEGIN:VTIMEZONE" in text
    assert not IcsCalendarStream.calendar_from_ics(text).events


def test_a_name_with_signs_of_the_format_stays_one_name() -> None:
    shown = taken_of(small(Partners=[{"Partner": "A; B, C"}]))
    text = calendar.ics(shown, calendar.feeds(shown)["a-b-c"]).decode()
    assert "X-WR-CALNAME:A\\; B\\, C" in text
