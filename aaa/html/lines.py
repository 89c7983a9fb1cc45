"""The timeline of a slide as HTML: an activity is one line, its marks stand behind its bar."""

from collections.abc import Iterator

from markupsafe import Markup

from aaa.figures import timeline as figures
from aaa.figures.drawings import Axis, Line, Timeline
from aaa.html.reader import Reader
from aaa.html.tags import NOTHING, icon, small, status_class, tag
from aaa.html.timeline import sample
from aaa.words import formatting

_EDGE = 10  # percents; so near to an end of the axis the date stands beside its line
_LEAST = 0.8  # percents; the width of the shortest bar


def lines(shown: Timeline, reader: Reader) -> Markup:
    """Return the timeline in lines."""
    drawn = figures.of_a_slide(shown, reader.lang)
    today = drawn.scale.of_day(drawn.as_of) if drawn.as_of else None
    place = f"--months:{drawn.scale.months}" + ("" if today is None else f";--today:{today:.3f}%")
    parts = [_head(drawn, today, reader)]
    for theme, _, mine in drawn.groups:
        name = theme or reader.text("theme.unknown")
        rows = (_row(figures.line(one, drawn, reader.lang), reader) for one in mine)
        parts.append(tag("h2", name, class_="a-ln-theme"))
        parts.append(tag("div", *rows, role="table", aria_label=name))
    return tag("div", *parts, class_="a-lines", style=place)


def _head(drawn: Timeline, today: float | None, reader: Reader) -> Markup:
    """Return the legend, and beside it the axis with the date."""
    samples = (
        ("a-over a-wrong", "timeline.key_over"),
        ("a-agreed", "timeline.key_agreed"),
        ("a-bar s-finished a-soft-start a-soft-end", "timeline.key_soft"),
    )
    key = (tag("li", sample(look), reader.text(words)) for look, words in samples)
    said = tag("li", tag("b", "+2"), reader.text("timeline.key_shift"))
    when = NOTHING
    if today is not None and drawn.as_of is not None:
        words = formatting.day_and_month(drawn.as_of, reader.lang)
        edge = "a-at-start" if today < _EDGE else "a-at-end" if today > 100 - _EDGE else None
        when = tag("em", words, class_=edge, style=f"left:{today:.3f}%")
    axis = tag("div", *_quarters(drawn.scale), when, class_="a-ln-axis", aria_hidden="true")
    legend = tag("ul", *key, said, class_="a-ln-key", aria_label=reader.text("timeline.key"))
    return tag("div", legend, axis, class_="a-ln-head")


def _quarters(scale: Axis) -> Iterator[Markup]:
    for _, name, year in figures.quarters(scale):
        yield tag("span", tag("b", name), small(year))


def _row(line: Line, reader: Reader) -> Markup:
    """Return a line: number and title, its marks and period for a screen reader, and its bar."""
    one = line.activity
    said = f"{line.words}, {figures.period_words(one, reader.lang)}"
    return tag(
        "div",
        icon(line.icon),
        tag("span", one.nr or "", class_="a-ln-nr", role="cell"),
        tag("span", one.called, class_="a-ln-title", role="rowheader"),
        tag("span", said, class_="a-said", role="cell"),
        _track(line, reader),
        class_="a-ln-row a-wrong" if line.is_wrong else "a-ln-row",
        role="row",
    )


def _track(line: Line, reader: Reader) -> Markup:
    if line.bar is None:
        words = tag("em", reader.text("timeline.undated"), style="left:0")
        return tag("span", words, class_="a-ln-track", aria_hidden="true")
    soft = (
        name
        for name, is_soft in zip(("a-soft-start", "a-soft-end"), line.soft, strict=True)
        if is_soft
    )
    look = " ".join(("a-bar", status_class(line.activity.state), *soft))
    passed = " a-passed" if line.activity.passed else ""
    bars = [tag("span", class_=look + passed, style=_at(line.bar))]
    if line.over is not None:
        ends = " a-soft-end" if line.soft[1] and line.over[1] == line.bar[1] else ""
        over = "a-over a-wrong" if line.is_wrong else "a-over"
        bars.append(tag("span", class_=over + ends, style=_at(line.over)))
    if line.agreed is not None:
        bars.append(tag("span", class_="a-agreed", style=_at(line.agreed)))
    shift = tag("b", line.shift, " ") if line.shift else NOTHING
    words = tag("em", shift, line.words, style=f"left:{line.end:.3f}%")
    return tag("span", *bars, words, class_="a-ln-track", aria_hidden="true")


def _at(part: tuple[float, float]) -> str:
    left, right = part
    return f"left:{left:.3f}%;width:{max(right - left, _LEAST):.3f}%"
