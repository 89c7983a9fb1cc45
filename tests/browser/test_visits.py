"""Every page as its readers open it: in both languages, at three sizes, in light and dark."""

import pytest

from aaa.texts import LANGUAGES
from aaa.ui.frame import PAGES
from tests.browser.conftest import until

pytestmark = pytest.mark.browser

SIZES = {"screen": (1920, 1080), "laptop": (1366, 768), "phone": (390, 844)}
PATHS = [path for _, path, _ in PAGES] + ["partners?partner=dc-terra"]
WIDER = "[...document.querySelectorAll('[data-testid=stMain], html')].some(e => e.scrollWidth > e.clientWidth + 1)"
CUT = """
[...document.querySelectorAll('.a-value, .a-title h1, .a-heading, .a-chart-title, .a-tile-note, .a-badge')]
  .filter(e => e.scrollWidth > e.clientWidth + 2).map(e => e.textContent)
"""


def with_language(path: str, lang: str) -> str:
    return f"/{path}" + ("" if lang == "nl" else ("&" if "?" in path else "?") + "taal=en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("book", ["shipped", "example"])
def test_a_page_opens_in_peace(visit, path: str, size: str, book: str, lang: str) -> None:
    seen = visit(with_language(path, lang), book, SIZES[size], "dark" if lang == "en" else "light")
    assert seen.errors == []
    assert seen.strangers == []
    assert not seen.page.evaluate(WIDER), "the page scrolls sideways"
    assert seen.page.evaluate(CUT) == []
    assert not seen.page.get_by_text("Page not found").count()


def test_the_first_visit_after_a_start_may_be_a_deep_link(browser, tmp_path) -> None:
    from tests.books import example
    from tests.browser.conftest import Visit, serving

    book = tmp_path / "aaa_2025.xlsx"
    book.write_bytes(example())
    with serving(book) as address:
        seen = Visit(browser.new_page(), address).go("/tijdlijn?status=loopt")
        assert not seen.page.get_by_text("Page not found").count()
        assert "Loopt: 13 van 26 activiteiten" in seen.page.inner_text("body")


def test_a_word_without_an_end_makes_no_page_scroll_sideways(browser, tmp_path) -> None:
    from aaa import contents, schema, writer
    from tests.browser.conftest import Visit, serving

    word, whole = "Onafgebrokenwoord" * 8, contents.example_2025()
    for sheet in schema.SHEETS:
        for row in whole[sheet.title]:
            for column in sheet.columns:
                if column.kind is schema.Kind.TEXT and column.name in ("title", "description", "note", "text", "topic", "result") and row.get(column.heading):
                    row[column.heading] = f"{word} {row[column.heading]}"
    whole["Programma"][0]["Waarde"] = word
    book = tmp_path / "aaa_2025.xlsx"
    book.write_bytes(writer.write(whole, contents.guide()))
    with serving(book) as address:
        page = browser.new_page()
        seen = Visit(page, address)
        for path in (*PATHS, f"partners?partner={'x' * 70}"):
            for size in SIZES.values():
                page.set_viewport_size({"width": size[0], "height": size[1]})
                seen.go(f"/{path}")
                assert not page.evaluate(WIDER), (path, size)
        page.close()


def test_the_overview_fits_on_the_shared_screen(visit) -> None:
    for book in ("shipped", "example"):
        page = visit("/", book, SIZES["screen"]).page
        assert page.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('[data-testid=stMain]'))"), book


def test_a_menu_click_keeps_filter_and_language(visit) -> None:
    seen = visit("/tijdlijn?taal=en&thema=veiligheid", "example")
    seen.page.get_by_role("link", name="Themes").click()
    seen.page.wait_for_url("**/themas?*")
    seen.ready()
    assert "thema=veiligheid" in seen.page.url
    assert "taal=en" in seen.page.url
    seen.page.get_by_text("6 of 26 activities").wait_for()
    seen.page.go_back()
    seen.page.wait_for_url("**/tijdlijn?*")


def test_the_other_language_is_one_click_away(visit) -> None:
    seen = visit("/begroting", "example")
    seen.page.get_by_role("link", name="English").click()
    seen.page.get_by_text("The municipality carries 66% of the estimated cost").wait_for()
    assert "taal=en" in seen.page.url


def test_details_open_by_click_and_by_key_and_close_again(visit) -> None:
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


def test_a_drawer_can_be_read_in_the_dark(visit) -> None:
    seen = visit("/tijdlijn?activiteit=2-6", "example", scheme="dark")
    ink = seen.page.get_by_role("dialog").locator(".a-details h2").evaluate("e => getComputedStyle(e).color")
    assert ink == "rgb(242, 245, 247)"


def test_the_page_tells_its_language(visit) -> None:
    for address, lang in (("/begroting", "nl"), ("/begroting?taal=en", "en")):
        until(visit(address).page, f"document.documentElement.lang === '{lang}'")


def test_a_name_in_the_heat_map_opens_the_partner(visit) -> None:
    seen = visit("/partners", "example")
    seen.page.locator("table.a-heat").get_by_role("link", name="DC Terra").click()
    seen.page.get_by_role("heading", name="DC Terra trekt 1 activiteit en doet mee aan 3").wait_for()
    assert "partner=dc-terra" in seen.page.url
    seen.page.get_by_role("link", name="Alle partners").click()
    seen.page.locator("table.a-heat").wait_for()


def test_a_chart_has_its_table_and_its_csv(visit) -> None:
    seen = visit("/begroting", "example")
    seen.page.get_by_role("button", name="Tabel").first.click()
    seen.page.get_by_role("cell", name="€ 330.000").wait_for()
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Download als CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert text.splitlines()[1] == "Capaciteit;330000;200000;530000"


def test_a_chart_is_drawn_and_read_aloud(visit) -> None:
    seen = visit("/begroting", "example")
    seen.page.locator(".js-plotly-plot .bars path").first.wait_for()
    assert seen.page.get_by_role("figure").first.get_attribute("aria-label")


def test_a_filter_is_chosen_with_the_mouse(visit) -> None:
    seen = visit("/tijdlijn", "example")
    seen.page.get_by_role("button", name="Filter en datum").click()
    seen.page.get_by_role("combobox", name="Thema").click()
    seen.page.get_by_role("option", name="Groenste Stad").click()
    seen.page.get_by_text("Groenste Stad: 7 van 26 activiteiten").wait_for()
    assert "thema=groenste-stad" in seen.page.url
