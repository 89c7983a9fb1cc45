"""Who carries how much, and when?"""

from aaa import metrics
from aaa.figures import heat
from aaa.stories import parts
from aaa.stories.parts import Story, Words
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(programme: Programme, lang: str) -> Story:
    """Tell in how many activities each partner takes part, and in which quarters.

    Args:
        programme: as the reader chose it, in the reader's language, its activities judged.
        lang: that language.
    """
    name = translate(lang, "page.partners")
    load = metrics.partners.load(programme.activities, programme.partners, programme.year)
    if not metrics.partners.assignment_count(load):
        nothing = Words(translate(lang, "empty.partners"), missing=True)
        return Story(name, translate(lang, "partners.title_none"), "Activiteiten", (nothing,))
    counts = metrics.activities.running(programme.activities, programme.year)
    chart = heat.partner_load(load, counts, lang)
    return Story(name, chart.title, "Activiteiten", (parts.grid(chart, titled=False),))
