"""When two spellings are the same name, and which known name a misspelt one was meant to be."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

_CLOSE = 70  # percents of likeness from which a name was probably meant
_LIKE = 55  # from which it is worth offering
_LONGEST_CODE = 80  # letters: a code is the name of a file too
_SPACE = re.compile(r"\s+")
# zero-width and control characters, which copying from a web page leaves behind
_INVISIBLE = {
    "Cf",
    "Cc",
}


@lru_cache(maxsize=8192)  # one cell is asked for several times, and most words stand in many cells
def tidy(text: str) -> str:
    """Return `text` as a person reads it: no invisible characters, single spaces, none
    at the ends.
    """
    # no invisible character, no space but the usual one; true of nearly every cell
    if text.isprintable():
        return " ".join(text.replace("_x000D_", " ").split())
    spaced = "".join(" " if c.isspace() else c for c in text.replace("_x000D_", " "))
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
    return _SPACE.sub(" ", visible).strip()


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return the form in which two spellings of one name are equal: tidy, without case or width."""
    return tidy(unicodedata.normalize("NFKC", text)).casefold()


def code(text: str) -> str:
    """Return `text` as a stable code for an address: `DC Terra` becomes `dc-terra`; a long one is
    cut, and told apart by a fingerprint.
    """
    plain = unicodedata.normalize("NFKD", tidy(text)).encode("ascii", "ignore").decode()
    whole = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "x"
    return (
        whole
        if len(whole) <= _LONGEST_CODE
        else f"{whole[: _LONGEST_CODE - 9]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"
    )


class Known(dict[str, str]):
    """Known names by their key, with the effort left for finding the nearest one to a misspelt
    name.

    A workbook full of unknown names is read in seconds all the same: after the effort nothing is
    looked for any more.
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
    """Return the known names that look like `text`, or hold it, the likeliest first; for a person
    to choose from.
    """
    by_key = _by_key(tuple(known))
    found = process.extract(
        key(text[:100]), by_key.keys(), scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=most
    )
    return [by_key[name] for name, *_ in found]


@lru_cache(maxsize=16)
def _by_key(known: tuple[str, ...]) -> dict[str, str]:
    return {key(name): name for name in known}
