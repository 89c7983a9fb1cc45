"""What must be decided, and what was agreed?"""

from aaa import metrics
from aaa.figures import decisions
from aaa.metrics import rows
from aaa.metrics.rows import Decision
from aaa.stories import titles
from aaa.stories.parts import Decisions, Story, Words
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(programme: Programme, lang: str) -> Story:
    """Tell which decisions and actions are open.

    Args:
        programme: in the reader's language.
        lang: that language.
    """
    left = metrics.decisions.open_ones(programme.decisions, programme.as_of)
    open_ones = rows.decisions(left)
    chart = decisions.chart(open_ones, lang)
    part: Decisions | Words = Decisions(chart, open_ones, programme.as_of)
    if not open_ones:
        part = Words(translate(lang, "slide.decisions_empty"), missing=True)
    return Story(translate(lang, "subject.decisions"), chart.title, chart.source, (part,))


def asked(programme: Programme, lang: str) -> Story:
    """Tell which decisions are asked, first those before the nearest date; arguments as of
    `story`.
    """
    left = metrics.decisions.open_ones(programme.decisions, programme.as_of)
    found = rows.decisions(metrics.decisions.asked(left))
    return _told(found, titles.asked(found, lang), "asked", programme, lang)


def agreed(programme: Programme, lang: str) -> Story:
    """Tell what was agreed: overdue, open and done; arguments as of `story`."""
    found = rows.decisions(metrics.decisions.agreed(programme.decisions, programme.as_of))
    return _told(found, titles.agreed(found, lang), "agreed", programme, lang)


def _told(
    found: tuple[Decision, ...], title: str, name: str, programme: Programme, lang: str
) -> Story:
    chart = decisions.chart(found, lang)
    part: Decisions | Words = Decisions(chart, found, programme.as_of, asked=name == "asked")
    if not found:
        part = Words(translate(lang, "slide.decisions_empty"), missing=True)
    return Story(translate(lang, f"decisions.{name}"), title, "Besluiten", (part,))
