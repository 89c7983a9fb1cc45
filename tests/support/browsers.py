"""A real browser: how it is started, when a page is there, and what is wrong with a page."""

import contextlib
import functools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Request,
    TimeoutError,
)

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
READY = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)
TAKEN_OVER = "!document.getElementById('a-first')"  # the contents that came with the page made room
# Streamlit's own client asks for these below the address of a page before it asks above; a console
# shows the 404.
PROBES = ("/_stcore/health", "/_stcore/host-config")
SCREEN, LAPTOP, PHONE = (1920, 1080), (1366, 768), (390, 844)
NARROW = 900  # pixels: below it a window is that of a phone
# milliseconds: a save takes some two seconds to reach a screen; a busy machine is no reason to fail
SOON = 20_000.0
WIDER = (
    "[...document.querySelectorAll('[data-testid=stMain], html')].some(e => e.scrollWidth >"
    " e.clientWidth + 1)"
)

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Streamlit's own defects, each with its issue; docs/toegankelijkheid.md lists them too.
# streamlit/streamlit #15921: made untabbable, but not unlabelled
_FRAMEWORK = [("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"')]


def until(page: Page, expression: str, timeout: float = 30_000) -> None:
    """Wait until an expression holds. Playwright's own way evaluates a text inside the page, which
    the page's policy forbids.
    """
    latest = time.monotonic() + timeout / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < latest, expression
        page.wait_for_timeout(20)


def violations(page: Page, *, contrast: bool = True) -> list[str]:
    """Return what axe-core finds wrong with a page by WCAG 2.2 A and AA and its best practices: the
    rule and the element.

    Args:
        page: to look at.
        contrast: look at colours too, which takes most of the time and is the same at every size.
    """
    if page.evaluate("window.axe === undefined"):
        page.evaluate(_AXE)
    options = {
        "runOnly": _RULES,
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not _excepted(rule["id"], node["html"])
    ]


def _excepted(rule: str, html: str) -> bool:
    return any(rule == of_rule and part in html for of_rule, part in _FRAMEWORK)


@contextlib.contextmanager
def pages(browser: Browser | BrowserContext, address: str) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens an address of a server in a window of its own and waits until it
    is there.
    """
    opened: list[Page] = []

    def start(where: str) -> Page:
        opened.append(browser.new_page())
        opened[-1].set_viewport_size({"width": 1366, "height": 900})
        opened[-1].goto(address + where)
        opened[-1].wait_for_selector(READY)
        until(opened[-1], TAKEN_OVER)
        opened[-1].wait_for_selector(".a-title h1")
        return opened[-1]

    yield start
    for page in opened:
        page.close()


class Visit:
    """One page in the browser, with what the console and the network said."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.errors: list[str] = []
        self.strangers: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        probe = "404" in message.text and any(
            message.location.get("url", "").endswith(p) for p in PROBES
        )
        if message.type == "error" and not probe:
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(
            (self.address, self.address.replace("http", "ws"), "data:", "blob:")
        ):
            self.strangers.append(request.url)

    def go(self, path: str) -> "Visit":
        """Open an address of the server, and wait until the page is there."""
        self.page.goto(self.address + path)
        return self.ready()

    def follow(self, name: str) -> "Visit":
        """Choose a page in the menu, by the name of its file, and wait until it is there: quicker
        than opening its address, which loads all anew.
        """
        link = f'.a-nav a[data-go="{name}"]'
        there = f"{link}[aria-current=page]" if name != "meeting" else ".v-slide"
        # a press that comes while the page is drawn anew may go lost
        for patience in (5_000, 30_000):
            self.page.eval_on_selector(link, "link => link.click()")
            with contextlib.suppress(TimeoutError):
                self.page.wait_for_selector(there, state="attached", timeout=patience)
                return self.ready()
        raise AssertionError(f"{name} did not come")

    def ready(self) -> "Visit":
        """Wait until the page is there."""
        self.page.wait_for_selector(READY)
        until(self.page, "!document.querySelector('[data-testid=stSkeleton]')")
        until(self.page, TAKEN_OVER)
        self.page.wait_for_selector(".a-title h1, .v-slide:not([hidden]) h1")
        return self

    def resize(self, size: tuple[int, int]) -> "Visit":
        """Give the window another size; a narrow one is that of a device with a touch screen."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        # What Playwright sends for `has_touch`: it decides `pointer: coarse`.
        self._tools.send("Emulation.setTouchEmulationEnabled", {"enabled": size[0] < NARROW})
        until(
            self.page,
            f"innerWidth === {size[0]} && matchMedia('(pointer: coarse)').matches ==="
            f" {str(size[0] < NARROW).lower()}",
        )
        return self

    @functools.cached_property
    def _tools(self) -> CDPSession:
        return self.page.context.new_cdp_session(self.page)
