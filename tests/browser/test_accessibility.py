"""WCAG 2.2 A and AA by axe-core, and what no program can judge: keys, focus, colours that a system forces, motion."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from aaa.ui.frame import PAGES
from tests.browser.conftest import until
from tests.test_site import files

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Streamlit's own defects, each with its issue; docs/toegankelijkheid.md lists them too.
FRAMEWORK = [("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"')]  # streamlit/streamlit #15921: made untabbable, but not unlabelled
DESKTOP, PHONE = (1366, 768), (390, 844)
# Each in both sizes; the other two, and so all eight together, are run by hand before a release (docs/toegankelijkheid.md).
LOOKS = [("nl", "light"), ("en", "dark")]
PATHS = [path for _, path, _ in PAGES] + ["partners?partner=dc-terra", "tijdlijn?activiteit=2-6", "partners?partner=bestaat-niet", "tijdlijn?embed=true"]
COPIED = ["index", "tijdlijn", "themas", "partners", "partners/dc-terra", "begroting", "ambities", "programma", "wijzigingen", "controle", "activiteiten/2-6"]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"] if not excepted(rule["id"], node["html"])]


def excepted(rule: str, html: str) -> bool:
    return any(rule == of_rule and part in html for of_rule, part in FRAMEWORK)


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_in_the_dashboard(visit, path: str, lang: str, scheme: str) -> None:
    asked = f"/{path}" + ("" if lang == "nl" else ("&" if "?" in path else "?") + "taal=en")
    page = visit(asked, "example", PHONE, scheme).page
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        until(page, f"innerWidth === {width}")
        assert violations(page) == [], (width, height)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/", "Filter en datum"),
        ("/", "Meenemen"),
        ("/", "Delen"),
        ("/themas", "Tabel"),
        ("/wijzigingen", "Vergelijken"),
        ("/partners?partner=dc-terra", "Datum"),
    ],
)
def test_axe_finds_nothing_in_what_a_button_opens(visit, path: str, button: str, scheme: str) -> None:
    seen = visit(path, "example", DESKTOP, scheme)
    seen.page.get_by_role("button", name=button).first.click()
    seen.ready()
    until(seen.page, "[...document.querySelectorAll('[data-testid=stPopoverBody], .a-share')].some(e => e.getClientRects().length)")
    assert violations(seen.page) == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kopie")
    for path, data in files("example").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)  # the page's own policy lets no script in but its own, axe neither
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("folder", ["", "en/"], ids=["nl", "en"])
def test_axe_finds_nothing_in_the_copy(opened: Page, copy: Path, folder: str, size: tuple[int, int], scheme: str) -> None:
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": size[0], "height": size[1]})
    for path in COPIED:
        opened.goto(f"{copy.as_uri()}/{folder}{path}.html")
        assert violations(opened) == [], path


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_where_there_is_no_page(opened: Page, servers: dict[str, str], lang: str, scheme: str, size: tuple[int, int]) -> None:
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": size[0], "height": size[1]})
    opened.goto(f"{servers['example']}/onzin?taal={lang}")
    assert violations(opened) == []
    opened.get_by_role("link").first.click()
    opened.wait_for_selector(".a-title h1")
    assert opened.evaluate("document.documentElement.lang") == lang


def focus(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_the_keyboard_comes_past_everything_in_the_order_of_the_page(visit) -> None:
    page = visit("/", "example").page
    order = []
    for _ in range(17):
        page.keyboard.press("Tab")
        order.append(focus(page))
        outline = page.evaluate("(s => [s.outlineStyle, s.boxShadow])(getComputedStyle(document.activeElement))")
        assert outline != ["none", "none"], f"no focus to be seen on {order[-1]}"
    assert order[1:4] == ["Naar de inhoud", "Overzicht", "Tijdlijn"]  # the very first is the part of the window that scrolls
    assert order.index("Vergadering") < order.index("English") < order.index("Delen")
    assert [words for words in order if words.startswith("Filter en datum")]
    assert order[-1].startswith("1.5"), order


def test_the_first_key_skips_the_menu(visit) -> None:
    page = visit("/tijdlijn", "example").page
    while focus(page) != "Naar de inhoud":
        page.keyboard.press("Tab")  # first comes the part of the window that scrolls
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'a-contents'")
    page.keyboard.press("Tab")
    assert focus(page).startswith("Filter en datum")


def test_what_is_shared_opens_and_closes_by_key(visit) -> None:
    page = visit("/tijdlijn", "example").page
    button = page.get_by_role("button", name="Delen")
    button.press("Enter")
    assert page.get_by_role("button", name="Kopieer code").is_visible()
    page.keyboard.press("Tab")
    assert focus(page) == "Kopieer link"
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Kopieer code").is_visible()
    assert focus(page) == "Delen"


def test_the_timeline_and_the_heat_map_are_tables_to_who_listens(visit) -> None:
    page = visit("/tijdlijn", "example").page
    rows = page.get_by_role("table", name="Veiligheid").get_by_role("row")
    assert rows.first.get_by_role("columnheader").all_inner_texts() == ["Activiteit", "Status", "Periode"]
    first = rows.nth(1)
    assert first.get_by_role("rowheader").inner_text().split() == ["1.1", "Fysieke", "veiligheidscampus", "uitbouwen"]
    assert [cell.inner_text().split() for cell in first.get_by_role("cell").all()] == [["Loopt", "Oranje"], ["Q2/Q3", "→", "Q2-Q4"]]
    cells = visit("/partners", "example").page.get_by_role("row", name="OA").get_by_role("cell").all_text_contents()
    assert cells == ["2 trekt 1", "2 trekt 1", "·0", "·0", "1", "2", "3"]


def test_forced_colours_leave_every_bar_and_word(browser: Browser, servers: dict[str, str]) -> None:
    from tests.browser.conftest import Visit

    page = browser.new_page(viewport={"width": 1366, "height": 768}, forced_colors="active")
    seen = Visit(page, servers["example"]).go("/tijdlijn")
    grounds = seen.page.evaluate(
        "[...document.querySelectorAll('.a-tl-track .a-bar')].map(e => getComputedStyle(e).backgroundColor + getComputedStyle(e).borderTopWidth)"
    )
    assert len(grounds) == 25
    assert all(ground != "rgba(0, 0, 0, 0)0px" for ground in grounds)
    page.close()


def test_nothing_moves_for_who_asked_for_no_motion(browser: Browser, servers: dict[str, str]) -> None:
    from tests.browser.conftest import Visit

    page = browser.new_page(reduced_motion="reduce")
    Visit(page, servers["example"]).go("/tijdlijn?activiteit=2-6")
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("document.getAnimations().filter(a => a.playState === 'running').length") == 0
    page.close()


def test_headings_come_in_order(visit) -> None:
    for path in ("", "themas", "begroting", "programma", "controle", "partners?partner=dc-terra"):
        page = visit(f"/{path}", "example").page
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(e => Number(e.tagName[1]))")
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels)), (path, levels)
