"""A year in nine versions, told to its last meeting: titles, order and sentences.

Each expectation was checked against `docs/definitions.md`.
"""

import io
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from aaa.exports import deck, figures_workbook, report, summary
from aaa.exports.takeaway import Takeaway, takeaway
from aaa.history import changes
from aaa.history.meetings import Since
from aaa.slides import agenda, drawing
from aaa.slides.slide import Slide
from aaa.store.source import Version
from aaa.stories.parts import Activities, Changes, Decisions, Pace, Timeline, Variance
from aaa.workbook import programme, twins
from aaa.workbook.schema import Subject
from tests.stories.test_everywhere import plain
from tests.support import story

SINCE = "Regiegroep september (17 september 2026)"


@cache
def versions() -> tuple[Version, ...]:
    found: list[Version] = []
    for data, saved in zip(story.versions(), story.SAVED, strict=True):
        read = programme.from_bytes(data, 2026, saved.date())
        if found:
            read = twins.aged(found[-1].programme, read)
        found.append(Version(read, f"{len(found)}", saved, saved, "aaa_2026.xlsx", data))
    return tuple(found)


@cache
def told(lang: str = "nl") -> Takeaway:
    before, now = versions()[story.AT_THE_MEETING], versions()[-1]
    return takeaway(now, Since(before, SINCE, None, as_asked=True), lang)


@cache
def slides(lang: str = "nl") -> tuple[Slide, ...]:
    return agenda.slides(told(lang), told(lang).subjects)


def part(name: str, kind: type, lang: str = "nl") -> Any:
    return next(
        one
        for slide in slides(lang)
        for one in (*slide.above, *(one for column in slide.columns for one in column))
        if slide.name == name and isinstance(one, kind)
    )


def test_the_year_has_nine_versions_and_45_changes() -> None:
    before, now = versions()[story.AT_THE_MEETING], versions()[-1]
    assert len(versions()) == 9
    assert len(changes.compare(before.programme, now.programme)) == 45


TITLES = {
    "nl": [
        "2 besluiten gevraagd, het eerste vóór 26 november 2026",
        "1 van de 2 afspraken is over tijd: Gemeente Assen",
        f"Sinds {SINCE}: 2 activiteiten naar rood, 1 kostenpost boven de raming, 4 afgerond",
        "Wijzigingen, vervolg (2 van 2)",
        "2 activiteiten staan op rood en 6 zijn te laat, één al 143 dagen",
        "1.3 Flexwoningen eindigt 3 kwartalen later dan afgesproken; 4 van de 14 open activiteiten"
        " eindigen later",
        "1 van de 6 activiteiten op rood of te laat heeft geen trekker",
        "Communicatie is met € 3.500 overschreden; 59% van de raming is betaald, 89% van het jaar"
        " is voorbij",
        "620 van de 10.000 woningen gereed, +45 sinds 1 juli 2026",
    ],
    "en": [
        "2 decisions asked, the first before 26 November 2026",
        "1 of 2 agreements is overdue: Gemeente Assen",
        f"Since {SINCE}: 2 activities to red, 1 cost line above its estimate, 4 finished",
        "Changes, continued (2 of 2)",
        "2 activities are red and 6 are late, one by 143 days",
        "1.3 Flexible homes ends 3 quarters later than agreed; 4 of 14 open activities end later",
        "1 of 6 red or late activities has no lead",
        "Communicatie is overspent by €3,500; 59% of the estimate is paid, 89% of the year is over",
        "620 of 10,000 homes completed, +45 since 1 July 2026",
    ],
}


@pytest.mark.parametrize("lang", TITLES)
def test_the_titles_of_the_meeting_in_their_order(lang: str) -> None:
    titles = [one.title.replace("\u00a0", " ") for one in slides(lang)]
    assert titles == TITLES[lang]


@pytest.mark.parametrize("lang", TITLES)
def test_the_deck_has_the_same_titles(lang: str) -> None:
    made = Presentation(io.BytesIO(deck.pptx(told(lang)))).slides
    titles = [one.shapes.title.text_frame.text.replace("\u00a0", " ") for one in made]
    assert titles[1:] == TITLES[lang]


# The seven heaviest, then the others: one event one sentence, both values where one changed.
HEAVIEST = [
    (
        "Naar rood (2)",
        "1.3 Flexwoningen: oordeel van oranje naar rood. Reden: Geen stroomaansluiting voor 2027;"
        " verwacht einde van Q4 naar Q2 2027, +2 kwartalen",
        "3.3 Leerlijn zorgtechniek: oordeel van groen naar rood. Reden: De docent is vertrokken",
    ),
    (
        "Boven de raming betaald (1) · + € 21.500 betaald",
        "Betaald: € 21.500 gemeente voor Communicatie, 6 oktober 2026, Banenmarkt en woonbeurs;"
        " daarmee is € 3.500 meer betaald dan geraamd",
    ),
    (
        "Raming (1) · + € 10.000 totaal, + € 10.000 gemeente, € 0 partners",
        "Middelen: + € 10.000 gemeente (van € 90.000 naar € 100.000), + € 10.000 totaal (van"
        " € 120.000 naar € 130.000)",
    ),
    (
        "Toezeggingen (3) · + € 70.000 toegezegd, − € 75.000 verwacht, + € 15.000 nog geen dekking",
        "€ 60.000 partners voor Capaciteit (Ondernemersplein) ging van verwacht naar toegezegd;"
        " datum van 10 januari 2026 naar 3 november 2026",
        "€ 15.000 partners voor Capaciteit (Woonpalet) ging van verwacht naar nog geen dekking",
        "Toegezegd: € 10.000 partners voor Middelen (Zorgplein)",
    ),
]
OTHERS = [
    (
        "Naar oranje (1)",
        "2.4 Startersruimte: oordeel van groen naar oranje. Reden: Geen contract; verwacht einde"
        " van Q3 naar Q4, +1 kwartaal",
    ),
    (
        "Verplaatst (3)",
        "2.2 Energie voor bedrijven schuift van Q2 naar Q1 2027, +3 kwartalen; oordeel van oranje"
        " naar groen",
        "3.7 Lectoraat schuift van Q4 naar Q3 2027, +3 kwartalen",
        "2.6 Vestigingsgids: afgesproken periode van Q4 naar Q1 2027, +1 kwartaal",
    ),
    (
        "Vervallen of verdwenen (1)",
        "1.6 Proef met houtbouw is vervallen. Reden: Geen aannemer gevonden",
    ),
    (
        "Afgerond (4)",
        "1.4 Studentenkamers in kantoren is afgerond op 9 oktober 2026",
        "1.7 Woonbeurs is afgerond op 26 september 2026",
        "2.5 Banenmarkt is afgerond op 15 oktober 2026",
        "4.2 Vrijwilligersvoucher is afgerond op 2 november 2026",
    ),
    ("Nieuw (1)", "Nieuw: 4.6 Wijkrestaurant (Q4)"),
]


def test_the_heaviest_events_first_one_sentence_each() -> None:
    found = [
        [(group.heading, *group.sentences) for group in one.groups]
        for slide in slides()
        for one in slide.above
        if isinstance(one, Changes)
    ]
    first, second = (
        [tuple(words.replace("\u00a0", " ") for words in group) for group in page] for page in found
    )
    assert first == HEAVIEST
    assert second[: len(OTHERS)] == OTHERS


def test_what_is_asked_and_agreed() -> None:
    asked, agreed = (part(name, Decisions).rows for name in ("Besluiten", "Afspraken"))
    assert [(one.text, one.owner, str(one.due)) for one in asked] == [
        ("Extra geld voor communicatie", "Gemeente Assen", "2026-11-26"),
        ("Kiezen: flexwoningen zonder stroom of uitstel tot 2027", "Woonpalet", "2026-12-10"),
    ]
    assert [(one.text, one.overdue, one.is_open) for one in agreed] == [
        ("De netbeheerder uitnodigen", True, True),
        ("Docenten werven", False, True),
    ]
    words = plain("".join(drawing.slide(one, "nl") for one in slides()[:2]))
    for left in ("over 6 dagen", "over 20 dagen", "10 dagen over tijd", "over 11 dagen"):
        assert left in words


def test_attention_names_red_first_with_lead_and_days() -> None:
    rows = part("Wat vraagt aandacht, en waarom", Activities).rows
    assert [one.nr for one in rows] == ["1.3", "3.3", "2.2", "2.4", "4.3", "4.4"]
    words = plain(drawing.slide(slides()[4], "nl"))
    assert "Trekker: Woonpalet · 51 dagen voorbij · Geen stroomaansluiting voor 2027." in words
    assert "Trekker: nog niet genoemd · 51 dagen voorbij" in words
    assert words.count("te laat") == 6 + 1  # a mark each, and the title


def test_an_english_slide_gives_no_reason_that_is_not_true_any_more() -> None:
    words = "".join(drawing.slide(one, "en") for one in slides("en"))
    assert "The permit takes long" not in words
    assert '<span lang="nl">Geen stroomaansluiting voor 2027' in words
    (found,) = (one for one in versions()[-1].programme.findings if one.code == "twin_aged")
    assert found.place == "Activiteiten!O4"


def test_what_runs_and_what_is_due_follow_the_forecast() -> None:
    figures = summary.summarise(told().whole)
    # in Q4 by Prognose, else Periode: 1.5 2.3 2.4 2.5 3.4 3.5 3.6 4.6; 1.3 and 3.7 moved, 1.6 went
    assert figures["quarters"]["Q4"] == 8
    # as agreed: 1.5 2.3 2.5 3.4 3.5 3.6 3.7 4.6, and 1.6, of which nobody agreed that it goes
    assert figures["quarters_agreed"]["Q4"] == 9
    assert figures["late"] == ["1.3", "2.2", "2.4", "3.3", "4.3", "4.4"]


def test_the_timeline_stands_on_one_slide() -> None:
    drawn = [
        one
        for slide in slides()
        for one in slide.above
        if isinstance(one, Timeline) and slide.subject is Subject.TIMELINE
    ]
    assert len(drawn) == 1
    assert sum(len(mine) for _, _, mine in drawn[0].drawn.groups) == 26


def test_money_overspent_first_then_by_what_is_paid() -> None:
    rows = part("Begroting", Variance).rows
    said = [(one.line, one.funder, one.difference.replace("\u00a0", " ")) for one in rows]
    assert said == [
        ("Communicatie", "Gemeente", "+ € 3.500"),
        ("Capaciteit", "Gemeente", "− € 10.000"),
        ("Middelen", "Gemeente", "− € 57.000"),
        ("Capaciteit", "Partners", "onbekend"),
        ("Middelen", "Partners", "onbekend"),
    ]
    # a step for each day with a payment; nothing after the last
    pace = part("Begroting", Pace).chart.pace
    assert pace.euros == (60_000, 120_000, 142_000, 167_000, 237_000, 258_500, 276_500)
    assert pace.year == "Op 20 november 2026 is 89% van het jaar voorbij."


def test_the_a4_has_every_red_and_late_one_and_what_must_be_decided() -> None:
    words = plain(report.html(told()))
    for one in ("1.3 Flexwoningen", "3.3 Leerlijn zorgtechniek", "2.2 Energie", "4.4 Straatfonds"):
        assert one in words
    assert "Extra geld voor communicatie" in words
    assert "10 december · over 20 dagen Kiezen: flexwoningen" in words
    # each number with its own date
    assert "1 oktober 2026" in words
    assert "1 januari 2026" in words


def test_the_figures_have_every_column_of_the_contract() -> None:
    book = load_workbook(io.BytesIO(figures_workbook.workbook(told())))
    heads = {str(cell.value) for sheet in book.worksheets for cell in sheet[3] if cell.value}
    assert heads
    every = {str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row}
    assert {"Oordeel", "Voortgang", "Stand van zaken", "Verschil"} <= every
    assert all(sheet.freeze_panes for sheet in book.worksheets[1:])
