"""WCAG 2.2 A and AA by axe-core on what a button opens and on the copy, and what no program can
judge: keys, focus, forced colours, motion.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browsers import LAPTOP, PHONE, SOON, Visit, until, violations
from tests.support.servers import Served

OPENED = (
    "[...document.querySelectorAll('[data-testid=stPopoverBody], .a-share')].some(e =>"
    " e.getClientRects().length)"
)
LOOKS = [("nl", "light"), ("en", "dark")]
COPIED = [
    "index",
    "tijdlijn",
    "themas",
    "partners",
    "partners/dc-terra",
    "begroting",
    "ambities",
    "programma",
    "wijzigingen",
    "controle",
    "activiteiten/2-6",
]


@pytest.mark.parametrize(
    ("path", "buttons", "scheme"),
    [
        ("/", ("Filter en datum", "Meenemen", "Delen"), "light"),
        ("/", ("Filter en datum", "Meenemen", "Delen"), "dark"),
        ("/partners", ("Tabel",), "light"),
        ("/tijdlijn", ("Tabel",), "dark"),
        ("/wijzigingen", ("Vergelijken",), "dark"),
        ("/partners?partner=dc-terra", ("Datum",), "light"),
    ],
)
def test_axe_finds_nothing_in_what_a_button_opens(
    visit: Callable[..., Visit], path: str, buttons: tuple[str, ...], scheme: str
) -> None:
    seen = visit(path, "example", LAPTOP, scheme)
    for button in buttons:
        seen.page.get_by_role("button", name=button).first.click()
        seen.ready()
        until(seen.page, OPENED)
        assert violations(seen.page) == [], button
        seen.page.keyboard.press("Escape")
        until(seen.page, f"!({OPENED})")


def test_escape_closes_a_panel_wherever_the_focus_is(visit: Callable[..., Visit]) -> None:
    page = visit("/", "example").page
    page.get_by_role("button", name="Delen").click()
    until(page, OPENED)
    page.get_by_role("button", name="Meenemen").focus()
    page.keyboard.press("Escape")
    until(page, f"!({OPENED})", SOON)
    assert focus(page).startswith("Delen")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    # the page's own policy lets no script in but its own, axe neither
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("folder", "scheme"), [("", "light"), ("en/", "dark")], ids=["nl", "en"])
def test_axe_finds_nothing_in_the_copy(
    opened: Page, copy: Path, folder: str, scheme: Literal["light", "dark"]
) -> None:
    opened.emulate_media(color_scheme=scheme)
    found = {}
    for path in COPIED if scheme == "light" else COPIED[1::2]:
        opened.goto(f"{copy.as_uri()}/{folder}{path}.html")
        wide = scheme == "light" and path in COPIED[::2]
        for width, height in (PHONE, LAPTOP) if wide else (PHONE,):
            opened.set_viewport_size({"width": width, "height": height})
            if faults := violations(opened, contrast=width == PHONE[0]):
                found[path, width] = faults
    assert found == {}


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
def test_axe_finds_nothing_where_there_is_no_page(
    opened: Page, serve: Callable[[str], Served], lang: str, scheme: Literal["light", "dark"]
) -> None:
    opened.emulate_media(color_scheme=scheme)
    opened.goto(f"{serve('example').address}/onzin?taal={lang}")
    for width, height in (LAPTOP, PHONE):
        opened.set_viewport_size({"width": width, "height": height})
        assert violations(opened) == []
    opened.get_by_role("link").first.click()
    opened.wait_for_selector(".a-title h1")
    assert opened.evaluate("document.documentElement.lang") == lang


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_keyboard_comes_past_everything_in_the_order_of_the_page(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/", "example").page
    order = []
    for _ in range(17):
        page.keyboard.press("Tab")
        order.append(focus(page))
        outline = page.evaluate(
            "(s => [s.outlineStyle, s.boxShadow])(getComputedStyle(document.activeElement))"
        )
        assert outline != ["none", "none"], f"no focus to be seen on {order[-1]}"
    # the very first is the part of the window that scrolls
    assert order[1:4] == ["Naar de inhoud", "Overzicht", "Tijdlijn"]
    assert order.index("Vergadering") < order.index("English") < order.index("Delen")
    assert [words for words in order if words.startswith("Filter en datum")]
    assert order[-1].startswith("1.5"), order


def test_the_first_key_skips_the_menu(visit: Callable[..., Visit]) -> None:
    page = visit("/tijdlijn", "example").page
    while focus(page) != "Naar de inhoud":
        page.keyboard.press("Tab")  # first comes the part of the window that scrolls
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'a-contents'")
    page.keyboard.press("Tab")
    assert focus(page).startswith("Filter en datum")


def test_what_is_shared_opens_and_closes_by_key(visit: Callable[..., Visit]) -> None:
    page = visit("/tijdlijn", "example").page
    button = page.get_by_role("button", name="Delen")
    button.press("Enter")
    assert page.get_by_role("button", name="Kopieer code").is_visible()
    page.keyboard.press("Tab")
    assert focus(page) == "Kopieer link"
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Kopieer code").is_visible()
    assert focus(page) == "Delen"


def test_the_timeline_and_the_heat_map_are_tables_to_who_listens(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/tijdlijn", "example").page
    rows = page.get_by_role("table", name="Veiligheid").get_by_role("row")
    assert rows.first.get_by_role("columnheader").all_inner_texts() == [
        "Activiteit",
        "Status",
        "Periode",
    ]
    first = rows.nth(1)
    assert first.get_by_role("rowheader").inner_text().split() == [
        "1.1",
        "Fysieke",
        "veiligheidscampus",
        "uitbouwen",
    ]
    assert [cell.inner_text().split() for cell in first.get_by_role("cell").all()] == [
        ["Loopt", "Oranje"],
        ["Q2/Q3", "→", "Q2-Q4"],
    ]
    cells = (
        visit("/partners", "example")
        .page.get_by_role("row", name="OA")
        .get_by_role("cell")
        .all_text_contents()
    )
    assert cells == ["2 trekt 1", "2 trekt 1", "·0", "·0", "1", "2", "3"]


def test_forced_colours_leave_every_bar_and_word(
    browser: Browser, serve: Callable[[str], Served]
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768}, forced_colors="active")
    seen = Visit(page, serve("example").address).go("/tijdlijn")
    grounds = seen.page.evaluate(
        "[...document.querySelectorAll('.a-tl-track .a-bar')].map(e =>"
        " getComputedStyle(e).backgroundColor + getComputedStyle(e).borderTopWidth)"
    )
    assert len(grounds) == 25
    assert all(ground != "rgba(0, 0, 0, 0)0px" for ground in grounds)
    page.close()


def test_nothing_moves_for_who_asked_for_no_motion(
    browser: Browser, serve: Callable[[str], Served]
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    Visit(page, serve("example").address).go("/tijdlijn?activiteit=2-6")
    page.get_by_role("dialog").wait_for()
    assert (
        page.evaluate("document.getAnimations().filter(a => a.playState === 'running').length") == 0
    )
    page.close()
