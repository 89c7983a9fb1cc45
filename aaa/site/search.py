"""What the search field finds: a line for each page, activity, partner, theme, ambition, result and
decision.
"""

import json
from collections.abc import Iterator

from aaa.metrics import rows
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
    for one in rows.partners(programme.partners):
        spellings = (key for key, shown in programme.spellings.items() if shown == one.partner)
        yield (
            wording.kind(one.kind, lang),
            one.partner,
            f"{PARTNERS}/{one.code}.html",
            _joined(one.full_name, *spellings),
        )
    for row in rows.activities(programme):
        people = " ".join((*row.leads, *row.partners))
        more = _joined(
            row.theme, row.topic, row.description, row.note, row.period, row.forecast, people
        )
        yield (
            wording.text(row.theme, lang, "theme.unknown"),
            row.name,
            f"{ACTIVITIES}/{row.ref}.html",
            more,
        )
    for theme, description in zip(
        programme.themes["theme"], rows.known(programme.themes["description"]), strict=True
    ):
        yield copied.text("column.theme"), theme, "themas.html", _joined(description)
    for aim in rows.ambitions(programme.ambitions):
        yield copied.text("search.ambition"), aim.ambition, "ambities.html", _joined(aim.source)
    for frame, kind, column in (
        (programme.results, "search.result", "title"),
        (programme.decisions, "search.decision", "text"),
        (programme.communication, "search.communication", "title"),
        (programme.international, "search.international", "track"),
    ):
        said = rows.known(frame["description"]) if "description" in frame else [None] * len(frame)
        for name, words in zip(rows.known(frame[column]), said, strict=True):
            if name is not None:
                yield copied.text(kind), name, "programma.html", _joined(words)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
