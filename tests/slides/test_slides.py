import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from markupsafe import escape

from aaa import metrics
from aaa.history import events, sentences
from aaa.html import charts
from aaa.slides import agenda, drawing, fit
from aaa.slides.slide import Slide
from aaa.stories.every import Telling
from aaa.stories.parts import Activities, Changes, Decisions, Grid, Ladder, Timeline, Variance
from aaa.words.texts import LANGUAGES
from aaa.workbook.programme import in_language
from aaa.workbook.schema import Subject
from tests.support.books import SHIPPED, crowded, empty, example, judged, read, small
from tests.support.effort import in_ci

BOOKS: dict[str, Callable[[], bytes]] = {
    "shipped": SHIPPED.read_bytes,
    "example": example,
    "crowded": crowded,
    "empty": empty,
}


def telling(data: bytes, lang: str = "nl", before: bytes | None = None) -> Telling:
    shown = judged(in_language(read(data), lang))
    found = None if before is None else events.between(read(before), read(data), lang)
    since = "Regiegroep juni" if before is not None else ""
    return Telling(shown, shown, found, since, None, lang)


def made(
    data: bytes, *subjects: Subject, lang: str = "nl", before: bytes | None = None
) -> tuple[Slide, ...]:
    return agenda.slides(telling(data, lang, before), subjects or tuple(Subject))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("book", BOOKS)
def test_every_point_has_slides_that_say_something(book: str, lang: str) -> None:
    told = telling(BOOKS[book](), lang)
    slides = agenda.slides(told, Subject)
    assert len({slide.title for slide in slides}) == len(slides)
    every = [one for subject in Subject for one in agenda.of_point(told, subject, tuple(Subject))]
    shared = "".join(drawing.slide(one, lang) for one in slides)
    for one in every:
        if one.is_empty:
            assert str(escape(one.title)) in shared
        else:
            assert one.title in {slide.title for slide in slides}
    assert {one.subject for one in every} == set(Subject)
    for slide in slides:
        html = drawing.slide(slide, lang)
        assert f"<h1>{slide.title}</h1>" in html.replace("&#x27;", "'").replace("&amp;", "&")
        assert not re.search(r"\bnan\b|\bNaT\b|<NA>|\bNone\b", html)
        assert 1 <= slide.place <= slide.of
        assert slide.above or slide.columns


def parts(slides: tuple[Slide, ...], kind: type) -> list[Any]:
    return [
        part
        for slide in slides
        for part in (*slide.above, *(one for column in slide.columns for one in column))
        if isinstance(part, kind)
    ]


@pytest.mark.parametrize("book", ["shipped", "example", *in_ci("crowded")])
def test_nothing_is_lost_on_the_way_to_the_slides(book: str) -> None:
    data = BOOKS[book]()
    shown = telling(data).shown
    timelines = parts(made(data, Subject.TIMELINE), Timeline)
    drawn = [
        one.ref
        for part in timelines
        for rows in (*(rows for _, _, rows in part.drawn.groups), part.drawn.undated)
        for one in rows
    ]
    assert sorted(drawn) == sorted(shown.activities["ref"])
    asking = [
        one.ref for part in parts(made(data, Subject.ATTENTION), Activities) for one in part.rows
    ]
    assert asking == metrics.activities.attention(shown.activities)["ref"].tolist()
    partners = [
        part.chart.grid.rows[row].name
        for part in parts(made(data, Subject.PARTNERS), Grid)
        for row in part.rows
    ]
    assert (
        len(partners)
        == len(set(partners))
        == len(
            {name for row in shown.activities.itertuples() for name in (*row.leads, *row.partners)}
        )
    )
    money = [row for part in parts(made(data, Subject.BUDGET), Variance) for row in part.rows]
    variance = metrics.budget.variance(shown.costs, shown.spending)
    assert len(money) == len(set(money)) == len(variance) > 0
    assert (
        sum(len(part.rows) for part in parts(made(data, Subject.DECISIONS), Decisions))
        == {"shipped": 0, "example": 2, "crowded": 27}[book]
    )


def test_a_long_timeline_is_divided_by_theme() -> None:
    assert len(made(example(), Subject.TIMELINE)) == 1  # 26 activities stand on one slide
    slides = made(crowded(), Subject.TIMELINE)
    assert len(slides) > 1
    sizes: dict[str | None, list[int]] = {}
    for part in parts(slides, Timeline):
        for theme, _, mine in part.drawn.groups:
            sizes.setdefault(theme, []).append(len(mine))
        assert sum(len(mine) for _, _, mine in part.drawn.groups) <= 30
    # a theme is divided only when it has more lines than a slide
    assert all(len(each) == 1 or sum(each) > 25 for each in sizes.values())
    assert len({part.drawn.scale for part in parts(slides, Timeline)}) == 1  # and one axis for all


def test_every_change_is_told_and_what_does_not_fit_is_counted() -> None:
    slides = made(example(), Subject.CHANGES, before=SHIPPED.read_bytes())
    found = events.between(read(SHIPPED.read_bytes()), read(example()))
    told = [
        sentence
        for part in parts(slides, Changes)
        for group in part.groups
        for sentence in group.sentences
    ]
    assert (
        told
        == [
            sentences.event(event, "nl")
            for group in events.grouped(found).values()
            for event in group
        ][: len(told)]
    )
    left = len(found) - len(told)
    assert left == 0 or f"nog {left} wijziging" in drawing.slide(slides[-1], "nl")
    assert "Sinds Regiegroep juni" in slides[0].title


def test_without_an_earlier_version_the_slide_says_what_will_stand_there() -> None:
    (slide,) = made(example(), Subject.CHANGES)
    assert "Er is nog geen eerdere versie om mee te vergelijken" in drawing.slide(slide, "nl")


def order(
    *rows: dict[str, Any], asked: tuple[str, ...] = (), today: str | None = None
) -> list[str]:
    programme = read(small(Overleg=[{"Datum": "1-1-2020", "Overleg": "x", "Agenda": None}, *rows]))
    return [
        subject.value
        for subject in agenda.order(programme, asked, pd.Timestamp(today) if today else None)
    ]


def test_the_order_of_the_agenda() -> None:
    usual = [
        "Besluiten",
        "Wijzigingen",
        "Aandacht",
        "Tijdlijn",
        "Themas",
        "Begroting",
        "Ambities",
    ]
    assert order() == usual
    june = {"Datum": "19-6-2025", "Overleg": "juni", "Agenda": "Besluiten; begroting"}
    october = {"Datum": "9-10-2025", "Overleg": "oktober", "Agenda": "Ambities"}
    assert order(june, october, today="2025-06-19") == ["Besluiten", "Begroting"]
    assert order(june, october, today="2025-06-20") == ["Ambities"]
    assert order(june, october, today="2026-01-01") == ["Ambities"]  # the last one that was set
    assert order(june, october, asked=("tijdlijn", "nonsens", "wijzigingen")) == [
        "Tijdlijn",
        "Wijzigingen",
    ]
    assert order(june, october, asked=("nonsens",), today="2025-01-01") == [
        "Besluiten",
        "Begroting",
    ]


def test_a_misspelt_point_is_a_finding_and_the_rest_counts() -> None:
    programme = read(
        small(Overleg=[{"Datum": "19-6-2025", "Overleg": "juni", "Agenda": "Begrotng; Aandacht"}])
    )
    assert programme.meetings["agenda"].tolist() == [("Aandacht",)]
    (found,) = [finding for finding in programme.findings if finding.code == "choice_unknown"]
    assert (found.place, found.value, found.nearest) == ("Overleg!C2", "Begrotng", "Begroting")


def test_text_is_laid_on_lines() -> None:
    assert fit.lines("kort", 10) == 1
    assert fit.lines("een twee drie vier", 5.5) == 2  # ten letters to a line
    assert fit.lines("x" * 25, 5.5) == 3
    assert fit.pages([1, 2, 3], lambda n: n, lambda _: 3) == [[1, 2], [3]]
    assert fit.pages([9], lambda n: n, lambda _: 3) == [[9]]


def test_a_group_that_fits_is_kept_together_where_asked() -> None:
    groups = [("a", [1, 1]), ("b", [1, 1, 1])]
    assert fit.grouped_pages(groups, float, 1, 5, together=True) == [
        [("a", [1, 1])],
        [("b", [1, 1, 1])],
    ]
    assert fit.grouped_pages(groups, float, 1, 5, together=False) == [
        [("a", [1, 1]), ("b", [1])],
        [("b", [1, 1])],
    ]


def test_what_was_never_measured_has_no_length_and_leaves_nothing_open() -> None:
    for part in parts(made(SHIPPED.read_bytes(), Subject.AMBITIONS), Ladder):
        drawn = part.chart.ladder
        assert (any(drawn.stacked), drawn.rest) == (False, "")
        assert "width:" not in charts.stacked(drawn, "")
    homes, *_ = parts(made(example(), Subject.AMBITIONS), Ladder)
    assert sum(homes.chart.ladder.stacked) < 1
    assert homes.chart.ladder.rest == "1.770"


def test_what_fills_a_page_exactly_stays_on_it() -> None:
    heights = [0.1] * 3 + [0.7, 2.31, 1.81]
    assert fit.pages(heights, lambda height: height, lambda _: sum(reversed(heights))) == [heights]
