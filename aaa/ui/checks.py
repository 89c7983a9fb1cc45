"""Whether the workbook is in order: its version, how complete it is, and every finding by sheet."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from aaa.html import lists, parts
from aaa.html.tags import NOTHING
from aaa.store import source, versions
from aaa.store.source import State, Version
from aaa.store.versions import Kept
from aaa.stories import check
from aaa.stories.parts import Findings, Ticks
from aaa.ui import accepting, asking, painting, reader, session, tiles
from aaa.ui.session import text
from aaa.values.finding import Finding, WorkbookError, counted
from aaa.words import formatting, wording
from aaa.workbook import schema
from aaa.writing import mark, next_year

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_VERSIONS = 10  # shown; the folder holds them all


def facts(shown: Version, lang: str) -> tuple[tuple[str, str], ...]:
    """Return which version is on screen and since when."""
    return (
        ("check.file", shown.name),
        ("check.saved", wording.saved(shown.stamp, lang)),
        ("check.shown", formatting.moment(shown.shown, lang)),
        ("check.as_of", wording.date(shown.programme.as_of, lang)),
        ("check.fingerprint", shown.sha256[:12]),
    )


def page() -> None:
    """Show whether the workbook is in order, with downloads of the file below it."""
    accepting.said()
    _copies()
    # what is ticked changes the newest workbook, never one that is shown because that is wrong
    is_newest = not session.state().problems
    publish = is_newest and accepting.may_publish()
    shown = painting.painted(
        asking.now().unfiltered(),
        ("check", session.year(), is_newest, publish),
        lambda of: check.story(
            session.whole(),
            of.lang,
            _facts_now(),
            _ticks_now(publish=publish) if is_newest else None,
        ),
    )
    if is_newest:
        painting.titled(shown)
    else:
        name = session.store().origin.name
        tiles.title(shown.name, text("frame.unusable", name=name))
        rejected(session.state())
        moment = formatting.moment(session.version().stamp.moment, session.language())
        tiles.html(lists.heading(text("check.on_screen", moment=moment)))
        tiles.html(lists.remark(shown.title))
        painting.show(shown.pieces)
    _downloads(session.version(), session.language())


def _copies() -> None:
    """Warn of files of the same year beside the workbook that were saved later."""
    year = session.year() or session.usual_year()
    newer = session.shelf().newer.get(year or 0, ())
    if newer:
        names = ", ".join(path.name for path in newer)
        own = session.store().origin.name
        tiles.warning(text("check.newer", n=len(newer), name=own, names=names))


def _facts_now() -> tuple[tuple[str, str], ...]:
    return facts(session.version(), session.language())


def _ticks_now(*, publish: bool) -> Ticks | None:
    shown, lang = session.version(), session.language()
    whole = session.whole()
    return accepting.ticks(
        shown.data, shown.sha256, whole.findings, lang, publish=publish, programme=whole
    )


def _downloads(shown: Version, lang: str) -> None:
    with st.container(horizontal=True, key="downloads"):
        st.download_button(
            text("check.download"),
            lambda: shown.data,
            shown.name,
            _XLSX,
            on_click="ignore",
            key="download",
        )
        marked = partial(_marked, shown.data, shown.programme.findings, lang)
        st.download_button(
            text("check.download_marked"),
            marked,
            _beside(shown.name),
            _XLSX,
            on_click="ignore",
            key="download_marked",
        )
        year = shown.programme.year + 1
        following = partial(_following, shown)
        st.download_button(
            text("check.download_next", year=year),
            following,
            f"aaa_{year}.xlsx",
            _XLSX,
            on_click="ignore",
            key="download_next",
        )


def _marked(data: bytes, found: Sequence[Finding], lang: str) -> bytes:
    """Return the marked copy. When marking fails, return the workbook as it is: a download cannot
    show an error.
    """
    try:
        return mark.mark(data, found, lang)
    except WorkbookError:
        return data


def _following(shown: Version) -> bytes:
    """Return next year's workbook; an empty one where this one cannot be changed: a download cannot
    show an error.
    """
    try:
        return next_year.made(shown.data, shown.programme, session.now().astimezone())
    except WorkbookError:
        return shown.data


def _beside(name: str) -> str:
    path = Path(name)
    return f"{path.stem}-{schema.CHECK_TITLE.lower()}.xlsx"


def rejected(state: State) -> None:
    """Show why the newest file cannot be shown, with a marked copy when it could be opened."""
    if not state.problems:
        return
    ticks = None
    if state.rejected is not None:
        digest, publish = source.digest(state.rejected), accepting.may_publish()
        ticks = accepting.ticks(
            state.rejected, digest, state.problems, session.language(), publish=publish
        )
    findings(state.problems, text("check.rejected"), ticks)
    if state.rejected is not None and all(found.sheet for found in state.problems):
        marked = partial(_marked, state.rejected, state.problems, session.language())
        words = text("check.download_rejected")
        st.download_button(
            words,
            marked,
            _beside(session.store().origin.name),
            _XLSX,
            on_click="ignore",
            key="download_rejected",
        )


def kept(found: Sequence[Kept], *, writable: bool) -> None:
    """Show the versions that are kept, newest first."""
    left = len(found) - _MOST_VERSIONS
    listed = lists.items(map(kept_words, found[:_MOST_VERSIONS]), "a-plain")
    more = lists.remark(text("check.more_versions", count=left)) if left > 0 else NOTHING
    heading = text("check.kept", n=len(found))
    tiles.html(lists.section(heading, listed + more, text("check.none_kept")))
    if not writable:
        tiles.warning(text("check.not_kept"))
    tiles.note(
        text(
            "check.retention",
            newest=versions.NEWEST,
            days=versions.DAYS,
            size=versions.MAX_BYTES // 2**20,
        )
    )


def kept_words(one: Kept) -> str:
    """Return the words for a kept version: `getoond vanaf 30 juni 2025, 14:05 · opgeslagen …`."""
    lang = session.language()
    return text(
        "check.kept_version",
        shown=formatting.moment(one.shown, lang),
        saved=formatting.moment(one.saved, lang),
        size=f"{-(-one.size // 1024)} kB",
    )


def findings(found: Sequence[Finding], heading: str = "", ticks: Ticks | None = None) -> None:
    """Show every finding, grouped by sheet, most severe first: where it is, what it means for the
    page, and what is expected.
    """
    words = heading or text("check.findings", n=counted(found).total())
    part = Findings(words, tuple(found), text("check.no_findings"), ticks)
    tiles.html(parts.html(part, reader.now()))
