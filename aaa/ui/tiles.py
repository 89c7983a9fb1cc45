"""What a page is made of: headline numbers, charts with their table, lists of activities, and the
words for an empty state.
"""

from functools import partial

import pandas as pd
import streamlit as st

from aaa.figures import lists, plot
from aaa.figures.bars import Bars
from aaa.figures.chart import Chart
from aaa.figures.drawn import html
from aaa.figures.html import escape
from aaa.ui import clickable, images, session
from aaa.ui.once import once
from aaa.ui.session import text
from aaa.ui.streamlit_private import Container
from aaa.words import wording


def chart(drawn: Chart, key: str = "", above: str = "") -> None:
    """Show a chart under its title, with its source, and its table and CSV one click away.

    Args:
        drawn: the chart.
        key: tells two charts of one name on a page apart.
        above: HTML between title and drawing, such as direct labels.
    """
    _draw(drawn, key, f'<h2 class="a-chart-title">{escape(drawn.title)}</h2>{above}')


def drawing(drawn: Chart) -> None:
    """Show a chart whose title stands elsewhere already, with its source, table and CSV."""
    _draw(drawn, "", "")


def _draw(drawn: Chart, key: str, above: str) -> None:
    """Show title and source, the chart, and a button that opens the table. The elements are few,
    because each one makes the reader wait.
    """
    name = f"{drawn.name}{key}"
    note = lists.remark(drawn.note) if drawn.note else ""
    head = f'{above}{note}<p class="a-source">{escape(source_line(drawn.source))}</p>'
    if not isinstance(drawn.body, Bars):
        body = once(html, drawn, session.language())
        clickable.show(
            f'{head}<div role="group" aria-label="{escape(drawn.alt)}">{body}</div>',
            key=f"chart_{name}",
        )
    else:
        if "<svg" in head:
            clickable.show(head, key=f"head_{name}")
        else:  # quicker, but it shows no icons
            st.html(head)
        st.plotly_chart(
            once(plot.figure, drawn.body, session.language(), session.dark()),
            theme=None,
            key=f"chart_{name}",
            config=plot.CONFIG,
            alt=drawn.alt,
        )
    popover = st.popover(
        text("chart.table"), type="tertiary", on_change="rerun", key=f"table_{name}"
    )
    if popover.open:
        _table(drawn, name, popover)


def _table(drawn: Chart, name: str, popover: Container) -> None:
    """Fill an open popover. Filling a closed one would make every reader wait for the table."""
    with popover:
        name_of_file = images.named(drawn, "csv")
        st.download_button(
            text("chart.csv"),
            partial(drawn.table.csv),
            name_of_file,
            "text/csv",
            on_click="ignore",
            key=f"csv_{name}",
        )
        images.offer(drawn, name)
        st.html(once(lists.table, drawn.table, drawn.title, session.language()))


def source_line(sheets: str) -> str:
    """Return the source sheets and the date of numbers, and whether they are invented."""
    programme = session.programme()
    words = text(
        "chart.source", sheets=sheets, date=wording.date(programme.as_of, session.language())
    )
    return f"{words} · {text('frame.example')}" if programme.is_example else words


def activities(
    rows: pd.DataFrame, key: str, nothing: str, head: str = "", **look: bool | int | str
) -> None:
    """List activities, each with its progress note if there is one; a click opens the details.

    Args:
        rows: as `metrics.activities.judged` returns them.
        key: unique on the page.
        nothing: the words when there are none.
        head: HTML above the list, as `lists.heading` makes it.
        look: `limit`, `with_role`, `notes`, `of`, as `lists.activities` takes them.
    """
    if rows.empty:
        st.html(f'{head}<p class="a-empty-state">{escape(nothing)}</p>')
    else:
        clickable.show(
            head
            + once(
                lists.activities,
                rows,
                session.language(),
                *(look.get(name, usual) for name, usual in _LOOK),
            ),
            key=key,
        )


_LOOK = (("limit", 0), ("with_role", False), ("notes", True), ("opens", True), ("of", ""))


def empty(words: str) -> None:
    """Show an empty state: what belongs here and how to fill it."""
    st.html(lists.remark(words, missing=True))


def note(words: str) -> None:
    """Show a remark."""
    st.html(lists.remark(words))


def warning(words: str) -> None:
    """Show something about the numbers that the reader must know before using them."""
    st.html(lists.remark(words, warning=True))


def section(words: str, html: str, nothing: str = "", below: bool = False) -> None:
    """Show a heading with its contents, or with an empty state when there are none yet; `below`
    makes it a subsection.
    """
    st.html(lists.section(words, html, nothing, below=below))


def title(name: str, finding: str, below: str = "") -> None:
    """Show the name of the page and its title; `below` is HTML under the title."""
    st.html(
        f'<header class="a-title"><p>{escape(name)}</p><h1>{escape(finding)}</h1></header>{below}'
    )
