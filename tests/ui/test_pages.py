"""Every page, as Streamlit runs it, with every workbook and in both languages."""

import datetime as dt
import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from aaa.stories import ambitions, budget, check, decisions
from aaa.stories import programme as programme_story
from aaa.stories.parts import Story
from aaa.ui import session
from aaa.ui.frame import PAGES
from aaa.values import shipped
from aaa.workbook import programme
from tests.support.books import ACTIVITY, BOOKS, empty, example, small
from tests.support.effort import in_ci

NAMES = [name for name, _, _ in PAGES]
LOOKS = [("shipped", "nl"), ("example", "en"), ("wrong", "nl"), ("empty", "nl")]
MORE = [("shipped", "en"), ("example", "nl"), ("wrong", "en"), ("empty", "en")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give a function that writes a workbook once for all tests of this file, so that the dashboard
    reads it once.
    """

    @cache
    def written(book: str) -> Path:
        path = tmp_path_factory.mktemp(book) / "aaa_2025.xlsx"
        path.write_bytes(BOOKS[book]())
        return path

    return written


@pytest.fixture
def open_page(
    tmp_path: Path, kept: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    """Give a function that opens a page of a workbook: by its name in `BOOKS` for one that is only
    looked at, else with the bytes of the test's own.
    """

    # At each run AppTest reads the metadata of every package that is installed, to look for
    # components: 150 ms, always the same.
    monkeypatch.setattr(
        "streamlit.components.v2.manifest_scanner.scan_component_manifests", _manifests
    )

    def opened(page: str, book: str | bytes, **query: str) -> AppTest:
        if isinstance(book, bytes):
            path = tmp_path / "aaa_2025.xlsx"
            path.write_bytes(book)
        else:
            path = kept(book)
            monkeypatch.setenv("AAA_STATE", str(path.parent / "state"))
        monkeypatch.setenv("AAA_WORKBOOK", str(path))
        app = AppTest.from_file(str(shipped.SCRIPT), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(str(shipped.PAGES / f"{page}.py")).run()
        return app

    return opened


_manifests = cache(manifest_scanner.scan_component_manifests)


def shown(app: AppTest) -> str:
    """Return every word that the page sends, with HTML and figures as they are."""
    parts = [element.proto.body for element in app.get("html")]
    for element in app.get("bidi_component"):
        data = json.loads(element.proto.json)
        parts += [data["html"]] if "html" in data else [*data["slides"], data["facts"]]
    parts += [chart.proto.alt + chart.proto.spec for chart in app.get("plotly_chart")]
    return "\n".join(str(part) for part in parts).replace("\u00a0", " ")


@pytest.mark.parametrize(("book", "lang"), [*LOOKS, *in_ci(*MORE)])
def test_every_page_runs_and_says_what_it_is(
    open_page: Callable[..., AppTest], book: str, lang: str
) -> None:
    app = open_page("overview", book, taal=lang)
    for page in NAMES:
        app.switch_page(str(shipped.PAGES / f"{page}.py")).run()
        assert not app.exception, page
        words = shown(app)
        assert "<h1>" in words, page
        found = re.search(
            r"\bnan\b|\bNaT\b|<NA>|\bNone\b", re.sub(r"<style>.*?</style>", "", words, flags=re.S)
        )
        assert found is None, (page, found)
        assert "<script>" not in words, page


def test_every_page_says_what_it_stands_for(open_page: Callable[..., AppTest]) -> None:
    app = open_page("overview", "example")
    for page in NAMES:
        words = shown(app.switch_page(str(shipped.PAGES / f"{page}.py")).run())
        for said in (
            "Asser Ambitie Agenda 2025",
            "stand per 30 sep",
            "opgeslagen",
            "76% ingevuld",
            "Voorbeeld: fictieve cijfers",
        ):
            assert said in words, (page, said)


def test_no_file_is_named_as_an_address() -> None:
    assert not {name for name, _, _ in PAGES} & {address for _, address, _ in PAGES}


def test_figures_that_are_not_invented_carry_no_banner(open_page: Callable[..., AppTest]) -> None:
    assert "fictieve" not in shown(open_page("overview", "shipped"))


def test_the_overview_gives_the_headline(open_page: Callable[..., AppTest]) -> None:
    words = shown(open_page("overview", "shipped"))
    assert "1 van de 26 activiteiten afgerond, van 25 is de status nog niet gerapporteerd" in words
    assert "€ 680.000" in words
    assert "Gemeente 66% · Partners 34%" in words
    assert "nog geen oordeel gegeven" in words
    assert "10.000 woningen" in words


def test_the_overview_and_a_partners_page_load_no_chart_library(
    open_page: Callable[..., AppTest],
) -> None:
    assert not open_page("overview", "example").get("plotly_chart")
    assert not open_page("partner_load", "example", partner="dc-terra").get("plotly_chart")


def test_the_budget_stands_beside_the_ambitions(open_page: Callable[..., AppTest]) -> None:
    words = shown(open_page("budget", "shipped"))
    assert (
        "Per woning van de ambitie gemeente € 45 en partners € 23; per baan van de ambitie gemeente"
        " € 90 en partners € 46" in words
    )
    assert "geen bouwkosten" in words
    assert words.count("nog niet vastgelegd") >= 2


def test_a_budget_that_contradicts_itself_shows_both_sums(
    open_page: Callable[..., AppTest],
) -> None:
    rows = [
        {"Kostenpost": "Capaciteit", "Totaal": 90, "Dekking gemeente": 60, "Dekking partners": 40}
    ]
    words = shown(open_page("budget", small(Kostenraming=rows)))
    assert "telt op tot € 90" in words
    assert "samen tot € 100" in words


def test_ladders_are_drawn_when_nothing_was_measured(open_page: Callable[..., AppTest]) -> None:
    words = shown(open_page("ambitions", "shipped"))
    assert "0 van de 8 treden zijn gemeten" in words
    assert words.count("nog niet gemeten") >= 8
    assert "geen getal als doel" in words


def test_a_partner_has_a_page_of_its_own(open_page: Callable[..., AppTest]) -> None:
    words = shown(open_page("partner_load", "example", partner="dc-terra"))
    assert "Partner · Onderwijs" in words
    assert "DC Terra trekt 1 activiteit en doet mee aan 3" in words
    assert "Opening academisch jaar" in words
    assert "€ 15.000" in words


@pytest.mark.parametrize(
    "spelling",
    ["nhl-stenden", "thorbecke", "NHL Stenden/Thorbecke", "thorbecke-academie-nhl-stenden"],
)
def test_an_old_spelling_in_a_link_still_works(
    open_page: Callable[..., AppTest], spelling: str
) -> None:
    assert "Thorbecke Academie (NHL Stenden) trekt 1 activiteit" in shown(
        open_page("partner_load", "example", partner=spelling)
    )


def test_an_unknown_partner_gives_the_nearest_name(open_page: Callable[..., AppTest]) -> None:
    words = shown(open_page("partner_load", "example", partner="dc-tera"))
    notice = words[words.index("Er is geen partner ‘dc-tera’") :]
    assert "Bedoelt u:" in notice
    assert "?partner=dc-terra" in notice[: notice.index("</ul>")]


@pytest.mark.parametrize("asked", ["qqqqqq", "onzin", "rabobank", "stichting-dorp"])
def test_a_name_like_no_other_gives_no_names(open_page: Callable[..., AppTest], asked: str) -> None:
    words = shown(open_page("partner_load", "shipped", partner=asked))
    assert f"Er is geen partner ‘{asked}’." in words
    assert "Bedoelt u" not in words


def test_what_comes_next_says_with_whom_and_how_to_keep_it(
    open_page: Callable[..., AppTest],
) -> None:
    words = shown(open_page("partner_load", "example", partner="dc-terra"))
    coming = words[words.index("Wat komt eraan") : words.index("Trekt 1 activiteit<")]
    assert "Met Horeca, ViA, Actium, Hanzehogeschool" in coming
    assert 'href="agenda/dc-terra.ics" download' in words
    assert 'data-subscribe="agenda/dc-terra.ics"' in words
    assert 'data-copy="page"' in words


def test_every_page_can_be_shared_and_put_on_another_site(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("overview", "example")
    for name in NAMES:
        if name != "meeting":
            words = shown(app.switch_page(str(shipped.PAGES / f"{name}.py")).run())
            assert 'data-copy="page"' in words, name
            assert "&lt;iframe src=&#34;{address}&#34;" in words, name
            assert 'href="agenda/programma.ics" download' in words, name


@pytest.mark.parametrize("page", ["budget", "ambitions", "programme", "check", "meeting"])
def test_what_no_filter_changes_is_not_made_anew_for_each(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    told: list[str] = []
    for module in (budget, ambitions, programme_story, check, decisions):

        def counted(*args: Any, usual: Callable[..., Story] = module.story) -> Story:
            told.append(usual.__module__)
            return usual(*args)

        monkeypatch.setattr(module, "story", counted)
    open_page(page, "example", per="2025-08-01")
    first = list(told)
    open_page(page, "example", per="2025-08-01", thema="veiligheid")
    assert first
    assert told == first


def test_filters_come_from_the_address(open_page: Callable[..., AppTest]) -> None:
    words = shown(
        open_page("timeline", "example", thema="veiligheid", kwartaal="Q2", status="loopt")
    )
    assert "Veiligheid · Loopt · Q2: 3 van 26 activiteiten" in words


def test_what_the_address_cannot_mean_is_ignored(open_page: Callable[..., AppTest]) -> None:
    app = open_page(
        "timeline",
        "example",
        thema="<b>",
        kwartaal="Q9",
        status="x",
        per="31-31-31",
        taal="xx",
        partner="?",
    )
    assert not app.exception
    assert "a-filter-said" not in re.sub(r"<style>.*?</style>", "", shown(app), flags=re.S)


def test_an_activity_that_there_is_not_is_said(open_page: Callable[..., AppTest]) -> None:
    words = shown(open_page("timeline", "example", activiteit="<b>nee"))
    assert "Er is geen activiteit ‘&lt;b&gt;nee’ in het plan van 2025." in words


def test_a_filter_that_is_chosen_goes_into_the_address(open_page: Callable[..., AppTest]) -> None:
    app = open_page("timeline", "example")
    app.session_state["filters_open"] = True
    app.run()
    app.multiselect(key="filter_thema").select("veiligheid").run()
    assert "veiligheid" in app.query_params["thema"]
    assert "Veiligheid: 6 van 26 activiteiten" in shown(app)
    app.button(key="filter_clear").click().run()
    assert "thema" not in app.query_params


def test_the_date_can_be_the_workbooks_todays_or_any_other(
    open_page: Callable[..., AppTest],
) -> None:
    assert "stand per 31 december 2025" in shown(open_page("timeline", "example", per="2025-12-31"))
    app = open_page("timeline", "example", per="vandaag")
    assert f"stand per {dt.date.today().day} " in shown(app)


def test_details_open_from_the_address(open_page: Callable[..., AppTest]) -> None:
    app = open_page("timeline", "example", activiteit="2.6")
    words = shown(app)
    assert "Warmtenet in Lariks voorbereiden" in words
    assert "In de werkmap: Activiteiten!A13" in words
    assert "+3 kwartalen" in words
    assert "wordt niet gehaald zonder besluit van de regiegroep" in words


def test_details_open_on_a_partners_page_too(open_page: Callable[..., AppTest]) -> None:
    words = shown(open_page("partner_load", "example", partner="dc-terra", activiteit="1.1"))
    assert "Activiteiten!A2" in words


@pytest.mark.parametrize("page", ["overview", "timeline", "themes"])
def test_filters_that_leave_nothing_say_so(open_page: Callable[..., AppTest], page: str) -> None:
    words = shown(open_page(page, "example", thema="veiligheid", status="vervallen"))
    assert "<h1>Geen activiteit past bij deze filters</h1>" in words
    if page == "themes":  # on the overview each list says so of itself
        assert words.count("Geen activiteit past bij deze filters") == 1
        assert "Vul " not in words


def test_every_page_says_that_the_workbook_has_errors(open_page: Callable[..., AppTest]) -> None:
    assert re.search(
        r"\d+ fouten in de werkmap: zie Controle", shown(open_page("timeline", "wrong"))
    )


def test_what_is_said_of_several_cells_is_said_once(open_page: Callable[..., AppTest]) -> None:
    rows = [
        ACTIVITY | {"Nr": f"1.{nr}", "Thema": "Verkeer" if nr in (1, 3, 4, 5, 8) else "Groen"}
        for nr in range(1, 9)
    ]
    words = shown(open_page("check", small(Activiteiten=rows)))
    assert words.count("‘Verkeer’ staat niet in het blad Themas") == 1
    assert '<span class="a-place">B2, B4–B6, B9</span>' in words
    assert "De werkmap heeft 5 fouten" in words


def test_findings_stand_on_the_check_page_with_their_cell(
    open_page: Callable[..., AppTest],
) -> None:
    words = shown(open_page("check", "wrong"))
    for place in ("E2", "A3", "B2"):
        assert f'<span class="a-place">{place}</span>' in words
    assert "is geen periode die het dashboard kent" in words


def test_a_broken_save_keeps_the_last_good_version(
    open_page: Callable[..., AppTest], tmp_path: Path
) -> None:
    app = open_page("overview", example())
    (tmp_path / "aaa_2025.xlsx").write_bytes(b"half")
    session._store(str(tmp_path / "aaa_2025.xlsx"), None).refresh()
    app.run()
    assert not app.exception
    assert "De nieuwste versie van de werkmap kan niet worden gelezen" in shown(app)
    assert "4 activiteiten staan op rood of zijn te laat" in shown(app)


def test_a_workbook_that_never_was_good_says_how_to_start(
    open_page: Callable[..., AppTest],
) -> None:
    words = shown(open_page("overview", b"geen werkmap"))
    assert "Er is nog geen werkmap om te tonen" in words
    assert "Dit is geen Excel-werkmap" in words


def test_a_warm_rerun_reads_no_file(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("overview", example())

    parsed: list[bytes] = []
    monkeypatch.setattr(programme, "from_bytes", lambda data, _: parsed.append(data))
    for page in NAMES[1:]:
        assert not app.switch_page(str(shipped.PAGES / f"{page}.py")).run().exception
    assert parsed == []


def test_a_saved_change_is_shown_and_said(
    open_page: Callable[..., AppTest], tmp_path: Path
) -> None:
    app = open_page("overview", example())
    assert "bijgewerkt" not in shown(app)
    (tmp_path / "aaa_2025.xlsx").write_bytes(small())
    session._store(str(tmp_path / "aaa_2025.xlsx"), None).refresh()
    app.run()
    assert re.search(r"bijgewerkt \d\d:\d\d", shown(app))
    assert "Proef 2025" in shown(app)


def test_the_year_in_the_address_chooses_the_workbook(
    open_page: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "today", lambda: dt.date(2025, 11, 27))
    (tmp_path / "aaa_2026.xlsx").write_bytes(empty())
    usual = shown(open_page("overview", small()))
    assert "Proef 2025" in usual
    assert "Het plan van 2026 staat klaar" in usual
    assert "Asser Ambitie Agenda 2026" in shown(open_page("overview", small(), jaar="2026"))
    wrong = shown(open_page("overview", small(), jaar="2031"))
    assert "Proef 2025" in wrong
    assert "Er is geen werkmap voor 2031" in wrong
    # on New Year's Day the plan that has begun is shown, and last year's link still answers
    monkeypatch.setattr(session, "today", lambda: dt.date(2026, 1, 1))
    assert "Asser Ambitie Agenda 2026" in shown(open_page("overview", small()))
    assert "Proef 2025" in shown(open_page("overview", small(), jaar="2025"))


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("partner_load", {"partner": "dc-terra"}, "DC Terra"),
        ("timeline", {"activiteit": "1-1"}, "Bouwen"),
        ("timeline", {"activiteit": "1.1"}, "Bouwen"),
    ],
)
def test_a_link_of_last_year_leads_to_last_year(
    open_page: Callable[..., AppTest],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    query: dict[str, str],
    said: str,
) -> None:
    monkeypatch.setattr(session, "today", lambda: dt.date(2026, 11, 27))
    facts: list[dict[str, Any]] = [
        {"Gegeven": "Naam", "Waarde": "Proef"},
        {"Gegeven": "Jaar", "Waarde": 2026},
    ]
    new = small(
        Programma=facts,
        Partners=[{"Partner": "Nieuw", "Soort": "Zorg", "Ook bekend als": ""}],
        Activiteiten=[ACTIVITY | {"Nr": "9.9", "Activiteit": "Iets heel anders"}],
    )
    (tmp_path / "aaa_2026.xlsx").write_bytes(new)
    app = open_page(page, small(), **query)
    assert app.query_params["jaar"] in ("2025", ["2025"])  # set by the page, or asked for
    assert said in shown(app)
    # where the address names a year, that counts
    assert said not in shown(open_page(page, small(), jaar="2026", **query))


def test_a_newer_copy_beside_the_workbook_is_named(
    open_page: Callable[..., AppTest], tmp_path: Path
) -> None:
    copy = tmp_path / "aaa_2025-LAPTOP.xlsx"
    copy.write_bytes(small())
    os.utime(copy, (4_000_000_000, 4_000_000_000))
    words = shown(open_page("check", small()))
    assert "later is opgeslagen: aaa_2025-LAPTOP.xlsx" in words
    assert words.index("aaa_2025-LAPTOP.xlsx") < words.index("bevindingen")  # before all else


def test_of_a_hundred_mistakes_on_a_sheet_the_rest_is_counted(
    open_page: Callable[..., AppTest],
) -> None:
    words = shown(
        open_page(
            "check",
            small(Activiteiten=[ACTIVITY | {"Nr": str(n), "Status": "Lopt"} for n in range(130)]),
        )
    )
    assert words.count("‘Lopt’ is geen woord uit de keuzelijst") == 100
    assert words.count("Dit komt nog 30 keer voor.") == 1
    assert "130 fouten" in words


def test_the_versions_kept_are_listed(open_page: Callable[..., AppTest], tmp_path: Path) -> None:
    app = open_page("check", small())
    store = session._store(str(tmp_path / "aaa_2025.xlsx"), None)
    for title in ("a", "b"):
        (tmp_path / "aaa_2025.xlsx").write_bytes(
            small(Activiteiten=[ACTIVITY | {"Activiteit": title}])
        )
        store.refresh()
    words = shown(app.run())
    assert "2 eerdere versies bewaard" in words
    assert words.count("in beeld vanaf") == 2
    labels = [button.label for button in app.get("download_button")]
    assert labels[-3:] == [
        "Werkmap ophalen",
        "Gemarkeerde werkmap ophalen",
        "Werkmap voor 2026 maken",
    ]


def test_publishing_is_off_unless_configured(open_page: Callable[..., AppTest]) -> None:
    assert not open_page("check", "example").get("page_link")


def test_what_the_address_asks_for_in_vain_is_said_below_the_title(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("partner_load", "example", partner="qqqqqq")
    words = "".join(str(element.proto) for element in app.main)
    assert 0 <= words.index("<h1>") < words.index("Er is geen partner")
