"""The look of every Plotly chart: horizontal bars with the numbers on them, no legend, no toolbar,
no gridlines.
"""

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from aaa.figures.palette import INK, Pair

_ROW_HEIGHT = 60  # pixels
_LINE_HEIGHT = 21
_MARGIN = 14
_LABEL_WIDTH = 22  # characters before a label wraps
_LABEL_LINES = 3

# The config of st.plotly_chart. Without the toolbar there is no button that uploads a chart to
# someone else's server. Zooming is off, because on a phone it catches the gesture that scrolls.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "modeBarButtonsToRemove": ["sendChartToCloud"],
    "scrollZoom": False,
}


class Bars(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure that caches what is sent to the browser: it is computed once, after the last trace
    was added.
    """

    _sent: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain data; nobody changes it."""
        if self._sent is None:
            self._sent = super().to_dict()
        return self._sent


def label(text: str, below: str = "") -> str:
    """Return a tick label and a text below it: wrapped, truncated after three lines, and escaped,
    because Plotly reads markup in it.
    """
    lines = textwrap.wrap(text, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …") or [""]
    return "<br>".join(
        escape(line, quote=False)
        for line in (*lines, *textwrap.wrap(below, _LABEL_WIDTH + 6, break_long_words=False))
    )


def pick(pair: Pair, dark: bool) -> str:
    """Return the colour for the reader's mode, light or dark."""
    return pair.dark if dark else pair.light


def bars(labels: Sequence[str], lang: str, dark: bool) -> Bars:
    """Return an empty stacked bar chart (horizontal), high enough for its rows, with tick labels in
    the text colour.

    A row is identified by its position, so that two rows of one label stay two.
    """
    # the default template would be most of the bytes sent to the browser
    figure = Bars(layout={"template": "none"})
    figure.update_layout(
        font={"family": "IBM Plex Sans, sans-serif", "color": pick(INK, dark)},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"font": {"family": "IBM Plex Sans, sans-serif", "size": 15}},
        barmode="stack",
        showlegend=False,
        height=_row_height(labels) * max(len(labels), 1) + 2 * _MARGIN,
        margin={"l": 0, "r": 8, "t": _MARGIN, "b": _MARGIN},
        bargap=0.34,
        dragmode=False,
        hovermode="closest",
        separators=",." if lang == "nl" else ".,",
        xaxis={"visible": False, "fixedrange": True},
        yaxis={
            "autorange": "reversed",
            "tickmode": "array",
            "tickvals": list(range(len(labels))),
            "ticktext": list(labels),
            "automargin": True,
            "fixedrange": True,
            "ticks": "",
            "ticklabelstandoff": 8,
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 16, "color": pick(INK, dark)},
        },
        uniformtext={"minsize": 15, "mode": "hide"},
    )
    return figure


def _row_height(labels: Sequence[str]) -> int:
    """Return the pixels of a row: more where a label has many lines, so that no two
    labels touch.
    """
    lines = max((text.count("<br>") + 1 for text in labels), default=1)
    return max(_ROW_HEIGHT, lines * _LINE_HEIGHT + 10)


def marker(
    colour: Pair, dark: bool, shape: str = "", outline: Pair | None = None, pattern: Pair = INK
) -> dict[str, Any]:
    """Return the style of a bar: a fill, a pattern over it, and an outline that stays visible where
    the fill is as pale as the background.
    """
    look: dict[str, Any] = {
        "color": pick(colour, dark),
        "line": {"color": pick(outline or colour, dark), "width": 1.4},
    }
    if shape:
        look["pattern"] = {
            "shape": shape,
            "fillmode": "overlay",
            "fgcolor": pick(pattern, dark),
            "fgopacity": 0.75,
            "size": 8,
            "solidity": 0.28,
        }
    return look
