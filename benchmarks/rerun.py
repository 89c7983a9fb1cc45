"""Warm rerun of each page against an empty Streamlit page under the same settings."""

import asyncio
import statistics
import tempfile
from pathlib import Path

from aaa import contents, writer
from aaa.ui.frame import PAGES
from benchmarks.server import ROOT, alternating, serving

TARGET = 5.0  # times an empty page
VISITS = 40


def measure(visits: int = VISITS) -> dict[str, dict[str, float]]:
    """Return for each page the median seconds, those of the empty page beside it, and their ratio."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "aaa_2025.xlsx"
        workbook.write_bytes(writer.write(contents.example_2025(), contents.guide()))
        with serving(ROOT / "dashboard.py", workbook) as app, serving(ROOT / "benchmarks" / "empty_page.py") as empty:
            for name, path, _ in PAGES:
                took = asyncio.run(alternating({"page": app, "empty": empty}, path, visits))
                page, bare = (statistics.median(took[key]) for key in ("page", "empty"))
                results[name] = {"page_s": page, "empty_s": bare, "ratio": page / bare}
    return results
