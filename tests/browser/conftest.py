"""A real server and a real browser. Without a browser these tests are skipped, and in CI (CI=true) they fail."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks import server
from tests.books import ROOT, SHIPPED, example

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
TAKEN_OVER = "!document.getElementById('a-first')"  # the contents that came with the page made room
# Streamlit's own client asks for these below the address of a page before it asks above; a console shows the 404.
PROBES = ("/_stcore/health", "/_stcore/host-config")


def until(page: Page, expression: str, timeout: float = 30_000) -> None:
    """Wait until an expression holds. Playwright's own way evaluates a text inside the page, which the page's policy forbids."""
    latest = time.monotonic() + timeout / 1000
    while not page.evaluate(expression):
        if time.monotonic() > latest:
            raise TimeoutError(expression)
        page.wait_for_timeout(20)


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


# Until this folder is done and no longer: while Playwright runs, the event loop it keeps lets no other test start one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: .ci/run installs it")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@contextlib.contextmanager
def serving(workbook: Path, state: Path | None = None) -> Iterator[str]:
    """Serve the dashboard with a workbook, and the folder of its kept versions; yields its address."""
    with server.serving(ROOT / "dashboard.py", workbook, state) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="package")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Serve the shipped workbook and the example; the address of each by its name."""
    filled = tmp_path_factory.mktemp("books") / "aaa_2025.xlsx"
    filled.write_bytes(example())
    with serving(SHIPPED) as shipped, serving(filled) as invented:
        yield {"shipped": shipped, "example": invented}


@contextlib.contextmanager
def pages(browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens an address of a server in a window of its own and waits until it is there."""
    opened: list[Page] = []

    def start(where: str) -> Page:
        opened.append(browser.new_page(viewport={"width": 1366, "height": 900}))
        opened[-1].goto(address + where)
        opened[-1].wait_for_selector(READY)
        until(opened[-1], TAKEN_OVER)
        opened[-1].wait_for_selector(".a-title h1")
        return opened[-1]

    yield start
    for page in opened:
        page.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a workbook that a test may save over."""
    file = tmp_path / "aaa_2025.xlsx"
    file.write_bytes(example())
    return file


class Visit:
    """One page in the browser, with what the console and the network said."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.errors: list[str] = []
        self.strangers: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)

    def _console(self, message) -> None:
        probe = "404" in message.text and any(message.location.get("url", "").endswith(p) for p in PROBES)
        if message.type == "error" and not probe:
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def _request(self, request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.strangers.append(request.url)

    def go(self, path: str) -> "Visit":
        self.page.goto(self.address + path)
        return self.ready()

    def ready(self) -> "Visit":
        self.page.wait_for_selector(READY)
        until(self.page, "!document.querySelector('[data-testid=stSkeleton]')")
        until(self.page, TAKEN_OVER)
        self.page.wait_for_selector(".a-title h1, .v-slide:not([hidden]) h1")
        return self


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Iterator[Callable[[tuple[int, int], str], BrowserContext]]:
    """Give a window of a size and colour scheme; kept open, because a cold start is measured elsewhere."""
    opened: dict[tuple[tuple[int, int], str], BrowserContext] = {}

    def window(size: tuple[int, int], scheme: str) -> BrowserContext:
        if (size, scheme) not in opened:
            viewport = {"width": size[0], "height": size[1]}
            opened[size, scheme] = browser.new_context(viewport=viewport, color_scheme=scheme, has_touch=size[0] < 500)
        return opened[size, scheme]

    yield window
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(windows: Callable[..., BrowserContext], servers: dict[str, str]) -> Iterator[Callable[..., Visit]]:
    pages: list[Page] = []

    def start(path: str, book: str = "shipped", size: tuple[int, int] = (1366, 768), scheme: str = "light") -> Visit:
        pages.append(windows(size, scheme).new_page())
        return Visit(pages[-1], servers[book]).go(path)

    yield start
    for page in pages:
        page.close()
