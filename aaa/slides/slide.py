"""What a slide is: a title, and parts of stories with their place."""

from dataclasses import dataclass

from aaa.stories.parts import OnASlide
from aaa.workbook.schema import Subject


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        subject: the point of the agenda that it belongs to.
        title: what its rows say, as a sentence.
        source: the sheets its numbers come from.
        above: parts over the whole width.
        columns: the parts below them, column by column.
        place, of: which slide of its subject it is, counted from 1.
    """

    subject: Subject
    title: str
    source: str
    above: tuple[OnASlide, ...] = ()
    columns: tuple[tuple[OnASlide, ...], ...] = ()
    place: int = 1
    of: int = 1
