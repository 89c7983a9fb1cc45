"""Partners that were given another name between two versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from aaa.values import names
from aaa.workbook import matching
from aaa.workbook.programme import Programme

# The columns that hold the name of a partner, or names of them.
_NAMED = {
    "partners": ("partner",),
    "activities": ("leads", "partners"),
    "commitments": ("partner",),
}


def partners(before: Programme, after: Programme) -> dict[str, str]:
    """Return the partners that have another name now: the old name, and the new one.

    A name is another name of the same partner when its row on the register is the same one, or when
    it took the place of the old name in every activity. A name that there was before, or that there
    is still, is no other name.

    Args:
        before: the earlier version.
        after: the later one.

    Source: the sheets 'Partners' and 'Activiteiten' of both versions; definition V6.
    """
    was, now = (one.partners["partner"].tolist() for one in (before, after))
    both = set(was) & set(now)
    gone = _unknown([one for one in was if one not in both], after)
    new = _unknown([one for one in now if one not in both], before)
    if not gone or not new:
        return {}
    register = matching.rows("partners", before.partners, after.partners)
    same = {was[old]: now[place] for place, old in register.items()}
    rows = matching.rows("activities", before.activities, after.activities)
    uses = _uses(before.activities, {old: place for place, old in rows.items()})
    uses_now = _uses(after.activities, dict(zip(rows, rows, strict=True)))
    left = dict.fromkeys(new)
    by_use: dict[frozenset[tuple[int, str]], list[str]] = {}
    for one in new:
        if one in uses_now:
            by_use.setdefault(uses_now[one], []).append(one)
    found: dict[str, str] = {}
    for one in gone:
        alike = by_use.get(uses[one], []) if one in uses else []
        other = same.get(one) or (alike[0] if len(alike) == 1 else None)
        if other is not None and other in left:
            found[one] = other
            del left[other]
    return found


def _unknown(candidates: Sequence[str], programme: Programme) -> list[str]:
    """Return the names that mean no partner in a programme, but for what earlier versions tell."""
    if not candidates:
        return []
    learnt = {names.key(old) for old in programme.former}
    known = {names.key(one) for one in programme.partners["partner"]}
    known |= set(programme.spellings) - learnt
    return [one for one in candidates if names.key(one) not in known]


def _uses(
    activities: pd.DataFrame, places: Mapping[int, int]
) -> dict[str, frozenset[tuple[int, str]]]:
    """Return for each name in which activities it stands, by their place in the later version, and
    in which column.
    """
    found: dict[str, set[tuple[int, str]]] = {}
    for column in _NAMED["activities"]:
        for row, cell in enumerate(activities[column]):
            for name in cell:
                found.setdefault(name, set()).add((places.get(row, -1 - row), column))
    return {name: frozenset(where) for name, where in found.items()}


def applied(programme: Programme, renamed: Mapping[str, str]) -> Programme:
    """Return a programme in which partners have their later names.

    Args:
        programme: the earlier version.
        renamed: as `partners` returns it.
    """
    if not renamed:
        return programme
    frames = {}
    for sheet, columns in _NAMED.items():
        frame = getattr(programme, sheet)
        changed = {
            column: frame[column].map(lambda one: _named(one, renamed)) for column in columns
        }
        frames[sheet] = frame.assign(
            **{name: one.astype(frame[name].dtype) for name, one in changed.items()}
        )
    return replace(programme, **frames)


def _named(value: object, renamed: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(renamed.get(one, one) for one in value)
    return renamed.get(value, value) if isinstance(value, str) else value


def remembered(programme: Programme, former: Mapping[str, str]) -> Programme:
    """Return a programme that knows its partners by the names that they had, so that old links
    and calendars answer; a name that means a partner of its own keeps its meaning.

    Args:
        programme: as read.
        former: old names, and the names of now.
    """
    there = set(programme.partners["partner"])
    known = {
        old: new
        for old, new in former.items()
        if new in there and names.key(old) not in programme.spellings
    }
    if not known:
        return programme
    spellings = {**programme.spellings, **{names.key(old): new for old, new in known.items()}}
    codes = _first_codes(programme, known)
    return replace(
        programme,
        spellings=spellings,
        former=known,
        partners=programme.partners.assign(code=codes),
    )


def _first_codes(programme: Programme, former: Mapping[str, str]) -> list[str]:
    """Return the codes of the partners: a partner keeps the code of the first name that it had."""
    first: dict[str, str] = {}
    for old, new in former.items():
        first.setdefault(new, names.code(old))
    own = list(programme.partners["code"])
    partners = zip(programme.partners["partner"], own, strict=True)
    return [
        first[name] if name in first and first[name] not in own else code for name, code in partners
    ]


def former(before: Programme, after: Programme) -> dict[str, str]:
    """Return all names that partners had before, and their names of now; arguments as of
    `partners`.
    """
    new = partners(before, after)
    return {old: new.get(name, name) for old, name in before.former.items()} | new
