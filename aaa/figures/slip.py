"""Slip: how many quarters later than agreed the activities are expected to end."""

from typing import Any

import pandas as pd

from aaa import metrics
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.drawings import Slip, Slips
from aaa.history import sentences
from aaa.metrics import rows
from aaa.metrics.rows import known
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def chart(programme: Programme, moves: pd.Series, lang: str) -> Chart | None:
    """Draw the slip of every activity that has a forecast, by theme; None where none has.

    Args:
        programme: in the reader's language, its activities judged.
        moves: as `changes.moves` returns them; empty while the kept versions are not read.
        lang: the reader's language.
    """
    slipped = metrics.activities.slipped(programme.activities, moves)
    if slipped.empty:
        return None
    by_theme = metrics.activities.slip_by_theme(programme.activities, programme.themes)
    columns = ("nr", "theme", "title", "period", "forecast", "slip", "moves")
    kinds = {"slip": Cells.NUMBER, "moves": Cells.NUMBER}
    table = Table(
        slipped[list(columns)].reset_index(drop=True),
        tuple(Column(translate(lang, f"column.{c}"), kinds.get(c, Cells.TEXT)) for c in columns),
    )
    said = {
        row["code"]: (row["theme"] or translate(lang, "theme.unknown"), _theme_said(row, lang))
        for row in by_theme.to_dict("records")
    }
    heading = title(slipped, lang)
    return Chart(
        "slip",
        heading,
        Slips(tuple(_groups(programme, slipped, said, lang))),
        f"{heading}. {'; '.join(': '.join(one) for one in said.values())}.",
        table,
        "Activiteiten",
    )


def _groups(
    programme: Programme, slipped: pd.DataFrame, said: dict[str, tuple[str, str]], lang: str
) -> list[tuple[str, str, tuple[Slip, ...]]]:
    moves = dict(zip(slipped["ref"], known(slipped["moves"]), strict=True))
    return [
        (
            *said[group.code],
            tuple(
                Slip(one, one.slip or 0, _shift(one.slip or 0, lang), _moved(moves[one.ref], lang))
                for one in group.activities
            ),
        )
        for group in rows.grouped(programme, slipped)
    ]


def title(slipped: pd.DataFrame, lang: str) -> str:
    """Return the title: how many end later than agreed, and by how much the worst does."""
    later = slipped[slipped["slip"] > 0]
    if later.empty:
        return translate(lang, "slip.title_none", n=len(slipped))
    nr, name, worst = (known(later[column])[0] for column in ("nr", "title", "slip"))
    shift = sentences.shift(worst, lang)
    return translate(lang, "slip.title", n=len(later), worst=nr or name, shift=shift)


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


def _shift(quarters: int, lang: str) -> str:
    return sentences.shift(quarters, lang) if quarters else translate(lang, "slip.none")


def _moved(times: int | None, lang: str) -> str:
    if times is None:
        return ""
    return translate(lang, "slip.moves", n=times) if times else translate(lang, "slip.not_moved")
