"""How many activities run in each quarter: of each partner, of each theme."""

import pandas as pd

from aaa import metrics
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.grid import Grid, Room, Row
from aaa.figures.palette import HEAT
from aaa.values.links import Kind, Link
from aaa.values.period import QUARTERS
from aaa.words import formatting
from aaa.words.texts import translate

_MOST_ROWS = 150  # drawn, the busiest first; the table behind the chart holds them all


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
    left = len(rows) - len(drawn)
    more = [translate(lang, "list.more", n=left)] if left else []
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
        Link(Kind.PARTNER, str(row["code"])),
    )


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
                link=Link(Kind.THEME, str(row["code"])) if opens else None,
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


def standing(
    counts: pd.DataFrame, name: str, lang: str, *, late_known: bool, nobody: str, most: int = 0
) -> Chart:
    """List what is left of each theme or lead: red, late, unreported and all of it.

    Args:
        counts: as `metrics.activities.standing` returns them.
        name: `themes` or `leads`.
        lang: the reader's language.
        late_known: there is a date to judge by; else there is no column of late ones.
        nobody: what those without a name are called.
        most: rows that are drawn, the rest in one row; 0 draws all.
    """
    marks = [one for one in ("red", "late", "silent", "left") if late_known or one != "late"]
    heads = [translate(lang, f"column.{name}"), *(translate(lang, f"column.{m}") for m in marks)]
    frame = counts[["name", *marks]].reset_index(drop=True)
    frame["name"] = [one if isinstance(one, str) else nobody for one in frame["name"]]
    drawn = frame if not most or len(frame) <= most else frame.head(most - 1)
    rows = [Row(one[0], (), tuple(map(int, one[1:]))) for one in drawn.itertuples(index=False)]
    if len(drawn) < len(frame):
        rest = frame.iloc[len(drawn) :]
        more = translate(lang, "list.more", n=len(rest))
        rows.append(Row(more, (), tuple(int(rest[mark].sum()) for mark in marks)))
    grid = Grid(tuple(heads), tuple(rows), (Room.EVERYWHERE,) * len(heads))
    said = "; ".join(
        f"{row.name}: "
        + ", ".join(f"{head} {n}" for head, n in zip(heads[1:], row.behind, strict=True))
        for row in rows
    )
    title = translate(lang, f"standing.{name}")
    table = Table(frame, (Column(heads[0]), *(Column(head, Cells.NUMBER) for head in heads[1:])))
    return Chart(f"standing_{name}", title, grid, f"{title}. {said}", table, "Activiteiten")


def step(count: int, highest: int) -> int:
    """Return how dark a count is drawn: 0 for none, 1 for one, and the number of colours for the
    highest.
    """
    return min(1 + (count - 1) * (len(HEAT) - 1) // max(highest - 1, 1), len(HEAT)) if count else 0
