"""Where do we stand?"""

from collections.abc import Iterator

from aaa import metrics
from aaa.figures import overview
from aaa.stories import budget
from aaa.stories.parts import Goals, Part, Shortlist, Story, Strip, Tiles
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


def _parts(programme: Programme, lang: str) -> Iterator[Part]:
    activities, as_of = programme.activities, programme.as_of
    counts = metrics.activities.by_status(activities)
    asking = metrics.activities.attention(activities)
    known = metrics.activities.attention_is_known(activities)
    due = metrics.activities.due(activities, as_of)
    running = metrics.activities.running_on(activities, as_of)
    total = metrics.budget.estimate(programme.costs)
    funders = metrics.budget.by_funder(programme.costs)
    yield from budget.cautions_of_the_estimate(programme, lang)
    four = overview.tiles(
        counts, asking, known, len(due), len(running), total, funders, as_of, lang
    )
    yield Tiles(tuple(four))
    yield Strip(counts)
    yield Shortlist(
        asking,
        translate(lang, "overview.attention_heading"),
        translate(lang, "overview.attention_empty" if known else "overview.attention_unknown"),
        overview.most_shown(asking, _MOST),
    )
    quarter = overview.quarter_word(as_of, lang)
    yield Shortlist(
        due,
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
