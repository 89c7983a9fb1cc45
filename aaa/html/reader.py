"""For whom HTML is drawn: a language, and where names lead."""

from dataclasses import dataclass

from markupsafe import Markup

from aaa.html.tags import NOTHING, tag
from aaa.values.links import Link
from aaa.words.texts import translate


@dataclass(frozen=True)
class Reader:
    """A reader who can press nothing: of a slide, of paper, of an image.

    Attributes:
        lang: the language.
    """

    lang: str

    def text(self, key: str, n: int | None = None, **values: object) -> str:
        """Return a message in the reader's language."""
        return translate(self.lang, key, n, **values)

    def opened(self, link: Link, inside: object) -> Markup:
        """Return words, or Markup, as what opens something."""
        return tag("span", inside)

    def calendar(self, code: str) -> Markup:
        """Return what a reader can do with a calendar."""
        return NOTHING
