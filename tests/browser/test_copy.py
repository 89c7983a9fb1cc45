"""The plain pages, as they stand on a file share, on a web host and in another site."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from aaa.site import placing
from tests.support import copies
from tests.support.effort import effort


@pytest.fixture(scope="module")
def host(copy: Path) -> Iterator[str]:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(copy.parent))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{copy.name}"
        server.shutdown()


@pytest.fixture(params=["share", "host"])
def where(request: pytest.FixtureRequest, copy: Path, host: str) -> str:
    return copy.as_uri() if request.param == "share" else host


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    page: Any = browser.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("requestfailed", lambda request: page.said.append(request.url))
    yield page
    page.close()


def test_a_page_needs_nothing_from_elsewhere(window: Any, where: str) -> None:
    asked = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(f"{where}/index.html")
    window.get_by_role("link", name="Tijdlijn").click()
    window.get_by_role("heading", name="eindigt 3 kwartalen later").wait_for()
    window.evaluate("document.fonts.ready")
    assert window.evaluate("document.fonts.check('1em \"IBM Plex Sans\"')")
    assert all(url.startswith(where) for url in asked)
    assert window.said == []


def test_the_search_field_finds_and_opens(window: Any, where: str) -> None:
    window.goto(f"{where}/partners/dc-terra.html")
    field = window.get_by_role("searchbox", name="Zoek")
    field.fill("warmte actium")
    window.get_by_text("1 gevonden").wait_for()
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")
    window.get_by_role("heading", name="Warmtenet in Lariks voorbereiden").wait_for()
    window.get_by_role("searchbox", name="Zoek").fill("qqqq")
    window.get_by_text("Niets gevonden").wait_for()
    window.get_by_role("link", name="English").click()
    window.get_by_role("searchbox", name="Search").fill("nhl stenden")
    window.get_by_role("link", name="Thorbecke Academie (NHL Stenden)").click()
    assert "/en/partners/thorbecke-academie-nhl-stenden.html" in window.url
    assert window.said == []


def test_an_old_name_leads_on(window: Page, where: str) -> None:
    window.goto(f"{where}/partners/nhl-stenden.html")
    window.wait_for_url("**/thorbecke-academie-nhl-stenden.html")


def test_the_system_chooses_light_or_dark_and_the_bars_follow(window: Page, where: str) -> None:
    seen = []
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme=scheme)
        window.goto(f"{where}/begroting.html")
        seen.append(
            window.evaluate(
                "[getComputedStyle(document.documentElement).backgroundColor,"
                " getComputedStyle(document.querySelector('.a-part')).backgroundColor]"
            )
        )
    (ground, bar), (dark_ground, dark_bar) = seen
    assert ground != dark_ground
    assert bar != dark_bar


def test_without_script_every_page_can_be_reached(browser: Browser, where: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{where}/index.html")
    for name in ("Begroting", "Controle", "English"):
        assert page.get_by_role("link", name=name).is_visible()
    assert not page.get_by_role("searchbox").count()
    context.close()


def test_no_page_scrolls_sideways(window: Page, copy: Path) -> None:
    wider = []
    for path in sorted(copy.glob("*.html")):
        window.goto(path.as_uri())
        for width, height in (
            (390, 844),
            (360, 740),
            (320, 640),
            (844, 390),
            (1366, 768),
            (1920, 1080),
        ):
            window.set_viewport_size({"width": width, "height": height})
            if not window.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                wider.append((path.name, width))
    assert wider == []


def test_in_another_site_it_leaves_its_menu_out(window: Page, host: str) -> None:
    window.set_content(
        f'<iframe src="{host}/tijdlijn.html" width="800" height="600" title="AAA"></iframe>'
    )
    inside = window.frame_locator("iframe")
    inside.get_by_role("heading", name="eindigt 3 kwartalen later").wait_for()
    assert not inside.get_by_role("navigation").is_visible()
    whole = inside.get_by_role("link", name="Open het hele dashboard")
    assert whole.get_attribute("href") == f"{host}/tijdlijn.html"


def test_a_visitor_never_meets_half_a_copy(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    placing.place(folder, copies.files("shipped"))
    stop = threading.Event()
    rounds: list[int] = []

    def publish() -> None:
        while not stop.is_set():
            placing.place(folder, copies.files("example" if len(rounds) % 2 == 0 else "shipped"))
            rounds.append(1)

    publisher = threading.Thread(target=publish)
    publisher.start()
    page, wrong = browser.new_page(), []
    # cut off by the next visit
    page.on(
        "requestfailed",
        lambda request: (
            wrong.append(request.url) if request.failure != "net::ERR_ABORTED" else None
        ),
    )
    for turn in range(effort(dev=12, ci=12, long=200)):
        page.goto(f"{folder.as_uri()}/{'index' if turn % 2 else 'begroting'}.html")
        if page.evaluate("!document.querySelector('h1') || !document.querySelector('footer')"):
            wrong.append(page.url)
    stop.set()
    publisher.join()
    page.close()
    assert rounds
    assert wrong == []
