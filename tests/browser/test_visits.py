"""Every page as its readers open it: in both languages, at every size, in light and dark; and what
they do on it.
"""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from aaa.ui.frame import PAGES
from aaa.workbook import schema
from aaa.writing import contents, writer
from tests.support import servers
from tests.support.browsers import LAPTOP, PHONE, SCREEN, WIDER, Visit, until, violations

PATHS = [path for _, path, _ in PAGES] + ["partners?partner=dc-terra"]
# of the example
MORE_PATHS = ["tijdlijn?activiteit=2-6", "partners?partner=bestaat-niet", "tijdlijn?embed=true"]
MEETING = "vergadering"
SMALL_PHONE, LANDSCAPE = (360, 740), (844, 390)
# a desktop of 1280 pixels at 400 %, and one of 1366 at 200 %
REFLOW, ZOOMED = (
    (320, 640),
    (683, 384),
)
SIZES = (SCREEN, LAPTOP, PHONE)
EVERY_SIZE = (*SIZES, SMALL_PHONE, LANDSCAPE, REFLOW, ZOOMED)  # of the example in Dutch
CUT = """
[...document.querySelectorAll(
    '.a-value, .a-title h1, .a-heading, .a-chart-title, .a-tile-note, .a-badge'
)]
  .filter(e => e.scrollWidth > e.clientWidth + 2).map(e => e.textContent)
"""
# The mark of a baseline hangs below its bar, above the words of the row.
OVERLAPPING = """
[...document.querySelectorAll('.a-base')]
  .map(e => [e.getBoundingClientRect(), e.closest('.a-rung').querySelector('.a-rung-source')])
  .filter(([mark, words]) => mark.bottom > words.getBoundingClientRect().top + 2)
  .map(([, words]) => words.textContent)
"""
TOO_SMALL = """
[...document.querySelectorAll('a, button, input, select, summary')]
  .filter(e => e.tabIndex >= 0)
  .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect(), e])
  .filter(([, r, e]) => r.width && r.height && r.right > 0)
  .filter(([, r, e]) => getComputedStyle(e).visibility !== 'hidden')
  .filter(([, r]) => r.width < 43.5 || r.height < 43.5)
  .map(([words, r]) => `${words}: ${r.width.toFixed(0)} x ${r.height.toFixed(0)}`)
"""


def asked(path: str, lang: str) -> str:
    return f"/{path}" + ("" if lang == "nl" else ("&" if "?" in path else "?") + f"taal={lang}")


def wrong(seen: Visit, size: tuple[int, int], *, axe: bool) -> list[str]:
    """Return what is wrong with a page at a size: it scrolls sideways, words are cut, a finger
    misses, axe-core finds something.
    """
    page = seen.resize(size).page
    found = ["it scrolls sideways"] if page.evaluate(WIDER) else []
    found += [f"cut: {words}" for words in page.evaluate(CUT)]
    if MEETING not in page.url:
        found += [f"overlaps: {words}" for words in page.evaluate(OVERLAPPING)]
    if size == PHONE and MEETING not in page.url:
        found += [f"small: {words}" for words in page.evaluate(TOO_SMALL)]
    if axe and size in (LAPTOP, PHONE):
        found += violations(page, contrast=size == PHONE)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].filter(e => e.checkVisibility()).map(e =>"
        " Number(e.tagName[1]))"
    )
    if levels[0] != 1 or any(later > earlier + 1 for earlier, later in itertools.pairwise(levels)):
        found.append(f"headings out of order: {levels}")
    return found


@pytest.mark.parametrize("path", PATHS + MORE_PATHS)
def test_a_page_opens_in_peace_at_every_size(visit: Callable[..., Visit], path: str) -> None:
    seen = visit(f"/{path}", "example", PHONE)
    assert not seen.page.get_by_text("Page not found").count()
    until(seen.page, "document.documentElement.lang === 'nl'")
    sizes = EVERY_SIZE if path != MEETING else SIZES
    faults = {size: found for size in sizes if (found := wrong(seen, size, axe=True))}
    assert (faults, seen.errors, seen.strangers) == ({}, [], [])


@pytest.mark.parametrize(
    ("book", "lang", "scheme", "first"),
    [
        ("example", "en", "dark", MORE_PATHS[0]),
        ("example", "en", "dark", MORE_PATHS[1]),
        ("shipped", "nl", "dark", PATHS[-1]),
    ],
)
def test_every_page_of_the_menu_opens_in_peace_too(
    visit: Callable[..., Visit], book: str, lang: str, scheme: str, first: str
) -> None:
    """One after the other, as a reader goes through them. The other looks are tried by hand before
    a release (docs/toegankelijkheid.md).
    """
    seen = visit(asked(first, lang), book, LAPTOP, scheme)
    until(seen.page, f"document.documentElement.lang === '{lang}'")
    faults = {}
    for name in (first, *(name for name, _, _ in PAGES if first != MORE_PATHS[1])):
        if name != first:
            seen.resize(LAPTOP).follow(name)
        for size in (LAPTOP, PHONE) if book == "example" else (PHONE,):
            if found := wrong(seen, size, axe=book == "example" and size == PHONE):
                faults[name, size] = found
    assert (faults, seen.errors, seen.strangers) == ({}, [], [])


def test_the_first_visit_after_a_start_may_be_a_deep_link(browser: Browser, path: Path) -> None:
    with servers.serving(path) as served:
        seen = Visit(browser.new_page(), served.address).go("/tijdlijn?status=loopt")
        assert not seen.page.get_by_text("Page not found").count()
        assert "Loopt: 13 van 26 activiteiten" in seen.page.inner_text("body")


def test_a_word_without_an_end_makes_no_page_scroll_sideways(browser: Browser, path: Path) -> None:
    word, whole = "Onafgebrokenwoord" * 8, contents.example_2025()
    for sheet in schema.SHEETS:
        for row in whole[sheet.title]:
            for column in sheet.columns:
                if (
                    column.kind is schema.Kind.TEXT
                    and column.name in ("title", "description", "note", "text", "topic", "result")
                    and row.get(column.heading)
                ):
                    row[column.heading] = f"{word} {row[column.heading]}"
    whole["Programma"][0]["Waarde"] = word
    path.write_bytes(writer.write(whole, contents.guide()))
    with servers.serving(path) as served:
        page = browser.new_page()
        seen = Visit(page, served.address)
        for where in (
            f"partners?partner={'x' * 70}",
            "partners?partner=dc-terra",
            *(name for name, _, _ in PAGES),
        ):
            if "?" in where:
                seen.go(f"/{where}")
            else:
                seen.resize(LAPTOP).follow(where)
            for size in (LAPTOP, PHONE):
                assert not seen.resize(size).page.evaluate(WIDER), (where, size)
        page.close()


def test_the_overview_fits_on_the_shared_screen(visit: Callable[..., Visit]) -> None:
    for book in ("shipped", "example"):
        page = visit("/", book, SCREEN).page
        assert page.evaluate(
            "(e => e.scrollHeight "
            "<= e.clientHeight)(document.querySelector('[data-testid=stMain]'))"
        ), book


def test_a_menu_click_keeps_filter_and_language(visit: Callable[..., Visit]) -> None:
    seen = visit("/tijdlijn?taal=en&thema=veiligheid", "example")
    seen.page.get_by_role("link", name="Themes").click()
    seen.page.wait_for_url("**/themas?*")
    seen.ready()
    assert "thema=veiligheid" in seen.page.url
    assert "taal=en" in seen.page.url
    seen.page.get_by_text("6 of 26 activities").wait_for()
    seen.page.go_back()
    seen.page.wait_for_url("**/tijdlijn?*")


def test_the_other_language_is_one_click_away(visit: Callable[..., Visit]) -> None:
    seen = visit("/begroting", "example")
    seen.page.get_by_role("link", name="English").click()
    seen.page.get_by_text("Process budget is overspent by €3,500").wait_for()
    assert "taal=en" in seen.page.url


def test_details_open_by_click_and_by_key_and_close_again(visit: Callable[..., Visit]) -> None:
    seen = visit("/tijdlijn", "example")
    seen.page.get_by_role("button", name="Warmtenet in Lariks voorbereiden").click()
    seen.page.get_by_role("dialog").get_by_text("In de werkmap: Activiteiten!A13").wait_for()
    assert "activiteit=2-6" in seen.page.url
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("dialog").wait_for(state="detached")
    until(seen.page, "!location.search.includes('activiteit')")
    seen.page.get_by_role("button", name="Fysieke veiligheidscampus uitbouwen").focus()
    seen.page.keyboard.press("Enter")
    seen.page.get_by_role("dialog").get_by_text("Activiteiten!A2").wait_for()


def test_an_activity_that_there_never_was_is_said(visit: Callable[..., Visit]) -> None:
    seen = visit("/tijdlijn?activiteit=99-9", "example")
    words = "Er is geen activiteit ‘99-9’ in het plan van 2025."
    seen.page.get_by_role("dialog").get_by_text(words).wait_for()
    seen.page.keyboard.press("Escape")
    until(seen.page, "!location.search.includes('activiteit')")


def test_a_drawer_can_be_read_in_the_dark(visit: Callable[..., Visit]) -> None:
    seen = visit("/tijdlijn?activiteit=2-6", "example", scheme="dark")
    ink = (
        seen.page.get_by_role("dialog")
        .locator(".a-details h2")
        .evaluate("e => getComputedStyle(e).color")
    )
    assert ink == "rgb(242, 245, 247)"


def test_a_name_in_the_heat_map_opens_the_partner(visit: Callable[..., Visit]) -> None:
    seen = visit("/partners", "example")
    seen.page.locator("table.a-heat").get_by_role("link", name="DC Terra").click()
    seen.page.get_by_role(
        "heading", name="DC Terra trekt 1 activiteit en doet mee aan 3"
    ).wait_for()
    assert "partner=dc-terra" in seen.page.url
    seen.page.get_by_role("link", name="Alle partners").click()
    seen.page.locator("table.a-heat").wait_for()


def test_a_chart_is_drawn_and_read_aloud_and_has_its_table_and_csv(
    visit: Callable[..., Visit],
) -> None:
    seen = visit("/begroting", "example")
    seen.page.locator(".js-plotly-plot .bars path").first.wait_for()
    assert seen.page.get_by_role("figure").first.get_attribute("aria-label")
    seen.page.get_by_role("button", name="Tabel").first.click()
    seen.page.get_by_role("cell", name="€ 330.000").wait_for()
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Download als CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert text.splitlines()[1] == "Capaciteit;330000;200000;530000"


def test_a_filter_is_chosen_with_the_mouse(visit: Callable[..., Visit]) -> None:
    seen = visit("/tijdlijn", "example")
    seen.page.get_by_role("button", name="Filter en datum").click()
    seen.page.get_by_role("combobox", name="Thema").click()
    seen.page.get_by_role("option", name="Groenste Stad").click()
    seen.page.get_by_text("Groenste Stad: 7 van 26 activiteiten").wait_for()
    assert "thema=groenste-stad" in seen.page.url
