"""What happens in which quarter?"""

from aaa.figures import drawings, timeline
from aaa.stories import parts, titles
from aaa.stories.parts import Story, Timeline, Words
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(programme: Programme, lang: str, page: int | None = None) -> Story:
    """Tell what happens in which quarter.

    Args:
        programme: as the reader chose it, in the reader's language, its activities judged.
        lang: that language.
        page: of one large theme, from 1; None tells of all its activities.
    """
    name = translate(lang, "page.timeline")
    if programme.activities.empty:
        nothing = Words(translate(lang, "empty.activities"), missing=True)
        return Story(name, translate(lang, "timeline.title_empty"), "Activiteiten", (nothing,))
    chart = timeline.chart(programme, lang, page)
    drawn = chart.body
    part = (
        Timeline(chart, drawn)
        if isinstance(drawn, drawings.Timeline)
        else parts.grid(chart, titled=False)
    )
    title = titles.timeline(programme, lang) or chart.title
    return Story(name, title, chart.source, (part,))
