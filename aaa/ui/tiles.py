"""What a page is made of: headline numbers, charts with their table, lists of activities, and the words for an empty state."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from aaa import wording
from aaa.figures import house_style, lists
from aaa.figures.chart import Chart
from aaa.figures.html import escape
from aaa.ui import clickable, session
from aaa.ui.once import once
from aaa.ui.session import text


@dataclass(frozen=True)
class Tile:
    """One headline number: what it is, the number with its unit, a line below it, and the definition it answers to."""

    label: str
    value: str
    note: str = ""
    definition: str = ""
    unknown: bool = False


def headline(tiles: Sequence[Tile]) -> None:
    """Show headline numbers beside each other, or below each other on a phone."""
    cells = "".join(
        f'<div class="a-tile"><dt>{escape(tile.label)}</dt><dd class="a-value{" a-unknown" if tile.unknown else ""}">{escape(tile.value)}</dd>'
        f'<dd class="a-tile-note">{escape(tile.note)}</dd></div>'
        for tile in tiles
    )
    st.html(f'<dl class="a-tiles">{cells}</dl>')


def chart(drawn: Chart, key: str = "", above: str = "") -> None:
    """Show a chart under its title, with its source, and its table and CSV one click away.

    Args:
        drawn: the chart.
        key: tells two charts of one name on a page apart.
        above: HTML between title and drawing, such as direct labels.
    """
    st.html(f'<h2 class="a-chart-title">{escape(drawn.title)}</h2>')
    drawing(drawn, key, above)


def drawing(drawn: Chart, key: str = "", above: str = "") -> None:
    """Show a chart whose title stands elsewhere already, with its source, table and CSV."""
    name = f"{drawn.name}{key}"
    if above:
        st.html(above)
    if isinstance(drawn.body, go.Figure):
        st.plotly_chart(drawn.body, theme=None, key=f"chart_{name}", config=house_style.CONFIG, alt=drawn.alt)
    else:
        clickable.show(f'<div role="group" aria-label="{escape(drawn.alt)}">{drawn.body}</div>', key=f"chart_{name}")
    table_of(drawn, name)


def table_of(drawn: Chart, name: str) -> None:
    """Show the source of a chart, and its table behind a button."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"foot_{name}"):
        st.html(f'<p class="a-source">{escape(source_line(drawn.source))}</p>', width="content")
        with st.popover(text("chart.table"), type="tertiary"):
            st.html(once(lists.table, drawn.table, drawn.title, session.language()))
            st.download_button(
                text("chart.csv"), partial(drawn.table.csv), file_name=f"aaa_{drawn.name}.csv", mime="text/csv", on_click="ignore", key=f"csv_{name}"
            )


def source_line(sheets: str) -> str:
    """Return where numbers come from and the date they stand for; invented ones say so."""
    programme = session.programme()
    words = text("chart.source", sheets=sheets, date=wording.date(programme.as_of, session.language()))
    return f"{words} · {text('frame.example')}" if programme.is_example else words


def activities(rows: pd.DataFrame, key: str, empty: str, limit: int | None = None, with_role: bool = False, notes: bool = True) -> None:
    """List activities, each opening its details; with a note of how things stand where there is one.

    Args:
        rows: as `metrics.activities.judged` returns them.
        key: unique on the page.
        empty: the words when there are none.
        limit: show no more than this, and say how many more there are.
        with_role: `rows` has a column `role`; say who leads.
        notes: show how things stand below each title.
    """
    if rows.empty:
        st.html(f'<p class="a-empty-state">{escape(empty)}</p>')
        return
    clickable.show(once(lists.activities, rows, session.language(), limit, with_role, notes), key=key)


def empty(words: str) -> None:
    """Say what will stand here and how to fill it."""
    st.html(f'<p class="a-empty-state">{escape(words)}</p>')


def heading(words: str) -> None:
    """Show the heading of a part of a page."""
    st.html(f'<h2 class="a-heading">{escape(words)}</h2>')


def subheading(words: str) -> None:
    """Show the heading of a smaller part."""
    st.html(f'<h3 class="a-subheading">{escape(words)}</h3>')


def note(words: str) -> None:
    """Show a remark."""
    st.html(f'<p class="a-note">{escape(words)}</p>')


def warning(words: str) -> None:
    """Show something about the numbers that the reader must know before using them."""
    st.html(f'<p class="a-banner a-problem" role="note">{escape(words)}</p>')


def story(words: str, html: str, nothing: str = "", below: bool = False) -> None:
    """Show a heading with what is told under it, or what will stand there when there is nothing yet; `below` makes it a smaller part."""
    head = f'<h3 class="a-subheading">{escape(words)}</h3>' if below else f'<h2 class="a-heading">{escape(words)}</h2>'
    missing = f'<p class="a-empty-state">{escape(nothing)}</p>' if nothing and not html else ""
    st.html(head + html + missing)


def lead(words: str) -> None:
    """Show the page's finding in a sentence, below its name."""
    st.html(f'<p class="a-lead">{escape(words)}</p>')


def title(name: str, finding: str) -> None:
    """Show the name of the page and what it finds."""
    st.html(f'<header class="a-title"><p>{escape(name)}</p><h1>{escape(finding)}</h1></header>')
