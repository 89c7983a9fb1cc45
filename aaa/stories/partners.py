"""Who carries how much, and when?"""

from collections.abc import Iterator

from aaa import metrics
from aaa.figures import heat
from aaa.metrics import rows
from aaa.stories import parts
from aaa.stories.parts import Linked, Part, Story, Words
from aaa.values.links import Kind, Link
from aaa.words.texts import translate
from aaa.workbook.programme import Programme

_MOST_LINKS = 1000


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
        title = translate(lang, "partners.title_none")
        return Story(name, title, "Activiteiten", (nothing, *_pages(programme, lang)))
    counts = metrics.activities.running(programme.activities, programme.year)
    chart = heat.partner_load(load, counts, lang)
    load_of_each = parts.grid(chart, titled=False)
    return Story(name, chart.title, "Activiteiten", (load_of_each, *_pages(programme, lang)))


def _pages(programme: Programme, lang: str) -> Iterator[Part]:
    """Yield a link to the own page of every partner, in the order of the alphabet."""
    partners = sorted(rows.partners(programme.partners), key=lambda one: one.partner.casefold())
    shown = partners[:_MOST_LINKS]
    left = len(partners) - len(shown)
    if partners:
        yield Linked(
            translate(lang, "partners.pages"),
            tuple((Link(Kind.PARTNER, one.code), one.partner) for one in shown),
            more=translate(lang, "list.more", n=left) if left else "",
        )
