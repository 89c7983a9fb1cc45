"""A heat map as a real table: a number in every cell, so that colour only repeats what the number
says.
"""

from collections.abc import Sequence

import pandas as pd

from aaa import metrics
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.grid import Grid, Link, Room, Row
from aaa.figures.html import escape, scrolling
from aaa.figures.palette import HEAT
from aaa.values.period import QUARTERS
from aaa.words import formatting
from aaa.words.texts import DEFAULT, translate

_MOST_ROWS = 150  # drawn, the busiest first; the table behind the chart holds them all
_MOST_LINKS = 1000


def partner_load(load: pd.DataFrame, counts: pd.DataFrame, lang: str) -> Chart:
    """Draw what each partner carries in each quarter.

    Args:
        load: as `metrics.partners.load` returns it, at least one row with activities.
        counts: as `metrics.activities.running` returns it, for the same activities.
        lang: the reader's language.
    """
    rows = load[load["activities"] > 0]
    top = metrics.activities.busiest(counts)
    head = [translate(lang, "column.partner"), *[formatting.quarter(q) for q in QUARTERS]]
    head += [translate(lang, f"column.{name}") for name in ("lead", "takes_part", "total")]
    drawn = rows.head(_MOST_ROWS).to_dict("records")
    more = _more(len(rows) - len(drawn), lang)
    grid = Grid(
        tuple(head),
        tuple(_partner_row(row, lang) for row in drawn),
        (
            *[Room.EVERYWHERE] * (1 + len(QUARTERS)),
            Room.NOT_ON_A_PHONE,
            Room.ON_A_PAGE_ONLY,
            Room.EVERYWHERE,
        ),
        (*more, translate(lang, "partners.key")),
    )
    heading = title(rows, top, lang)
    alt = translate(
        lang,
        "partners.alt",
        n=len(rows),
        partners="; ".join([*(_said(row, lang) for row in drawn), *more]),
    )
    columns = ["partner", *[f"q{q}" for q in QUARTERS], "lead", "takes_part", "activities"]
    table = Table(
        rows[columns].reset_index(drop=True),
        (Column(head[0]), *(Column(h, Cells.NUMBER) for h in head[1:])),
    )
    return Chart(
        "partner_load",
        heading,
        grid,
        alt,
        table,
        "Activiteiten",
    )


def _more(left: int, lang: str) -> list[str]:
    """Return how many are not drawn, in words; nothing when all are."""
    return [translate(lang, "list.more", n=left)] if left > 0 else []


def title(rows: pd.DataFrame, top: pd.Series | None, lang: str) -> str:
    """Return the title: the busiest quarter, who is in most activities, and who leads most.

    Args:
        rows: as `metrics.partners.load` returns it, those with activities only.
        top: as `metrics.activities.busiest` returns it.
        lang: the reader's language.
    """
    most, leader = rows.iloc[0], rows.loc[rows["lead"].idxmax()]
    parts = (
        []
        if top is None
        else [translate(lang, "partners.busiest", quarter=formatting.quarter(int(top["quarter"])))]
    )
    parts.append(
        translate(lang, "partners.most", partner=most["partner"], n=int(most["activities"]))
    )
    if leader["lead"]:
        parts.append(
            translate(lang, "partners.leads_most", partner=leader["partner"], n=int(leader["lead"]))
        )
    return "; ".join(parts)


def _said(row: dict[str, object], lang: str) -> str:
    quarters = ", ".join(f"{formatting.quarter(q)} {row[f'q{q}']}" for q in QUARTERS)
    return (
        f"{row['partner']}: {quarters}"
        f" ({translate(lang, 'partners.lead_of', n=int(str(row['lead'])))})"
    )


def _partner_row(row: dict[str, object], lang: str) -> Row:
    led = [int(str(row[f"q{quarter}_lead"])) for quarter in QUARTERS]
    return Row(
        str(row["partner"]),
        tuple(int(str(row[f"q{quarter}"])) for quarter in QUARTERS),
        tuple(int(str(row[name])) for name in ("lead", "takes_part", "activities")),
        tuple(translate(lang, "partners.lead_short", n=n) if n else "" for n in led),
        "" if row["registered"] else translate(lang, "partners.unregistered"),
        Link("partner", str(row["code"])),
    )


def partner_link(code: str, name: str, lang: str, after: str = "") -> str:
    """Return a partner's name, and words after it, as a link to its own page, relative to the page
    of all partners.
    """
    language = "" if lang == DEFAULT else f"&taal={lang}"
    return (
        f'<a class="a-open" href="?partner={escape(code)}{escape(language)}" '
        f'data-choose="partner={escape(code)}">{escape(name + after)}</a>'
    )


def partner_links(partners: pd.DataFrame, lang: str) -> str:
    """Return a link to the own page of every partner, in the order of the alphabet.

    Args:
        partners: frame `partners` of a Programme.
        lang: the reader's language.
    """
    rows = partners.sort_values("partner", key=lambda names: names.str.casefold(), kind="stable")
    items = "".join(
        f"<li>{partner_link(code, name, lang)}</li>"
        for name, code in rows[["partner", "code"]].head(_MOST_LINKS).itertuples(index=False)
    )
    items += "".join(f"<li>{escape(more)}</li>" for more in _more(len(rows) - _MOST_LINKS, lang))
    return f'<ul class="a-links">{items}</ul>'


def theme_quarters(counts: pd.DataFrame, lang: str, *, opens: bool = False) -> Chart:
    """Draw how many activities of each theme run in each quarter.

    Args:
        counts: a row per theme: `theme` (missing for an unknown theme), `code`, `q1`..`q4`,
            `undated` (counts).
        lang: the reader's language.
        opens: the name of a theme is a button that leaves only that theme.
    """
    names = [
        theme if isinstance(theme, str) else translate(lang, "theme.unknown")
        for theme in counts["theme"]
    ]
    quarters = [f"q{q}" for q in QUARTERS]
    head = [
        translate(lang, "column.theme"),
        *[formatting.quarter(q) for q in QUARTERS],
        translate(lang, "column.undated"),
    ]
    grid = Grid(
        tuple(head),
        tuple(
            Row(
                name,
                tuple(int(row[q]) for q in quarters),
                (int(row["undated"]),),
                link=Link("thema", str(row["code"])) if opens else None,
            )
            for name, row in zip(names, counts.to_dict("records"), strict=True)
        ),
        (Room.EVERYWHERE,) * len(head),
    )
    sums = counts[quarters].sum()
    title = translate(lang, "themes.quarters_title_empty")
    if len(counts) and sums.max():
        title = translate(
            lang, "themes.quarters_title", quarter=sums.idxmax().upper(), n=int(sums.max())
        )
    alt = "; ".join(
        f"{name}: " + ", ".join(f"{q.upper()} {int(row[q])}" for q in quarters)
        for name, row in zip(names, counts.to_dict("records"), strict=True)
    )
    frame = counts[[*quarters, "undated"]].copy()
    frame.insert(0, "theme", names)
    table = Table(
        frame.reset_index(drop=True),
        (Column(head[0]), *(Column(h, Cells.NUMBER) for h in head[1:])),
    )
    return Chart("theme_quarters", title, grid, f"{title}. {alt}", table, "Activiteiten")


def theme_button(code: str, words: str) -> str:
    """Return words as a button that filters by a theme."""
    return (
        f'<button type="button" class="a-open" data-choose="thema={escape(code)}">{escape(words)}'
        "</button>"
    )


def html(grid: Grid, caption: str, lang: str) -> str:
    """Return a grid as a heat map, its names as links and buttons, with its notes.

    Args:
        grid: the counts.
        caption: what it shows, for a screen reader.
        lang: the reader's language.
    """
    body = ""
    for row in grid.rows:
        below = row.below or [""] * len(row.counts)
        cells = "".join(
            _cell(count, grid.highest, f"<small>{escape(words)}</small>" if words else "")
            for count, words in zip(row.counts, below, strict=True)
        ) + "".join(
            f'<td class="a-num{_hidden(room)}">{number}</td>'
            for number, room in zip(row.behind, grid.rooms[1 + len(row.counts) :], strict=True)
        )
        remark = f" <small>{escape(row.remark)}</small>" if row.remark else ""
        body += f'<tr><th scope="row">{_opened(row, lang)}{remark}</th>{cells}</tr>'
    notes = "".join(f'<p class="a-note">{escape(words)}</p>' for words in grid.notes)
    return _heat(grid.head, body, caption, list(map(_hidden, grid.rooms))) + notes


def plain(grid: Grid, only: Sequence[int], caption: str) -> str:
    """Return rows of a grid as a heat map in plain words, for a slide.

    Args:
        grid: the counts.
        only: the places of the rows.
        caption: what it shows, for a screen reader.
    """
    body = ""
    for row in (grid.rows[place] for place in only):
        cells = "".join(_cell(count, grid.highest) for count in row.counts) + "".join(
            f'<td class="a-num">{n}</td>' for n in grid.narrow(row)
        )
        body += f'<tr><th scope="row">{escape(row.name)}</th>{cells}</tr>'
    return _heat(grid.narrow_head, body, caption)


def _opened(row: Row, lang: str) -> str:
    """Return the name of a row as what it opens."""
    match row.link:
        case Link("partner", code):
            return partner_link(code, row.name, lang)
        case Link("thema", code):
            return theme_button(code, row.name)
        case _:
            return escape(row.name)


def _hidden(room: Room) -> str:
    """Return the class that hides a column on a phone; the table behind the chart shows it there
    too.
    """
    return " a-optional" if room > Room.EVERYWHERE else ""


def _heat(head: Sequence[str], body: str, caption: str, classes: Sequence[str] = ()) -> str:
    looks = classes or [""] * len(head)
    cells = "".join(
        f'<th scope="col" class="{look.strip()}">{escape(name)}</th>'
        for name, look in zip(head, looks, strict=True)
    )
    return scrolling(
        f'<table class="a-heat"><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>',
        caption,
    )


def step(count: int, highest: int) -> int:
    """Return how dark a count is drawn: 0 for none, 1 for one, and the number of colours for the
    highest.
    """
    return min(1 + (count - 1) * (len(HEAT) - 1) // max(highest - 1, 1), len(HEAT)) if count else 0


def _cell(count: int, highest: int, more: str = "") -> str:
    shown = (
        f"<b>{count}</b>" if count else '<b aria-hidden="true">·</b><span class="a-said">0</span>'
    )
    return f'<td class="a-h{step(count, highest)}">{shown}{f" {more}" if more else ""}</td>'
