"""Tables and lists as HTML that can be read aloud, searched and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from aaa.figures import heat, timeline
from aaa.figures.chart import Cells, Table
from aaa.figures.html import escape, scrolling
from aaa.metrics.activities import Group, in_order_of_time
from aaa.values import names
from aaa.words import wording
from aaa.words.texts import translate


def table(content: Table, caption: str, lang: str) -> str:
    """Return a table as HTML that can be read aloud, searched and printed; unknown cells say so in
    words.
    """
    head = "".join(
        f'<th scope="col"{_side(c.cells)}>{escape(c.heading)}</th>' for c in content.columns
    )
    rows = ""
    for values in content.frame.itertuples(index=False):
        cells = [
            _cell(value, column.cells, column.unknown, lang)
            for value, column in zip(values, content.columns, strict=True)
        ]
        rows += f'<tr><th scope="row">{cells[0][0]}</th>' + "".join(
            f"<td{_side(column.cells)}{mark}>{shown}</td>"
            for (shown, mark), column in zip(cells[1:], content.columns[1:], strict=True)
        )
        rows += "</tr>"
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    # The chart may be a scrolling region with this caption; two regions need different names.
    region = f"{translate(lang, 'chart.table')}: {caption}"
    return f'<p class="a-caption">{escape(caption)}</p>' + scrolling(
        f'<table class="a-table" aria-label="{escape(caption)}">{body}</table>', region
    )


def _side(cells: Cells) -> str:
    return ' class="a-right"' if cells in (Cells.NUMBER, Cells.EUROS, Cells.SHARE) else ""


def _cell(value: Any, cells: Cells, unknown: str, lang: str) -> tuple[str, str]:
    if value is None or (not isinstance(value, tuple) and pd.isna(value)):
        return escape(translate(lang, unknown)), ' data-unknown=""'
    write = {
        Cells.NUMBER: wording.number,
        Cells.EUROS: wording.euros,
        Cells.SHARE: wording.share,
        Cells.DATE: wording.date,
    }.get(cells)
    return escape(write(value, lang) if write else value), ""


@dataclass(frozen=True)
class Tile:
    """One headline number: what it is, the number with its unit, and a line below it. `unknown`
    gives it the look of what is not known.
    """

    label: str
    value: str
    note: str = ""
    unknown: bool = False


def headline(tiles: Sequence[Tile]) -> str:
    """Return headline numbers beside each other, or below each other on a phone."""
    cells = "".join(
        f'<div class="a-tile"><dt>{escape(tile.label)}</dt>'
        f'<dd class="a-value{" a-unknown" if tile.unknown else ""}">{escape(tile.value)}</dd>'
        f'<dd class="a-tile-note">{escape(tile.note)}</dd></div>'
        for tile in tiles
    )
    return f'<dl class="a-tiles">{cells}</dl>'


def heading(words: str, lead: str = "", below: bool = False) -> str:
    """Return the heading of a part of a page, with a sentence that leads it in; `below` makes it
    the heading of a smaller part.
    """
    first = (
        f'<h3 class="a-subheading">{escape(words)}</h3>'
        if below
        else f'<h2 class="a-heading">{escape(words)}</h2>'
    )
    return first + (f'<p class="a-lead">{escape(lead)}</p>' if lead else "")


def remark(text: str, head: str = "", *, missing: bool = False, warning: bool = False) -> str:
    """Return a remark: `missing` stands where there is no data yet, `warning` says of a number what
    a reader must know before using it; `head` is what it stands in the place of.
    """
    if warning:
        return f'<p class="a-banner a-problem" role="note">{escape(text)}</p>'
    look = "a-empty-state" if missing else "a-note"
    return f'{heading(head) if head else ""}<p class="{look}">{escape(text)}</p>'


def section(head: str, body: str, nothing: str = "", *, below: bool = False) -> str:
    """Return a heading with its contents, or with the words for an empty state when there are none;
    `below` makes it a smaller part.
    """
    missing = remark(nothing, missing=True) if nothing and not body else ""
    return heading(head, below=below) + body + missing


def goals(head: str, named: Sequence[tuple[str, str]], note: str) -> str:
    """Return the ambitions in a line each: how far, and small below it the euros per unit."""
    items = "".join(
        f"<li><b>{escape(title)}</b><small>{escape(euros)}</small></li>" for title, euros in named
    )
    return f'{heading(head)}<ul class="a-ambitions">{items}</ul>{remark(note)}'


def cards(named: Sequence[tuple[str, str, str]]) -> str:
    """Return cards, each of a name, a tag and a description; nothing without any."""
    items = ""
    for name, tag, text in named:
        label = f"<small>{escape(tag)}</small>" if tag else ""
        said = f"<p>{escape(text)}</p>" if text else ""
        items += f"<li><b>{escape(name)}</b>{label}{said}</li>"
    return f'<ul class="a-cards">{items}</ul>' if items else ""


def lines(words: Sequence[str]) -> str:
    """Return plain lines; nothing without any."""
    items = "".join(f"<li>{escape(line)}</li>" for line in words)
    return f'<ul class="a-plain">{items}</ul>' if items else ""


def activities(
    rows: pd.DataFrame,
    lang: str,
    limit: int,
    with_role: bool,
    notes: bool,
    opens: bool = True,
    of: str = "",
) -> str:
    """List activities, each by its title.

    Args:
        rows: as `metrics.activities.judged` returns them.
        lang: the reader's language.
        limit: show no more than this, and say how many more there are; 0 shows all.
        with_role: `rows` has a column `role`; say who leads.
        notes: show how things stand below each title.
        opens: each title is a button that opens its details.
        of: a partner; say with whom that partner does each activity. Empty says nothing of it.
    """
    words = timeline.badge_words(lang)
    items = "".join(
        _activity(row, words, lang, with_role, notes, opens, of)
        for row in rows.head(limit or len(rows)).itertuples(index=False)
    )
    more = ""
    if limit and len(rows) > limit:
        more = f'<p class="a-note">{escape(translate(lang, "list.more", n=len(rows) - limit))}</p>'
    return f'<ul class="a-items">{items}</ul>{more}'


def by_theme(groups: Sequence[Group], lang: str, most: int = 0) -> str:
    """List the activities of each theme under its name and description, in order of time.

    Args:
        groups: as `metrics.activities.grouped` returns them.
        lang: the reader's language.
        most: activities per theme, where there are several; a button filters by that theme to
            show all of them. 0 shows all.
    """
    parts = []
    for theme, code, description, mine in groups:
        head = heading(theme or translate(lang, "theme.unknown"), description or "")
        cut = bool(most) and len(groups) > 1 and len(mine) > most
        shown = activities(
            in_order_of_time(mine).head(most if cut else len(mine)),
            lang,
            limit=0,
            with_role=False,
            notes=True,
        )
        more = (
            f'<p class="a-more">{heat.theme_button(code, translate(lang, "list.all", n=len(mine)))}'
            "</p>"
            if cut
            else ""
        )
        parts.append(f'<section id="thema-{escape(code)}">{head}{shown}{more}</section>')
    return "".join(parts)


def _activity(
    row: Any, words: dict[str, str], lang: str, with_role: bool, notes: bool, opens: bool, of: str
) -> str:
    role = (
        f'<span class="a-role">{escape(translate(lang, f"role.{row.role}"))}</span>'
        if with_role
        else ""
    )
    when = escape(timeline.period_words(row, lang))
    note = (
        f'<p class="a-item-note">{escape(row.note)}</p>'
        if notes and isinstance(row.note, str)
        else ""
    )
    if of:
        others = [
            name
            for name in dict.fromkeys((*row.leads, *row.partners))
            if names.key(name) != names.key(of)
        ]
        note = (
            '<p class="a-item-note">'
            f"{escape(translate(lang, 'partner.with', names=wording.people(tuple(others), lang)))}"
            "</p>" + note
        )
    facts = (
        f'<span class="a-when">{when}</span><div class="a-item-facts">'
        f"{role}{timeline.badges(row, words)}</div>"
    )
    return f'<li class="a-item">{timeline.called(row, opens=opens)}{facts}{note}</li>'
