"""What changed since the last meeting?"""

from collections.abc import Sequence

import pandas as pd

from aaa.figures import changes, slip
from aaa.figures.drawings import Sentences
from aaa.history.events import Event
from aaa.stories.parts import Changes, Part, Slip, Story, Words
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(
    programme: Programme,
    lang: str,
    found: Sequence[Event] | None,
    since: str,
    moves: pd.Series | None,
) -> Story:
    """Tell what changed, and how much later than agreed activities are expected to end.

    Args:
        programme: whole, in the reader's language, its activities judged.
        lang: that language.
        found: as `events.between` returns them; None where there is nothing to compare with.
        since: what the earlier version is called.
        moves: as `history.changes.moves` returns them; None leaves slip out.
    """
    name, nothing = translate(lang, "page.changes"), translate(lang, "changes.title_nothing")
    slipped = () if moves is None else (_slip(programme, lang, moves),)
    if found is None:
        words = Words(translate(lang, "changes.nothing"), missing=True)
        return Story(name, nothing, "", (words, *slipped))
    chart = changes.chart(found, since, lang)
    groups = chart.body.groups if isinstance(chart.body, Sentences) else ()
    part: Part = Changes(chart, groups)
    if not groups:
        part = Words(translate(lang, "changes.same"), missing=True)
    return Story(name, chart.title, chart.source, (part, *slipped))


def _slip(programme: Programme, lang: str, moves: pd.Series) -> Part:
    heading, chart = translate(lang, "slip.heading"), slip.chart(programme, moves, lang)
    if chart is None:
        return Words(translate(lang, "slip.empty"), missing=True, heading=heading)
    return Slip(chart, heading)
