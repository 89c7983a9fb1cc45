"""A chart of horizontal bars as a value: what Plotly, HTML and PowerPoint each draw."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from aaa.figures.palette import Meaning

_LABEL_WIDTH = 22  # letters before a label wraps
_LABEL_LINES = 3
_LETTER = 0.028  # of the whole width of a bar that one letter takes, where bars are narrowest


@dataclass(frozen=True)
class Row:
    """The words beside one bar: its label, and what stands below that."""

    label: str
    below: str = ""

    @property
    def lines(self) -> list[str]:
        """Return the words in lines, the label truncated after three."""
        lines = textwrap.wrap(
            self.label, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …"
        ) or [""]
        return [*lines, *textwrap.wrap(self.below, _LABEL_WIDTH + 6, break_long_words=False)]

    @property
    def line(self) -> str:
        """Return the same words in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class Stack:
    """One part of every bar.

    Attributes:
        name: what the part is.
        amounts: its length in each bar, in the order of the rows; None where it is not known.
        texts: the amounts as a reader reads them; empty where none is drawn.
        said: name and amount in words, also where it is not known.
        meanings: what it stands for in each bar.
        thick: of bars that lie over each other, the share of the height that it takes.
        total: what the part comes to in all bars, and further words; the legend says them.
    """

    name: str
    amounts: tuple[float | None, ...]
    texts: tuple[str, ...]
    said: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    thick: float = 1.0
    total: tuple[str, ...] = ()

    def length(self, row: int) -> float:
        """Return the length of the part in one bar; unknown and nothing have none."""
        return self.amounts[row] or 0.0


@dataclass(frozen=True)
class Bars:
    """A chart of bars.

    Attributes:
        rows: the words beside each bar.
        stacks: the parts, in the order in which they are drawn.
        overlaid: the parts lie over each other instead of after each other.
        whole: the amounts are whole numbers of something that is counted, not euros.
    """

    rows: tuple[Row, ...]
    stacks: tuple[Stack, ...]
    overlaid: bool = False
    whole: bool = False

    def reach(self, row: int) -> float:
        """Return how far a bar reaches."""
        lengths = [stack.length(row) for stack in self.stacks]
        return max(lengths, default=0.0) if self.overlaid else math.fsum(lengths)

    @cached_property
    def longest(self) -> float:
        """Return the length of the longest bar; 1 when there is none."""
        return max(map(self.reach, range(len(self.rows))), default=0.0) or 1.0

    @property
    def used(self) -> list[tuple[Stack, Meaning]]:
        """Return the parts of the legend, each with what it stands for where it first occurs: those
        that occur somewhere, or have a total.
        """
        found = []
        for stack in self.stacks:
            there = [row for row in range(len(self.rows)) if stack.length(row)]
            if there or (stack.total and stack.meanings):
                found.append((stack, stack.meanings[there[0] if there else 0]))
        return found

    def fits(self, stack: Stack, row: int, longest: float = 0.0) -> bool:
        """Tell whether the part of a bar holds its number, or has none; `longest` is the length of
        the whole width, if that is not the longest bar.
        """
        share = stack.length(row) / (longest or self.longest)
        return not share or _room(stack.texts[row]) < share

    def beside(self, row: int) -> str:
        """Return the numbers of a bar of which the part is too narrow to hold them; empty where all
        fit.
        """
        if self.overlaid:
            return ""
        there = [stack for stack in self.stacks if stack.length(row)]
        longest = self.longest
        return " · ".join(
            f"{stack.name} {stack.texts[row]}" if len(there) > 1 else stack.texts[row]
            for stack in there
            if not self.fits(stack, row, longest)
        )

    def below(self, row: int) -> str:
        """Return those numbers where they do not fit to the right of the bar either."""
        words = self.beside(row)
        return "" if not words or self.reach(row) / self.longest + _room(words) < 1 else words


def stack(
    name: str,
    amounts: Sequence[float],
    texts: Sequence[str],
    said: Sequence[str],
    meanings: Meaning | Sequence[Meaning],
    thick: float = 1.0,
    total: Sequence[str] = (),
) -> Stack:
    """Return a part of every bar, of amounts as pandas has them.

    Args:
        name: what the part is.
        amounts: in the order of the rows; NaN where it is not known.
        texts: the amounts in words; that of an amount of nothing is left out.
        said: as in Stack.
        meanings: one for every bar, or one for each.
        thick: as in Stack.
        total: as in Stack.
    """
    known = tuple(None if math.isnan(amount) else float(amount) for amount in amounts)
    many = (meanings,) * len(known) if isinstance(meanings, Meaning) else tuple(meanings)
    drawn = tuple(text if amount else "" for text, amount in zip(texts, known, strict=True))
    return Stack(name, known, drawn, tuple(said), many, thick, tuple(total))


def _room(words: str) -> float:
    return (len(words) + 1) * _LETTER
