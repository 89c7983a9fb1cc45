"""The meeting on screen: the slides of the agenda, keyboard navigation, and the notes taken."""

from functools import cache, partial
from importlib.resources import files
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from aaa.exports import notes
from aaa.exports.takeaway import Takeaway
from aaa.html.tags import tag, verbatim
from aaa.slides import agenda, drawing
from aaa.slides.slide import Slide
from aaa.stories import facts as told
from aaa.ui import address, asking, session, style, tiles
from aaa.ui.asking import Asked
from aaa.ui.session import text
from aaa.words.texts import translate
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
    tiles.html(style.scheme() + tag("style", verbatim(_style())))
    asked = asking.compared()
    slides = _slides(asked, subjects())
    data = {
        "slides": slides,
        "start": _start(len(slides)),
        "seconds": _seconds(),
        "usual_seconds": _USUAL_SECONDS,
        "facts": _facts(),
        "lang": session.language(),
        "words": _words(session.language()),
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
    today = session.today()
    return asking.now().once(
        ("order", tuple(asked), today),
        lambda taken: agenda.order(taken.whole, asked, pd.Timestamp(today)),
    )


def _slides(asked: Asked, points: tuple[Subject, ...]) -> list[Markup]:
    """Return the slides of the meeting; those of a point that no filter changes are not made anew
    for each filter.
    """

    def made(taken: Takeaway) -> list[Markup]:
        every = [slide for point in points for slide in _of_point(asked, point, points)]
        return [drawing.slide(one, taken.lang) for one in agenda.joined(every, taken.lang)]

    return asked.once(("slides", points), made)


def _of_point(asked: Asked, point: Subject, points: tuple[Subject, ...]) -> list[Slide]:
    mine = asked.unfiltered() if point in agenda.UNFILTERED else asked
    return mine.once(("point", point, points), lambda of: agenda.of_point(of, point, points))


def _start(count: int) -> int:
    return max(min(address.number(address.SLIDE), count) - 1, 0)


def _seconds() -> int:
    """Return after how many seconds the slides advance automatically; 0 when they do not."""
    return min(address.number(address.ADVANCE), _LONGEST_SECONDS)


def _facts() -> Markup:
    """Return the line of facts below every slide."""
    narrowed, whole = session.selection().narrows, session.whole()

    def drawn(taken: Takeaway) -> Markup:
        of, chosen = len(whole.activities), len(taken.shown.activities)
        filters = taken.text("meeting.filtered", shown=chosen, of=of) if narrowed else ""
        said = told.facts(taken.shown, whole, taken.stamp, taken.lang, filters=filters, short=True)
        words = (tag("b", fact.text) if fact.strong else fact.text for fact in said)
        return Markup(" · ").join(words)

    said = asking.now().once("short facts", drawn)
    if session.state().problems:
        return said + " · " + tag("b", text("meeting.problem"))
    return said


def _meeting() -> str:
    """Return the name of today's meeting in the sheet 'Overleg'; empty when there is none."""
    today = session.today()

    def named(taken: Takeaway) -> str:
        held = taken.whole.meetings
        mine = held[held["date"] == pd.Timestamp(today)]["meeting"].dropna()
        return str(mine.iloc[0]) if len(mine) else ""

    return asking.now().once(("meeting", today), named)


@cache
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
