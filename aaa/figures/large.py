"""A programme too large for one list: first its themes as buttons, then one theme with
pagination.
"""

import datetime as dt

import pandas as pd

from aaa import metrics
from aaa.figures import drawn, heat, timeline
from aaa.figures.chart import Chart
from aaa.figures.html import escape
from aaa.words import formatting
from aaa.words.texts import translate

FROM = 150  # activities; a reader cannot oversee more in one list
A_PAGE = 100  # of them, of one theme


def is_large(activities: pd.DataFrame) -> bool:
    """Tell whether the activities are more than one list can show."""
    return len(activities) > FROM


def pages(activities: pd.DataFrame, themes: pd.DataFrame) -> int:
    """Return the number of pages of the timeline: one, except for one large theme."""
    return (
        -(-len(activities) // A_PAGE)
        if is_large(activities) and len(metrics.activities.grouped(activities, themes)) == 1
        else 1
    )


def timeline_of(
    activities: pd.DataFrame,
    themes: pd.DataFrame,
    year: int,
    as_of: dt.date | None,
    lang: str,
    page: int | None = None,
) -> Chart:
    """Draw the timeline. Of a large programme it shows how many activities of each theme run in
    each quarter; of one large theme, one page.

    Args:
        activities: as `metrics.activities.judged` returns them.
        themes: frame `themes` of a Programme.
        year: the plan year.
        as_of: the date of the today line; None draws none.
        lang: the reader's language.
        page: of one large theme, from 1; None draws all of it, for a file that nobody can press.
    """
    several = len(metrics.activities.grouped(activities, themes)) > 1
    if not is_large(activities) or (page is None and not several):
        return timeline.timeline(activities, themes, year, as_of, lang)
    if page is None or several:
        counts = heat.theme_quarters(
            metrics.activities.by_theme_and_quarter(activities, themes, year), lang, opens=True
        )
        words = translate(lang, "timeline.by_theme", n=len(activities))
        body = f'<p class="a-note">{escape(words)}</p>{drawn.html(counts, lang)}'
    else:
        dated, undated = timeline.split(activities.iloc[(page - 1) * A_PAGE : page * A_PAGE])
        groups = [(theme, mine) for theme, _, _, mine in metrics.activities.grouped(dated, themes)]
        moves = pager(page, pages(activities, themes), len(activities), lang)
        lines = timeline.drawing(
            groups,
            undated,
            timeline.axis(activities, year),
            as_of,
            lang,
            of=len(timeline.split(activities)[0]),
        )
        body = f"{moves}{lines}{moves}"
    alt, rows = timeline.alternative(activities, year, lang), timeline.table(activities, lang)
    return Chart(
        "timeline", timeline.title(activities, year, lang), body, alt, rows, "Activiteiten"
    )


def pager(page: int, last_page: int, of: int, lang: str) -> str:
    """Return the pagination of a list: the activities on screen, and a button for each page.

    Args:
        page: on screen, from 1.
        last_page: how many there are.
        of: how many activities stand on all of them.
        lang: the reader's language.
    """
    first, last = (
        formatting.number(n, lang) for n in ((page - 1) * A_PAGE + 1, min(page * A_PAGE, of))
    )
    said = escape(
        translate(lang, "pager.said", first=first, last=last, of=formatting.number(of, lang))
    )
    buttons = "".join(_to(number, number == page, lang) for number in range(1, last_page + 1))
    return (
        f'<div class="a-pager" role="group" aria-label="{escape(translate(lang, "pager.name"))}">'
        f"<span>{said}</span>{buttons}</div>"
    )


def _to(number: int, current: bool, lang: str) -> str:
    here = ' aria-current="page"' if current else ""
    said = escape(translate(lang, "pager.to", page=number))
    return (
        f'<button type="button" class="a-button" data-choose="blad={number}" '
        f'aria-label="{said}"{here}>{number}</button>'
    )
