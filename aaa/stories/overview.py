"""Where do we stand?"""

from collections.abc import Iterator

from aaa import metrics
from aaa.figures import overview
from aaa.metrics import rows
from aaa.stories import budget
from aaa.stories.parts import Activities, Goals, Part, Shortlist, Story, Strip, Tiles, Words
from aaa.words.texts import translate
from aaa.workbook.programme import Programme

_MOST = 4  # activities in a short list


def story(programme: Programme, lang: str) -> Story:
    """Tell where the programme stands: how far, what asks for attention, what comes next, and what
    it is all for.

    Args:
        programme: as the reader chose it, in the reader's language, its activities judged.
        lang: that language.
    """
    counts = metrics.activities.by_status(programme.activities)
    return Story(
        translate(lang, "page.overview"),
        overview.title(counts, lang),
        "Activiteiten, Kostenraming, Ambities, Metingen",
        tuple(_parts(programme, lang)),
    )


def attention(programme: Programme, lang: str) -> Story:
    """Tell what asks for attention; arguments as of `story`."""
    asking = metrics.activities.attention(programme.activities)
    known = metrics.activities.attention_is_known(programme.activities)
    title = translate(lang, "slide.attention_none" if known else "slide.attention_unknown")
    part: Part = Words(_nothing(lang, known), missing=True)
    if len(asking):
        reasons = overview.reasons_words(asking, known, lang)
        title = translate(lang, "slide.attention", n=len(asking), reasons=reasons)
        part = Activities(rows.activities(programme, asking))
    return Story(
        translate(lang, "overview.attention_heading"),
        title,
        "Activiteiten",
        (*_first(programme, lang), part),
    )


def _first(programme: Programme, lang: str) -> Iterator[Part]:
    """Yield what weighs most: cautions about the estimate, and the headline numbers."""
    activities, as_of = programme.activities, programme.as_of
    yield from budget.cautions_of_the_estimate(programme, lang)
    four = overview.tiles(
        metrics.activities.by_status(activities),
        metrics.activities.attention(activities),
        metrics.activities.attention_is_known(activities),
        len(metrics.activities.due(activities, as_of)),
        len(metrics.activities.running_on(activities, as_of)),
        metrics.budget.estimate(programme.costs),
        metrics.budget.by_funder(programme.costs),
        as_of,
        lang,
    )
    yield Tiles(tuple(four))


def _nothing(lang: str, known: bool) -> str:
    return translate(lang, "overview.attention_empty" if known else "overview.attention_unknown")


def _parts(programme: Programme, lang: str) -> Iterator[Part]:
    activities = programme.activities
    asking = metrics.activities.attention(activities)
    yield from _first(programme, lang)
    yield Strip(metrics.activities.by_status(activities))
    yield Shortlist(
        rows.activities(programme, asking),
        translate(lang, "overview.attention_heading"),
        _nothing(lang, metrics.activities.attention_is_known(activities)),
        overview.most_shown(asking, _MOST),
    )
    quarter = overview.quarter_word(programme.as_of, lang)
    yield Shortlist(
        rows.activities(programme, metrics.activities.due(activities, programme.as_of)),
        translate(lang, "overview.due_heading", quarter=quarter),
        translate(lang, "overview.due_empty"),
        _MOST,
        notes=False,
    )
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    money = metrics.budget.per_ambition(programme.costs, programme.ambitions)
    yield Goals(
        translate(lang, "overview.why"),
        tuple(overview.goals(programme.ambitions, rungs, money, lang)),
        translate(lang, "budget.not_building_costs"),
    )
