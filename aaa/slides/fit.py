"""How much fits on a slide. All sizes are in lines of text: a slide is 80 lines wide and 45
high, of which BODY is left for its parts.

What does not fit goes on the next slide rather than in smaller type, because a slide is read from
three metres away.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from aaa.figures import bars, timeline
from aaa.metrics.rows import Activity, Decision
from aaa.stories.parts import Bars, Changes, Grid, Ladder, OnASlide, Tiles, Words

WIDTH, BODY = 76.0, 35.6
HALF = 36.5  # the width of one of two columns
LINE = 1.31  # the height of one line in a paragraph
_LETTER = 0.52  # the width of one letter, on average
_WIDE = "WMwm@"
_TITLE_LETTER = 1.06  # of one in the title of a slide
_TITLE_LINE = 2.3  # the height of a line of a title; BODY allows for one

T = TypeVar("T")


def lines(text: str, width: float, letter: float = _LETTER) -> int:
    """Return the number of lines of a text that wraps between words."""
    per_line = max(int(width / letter), 1)
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
    return BODY - (lines(title, WIDTH, _TITLE_LETTER) - 1) * _TITLE_LINE


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
        if found[-1] and size > left:
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
THEME = 2.2  # the name of a theme on the timeline
AXIS_AND_KEY = 6.9  # what the timeline has above and below its rows
_TITLE_WIDTH = 22.0  # of an activity's title on the timeline


def timeline_row(activity: Activity) -> float:
    """Return the height of a row of the timeline."""
    title = lines(activity.name, _TITLE_WIDTH)
    badges = 1 + activity.late + (activity.judgement is not None)
    states = 3 if activity.passed else 2 if badges > 2 else 1
    period = lines(timeline.period_words(activity, "nl"), 8.0)
    return max(title, states, period) * 1.23 + 0.25


def activity(row: Activity) -> float:
    """Return the height of an activity in a list, with how things stand."""
    below = lines(row.note, WIDTH) * LINE if row.note else 0.0
    title = lines(row.name, 42.0)
    facts = 2 if row.passed else 1
    return max(title, facts, lines(timeline.period_words(row, "nl"), 11.0)) * LINE + below + 0.72


def decision(row: Decision) -> float:
    """Return the height of an open decision or action."""
    first = lines(row.text, 29.0) if row.text else 1
    second = lines(row.owner, 12.0) if row.owner else 1
    return max(first, second) * LINE + 0.9


def grid_row(name: str, width: float) -> float:
    """Return the height of a row of a grid: `width` is that of the column of names."""
    return max(lines(name, width) * 1.25 + 0.45, 1.8)


def bar(chart: bars.Bars, row: int) -> float:
    """Return the height of a bar with its label, and with the numbers below it where it is too
    short for them.
    """
    words = chart.below(row)
    label = max(lines(chart.rows[row].line, 12.2) * 1.25 + 0.6, 2.7)
    return label + (lines(words, 23.0) * LINE if words else 0.0)


def part(one: OnASlide) -> float:
    """Return the height of a part in a column, or above the columns; lists of rows are divided row
    by row, and fill what is left.
    """
    match one:
        case Bars():
            key = math.ceil(len(one.chart.bars.stacks) / 2) * 1.7
            rows = sum(bar(one.chart.bars, row) for row in one.rows)
            return (
                lines(one.chart.title, HALF, 0.62) * 1.5
                + key
                + rows
                + 1.8
                + (lines(one.chart.note, HALF) * LINE if one.chart.note else 0)
            )
        case Grid():
            heading = lines(one.chart.title, HALF, 0.62) * 1.5 + 0.4 if one.titled else 0.0
            names = [one.chart.grid.rows[place].name for place in one.rows]
            return heading + 2.0 + sum(grid_row(name, 12.0) for name in names)
        case Ladder():
            drawn = one.chart.ladder.rungs
            rungs = sum(
                1.8 if not row.facts else 4.5 if row.start is not None else 3.2 for row in drawn
            )
            return lines(one.chart.title, HALF, 0.62) * 1.5 + 1.8 + rungs + 2.2
        case Tiles():
            return 7.2
        case Words():
            return lines(one.text, HALF) * LINE + 1.4
        case Changes():
            told = [sentence(words) for group in one.groups for words in group.sentences]
            return HEADING * len(one.groups) + sum(told)
    return BODY


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
