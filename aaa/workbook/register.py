"""The partner register: the spellings of each partner, and the spellings that are ambiguous."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aaa.values import names

_ALIAS_SPLIT = re.compile(r"[;\n\r]+")


@dataclass(frozen=True)
class Clash:
    """A spelling that two rows of the register claim; it belongs to the first row."""

    row: int
    spelling: str
    first: str


@dataclass(frozen=True)
class Register:
    """The known spellings.

    Attributes:
        known: maps the `names.key` of every spelling to the name shown.
        clashes: the spellings that two rows claim, each with the later row.
    """

    known: Mapping[str, str]
    clashes: tuple[Clash, ...]


def aliases(cell: str | None) -> tuple[str, ...]:
    """Split a cell `Ook bekend als`: on `;` and line breaks only, because a name may hold a comma
    or a slash.
    """
    return tuple(alias for alias in map(names.tidy, _ALIAS_SPLIT.split(cell or "")) if alias)


def build(rows: Iterable[tuple[int, str, str | None, str | None]]) -> Register:
    """Build the register.

    Args:
        rows: row number, name shown, full name and aliases as typed, for each partner.

    Returns:
        The register. Names shown take precedence over aliases, so that no alias replaces a name.
    """
    rows = list(rows)
    known: dict[str, str] = {}
    for _, shown, _, _ in rows:
        known.setdefault(names.key(shown), shown)
    clashes: list[Clash] = []
    for row, shown, full, typed in rows:
        for spelling in aliases(typed):
            owner = known.setdefault(names.key(spelling), shown)
            if names.key(owner) != names.key(shown):
                clashes.append(Clash(row, spelling, owner))
        if full:
            known.setdefault(names.key(full), shown)
    return Register(known, tuple(clashes))
