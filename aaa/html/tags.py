"""Elements of HTML. What is not Markup is escaped, letter for letter; only this module and its
constants may call something Markup.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from aaa.values.dutch import Dutch
from aaa.workbook.schema import StatusCode

NOTHING = Markup()
_BARE = frozenset(("br", "meta", "link", "input"))  # elements without an end

_RING = '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_DISC = '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
_TICK = '<path d="M4.5 8.2l2.4 2.4 4.6-5" fill="none" stroke="var(--ground)" stroke-width="1.8"/>'
_PATHS = {
    "finished": _DISC + _TICK,
    "running": _RING + '<path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/>',
    "not_started": _RING,
    "dropped": '<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentColor" stroke-width="2"/>',
    "unreported": (
        '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" '
        'stroke-dasharray="2.6 2.3"/>'
    ),
    "late": (
        '<path d="M8 1.5L15 14H1z" fill="currentColor"/>'
        '<path d="M8 6v4M8 11.4v1.3" stroke="var(--ground)" stroke-width="1.6"/>'
    ),
    "green": _DISC + _TICK,
    "orange": (
        '<path d="M8 1l7 7-7 7-7-7z" fill="currentColor"/>'
        '<path d="M8 4.6v4M8 10.2v1.4" stroke="var(--ground)" stroke-width="1.6"/>'
    ),
    "red": (
        '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor"/>'
        '<path d="M8 4v5M8 10.6v1.6" stroke="var(--ground)" stroke-width="1.8"/>'
    ),
}


def tag(name: str, /, *inside: object, **attributes: object) -> Markup:
    """Return an element.

    Args:
        name: of the element.
        inside: what stands in it; Markup as it is, everything else escaped.
        attributes: their names with `_` for `-`, and one more at the end of a word of Python
            (`class_`). True gives one without a value; None and False none.
    """
    said = ""
    for key, value in attributes.items():
        if value is not None and value is not False:
            said += " " + key.rstrip("_").replace("_", "-")
            if value is not True:
                said += f'="{escape(_line(value))}"'
    if name in _BARE:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{join(inside)}</{name}>")


def join(pieces: Iterable[object]) -> Markup:
    """Return pieces one after the other; Markup as it is, everything else escaped."""
    return Markup("".join([_escaped(piece) for piece in pieces]))


def _escaped(piece: object) -> str:
    """Return a piece of text as HTML; what is Dutch in an English one is marked so."""
    if not isinstance(piece, Dutch):
        return escape(_line(piece))
    said, left = "", str(_line(piece))
    for quote in map(str, map(_line, piece.quotes)):
        before, there, after = left.partition(quote)
        if there:
            said += escape(before) + Markup(f'<span lang="nl">{escape(quote)}</span>')
            left = after
    return said + escape(left)


def _line(value: object) -> object:
    """Return a text on one line, as HTML shows it; Markup as it is."""
    if isinstance(value, Markup):
        return value
    return str(value).replace("\n", " ")


def verbatim(text: str) -> Markup:
    """Return a style sheet or a script of the project's own as it is."""
    return Markup(text)


def icon(name: str) -> Markup:
    """Return an icon, hidden from screen readers because the word beside it says the same."""
    return tag(
        "svg",
        Markup(_PATHS[name]),
        class_="a-icon",
        viewBox="0 0 16 16",
        width="16",
        height="16",
        aria_hidden="true",
    )


def status_class(state: StatusCode) -> str:
    """Return the style class of a state."""
    return "s-" + state.name.lower().replace("_", "-")


def badge(name: str, word: str) -> Markup:
    """Return an icon with its word."""
    return tag("span", icon(name), word, class_=f"a-badge a-{name.replace('_', '-')}")


def small(words: str) -> Markup:
    """Return small words behind others, with a space between; nothing without any."""
    return join((" ", tag("small", words))) if words else NOTHING


def scrolling(table: Markup, caption: str) -> Markup:
    """Return a table that scrolls sideways where it is too wide, also with the keyboard, so that
    the page itself never does.
    """
    return tag("div", table, class_="a-scroll", tabindex="0", role="region", aria_label=caption)
