"""How far are the homes, the jobs and the student city?"""

from collections.abc import Iterator

from aaa import metrics
from aaa.figures import ladder
from aaa.metrics import rows
from aaa.stories import titles
from aaa.stories.parts import Ladder, Part, Story, Words
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(programme: Programme, lang: str) -> Story:
    """Tell what was measured of each ambition, and which activities say that they contribute.

    Args:
        programme: in the reader's language, its activities judged.
        lang: that language.
    """
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    measured, of = metrics.ambitions.measured(rungs)
    name = translate(lang, "page.ambitions")
    title = translate(lang, "ambitions.title_unmeasured", ambition=name)
    if programme.ambitions.empty:
        title = translate(lang, "ambitions.title_empty")
    elif of:
        title = translate(lang, "ambitions.title_measured", n=measured, of=of)
    title = titles.ambitions(programme, lang) or title
    return Story(name, title, "Ambities, Metingen", tuple(_parts(programme, lang)))


def cautions(programme: Programme, lang: str) -> Iterator[Words]:
    """Yield what a reader must know before using the measurements.

    Args:
        programme: in the reader's language.
        lang: that language.
    """
    left_out = metrics.ambitions.uncounted(programme.measurements)
    if left_out:
        yield Words(translate(lang, "ambitions.uncounted", n=left_out), warning=True)


def _parts(programme: Programme, lang: str) -> Iterator[Part]:
    yield from cautions(programme, lang)
    if programme.ambitions.empty:
        yield Words(translate(lang, "empty.ambitions"), missing=True)
        return
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    for one in rows.ambitions(programme.ambitions):
        mine = metrics.ambitions.of_ambition(rungs, one.ambition)
        naming = metrics.ambitions.contributing(programme.activities, one.ambition)
        yield Ladder(
            ladder.chart(one, mine, programme.measurements, lang),
            translate(lang, "ambitions.contributing", n=len(naming)),
            ladder.facts(one, lang),
            rows.activities(programme, naming),
            ladder.aimed_at(one) or 0.0,
        )
    yield Words(translate(lang, "ambitions.no_claim"))
