"""Open decisions and actions as a list with its table."""

from typing import Any

import pandas as pd

from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.html import badge, escape
from aaa.words import wording
from aaa.words.texts import translate


def open_ones(rows: pd.DataFrame, lang: str) -> Chart:
    """List what is open, overdue marked.

    Args:
        rows: as `metrics.decisions.open_ones` returns them.
        lang: the reader's language.
    """
    columns = ("kind", "text", "owner", "due", "overdue")
    frame = rows[list(columns)].assign(
        kind=[wording.decision(row, lang) for row in rows["kind"]],
        overdue=[translate(lang, "slide.overdue") if late else "" for late in rows["overdue"]],
    )
    unknown = {"owner": "slide.no_owner", "due": "slide.no_due"}
    heads = tuple(
        Column(
            translate(lang, f"column.{c}"),
            Cells.DATE if c == "due" else Cells.TEXT,
            unknown.get(c, "unknown"),
        )
        for c in columns
    )
    said = "; ".join(
        f"{r['kind']}: {wording.text(r['text'], lang)}, {due(r['due'], lang)}"
        for r in frame.to_dict("records")
    )
    heading = title(rows, lang)
    return Chart(
        "decisions",
        heading,
        items(rows, lang),
        f"{heading}. {said}" if said else heading,
        Table(frame.reset_index(drop=True), heads),
        "Besluiten",
    )


def title(rows: pd.DataFrame, lang: str) -> str:
    """Return the title: how many are open, and how many of those are overdue."""
    if rows.empty:
        return translate(lang, "slide.decisions_none")
    return translate(lang, "slide.decisions", n=len(rows), overdue=int(rows["overdue"].sum()))


def items(rows: pd.DataFrame, lang: str) -> str:
    """Return the rows as an HTML list."""
    items = "".join(_item(row, lang) for row in rows.itertuples(index=False))
    return f'<ul class="a-decisions">{items}</ul>'


def due(value: Any, lang: str) -> str:
    """Return the words for when it should be ready."""
    return (
        translate(lang, "slide.no_due")
        if pd.isna(value)
        else translate(lang, "decision.due", date=wording.date(value, lang))
    )


def _item(row: Any, lang: str) -> str:
    late = badge("late", translate(lang, "slide.overdue")) if row.overdue else ""
    kind = escape(wording.decision(row.kind, lang))
    return (
        f"<li><b>{kind}</b><span>{escape(wording.text(row.text, lang))}"
        f"</span><span>{escape(wording.text(row.owner, lang, 'slide.no_owner'))}</span><span>"
        f"{escape(due(row.due, lang))} {late}</span></li>"
    )
