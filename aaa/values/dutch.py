"""A text that is Dutch, or quotes one, on an English screen; HTML marks its language."""

from collections.abc import Iterable


class Dutch(str):
    """A text with Dutch in it. What cuts or joins it as any other text loses the mark, never the
    words.

    Attributes:
        quotes: the Dutch in it, each as it stands there; the whole text where all of it is.
    """

    quotes: tuple[str, ...]

    def __new__(cls, text: str, quotes: Iterable[str] = ()) -> "Dutch":
        """Return a text with these quotes in it; without any, all of it is Dutch."""
        made = super().__new__(cls, text)
        made.quotes = tuple(quotes) or (text,)
        return made


def carried(text: str, sources: Iterable[object]) -> str:
    """Return a text with the Dutch in it of what it was made of.

    Args:
        text: the text.
        sources: the values that stand in it as they are.
    """
    mine = (quote for one in sources if isinstance(one, Dutch) for quote in one.quotes)
    quotes = [quote for quote in (one.rstrip(".") for one in mine) if quote and quote in text]
    return Dutch(text, quotes) if quotes else text
