"""A browser for the tests of this folder, which are all marked as such."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support import copies, needs
from tests.support.books import example
from tests.support.browsers import FLAGS, LAPTOP, Visit
from tests.support.servers import Served

MARKS = (pytest.mark.browser, pytest.mark.server)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            for mark in MARKS:
                item.add_marker(mark)


# Until this folder is done and no longer: while Playwright runs, the event loop it keeps lets no
# other test start one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = needs.program("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a workbook that a test may save over."""
    file = tmp_path / "aaa_2025.xlsx"
    file.write_bytes(example())
    return file


@pytest.fixture(scope="package")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Give one profile for all windows, so that each loads Streamlit's program from the cache: a
    cold start is measured elsewhere.
    """
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def visit(
    profile: BrowserContext, serve: Callable[[str], Served]
) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens a page of the server of a workbook in a window of a size and
    colour scheme.
    """
    pages: list[Page] = []

    def start(
        path: str,
        book: str = "shipped",
        size: tuple[int, int] = LAPTOP,
        scheme: Literal["light", "dark"] = "light",
    ) -> Visit:
        pages.append(profile.new_page())
        pages[-1].emulate_media(color_scheme=scheme)
        return Visit(pages[-1], serve(book).address).resize(size).go(path)

    yield start
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the copy of the example."""
    return copies.placed("example", tmp_path_factory.mktemp("kopie"))
