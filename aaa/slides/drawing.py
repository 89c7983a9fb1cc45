"""Slides as HTML, with the figures of the pages."""

from aaa.figures import decisions, heat, lists, strips, timeline
from aaa.figures.html import escape
from aaa.slides.slide import Slide
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Cards,
    Decisions,
    Goals,
    Grid,
    Ladder,
    Lines,
    Part,
    Shortlist,
    Strip,
    Tiles,
    Timeline,
    Told,
    Words,
)
from aaa.words.texts import translate


def slide(one: Slide, lang: str) -> str:
    """Return one slide as HTML; `slides.css` gives it its place and size."""
    subject = translate(lang, f"subject.{one.subject.name.lower()}")
    kicker = subject if one.of == 1 else f"{subject} {one.place}/{one.of}"
    above = "".join(
        f'<div class="v-part">{_part(part, one.title, lang)}</div>' for part in one.above
    )
    columns = "".join(
        f'<div class="v-column">{"".join(_part(part, one.title, lang) for part in column)}</div>'
        for column in one.columns
    )
    body = above + (f'<div class="v-columns">{columns}</div>' if columns else "")
    return (
        f'<header class="v-title"><p>{escape(kicker)}</p><h1>{escape(one.title)}</h1></header>'
        f'<div class="v-body"><div class="v-fit">{body}</div></div>'
    )


def _part(part: Part, title: str, lang: str) -> str:
    match part:
        case Told():
            items = "".join(f"<li>{escape(line)}</li>" for line in part.sentences)
            return f"<h2>{escape(part.heading)}</h2><ul>{items}</ul>"
        case Activities():
            return lists.activities(part.rows, lang, 0, with_role=False, notes=True, opens=False)
        case Timeline():
            return timeline.drawing(
                part.groups, part.undated, part.scale, part.as_of, lang, opens=False
            )
        case Bars():
            remark = f'<p class="v-remark">{escape(part.chart.note)}</p>' if part.chart.note else ""
            drawn = f"{strips.key(part.chart.bars)}{strips.strips(part.chart.bars, part.rows)}"
            return (
                f"<h2>{escape(part.chart.title)}</h2>"
                f'<div role="group" aria-label="{escape(part.chart.alt)}">{drawn}</div>{remark}'
            )
        case Grid():
            heading = f"<h2>{escape(part.chart.title)}</h2>" if part.titled else ""
            return heading + heat.plain(part.chart.grid, part.rows, part.chart.title)
        case Ladder():
            drawn = (
                f'<div role="group" aria-label="{escape(part.chart.alt)}">{part.chart.body}</div>'
            )
            return (
                f"<h2>{escape(part.chart.title)}</h2>{drawn}"
                f'<p class="v-remark">{escape(part.goal)}</p>'
            )
        case Tiles():
            return lists.headline(part.tiles)
        case Words():
            look = " v-missing" if part.missing else " v-warning" if part.warning else ""
            heading = f"<h2>{escape(part.heading)}</h2>" if part.heading else ""
            return f'{heading}<p class="v-remark{look}">{escape(part.text)}</p>'
        case Decisions():
            return decisions.items(part.rows, lang)
        case ByTheme() | Cards() | Lines() | Strip() | Shortlist() | Goals():
            raise TypeError(f"a {type(part).__name__} stands on no slide")
