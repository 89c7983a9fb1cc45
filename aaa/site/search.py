"""What the search field finds: a line for each page, activity, partner, theme, ambition, result and
decision.
"""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from aaa.figures import timeline
from aaa.site.copied import ACTIVITIES, MENU, PARTNERS, Copied
from aaa.words import wording


def script(copied: Copied) -> str:
    """Return the index as a script, because a browser does not let a page on a file share fetch
    anything else.
    """
    lines = [list(line) for line in _lines(copied)]
    return f"window.aaaSearch={json.dumps(lines, ensure_ascii=True, separators=(',', ':'))};"


def _lines(copied: Copied) -> Iterator[tuple[str, str, str, str]]:
    """Return for each line what it is, what it is called, where it stands (from the folder of the
    language), and what else is searched.
    """
    programme, lang = copied.taken.whole, copied.lang
    for file, name in MENU:
        yield copied.text("search.page"), copied.text(name), f"{file}.html", ""
    for row in programme.partners.itertuples(index=False):
        spellings = " ".join(
            key for key, shown in programme.spellings.items() if shown == row.partner
        )
        yield (
            wording.kind(row.kind, lang),
            row.partner,
            f"{PARTNERS}/{row.code}.html",
            _joined(row.full_name, spellings),
        )
    for row in programme.activities.itertuples(index=False):
        nr = f"{row.nr} " if isinstance(row.nr, str) else ""
        people = " ".join((*row.leads, *row.partners))
        more = _joined(
            row.theme, row.topic, row.description, row.note, row.period, row.forecast, people
        )
        yield (
            wording.text(row.theme, lang, "theme.unknown"),
            f"{nr}{timeline.title_words(row)}",
            f"{ACTIVITIES}/{row.ref}.html",
            more,
        )
    for row in programme.themes.itertuples(index=False):
        yield copied.text("column.theme"), row.theme, "themas.html", _joined(row.description)
    for row in programme.ambitions.dropna(subset="ambition").itertuples(index=False):
        yield copied.text("search.ambition"), row.ambition, "ambities.html", _joined(row.source)
    for frame, kind, column in (
        (programme.results, "search.result", "title"),
        (programme.decisions, "search.decision", "text"),
        (programme.communication, "search.communication", "title"),
        (programme.international, "search.international", "track"),
    ):
        for found in frame.dropna(subset=column).to_dict("records"):
            yield (
                copied.text(kind),
                str(found[column]),
                "programma.html",
                _joined(found.get("description")),
            )


def _joined(*parts: Any) -> str:
    return " ".join(part for part in parts if isinstance(part, str) and not pd.isna(part))
