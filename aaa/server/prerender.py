"""Prerendered contents in the first response for a page: a phone shows them while Streamlit's
JavaScript is still loading.

Only two pages are prerendered, without filters: the overview and a partner's own page, which are
opened by a link on a phone. Streamlit's page replaces the contents as soon as it is complete.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs, urlencode

from markupsafe import Markup

from aaa import metrics
from aaa.exports.takeaway import Takeaway
from aaa.html import lists, navigation
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, join, tag, verbatim
from aaa.site import layout, painting
from aaa.stories import partner
from aaa.stories.parts import Story
from aaa.ui import address, session
from aaa.ui.asking import Asked
from aaa.values.links import Kind, Link
from aaa.words.texts import DEFAULT, LANGUAGES

# With any other query parameter the page looks different, and is not prerendered.
_UNDERSTOOD = {address.LANGUAGE, address.YEAR, address.PARTNER, address.EMBED}
_PAGES = {Kind.PARTNER: "partners", Kind.ACTIVITY: "tijdlijn", Kind.THEME: "themas"}


@dataclass(frozen=True)
class FirstReader(Reader):
    """A reader for whom Streamlit's page is still loading: every name is an ordinary link.

    Attributes:
        chosen: what the address says, and every link keeps.
        embedded: another site shows the page.
    """

    chosen: tuple[tuple[str, str], ...]
    embedded: bool

    def opened(self, link: Link, inside: object) -> Markup:
        """Return words as a link to what they open."""
        params = [(link.kind.value, link.code), *self.chosen]
        params += [(address.EMBED, "true")] if self.embedded else []
        return tag("a", inside, class_="a-open", href=f"{_PAGES[link.kind]}?{urlencode(params)}")

    def calendar(self, code: str) -> Markup:
        """Return a link to a calendar."""
        link = tag("a", self.text("calendar.download"), href=self.to(f"agenda/{code}.ics"))
        return tag("p", link, class_="a-links")

    def to(self, path: str) -> str:
        """Return a link that keeps what the address says."""
        return path + (f"?{urlencode(self.chosen)}" if self.chosen else "")


@cache
def script() -> str:
    """Return the script that comes with the contents."""
    return files("aaa.server").joinpath("prerender.js").read_text("utf-8")


def contents(path: str, query: str) -> str:
    """Return the contents of a page as HTML, with the script that lets Streamlit's page replace
    them.

    Args:
        path: of the page, relative to the base path; empty for the overview.
        query: the query string.

    Returns:
        Empty for every other page, and when the query string or the workbook ask for more than can
        be prerendered.
    """
    asked = parse_qs(query)
    if set(asked) - _UNDERSTOOD or any(len(values) > 1 for values in asked.values()):
        return ""
    one = {name: values[0] for name, values in asked.items()}
    lang = one.get(address.LANGUAGE, DEFAULT)
    year = one.get(address.YEAR, "")
    if lang not in LANGUAGES or (
        year and year not in map(str, (*session.years(), session.usual_year()))
    ):
        return ""
    state = session.store_of(int(year) if year else None).poll()
    if state.version is None or state.problems:
        return ""
    tell = _story(path, one.get(address.PARTNER))
    if tell is None:
        return ""
    chosen = tuple((name, one[name]) for name in (address.LANGUAGE, address.YEAR) if name in one)
    reader = FirstReader(lang, chosen, one.get(address.EMBED) == "true")

    def whole(taken: Takeaway) -> str:
        story = tell(taken)
        return _whole(path, story, taken, reader) if story else ""

    name = ("first", path, one.get(address.PARTNER), reader)
    return Asked(state.version, lang).once(name, whole)


def _story(path: str, asked: str | None) -> Callable[[Takeaway], Story | None] | None:
    """Return what tells the story of a page; None for a page that is not prerendered."""
    if path == "" and asked is None:
        return lambda taken: taken.story("overview")
    if path == "partners" and asked is not None:
        return lambda taken: _partner(taken, asked)
    return None


def _partner(taken: Takeaway, asked: str) -> Story | None:
    """Return what the page of a partner tells; None for an unknown one."""
    whole = taken.whole
    one = metrics.partners.by_code(whole, asked)
    if one is None:
        return None
    mine = metrics.partners.of_partner(whole.activities, one.partner)
    return partner.story(whole, taken.lang, one, mine)


def _whole(path: str, story: Story, taken: Takeaway, reader: FirstReader) -> str:
    """Return the page with its menu and facts."""
    body = painting.body(story, taken, reader, short=True)
    room = "f-buttons f-partner" if path else "f-buttons"
    # plain text; it becomes a link in Streamlit's page
    out = tag("p", reader.text("share.whole"), class_="a-embedded")
    return join(
        (
            tag(
                "div",
                out if reader.embedded else _menu(path, reader),
                navigation.facts(taken.all_facts),
                tag(
                    "main",
                    lists.title(story.name, story.title),
                    tag("div", class_=room),
                    body,
                ),
                id="a-first",
                class_="a-clickable",
            ),
            tag("script", verbatim(script())),
        )
    )


def _menu(path: str, reader: FirstReader) -> Markup:
    pages = layout.entries(path or "index", reader, lambda page: reader.to(page or "./"))
    return navigation.menu(pages, reader.lang, NOTHING, folds=False)
