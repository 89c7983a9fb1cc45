"""What the server answers beside the pages themselves, asked over a real connection."""

import datetime as dt
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit
from ical.calendar_stream import IcsCalendarStream

from aaa.server import shell, sockets
from tests.support import servers
from tests.support.books import example, small
from tests.support.servers import Asked, Changing, Served

pytestmark = pytest.mark.server

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def port(serve: Callable[[str], Served]) -> int:
    return serve("example").port


@pytest.mark.parametrize("path", ["/", "/tijdlijn", "/partners?partner=dc-terra"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_page_is_in_the_readers_language_and_named_after_the_programme(
    port: int, path: str, packed: bool
) -> None:
    headers = {"Accept_Encoding": "gzip"} if packed else {}
    dutch = Asked(port, path, **headers)
    english = Asked(port, f"{path}{'&' if '?' in path else '?'}taal=en", **headers)
    assert (dutch.headers.get("content-encoding") == "gzip") is packed
    assert '<html lang="nl">' in dutch.text
    assert "<title>Asser Ambitie Agenda</title>" in dutch.text
    assert "Dit dashboard heeft JavaScript nodig." in dutch.text
    assert '<html lang="en">' in english.text
    assert "This dashboard needs JavaScript." in english.text
    assert dutch.headers["cache-control"] == "no-cache"
    assert "etag" not in dutch.headers
    assert int(dutch.headers["content-length"]) == len(dutch.body)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tijdlijn",
        "/onzin",
        "/app/static/icon.svg",
        "/agenda/programma.ics",
        "/_stcore/health",
    ],
)
@pytest.mark.parametrize("accepted", ["identity", "gzip", "gzip, deflate, br"])
def test_who_asks_for_the_headers_only_gets_those_of_the_answer(
    port: int, path: str, accepted: str
) -> None:
    whole, headers = Asked(port, path), Asked(port, path, "HEAD", Accept_Encoding=accepted)
    assert (headers.status, headers.body) == (whole.status, b"")
    for name in (
        "content-length",
        "content-type",
        "content-security-policy",
        "etag",
        "cache-control",
    ):
        assert headers.headers.get(name) == whole.headers.get(name), name


@pytest.mark.parametrize("path", ["/", "/tijdlijn", "/onzin", "/app/static/icon.svg"])
def test_nobody_gets_a_small_answer_who_does_not_take_it(port: int, path: str) -> None:
    for refused in (
        "identity",
        "gzip;q=0",
        "deflate, gzip; q=0.0",
        "gzip;q=0, *;q=1",
        "*;q=0",
        "gzipx",
        "br",
    ):
        assert "content-encoding" not in Asked(port, path, Accept_Encoding=refused).headers, refused
    for taken in ("gzip", "GZIP", "br, gzip;q=0.5", "*", "br;q=1, *;q=0.1"):
        assert Asked(port, path, Accept_Encoding=taken).headers["content-encoding"] == "gzip", taken


def test_a_page_is_whole_whatever_is_asked_of_it(port: int) -> None:
    """Streamlit's file is one and never changes; what is served of it does."""
    for asked in (
        {"Range": "bytes=0-9"},
        {"Range": "x"},
        {"If_None_Match": "*"},
        {"If_Modified_Since": "Fri, 01 Jan 2038 00:00:00 GMT"},
    ):
        assert [Asked(port, path, **asked).status for path in ("/", "/tijdlijn", "/onzin")] == [
            200,
            200,
            404,
        ], asked
        assert Asked(port, "/", **asked).body == Asked(port, "/").body


def test_the_page_still_is_as_the_shell_expects_it() -> None:
    shown = shell.shell(INDEX, "nl")
    assert shown.count("<title>") == 1
    for gone in ("Streamlit</title>", "SourceSans", "favicon.png", "enable JavaScript"):
        assert gone not in shown
    assert shown.count('<div id="root"></div>') == 1
    hinted = re.findall(r'modulepreload" crossorigin href="\./static/js/([^"]+)"', shown)
    assert len(hinted) == len(set(hinted))
    assert any(name.startswith("BidiComponent.") for name in hinted)
    program = Path(streamlit.__file__).parent / "static" / "static" / "js"
    assert all((program / name).is_file() for name in hinted)


def test_the_program_is_sent_small_and_kept_by_the_browser(port: int) -> None:
    script = re.search(r'src="\.(/static/js/index[^"]+)"', Asked(port, "/").text)
    assert script
    plain, small_one, again = (
        Asked(port, script[1]),
        Asked(port, script[1], Accept_Encoding="gzip"),
        Asked(port, script[1], Accept_Encoding="gzip, br"),
    )
    assert len(small_one.body) < len(plain.body) / 2.5
    assert small_one.body == again.body
    assert small_one.text == plain.text
    assert "immutable" in small_one.headers["cache-control"]
    assert "accept-encoding" in small_one.headers["vary"].lower()
    assert "content-encoding" not in plain.headers


def test_a_part_of_a_file_is_not_compressed(port: int) -> None:
    found = Asked(port, "/app/static/icon.svg", Accept_Encoding="gzip", Range="bytes=0-9")
    assert "content-encoding" not in found.headers


def test_a_calendar_is_served_as_one(port: int) -> None:
    found = Asked(port, "/agenda/dc-terra.ics")
    assert found.status == 200
    assert found.headers["content-type"] == "text/calendar; charset=utf-8"
    assert found.headers["cache-control"] == "public, max-age=300"
    assert 'filename="aaa-dc-terra.ics"' in found.headers["content-disposition"]
    assert len(IcsCalendarStream.calendar_from_ics(found.text).events) == 7
    assert f"URL:http://127.0.0.1:{port}/tijdlijn?activiteit=1-1" in found.text.replace("\r\n ", "")


def test_who_asks_again_is_told_that_nothing_changed(port: int) -> None:
    first = Asked(port, "/agenda/programma.ics", Accept_Encoding="gzip")
    again = Asked(port, "/agenda/programma.ics", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert (
        Asked(port, "/agenda/programma.ics?taal=en", If_None_Match=first.headers["etag"]).status
        == 200
    )


@pytest.mark.parametrize(
    "spelling",
    ["thorbecke", "NHL%20Stenden/Thorbecke", "Thorbecke-Academie-nhl-stenden", "NHL-STENDEN"],
)
def test_a_calendar_is_found_by_any_spelling(port: int, spelling: str) -> None:
    found = Asked(port, f"/agenda/{spelling}.ics")
    assert found.status == 200
    assert found.text == Asked(port, "/agenda/thorbecke-academie-nhl-stenden.ics").text


def test_a_theme_is_found_by_its_own_code_too(port: int) -> None:
    assert (
        Asked(port, "/agenda/veiligheid.ics").text
        == Asked(port, "/agenda/thema-veiligheid.ics").text
    )


@pytest.mark.parametrize(
    "path",
    [
        "/agenda/dc-tera.ics",
        "/agenda/..%2f..%2fREADME.md",
        "/agenda/%00.ics",
        "/agenda/" + "x" * 3000 + ".ics",
    ],
)
def test_an_unknown_calendar_names_those_that_are_like_it(port: int, path: str) -> None:
    found = Asked(port, path)
    assert found.status in (400, 404)
    if "tera" in path:
        themes = "thema-veiligheid, thema-groenste-stad, thema-biotech-en-zorg, thema-algemeen"
        assert found.text == f"Deze agenda is er niet. Wel: programma, {themes}, dc-terra"


def test_a_dashboard_below_a_folder_links_to_itself(tmp_path: Path) -> None:
    (tmp_path / "aaa_2025.xlsx").write_bytes(example())
    with servers.serving(tmp_path / "aaa_2025.xlsx", base="partners") as served:
        feed = Asked(served.port, "/partners/agenda/dc-terra.ics").text.replace("\r\n ", "")
        assert f"URL:http://127.0.0.1:{served.port}/partners/tijdlijn?activiteit=1-1" in feed
        assert "4 activiteiten staan op rood of zijn te laat" in words(
            Asked(served.port, "/partners/").text
        )
        assert "DC Terra trekt 1 activiteit" in words(
            Asked(served.port, "/partners/partners?partner=dc-terra").text
        )
        assert 'id="a-first"' not in Asked(served.port, "/partners/partners?taal=en").text
        lost = Asked(served.port, "/partners/onzin/nog")
        assert lost.status == 404
        assert '<a href="/partners/tijdlijn">Tijdlijn</a>' in lost.text
        assert "url(/partners/app/static/ibm-plex-sans-latin-400-normal.woff2)" in lost.text


def test_one_file_is_kept_once_however_it_is_asked_for(port: int) -> None:
    script = re.search(r'src="\.(/static/js/index[^"]+)"', Asked(port, "/").text)
    assert script
    for path in (
        script[1],
        script[1].replace("/js/", "/js//"),
        script[1].replace("/js/", "/./js/"),
    ):
        assert Asked(port, path, Accept_Encoding="gzip").text == Asked(port, script[1]).text


def test_a_calendar_of_another_year(tmp_path: Path) -> None:
    this = dt.date.today().year  # the latest plan that has begun is shown where none is asked for
    for year, title in ((this - 1, "Eerder"), (this, "Nu"), (this + 1, "Straks")):
        facts: list[dict[str, Any]] = [
            {"Gegeven": "Naam", "Waarde": "Proef"},
            {"Gegeven": "Jaar", "Waarde": year},
        ]
        rows = [
            {
                "Nr": "1",
                "Thema": "Veiligheid",
                "Onderdeel": "Campus",
                "Activiteit": title,
                "Periode": "Q2",
                "Partners": "Van vorig jaar" if year < this else None,
            }
        ]
        (tmp_path / f"aaa_{year}.xlsx").write_bytes(small(Programma=facts, Activiteiten=rows))
    with servers.serving(tmp_path / f"aaa_{this}.xlsx") as served:
        assert "SUMMARY:1 Nu (Q2)" in Asked(served.port, "/agenda/programma.ics").text
        other = Asked(served.port, f"/agenda/programma.ics?jaar={this + 1}").text
        assert "SUMMARY:1 Straks (Q2)" in other
        # another activity than that of this year, which has the same number
        assert f"/tijdlijn?activiteit=1-{this + 1}&jaar={this + 1}" in other.replace("\r\n ", "")
        assert "SUMMARY:1 Nu (Q2)" in Asked(served.port, "/agenda/programma.ics?jaar=9999").text
        # who subscribed to what only an earlier year has, goes on seeing it
        last = Asked(served.port, "/agenda/van-vorig-jaar.ics")
        assert last.status == 200
        assert f"/tijdlijn?activiteit=1&jaar={this - 1}" in last.text.replace("\r\n ", "")
        assert Asked(served.port, f"/agenda/van-vorig-jaar.ics?jaar={this}").status == 404


def words(html: str) -> str:
    return " ".join(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL).split())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_page_for_a_phone_comes_with_its_contents(port: int, lang: str) -> None:
    asked = "" if lang == "nl" else "taal=en"
    overview = words(Asked(port, f"/?{asked}").text)
    for told in {
        "nl": (
            "4 activiteiten staan op rood of zijn te laat",
            "€ 680.000",
            "Voorbeeld: fictieve cijfers",
        ),
        "en": ("4 activities are red or late", "€680,000", "Example"),
    }[lang]:
        assert told in overview.replace("\u00a0", " ")
    partner = Asked(port, f"/partners?partner=thorbecke&{asked}").text
    assert "Thorbecke Academie (NHL Stenden) trekt 1 activiteit" in words(partner) or lang == "en"
    assert (
        f'href="agenda/thorbecke-academie-nhl-stenden.ics{"?taal=en" if lang == "en" else ""}"'
        in partner
    )
    assert "data-choose" not in partner
    assert '"@/' not in partner


@pytest.mark.parametrize(
    "path",
    [
        "/?thema=veiligheid",
        "/?per=vandaag",
        "/?taal=xx",
        "/?jaar=x",
        "/?jaar=1999",
        "/partners",
        "/tijdlijn",
        "/partners?partner=bestaat-niet",
        "/?partner=dc-terra",
    ],
)
def test_what_cannot_be_shown_beforehand_is_left_to_the_page(port: int, path: str) -> None:
    found = Asked(port, path)
    assert found.status == 200
    assert 'id="a-first"' not in found.text
    assert "<style>" in found.text


def test_an_embedded_page_comes_without_menu(port: int) -> None:
    assert '<nav class="a-nav"' in Asked(port, "/").text
    assert '<nav class="a-nav"' not in Asked(port, "/?embed=true").text


def test_words_of_the_workbook_stay_words_before_the_page_is_there_too(changing: Changing) -> None:
    evil = "</div></script><img src=x onerror=alert(1)>"
    rows = [
        {
            "Nr": "1",
            "Thema": evil,
            "Onderdeel": evil,
            "Activiteit": evil,
            "Periode": "Q2",
            "Oordeel": "Rood",
            "Status": "Loopt",
            "Stand van zaken": evil,
        }
    ]
    changing.save(small(Activiteiten=rows))
    text = Asked(changing.served.port, "/").text
    assert "onerror=alert(1)&gt;" in text
    assert "<img" not in text


def test_a_file_that_is_wrong_now_is_left_to_the_page_which_says_so(changing: Changing) -> None:
    changing.save(small())
    assert 'id="a-first"' in Asked(changing.served.port, "/").text
    changing.save(b"kapot", usable=False)
    assert 'id="a-first"' not in Asked(changing.served.port, "/").text


@pytest.mark.parametrize("descriptors", ["/dev/fd", "/as/on/windows"])
def test_a_connection_sends_at_once_what_it_has(
    monkeypatch: pytest.MonkeyPatch, descriptors: str
) -> None:
    monkeypatch.setattr(sockets, "_DESCRIPTORS", descriptors)
    # made as Streamlit makes its own, without naming the protocol
    with socket.socket() as listening, socket.socket() as browser:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert sockets.set_nodelay() >= 1
        browser.connect(listening.getsockname())
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
