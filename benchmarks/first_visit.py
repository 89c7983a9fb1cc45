"""A cold first visit on a phone against an empty page behind the same server frame."""

import json
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from aaa import contents, writer
from benchmarks.server import ROOT, serving

TARGET = 1.3  # times an empty page
VISITS = 9
# What a reader counts as there: the headline numbers, and what a partner does next. They come with the page; `live` is when Streamlit's page took their place.
PAGES = {
    "overview": ("/", ".a-tiles"),
    "partner": ("/partners?partner=dc-terra", ".a-items"),
    "overview, live": ("/", "[data-testid=stApp] .a-tiles"),
    "partner, live": ("/partners?partner=dc-terra", "[data-testid=stApp] .a-items"),
}
# Notes when an element is first in a painted picture: in the second frame after it is there.
_WATCH = """
const watch = () => {
  const found = document.querySelector(%s);
  if (found && found.getClientRects().length) requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now(); }));
  else requestAnimationFrame(watch);
};
watch();
"""
_PHONE = {"width": 390, "height": 844}
_NETWORK = {"offline": False, "latency": 60, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}  # 10 Mbit/s, 60 ms
_SLOWER = 4
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def measure(visits: int = VISITS) -> dict[str, dict[str, float]]:
    """Return for each page the median seconds until its contents are there, those of the empty page beside it, and their ratio."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        workbook = Path(folder) / "aaa_2025.xlsx"
        workbook.write_bytes(writer.write(contents.example_2025(), contents.guide()))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        with serving(ROOT / "dashboard.py", workbook) as app, serving(ROOT / "benchmarks" / "empty_front.py") as empty:
            asked = {"empty": (empty, "/", "[data-testid=stApp] h1")} | {name: (app, path, there) for name, (path, there) in PAGES.items()}
            took: dict[str, list[float]] = {name: [] for name in asked}
            for turn in range(visits + 1):
                for name, (port, path, there) in asked.items():
                    seconds = _visit(browser, f"http://127.0.0.1:{port}{path}", there)
                    if turn:  # the first one waits for the server to warm up
                        took[name].append(seconds)
        browser.close()
    medians = {name: statistics.median(seconds) for name, seconds in took.items()}
    return {name: {"page_s": medians[name], "empty_s": medians["empty"], "ratio": medians[name] / medians["empty"]} for name in PAGES}


def _visit(browser: Browser, address: str, there: str) -> float:
    """Return the seconds from asking until something is painted, by the browser's own clock."""
    context = browser.new_context(viewport=_PHONE, has_touch=True)
    page = context.new_page()
    page.add_init_script(_WATCH % json.dumps(there))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.painted")
    seconds = float(page.evaluate("window.painted")) / 1000
    context.close()
    return seconds
