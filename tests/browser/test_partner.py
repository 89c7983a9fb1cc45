"""The partner's two minutes: a link opened on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route

from tests.support.browsers import PHONE, Visit, until
from tests.support.servers import Served

SAYS_SO = "data-test-script-state"


def test_the_most_wanted_pages_are_on_the_first_screen_and_the_others_one_press_away(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/", "example", PHONE).page
    menu = page.get_by_role("navigation")
    for name in ("Overzicht", "Tijdlijn", "Partners"):
        assert menu.get_by_role("link", name=name).bounding_box()["y"] < 100
    assert not menu.get_by_role("link", name="Begroting").is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert menu.get_by_role("link", name="Begroting").is_visible()
    assert menu.get_by_role("link", name="English").is_visible()
    page.keyboard.press("Escape")
    assert not menu.get_by_role("link", name="Begroting").is_visible()
    page.get_by_role("button", name="Menu").click()
    menu.get_by_role("link", name="Begroting").click()
    page.get_by_role("heading", name="Procesmiddelen is met").wait_for()
    assert not menu.get_by_role("link", name="Begroting").is_visible()


@pytest.mark.parametrize(
    ("path", "what"), [("/", ".a-value"), ("/partners?partner=dc-terra", "h1, h2, .a-items")]
)
def test_what_comes_with_the_page_is_what_stays(
    visit: Callable[..., Visit],
    browser: Browser,
    serve: Callable[[str], Served],
    path: str,
    what: str,
) -> None:
    before = browser.new_page(viewport={"width": 390, "height": 844})
    # Streamlit's own page never comes
    before.route("**/static/js/index.*", lambda route: route.abort())
    before.goto(serve("example").address + path)
    early = [text.split() for text in before.locator(f"#a-first :is({what})").all_inner_texts()]
    before.close()
    seen = visit(path, "example", PHONE)
    # a program that is fetched ahead for another page is asked for by a link
    requested = seen.page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(e => e.initiatorType !== 'link').map(e => e.name)"
    )
    assert early
    seen.page.locator(f":is({what})").nth(len(early) - 1).wait_for()
    assert early == [text.split() for text in seen.page.locator(f":is({what})").all_inner_texts()]
    assert not [name for name in requested if "Plotly" in name], (
        "a chart library on a page that draws no chart"
    )


def test_the_timeline_is_a_list_with_bars(visit: Callable[..., Visit]) -> None:
    page = visit("/tijdlijn", "example", PHONE).page
    row = page.locator(".a-tl-row").first
    title, bar = (
        row.locator(".a-tl-title").bounding_box(),
        row.locator(".a-tl-track").bounding_box(),
    )
    assert bar["y"] > title["y"] + title["height"] / 2
    assert bar["width"] > 300


def test_a_partner_finds_everything_on_one_page(visit: Callable[..., Visit]) -> None:
    page = visit("/partners?partner=dc-terra", "example", PHONE).page
    assert page.title() == "DC Terra · Asser Ambitie Agenda"
    headings = [h.inner_text() for h in page.get_by_role("heading", level=2).all()]
    assert headings == [
        "Wat komt eraan",
        "Trekt 1 activiteit",
        "Doet mee aan 3 activiteiten",
        "Bijdragen in euro’s",
        "Werkt samen met (aantal gedeelde activiteiten)",
        "In uw agenda",
    ]
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").last.click()
    assert download.value.path().read_text("utf-8").startswith("BEGIN:VCALENDAR")
    assert (
        page.get_by_role("link", name="Abonneer")
        .last.get_attribute("href")
        .startswith("webcal://127.0.0.1:")
    )
    page.get_by_role("link", name="ViA 2").click()
    page.get_by_role("heading", name="ViA trekt").wait_for()
    assert "partner=via" in page.url


def test_a_link_is_copied_as_it_stands_in_the_address(visit: Callable[..., Visit]) -> None:
    seen = visit("/partners?partner=dc-terra", "example", PHONE)
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.locator(".st-key-all_partners").get_by_role("button", name="Kopieer link").click()
    seen.page.locator(".st-key-all_partners").get_by_text("Gekopieerd").wait_for()
    assert (
        seen.page.evaluate("navigator.clipboard.readText()")
        == f"{seen.address}/partners?partner=dc-terra"
    )


def test_an_unknown_code_offers_the_names_that_look_like_it(visit: Callable[..., Visit]) -> None:
    page = visit("/partners?partner=dc-tera", "example", PHONE).page
    page.get_by_role("alert").get_by_role("link", name="DC Terra").click()
    page.get_by_role("heading", name="DC Terra trekt 1 activiteit en doet mee aan 3").wait_for()


def test_a_page_can_be_part_of_another_site(visit: Callable[..., Visit], browser: Browser) -> None:
    seen = visit("/tijdlijn", "example")
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.get_by_role("button", name="Delen").click()
    seen.page.get_by_role("button", name="Kopieer code").click()
    seen.page.get_by_role("region", name="Delen").get_by_text("Gekopieerd").wait_for()
    snippet = seen.page.evaluate("navigator.clipboard.readText()")
    assert f'src="{seen.address}/tijdlijn?embed=true"' in snippet
    assert 'title="Tijdlijn · Asser Ambitie Agenda"' in snippet
    host = browser.new_page()
    host.set_content(f"<!doctype html><title>x</title>{snippet}")
    frame = host.frame_locator("iframe")
    frame.get_by_role("heading", name="eindigt 3 kwartalen later").wait_for()
    host.close()


def test_an_embedded_page_has_no_menu_but_says_what_it_is(visit: Callable[..., Visit]) -> None:
    seen = visit("/?embed=true", "example")
    for path in (
        "",
        "begroting",
        "partners?partner=dc-terra",
        "tijdlijn?activiteit=2-6",
        "partners?partner=bestaat-niet",
    ):
        page = seen.go(f"/{path}{'&' if '?' in path else '?'}embed=true").page
        assert not page.get_by_role("navigation").count(), path
        assert page.get_by_text("Voorbeeld: fictieve cijfers").first.is_visible(), path
        whole = page.get_by_role("link", name="Open het hele dashboard")
        assert whole.get_attribute("target") == "_blank", path
        assert "embed" not in (whole.get_attribute("href") or "embed"), path


def test_a_page_does_not_freeze_when_streamlit_renames_what_says_that_it_is_complete(
    browser: Browser, serve: Callable[[str], Served]
) -> None:
    """On its way to the browser Streamlit's program is changed as another version might be."""
    page = browser.new_page()

    def rename(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace(SAYS_SO, f"{SAYS_SO}-of-another-version")
        )

    page.route("**/static/js/*.js", rename)
    page.goto(f"{serve('example').address}/")
    page.wait_for_selector("#root .a-title h1", state="attached")
    # what came with the page is not taken away before Streamlit's is complete
    assert page.locator("#a-first").is_visible()
    page.wait_for_selector("#a-first", state="hidden", timeout=25_000)
    assert page.locator("#a-first").count() == 1
    assert page.evaluate("document.getElementById('root').inert") is False
    page.locator("#root .a-nav a", has_text="Tijdlijn").click()
    page.wait_for_url("**/tijdlijn**")
    page.close()


def test_an_exception_in_streamlits_program_lets_the_reader_go_on(
    browser: Browser, serve: Callable[[str], Served]
) -> None:
    page = browser.new_page()
    page.route(
        "**/static/js/index.*",
        lambda route: route.fulfill(
            content_type="application/javascript", body="throw new Error('broken')"
        ),
    )
    page.goto(f"{serve('example').address}/")
    until(page, "!document.getElementById('root').inert")
    # there is nothing else to show, and its links lead on
    assert page.locator("#a-first").is_visible()
    page.close()
