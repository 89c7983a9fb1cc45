"""How cost grows with the number of activities: what is done once for a new workbook, at a thousand
and at ten thousand of them.
"""

import asyncio
import statistics
import tempfile
from pathlib import Path

from aaa.ui.frame import PAGES
from tests.support import large
from tests.support.servers import serving, viewing

SIZES = (1_000, 10_000)
TARGET = 10.0  # times as many activities may cost at most about as many times as much
FILTER_TARGET = 0.3  # seconds, with 1,000 activities
FILTERS = (
    "kwartaal=Q1",
    "kwartaal=Q2",
    "status=loopt",
    "thema=veiligheid",
    "partner=dc-terra",
    "kwartaal=Q3&status=afgerond",
)


def measure() -> dict[str, dict[str, float]]:
    """Return for each page the seconds of its first run at both sizes and their ratio, and the
    slowest and median filter at the smaller size.
    """
    first: dict[int, dict[str, float]] = {}
    filters: dict[int, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            workbook = Path(folder) / "aaa_2025.xlsx"
            workbook.write_bytes(large.workbook(size))
            with serving(workbook) as served:
                first[size], filters[size] = asyncio.run(_visited(served.port))
    small, big = SIZES
    found = {
        name: {
            f"first_{small}_s": first[small][name],
            f"first_{big}_s": first[big][name],
            "growth": first[big][name] / first[small][name],
        }
        for name in first[small]
    }
    found["filters"] = {
        f"slowest_{small}_s": max(filters[small]),
        f"median_{small}_s": statistics.median(filters[small]),
        f"slowest_{big}_s": max(filters[big]),
    }
    return found


async def _visited(port: int) -> tuple[dict[str, float], list[float]]:
    async with viewing(port) as viewer:
        # what a first run loads for all pages is not of any page
        await viewer.visit("bestaat-niet")
        first = {name: await viewer.visit(path) for name, path, _ in PAGES}
        return first, [await viewer.visit(path, query) for _, path, _ in PAGES for query in FILTERS]
