"""The form in which a lead ticks what findings propose. It is posted to the server
(`aaa/server/accepting.py`), which gives the workbook back with what was ticked in it, or publishes
it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from aaa.stories.parts import Ticks
from aaa.ui import address, session, signing, tiles
from aaa.ui.session import text
from aaa.values.finding import Finding
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.writing import answers
from aaa.writing.answers import Answer

TO = "overnemen"  # where the form is posted
ANSWER, VERSION, ACT = "antwoord", "versie", "doe"  # its fields
GIVE, PUBLISH = "geef", "publiceer"  # what may be done
SAID = "overgenomen"  # the query parameter with what became of it
_MOMENT = dt.timedelta(minutes=1)
_OUTCOMES = {
    "niets": "accept.nothing",
    "veranderd": "accept.changed",
    "onbruikbaar": "accept.unusable",
    "aanmelden": "accept.sign_in",
    "mislukt": "accept.not_written",
}


def may_publish() -> bool:
    """Tell whether this reader may publish what is ticked, in the place of a file."""
    return session.store().origin.path is not None and signing.signed_in()


def ticks(
    data: bytes,
    sha256: str,
    found: Sequence[Finding],
    lang: str,
    *,
    publish: bool,
    programme: Programme | None = None,
) -> Ticks | None:
    """Return the ticks beside findings; None where no finding has one right answer.

    Args:
        data: the workbook.
        sha256: of it.
        found: what was found in it, as the page shows it.
        lang: the reader's language.
        publish: the reader may publish.
        programme: what the workbook holds, where it can be used: an activity is named beside what
            it would get.
    """
    called = _called(programme) if programme is not None else {}
    proposed = {id(one.finding): one for one in answers.answers(data, found)}
    if not proposed:
        return None
    words = {
        place: (proposed[id(one)].key, _said(proposed[id(one)], called, lang))
        for place, one in enumerate(found)
        if id(one) in proposed
    }
    year = session.year()
    hidden = [(VERSION, sha256), (address.LANGUAGE, lang)]
    hidden += [] if year is None else [(address.YEAR, f"{year}")]
    buttons = [(GIVE, translate(lang, "accept.give"))]
    buttons += [(PUBLISH, translate(lang, "accept.publish"))] if publish else []
    return Ticks(words, f"{address.base()}/{TO}", ANSWER, tuple(hidden), ACT, tuple(buttons))


def _called(programme: Programme) -> dict[tuple[str, str], str]:
    """Return number and title of each activity by its sheet and row."""
    title = programme.places["activities"].title
    frame = programme.activities[["row", "nr", "title"]].itertuples(index=False, name=None)
    return {
        (title, str(row)): " ".join(one for one in names if isinstance(one, str))
        for row, *names in frame
    }


def _said(answer: Answer, called: Mapping[tuple[str, str], str], lang: str) -> str:
    found = answer.finding
    row = called.get((found.sheet, found.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
    value = answers.said(answer, lang)
    return translate(lang, "accept.take_in", value=value, row=row) if row else value


def said() -> None:
    """Show what became of what was ticked: for a moment, and in no link."""
    asked = st.query_params.get(SAID)
    if asked is not None:
        del st.query_params[SAID]
        st.session_state[SAID] = asked, session.now()
    outcome, since = st.session_state.get(SAID, ("", session.now()))
    if session.now() - since > _MOMENT:
        return
    if outcome.isascii() and outcome.isdecimal() and len(outcome) < 4:
        tiles.done(text("accept.done", n=int(outcome)))
    elif outcome in _OUTCOMES:
        tiles.alert(text(_OUTCOMES[outcome]))
        if outcome == "aanmelden":
            tiles.html(signing.link())
