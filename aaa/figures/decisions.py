"""Open decisions and actions as a list with its table."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.drawings import Open
from aaa.metrics.rows import Decision
from aaa.words import formatting, wording
from aaa.words.texts import translate

# what the columns of a slide are called
ASKED = ("before", "asked", "brings")
AGREED = ("state", "agreement", "who", "due")
_COLUMNS = ("kind", "text", "owner", "due", "overdue")
_UNKNOWN = {"owner": "slide.no_owner", "due": "slide.no_due"}


@dataclass(frozen=True)
class Row:
    """A decision or an action as a slide tells it, in words.

    Attributes:
        state: `overdue`, `open` or `done`; the words for it are `slide.<state>`.
        text: what it is.
        who: whose it is; that nobody is named, in words.
        day: when it should be ready, without the year where that is the one of the date; that there
            is no date, in words.
        left: how many days are left or over; empty where a date is not known.
    """

    state: str
    text: str
    who: str
    day: str
    left: str


def heads(asked: bool, as_of: dt.date | None, lang: str) -> list[str]:
    """Return what the columns of a slide are called.

    Args:
        asked: they are of decisions that are asked.
        as_of: the date to judge by.
        lang: the reader's language.
    """
    found = [translate(lang, f"slide.{name}") for name in (ASKED if asked else AGREED)]
    if not asked and as_of is not None:
        day = formatting.day_and_month(as_of, lang)
        found.append(translate(lang, "slide.on", date=day))
    return found


def row(one: Decision, as_of: dt.date | None, lang: str) -> Row:
    """Return a decision or an action in words.

    Args:
        one: which.
        as_of: the date to judge by.
        lang: the reader's language.
    """
    day = translate(lang, "slide.no_due")
    if one.due is not None:
        near = as_of is not None and one.due.year == as_of.year
        day = (formatting.day_and_month if near else formatting.date)(one.due, lang)
    return Row(
        "overdue" if one.overdue else "open" if one.is_open else "done",
        wording.text(one.text, lang),
        wording.text(one.owner, lang, "slide.no_owner"),
        day,
        _left(one, as_of, lang),
    )


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


def _left(row: Decision, as_of: dt.date | None, lang: str) -> str:
    if row.due is None or as_of is None or not row.is_open:
        return ""
    days = (row.due - as_of).days
    if row.overdue:
        return translate(lang, "slide.days_over", n=-days)
    return translate(lang, "slide.days_left", n=days) if days else translate(lang, "slide.today")


def _late(row: Decision, lang: str) -> str | None:
    return translate(lang, "slide.overdue") if row.overdue else None
