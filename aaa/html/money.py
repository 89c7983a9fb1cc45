"""What was paid against the estimate, and in the course of the year, as HTML."""

from collections.abc import Sequence

from markupsafe import Markup

from aaa.figures.drawings import Pace, Spent, Variance
from aaa.figures.money import HEADS
from aaa.figures.palette import LOOKS
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, join, small, tag
from aaa.values import period

_APART = 13.0  # percents of the height that two labels need


def variance(drawn: Variance, rows: Sequence[Spent], reader: Reader) -> Markup:
    """Return a table with a bar below each row: the outline is the estimate, its filling what was
    paid; what is above the estimate is hatched.

    Args:
        drawn: all of it.
        rows: those that are shown.
        reader: for whom.
    """
    head = tag("tr", *(tag("th", reader.text(name), scope="col") for name in HEADS))
    body = join(_row(one) for one in rows)
    total = _numbers(drawn.total, "a-total")
    return tag("table", tag("thead", head), tag("tbody", body, total), class_="a-variance")


def _numbers(one: Spent, look: str | None = None) -> Markup:
    wrong = "a-wrong" if one.is_over else None
    share = tag("small", one.share) if one.share and look else NOTHING
    return tag(
        "tr",
        tag("th", one.line, small(one.funder), scope="row"),
        tag("td", one.estimate),
        tag("td", one.paid, " " if share else "", share),
        tag("td", one.difference, class_=wrong),
        class_=look,
    )


def _row(one: Spent) -> Markup:
    estimated, spent = one.estimated or 0.0, one.spent or 0.0
    inside = min(estimated, spent)
    colour = LOOKS[one.meaning].fill.css
    parts = [tag("span", class_="a-spent", style=f"width:{100 * inside:.2f}%;background:{colour}")]
    if one.is_over:
        parts.append(tag("span", class_="a-over a-wrong", style=_width(spent - estimated)))
    elif one.estimated is not None:
        parts.append(tag("span", class_="a-unspent", style=_width(estimated - inside)))
    look = "a-paid-share a-wrong" if one.is_over else "a-paid-share"
    parts.append(tag("b", one.share, class_=look))
    bar = tag("div", *parts, class_="a-spending")
    return _numbers(one) + tag("tr", tag("td", bar, colspan="4"), class_="a-bars")


def _width(length: float) -> str:
    return f"width:{100 * length:.2f}%"


def pace(drawn: Pace, reader: Reader) -> Markup:
    """Return what was paid as a line that rises on each day with a payment and ends at the last;
    the estimate is a line above it, the date a dashed one.

    Args:
        drawn: what is drawn.
        reader: for whom.
    """
    last, paid = drawn.steps[-1]
    lines = [tag("path", d=_path(drawn.steps), class_="a-paid")]
    labels = [(_from_top(paid), tag("b", drawn.said[0]), drawn.said[1], last)]
    if drawn.estimate is not None:
        y = _from_top(drawn.estimate)
        lines.append(tag("path", d=f"M0 {y:.2f}H100", class_="a-whole"))
        labels.append((y, tag("b", drawn.estimated), "", 1.0))
    if drawn.today is not None:
        lines.append(tag("path", d=f"M{100 * drawn.today:.2f} 0V100", class_="a-now"))
    svg = tag("svg", *lines, viewBox="0 0 100 100", preserveAspectRatio="none", aria_hidden="true")
    quarters = (tag("span", f"Q{quarter}") for quarter in period.QUARTERS)
    plot = tag("div", svg, *_labels(labels), class_="a-pace-plot")
    axis = tag("div", *quarters, class_="a-pace-axis")
    year = tag("p", drawn.year, class_="a-pace-year") if drawn.year else NOTHING
    return tag("div", plot, axis, year, class_="a-pace")


def _from_top(height: float) -> float:
    return 100 * (1 - height)


def _path(steps: Sequence[tuple[float, float]]) -> str:
    path = "M0 100"
    for where, height in steps:
        path += f"H{100 * where:.2f}V{_from_top(height):.2f}"
    return path


def _labels(labels: Sequence[tuple[float, Markup, str, float]]) -> list[Markup]:
    """Return the labels of the lines at their right, none on top of another."""
    found, free = [], -_APART
    for top, head, below, where in sorted(labels, key=lambda one: one[0]):
        at = min(max(top, free), 100 - _APART)  # above the axis
        free = at + _APART
        style = f"left:{100 * where:.2f}%;top:{at:.2f}%"
        found.append(tag("span", head, tag("br") + below if below else NOTHING, style=style))
    return found
