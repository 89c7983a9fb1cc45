"""From the bytes of a workbook to a checked programme, against the two bare openpyxl passes it
rests on and a bare calamine read.
"""

import gc
import io
import statistics
import time
from collections.abc import Callable

import python_calamine
from openpyxl import load_workbook

from aaa.workbook import programme
from tests.support import large

TARGET = 1.5  # times two bare passes
SIZES = (26, 1_000, 10_000)
TURNS = {26: 15, 1_000: 7, 10_000: 3}


def measure() -> dict[str, dict[str, float]]:
    """Return for each number of activities the median seconds of each way, and the ratios of ours
    to the others.
    """
    return {str(size): _of(large.workbook(size), TURNS[size]) for size in SIZES}


def _of(data: bytes, turns: int) -> dict[str, float]:
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: programme.from_bytes(data, 2025),
        "two_passes": lambda: (
            load_workbook(io.BytesIO(data), data_only=True),
            load_workbook(io.BytesIO(data)),
        ),
        "calamine": lambda: [
            book.get_sheet_by_name(name).to_python()
            for book in [python_calamine.load_workbook(io.BytesIO(data))]
            for name in book.sheet_names
        ],
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(turns + 1):
        for name, way in ways.items():
            gc.collect()  # nobody pays for another's litter
            start = time.perf_counter()
            way()
            if turn:
                took[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(seconds) for name, seconds in took.items()}
    return {f"{name}_s": seconds for name, seconds in medians.items()} | {
        "ratio": medians["ours"] / medians["two_passes"],
        "times_calamine": medians["ours"] / medians["calamine"],
        "turns": turns,
    }
