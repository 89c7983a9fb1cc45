"""Normalise names, so that two spellings compare equal, and fuzzy match misspelt names."""

import bisect
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

_CLOSE = 70  # similarity in percent from which a name was probably meant
_SLIP = 80  # similarity in percent from which only letters were mistyped
_LIKE = 80  # similarity in percent from which a name is offered as a suggestion
_LONGEST_CODE = 80  # characters; a code is also used as a file name
_WORD_ENDS = re.compile(r"(?<=\w\w)\b(?=\W)")  # of names of two letters or more
_LONGEST_KEPT = 200  # characters of a text that is remembered; longer ones do not recur
# The characters of the Unicode categories Cc and Cf, for a regular expression: zero-width and
# control characters, which copying from a web page leaves behind. Two kinds of them are part of an
# emoji and stand apart: a joiner makes one family of four persons, tags make a flag of a country.
_JOINER, _TAGS = r"\u200d", r"\U000e0020-\U000e007f"
_CONTROL = (
    r"\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e"
    r"\u200b-\u200c\u200e-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
)
_EMOJI = r"\u2190-\u2bff\U0001f000-\U0001faff"
_FLAG = "\U0001f3f4"
_STRAY = rf"[{_CONTROL}]|(?<![{_EMOJI}\ufe0f]){_JOINER}|{_JOINER}(?![{_EMOJI}])"
_INVISIBLE = re.compile(rf"{_STRAY}|[{_TAGS}]")
_INVISIBLE_BESIDE_FLAGS = re.compile(
    rf"(?P<part>(?<={_FLAG})[{_TAGS}]+\U000e007f)|{_STRAY}|[{_TAGS}]"
)
# spaces that may break, and the ends of lines and paragraphs
_BREAKS = re.compile(r"[^\S\u00a0\u202f\u2007]+")
_BLANK = re.compile(rf"[\s{_CONTROL}{_JOINER}{_TAGS}]*")


def blank(text: str) -> bool:
    """Tell whether a person sees nothing: spaces and invisible characters only."""
    return _BLANK.fullmatch(text) is not None


def tidy(text: str) -> str:
    """Return `text` without invisible characters, with whitespace trimmed and collapsed to single
    spaces.
    """
    return _tidy(text) if len(text) <= _LONGEST_KEPT else _tidy.__wrapped__(text)


@lru_cache(maxsize=8192)  # cells are looked up several times, and most words recur
def _tidy(text: str) -> str:
    spaced = " ".join(text.split())
    # fast path for nearly every cell: no invisible characters
    if spaced.isprintable():
        return spaced
    if _FLAG in spaced:
        visible = _INVISIBLE_BESIDE_FLAGS.sub(lambda found: found["part"] or "", spaced)
    else:
        visible = _INVISIBLE.sub("", spaced)
    return " ".join(visible.split())


def key(text: str) -> str:
    """Return the comparison key of a name: tidied, NFKC-normalised and case-folded."""
    return _key(text) if len(text) <= _LONGEST_KEPT else _key.__wrapped__(text)


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
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


class Choices:
    """Names to choose from, as they are compared."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_key = {key(name): name for name in names}
        self.in_order = sorted(self.by_key)


class Known(dict[str, str]):
    """Known names by their key, with a budget of comparisons for fuzzy matching.

    The budget keeps a workbook full of unknown names readable in seconds: when it is spent, the
    search for nearest names stops.
    """

    effort = 1_000_000  # comparisons of two names

    @cached_property
    def choices(self) -> Choices:
        """Return the keys as choices; nobody adds a name after the first look."""
        return Choices(self)


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known name that `text` was probably meant to be, or None when nothing
    comes close.
    """
    if isinstance(known, Known):
        known.effort -= len(known)
        if known.effort < 0:
            return None
        choices = known.choices
    else:
        choices = _choices(tuple(known))
    typed = key(text[:100])
    close = process.extractOne(typed, choices.by_key.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    found = close[0] if close else _with_a_tail(typed, choices)
    return choices.by_key[found] if found else None


def alike(one: str, other: str) -> bool:
    """Tell whether two names differ by a slip of the pen only."""
    return fuzz.ratio(key(one[:_LONGEST_KEPT]), key(other[:_LONGEST_KEPT])) >= _SLIP


def _with_a_tail(text: str, choices: Choices) -> str | None:
    """Return the one name that is a text with more words behind it, or the other way round:
    `Activiteiten - Tabel 1` is too long to be similar to `Activiteiten`.
    """
    found = {text[: end.start()] for end in _WORD_ENDS.finditer(text)} & choices.by_key.keys()
    for place in range(bisect.bisect(choices.in_order, text), len(choices.in_order)):
        longer = choices.in_order[place]
        if not longer.startswith(text) or len(found) > 1:
            break
        if not longer[len(text)].isalnum():
            found.add(longer)
    return found.pop() if len(found) == 1 else None


def nearest_ones(text: str, known: Iterable[str], most: int) -> list[str]:
    """Return the known names that are similar to `text` or contain it, best match first, as
    suggestions for a person.
    """
    by_key = _choices(tuple(known)).by_key
    found = process.extract(
        key(text[:100]), by_key.keys(), scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=most
    )
    return [by_key[name] for name, *_ in found]


@lru_cache(maxsize=16)
def _choices(known: tuple[str, ...]) -> Choices:
    return Choices(known)


def on_one_line(text: str) -> str:
    """Return a text on one line, without spaces around it; a space that must not break stays one:
    `€ 12.000` stands on one line.
    """
    return _BREAKS.sub(" ", text).strip()
