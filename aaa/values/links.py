"""What a name leads to. An output writes the address in its own way."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Kind(StrEnum):
    """What can be opened; the value is its name in an address."""

    ACTIVITY = "activiteit"
    PARTNER = "partner"
    THEME = "thema"
    PAGE = "blad"  # of a long list


@dataclass(frozen=True)
class Link:
    """What a name opens, by its code."""

    kind: Kind
    code: str


PROGRAMME = "programma"  # the code of the calendar of all activities
_THEME = "thema-"


def calendar_of_theme(code: str) -> str:
    """Return the code of a theme's calendar."""
    return f"{_THEME}{code}"


def calendar_of_partner(code: str) -> str:
    """Return the code of a partner's calendar: the partner's own, with a prefix where
    that is the code of another calendar.
    """
    return f"partner-{code}" if code == PROGRAMME or code.startswith((_THEME, "partner-")) else code
