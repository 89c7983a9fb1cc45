"""Warm rerun of each page against an empty Streamlit page under the same settings, and against a
plain page that does the same job.
"""

import asyncio
import contextlib
import statistics
import tempfile
from pathlib import Path

from aaa.ui.frame import PAGES
from tests.support import large
from tests.support.books import ROOT
from tests.support.servers import serving, viewing

TARGET = 2.5  # times an empty page
PLAIN_TARGET = 10.0  # times faster than the plain page
VISITS = 40


def measure(visits: int = VISITS) -> dict[str, dict[str, float]]:
    """Return for each page the median seconds, those of the empty and of the plain page beside it,
    and their ratios.
    """
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "aaa_2025.xlsx"
        workbook.write_bytes(large.workbook(26))
        bare, usual = ROOT / "benchmarks" / "empty_page.py", ROOT / "benchmarks" / "plain_page.py"
        with (
            serving(workbook) as app,
            serving(workbook, script=bare) as empty,
            # from a folder without settings: those that Streamlit comes with
            serving(workbook, script=usual, folder=Path(folder)) as plain,
        ):
            for name, path, _ in PAGES:
                took = asyncio.run(
                    _alternating(
                        {"page": app.port, "empty": empty.port, "plain": plain.port}, path, visits
                    )
                )
                page, nothing, same_job = (
                    statistics.median(took[key]) for key in ("page", "empty", "plain")
                )
                results[name] = {
                    "page_s": page,
                    "empty_s": nothing,
                    "plain_s": same_job,
                    "ratio": page / nothing,
                    "faster_than_plain": same_job / page,
                }
    return results


async def _alternating(ports: dict[str, int], page: str, times: int) -> dict[str, list[float]]:
    """Visit a page on each server in turn, so that a noisy machine is equally noisy to all; the
    first two visits warm up.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ports}
    async with contextlib.AsyncExitStack() as stack:
        viewers = {
            name: await stack.enter_async_context(viewing(port)) for name, port in ports.items()
        }
        for turn in range(times + 2):
            for name, viewer in viewers.items():
                took = await viewer.visit(page if name == "page" else "")
                assert not any(failed in viewer.shown() for failed in ("exception {", "a-fault")), (
                    f"{name} fails"
                )
                if turn >= 2:
                    seconds[name].append(took)
                await asyncio.sleep(0.01)
    return seconds
