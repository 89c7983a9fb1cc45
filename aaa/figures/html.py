"""The few pieces of HTML that the drawn figures share. Every word from the workbook passes through
`escape`.
"""

from html import escape as _escape

from aaa.workbook.schema import StatusCode

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


def escape(text: object) -> str:
    """Return text as HTML shows it, letter for letter; line breaks become spaces."""
    return _escape(str(text).replace("\n", " "), quote=True)


def icon(name: str) -> str:
    """Return an icon, hidden from screen readers because the word beside it says the same."""
    return (
        '<svg class="a-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
        f"{_PATHS[name]}</svg>"
    )


def status_class(code: str) -> str:
    """Return the style class of a StatusCode; an unknown code raises."""
    return "s-" + StatusCode(code).name.lower().replace("_", "-")


def badge(name: str, word: str) -> str:
    """Return an icon with its word."""
    return f'<span class="a-badge a-{name.replace("_", "-")}">{icon(name)}{escape(word)}</span>'


def state_badges(
    state: str, late: bool, passed: bool, judgement: str | None, words: dict[str, str]
) -> str:
    """Return the badges of an activity: how far it is, whether it is late, and the judgement.

    Args:
        state: a StatusCode.
        late: its last month is over, and it is not finished.
        passed: its last month is over, and nothing was reported.
        judgement: `green`, `orange`, `red` or None.
        words: the word for each badge, by its name: a status in lower case, `late`, `passed`, and
            the judgements.
    """
    name = StatusCode(state).name.lower()
    shown = [badge("unreported", words["passed"])] if passed else [badge(name, words[name])]
    if late:
        shown.append(badge("late", words["late"]))
    if judgement:
        shown.append(badge(judgement, words[judgement]))
    return "".join(shown)


def scrolling(table: str, caption: str) -> str:
    """Return a table that scrolls sideways where it is too wide, also with the keyboard, so that
    the page itself never does.
    """
    return (
        f'<div class="a-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">{table}'
        "</div>"
    )
