r"""Number formats of a cell, read by their grammar (ECMA-376 part 1, 18.8.31): whether it shows a
date, a duration or a percentage.

A format has up to four sections, separated by `;`. Text in quotes, a character after a backslash,
the width of a character after `_`, a fill after `*` and what stands in brackets are no codes: in
`0" %"` and `0\%` the sign is only shown, while `0%` multiplies by a hundred.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_LONGEST = 1000  # characters that are looked at; Excel allows 255
_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"?|\\.?)|(?P<blank>[_*].?)|(?P<bracket>\[[^\]]*\]?)|(?P<next>;)"""
    r"""|(?P<general>general|standaard)|(?P<noon>am/pm|a/p)|(?P<power>e[+-])|(?P<code>.)""",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_DATES = frozenset("dmyhs")


class Percent(StrEnum):
    """How a cell shows its number as a percentage."""

    NOT = ""
    SCALED = "scaled"  # 0.5 is shown as 50%
    SHOWN = "shown"  # 50 is shown as 50 %


@dataclass(frozen=True)
class _Section:
    codes: str  # the characters that are codes, in small letters
    shown: str  # the text between them
    elapsed: bool
    condition: tuple[str, float] | None


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    found: list[_Section] = []
    codes, shown, elapsed, condition = "", "", False, None
    for token in _TOKEN.finditer(f"{code[:_LONGEST]};"):
        kind, said = token.lastgroup, token[0]
        if kind == "next":
            found.append(_Section(codes, shown, elapsed, condition))
            codes, shown, elapsed, condition = "", "", False, None
        elif kind == "text":
            shown += said.strip('"').removeprefix("\\")
        elif kind == "bracket":
            elapsed = elapsed or _ELAPSED.fullmatch(said) is not None
            if limit := _CONDITION.fullmatch(said):
                condition = limit[1], float(limit[2])
            elif said.startswith("[$"):
                shown += said[2:].rstrip("]").split("-")[0]
        elif kind == "noon":
            codes += "h"
        elif kind == "code":
            codes += said.lower()
    return tuple(found)


def is_duration(code: str) -> bool:
    """Tell whether a format shows elapsed time, such as `[h]:mm`."""
    return any(section.elapsed for section in _sections(code))


def is_date(code: str) -> bool:
    """Tell whether a format shows a date or a time of day."""
    return not is_duration(code) and not _DATES.isdisjoint(_sections(code)[0].codes)


def percent(code: str, value: float) -> Percent:
    """Return how a format shows a value as a percentage, by the section that is for the value."""
    section = _for_value(_sections(code), value)
    if "%" in section.codes:
        return Percent.SCALED
    # `#,##0" (5% btw)"` speaks of a percentage, but shows none
    return Percent.SHOWN if section.shown.lstrip().startswith("%") else Percent.NOT


def _for_value(sections: tuple[_Section, ...], value: float) -> _Section:
    numbers = sections[:3]  # a fourth is for texts
    if any(section.condition for section in numbers):
        for section in numbers:
            if section.condition and _COMPARE[section.condition[0]](value, section.condition[1]):
                return section
        return next((one for one in reversed(numbers) if one.condition is None), numbers[-1])
    if value < 0 and len(numbers) > 1:
        return numbers[1]
    return numbers[2] if value == 0 and len(numbers) > 2 else numbers[0]
