"""Every story of a programme, for an output that tells them together."""

from aaa.stories import ambitions, budget, overview, partners, programme, themes
from aaa.stories.parts import Story
from aaa.workbook.programme import Programme


def every(shown: Programme, whole: Programme, lang: str) -> dict[str, Story]:
    """Return the stories by their names, in the order of the pages.

    Args:
        shown: the programme as the reader chose it, in the reader's language, its activities
            judged.
        whole: the same without filters, which money and ambitions ignore.
        lang: the reader's language.
    """
    return {
        "overview": overview.story(shown, lang),
        "themes": themes.story(shown, lang),
        "partners": partners.story(shown, lang),
        "budget": budget.story(whole, lang),
        "ambitions": ambitions.story(whole, lang),
        "programme": programme.story(whole, lang),
    }


def cautions(programme: Programme, lang: str) -> tuple[str, ...]:
    """Return what a reader must know before using the numbers, without telling the rest.

    Args:
        programme: whole, in the reader's language.
        lang: that language.
    """
    found = (tell(programme, lang) for tell in (budget.cautions, ambitions.cautions))
    return tuple(words.text for of_subject in found for words in of_subject)
