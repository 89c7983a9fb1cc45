"""Which row of a later version of a sheet is which row of the earlier one."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from aaa.values import names

_ALIKE = 80  # percents of likeness from which a text was probably typed anew rather than replaced
_MOST_ALIKE = 400  # rows left over on either side up to which likenesses are looked for


def plain(value: Any) -> Any:
    """Return a value that equals itself, whatever kind of unknown it was: that is None."""
    if isinstance(value, tuple):
        return value
    return None if value is None or pd.isna(value) else value


def pairs(
    before: pd.DataFrame,
    after: pd.DataFrame,
    sure_by: Sequence[Sequence[str]],
    alike_by: str | None = None,
) -> dict[int, int]:
    """Pair the rows of two versions.

    Args:
        before: the sheet in the earlier version.
        after: the same in the later one, with the same columns.
        sure_by: columns by which two rows are the same, the surest first; a row is paired by the
            first that finds it a partner, after rows that are the same in all of them, filled or
            not. Rows that have none of these columns filled are not paired by them; of equal rows
            the first goes with the first.
        alike_by: a column of text; rows left over whose texts are nearly the same are paired as
            well, the likest first.

    Returns:
        From the place of a row in `after` to its place in `before`; rows that came or went are not
        in it.
    """
    found: dict[int, int] = {}
    every = tuple(dict.fromkeys(column for columns in sure_by for column in columns))
    for columns in (every, *sure_by):
        taken = set(found.values())
        free: dict[tuple[Any, ...], list[int]] = {}
        for place, key in enumerate(_keys(before, columns)):
            if place not in taken and (columns is every or any(part is not None for part in key)):
                free.setdefault(key, []).append(place)
        for place, key in enumerate(_keys(after, columns)):
            if place not in found and free.get(key):
                found[place] = free[key].pop(0)
    if alike_by is not None:
        found |= _alike(before[alike_by], after[alike_by], found)
    return found


def _keys(frame: pd.DataFrame, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    return [
        tuple(map(_key, row))
        for row in zip(*(frame[column].tolist() for column in columns), strict=True)
    ]


def _key(value: Any) -> Any:
    value = plain(value)
    return names.key(value) if isinstance(value, str) else value


def _alike(before: pd.Series, after: pd.Series, found: Mapping[int, int]) -> dict[int, int]:
    """Pair what is left over by likeness."""
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
    for _, a, b in close:
        if here[a] not in made and there[b] not in made.values():
            made[here[a]] = there[b]
    return made
