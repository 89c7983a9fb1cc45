"""A chart of bars as a Plotly figure: horizontal, with the numbers on the bars, without legend,
toolbar and gridlines.
"""

from html import escape
from typing import Any

import plotly.graph_objects as go

from aaa.figures.bars import Bars, Stack
from aaa.figures.palette import GROUND, INK, LOOKS, Look, Pair

_ROW_HEIGHT = 60  # pixels
_LINE_HEIGHT = 21
MARGIN = 14

# The config of st.plotly_chart. Without the toolbar there is no button that uploads a chart to
# someone else's server. Zooming is off, because on a phone it catches the gesture that scrolls.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "modeBarButtonsToRemove": ["sendChartToCloud"],
    "scrollZoom": False,
}


class Figure(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure that caches what is sent to the browser: it is computed once, after the last trace
    was added.
    """

    _sent: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain data; nobody changes it."""
        if self._sent is None:
            self._sent = super().to_dict()
        return self._sent


def figure(bars: Bars, lang: str, dark: bool) -> Figure:
    """Return a chart of bars as a figure, high enough for its rows.

    A row is identified by its position, so that two rows of one label stay two.

    Args:
        bars: the chart.
        lang: the reader's language.
        dark: whether the ground is dark.
    """
    # Plotly reads markup in a label
    labels = ["<br>".join(escape(line, quote=False) for line in row.lines) for row in bars.rows]
    ink = _pick(INK, dark)
    # the default template would be most of the bytes sent to the browser
    drawn = Figure(layout={"template": "none"})
    drawn.update_layout(
        font={"family": "IBM Plex Sans, sans-serif", "color": ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"font": {"family": "IBM Plex Sans, sans-serif", "size": 15}},
        barmode="overlay" if bars.overlaid else "stack",
        showlegend=False,
        height=height(bars),
        margin={"l": 0, "r": 8, "t": MARGIN, "b": MARGIN},
        bargap=0.34,
        dragmode=False,
        hovermode="closest",
        separators=",." if lang == "nl" else ".,",
        xaxis={"visible": False, "fixedrange": True},
        yaxis={
            "autorange": "reversed",
            "tickmode": "array",
            "tickvals": list(range(len(labels))),
            "ticktext": labels,
            "automargin": True,
            "fixedrange": True,
            "ticks": "",
            "ticklabelstandoff": 8,
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 16, "color": ink},
        },
        uniformtext={"minsize": 15, "mode": "hide"},
        annotations=_chips(bars, dark),
    )
    for stack in bars.stacks:
        drawn.add_trace(_trace(bars, stack, dark))
    return drawn


def height(bars: Bars) -> int:
    """Return the height of the figure, in pixels."""
    return _row_height(bars) * max(len(bars.rows), 1) + 2 * MARGIN


def _row_height(bars: Bars) -> int:
    """Return the pixels of a row: more where a label has many lines, so that no two
    labels touch.
    """
    lines = max((len(row.lines) for row in bars.rows), default=1)
    return max(_ROW_HEIGHT, lines * _LINE_HEIGHT + 10)


def _trace(bars: Bars, stack: Stack, dark: bool) -> go.Bar:
    looks = [LOOKS[meaning] for meaning in stack.meanings]
    chips = any(look.ink is None for look in looks)
    written: dict[str, Any] = {}
    if not bars.overlaid and not chips:
        written = {
            "text": stack.texts,
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textfont": {
                "color": _one([_pick(look.ink or INK, dark) for look in looks]),
                "size": 15,
            },
        }
    return go.Bar(
        name=stack.name,
        y=list(range(len(bars.rows))),
        x=stack.amounts,
        orientation="h",
        marker=_marker(looks, dark),
        width=stack.thick if bars.overlaid else None,
        customdata=[escape(words, quote=False) for words in stack.said],
        hovertemplate="%{customdata}<extra></extra>",
        **written,
    )


def _marker(looks: list[Look], dark: bool) -> dict[str, Any]:
    """Return the style of the parts of one stack: fill, pattern and outline."""
    marker: dict[str, Any] = {
        "color": _one([_pick(look.fill, dark) for look in looks]),
        "line": {"color": _one([_pick(look.edge, dark) for look in looks]), "width": 1.4},
    }
    if any(look.shape for look in looks):
        marker["pattern"] = {
            "shape": _one([look.shape for look in looks]),
            "fillmode": "overlay",
            "fgcolor": _one([_pick(look.line, dark) for look in looks]),
            "fgopacity": 0.75,
            "size": 8,
            "solidity": 0.28,
        }
    return marker


def _one(values: list[str]) -> str | list[str]:
    """Return the value that all share, else the list: in a list of fills, Plotly chooses the colour
    of a pattern itself.
    """
    return values[0] if len(set(values)) == 1 else values


def _chips(bars: Bars, dark: bool) -> list[dict[str, Any]]:
    """Return the numbers that need a ground of their own, because they would be illegible on a
    pattern.
    """
    chips = []
    for row in range(len(bars.rows)):
        left = 0.0
        for stack in bars.stacks:
            length = stack.length(row)
            if length and LOOKS[stack.meanings[row]].ink is None:
                look = {
                    "font": {"size": 15, "color": _pick(INK, dark)},
                    "bgcolor": _pick(GROUND, dark),
                    "showarrow": False,
                    "borderpad": 2,
                }
                chips.append({"x": left + length / 2, "y": row, "text": stack.texts[row]} | look)
            left += length
    return chips


def _pick(pair: Pair, dark: bool) -> str:
    return pair.dark if dark else pair.light
