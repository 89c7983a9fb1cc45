"""A Plotly bar chart as HTML: the same bars with the same numbers on a slide, on paper, and on a
page without a chart library.
"""

import math
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import plotly.graph_objects as go

from aaa.figures.html import escape

_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)")
_LETTER = 0.028  # of the whole width of a bar that one letter takes, where bars are narrowest


def strips(figure: go.Figure, only: Sequence[int] | None = None) -> str:
    """Return the bars of a figure as HTML rows: label, bar, and after it the numbers that do not
    fit in their part.

    Args:
        figure: as the modules beside this one make it: `house_style.bars` with traces of horizontal
            bars.
        only: the places of the bars to show, on the scale of all; None shows all.
    """
    plain = figure.to_dict()
    labels = labels_of(figure)
    traces = plain["data"]
    overlaid = plain["layout"].get("barmode") == "overlay"
    longest = _longest(figure)
    row_of = _overlaid if overlaid else _stacked
    rows = "".join(
        f'<li><span class="a-strip-label">{escape(label)}</span>{row_of(traces, row, longest)}</li>'
        for row, label in enumerate(labels)
        if only is None or row in only
    )
    return f'<ul class="a-strips">{rows}</ul>'


def both_grounds(light: go.Figure, dark: go.Figure) -> str:
    """Return the bars of one figure for a page on which the reader's system chooses between light
    and dark.

    Args:
        light: the figure for a light ground.
        dark: the same figure for a dark one.
    """
    other = iter(_COLOUR.findall(strips(dark)))
    return _COLOUR.sub(lambda found: _either(found[0], next(other)), strips(light))


def _either(light: str, dark: str) -> str:
    return light if light == dark else f"light-dark({light},{dark})"


def labels_of(figure: go.Figure) -> list[str]:
    """Return the label of every bar, on one line."""
    return [
        unescape(text.replace("<br>", " "))
        for text in figure.to_dict()["layout"]["yaxis"]["ticktext"]
    ]


def key(figure: go.Figure) -> str:
    """Return the legend of the bars, without the parts that occur nowhere."""
    items = ""
    for trace in figure.to_dict()["data"]:
        there = [row for row, value in enumerate(trace["x"]) if _known(value)]
        if there:
            items += (
                f'<li><span class="a-sample"><span class="a-part" style="{_look(trace, there[0])}">'
                f"</span></span>{escape(trace['name'])}</li>"
            )
    return f'<ul class="a-key">{items}</ul>'


def _known(value: Any) -> float:
    """Return the length of a part; unknown and nothing have none."""
    return 0.0 if value is None or math.isnan(value) else float(value)


def _reach(traces: Sequence[dict[str, Any]], row: int, overlaid: bool) -> float:
    lengths = [_known(trace["x"][row]) for trace in traces]
    return max(lengths) if overlaid else sum(lengths)


def below(figure: go.Figure, row: int) -> str:
    """Return the numbers on a line below a bar, because they fit neither in it nor to the right of
    it.
    """
    plain = figure.to_dict()
    if plain["layout"].get("barmode") == "overlay":
        return ""
    words, whole = _beside(plain["data"], row, _longest(figure))
    return "" if _fits_beside(words, whole) else words


def beside(figure: go.Figure, row: int) -> str:
    """Return the numbers of a bar of which the part is too narrow to hold them; empty where all
    fit.
    """
    plain = figure.to_dict()
    if plain["layout"].get("barmode") == "overlay":
        return ""
    return _beside(plain["data"], row, _longest(figure))[0]


def fits(trace: dict[str, Any], row: int, longest: float) -> bool:
    """Tell whether the part of a bar holds its number, or has none.

    Args:
        trace: one trace of a figure, as plain data.
        row: the place of the bar.
        longest: the length of the longest bar.
    """
    share = _known(trace["x"][row]) / (longest or 1.0)
    return not share or _fits(_words(trace, row), share)


def _longest(figure: go.Figure) -> float:
    plain = figure.to_dict()
    overlaid = plain["layout"].get("barmode") == "overlay"
    return (
        max(
            [_reach(plain["data"], row, overlaid) for row in range(len(labels_of(figure)))],
            default=0.0,
        )
        or 1.0
    )


def _beside(traces: Sequence[dict[str, Any]], row: int, longest: float) -> tuple[str, float]:
    """Return the numbers that do not fit in their part, and which share of the width
    the bar takes.
    """
    shares = [_known(trace["x"][row]) / longest for trace in traces]
    there = [
        (trace, _words(trace, row))
        for trace, share in zip(traces, shares, strict=True)
        if share and not _fits(_words(trace, row), share)
    ]
    several = sum(share > 0 for share in shares) > 1
    return " · ".join(
        f"{trace['name']} {words}" if several else words for trace, words in there
    ), sum(shares)


def _fits(words: str, share: float) -> bool:
    return (len(words) + 1) * _LETTER < share


def _fits_beside(words: str, share: float) -> bool:
    return not words or share + (len(words) + 1) * _LETTER < 1


def _stacked(traces: Sequence[dict[str, Any]], row: int, longest: float) -> str:
    parts = ""
    for trace in traces:
        share = _known(trace["x"][row]) / longest
        if share:
            words = _words(trace, row)
            # a number on a pattern is legible only with its own background
            chip = "" if "textfont" in trace else ' class="a-chip"'
            inside = f"<b{chip}>{escape(words)}</b>" if _fits(words, share) else ""
            parts += (
                f'<span class="a-part" style="width:{100 * share:.3f}%;{_look(trace, row)}">'
                f"{inside}</span>"
            )
    words, whole = _beside(traces, row, longest)
    said = f'<span class="a-strip-beside">{escape(words)}</span>' if words else ""
    return (
        f'<span class="a-strip-bar">{parts}{said}</span>'
        if _fits_beside(words, whole)
        else f'<span class="a-strip-bar">{parts}</span>{said}'
    )


def _overlaid(traces: Sequence[dict[str, Any]], row: int, longest: float) -> str:
    parts = "".join(
        '<span class="a-part a-over" '
        f'style="width:{100 * _known(trace["x"][row]) / longest:.3f}%;height:'
        f'{100 * trace["width"]:.0f}%;top:{50 - 50 * trace["width"]:.0f}%;{_look(trace, row)}">'
        "</span>"
        for trace in traces
        if _known(trace["x"][row])
    )
    return f'<span class="a-strip-bar">{parts}</span>'


def _words(trace: dict[str, Any], row: int) -> str:
    texts = trace.get("text")
    return str(texts[row]) if texts is not None else f"{trace['x'][row]}"


def _look(trace: dict[str, Any], row: int) -> str:
    """Return the style of a part: fill, pattern, edge and ink as the figure has them."""
    marker = trace["marker"]
    fill, edge = _of(marker["color"], row), _of(marker["line"]["color"], row)
    style = f"background:{_patterned(fill, marker.get('pattern'))};border:1.5px solid {edge}"
    ink = trace.get("textfont", {}).get("color")
    return f"{style};color:{_of(ink, row)}" if ink is not None else style


def _of(value: Any, row: int) -> Any:
    return value if isinstance(value, str) else list(value)[row]


def _patterned(fill: str, pattern: dict[str, Any] | None) -> str:
    shape, line = (pattern or {}).get("shape"), (pattern or {}).get("fgcolor")
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
