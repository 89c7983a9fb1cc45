"""A chart of bars as HTML: on a slide, on paper, and on a page without a chart library."""

from collections.abc import Sequence

from markupsafe import Markup

from aaa.figures.bars import Bars, Stack
from aaa.figures.palette import LOOKS, Meaning
from aaa.html.tags import NOTHING, join, tag


def strips(bars: Bars, only: Sequence[int] | None = None) -> Markup:
    """Return bars as HTML rows: label, bar, and after it the numbers that do not fit in their part.

    Args:
        bars: the chart.
        only: the places of the bars to show, on the scale of all; None shows all.
    """
    longest = bars.longest
    draw = _overlaid if bars.overlaid else _stacked
    rows = (
        tag("li", tag("span", row.line, class_="a-strip-label"), draw(bars, place, longest))
        for place, row in enumerate(bars.rows)
        if only is None or place in only
    )
    return tag("ul", *rows, class_="a-strips")


def key(bars: Bars) -> Markup:
    """Return the legend of the bars, without the parts that occur nowhere."""
    items = (
        tag(
            "li",
            tag("span", tag("span", class_="a-part", style=_look(meaning)), class_="a-sample"),
            tag("span", stack.name, _total(stack.total)),
        )
        for stack, meaning in bars.used
    )
    return tag("ul", *items, class_="a-key")


def _total(words: Sequence[str]) -> Markup:
    first = join(join((" ", tag("b", text))) for text in words[:1])
    return first + join(join((" ", tag("small", text))) for text in words[1:])


def _stacked(bars: Bars, row: int, longest: float) -> Markup:
    parts = []
    for stack in bars.stacks:
        share = stack.length(row) / longest
        if share:
            # a number on a pattern is legible only with its own background
            chip = "a-chip" if LOOKS[stack.meanings[row]].ink is None else None
            fits = bars.fits(stack, row, longest)
            inside = tag("b", stack.texts[row], class_=chip) if fits else NOTHING
            style = f"width:{100 * share:.3f}%;{_look(stack.meanings[row])}"
            parts.append(tag("span", inside, class_="a-part", style=style))
    words = bars.beside(row)
    said = tag("span", words, class_="a-strip-beside") if words else NOTHING
    below = bool(bars.below(row))
    bar = tag("span", *parts, NOTHING if below else said, class_="a-strip-bar")
    return bar + said if below else bar


def _overlaid(bars: Bars, row: int, longest: float) -> Markup:
    def part(stack: Stack) -> Markup:
        style = (
            f"width:{100 * stack.length(row) / longest:.3f}%;height:{100 * stack.thick:.0f}%;"
            f"top:{50 - 50 * stack.thick:.0f}%;{_look(stack.meanings[row])}"
        )
        return tag("span", class_="a-part a-over", style=style)

    parts = (part(stack) for stack in bars.stacks if stack.length(row))
    return tag("span", *parts, class_="a-strip-bar")


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
