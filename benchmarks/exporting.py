"""How long each file that is taken home takes, for the plan and for a large programme, and the
whole copy of plain pages.
"""

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from aaa.exports import calendar, making
from aaa.exports.takeaway import Takeaway, takeaway
from aaa.site import building, placing
from aaa.store import source
from aaa.store.origin import Fetched
from aaa.values.links import PROGRAMME
from aaa.words.texts import LANGUAGES
from tests.support import large

SIZES = (26, 1_000)
TURNS = 3
FILES = ("report.pdf", "deck.pptx", "figures.xlsx", "timeline.png", "timeline.csv")


def measure(sizes: tuple[int, ...] = SIZES, turns: int = TURNS) -> dict[str, dict[str, float]]:
    """Return for each file the median seconds at each size, and how much longer the largest takes
    for each of its activities.
    """
    found: dict[str, dict[str, float]] = {}
    for size in sizes:
        version = source.read(
            Fetched(large.workbook(size), dt.datetime(2025, 10, 1), "aaa_2025.xlsx")
        )
        taken = takeaway(version, None, "nl")
        made: dict[str, Callable[[], object]] = {
            name: partial(making.file, name, taken) for name in FILES
        }
        made["programma.ics"] = partial(_calendar, taken)
        made["copy of plain pages"] = partial(_copied, version)
        for name, make in made.items():
            found.setdefault(name, {})[f"{size}_s"] = _seconds(make, turns)
    for times in found.values():
        times["growth"] = (times[f"{sizes[-1]}_s"] / times[f"{sizes[0]}_s"]) / (
            sizes[-1] / sizes[0]
        )
    return found


def _calendar(taken: Takeaway) -> bytes:
    return calendar.ics(taken, calendar.feeds(taken)[PROGRAMME])


def _copied(version: source.Version) -> None:
    with tempfile.TemporaryDirectory() as folder:
        placing.place(
            Path(folder) / "copy",
            building.build(version, [takeaway(version, None, lang) for lang in LANGUAGES]),
        )


def _seconds(make: Callable[[], object], turns: int) -> float:
    took = []
    for _ in range(turns):
        start = time.perf_counter()
        make()
        took.append(time.perf_counter() - start)
    return statistics.median(took)
