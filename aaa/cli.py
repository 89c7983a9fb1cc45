"""The command line: check a workbook, show its figures, write a new one, serve the dashboard.

May import: exports, history, metrics, server, site, slides, store, ui, values, words, workbook,
writing.
"""

import argparse
import datetime as dt
import getpass
import io
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from aaa.exports import browser, making, takeaway
from aaa.exports.summary import STATUS_WORDS, summarise
from aaa.exports.takeaway import Takeaway
from aaa.history import meetings
from aaa.history.meetings import History, Since
from aaa.metrics.selection import Selection
from aaa.site import building, placing
from aaa.slides import agenda
from aaa.store import gate, source
from aaa.store.origin import File, Origin
from aaa.store.source import Store, Version
from aaa.store.versions import Archive, write_atomically
from aaa.values.finding import Finding, Severity, WorkbookError, counted, wrong
from aaa.words import formatting, wording
from aaa.words.texts import DEFAULT, LANGUAGES, translate
from aaa.workbook import programme
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Judgement
from aaa.writing import contents, mark, next_year, writer

OK, ERRORS, UNUSABLE = 0, 1, 2
_AGAIN_SECONDS = 60.0  # before a retry after a failed write
_LOOK_SECONDS = 2.0  # the polling interval of `publish --watch`


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 in order, 1 the workbook has errors, 2 it
    cannot be used.
    """
    # A Windows console may not be able to encode every character in the workbook.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aaa", description="The dashboard of the Asser Ambitie Agenda, without its screen."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="list what the lead should know about the workbook")
    show = commands.add_parser("show", help="print the figures that the pages show")
    for command, run in ((check, _check), (show, _show)):
        command.add_argument(
            "workbook", nargs="?", help=f"default: ${source.ENVIRONMENT}, else the shipped workbook"
        )
        command.add_argument("--json", action="store_true", help="for machines")
        command.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
        command.set_defaults(run=run)
    show.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help="judge by this date, YYYY-MM-DD; default: the workbook's own",
    )
    serve = commands.add_parser(
        "serve", help="show the dashboard in a browser, until it is ended with Ctrl+C"
    )
    serve.add_argument(
        "workbook",
        nargs="?",
        help=f"a file or an address; default: ${source.ENVIRONMENT}, else the shipped workbook",
    )
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen on; default: this machine only (127.0.0.1)",
    )
    serve.set_defaults(run=_serve)
    password = commands.add_parser(
        "password", help="print the line to store for a password of the page Bijwerken"
    )
    password.set_defaults(run=_password)
    marked = commands.add_parser(
        "mark", help="write a copy of a workbook with a remark on every wrong cell"
    )
    marked.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    marked.set_defaults(make=_marked)
    following = commands.add_parser("next", help="write next year's workbook, made of this year's")
    following.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    following.set_defaults(make=_next)
    new = commands.add_parser("new", help="write an empty workbook for a year")
    new.add_argument("--year", type=_year, required=True)
    new.set_defaults(make=lambda options: _new(contents.empty(options.year)))
    example = commands.add_parser(
        "example", help="write the year 2025 filled with invented progress"
    )
    example.set_defaults(make=lambda _: _new(contents.example_2025()))
    export = commands.add_parser(
        "export", help="write what is taken home: a report, slides, figures or one chart"
    )
    export.add_argument(
        "file",
        type=Path,
        help=(
            "its name says what it is: report.pdf, deck.pptx, figures.xlsx, timeline.png,"
            " timeline.csv, …"
        ),
    )
    export.add_argument(
        "workbook", nargs="?", help=f"default: ${source.ENVIRONMENT}, else the shipped workbook"
    )
    export.add_argument(
        "--since",
        metavar="MEETING",
        help=(
            "date (YYYY-MM-DD) or name of a meeting, or an older workbook; default: the last"
            " meeting"
        ),
    )
    export.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    export.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help="judge by this date, YYYY-MM-DD; default: the workbook's own",
    )
    export.add_argument(
        "--overwrite", action="store_true", help="replace a file that is there already"
    )
    export.set_defaults(run=_write, make=_export)
    publish = commands.add_parser(
        "publish", help="write the whole dashboard as plain pages that need no server"
    )
    publish.add_argument(
        "folder", type=Path, help="new, empty, or published to before; replaced all at once"
    )
    publish.add_argument(
        "workbook", nargs="?", help=f"default: ${source.ENVIRONMENT}, else the shipped workbook"
    )
    publish.add_argument(
        "--watch",
        action="store_true",
        help="stay, and publish again whenever there is a new good version",
    )
    publish.add_argument(
        "--since",
        metavar="MEETING",
        help="what changed is told since this meeting (date or name), or an older workbook",
    )
    publish.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help="judge by this date, YYYY-MM-DD; default: the workbook's own",
    )
    publish.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=DEFAULT,
        help="of the messages; the copy itself is in every language",
    )
    publish.set_defaults(run=_publish)
    for command in (marked, following, new, example):
        if command in (marked, following):
            command.add_argument("workbook")
        command.add_argument("file", type=Path)
        command.add_argument(
            "--overwrite", action="store_true", help="replace a file that is there already"
        )
        command.set_defaults(run=_write)
    return parser


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not a date as YYYY-MM-DD: {text}") from error


def _year(text: str) -> int:
    if not (text.isdecimal() and 2000 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"not a year between 2000 and 2100: {text}")
    return int(text)


def _check(options: argparse.Namespace) -> int:
    origin, digest = source.locate(options.workbook, os.environ), None
    try:
        fetched = origin.fetch()
        digest = source.digest(fetched.data)
        version = source.after(source.read(fetched), source.archive(origin, os.environ))
        findings, usable = version.programme.findings, True
    except WorkbookError as error:
        findings, usable = error.findings, False
    if options.json:
        found = [_finding(f, options.lang) for f in findings]
        _print_json(
            {
                "usable": usable,
                "workbook": str(origin.path or origin.name),
                "sha256": digest,
                "findings": found,
            }
        )
    else:
        for finding in findings:
            print(wording.line(finding, options.lang))
        print(_verdict(findings, usable, origin.name, options.lang))
    if not usable:
        return UNUSABLE
    return ERRORS if wrong(findings) else OK


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "severity": finding.severity.word,
        "code": finding.code,
        "sheet": finding.sheet or None,
        "cell": finding.cell or None,
        "value": finding.value,
        "expected": wording.expected(finding, lang),
        "message": wording.message(finding, lang),
        "more": finding.more,
    }


def _verdict(findings: Sequence[Finding], usable: bool, name: str, lang: str) -> str:
    if not usable:
        return translate(lang, "check.unusable", name=name)
    errors, warnings = wrong(findings), counted(findings)[Severity.WARNING]
    counts = (
        translate(lang, "check.errors", n=errors),
        translate(lang, "check.warnings", n=warnings),
    )
    return translate(lang, "check.verdict", name=name, errors=counts[0], warnings=counts[1])


def _load(origin: Origin) -> Version:
    """Return the workbook with what its kept versions say of it."""
    return source.load(origin, source.archive(origin, os.environ))


def _show(options: argparse.Namespace) -> int:
    try:
        version = _load(source.locate(options.workbook, os.environ))
    except WorkbookError as error:
        for finding in error.findings:
            print(wording.line(finding, options.lang), file=sys.stderr)
        return UNUSABLE
    shown = programme.in_language(version.programme, options.lang)
    shown = replace(shown, as_of=options.as_of or shown.as_of)
    if options.json:
        _print_json(summarise(shown, options.lang))
    else:
        print("\n".join(_readable(shown, options.lang)))
    return OK


def _print_json(content: object) -> None:
    unicode = "utf" in (sys.stdout.encoding or "").lower()
    print(json.dumps(content, ensure_ascii=not unicode, indent=2, allow_nan=False))


def _readable(shown: Programme, lang: str) -> list[str]:
    """Return the summary as lines for a person."""
    figures = summarise(shown, lang)
    budget, facts = figures["budget"], figures["programme"]
    as_of = wording.date(shown.as_of, lang)
    lines = [
        f"{facts['name'] or translate(lang, 'unknown')} {facts['year']} ·"
        f" {translate(lang, 'frame.as_of', date=as_of)}"
    ]
    if shown.is_example:
        lines.append(translate(lang, "frame.example"))
    if figures["errors"]:
        lines.append(translate(lang, "frame.errors", n=figures["errors"]))
    lines += figures["cautions"]
    lines += ["", translate(lang, "show.activities", n=len(figures["activities"]))]
    for theme in figures["themes"]:
        reported = ", ".join(
            f"{n} {wording.status(code, lang).lower()}"
            for code, word in STATUS_WORDS.items()
            if (n := theme["by_status"][word])
        )
        lines.append(
            f"  {theme['theme'] or translate(lang, 'theme.unknown')}: {theme['activities']}"
            + (f" ({reported})" if reported else "")
        )
    lines.append(
        "  " + " · ".join(f"{quarter}: {count}" for quarter, count in figures["quarters"].items())
    )
    if figures["late"] is None:
        lines.append(f"  {translate(lang, 'show.late')}: {translate(lang, 'overview.no_date')}")
    for topic in ("undated", "late", "passed_unreported"):
        if figures[topic]:
            lines.append(
                f"  {translate(lang, f'show.{topic}')}:"
                f" {', '.join(nr or '?' for nr in figures[topic])}"
            )
    for one in figures["activities"]:
        if one["judgement"] == Judgement.RED:
            called = f"{one['nr'] or '?'} {one['title'] or one['topic'] or ''}"
            lines.append(f"  {wording.judgement(one['judgement'], lang)}: {called}")
    for one in figures["decisions"]:
        late = f" ({translate(lang, 'slide.overdue')})" if one["overdue"] else ""
        lines.append(f"  {wording.decision(one['kind'], lang)}: {one['text'] or '?'}{late}")
    lines += [
        "",
        translate(lang, "show.budget", total=wording.euros(budget["total"], lang))
        + _missing(figures["uncounted"]["total"], lang),
    ]
    for name, words in (("gemeente", "funder.municipality"), ("partners", "funder.partners")):
        lines.append(
            f"  {translate(lang, words)}:"
            f" {wording.euros(budget[name], lang)}{_missing(figures['uncounted'][name], lang)}"
        )
    lines += ["", translate(lang, "show.ambitions")]
    for ambition in figures["ambitions"]:
        measured = [
            f"{wording.rung(r['rung'], lang)} {formatting.number(r['value'], lang)}"
            f" ({wording.date(r['date'], lang)})"
            for r in ambition["ladder"]
            if r["value"] is not None
        ]
        lines.append(
            f"  {ambition['ambition'] or translate(lang, 'unknown')}:"
            f" {', '.join(measured) or translate(lang, 'not_measured')}"
        )
    share = wording.share(figures["completeness"]["share"], lang)
    return [*lines, "", *figures["remarks"], translate(lang, "show.completeness", share=share)]


def _missing(count: int, lang: str) -> str:
    return f" ({translate(lang, 'budget.lines_unknown', n=count)})" if count else ""


def _password(_: argparse.Namespace) -> int:
    typed = getpass.getpass("password: ")
    if len(typed) < gate.SHORTEST:
        print(f"choose a password of at least {gate.SHORTEST} characters", file=sys.stderr)
        return ERRORS
    if getpass.getpass("the same once more: ") != typed:
        print("these are not the same", file=sys.stderr)
        return ERRORS
    print(f'[publish]\npassword = "{gate.hashed(typed)}"')
    return OK


def _serve(options: argparse.Namespace) -> int:
    """Serve the dashboard. A workbook that cannot be used is no reason to stop: the pages say what
    is wrong with it.
    """
    # Streamlit takes a second to load, which no other command needs.
    from aaa.server import application  # noqa: PLC0415
    from aaa.ui.secrets import SecretsError  # noqa: PLC0415

    if options.workbook is not None:
        os.environ[source.ENVIRONMENT] = options.workbook
    try:
        application.run(options.port, options.host)
    except SecretsError as error:
        print(error, file=sys.stderr)
        return ERRORS
    return OK


def _marked(options: argparse.Namespace) -> bytes:
    origin = source.locate(options.workbook, os.environ)
    fetched = origin.fetch()
    try:
        version = source.after(source.read(fetched), source.archive(origin, os.environ))
        findings = version.programme.findings
    except WorkbookError as error:
        findings = error.findings
    return mark.mark(fetched.data, findings, options.lang)


def _new(rows: contents.Contents) -> bytes:
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC).replace(tzinfo=None)
    return writer.write(rows, contents.guide(), now)


def _next(options: argparse.Namespace) -> bytes:
    shown = source.load(source.locate(options.workbook, os.environ))
    errors = wrong(shown.programme.findings)
    if errors:
        print(translate(options.lang, "next.errors", n=errors), file=sys.stderr)
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
    return next_year.made(shown.data, shown.programme, now)


class _CannotError(Exception):
    """What was asked for cannot be made; the message says why."""


def _export(options: argparse.Namespace) -> bytes:
    origin, lang = source.locate(options.workbook, os.environ), options.lang
    version = _load(origin)
    (taken,) = _taken(options, version, origin, (lang,))
    try:
        return making.file(options.file.name, taken)
    except browser.NoBrowserError as error:
        raise _CannotError(
            translate(lang, "export.no_browser", variable=browser.ENVIRONMENT)
        ) from error
    except making.UnknownFileError as error:
        raise _CannotError(str(error)) from error


def _taken(
    options: argparse.Namespace, version: Version, origin: Origin, languages: Sequence[str]
) -> list[Takeaway]:
    """Return the takeaway of a version in each language, compared with the requested meeting and
    with the moves in the kept versions.
    """
    archive = source.archive(origin, os.environ)
    today = dt.date.fromtimestamp(time.time())
    sinces = [_since(options.since, version, archive, today, lang) for lang in languages]
    print(translate(languages[0], "export.takes_a_moment"), file=sys.stderr)
    known = History(archive, origin.name)
    known.refresh(pause=0)
    subjects = agenda.order(version.programme, (), pd.Timestamp(today))
    choice, moves = Selection(as_of=options.as_of), known.moves()
    return [
        takeaway.takeaway(version, since, lang, choice, subjects=subjects, moves=moves)
        for lang, since in zip(languages, sinces, strict=True)
    ]


def _publish(options: argparse.Namespace) -> int:
    """Publish the copy once, or each time that the workbook has a new good version."""
    origin, lang = source.locate(options.workbook, os.environ), options.lang
    options.folder = options.folder.resolve()
    if not options.watch:
        try:
            return _place(options, _load(origin), origin)
        except WorkbookError as error:
            return _unusable(error, lang)
    print(
        translate(lang, "copy.watching", name=origin.name, folder=options.folder), file=sys.stderr
    )
    try:
        return _watch(options, Store(origin, source.archive(origin, os.environ)), origin)
    except KeyboardInterrupt:
        return OK


def _watch(options: argparse.Namespace, store: Store, origin: Origin) -> int:
    """Publish each new good version until the process is ended; stop where trying again cannot
    help.
    """
    placed = ""
    told: tuple[Finding, ...] = ()
    while True:
        state = store.poll()
        if state.version is not None and state.version.sha256 != placed:
            try:
                if _place(options, state.version, origin) != OK:
                    return ERRORS
            except WorkbookError as error:  # the older workbook to compare with
                return _unusable(error, options.lang)
            except OSError:  # a disk that is full may have room later
                time.sleep(_AGAIN_SECONDS)
                continue
            placed = state.version.sha256
        if state.problems != told:
            told = state.problems
            for finding in told:
                print(wording.line(finding, options.lang), file=sys.stderr, flush=True)
        time.sleep(_LOOK_SECONDS)


def _unusable(error: WorkbookError, lang: str) -> int:
    for finding in error.findings:
        print(wording.line(finding, lang), file=sys.stderr)
    return UNUSABLE


def _place(options: argparse.Namespace, version: Version, origin: Origin) -> int:
    """Publish a version and print the result. With `--watch`, also raise a disk error, so that the
    caller retries.
    """
    lang, folder = options.lang, options.folder
    try:
        placing.check(folder)  # before the work of making it all
        files = building.build(version, _taken(options, version, origin, LANGUAGES))
        placing.place(folder, files)
    except placing.NotOursError:
        print(translate(lang, "copy.not_ours", folder=folder), file=sys.stderr)
        return ERRORS
    except _CannotError as error:
        print(error, file=sys.stderr)
        return ERRORS
    except OSError as error:
        print(
            translate(lang, "copy.not_written", folder=folder, reason=error.strerror),
            file=sys.stderr,
        )
        if options.watch:
            raise
        return ERRORS
    moment = formatting.moment(dt.datetime.fromtimestamp(time.time()), lang)
    print(
        translate(lang, "copy.placed", moment=moment, folder=folder, count=len(files)), flush=True
    )
    return OK


def _since(
    asked: str | None, version: Version, archive: Archive, today: dt.date, lang: str
) -> Since | None:
    """Return the version to compare with: that of a meeting, or an older workbook."""
    if asked is not None and Path(asked).is_file():
        older = source.load(File(Path(asked)))
        return Since(
            older,
            translate(lang, "changes.version", moment=formatting.moment(older.stamp.moment, lang)),
            None,
            as_asked=True,
        )
    since = takeaway.since_of(version, asked, archive, today, lang)
    if asked is not None and (since is None or not since.as_asked):
        held = meetings.meetings(version.programme, archive.usable(), today, lang)
        known = ", ".join(meetings.meeting_words(meeting, lang) for meeting in held) or translate(
            lang, "none"
        )
        raise _CannotError(translate(lang, "export.no_meeting", asked=asked, known=known))
    return since


def _made_of(options: argparse.Namespace) -> list[Path]:
    """Return the workbooks that a command reads, including the default one."""
    read = [source.locate(options.workbook, os.environ).path] if "workbook" in options else []
    older = getattr(options, "since", None)
    return [path for path in (*read, Path(older) if older else None) if path is not None]


def _write(options: argparse.Namespace) -> int:
    """Write a new file. Never overwrite its source, and another file only with `--overwrite`."""
    path: Path = options.file
    if path.exists() and any(path.samefile(one) for one in _made_of(options) if one.exists()):
        print(
            f"{path} is the workbook itself, which is never written; choose another name",
            file=sys.stderr,
        )
        return ERRORS
    if path.exists() and path.stat().st_size and not options.overwrite:
        print(
            f"{path} exists already and may hold someone's work; choose another name, or add"
            " --overwrite",
            file=sys.stderr,
        )
        return ERRORS
    try:
        write_atomically(path, options.make(options))
    except WorkbookError as error:
        for finding in error.findings:
            print(wording.line(finding, getattr(options, "lang", DEFAULT)), file=sys.stderr)
        return UNUSABLE
    except _CannotError as error:
        print(error, file=sys.stderr)
        return ERRORS
    except OSError as error:
        print(f"{path} cannot be written: {error.strerror}", file=sys.stderr)
        return ERRORS
    print(path)
    return OK
