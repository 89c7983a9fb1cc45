"""Draw a story as a page of the copy."""

import pandas as pd

from aaa.exports import told
from aaa.figures import lists, strips, themes
from aaa.figures.chart import Chart
from aaa.figures.drawn import html
from aaa.figures.html import escape
from aaa.site.copied import TABLES, Copied, Page
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Grid,
    Ladder,
    Part,
    Shortlist,
    Story,
    Strip,
    in_pairs,
    is_beside,
)


def page(copied: Copied, path: str, story: Story, after: str = "", *, short: bool = False) -> Page:
    """Return a story as a page.

    Args:
        copied: the programme.
        path: of the page.
        story: what is told.
        after: HTML below it.
        short: short lists are cut, as on a page that opens the rest.
    """
    body = ""
    for pair in in_pairs(story.parts):
        drawn = [_part(copied, part, short) for part in pair]
        body += (
            f'<div class="w-two">{"".join(f"<div>{one}</div>" for one in drawn)}</div>'
            if is_beside(pair[0])
            else drawn[0]
        )
    return Page(path, story.name, story.title, body + after)


def _part(copied: Copied, part: Part, short: bool) -> str:
    match part:
        case Bars():
            return chart(copied, part.chart, strips.key(part.chart.bars))
        case Grid():
            return chart(copied, part.chart, titled=part.titled)
        case ByTheme():
            return lists.by_theme(part.groups, copied.lang)
        case Strip():
            strip = themes.status_strip(part.counts)
            return strip + themes.status_key(part.counts, copied.lang)
        case Shortlist():
            listed = ""
            if len(part.rows):
                most = part.most if short else 0
                listed = lists.activities(
                    part.rows, copied.lang, limit=most, with_role=False, notes=part.notes
                )
            return lists.section(part.heading, listed, part.nothing)
        case Activities():
            return _activities(copied, part.rows, part.heading, part.nothing)
        case Ladder():
            drawn = chart(copied, part.chart, lists.remark(part.facts))
            nothing = copied.text("ambitions.contributing_empty")
            return drawn + _activities(copied, part.naming, part.goal, nothing)
        case _:
            return told.html(part)


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
