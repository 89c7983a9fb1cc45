"""What changed, told in sentences by group."""

from collections.abc import Sequence

import pandas as pd

from aaa.figures.chart import Chart, Column, Table
from aaa.figures.drawings import Sentences, Told
from aaa.history import events, sentences
from aaa.history.changes import Group
from aaa.history.events import Event
from aaa.words.texts import translate
from aaa.workbook import schema

_MONEY = (Group.MONEY, Group.COMMITMENTS)


def chart(found: Sequence[Event], since: str, lang: str) -> Chart:
    """Tell what happened, each group under its heading with its number.

    Args:
        found: as `events.between` returns them, in the reader's language.
        since: the words for the version compared with: `19 juni 2025 (Regiegroep juni)`.
        lang: the reader's language.
    """
    groups = events.grouped(found)
    told = {
        group: tuple(sentences.event(one, lang) for one in mine) for group, mine in groups.items()
    }
    frame = pd.DataFrame(
        [(sentences.group(group, lang), one) for group, mine in told.items() for one in mine],
        columns=["group", "change"],
    )
    heads = (Column(translate(lang, "column.subject")), Column(translate(lang, "column.change")))
    single = events.euros(found)
    drawn = tuple(
        Told(sentences.heading(group, len(mine), lang), mine, sentences.sums(group, single, lang))
        for group, mine in told.items()
    )
    heading = title(found, since, lang)
    sheets = [
        sheet.title for sheet in schema.SHEETS if any(one.sheet == sheet.name for one in single)
    ]
    said = "; ".join(one.heading for one in drawn)
    return Chart(
        "changes",
        heading,
        Sentences(drawn),
        f"{heading}. {said}" if said else heading,
        Table(frame, heads),
        ", ".join(sheets) or schema.sheet("activities").title,
    )


def title(found: Sequence[Event], since: str, lang: str) -> str:
    """Return the title: the two heaviest things that happened, then how much was finished."""
    if not found:
        return translate(lang, "changes.title_none", since=since)
    counts = (
        ("changes.title_asked", sum(one.group is Group.ASKED for one in found)),
        ("changes.title_red", sum(one.group is Group.RED for one in found)),
        ("changes.title_overspent", len(_overspent(found))),
        ("changes.title_money", sum(one.group in _MONEY for one in found)),
        ("changes.title_moved", sum(one.group is Group.MOVED for one in found)),
        ("changes.title_dropped", sum(one.group is Group.DROPPED for one in found)),
    )
    parts = [translate(lang, key, n=count) for key, count in counts if count][:2]
    if finished := sum(one.group is Group.FINISHED for one in found):
        parts.append(translate(lang, "changes.title_finished", n=finished))
    if not parts:
        parts = [translate(lang, "changes.title_rest", n=len(found))]
    return translate(lang, "changes.title", since=since, events=", ".join(parts))


def _overspent(found: Sequence[Event]) -> set[tuple[object, object]]:
    """Return the cost lines and funders of which more is paid than was estimated."""
    over = (one.told.row for one in found if one.group is Group.OVERSPENT)
    return {(row["line"], row["funder"]) for row in over}
