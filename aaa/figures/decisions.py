"""Open decisions and actions as a list with its table."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.drawings import Open
from aaa.metrics.rows import Decision
from aaa.words import wording
from aaa.words.texts import translate

_COLUMNS = ("kind", "text", "owner", "due", "overdue")
_UNKNOWN = {"owner": "slide.no_owner", "due": "slide.no_due"}


def chart(rows: Sequence[Decision], lang: str) -> Chart:
    """List what is open, overdue marked.

    Args:
        rows: as `metrics.decisions.open_ones` orders them.
        lang: the reader's language.
    """
    frame = pd.DataFrame(
        [
            (wording.decision(r.kind, lang), r.text, r.owner, r.due, _late(r, lang) or "")
            for r in rows
        ],
        columns=list(_COLUMNS),
    )
    heads = tuple(
        Column(
            translate(lang, f"column.{c}"),
            Cells.DATE if c == "due" else Cells.TEXT,
            _UNKNOWN.get(c, "unknown"),
        )
        for c in _COLUMNS
    )
    said = "; ".join(
        f"{wording.decision(r.kind, lang)}: {wording.text(r.text, lang)}, {due(r.due, lang)}"
        for r in rows
    )
    heading = title(rows, lang)
    return Chart(
        "decisions",
        heading,
        Open(tuple(rows)),
        f"{heading}. {said}" if said else heading,
        Table(frame, heads),
        "Besluiten",
    )


def title(rows: Sequence[Decision], lang: str) -> str:
    """Return the title: how many are open, and how many of those are overdue."""
    if not rows:
        return translate(lang, "slide.decisions_none")
    overdue = sum(one.overdue for one in rows)
    return translate(lang, "slide.decisions", n=len(rows), overdue=overdue)


def due(value: dt.date | None, lang: str) -> str:
    """Return the words for when it should be ready."""
    if value is None:
        return translate(lang, "slide.no_due")
    return translate(lang, "decision.due", date=wording.date(value, lang))


def _late(row: Decision, lang: str) -> str | None:
    return translate(lang, "slide.overdue") if row.overdue else None
