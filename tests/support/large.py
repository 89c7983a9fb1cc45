"""A programme of any size, made of the invented example: more of the same, so that cost can be set
against size.
"""

import functools
from typing import Any

from aaa.writing import contents, writer

PARTNERS = 60
_PER_THEME = 250  # activities


@functools.cache
def workbook(activities: int, partners: int = PARTNERS) -> bytes:
    """Return a workbook with this many activities and partners; every list grows with the
    activities.

    Args:
        activities: how many; as many as the example has give the example itself.
        partners: at least as many as the example has.
    """
    return writer.write(_grown(activities, partners), contents.guide())


def _grown(activities: int, partners: int) -> contents.Contents:
    whole = contents.example_2025()
    usual = whole["Activiteiten"]
    if activities <= len(usual):
        return whole
    times = activities / len(usual)
    whole["Partners"] = _more(
        whole["Partners"],
        partners,
        lambda row, n: {"Partner": f"{row['Partner']} {n}", "Ook bekend als": None},
    )
    known = [row["Partner"] for row in whole["Partners"]]
    themes = max(len(whole["Themas"]), activities // _PER_THEME)
    whole["Themas"] = _more(
        whole["Themas"], themes, lambda row, n: {"Thema": f"{row['Thema']} {n}", "Volgorde": n}
    )
    spread = [row["Thema"] for row in whole["Themas"]]

    def activity(row: contents.Row, n: int) -> contents.Row:
        some = {
            "Partners": "; ".join(known[(n * 7 + k) % len(known)] for k in range(3)),
            "Trekker": known[n * 3 % len(known)],
        }
        return some | {
            "Nr": f"{n % len(spread) + 1}.{n // len(spread) + 100}",
            "Activiteit": f"{row['Activiteit']}, deel {n}",
            "Thema": spread[n % len(spread)],
        }

    whole["Activiteiten"] = _more(usual, activities, activity)
    for title in ("Uitgaven", "Besluiten", "Metingen", "Resultaten"):
        if rows := whole.get(title):
            whole[title] = _more(
                rows, min(int(len(rows) * times), activities // 4), lambda row, n: {}
            )
    return whole


def _more(rows: list[contents.Row], count: int, change: Any) -> list[contents.Row]:
    """Return the rows, repeated with a change until there are this many."""
    return [
        *rows,
        *(
            _dutch(row) | change(row, n)
            for n in range(len(rows), count)
            for row in (rows[n % len(rows)],)
        ),
    ]


def _dutch(row: contents.Row) -> contents.Row:
    """Return a row without its translations, which are of the words that are changed."""
    return {heading: value for heading, value in row.items() if not heading.endswith("(EN)")}
