"""Warm rerun of each page against an empty Streamlit page under the same settings, and against a plain page that does the same job."""

import asyncio
import statistics
import tempfile
from pathlib import Path

from aaa.ui.frame import PAGES
from benchmarks import large
from benchmarks.server import ROOT, alternating, serving

TARGET = 3.0  # times an empty page
PLAIN_TARGET = 10.0  # times faster than the plain page
VISITS = 40


def measure(visits: int = VISITS) -> dict[str, dict[str, float]]:
    """Return for each page the median seconds, those of the empty and of the plain page beside it, and their ratios."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "aaa_2025.xlsx"
        workbook.write_bytes(large.workbook(26))
        bare, usual = ROOT / "benchmarks" / "empty_page.py", ROOT / "benchmarks" / "plain_page.py"
        with (
            serving(ROOT / "dashboard.py", workbook) as app,
            serving(bare) as empty,
            serving(usual, workbook, folder=Path(folder)) as plain,  # from a folder without settings: those that Streamlit comes with
        ):
            for name, path, _ in PAGES:
                took = asyncio.run(alternating({"page": app, "empty": empty, "plain": plain}, path, visits))
                page, nothing, same_job = (statistics.median(took[key]) for key in ("page", "empty", "plain"))
                results[name] = {"page_s": page, "empty_s": nothing, "plain_s": same_job, "ratio": page / nothing, "faster_than_plain": same_job / page}
    return results
