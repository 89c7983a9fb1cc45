"""The parts of a story that are drawn alike on a page of the dashboard and of the copy."""

from aaa.figures import lists
from aaa.stories.parts import Cards, Goals, Lines, Part, Tiles, Words


def html(part: Part) -> str:
    """Return a part of words as HTML.

    Raises:
        TypeError: it is drawn in a way of its own.
    """
    match part:
        case Words():
            return lists.remark(part.text, part.heading, missing=part.missing, warning=part.warning)
        case Tiles():
            return lists.headline(part.tiles)
        case Goals():
            return lists.goals(part.heading, part.lines, part.note)
        case Cards():
            named = [(card.name, card.tag, card.text) for card in part.cards]
            return lists.section(part.heading, lists.cards(named), part.nothing, below=part.below)
        case Lines():
            body = lists.lines(part.lines)
            return lists.section(part.heading, body, part.nothing, below=part.below)
        case _:
            raise TypeError(f"no page has a {type(part).__name__} yet")
