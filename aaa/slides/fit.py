"""How much fits on a slide. All sizes are in lines of text: a slide is 80 lines wide and 45
high, of which BODY is left for its parts.

What does not fit goes on the next slide rather than in smaller type, because a slide is read from
three metres away.
"""

import contextlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import lru_cache
from typing import TypeVar

from aaa.figures import timeline
from aaa.figures.drawings import Spent
from aaa.metrics.rows import Activity, Decision
from aaa.slides.slide import Slide
from aaa.stories.parts import (
    Activities,
    Changes,
    Decisions,
    Grid,
    Ladder,
    OnASlide,
    Pace,
    Variance,
    Words,
)

WIDTH, BODY = 76.0, 35.6
HALF = 36.5  # the width of one of two columns
_ROUNDING = 1e-6  # what a sum of heights may differ from the room that was made for it
LINE = 1.31  # the height of one line in a paragraph
_LETTER = 0.52  # the width of one letter, on average
_WIDE = "WMwm@"
_TITLE_LETTER = 1.06  # of one in the title of a slide
_TITLE_LINE = 2.3  # the height of a line of a title; BODY allows for one

T = TypeVar("T")

# The size of letters, in those of a slide on screen. The deck has larger ones on lines of the same
# height.
_larger: ContextVar[float] = ContextVar("larger", default=1.0)


@contextlib.contextmanager
def letters(times: float) -> Iterator[None]:
    """Measure with letters that are so many times as wide as on screen."""
    before = _larger.set(times)
    try:
        yield
    finally:
        _larger.reset(before)


def lines(text: str, width: float, letter: float = _LETTER) -> int:
    """Return the number of lines of a text that wraps between words."""
    per_line = max(int(width / letter / _larger.get()), 1)
    count, used = 1, 0
    for word in text.split():
        size = _size(word)
        if used and used + 1 + size > per_line:
            count, used = count + 1, 0
        if size > per_line:  # a word longer than a line is broken
            count, size = count + (size - 1) // per_line, size % per_line or per_line
        used += size + bool(used)
    return count


@lru_cache(maxsize=8192)
def _size(word: str) -> int:
    """Return how many average letters are as wide as a word."""
    wide = sum(map(str.isupper, word)) + sum(map(word.count, _WIDE))
    return len(word) + math.ceil(0.4 * wide) if wide > 1 else len(word)


def room(title: str) -> float:
    """Return what a slide with this title has left for its parts."""
    return BODY - (title_lines(title) - 1) * _TITLE_LINE


def title_lines(title: str) -> int:
    """Return the number of lines of the title of a slide, whose letters are the same everywhere."""
    return lines(title, WIDTH, _TITLE_LETTER / _larger.get())


def pages(
    items: Iterable[T], height: Callable[[T], float], rooms: Callable[[int], float]
) -> list[list[T]]:
    """Divide items over pages in their order; one that is higher than a page stands on a page of
    its own.

    Args:
        items: what is divided.
        height: of one item.
        rooms: the room on a page, by its number from 0.
    """
    found: list[list[T]] = [[]]
    left = rooms(0)
    for item in items:
        size = height(item)
        if found[-1] and size > left + _ROUNDING:
            found.append([])
            left = rooms(len(found) - 1)
        found[-1].append(item)
        left -= size
    return found


def grouped_pages(
    groups: Sequence[tuple[str, Sequence[T]]],
    height: Callable[[T], float],
    heading: float,
    room_: float,
    *,
    together: bool,
) -> list[list[tuple[str, list[T]]]]:
    """Divide groups over pages; each page names the groups on it anew.

    Args:
        groups: the name of each group with its items.
        height: of one item.
        heading: the height of the name of a group.
        room_: on a page.
        together: a group that fits on one page is not divided.
    """
    found: list[list[tuple[str, list[T]]]] = [[]]
    left = room_
    for name, items in groups:
        whole = heading + sum(map(height, items))
        if (
            found[-1]
            and whole > left
            and ((together and whole <= room_) or heading + height(items[0]) > left)
        ):
            found.append([])
            left = room_
        found[-1].append((name, []))
        left -= heading
        for item in items:
            if found[-1][-1][1] and height(item) > left:
                found.append([(name, [])])
                left = room_ - heading
            found[-1][-1][1].append(item)
            left -= height(item)
    return [page for page in found if page]


def sentence(text: str) -> float:
    """Return the height of one sentence in a list."""
    return lines(text, WIDTH - 2) * LINE


HEADING = 2.6  # of a group of sentences


_STACK, _NO_STACK = 3.6, 0.4  # a bar of rungs with its target; nothing, without one
_LABEL_OF_RUNG, _ACROSS = 4.1, 10.5  # the height and the width of its label
_CHANGE, _STEPS = 1.3, 4.0  # what changed, and the measurements in time
_LED = "Trekker: · 100 dagen voorbij · "  # what stands before how things stand

TIMELINE_ROW, TIMELINE_THEME, TIMELINE_AXIS = 1.125, 1.17, 2.45  # an activity is one line
_TIMELINE_BODY = 40.8  # its slide has a smaller head: no name of the point, smaller letters
_TIMELINE_TITLE, _TIMELINE_LETTER = 2.0, 0.93


def room_of_timeline(title: str) -> float:
    """Return what a slide with this title has left for the rows of the timeline and its themes."""
    count = lines(title, WIDTH, _TIMELINE_LETTER / _larger.get())
    return _TIMELINE_BODY - count * _TIMELINE_TITLE - TIMELINE_AXIS


def below(row: Activity, width: float) -> int:
    """Return the number of lines below an activity: who leads it, and how things stand."""
    return lines(f"{_LED}{', '.join(row.leads)}{row.note or ''}", width)


def activity(row: Activity) -> float:
    """Return the height of an activity in a list, with how things stand."""
    more = below(row, WIDTH) * LINE
    title = lines(row.name, 42.0)
    facts = 2 if row.passed else 1
    return max(title, facts, lines(timeline.period_words(row, "nl"), 11.0)) * LINE + more + 0.85


def decision(row: Decision, *, asked: bool = False) -> float:
    """Return the height of an open decision or action at least; one that is asked is larger."""
    text = row.text or ""
    first = lines(text, 44.0, 1.5 * _LETTER) * 1.9 if asked else lines(text, 29.0) * LINE
    second = (lines(row.owner, 14.0) if row.owner else 1) * LINE
    return max(first, second, 3.7 if asked else 0.0) + 0.9


def grid_row(name: str, width: float) -> float:
    """Return the height of a row of a grid: `width` is that of the column of names."""
    return max(lines(name, width) * 1.25 + 0.45, 1.8)


_HEAD_OF_VARIANCE = 2.2
_PACE = 28.0  # what was paid in the course of the year


def spent(row: Spent) -> float:
    """Return the height of a cost line and funder with its bar."""
    return max(lines(f"{row.line} {row.funder}", 14.0), 1) * LINE + 2.4


def ladder(one: Ladder, width: float) -> float:
    """Return the height of an ambition on a width."""
    drawn = one.chart.ladder
    across = max(int(width / _ACROSS), 1)
    labels = [
        _LABEL_OF_RUNG + bool(rung.change) * _CHANGE + bool(rung.steps) * _STEPS
        for rung in drawn.rungs
    ]
    labels += [_LABEL_OF_RUNG] * bool(drawn.rest)
    rows = [labels[first : first + across] for first in range(0, len(labels), across)]
    head = lines(one.chart.title, width, 0.62) * 1.5 + (_STACK if drawn.goal else _NO_STACK)
    return head + sum(map(max, rows)) + lines(one.goal, width) * LINE


def part(one: OnASlide) -> float:
    """Return the height of a part in a column, or above the columns; lists of rows are divided row
    by row, and fill what is left.
    """
    match one:
        case Grid():
            heading = lines(one.chart.title, HALF, 0.62) * 1.5 + 0.4 if one.titled else 0.0
            names = [one.chart.grid.rows[place].name for place in one.rows]
            return heading + 2.0 + sum(grid_row(name, 12.0) for name in names)
        case Ladder():
            return ladder(one, WIDTH)
        case Variance():
            return _HEAD_OF_VARIANCE + sum(map(spent, one.rows)) + 2.4
        case Pace():
            return _PACE + (lines(one.chart.note, HALF) * LINE if one.chart.note else 0.0)
        case Words():
            return lines(one.text, HALF) * LINE + 1.4
        case Changes():
            told = [sentence(words) for group in one.groups for words in group.sentences]
            return HEADING * len(one.groups) + sum(told)
    return BODY


def column(parts: Sequence[OnASlide]) -> float:
    """Return the height of the parts of one of two columns."""
    return sum(ladder(one, HALF) if isinstance(one, Ladder) else part(one) for one in parts)


def height(one: Slide) -> float:
    """Return the height of what stands on a slide; of columns and the timeline that of a slide."""
    if one.columns:
        return BODY
    found = 0.0
    for above in one.above:
        match above:
            case Decisions():
                found += sum(decision(row, asked=above.asked) for row in above.rows)
            case Activities():
                found += sum(map(activity, above.rows))
            case _:
                found += part(above)
    return found


def columns(
    parts: Sequence[OnASlide], rooms: Callable[[int], float]
) -> list[tuple[tuple[OnASlide, ...], ...]]:
    """Divide parts over slides of two columns.

    Args:
        parts: in their order.
        rooms: the room on a slide, by its number from 0.
    """
    made = pages(parts, part, lambda number: rooms(number // 2))
    return [
        _balanced([one for column in made[place : place + 2] for one in column])
        for place in range(0, len(made), 2)
    ]


def _balanced(parts: Sequence[OnASlide]) -> tuple[tuple[OnASlide, ...], ...]:
    """Divide the parts of one slide over its two columns, so that the higher of the two is as low
    as can be.
    """
    heights = [part(one) for one in parts]
    cut = min(
        range(1, len(parts) + 1), key=lambda place: max(sum(heights[:place]), sum(heights[place:]))
    )
    return tuple(column for column in (tuple(parts[:cut]), tuple(parts[cut:])) if column)
