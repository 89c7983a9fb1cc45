"""What changed since the last meeting?"""

from collections.abc import Iterator, Sequence

import pandas as pd

from aaa.figures import changes, slip
from aaa.figures.drawings import Sentences
from aaa.history.changes import Change
from aaa.stories.parts import Changes, Part, Slip, Story, Words
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(
    programme: Programme,
    lang: str,
    found: Sequence[Change] | None,
    since: str,
    moves: pd.Series | None,
) -> Story:
    """Tell what changed, and how much later than agreed activities are expected to end.

    Args:
        programme: whole, in the reader's language, its activities judged.
        lang: that language.
        found: as `changes.compare` returns them; None where there is nothing to compare with.
        since: what the earlier version is called.
        moves: as `history.changes.moves` returns them; None leaves slip out.
    """
    name = translate(lang, "page.changes")
    title, source = translate(lang, "changes.title_nothing"), ""
    if found is not None:
        chart = changes.chart(found, since, lang)
        title, source = chart.title, chart.source
    return Story(name, title, source, tuple(_parts(programme, lang, found, since, moves)))


def _parts(
    programme: Programme,
    lang: str,
    found: Sequence[Change] | None,
    since: str,
    moves: pd.Series | None,
) -> Iterator[Part]:
    chart = None if found is None else changes.chart(found, since, lang)
    if chart is None or not isinstance(chart.body, Sentences):
        yield Words(translate(lang, "changes.nothing"), missing=True)
    elif not chart.body.groups:
        yield Words(translate(lang, "changes.same"), missing=True)
    else:
        yield Changes(chart, chart.body.groups)
    if moves is None:
        return
    heading, slipped = translate(lang, "slip.heading"), slip.chart(programme, moves, lang)
    if slipped is None:
        yield Words(translate(lang, "slip.empty"), missing=True, heading=heading)
    else:
        yield Slip(slipped, heading)
