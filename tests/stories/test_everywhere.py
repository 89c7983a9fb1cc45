"""What weighs most is told in every output, and told once for all of them."""

import html
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from aaa import cli
from aaa.exports import deck, figures_workbook, report, summary
from aaa.site import building
from aaa.slides import agenda, drawing
from aaa.stories import ambitions, budget, facts
from aaa.stories.parts import Bars, Ladder, Story, Words
from aaa.values import shipped
from aaa.words import formatting
from aaa.workbook.schema import Subject
from tests.support.books import ACTIVITY, SMALL, example, small
from tests.support.copies import taken_of, version_of

RED = "Zonder besluit geen campus"
ASKED = "Kies de plaats van de campus"
OVERDUE = "Vraag de provincie om een brief"
NOW = {"Datum": "2025-05-01", "Kostenpost": "Capaciteit", "Financier": "Gemeente"}
MEASURED = {"Ambitie": "Woningen", "Peildatum": "2025-05-01", "Waarde": 5}


def broken() -> bytes:
    """Return a workbook in which money contradicts itself, words are misspelt, and decisions
    wait.
    """
    red = {"Activiteit": RED, "Status": "Loopt", "Oordeel": "Rood", "Stand van zaken": "Zie boven"}
    waits = {"Datum": "2025-02-01", "Status": "Open"}
    return small(
        Activiteiten=[ACTIVITY | {"Nr": f"9.{n}"} | red for n in range(6)] + [ACTIVITY],
        Kostenraming=[
            {
                "Kostenpost": "Capaciteit",
                "Totaal": 100_000,
                "Dekking gemeente": 60_000,
                "Dekking partners": 20_000,
            },
        ],
        Uitgaven=[
            NOW | {"Soort": "Betaald", "Bedrag": 1000},
            NOW | {"Soort": "Betaalt", "Bedrag": 50_000},
        ],
        Toezeggingen=[
            {
                "Kostenpost": "Capaciteit",
                "Financier": "Partners",
                "Bedrag": 7000,
                "Zekerheid": "Misschien",
            }
        ],
        Metingen=[MEASURED | {"Trede": "Gereedd"}],
        Besluiten=[
            waits | {"Soort": "Besluit", "Tekst": ASKED, "Gereed voor": "2025-12-01"},
            waits | {"Soort": "Actie", "Tekst": OVERDUE, "Gereed voor": "2025-03-01"},
        ],
    )


def half_known() -> bytes:
    """Return a workbook in which a cost line has no amount yet."""
    return small(Kostenraming=[*SMALL["Kostenraming"], {"Kostenpost": "Middelen"}])


# What each output must say of the workbook above.
CAUTIONS = {
    "the estimate contradicts itself": "telt op tot € 100.000, de dekking van gemeente en partners"
    " samen tot € 80.000",
    "a booking counts nowhere": "1 boeking (€ 50.000) telt nergens mee",
    "a commitment counts nowhere": "1 toezegging (€ 7.000) telt nergens mee",
    "a measurement counts nowhere": "1 meting staat op geen trede",
}
WEIGHTY = {"an activity on Rood": RED, "an asked decision": ASKED, "an overdue action": OVERDUE}
# Euros per home go with the words that say what they are not; slides and the A4 have
# no euros per home.
CLAIMS = {"euros per unit": "geen bouwkosten, geen kosten van een baan"}
OUTPUTS = ("page", "copy", "slides", "deck", "A4", "figures.xlsx", "show", "show --json")


def plain(text: str) -> str:
    """Return the words of HTML, with plain spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u00a0", " ").split())


def pages(data: bytes, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """Return the words of the pages of the dashboard."""
    path = folder / "aaa_2025.xlsx"
    path.write_bytes(data)
    patch.setenv("AAA_WORKBOOK", str(path))
    patch.setenv("AAA_STATE", str(folder / "state"))
    app = AppTest.from_file(str(shipped.SCRIPT), default_timeout=60).run()
    found = ""
    for page in ("overview", "timeline", "partner_load", "budget", "ambitions", "programme"):
        app.switch_page(str(shipped.PAGES / f"{page}.py")).run()
        assert not app.exception
        found += "".join(element.proto.body for element in app.get("html"))
        found += "".join(element.proto.json for element in app.get("bidi_component"))
    return plain(found.encode().decode("unicode_escape", "ignore")) + plain(found)


def words_of_deck(data: bytes) -> str:
    found = []
    for slide in Presentation(io.BytesIO(data)).slides:
        inside = [one for shape in slide.shapes for one in getattr(shape, "shapes", ())]
        for shape in (*slide.shapes, *inside):
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if getattr(shape, "has_table", False):
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            if getattr(shape, "has_chart", False):
                plot = shape.chart.plots[0]
                found += map(str, plot.categories)
                found += [one.name for one in plot.series]
                found += [str(n) for one in plot.series for n in one.values]
    return plain(" ".join(found))


def words_of_book(data: bytes) -> str:
    sheets = load_workbook(io.BytesIO(data)).worksheets
    return plain(
        " ".join(str(c) for sheet in sheets for row in sheet.values for c in row if c is not None)
    )


@cache
def outputs(data: bytes) -> Mapping[str, str]:
    """Return the words of every output of a workbook, but the pages."""
    taken = taken_of(data)
    shown = taken.whole
    slides = agenda.slides(taken, taken.subjects)
    copied = building.build(version_of(data), [taken])
    foot = (one.text for one in facts.facts(shown, shown, taken.stamp, "nl", short=True))
    return {
        "copy": plain(" ".join(f.decode() for path, f in copied.items() if path.endswith(".html"))),
        "slides": plain(" ".join([*foot, *(drawing.slide(one, "nl") for one in slides)])),
        "deck": words_of_deck(deck.pptx(taken)),
        "A4": plain(report.html(taken)),
        "figures.xlsx": words_of_book(figures_workbook.workbook(taken)),
        "show": plain("\n".join(cli._readable(shown, "nl"))),
        "show --json": plain(json.dumps(summary.summarise(shown), ensure_ascii=False)),
    }


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_tells_what_weighs_most(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (
        pages(broken(), tmp_path, monkeypatch) if output == "page" else outputs(broken())[output]
    )
    has_none = output.startswith("show") or output in ("slides", "deck", "A4")
    wanted = CAUTIONS | WEIGHTY | ({} if has_none else CLAIMS)
    assert [name for name, said in wanted.items() if said not in words] == []


def uncertain() -> bytes:
    """Return a workbook in which little is known, and some of that is old or cannot be read."""
    return small(
        Programma=[*SMALL["Programma"], {"Gegeven": "Soort", "Waarde": "Voorbeeld"}],
        Activiteiten=[
            ACTIVITY | {"Periode": "Q1"},
            ACTIVITY | {"Nr": "1.2", "Periode": "ntb", "Partners": "Een vreemde"},
            ACTIVITY | {"Nr": "1.3", "Periode": "Q4", "Prognose": "Q1 2026", "Voortgang": "half"},
        ],
        Kostenraming=[SMALL["Kostenraming"][0] | {"Dekking partners": "veertig"}],
        Ambities=[
            {"Nr": "1", "Ambitie": "Woningen", "Eenheid": "woningen", "Doel": 10_000},
            {"Nr": "2", "Ambitie": "Studentenstad", "Eenheid": "studenten", "Doel": None},
        ],
        Metingen=[MEASURED | {"Trede": "Gereed", "Peildatum": "2024-05-01"}],
    )


def unjudged() -> bytes:
    """Return a workbook of which nothing asks for attention, because nobody judged."""
    return small(Activiteiten=[ACTIVITY | {"Periode": "Q4"}])


@dataclass(frozen=True)
class Doubt:
    """A sentence that says of a number that it is incomplete, old, uncertain or invented.

    Attributes:
        says: it, as a regular expression.
        data: a workbook that causes it.
        without: the outputs that show no such number, or say it in another way.
    """

    says: str
    data: Callable[[], bytes] = uncertain
    without: tuple[str, ...] = ()


JSON = ("show --json",)  # what is not known is null there
NUMBERS = ("figures.xlsx", "show", *JSON)  # what was never recorded has no row
DOUBTS = {
    "the workbook has errors": Doubt(r'\d fout(en)? in de werkmap|"errors": \d', uncertain),
    "how much is filled": Doubt(r'\d+% (ingevuld|van wat bekend)|"share": 0.\d'),
    "the date": Doubt("15 (juli 2025|jul)|2025-07-15"),
    "the figures are invented": Doubt('fictieve cijfers|"example": true'),
    "a status is not reported": Doubt('(?i)niet gerapporteerd|"unreported": \\["1.1"'),
    "a period is over without a report": Doubt(
        'periode verstreken, niet gerapporteerd|"passed_unreported": \\["1.1"'
    ),
    "nobody judged": Doubt("nog geen oordeel|er is geen oordeel", unjudged, NUMBERS),
    "an activity has no period": Doubt(
        '(?i)(nog geen|zonder) periode|"undated": \\["1.2"', without=("A4",)
    ),
    "an end is expected later": Doubt(r"Q1 2026|\+1", without=("A4", "show")),
    "a rung is not measured": Doubt('nog niet gemeten|"value": null'),
    "a measurement is of long ago": Doubt("1 mei 2024|2024-05-01"),
    "a measurement has no source": Doubt(
        '(?i)bron niet vermeld|Onbekend|"source": null', without=("deck", "A4", "show")
    ),
    "an ambition has no target": Doubt(
        '(?i)geen getal als doel|"target": null',
        without=("slides", "deck", "A4", "show", "figures.xlsx"),
    ),
    "who pays is not known": Doubt("Wie wat draagt is nog niet bekend|onbekend|null"),
    "commitments are not recorded": Doubt(
        "Hoe zeker de dekking is, is nog niet vastgelegd|nog niet vastgelegd", without=NUMBERS
    ),
    "spending is not recorded": Doubt(
        "Uitgaven zijn nog niet vastgelegd|nog niet vastgelegd", without=NUMBERS
    ),
    "a partner is not in the register": Doubt(
        "niet in het register", without=("slides", "deck", "A4", *NUMBERS)
    ),
    "an activity that names an ambition proves nothing": Doubt("is hier niet gemeten"),
    "a cost line has no amount": Doubt("1 kostenpost zonder bedrag, niet meegeteld", half_known),
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_says_how_uncertain_its_numbers_are(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing, words = [], dict[str, str]()
    for name, doubt in DOUBTS.items():
        data = doubt.data()
        folder = tmp_path / doubt.data.__name__
        if doubt.data.__name__ not in words:
            folder.mkdir()
            words[doubt.data.__name__] = (
                pages(data, folder, monkeypatch) if output == "page" else outputs(data)[output]
            )
        if output not in doubt.without and not re.search(doubt.says, words[doubt.data.__name__]):
            missing.append(name)
    assert missing == []


def test_every_output_has_the_numbers_of_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = example()
    found = {**outputs(data), "page": pages(data, tmp_path, monkeypatch)}
    told = json.loads(found.pop("show --json"))
    euros = [told["budget"][name] for name in ("total", "gemeente", "partners")]
    lines = [line[name] for line in told["budget"]["lines"] for name in ("total", "gemeente")]
    rungs = [r["value"] for a in told["ambitions"] for r in a["ladder"] if r["value"] is not None]
    assert (len(euros), len(lines), len(rungs)) == (3, 6, 6)
    wanted = [formatting.euros(amount, "nl").replace("\u00a0", " ") for amount in euros]
    wanted += [formatting.number(value, "nl") for value in rungs]
    cells = set(found.pop("figures.xlsx").split())
    assert {str(value) for value in (*lines, *rungs)} <= cells
    own = [formatting.euros(amount, "nl").replace("\u00a0", " ") for amount in lines[1::2]]
    assert [one for one in own if one not in found["deck"]] == []
    assert {str(float(value)) for value in rungs[:5]} <= set(found["deck"].split())  # of its bars
    for output, words in found.items():
        assert [one for one in wanted if one not in words] == [], output
    shown = taken_of(data).shown
    late = [one["nr"] for one in told["activities"] if one["nr"] in told["late"]]
    assert late == shown.activities[shown.activities["late"]]["nr"].tolist()


def test_what_no_caution_is_about_has_none() -> None:
    taken = taken_of(small())
    assert taken.cautions == ()
    assert "r-cautions" not in report.html(taken).split("</style>")[-1]


def without(words: str, folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """Return the outputs that do not say some words, made anew."""
    outputs.cache_clear()
    try:
        found = {**outputs(broken()), "page": pages(broken(), folder, patch)}
    finally:
        outputs.cache_clear()
    return [output for output in OUTPUTS if words not in found[output]]


@pytest.mark.parametrize("module", [budget, ambitions], ids=lambda module: module.__name__)
def test_a_caution_that_is_added_to_a_story_is_in_every_output(
    module: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = "Deze zin staat alleen hier."
    usual = module.cautions

    def with_it(programme: Any, lang: str) -> Iterator[Words]:
        yield Words(added, warning=True)
        yield from usual(programme, lang)

    monkeypatch.setattr(module, "cautions", with_it)
    assert without(added, tmp_path, monkeypatch) == []


@pytest.mark.parametrize("module", [budget, ambitions], ids=lambda module: module.__name__)
def test_a_sentence_that_is_added_to_a_story_is_in_every_output(
    module: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added, usual = "Ook deze zin staat alleen hier.", module.story

    def with_it(programme: Any, lang: str) -> Story:
        story: Story = usual(programme, lang)
        return replace(story, parts=(*story.parts, Words(added)))

    monkeypatch.setattr(module, "story", with_it)
    assert without(added, tmp_path, monkeypatch) == []


def test_no_story_has_a_caution_that_only_its_own_page_tells() -> None:
    taken = taken_of(broken())
    told = [words for story in taken.stories.values() for words in story.cautions]
    assert list(dict.fromkeys(told)) == list(taken.cautions)
    assert len(taken.cautions) == len(CAUTIONS)


def test_a_story_is_a_value_without_html() -> None:
    for story in taken_of(broken()).stories.values():
        for part in story.parts:
            texts = [v for v in vars(part).values() if isinstance(v, str)]
            if isinstance(part, Bars | Ladder):
                texts += [part.chart.title, part.chart.alt]
            assert not [text for text in texts if "<" in text]


def test_a_slide_with_the_estimate_says_that_it_contradicts_itself() -> None:
    first, *_ = agenda.slides(taken_of(broken()), [Subject.BUDGET])
    words = plain(drawing.slide(first, "nl"))
    assert "€ 100.000" in words
    assert CAUTIONS["the estimate contradicts itself"] in words


# what only a date can tell, said as if nobody had counted
_COUNTED = re.compile(
    r"(?i)\b0 (?:te laat\b(?!:)|moet|over tijd)|niets meer klaar|te laat 0\b(?! van)"
)


@pytest.mark.parametrize("output", OUTPUTS)
def test_without_a_date_no_count_that_needs_one_is_a_number(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = [row for row in SMALL["Programma"] if row["Gegeven"] != "Peildatum"]
    rows = [ACTIVITY | {"Periode": "Q1", "Status": "Loopt", "Oordeel": "Groen"}]
    data = small(Programma=facts, Activiteiten=rows)
    words = pages(data, tmp_path, monkeypatch) if output == "page" else outputs(data)[output]
    assert _COUNTED.findall(words) == []
    assert re.search("(?i)peildatum onbekend|onbekend|null", words)
    if output == "show --json":
        told = json.loads(json.dumps(summary.summarise(taken_of(data).whole)))
        assert (told["late"], told["passed_unreported"]) == (None, None)
