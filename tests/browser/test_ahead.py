"""The program that draws the bars: fetched ahead, and what stands there until it comes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.support.browsers import LAPTOP, until
from tests.support.servers import Served

PROGRAM = "**/PlotlyChart.*.js"
STAND_INS = "[...document.querySelectorAll('.a-until > div')]"
BOXES = "{elements}.map(e => e.getBoundingClientRect()).map(r => [r.x, r.y, r.width, r.height])"


@pytest.fixture
def fresh(browser: Browser, serve: Callable[[str], Served]) -> Iterator[Callable[[str], Page]]:
    """Give a function that returns an empty window of a browser that was never here; a metered
    connection is said by a script.
    """
    contexts = []

    def window(script: str = "") -> Page:
        context = browser.new_context(
            base_url=serve("example").address, viewport={"width": LAPTOP[0], "height": LAPTOP[1]}
        )
        context.add_init_script(script)
        contexts.append(context)
        return context.new_page()

    yield window
    for context in contexts:
        context.close()


def settled(page: Page, elements: str) -> list[list[float]]:
    """Return where elements stand when the letters are there and nothing moves any more."""
    until(page, "document.fonts.status === 'loaded'")
    before: list[list[float]] = []
    while (now := page.evaluate(BOXES.format(elements=elements))) != before:
        before = now
        page.wait_for_timeout(500)
    return before


def test_the_bars_stand_there_until_their_program_is(fresh: Callable[[str], Page]) -> None:
    page, held = fresh(""), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(PROGRAM, hold)
    page.goto("/begroting")
    until(page, f"{STAND_INS}.length === 4")
    shown = settled(page, STAND_INS)
    assert "€ 330.000" in page.locator(".a-until").first.inner_text().replace("\u00a0", " ")
    for one in held:
        one.continue_()
    charts = "[...document.querySelectorAll('.stPlotlyChart')]"
    until(page, f"{charts}.filter(e => e.querySelector('.main-svg')).length === 4")
    until(page, f"{STAND_INS}.every(e => !e.offsetHeight)")
    drawn = settled(page, charts)
    for before, after in zip(shown, drawn, strict=True):
        assert before == pytest.approx(after, abs=2)


def test_on_paper_the_bars_follow_the_width_of_the_sheet(fresh: Callable[[str], Page]) -> None:
    page = fresh("")
    page.goto("/begroting")
    charts = "[...document.querySelectorAll('.stPlotlyChart')]"
    until(page, f"{charts}.filter(e => e.querySelector('.main-svg')).length === 4")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.evaluate(f"{charts}.filter(e => e.offsetHeight).length") == 0
    bars = "[...document.querySelectorAll('.a-until .a-strip-bar')]"
    rights = page.evaluate(f"{bars}.map(e => e.getBoundingClientRect().right)")
    assert len(rights) == 12
    assert 600 < max(rights) <= 700


def test_the_overview_fetches_the_program_ahead(fresh: Callable[[str], Page]) -> None:
    page = fresh("")
    with page.expect_response(PROGRAM) as asked:
        page.goto("/")
    assert asked.value.ok
    asked.value.finished()
    page.goto("/begroting")
    until(page, "document.querySelector('.stPlotlyChart .main-svg') !== null")
    took = "performance.getEntriesByType('resource').filter(e => e.name.includes('PlotlyChart'))"
    assert page.evaluate(f"{took}.map(e => e.transferSize)") == [0]  # from the cache


def test_a_metered_connection_fetches_nothing_ahead(fresh: Callable[[str], Page]) -> None:
    page = fresh("Object.defineProperty(navigator, 'connection', { value: { saveData: true } });")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    until(page, "document.querySelector('.a-tiles') !== null")
    page.wait_for_timeout(2000)
    assert [url for url in asked if "PlotlyChart" in url] == []
    assert page.locator("link[rel=prefetch]").count() == 0
