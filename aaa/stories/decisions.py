"""What must be decided, and what was agreed?"""

from aaa import metrics
from aaa.figures import decisions
from aaa.metrics import rows
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
    part: Decisions | Words = Decisions(chart, open_ones)
    if not open_ones:
        part = Words(translate(lang, "slide.decisions_empty"), missing=True)
    return Story(translate(lang, "subject.decisions"), chart.title, chart.source, (part,))
