"""Normalise names, so that two spellings compare equal, and fuzzy match misspelt names."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

_CLOSE = 70  # similarity in percent from which a name was probably meant
_LIKE = 55  # similarity in percent from which a name is offered as a suggestion
_LONGEST_CODE = 80  # characters; a code is also used as a file name
_SPACE = re.compile(r"\s+")
# zero-width and control characters, which copying from a web page leaves behind
_INVISIBLE = {"Cf", "Cc"}


@lru_cache(maxsize=8192)  # cells are looked up several times, and most words recur
def tidy(text: str) -> str:
    """Return `text` without invisible characters, with whitespace trimmed and collapsed to single
    spaces.
    """
    # fast path for nearly every cell: no invisible characters, and no whitespace but plain spaces
    if text.isprintable():
        return " ".join(text.replace("_x000D_", " ").split())
    spaced = "".join(" " if c.isspace() else c for c in text.replace("_x000D_", " "))
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
    return _SPACE.sub(" ", visible).strip()


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return the comparison key of a name: tidied, NFKC-normalised and case-folded."""
    return tidy(unicodedata.normalize("NFKC", text)).casefold()


def code(text: str) -> str:
    """Return a stable slug of `text` for a URL: `DC Terra` becomes `dc-terra`. A long slug is
    truncated and ends in a hash, so that it stays distinct.
    """
    plain = unicodedata.normalize("NFKD", tidy(text)).encode("ascii", "ignore").decode()
    whole = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "x"
    return (
        whole
        if len(whole) <= _LONGEST_CODE
        else f"{whole[: _LONGEST_CODE - 9]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"
    )


class Known(dict[str, str]):
    """Known names by their key, with a budget of comparisons for fuzzy matching.

    The budget keeps a workbook full of unknown names readable in seconds: when it is spent, the
    search for nearest names stops.
    """

    effort = 3_000_000  # comparisons of two names


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known name that `text` was probably meant to be, or None when nothing
    comes close.
    """
    choices = tuple(known)
    if isinstance(known, Known):
        known.effort -= len(choices)
        if known.effort < 0:
            return None
    by_key = _by_key(choices)
    close = process.extractOne(
        key(text[:100]), by_key.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE
    )
    return by_key[close[0]] if close else None


def nearest_ones(text: str, known: Iterable[str], most: int) -> list[str]:
    """Return the known names that are similar to `text` or contain it, best match first, as
    suggestions for a person.
    """
    by_key = _by_key(tuple(known))
    found = process.extract(
        key(text[:100]), by_key.keys(), scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=most
    )
    return [by_key[name] for name, *_ in found]


@lru_cache(maxsize=16)
def _by_key(known: tuple[str, ...]) -> dict[str, str]:
    return {key(name): name for name in known}
