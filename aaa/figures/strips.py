"""A chart of bars as HTML: on a slide, on paper, and on a page without a chart library."""

from collections.abc import Sequence

from aaa.figures.bars import Bars, Stack
from aaa.figures.html import escape
from aaa.figures.palette import LOOKS, Meaning


def strips(bars: Bars, only: Sequence[int] | None = None) -> str:
    """Return bars as HTML rows: label, bar, and after it the numbers that do not fit in their part.

    Args:
        bars: the chart.
        only: the places of the bars to show, on the scale of all; None shows all.
    """
    longest = bars.longest
    draw = _overlaid if bars.overlaid else _stacked
    rows = "".join(
        f'<li><span class="a-strip-label">{escape(row.line)}</span>'
        f"{draw(bars, place, longest)}</li>"
        for place, row in enumerate(bars.rows)
        if only is None or place in only
    )
    return f'<ul class="a-strips">{rows}</ul>'


def key(bars: Bars) -> str:
    """Return the legend of the bars, without the parts that occur nowhere."""
    items = "".join(
        f'<li><span class="a-sample"><span class="a-part" style="{_look(meaning)}"></span></span>'
        f"<span>{escape(stack.name)}{_total(stack.total)}</span></li>"
        for stack, meaning in bars.used
    )
    return f'<ul class="a-key">{items}</ul>'


def _total(words: Sequence[str]) -> str:
    first = "".join(f" <b>{escape(text)}</b>" for text in words[:1])
    return first + "".join(f" <small>{escape(text)}</small>" for text in words[1:])


def _stacked(bars: Bars, row: int, longest: float) -> str:
    parts = ""
    for stack in bars.stacks:
        share = stack.length(row) / longest
        if share:
            # a number on a pattern is legible only with its own background
            chip = ' class="a-chip"' if LOOKS[stack.meanings[row]].ink is None else ""
            text = escape(stack.texts[row])
            inside = f"<b{chip}>{text}</b>" if bars.fits(stack, row, longest) else ""
            style = f"width:{100 * share:.3f}%;{_look(stack.meanings[row])}"
            parts += f'<span class="a-part" style="{style}">{inside}</span>'
    words = bars.beside(row)
    said = f'<span class="a-strip-beside">{escape(words)}</span>' if words else ""
    return (
        f'<span class="a-strip-bar">{parts}</span>{said}'
        if bars.below(row)
        else f'<span class="a-strip-bar">{parts}{said}</span>'
    )


def _overlaid(bars: Bars, row: int, longest: float) -> str:
    def part(stack: Stack) -> str:
        style = (
            f"width:{100 * stack.length(row) / longest:.3f}%;height:{100 * stack.thick:.0f}%;"
            f"top:{50 - 50 * stack.thick:.0f}%;{_look(stack.meanings[row])}"
        )
        return f'<span class="a-part a-over" style="{style}"></span>'

    parts = "".join(part(stack) for stack in bars.stacks if stack.length(row))
    return f'<span class="a-strip-bar">{parts}</span>'


def _look(meaning: Meaning) -> str:
    """Return the style of a part: fill, pattern, edge and ink, on either ground."""
    look = LOOKS[meaning]
    style = f"background:{_patterned(look.fill.css, look.shape, look.line.css)}"
    style += f";border:1.5px solid {look.edge.css}"
    return f"{style};color:{look.ink.css}" if look.ink is not None else style


def _patterned(fill: str, shape: str, line: str) -> str:
    match shape:
        case "/":
            return f"repeating-linear-gradient(135deg,{fill} 0 6px,{line} 6px 8px)"
        case ".":
            return f"radial-gradient(circle,{line} 0 1.2px,transparent 1.4px) 0 0/7px 7px,{fill}"
        case "x":
            across = ",".join(
                f"repeating-linear-gradient({angle}deg,transparent 0 5px,{line} 5px 6.5px)"
                for angle in (45, 135)
            )
            return f"{across},{fill}"
    return fill
