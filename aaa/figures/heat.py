"""A heat map as a real table: a number in every cell, so that colour only repeats what the number
says.
"""

from collections.abc import Sequence

import pandas as pd

from aaa import metrics
from aaa.figures.chart import Cells, Chart, Column, Table
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
    totals = ("lead", "takes_part", "total")
    head += [translate(lang, f"column.{name}") for name in totals]
    hidden = [""] * (len(head) - len(totals)) + [_optional(name) for name in totals]
    highest = max(int(rows[[f"q{q}" for q in QUARTERS]].to_numpy().max()), 1)
    drawn = rows.head(_MOST_ROWS).to_dict("records")
    more = _more(len(rows) - len(drawn), lang)
    body = "".join(_partner_row(row, highest, lang) for row in drawn)
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
    notes = "".join(
        f'<p class="a-note">{escape(words)}</p>'
        for words in (*more, translate(lang, "partners.key"))
    )
    return Chart(
        "partner_load",
        heading,
        _heat(head, body, heading, hidden) + notes,
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


def _partner_row(row: dict[str, object], highest: int, lang: str) -> str:
    cells = ""
    for quarter in QUARTERS:
        count, lead = int(str(row[f"q{quarter}"])), int(str(row[f"q{quarter}_lead"]))
        led = (
            f"<small>{escape(translate(lang, 'partners.lead_short', n=lead))}</small>"
            if lead
            else ""
        )
        cells += _cell(count, highest, led)
    for name in ("lead", "takes_part", "activities"):
        cells += f'<td class="a-num{_optional(name)}">{row[name]}</td>'
    new = (
        ""
        if row["registered"]
        else f" <small>{escape(translate(lang, 'partners.unregistered'))}</small>"
    )
    name = partner_link(str(row["code"]), str(row["partner"]), lang)
    return f'<tr><th scope="row">{name}{new}</th>{cells}</tr>'


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
    highest = max(int(counts[quarters].to_numpy().max()) if len(counts) else 0, 1)
    head = [
        translate(lang, "column.theme"),
        *[formatting.quarter(q) for q in QUARTERS],
        translate(lang, "column.undated"),
    ]
    body = "".join(
        "<tr>"
        f'<th scope="row">{theme_button(str(row["code"]), name) if opens else escape(name)}</th>'
        f'{"".join(_cell(int(row[q]), highest) for q in quarters)}<td class="a-num">'
        f"{int(row['undated'])}</td></tr>"
        for name, row in zip(names, counts.to_dict("records"), strict=True)
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
    return Chart(
        "theme_quarters", title, _heat(head, body, title), f"{title}. {alt}", table, "Activiteiten"
    )


def theme_button(code: str, words: str) -> str:
    """Return words as a button that filters by a theme."""
    return (
        f'<button type="button" class="a-open" data-choose="thema={escape(code)}">{escape(words)}'
        "</button>"
    )


def grid(
    head: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int], Sequence[int]]],
    highest: int,
    caption: str,
) -> str:
    """Return counts by quarter as a heat map in plain words.

    Args:
        head: the headings, that of the names first.
        rows: each a name, the coloured counts, and the uncoloured numbers after them.
        highest: the count with the darkest colour.
        caption: what it shows, for a screen reader.
    """
    body = ""
    for name, counts, behind in rows:
        cells = "".join(_cell(count, highest) for count in counts) + "".join(
            f'<td class="a-num">{n}</td>' for n in behind
        )
        body += f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
    return _heat(head, body, caption)


def _optional(name: str) -> str:
    """Return the class that hides a column on a phone; the table behind the chart shows it there
    too.
    """
    return " a-optional" if name in ("lead", "takes_part") else ""


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
