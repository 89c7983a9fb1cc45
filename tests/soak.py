"""`python -m tests.soak --minutes 60`: viewers come, look, and go while the workbook is saved;
memory and open files must stay level.
"""

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from aaa.ui.frame import PAGES
from aaa.writing import contents, writer
from tests.support.servers import Served, serving, viewing

MOST_MEGABYTES = 60.0  # that memory may grow after the first third of the time
MOST_FILES = 15
_VIEWERS, _SAVE_SECONDS, _KINDS = 10, 5.0, 7


@dataclass
class Course:
    """What a server took as time went by: a measurement every second."""

    megabytes: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    visits: int = 0
    saves: int = 0

    def growth(self) -> tuple[float, float]:
        """Return how much the last third takes more than the second: megabytes and open files, each
        by its median.
        """
        third = max(len(self.megabytes) // 3, 1)
        memory_then, memory_now = (
            statistics.median(self.megabytes[third : 2 * third]),
            statistics.median(self.megabytes[-third:]),
        )
        return memory_now - memory_then, statistics.median(self.files[-third:]) - statistics.median(
            self.files[third : 2 * third]
        )


def run(seconds: float) -> Course:
    """Let viewers look for so long, and return the course of it."""
    course = Course()
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "aaa_2025.xlsx"
        books = [_book(number) for number in range(_KINDS)]
        workbook.write_bytes(books[0])
        # What Streamlit keeps of a viewer who left is let go of within seconds here, not minutes,
        # so that a short run shows what stays.
        with serving(
            workbook, variables={"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}
        ) as served:
            asyncio.run(_course(served, workbook, books, seconds, course))
    return course


async def _course(
    served: Served, workbook: Path, books: list[bytes], seconds: float, course: Course
) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(
        _measures(served, until, course),
        _saves(workbook, books, until, course),
        *(_looks(served.port, n, until, course) for n in range(_VIEWERS)),
    )


async def _measures(served: Served, until: float, course: Course) -> None:
    while time.monotonic() < until:
        course.megabytes.append(served.memory())
        course.files.append(served.open_files())
        await asyncio.sleep(1.0)


async def _saves(workbook: Path, books: list[bytes], until: float, course: Course) -> None:
    while time.monotonic() < until:
        course.saves += 1
        beside = workbook.with_suffix(".new")
        beside.write_bytes(books[course.saves % len(books)])
        os.replace(beside, workbook)
        await asyncio.sleep(_SAVE_SECONDS)


async def _looks(port: int, number: int, until: float, course: Course) -> None:
    """Come, look at some pages with some filters, tick, and go; again and again."""
    chance = random.Random(number)
    while time.monotonic() < until:
        async with viewing(port) as viewer:
            for _ in range(chance.randrange(3, 12)):
                query = chance.choice(
                    (
                        "",
                        "",
                        "taal=en",
                        "kwartaal=Q2",
                        "partner=dc-terra",
                        "activiteit=1-1",
                        "sinds=2025-06-19",
                    )
                )
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(viewer.visit(chance.choice(PAGES)[1], query), 20)
                    course.visits += 1
                await asyncio.sleep(chance.random() / 2)
                await viewer.tick()


def _book(number: int) -> bytes:
    whole = contents.example_2025()
    first, *others = whole["Kostenraming"]
    whole["Kostenraming"] = [
        first | {"Dekking gemeente": first["Dekking gemeente"] + number},
        *others,
    ]
    return writer.write(whole, contents.guide())


def main() -> int:
    """Run, say what came of it, and return 1 when something leaks."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    course = run(60 * parser.parse_args().minutes)
    megabytes, files = course.growth()
    print(
        f"{course.visits} visits and {course.saves} saves in {len(course.megabytes)} seconds;"
        f" memory at most {max(course.megabytes):.0f} MB"
    )
    print(
        f"last third against the second: {megabytes:+.1f} MB (at most {MOST_MEGABYTES:+.0f}),"
        f" {files:+.0f} open files (at most {MOST_FILES:+d})"
    )
    return int(megabytes > MOST_MEGABYTES or files > MOST_FILES)


if __name__ == "__main__":
    sys.exit(main())
