"""Break the program on purpose and see whether the tests notice: `python -m tests.mutants [NAME
…]`, or `make mutants`.

Each fault is laid on a copy of the checkout, and the test files that should notice it are run
there. What they miss, the whole suite is asked for with `--whole`. A fault that nothing notices
asks for a test. Another checkout is tried with `--tree FOLDER`, so that two suites can be compared.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Mutant:
    """One fault.

    Attributes:
        name: what is wrong then, in a few words.
        path: of the file, below the checkout.
        old, new: the text that stands there once, and what stands there instead.
        tests: the test files that should notice, below `tests/`, quickest first.
    """

    name: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]


MUTANTS = (
    # values
    Mutant(
        "names differ by case",
        "aaa/values/names.py",
        '"NFKC", text)).casefold()',
        '"NFKC", text))',
        ("values/test_small_parts.py", "workbook/test_validation.py"),
    ),
    Mutant(
        "a quarter has four months",
        "aaa/values/period.py",
        "MONTHS_PER_QUARTER = 3",
        "MONTHS_PER_QUARTER = 4",
        ("values/test_period.py",),
    ),
    Mutant(
        "a wrong total is only information",
        "aaa/values/finding.py",
        '"row_total_differs": Severity.ERROR',
        '"row_total_differs": Severity.INFO',
        ("workbook/test_validation.py", "test_cli.py", "writing/test_mark.py"),
    ),
    # the way from bytes to a programme
    Mutant(
        "a file of any size is opened",
        "aaa/workbook/package.py",
        "if len(data) > MAX_BYTES:",
        "if len(data) > 100 * MAX_BYTES:",
        ("workbook/test_reader.py", "store/test_source.py", "store/test_origin.py"),
    ),
    Mutant(
        "a formula never calculated is empty",
        "aaa/workbook/reader.py",
        'return Cell(address, None, uncalculated=str(getattr(formula, "text", formula)))',
        "return Cell(address, None)",
        ("workbook/test_reader.py", "workbook/test_hard_cases.py"),
    ),
    Mutant(
        "a negative amount is silent",
        "aaa/workbook/convert.py",
        'return value, Note("amount_negative")',
        "return value, None",
        ("workbook/test_convert.py", "workbook/test_validation.py"),
    ),
    Mutant(
        "a row that does not add up is silent",
        "aaa/workbook/validation.py",
        "_CENT = 0.005",
        "_CENT = 5000.0",
        ("workbook/test_validation.py",),
    ),
    Mutant(
        "a row of totals is data",
        "aaa/workbook/tables.py",
        'if said.rstrip(" :") == total:',
        'if said.rstrip(" :") == total + "x":',
        ("workbook/test_validation.py", "workbook/test_hard_cases.py"),
    ),
    Mutant(
        "in English the Dutch texts stay",
        "aaa/workbook/programme.py",
        "frame[twin].where(there, frame[column])",
        "frame[column]",
        ("workbook/test_programme.py", "history/test_changes.py"),
    ),
    Mutant(
        "an English text that grew old stays",
        "aaa/workbook/programme.py",
        "there &= ~frame",
        "there &= frame",
        ("workbook/test_twins.py",),
    ),
    # where workbooks come from
    Mutant(
        "a broken save empties the page",
        "aaa/store/source.py",
        """                self._state.version,
                error.findings,
""",
        """                None,
                error.findings,
""",
        ("store/test_source.py", "ui/test_pages.py"),
    ),
    Mutant(
        "a version is written in its place at once",
        "aaa/store/versions.py",
        'beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")',
        "beside = path",
        ("store/test_versions.py", "server/test_faults.py"),
    ),
    Mutant(
        "two processes publish at once",
        "aaa/store/versions.py",
        "fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)",
        ("store/test_publish.py", "store/test_versions.py", "server/test_faults.py"),
    ),
    Mutant(
        "a save of another is overwritten",
        "aaa/store/publish.py",
        "        if current_hash(store) != base:\n            raise ChangedError\n",
        "        current_hash(store)\n",
        ("store/test_publish.py",),
    ),
    Mutant(
        "guessing a password costs no time",
        "aaa/store/gate.py",
        "if now < self._closed_until:",
        "if now < -1:",
        ("store/test_gate.py",),
    ),
    # metrics and selection
    Mutant(
        "finished activities are late",
        "aaa/metrics/activities.py",
        "late = over & ~closed & ~unreported",
        "late = over & ~unreported",
        ("metrics/test_metrics.py",),
    ),
    Mutant(
        "nothing known adds up to nothing",
        "aaa/metrics/budget.py",
        "amount = amounts.sum(min_count=1)",
        "amount = amounts.sum()",
        ("metrics/test_metrics.py", "workbook/test_hard_cases.py"),
    ),
    Mutant(
        "a lead counts as taking part",
        "aaa/metrics/partners.py",
        'return mine[mine["role"] == role]',
        "return mine",
        ("metrics/test_metrics.py", "ui/test_pages.py", "site/test_site.py"),
    ),
    Mutant(
        "a filter on a quarter misses what runs through it",
        "aaa/metrics/selection.py",
        '(months["first"] <= asked[-1]) & (months["last"] >= asked[0])',
        '(months["first"] >= asked[0]) & (months["last"] <= asked[-1])',
        ("metrics/test_metrics.py", "ui/test_pages.py"),
    ),
    # words and history
    Mutant(
        "Dutch euros have a point for cents",
        "aaa/words/formatting.py",
        "if round(amount * 100) % 100:",
        "if True:",
        ("values/test_small_parts.py", "ui/test_pages.py", "test_cli.py"),
    ),
    Mutant(
        "an English sentence is Dutch",
        "aaa/words/texts/en.po",
        'msgstr "There is no such page"',
        'msgstr "Deze pagina is er niet"',
        ("words/test_texts.py", "server/test_server.py"),
    ),
    Mutant(
        "a move counts months as quarters",
        "aaa/history/changes.py",
        "after[1] // period.MONTHS_PER_QUARTER - before[1] // period.MONTHS_PER_QUARTER",
        "after[1] - before[1]",
        ("history/test_changes.py",),
    ),
    Mutant(
        "a meeting sees the day after",
        "aaa/history/meetings.py",
        "if one.shown.date() <= day:",
        "if one.shown.date() <= day + dt.timedelta(days=1):",
        ("history/test_history.py", "exports/test_exports.py"),
    ),
    # what is drawn, taken home and copied
    Mutant(
        "words of the workbook are markup",
        "aaa/html/tags.py",
        "return escape(_line(piece))",
        "return str(_line(piece))",
        ("figures/test_figures.py", "workbook/test_conservation.py"),
    ),
    Mutant(
        "a formula in a CSV is one",
        "aaa/figures/chart.py",
        'if value[:1] in ("=", "+", "-", "@", "\\t", "\\r")',
        'if value[:1] in ("+", "-")',
        ("exports/test_exports.py", "server/test_security.py"),
    ),
    Mutant(
        "quiet words are too light",
        "aaa/figures/palette.py",
        'QUIET = Pair("#55626d", "#a9b5bf")',
        'QUIET = Pair("#9aa6b0", "#5a656e")',
        ("figures/test_palette.py",),
    ),
    Mutant(
        "a slide is fuller than it can hold",
        "aaa/slides/fit.py",
        "return max(first, second, 3.7 if asked else 0.0) + 0.9",
        "return 0.4",
        ("slides/test_slides.py", "browser/test_meeting.py"),
    ),
    Mutant(
        "an event ends a day early",
        "aaa/exports/calendar.py",
        'event.add("dtend", last + dt.timedelta(days=1))',
        'event.add("dtend", last)',
        ("exports/test_calendar.py",),
    ),
    Mutant(
        "a copy is written over the old one",
        "aaa/site/placing.py",
        "        elif not _exchanged(fresh, folder):",
        "        elif True:",
        ("site/test_site.py",),
    ),
    # workbooks that are written
    Mutant(
        "finished work comes back next year",
        "aaa/writing/next_year.py",
        'leave_out(activities.loc[over, "row"])',
        "leave_out([])",
        ("writing/test_next_year.py",),
    ),
    Mutant(
        "errors end a check as if all were well",
        "aaa/cli.py",
        "return ERRORS if wrong(findings) else OK",
        "return OK",
        ("test_cli.py",),
    ),
    # what stands around the pages
    Mutant(
        "a page may run any script",
        "aaa/server/headers.py",
        "f\"script-src 'self' blob: {known}\".rstrip(),",
        "\"script-src * 'unsafe-inline'\",",
        ("server/test_server.py",),
    ),
    Mutant(
        "any site may open a websocket",
        "aaa/server/connections.py",
        "return asks.netloc == host or (name is not None and name in named)",
        "return True",
        ("server/test_security.py",),
    ),
    Mutant(
        "a stranger may send a file",
        "aaa/server/uploads.py",
        "if _uploads(scope) and not upload_permissions.may_upload",
        "if False and not upload_permissions.may_upload",
        ("server/test_security.py", "server/test_faults.py"),
    ),
    Mutant(
        "answers wait for an acknowledgement",
        "aaa/server/sockets.py",
        "one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)",
        "pass",
        ("server/test_shell.py",),
    ),
    Mutant(
        "the log holds words of an exception",
        "aaa/server/logs.py",
        'return {"fault": kind.__name__,',
        'return {"fault": str(sys.exc_info()[1] or kind.__name__),',
        ("server/test_server.py",),
    ),
    Mutant(
        "TLS is forgotten by browsers",
        "deploy/nginx.conf",
        'add_header Strict-Transport-Security "max-age=31536000" always;',
        "",
        ("server/test_hosting.py",),
    ),
    # what only a browser shows
    Mutant(
        "the key to the next slide does nothing",
        "aaa/ui/meeting.js",
        'ArrowRight: "next", ',
        "",
        ("browser/test_meeting.py",),
    ),
    Mutant(
        "Escape closes nothing",
        "aaa/ui/clickable.js",
        'if (event.key !== "Escape" || !open) return;',
        "return;",
        ("browser/test_accessibility.py",),
    ),
    Mutant(
        "no focus is to be seen",
        "aaa/html/page.css",
        ".a-clickable :focus-visible { outline: 3px solid var(--accent);",
        ".a-clickable :focus-visible { outline: none;",
        ("browser/test_accessibility.py",),
    ),
    Mutant(
        "a long word makes a phone scroll sideways",
        "aaa/html/page.css",
        "margin: 0; color: var(--ink); overflow-wrap: anywhere; }\n.a-chart-title",
        "margin: 0; color: var(--ink); white-space: nowrap; }\n.a-chart-title",
        ("browser/test_visits.py",),
    ),
    Mutant(
        "a link in the menu is too small for a finger",
        "aaa/html/page.css",
        ".a-nav a, .a-nav button, .a-links a, .a-button { min-width: 44px; min-height: 44px; }",
        "",
        ("browser/test_partner.py", "browser/test_visits.py"),
    ),
    Mutant(
        "a viewer is not told of a save",
        "aaa/ui/frame.py",
        "st.rerun()",
        "pass",
        ("browser/test_live.py",),
    ),
)


def main() -> int:
    """Try the faults, print which file noticed each, and return 1 when one went unnoticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a part of the name of a fault; default: all"
    )
    parser.add_argument(
        "--tree", type=Path, default=ROOT, help="the checkout to try them on; default: this one"
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help="ask the whole suite where the named files miss a fault",
    )
    options = parser.parse_args()
    chosen = [
        mutant
        for mutant in MUTANTS
        if not options.names or any(name in mutant.name for name in options.names)
    ]
    missed = 0
    for number, mutant in enumerate(chosen, start=1):
        start = time.monotonic()
        noticed = _tried(mutant, options.tree, whole=options.whole)
        missed += noticed is None
        print(
            f"{number:>2} {mutant.name:<52} {mutant.path:<30} {noticed or 'MISSED':<36} "
            f"{time.monotonic() - start:5.0f} s",
            flush=True,
        )
    print(f"{len(chosen)} faults, {missed} missed")
    return int(missed > 0)


def _tried(mutant: Mutant, tree: Path, *, whole: bool) -> str | None:
    """Return the test that noticed a fault, or None."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(
            tree,
            copy,
            ignore=shutil.ignore_patterns(
                "var", ".venv", "node_modules", ".*_cache", "__pycache__", ".hypothesis"
            ),
            symlinks=True,
        )
        broken = copy / mutant.path
        text = broken.read_bytes().decode("utf-8")
        if text.count(mutant.old) != 1:
            raise LookupError(f"{mutant.path} holds {text.count(mutant.old)} times: {mutant.old}")
        broken.write_bytes(text.replace(mutant.old, mutant.new).encode("utf-8"))
        for tests in (*mutant.tests, *(("",) if whole else ())):
            # a test that fails without the fault noticed something else
            if (failed := _failed(copy, f"tests/{tests}")) and not _failed(tree, failed):
                return failed.removeprefix("tests/")
    return None


def _failed(folder: Path, tests: str) -> str | None:
    """Return the first test that fails there, or what ended the run, or None."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", tests]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.returncode:
        return None
    return next(
        (
            line.split(" ", 1)[1].split(" - ")[0]
            for line in done.stdout.splitlines()
            if line.startswith(("FAILED", "ERROR"))
        ),
        tests,
    )


if __name__ == "__main__":
    sys.exit(main())
