"""The parts of the programme that are words: results, governance, communication, international tracks."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from aaa import wording
from aaa.figures.html import escape
from aaa.schema import DecisionKind
from aaa.ui import session, tiles
from aaa.ui.session import text


def by_year(results: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the results of each year, the latest first; those of an unknown year come last."""
    for year in sorted(results["year"].dropna().unique(), reverse=True):
        yield str(year), results[results["year"] == year]
    nameless = results[results["year"].isna()]
    if len(nameless):
        yield text("unknown"), nameless


def cards(rows: pd.DataFrame, name: str, tag: str | None = None) -> None:
    """Show a card for each row: its name, its description, and a tag where it has one."""
    items = ""
    for row in rows.to_dict("records"):
        label = f"<small>{escape(row[tag])}</small>" if tag and isinstance(row[tag], str) else ""
        description = f"<p>{escape(row['description'])}</p>" if isinstance(row["description"], str) else ""
        items += f"<li><b>{escape(wording.text(row[name], session.language()))}</b>{label}{description}</li>"
    if items:
        st.html(f'<ul class="a-cards">{items}</ul>')


def motives(tracks: pd.DataFrame) -> None:
    """Show why the city works abroad: each motive once, however many tracks name it."""
    named = tracks["motive"].dropna().drop_duplicates()
    if len(named):
        tiles.subheading(text("programme.motives"))
        st.html('<ul class="a-plain">' + "".join(f"<li>{escape(motive.strip().capitalize())}</li>" for cell in named for motive in cell.split(";")) + "</ul>")


def governance(meetings: pd.DataFrame, decisions: pd.DataFrame) -> None:
    """Show the meetings, and what was decided in them."""
    lang = session.language()
    if meetings.empty and decisions.empty:
        tiles.empty(text("empty.governance"))
        return
    items = "".join(
        f"<li>{escape(wording.date(m.date, lang))}: {escape(wording.text(m.meeting, lang))}</li>" for m in meetings.sort_values("date").itertuples(index=False)
    )
    if items:
        st.html(f'<ul class="a-plain">{items}</ul>')
    if decisions.empty:
        tiles.empty(text("empty.decisions"))
        return
    tiles.subheading(text("programme.decisions", n=len(decisions)))
    items = ""
    for row in decisions.sort_values("date").itertuples(index=False):
        kind = text(f"decision.{DecisionKind(row.kind).name.lower()}") if isinstance(row.kind, str) else text("unknown")
        facts = [kind, wording.date(row.date, lang)]
        facts += [words for words in (row.owner, row.status) if isinstance(words, str)]
        if not pd.isna(row.due):
            facts.append(text("decision.due", date=wording.date(row.due, lang)))
        items += f"<li><b>{escape(wording.text(row.text, lang))}</b><p>{escape(' · '.join(facts))}</p></li>"
    st.html(f'<ul class="a-cards">{items}</ul>')
