"""What every output says of its numbers: that they are incomplete, or contradict each other."""

from aaa.stories import ambitions, budget
from aaa.workbook.programme import Programme


def cautions(programme: Programme, lang: str) -> tuple[str, ...]:
    """Return the cautions of all subjects, for an output that tells them together.

    Args:
        programme: whole, in the reader's language, its activities judged.
        lang: that language.
    """
    stories = (budget.story(programme, lang), ambitions.story(programme, lang))
    return tuple(words for story in stories for words in story.cautions)
