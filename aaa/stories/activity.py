"""What is known of one activity?"""

from aaa.metrics.rows import Activity
from aaa.stories.parts import Details, Story
from aaa.words import wording
from aaa.words.texts import translate


def story(activity: Activity, lang: str) -> Story:
    """Tell all that is known of an activity; arguments: which one, and the reader's language."""
    name = translate(lang, "details.title_unnumbered")
    if activity.nr is not None:
        name = translate(lang, "details.title", nr=activity.nr)
    title = wording.text(activity.title, lang)
    return Story(name, title, "Activiteiten", (Details(activity),))
