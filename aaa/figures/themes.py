"""How each theme is doing: its activities by status."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.house_style import bars, label, marker, pick
from aaa.figures.html import escape, icon, status_class
from aaa.figures.palette import ACCENT, EDGE, GROUND, HATCH, INK, STATUS, Pair
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode

# fill, pattern, edge, colour of the pattern
_LOOKS: dict[StatusCode, tuple[Pair, str, Pair, Pair]] = {
    StatusCode.NOT_STARTED: (GROUND, ".", ACCENT, ACCENT),
    StatusCode.RUNNING: (STATUS[StatusCode.RUNNING], "/", STATUS[StatusCode.RUNNING], GROUND),
    StatusCode.FINISHED: (STATUS[StatusCode.FINISHED], "", STATUS[StatusCode.FINISHED], INK),
    StatusCode.DROPPED: (GROUND, "x", EDGE, EDGE),
    StatusCode.UNREPORTED: (STATUS[StatusCode.UNREPORTED], "/", EDGE, HATCH),
}


def status_by_theme(counts: pd.DataFrame, lang: str, dark: bool) -> Chart:
    """Draw the activities of each theme by status.

    Args:
        counts: as `metrics.activities.by_theme` returns it.
        lang: the reader's language.
        dark: whether the ground is dark.
    """
    names = [
        theme if isinstance(theme, str) else translate(lang, "theme.unknown")
        for theme in counts["theme"]
    ]
    figure = bars([label(name) for name in names], lang, dark)
    figure.update_layout(annotations=_chips(counts, dark))
    for code in StatusCode:
        values = counts[code.value].tolist()
        figure.add_trace(
            go.Bar(
                name=wording.status(code, lang),
                y=list(range(len(names))),
                x=values,
                orientation="h",
                marker=_look(code, dark),
                hovertemplate=f"{escape(wording.status(code, lang))}: %{{x}}<extra></extra>",
            )
        )
    said = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{wording.status(c, lang).lower()} {row[c.value]}" for c in StatusCode if row[c.value]
        )
        for name, row in zip(names, counts.to_dict("records"), strict=True)
    )
    frame = counts[["activities", *[c.value for c in StatusCode], "late"]].copy()
    frame.insert(0, "theme", names)
    heads = [
        translate(lang, "column.theme"),
        translate(lang, "column.activities"),
        *[wording.status(c, lang) for c in StatusCode],
        translate(lang, "late"),
    ]
    table = Table(
        frame.reset_index(drop=True),
        (Column(heads[0]), *(Column(h, Cells.NUMBER) for h in heads[1:])),
    )
    return Chart(
        "status_by_theme",
        translate(lang, "themes.chart_title"),
        figure,
        f"{title(counts, lang)}. {said}.",
        table,
        "Activiteiten",
    )


def _chips(counts: pd.DataFrame, dark: bool) -> list[dict[str, Any]]:
    """Return each number with its own background: it would be illegible on a patterned bar."""
    chips = []
    for place, row in enumerate(counts.to_dict("records")):
        left = 0
        for code in StatusCode:
            if row[code.value]:
                middle = left + row[code.value] / 2
                look = {
                    "font": {"size": 15, "color": pick(INK, dark)},
                    "bgcolor": pick(GROUND, dark),
                    "showarrow": False,
                    "borderpad": 2,
                }
                chips.append({"x": middle, "y": place, "text": str(row[code.value])} | look)
            left += row[code.value]
    return chips


def title(counts: pd.DataFrame, lang: str) -> str:
    """Return the title of the page: how much is finished, or that nothing is known."""
    total, finished = int(counts["activities"].sum()), int(counts[StatusCode.FINISHED.value].sum())
    unreported = int(counts[StatusCode.UNREPORTED.value].sum())
    if total and unreported > total / 2:
        return translate(lang, "themes.title_unreported", n=unreported, total=total)
    return translate(lang, "themes.title", n=finished, total=total)


def status_key(counts: pd.DataFrame, lang: str) -> str:
    """Return the statuses that occur, each with its look, icon, word and number: the chart's direct
    label.

    Args:
        counts: as `metrics.activities.by_status` returns them.
        lang: the reader's language.
    """
    items = "".join(
        f'<li><span class="a-sample"><span class="a-bar {status_class(code)}"></span></span>'
        f"{icon(code.name.lower())}{escape(wording.status(code, lang))}"
        f" <b>{n}</b></li>"
        for code, n in zip(map(StatusCode, counts["state"]), counts["activities"], strict=True)
        if n
    )
    return f'<ul class="a-key">{items}</ul>'


def status_strip(counts: pd.DataFrame) -> str:
    """Return one bar of all activities by status, in HTML: the landing page loads no chart library.

    Args:
        counts: as `metrics.activities.by_status` returns them.
    """
    parts = "".join(
        f'<span class="a-bar {status_class(row["state"])}" style="flex:{row["activities"]}"></span>'
        for row in counts.to_dict("records")
        if row["activities"]
    )
    return f'<div class="a-strip" aria-hidden="true">{parts}</div>'


def _look(code: StatusCode, dark: bool) -> dict[str, object]:
    fill, shape, edge, pattern = _LOOKS[code]
    return marker(fill, dark, shape, edge, pattern)
