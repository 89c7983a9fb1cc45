"""Match the rows of a later version of a sheet with those of the earlier version."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from aaa.values import names
from aaa.workbook import schema

# The keys that identify a row of each sheet, the most reliable first; and in _FUZZY the text column
# for a fuzzy match of the rows that are left.
_SURE: dict[str, tuple[tuple[str, ...], ...]] = {
    "activities": (("nr", "title"), ("title", "topic"), ("title",), ("nr",)),
    "costs": (("line",), ("total", *schema.FUNDER_COLUMNS.values())),
    "themes": (("theme",),),
    "partners": (("partner",), ("full_name", "website")),
    "ambitions": (("ambition",), ("nr",)),
    "commitments": (
        ("line", "funder", "certainty", "partner", "amount"),
        ("line", "funder", "partner", "amount"),
        ("line", "funder", "partner", "certainty"),
        ("line", "funder", "amount"),
    ),
    "spending": (
        ("date", "line", "funder", "kind", "description", "amount"),
        ("date", "line", "funder", "kind", "description"),
        ("line", "description", "amount"),
        ("date", "line", "funder", "kind", "amount"),
    ),
    "measurements": (("ambition", "rung", "date", "value"), ("ambition", "rung", "date")),
    "meetings": (("date", "meeting"), ("date",), ("meeting",)),
    "decisions": (("text", "date"), ("text",)),
    "results": (("title", "year"), ("title",)),
    "communication": (("title", "kind"), ("title",)),
    "international": (("track",),),
}  # fmt: skip
_FUZZY = {
    "activities": "title",
    "costs": "line",
    "themes": "theme",
    "partners": "partner",
    "ambitions": "ambition",
    "decisions": "text",
    "results": "title",
}
LISTS = tuple(name for name in _SURE if name != "activities")

_ALIKE = 80  # similarity in percent from which a text was probably edited, not replaced
_MOST_ALIKE = 400  # unmatched rows in either version; with more there is no fuzzy match


def plain(value: Any) -> Any:
    """Return the value, or None for any kind of missing value: NaN does not equal itself."""
    if isinstance(value, str | tuple):
        return value
    return None if value is None or pd.isna(value) else value


def rows(sheet: str, before: pd.DataFrame, after: pd.DataFrame) -> dict[int, int]:
    """Pair the rows of a sheet in two versions.

    Args:
        sheet: its English name.
        before: its frame in the earlier version.
        after: its frame in the later one.

    Returns:
        As `pairs` does.

    Source: definition V2.
    """
    return pairs(before, after, _SURE[sheet], _FUZZY.get(sheet))


def by_title(before: pd.DataFrame, after: pd.DataFrame) -> dict[int, int]:
    """Pair activities of two years, whose numbers alone say nothing; arguments and result as of
    `pairs`.
    """
    keys = tuple(columns for columns in _SURE["activities"] if columns != ("nr",))
    return pairs(before, after, keys, _FUZZY["activities"])


def pairs(
    before: pd.DataFrame,
    after: pd.DataFrame,
    exact_keys: Sequence[Sequence[str]],
    fuzzy_column: str | None = None,
) -> dict[int, int]:
    """Pair the rows of two versions.

    Args:
        before: the sheet in the earlier version.
        after: the same in the later one, with the same columns.
        exact_keys: keys, each of one or more columns, the most reliable first. Rows that are equal
            in all these columns, filled or not, are paired first. Then each key in turn pairs the
            rows that are left; it skips rows in which all its columns are empty. Of rows with equal
            keys, the first is paired with the first.
        fuzzy_column: a text column; rows that are still left are paired by a fuzzy match of their
            texts, the most similar first.

    Returns:
        A mapping from the position of a row in `after` to its position in `before`, without rows
        that were added or removed.
    """
    found: dict[int, int] = {}
    every = tuple(dict.fromkeys(column for columns in exact_keys for column in columns))
    was, now = ({c: _keys(frame[c]) for c in every} for frame in (before, after))
    for columns in (every, *exact_keys):
        taken = set(found.values())
        free: dict[tuple[Any, ...], deque[int]] = {}
        for place, key in enumerate(zip(*(was[c] for c in columns), strict=True)):
            if place not in taken and (columns is every or any(part is not None for part in key)):
                free.setdefault(key, deque()).append(place)
        for place, key in enumerate(zip(*(now[c] for c in columns), strict=True)):
            if place not in found and free.get(key):
                found[place] = free[key].popleft()
    if fuzzy_column is not None:
        found |= _fuzzy_pairs(before[fuzzy_column], after[fuzzy_column], found)
    return found


def _keys(column: pd.Series) -> list[Any]:
    """Return the values of a column, texts as the keys that they are compared by."""
    values = map(plain, column.tolist())
    return [names.key(value) if isinstance(value, str) else value for value in values]


def _fuzzy_pairs(before: pd.Series, after: pd.Series, found: Mapping[int, int]) -> dict[int, int]:
    """Pair the rows that are left by a fuzzy match."""
    taken = set(found.values())
    was = {
        place: names.key(text)
        for place, text in enumerate(before)
        if place not in taken and isinstance(text, str)
    }
    now = {
        place: names.key(text)
        for place, text in enumerate(after)
        if place not in found and isinstance(text, str)
    }
    if not was or not now or max(len(was), len(now)) > _MOST_ALIKE:
        return {}
    likeness = process.cdist(
        list(now.values()), list(was.values()), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    close = sorted(
        (
            (-likeness[a, b], a, b)
            for a in range(len(now))
            for b in range(len(was))
            if likeness[a, b]
        ),
        key=lambda one: one[0],
    )
    here, there = list(now), list(was)
    made: dict[int, int] = {}
    given: set[int] = set()
    for _, a, b in close:
        if here[a] not in made and there[b] not in given:
            made[here[a]] = there[b]
            given.add(there[b])
    return made
