"""The menu above every page: in the dashboard, in its prerendered contents, and in its published
copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aaa.figures.html import escape
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


def menu(entries: Sequence[Entry], lang: str, after: str = "", *, folds: bool = True) -> str:
    """Return the menu.

    Args:
        entries: the pages, in their order.
        lang: the reader's language.
        after: HTML behind the pages, such as the other language.
        folds: a script opens and closes it on a phone.
    """
    items = "".join(_item(entry) for entry in entries)
    fold = button("a-pages", translate(lang, "frame.menu"), "a-menu-button") if folds else ""
    behind = f'<p class="a-language">{after}</p>' if after else ""
    return (
        f'<nav class="a-nav" aria-label="{escape(translate(lang, "frame.pages"))}"><b>AAA</b>{fold}'
        f'<ul id="a-pages">{items}</ul>{behind}</nav>'
    )


def button(opens: str, words: str, look: str) -> str:
    """Return a button that opens and closes an element, by its id."""
    return (
        f'<button type="button" class="{look}" data-opens="{opens}" aria-controls="{opens}" '
        f'aria-expanded="false">{escape(words)}</button>'
    )


def _item(entry: Entry) -> str:
    look = ' class="a-wanted"' if entry.wanted else ""
    go = f' data-go="{escape(entry.go)}"' if entry.go else ""
    here = ' aria-current="page"' if entry.current else ""
    return f'<li{look}><a href="{escape(entry.href)}"{go}{here}>{escape(entry.words)}</a></li>'


def facts(said: Sequence[tuple[str, str, bool]]) -> str:
    """Return the line of facts above a page.

    Args:
        said: of each fact its name, its words, and whether it stands out.
    """
    parts = ""
    for name, words, strong in said:
        if name == "example":
            parts += f'<span class="a-example" role="note">{escape(words)}</span>'
        elif strong:
            role = ' role="status"' if name == "updated" else ""
            parts += f"<span><b{role}>{escape(words)}</b></span>"
        else:
            parts += f"<span>{escape(words)}</span>"
    return f'<p class="a-frame" id="a-contents" tabindex="-1">{parts}</p>'
