"""The meeting on screen: the slides of the agenda, keyboard navigation, and the notes taken."""

import datetime as dt
from functools import cache, partial
from importlib.resources import files
from typing import Any

import pandas as pd
import streamlit as st

from aaa.exports import notes
from aaa.figures.html import escape
from aaa.history.changes import Change
from aaa.slides import agenda, drawing
from aaa.slides.agenda import Meeting
from aaa.stories import facts as told
from aaa.ui import address, comparing, session
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import DecisionKind, Subject

_USUAL_SECONDS, _LONGEST_SECONDS = 30, 3600
_KEYS = ("next", "back", "ends", "number", "note", "full", "auto", "blank", "help", "leave")
_WORDS = (
    "name", "back", "next", "help", "close", "leave", "note", "note_short", "noted", "kind",
    "meeting", "owner", "due", "text", "add", "added", "why", "copy",
    "copied", "file", "no_text", "full", "clear", "sure", "drop",
)  # fmt: skip


@cache
def _component() -> Any:
    script = files("aaa.ui").joinpath("meeting.js").read_text("utf-8")
    return st.components.v2.component(
        "aaa.meeting", html='<div class="v-root"></div>', js=script, isolate_styles=False
    )


def show() -> bool:
    """Show the slides; tell whether the reader left them just now."""
    st.html(f"<style>{_style()}</style>")
    found = comparing.comparison()
    changes, since = (found.changes(), found.words) if found else (None, "")
    slides = [
        slide
        for subject in subjects()
        for slide in once(_slides, _shown(subject), changes, since, subject, session.language())
    ]
    data = {
        "slides": slides,
        "start": _start(len(slides)),
        "seconds": _seconds(),
        "usual_seconds": _USUAL_SECONDS,
        "facts": _facts(),
        "lang": session.language(),
        "words": once(_words, session.language()),
        "dutch_kinds": [kind.value for kind in DecisionKind],
        "status": {kind.value: notes.status(kind) for kind in DecisionKind},
        "meeting": _meeting(),
        "book": session.version().programme.year,
    }
    result = _component()(
        data=data, key="meeting", on_notes_change=lambda: None, on_left_change=lambda: None
    )
    taken = [note for note in result.notes or [] if isinstance(note, dict)]
    name = f"besluiten-{session.today().isoformat()}.xlsx"
    st.download_button(
        text("meeting.file"),
        partial(notes.workbook, taken),
        name,
        on_click="ignore",
        key="take_notes",
    )
    return bool(result.left)


@cache
def _style() -> str:
    return files("aaa.slides").joinpath("slides.css").read_text("utf-8")


def subjects() -> tuple[Subject, ...]:
    """Return the points of the agenda: those of the address, else those of the next meeting in the
    sheet 'Overleg', else all.
    """
    asked = [code for value in st.query_params.get_all(address.SLIDES) for code in value.split(",")]
    return once(agenda.order, session.whole(), tuple(asked), pd.Timestamp(session.today()))


def _shown(subject: Subject) -> Programme:
    """Return the programme that a point of the agenda shows. The budget ignores the filters, so
    that it is not redrawn for each choice.
    """
    return session.unfiltered() if subject is Subject.BUDGET else session.programme()


def _slides(
    programme: Programme,
    found: tuple[Change, ...] | None,
    since: str,
    subject: Subject,
    lang: str,
) -> list[str]:
    return [
        drawing.slide(slide, lang)
        for slide in agenda.slides(Meeting(programme, found, since, lang), [subject])
    ]


def _start(count: int) -> int:
    return max(min(address.number(address.SLIDE), count) - 1, 0)


def _seconds() -> int:
    """Return after how many seconds the slides advance automatically; 0 when they do not."""
    return min(address.number(address.ADVANCE), _LONGEST_SECONDS)


def _facts() -> str:
    version, problems = session.version(), session.state().problems
    said = once(
        _facts_of,
        session.programme(),
        session.whole(),
        version.saved,
        session.selection().narrows,
        session.language(),
    )
    return said + (f" · <b>{escape(text('meeting.problem'))}</b>" if problems else "")


def _facts_of(
    shown: Programme, whole: Programme, saved: dt.datetime, narrowed: bool, lang: str
) -> str:
    of, chosen = len(whole.activities), len(shown.activities)
    filters = translate(lang, "meeting.filtered", shown=chosen, of=of) if narrowed else ""
    said = told.facts(shown, whole, saved, lang, filters=filters, short=True)
    words = [(escape(fact.text), fact.strong) for fact in said]
    return " · ".join(f"<b>{text}</b>" if strong else text for text, strong in words)


def _meeting() -> str:
    """Return the name of today's meeting in the sheet 'Overleg'; empty when there is none."""
    return once(_named, session.whole(), session.today())


def _named(whole: Programme, day: dt.date) -> str:
    today = whole.meetings[whole.meetings["date"] == pd.Timestamp(day)]["meeting"].dropna()
    return str(today.iloc[0]) if len(today) else ""


def _words(lang: str) -> dict[str, Any]:
    words: dict[str, Any] = {name: escape(translate(lang, f"meeting.{name}")) for name in _WORDS}
    words["advancing"] = escape(translate(lang, "meeting.advancing", seconds="{seconds}"))
    words["kinds"] = [
        escape(translate(lang, f"decision.{kind.name.lower()}")) for kind in DecisionKind
    ]
    words["keys"] = [
        [
            escape(translate(lang, f"meeting.key_{name}")),
            escape(translate(lang, f"meeting.does_{name}")),
        ]
        for name in _KEYS
    ]
    return words
