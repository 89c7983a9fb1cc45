"""The menu above every page: in the dashboard, in its prerendered contents, and in its published
copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from aaa.html.tags import NOTHING, tag
from aaa.stories.facts import Fact
from aaa.words.texts import translate


@dataclass(frozen=True)
class Entry:
    """One page in the menu.

    Attributes:
        words: its name on screen.
        href: where it is.
        current: it is the page on screen.
        wanted: a phone shows it beside the button that opens the rest.
        go: the page's own name, where a press goes there within the session.
    """

    words: str
    href: str
    current: bool = False
    wanted: bool = False
    go: str = ""


def menu(
    entries: Sequence[Entry], lang: str, after: object = NOTHING, *, folds: bool = True
) -> Markup:
    """Return the menu.

    Args:
        entries: the pages, in their order.
        lang: the reader's language.
        after: what stands behind the pages, such as the other language.
        folds: a script opens and closes it on a phone.
    """
    fold = button("a-pages", translate(lang, "frame.menu"), "a-menu-button") if folds else NOTHING
    return tag(
        "nav",
        tag("b", "AAA"),
        fold,
        tag("ul", *map(_item, entries), id="a-pages"),
        tag("p", after, class_="a-language") if after else NOTHING,
        class_="a-nav",
        aria_label=translate(lang, "frame.pages"),
    )


def button(opens: str, words: str, look: str) -> Markup:
    """Return a button that opens and closes an element, by its id."""
    return tag(
        "button",
        words,
        type="button",
        class_=look,
        data_opens=opens,
        aria_controls=opens,
        aria_expanded="false",
    )


def _item(entry: Entry) -> Markup:
    current = "page" if entry.current else None
    link = tag("a", entry.words, href=entry.href, data_go=entry.go or None, aria_current=current)
    return tag("li", link, class_="a-wanted" if entry.wanted else None)


def facts(said: Sequence[Fact]) -> Markup:
    """Return the line of facts above a page."""
    return tag("p", *map(_fact, said), class_="a-frame", id="a-contents", tabindex="-1")


def _fact(fact: Fact) -> Markup:
    if fact.name == "example":
        return tag("span", fact.text, class_="a-example", role="note")
    if fact.strong:
        role = "status" if fact.name == "updated" else None
        return tag("span", tag("b", fact.text, role=role))
    return tag("span", fact.text)
