"""What a slide is: a title, and parts of stories with their place."""

from dataclasses import dataclass

from aaa.stories.parts import OnASlide
from aaa.workbook.schema import Subject


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        subject: the point of the agenda that it belongs to.
        name: what that point is called.
        title: what its rows say, as a sentence.
        source: the sheets its numbers come from.
        above: parts over the whole width.
        columns: the parts below them, column by column.
        place, of: which slide of its point it is, counted from 1.
        is_empty: there is nothing to say; its title is all of it.
    """

    subject: Subject
    name: str
    title: str
    source: str
    above: tuple[OnASlide, ...] = ()
    columns: tuple[tuple[OnASlide, ...], ...] = ()
    place: int = 1
    of: int = 1
    is_empty: bool = False
