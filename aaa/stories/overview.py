"""Where do we stand?"""

from collections.abc import Iterator

from aaa import metrics
from aaa.figures import overview
from aaa.metrics import rows
from aaa.stories import budget, titles
from aaa.stories.parts import Activities, Lines, Part, Shortlist, Story, Strip, Tiles, Words
from aaa.words import wording
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
        titles.overview(programme, lang) or overview.title(counts, lang),
        "Activiteiten, Kostenraming, Ambities, Metingen",
        tuple(_parts(programme, lang)),
    )


def attention(programme: Programme, lang: str) -> Story:
    """Tell what asks for attention; arguments as of `story`."""
    asking = metrics.activities.attention(programme.activities)
    title, nothing = _nothing(programme, lang)
    part: Part = Words(nothing, missing=True)
    if len(asking):
        reasons = overview.reasons_words(programme.activities, programme.as_of, lang)
        usual = translate(lang, "slide.attention", n=len(asking), reasons=reasons)
        title = titles.attention(programme, lang) or usual
        found = rows.activities(programme, asking)
        part = Activities(found, led=True, as_of=programme.as_of)
    return Story(
        translate(lang, "overview.attention_heading"),
        title,
        "Activiteiten",
        (part,),
    )


def _nothing(programme: Programme, lang: str) -> tuple[str, str]:
    """Return why no activity asks for attention, as a title and as words: nobody judged, there is
    no date to judge by, or all is well.
    """
    keys = ("slide.attention_none", "overview.attention_empty")
    if not metrics.activities.attention_is_known(programme.activities):
        keys = ("slide.attention_unknown", "overview.attention_unknown")
    elif programme.as_of is None:
        keys = ("slide.attention_no_date", "overview.attention_no_date")
    title, words = keys
    return translate(lang, title), translate(lang, words)


def _parts(programme: Programme, lang: str) -> Iterator[Part]:
    activities = programme.activities
    asking = metrics.activities.attention(activities)
    yield from budget.cautions_of_the_estimate(programme, lang)
    four = overview.tiles(
        programme.activities,
        metrics.budget.estimate(programme.costs),
        metrics.budget.by_funder(programme.costs),
        titles.paid(programme, lang),
        programme.as_of,
        lang,
    )
    yield Tiles(tuple(four))
    yield Shortlist(
        rows.activities(programme, asking),
        translate(lang, "overview.attention_heading"),
        _nothing(programme, lang)[1],
        overview.most_shown(asking, _MOST),
        led=True,
        as_of=programme.as_of,
    )
    as_of = programme.as_of
    heading, nothing = translate(lang, "overview.due_unknown"), "overview.due_no_date"
    if as_of is not None:
        quarter = wording.quarter_of(as_of)
        heading = translate(lang, "overview.due_heading", quarter=quarter)
        nothing = "overview.due_empty"
    yield Shortlist(
        rows.activities(programme, metrics.activities.due(activities, as_of)),
        heading,
        translate(lang, nothing),
        _MOST,
        notes=False,
    )
    asked = titles.asked_lines(programme, lang)
    if asked:
        yield Lines(translate(lang, "overview.asked"), asked, kept=len(asked))
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    goals = tuple(overview.goals(programme.ambitions, rungs, lang))
    yield Lines(translate(lang, "overview.why"), goals, translate(lang, "ambitions.title_empty"))
    yield Strip(metrics.activities.by_status(activities))
