"""Slip: how many quarters later than agreed the activities are expected to end."""

from typing import Any

import pandas as pd

from aaa.figures import timeline
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.html import escape
from aaa.history import sentences
from aaa.words.texts import translate

_MOST_CELLS = 8  # drawn; beyond two years the number tells


def slip(slipped: pd.DataFrame, by_theme: pd.DataFrame, lang: str) -> Chart:
    """Draw the slip of every activity that has a forecast, by theme.

    Args:
        slipped: as `metrics.activities.slipped` returns it, at least one row.
        by_theme: as `metrics.activities.slip_by_theme` returns it.
        lang: the reader's language.
    """
    parts = ""
    for row in by_theme[by_theme["forecasts"] > 0].to_dict("records"):
        mine = slipped[
            slipped["theme"].isna() if row["theme"] is None else slipped["theme"] == row["theme"]
        ]
        name = escape(row["theme"] or translate(lang, "theme.unknown"))
        head = f'<h3 class="a-tl-theme">{name} <small>{escape(_theme_said(row, lang))}</small></h3>'
        parts += (
            f"{head}<ul>{''.join(_row(one, lang) for one in mine.itertuples(index=False))}</ul>"
        )
    columns = ("nr", "theme", "title", "period", "forecast", "slip", "moves")
    kinds = {"slip": Cells.NUMBER, "moves": Cells.NUMBER}
    table = Table(
        slipped[list(columns)].reset_index(drop=True),
        tuple(Column(translate(lang, f"column.{c}"), kinds.get(c, Cells.TEXT)) for c in columns),
    )
    said = "; ".join(
        f"{row['theme'] or translate(lang, 'theme.unknown')}: {_theme_said(row, lang)}"
        for row in by_theme.to_dict("records")
    )
    heading = title(slipped, lang)
    return Chart(
        "slip",
        heading,
        f'<div class="a-slip">{parts}</div>',
        f"{heading}. {said}.",
        table,
        "Activiteiten",
    )


def title(slipped: pd.DataFrame, lang: str) -> str:
    """Return the title: how many end later than agreed, and by how much the worst does."""
    later = slipped[slipped["slip"] > 0]
    if later.empty:
        return translate(lang, "slip.title_none", n=len(slipped))
    worst = later.iloc[0]
    return translate(
        lang,
        "slip.title",
        n=len(later),
        worst=_called(worst),
        shift=sentences.shift(int(worst["slip"]), lang),
    )


def _called(row: pd.Series) -> str:
    return str(row["nr"] if isinstance(row["nr"], str) else row["title"])


def _theme_said(row: dict[str, Any], lang: str) -> str:
    if not row["forecasts"]:
        return translate(lang, "slip.theme_none", of=row["activities"])
    shift = sentences.shift(int(row["quarters"]), lang)
    return translate(
        lang,
        "slip.theme",
        n=row["forecasts"],
        of=row["activities"],
        later=row["later"],
        shift=shift,
    )


def _row(activity: Any, lang: str) -> str:
    quarters = int(activity.slip)
    cells = "<i></i>" * min(abs(quarters), _MOST_CELLS)
    look = "a-later" if quarters > 0 else "a-earlier"
    moved = (
        ""
        if pd.isna(activity.moves)
        else (
            translate(lang, "slip.moves", n=int(activity.moves))
            if activity.moves
            else translate(lang, "slip.not_moved")
        )
    )
    words = sentences.shift(quarters, lang) if quarters else translate(lang, "slip.none")
    return (
        f'<li class="a-slip-row">{timeline.open_button(activity)}<span class="a-when">'
        f"{escape(timeline.period_words(activity, lang))}</span>"
        f'<span class="a-slip-cells {look}" aria-hidden="true">{cells}</span><b>{escape(words)}</b>'
        f'<span class="a-when">{escape(moved)}</span></li>'
    )
