"""First content in a browser on a phone: with nothing in its cache, and a second time; against an
empty page and against a plain page of the same job.
"""

import json
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.support import large
from tests.support.books import ROOT
from tests.support.servers import serving

TARGET = 1.3  # times an empty page
PLAIN_TARGET = 3.0  # times faster than the plain page, cold
VISITS = 9
# What a reader counts as there: the headline numbers, what a partner does next, the first bar. On
# the first two pages they come with the page; `live` is when Streamlit's page took their place. The
# plain page is there when its timeline is.
PAGES = {
    "overview": ("/", ".a-tiles"),
    "partner": ("/partners?partner=dc-terra", ".a-items"),
    "overview, live": ("/", "[data-testid=stApp] .a-tiles"),
    "partner, live": ("/partners?partner=dc-terra", "[data-testid=stApp] .a-items"),
    "timeline": ("/tijdlijn", ".a-tl-row"),
}
_EMPTY, _PLAIN = "[data-testid=stApp] h1", "[data-testid=stPlotlyChart] .main-svg"
# Notes when an element is first in a painted picture: in the second frame after it is there.
_WATCH = """
const watch = () => {
  const found = document.querySelector(%s);
  if (found && found.getClientRects().length)
    requestAnimationFrame(() =>
      requestAnimationFrame(() => { window.painted = performance.now(); }));
  else requestAnimationFrame(watch);
};
watch();
"""
_PHONE = {"width": 390, "height": 844}
# 10 Mbit/s, 60 ms
_NETWORK = {
    "offline": False,
    "latency": 60,
    "downloadThroughput": 10e6 / 8,
    "uploadThroughput": 10e6 / 8,
}
_SLOWER = 4
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def measure(visits: int = VISITS) -> dict[str, dict[str, float]]:
    """Return for each page the median seconds until its contents are there, cold and warm, and the
    ratios to the empty and the plain page.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        workbook = Path(folder) / "aaa_2025.xlsx"
        workbook.write_bytes(large.workbook(26))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        usual = ROOT / "benchmarks" / "plain_page.py"
        with (
            serving(workbook) as app,
            serving(workbook, script=ROOT / "benchmarks" / "empty_front.py") as empty,
            serving(workbook, script=usual, folder=Path(folder)) as plain,
        ):
            asked = {
                "empty": (empty.address, "/", _EMPTY),
                "plain": (plain.address, "/", _PLAIN),
            } | {name: (app.address, path, there) for name, (path, there) in PAGES.items()}
            took: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
            for turn in range(visits + 1):
                for name, (address, path, there) in asked.items():
                    seconds = _visits(browser, address + path, there)
                    if turn:  # the first one waits for the server to warm up
                        took[name].append(seconds)
        browser.close()
    cold, warm = (
        {name: statistics.median(both[place] for both in seconds) for name, seconds in took.items()}
        for place in (0, 1)
    )
    return {
        name: {
            "cold_s": cold[name],
            "empty_cold_s": cold["empty"],
            "plain_cold_s": cold["plain"],
            "ratio": cold[name] / cold["empty"],
            "faster_than_plain": cold["plain"] / cold[name],
            "warm_s": warm[name],
            "empty_warm_s": warm["empty"],
            "warm_ratio": warm[name] / warm["empty"],
        }
        for name in PAGES
    }


def _visits(browser: Browser, address: str, there: str) -> tuple[float, float]:
    """Return the seconds from asking until something is painted, by the browser's own clock: with
    an empty cache, and again with a full one.
    """
    context = browser.new_context(
        viewport={"width": _PHONE["width"], "height": _PHONE["height"]}, has_touch=True
    )
    cold, warm = _visit(context, address, there), _visit(context, address, there)
    context.close()
    return cold, warm


def _visit(context: BrowserContext, address: str, there: str) -> float:
    page = context.new_page()
    page.add_init_script(_WATCH % json.dumps(there))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(address, wait_until="commit")
    # not Playwright's own waiting, which the page's policy forbids
    while (painted := page.evaluate("window.painted")) is None:
        page.wait_for_timeout(50)
    seconds = float(painted) / 1000
    page.close()
    return seconds
