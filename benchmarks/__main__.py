"""`python -m benchmarks`: print every ratio and write them to benchmarks/results.json; with names,
only these.
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import exporting, first_visit, growth, reading, rerun, saving, viewers

RESULTS = Path(__file__).parent / "results.json"
Found = dict[str, Any]


def _reading(found: Found) -> Iterator[str]:
    yield (
        "from a workbook to a checked programme, against two bare openpyxl passes (target: at most"
        f" {reading.TARGET} x)"
    )
    for size, f in found.items():
        times = f"{f['ours_s']:7.3f} s against {f['two_passes_s']:7.3f} s"
        yield (
            f"  {size:>6} activities {f['ratio']:6.2f} x   {times}; a bare calamine read"
            f" {f['calamine_s']:7.4f} s"
        )


def _rerun(found: Found) -> Iterator[str]:
    yield (
        f"warm rerun against an empty page (target: at most {rerun.TARGET} x) and a plain page"
        f" (target: {rerun.PLAIN_TARGET:.0f} x faster)"
    )
    for name, f in found.items():
        yield (
            f"  {name:<13} {f['ratio']:5.1f} x   {1000 * f['page_s']:6.1f} ms against "
            f"{1000 * f['empty_s']:5.1f} ms; {f['faster_than_plain']:5.1f} x faster than "
            f"{1000 * f['plain_s']:6.1f} ms"
        )


def _first_visit(found: Found) -> Iterator[str]:
    targets = (
        f"target, cold: {first_visit.TARGET} x), and a plain page (target:"
        f" {first_visit.PLAIN_TARGET:.0f} x faster)"
    )
    yield f"first content on a phone against an empty page ({targets}"
    for name, f in found.items():
        yield (
            f"  {name:<15} cold {f['ratio']:5.2f} x  {f['cold_s']:6.2f} s against "
            f"{f['empty_cold_s']:6.2f} s; {f['faster_than_plain']:5.1f} x faster than "
            f"{f['plain_cold_s']:6.2f} s; warm {f['warm_ratio']:5.2f} x"
        )


def _viewers(found: Found) -> Iterator[str]:
    yield (
        f"viewers at once (target at 200: p95 under {viewers.TARGET_SECONDS} s, under"
        f" {viewers.TARGET_MEGABYTES:.0f} MB each)"
    )
    for count, f in found.items():
        each = f"{f['megabytes_per_viewer']:5.2f} MB each; {f['cores_busy']:5.2f} cores busy"
        yield (
            f"  {count:>4} viewers   p95 {1000 * f['page_change_p95_s']:6.0f} ms of"
            f" {f['page_changes']:.0f} changes of page; {each}"
        )


def _saving(found: Found) -> Iterator[str]:
    yield (
        f"from saving to the new number on {found['viewers']} screens (target: p95 under"
        f" {saving.TARGET:.0f} s)"
    )
    yield (
        f"  p95 {found['p95_s']:.2f} s, median {found['median_s']:.2f} s, slowest"
        f" {found['slowest_s']:.2f} s of {found['saves']} saves"
    )


def _growth(found: Found) -> Iterator[str]:
    small, big = growth.SIZES
    yield (
        f"first run of a page at {big} activities against {small} (target: at most"
        f" {growth.TARGET:.0f} x)"
    )
    for name, f in found.items():
        if name != "filters":
            yield (
                f"  {name:<13} {f['growth']:5.1f} x   {f[f'first_{big}_s']:6.2f} s against "
                f"{f[f'first_{small}_s']:6.2f} s"
            )
    f = found["filters"]
    slowest, median, at_big = (
        1000 * f[name] for name in (f"slowest_{small}_s", f"median_{small}_s", f"slowest_{big}_s")
    )
    yield (
        f"  filters at {small} (target: under {growth.FILTER_TARGET} s): slowest {slowest:.0f} ms,"
        f" median {median:.0f} ms; at {big} slowest {at_big:.0f} ms"
    )


def _exporting(found: Found) -> Iterator[str]:
    small, big = exporting.SIZES
    yield (
        f"each file taken home at {small} and {big} activities (growth of 1: as much time for each"
        " activity)"
    )
    for name, f in found.items():
        yield (
            f"  {name:<20} {f[f'{small}_s']:7.3f} s and {f[f'{big}_s']:7.3f} s   growth "
            f"{f['growth']:5.2f}"
        )


ALL: dict[str, tuple[Callable[[], Found], Callable[[Found], Iterator[str]]]] = {
    "reading": (reading.measure, _reading),
    "rerun": (rerun.measure, _rerun),
    "first_visit": (first_visit.measure, _first_visit),
    "viewers": (viewers.measure, _viewers),
    "saving": (saving.measure, _saving),
    "growth": (growth.measure, _growth),
    "exporting": (exporting.measure, _exporting),
}


def _commit() -> str:
    """Return which state of the program is measured."""
    return subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=RESULTS.parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def main() -> None:
    """Run the benchmarks; a run of only some of them leaves the results of the others
    as they were.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        choices=[*ALL, []],
        metavar="NAME",
        help=f"{', '.join(ALL)}; default: all",
    )
    chosen = parser.parse_args().names or list(ALL)
    found = (
        json.loads(RESULTS.read_text("utf-8"))
        if RESULTS.exists() and len(chosen) < len(ALL)
        else {}
    )
    commit = _commit()  # before the results make the checkout another one
    found["machine"] = {"cores": os.cpu_count(), "python": platform.python_version()}
    for name in chosen:
        measure, words = ALL[name]
        found[name] = measure()
        found.setdefault("measured", {})[name] = {
            "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "commit": commit,
        }
        print("\n".join(words(found[name])), flush=True)
        RESULTS.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
