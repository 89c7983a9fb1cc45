"""Memory and processor per viewer, and how long a change of page takes, while all of them look for
a newer workbook every two seconds.
"""

import asyncio
import contextlib
import random
import statistics
import tempfile
import time
from pathlib import Path

from aaa.ui.frame import PAGES
from tests.support import large
from tests.support.servers import Served, Viewer, serving, viewing

COUNTS = (1, 50, 200)
TARGET_SECONDS, TARGET_MEGABYTES = 0.5, 1.0
SECONDS = 30.0
TICK_SECONDS = 2.0
STAYS_SECONDS = (
    20.0  # that a viewer looks at a page, on average: ten changes of page a second with 200 of them
)


def measure(
    counts: tuple[int, ...] = COUNTS, seconds: float = SECONDS
) -> dict[str, dict[str, float]]:
    """Return for each number of viewers the 95th percentile of a change of page, the memory and the
    share of one core that each takes.
    """
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "aaa_2025.xlsx"
        workbook.write_bytes(large.workbook(26))
        found = {}
        for count in counts:
            with serving(workbook) as served:
                found[str(count)] = asyncio.run(_viewed(served, count, seconds))
    return found


async def _viewed(served: Served, count: int, seconds: float) -> dict[str, float]:
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(viewing(served.port))
        for _, path, _ in PAGES:  # what is done once for all of them is done before
            await first.visit(path)
        without = served.memory()
        viewers = [
            first,
            *[await stack.enter_async_context(viewing(served.port)) for _ in range(count - 1)],
        ]
        for viewer in viewers[1:]:
            await viewer.visit("")
        before, start = served.processor(), time.perf_counter()
        took = [
            one
            for mine in await asyncio.gather(
                *(_looks(viewer, seconds, number) for number, viewer in enumerate(viewers))
            )
            for one in mine
        ]
        passed = time.perf_counter() - start
        busy = (served.processor() - before) / passed
        return {
            "page_change_p95_s": statistics.quantiles(took, n=20)[-1],
            "page_change_median_s": statistics.median(took),
            "page_changes": len(took),
            "megabytes_per_viewer": (served.memory() - without) / max(count - 1, 1),
            "cores_busy": busy,
            "viewers_per_core": count / busy,
        }


async def _looks(viewer: Viewer, seconds: float, number: int) -> list[float]:
    """Let one viewer tick every two seconds and change page now and then; return the seconds of
    each change.
    """
    chance = random.Random(number)
    took: list[float] = []
    await asyncio.sleep(chance.random() * TICK_SECONDS)
    until = time.perf_counter() + seconds
    leaves = time.perf_counter() + (chance.random() * STAYS_SECONDS if number else 0.0)
    while time.perf_counter() < until:
        next_tick = time.perf_counter() + TICK_SECONDS
        await viewer.tick()
        if time.perf_counter() >= leaves:
            took.append(await viewer.visit(chance.choice(PAGES)[1]))
            leaves = time.perf_counter() + (2 * chance.random() * STAYS_SECONDS if number else 0.0)
        await asyncio.sleep(max(0.0, next_tick - time.perf_counter()))
    return took
