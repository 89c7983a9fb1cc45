"""Draw a story as a page of the copy."""

import pandas as pd

from aaa.figures import lists, strips
from aaa.figures.chart import Chart
from aaa.figures.drawn import html
from aaa.figures.html import escape
from aaa.site.copied import TABLES, Copied, Page
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Cards,
    Grid,
    Ladder,
    Lines,
    Part,
    Story,
    Tiles,
    Words,
    in_pairs,
    is_beside,
)


def page(copied: Copied, path: str, story: Story, after: str = "") -> Page:
    """Return a story as a page.

    Args:
        copied: the programme.
        path: of the page.
        story: what is told.
        after: HTML below it.
    """
    body = ""
    for pair in in_pairs(story.parts):
        drawn = [_part(copied, part) for part in pair]
        body += (
            f'<div class="w-two">{"".join(f"<div>{one}</div>" for one in drawn)}</div>'
            if is_beside(pair[0])
            else drawn[0]
        )
    return Page(path, story.name, story.title, body + after)


def _part(copied: Copied, part: Part) -> str:
    match part:
        case Bars():
            return chart(copied, part.chart, strips.key(part.chart.bars))
        case Grid():
            return chart(copied, part.chart, titled=part.titled)
        case ByTheme():
            return lists.by_theme(part.groups, copied.lang)
        case Activities():
            return _activities(copied, part.rows, part.heading, part.nothing)
        case Ladder():
            drawn = chart(copied, part.chart, lists.remark(part.facts))
            nothing = copied.text("ambitions.contributing_empty")
            return drawn + _activities(copied, part.naming, part.goal, nothing)
        case Words():
            return lists.remark(part.text, part.heading, missing=part.missing, warning=part.warning)
        case Tiles():
            return lists.headline(part.tiles)
        case Cards():
            named = [(card.name, card.tag, card.text) for card in part.cards]
            return lists.section(part.heading, lists.cards(named), part.nothing, below=part.below)
        case Lines():
            body = lists.lines(part.lines)
            return lists.section(part.heading, body, part.nothing, below=part.below)
        case _:
            raise TypeError(f"no page of the copy has a {type(part).__name__} yet")


def _activities(copied: Copied, rows: pd.DataFrame, heading: str, nothing: str) -> str:
    """Return activities under the heading of a smaller part."""
    listed = ""
    if len(rows):
        listed = lists.activities(rows, copied.lang, limit=0, with_role=False, notes=True)
    return lists.section(heading, listed, nothing, below=True)


def chart(copied: Copied, drawn: Chart, above: str = "", *, titled: bool = True) -> str:
    """Return a chart with its title, source, table and CSV; the table of a chart without rows is
    left out.
    """
    body = html(drawn, copied.lang)
    title = f'<h2 class="a-chart-title">{escape(drawn.title)}</h2>' if titled else ""
    csv = (
        f'<p class="a-links"><a href="@/{copied.folder}{TABLES}/{drawn.name}.csv"'
        f" download>{escape(copied.text('chart.csv'))}</a></p>"
    )
    rows, opens = lists.table(drawn.table, drawn.title, copied.lang), copied.text("chart.table")
    table = f"<details><summary>{escape(opens)}</summary>{csv}{rows}</details>"
    note = lists.remark(drawn.note) if drawn.note else ""
    source = f'<p class="a-source">{escape(copied.taken.source(drawn.source))}</p>'
    return (
        f"{title}{note}{above}{source}"
        f'<div role="group" aria-label="{escape(drawn.alt)}">{body}</div>'
        f"{table if drawn.name in copied.charts else ''}"
    )
