"""All there is to know of one activity, in a drawer beside the page. Which one is open stands in the address."""

from typing import Any

import pandas as pd
import streamlit as st

from aaa import schema, wording
from aaa.figures import timeline
from aaa.figures.html import escape
from aaa.schema import Judgement
from aaa.ui import address, clickable, session
from aaa.ui.session import text


def show_opened() -> None:
    """Open the drawer when the address names an activity that exists; an unknown one is taken out of the address."""
    ref = st.query_params.get(address.ACTIVITY)
    if ref is None:
        return
    rows = session.unfiltered().activities
    found = rows[(rows["ref"] == ref) | (rows["nr"] == ref)]
    if found.empty:
        _close()
        return
    activity = next(found.head(1).itertuples(index=False))
    st.dialog(_title(activity), width="medium", position="right", on_dismiss=_close)(lambda: _body(activity))()


def _close() -> None:
    st.query_params.pop(address.ACTIVITY, None)


def _title(activity: Any) -> str:
    """Return the number only: a dialog's title is read as markdown, and the workbook's words are shown as they are."""
    return (
        text("details.title", nr="".join(c for c in activity.nr if c.isalnum() or c in " .-"))
        if isinstance(activity.nr, str)
        else text("details.title_unnumbered")
    )


def _body(activity: Any) -> None:
    lang = session.language()
    facts = [(text(f"column.{name}"), words) for name, words in _facts(activity, lang) if words]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{words}</dd>" for name, words in facts)
    description = f"<p>{escape(activity.description)}</p>" if isinstance(activity.description, str) else ""
    badges = timeline.badges(activity, timeline.badge_words(lang))
    clickable.show(
        f'<article class="a-details"><h2>{escape(wording.text(activity.title, lang))}</h2><p class="a-details-state">{badges}</p>{description}'
        f'{_note(activity)}<dl class="a-facts">{rows}</dl>{_cell(activity)}</article>',
        key="details",
    )


def _note(activity: Any) -> str:
    if not isinstance(activity.note, str):
        return ""
    lines = "<br>".join(escape(line) for line in activity.note.split("\n"))
    return f"<blockquote><b>{escape(text('column.note'))}</b><br>{lines}</blockquote>"


def _facts(activity: Any, lang: str) -> list[tuple[str, str]]:
    """Return names and values, HTML already; an empty value is left out."""
    period = escape(wording.agreed(activity.period, activity.period_first, activity.period_last, lang))
    forecast = ""
    if isinstance(activity.forecast, str):
        forecast = escape(wording.agreed(activity.forecast, activity.forecast_first, activity.forecast_last, lang))
        if not pd.isna(activity.slip) and activity.slip:
            forecast += f" <b>{escape(text('details.slip', n=abs(int(activity.slip)), sign='+' if activity.slip > 0 else '−'))}</b>"
    judgement = ""
    if isinstance(activity.judgement, str):
        name = Judgement(activity.judgement).name.lower()
        judgement = f"<b>{escape(text(f'judgement.{name}'))}</b>: {escape(text(f'judgement.{name}_means'))}"
    return [
        ("theme", escape(wording.text(activity.theme, lang, "theme.unknown"))),
        ("topic", escape(wording.text(activity.topic, lang))),
        ("period", period),
        ("forecast", forecast),
        ("status", escape(wording.status(activity.state, lang))),
        ("judgement", judgement),
        ("progress", escape(wording.share(activity.progress, lang, "not_reported"))),
        ("finished_on", "" if pd.isna(activity.finished_on) else escape(wording.date(activity.finished_on, lang))),
        ("leads", escape(wording.people(activity.leads, lang))),
        ("partners", escape(wording.people(activity.partners, lang))),
        ("ambitions", escape(", ".join(activity.ambitions))),
        ("international", escape(activity.international) if isinstance(activity.international, str) else ""),
    ]


def _cell(activity: Any) -> str:
    """Return where the lead finds this activity in the workbook."""
    place = f"{schema.sheet('activities').title}!{activity.cell}"
    return f'<p class="a-note">{escape(text("details.cell", cell=place))}</p>'
