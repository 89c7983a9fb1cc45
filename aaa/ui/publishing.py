"""Publish a workbook through the browser: review its findings and changes, then replace the current
file; or restore a kept version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from aaa.history import events, sentences
from aaa.html import lists
from aaa.html.tags import NOTHING, join, tag, verbatim
from aaa.store import publish, source
from aaa.store.origin import Fetched
from aaa.store.source import Version
from aaa.store.versions import Kept
from aaa.ui import address, checks, session, signing, tiles, upload_permissions
from aaa.ui.session import text
from aaa.values.finding import Finding, Severity, WorkbookError, wrong
from aaa.words import formatting, wording
from aaa.writing import next_year

_DONE, _TURN, _LOOKED_AT = "published", "upload_turn", "looked_at"
_MOST_CHANGES = 40


@dataclass(frozen=True)
class Candidate:
    """A workbook that a lead may publish.

    Attributes:
        data: its bytes.
        version: what it holds, or None when it cannot be used.
        problems: why it cannot be used.
        base: the hash that the file to replace had when the lead looked at the differences.
    """

    data: bytes
    version: Version | None
    problems: tuple[Finding, ...]
    base: str | None


def possible() -> bool:
    """Tell whether there is a file to replace."""
    return session.store().origin.path is not None


def said() -> None:
    """Show the result of the lead's last action."""
    # It stays until the lead's next action: an automatic rerun must not clear it.
    if result := st.session_state.get(_DONE):
        good, words = result
        (tiles.done if good else tiles.alert)(words)


def _forget() -> None:
    """Clear the result of the lead's last action."""
    st.session_state.pop(_DONE, None)


def upload() -> None:
    """Let the lead choose a file, and show what it would change."""
    tiles.html(lists.heading(text("publish.upload")))
    tiles.html(tag("style", verbatim(_dutch_uploader())))
    upload_permissions.allow()
    key = f"upload_{st.session_state.get(_TURN, 0)}"
    file = st.file_uploader(
        text("publish.choose"), key=key, label_visibility="collapsed", on_change=_forget
    )
    if file is not None:
        # Show the name: the browser also lists a file that was too large and was never uploaded.
        words = text("publish.judged", name=file.name)
        tiles.html(tag("p", words, class_="a-subheading"))
        _look(file.file_id, file.getvalue(), text("publish.publish"))


def bring_back(kept: Sequence[Kept]) -> None:
    """Let the lead choose a kept version, and show what bringing it back would change."""
    tiles.html(lists.heading(text("publish.bring_back")))
    if not kept:
        tiles.empty(text("publish.none_kept"))
        return
    by_name = {one.path.name: one for one in kept}
    chosen = st.selectbox(
        text("publish.choose_version"),
        list(by_name),
        index=None,
        format_func=lambda name: checks.kept_words(by_name[name]),
        placeholder=text("publish.no_choice"),
        key=f"version_{st.session_state.get(_TURN, 0)}",
        on_change=_forget,
    )
    if chosen is not None:
        try:
            data = by_name[chosen].path.read_bytes()
        except OSError:
            tiles.warning(text("publish.gone"))
            return
        _look(chosen, data, text("publish.put_back"))


def _look(name: str, data: bytes, button: str) -> None:
    try:
        candidate = _candidate(name, data)
    except OSError:  # somebody is saving just now, or has the file open
        tiles.warning(text("publish.not_written", name=session.store().origin.name))
        return
    _show(candidate, button)


def _candidate(name: str, data: bytes) -> Candidate:
    """Return the workbook that the lead reviews, read once; its base is from the first time."""
    known = st.session_state.get(_LOOKED_AT)
    if known is None or known[0] != name:
        version, problems = None, tuple[Finding, ...]()
        try:
            store = session.store()
            read = source.read(Fetched(data, session.now(), store.origin.name))
            version = source.after(read, store.archive)
        except WorkbookError as error:
            problems = error.findings
        known = name, Candidate(data, version, problems, publish.current_hash(session.store()))
        st.session_state[_LOOKED_AT] = known
    found: Candidate = known[1]
    return found


def _show(candidate: Candidate, button: str) -> None:
    if candidate.version is None:
        tiles.alert(f"{text('publish.unusable')} {_sentences(candidate.problems)}")
        return
    findings = candidate.version.programme.findings
    year = candidate.version.programme.year
    if publish.other_year(session.store(), year):
        _other_year(candidate.data, year)
        return
    errors = wrong(findings)
    _differences(candidate.version)
    if errors:
        tiles.warning(text("publish.errors", n=errors))
    st.button(button, type="primary", on_click=_publish, args=(candidate,), key="publish")
    checks.findings(tuple(found for found in findings if found.severity >= Severity.WARNING))


def _other_year(data: bytes, year: int) -> None:
    """Say that a plan year replaces no other, and offer to put it beside."""
    name = session.store().origin.name
    if year in session.shelf().books:
        tiles.alert(text("publish.year_there", year=year, name=name))
        tiles.html(tag("p", tag("a", year, href=address.link(address.YEAR, f"{year}"))))
        return
    tiles.alert(text("publish.other_year", year=year, name=name))
    words = text("publish.beside", year=year)
    st.button(words, type="primary", on_click=_beside, args=(data,), key="publish_beside")


def new_year() -> None:
    """Show what next year's workbook would hold, and put it beside this one."""
    shown, lang = session.state().version, session.language()
    if shown is None or session.state().problems:  # there is none, or not the newest one
        return
    programme = shown.programme
    year = programme.year + 1
    tiles.html(lists.heading(text("publish.new_year", year=year)))
    if year in session.shelf().books:
        link = tag("a", year, href=address.link(address.YEAR, f"{year}"))
        tiles.html(tag("p", text("publish.new_year_there", year=year), " ", link))
        return
    with st.expander(text("publish.proposals", year=year)):
        rows = next_year.proposals(programme)
        told = (join((tag("b", one.called), ": ", next_year.said(one, lang))) for one in rows)
        tiles.html(lists.items(told, "a-plain"))
    errors = wrong(programme.findings)
    if errors:
        tiles.warning(text("next.errors", n=errors))
    has_begun = year <= session.today().year
    when = text("publish.new_year_now" if has_begun else "publish.new_year_later", year=year)
    tiles.note(f"{text('publish.new_year_carries')} {when}")
    st.button(text("publish.beside", year=year), on_click=_following_beside, key="new_year")


def _following_beside() -> None:
    """Make next year's workbook, and put it beside this one."""
    shown = session.version()
    try:
        data = next_year.made(shown.data, shown.programme, session.now().astimezone())
    except WorkbookError as error:
        st.session_state[_DONE] = False, _sentences(error.findings)
    else:
        _beside(data)


def _beside(data: bytes) -> None:
    """Put a workbook of another year beside this one."""
    if not signing.signed_in():
        return
    name = session.store().origin.name
    try:
        path = publish.beside(session.store(), data)
    except publish.ThereAlreadyError as error:
        st.session_state[_DONE] = False, text("publish.file_there", name=error)
    except WorkbookError as error:
        st.session_state[_DONE] = False, _sentences(error.findings)
    except OSError:
        st.session_state[_DONE] = False, text("publish.not_written", name=name)
    else:
        session.look_again()
        st.session_state[_DONE] = True, text("publish.stands_beside", name=path.name, other=name)
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        st.session_state.pop(_LOOKED_AT, None)


def _sentences(problems: Sequence[Finding]) -> str:
    return " ".join(wording.line(found, session.language()) for found in problems)


def _differences(version: Version) -> None:
    """Say in sentences what this version would change."""
    lang, current = session.language(), session.state().version
    if current is None:
        tiles.note(text("publish.first"))
        return
    found = events.between(current.programme, version.programme, lang)
    left = len(found) - _MOST_CHANGES
    told = (sentences.event(one, lang) for one in found[:_MOST_CHANGES])
    more = tag("p", text("publish.more", count=left)) if left > 0 else NOTHING
    nothing = text("publish.same" if version.sha256 == current.sha256 else "publish.no_changes")
    heading, listed = text("publish.changes", n=len(found)), lists.items(told, "a-plain")
    tiles.html(lists.section(heading, listed + more, nothing, below=True))


def _publish(candidate: Candidate) -> None:
    lang, name = session.language(), session.store().origin.name
    if not signing.signed_in():  # signed out in the meantime, or the password was changed
        return
    try:
        publish.replace(session.store(), candidate.data, candidate.base)
    except publish.OtherYearError:
        st.session_state[_DONE] = False, text("publish.replaces_no_year", name=name)
    except publish.ChangedError:
        st.session_state[_DONE] = False, text("publish.changed")
        _look_again(candidate)
    except WorkbookError as error:
        st.session_state[_DONE] = False, _sentences(error.findings)
    except OSError:
        st.session_state[_DONE] = False, text("publish.not_written", name=name)
    else:
        st.session_state[_DONE] = (
            True,
            text("publish.done", time=formatting.time(session.now(), lang)),
        )
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        st.session_state.pop(_LOOKED_AT, None)


def _look_again(candidate: Candidate) -> None:
    """Compare with the current file: the lead must see the differences before replacing it."""
    name, _ = st.session_state[_LOOKED_AT]
    session.store().refresh()
    st.session_state[_LOOKED_AT] = (
        name,
        replace(candidate, base=publish.current_hash(session.store())),
    )


def _dutch_uploader() -> str:
    """Return the CSS that replaces the uploader's English texts by those in the
    reader's language.
    """
    words = {"button": text("publish.browse"), "hint": text("publish.hint")}
    return "".join(f':root{{--upload-{name}:"{said}"}}' for name, said in words.items())
