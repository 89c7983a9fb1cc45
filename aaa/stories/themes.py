"""How is each theme doing?"""

from collections.abc import Iterator

import pandas as pd

from aaa import metrics
from aaa.figures import heat, themes
from aaa.metrics import rows
from aaa.stories import parts, titles
from aaa.stories.parts import ByTheme, Calendars, Part, Story, Words
from aaa.values.links import calendar_of_theme
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(programme: Programme, lang: str) -> Story:
    """Tell how far the activities of each theme are, and when they run.

    Args:
        programme: as the reader chose it, in the reader's language, its activities judged.
        lang: that language.
    """
    counts = metrics.activities.by_theme(programme.activities, programme.themes)
    return Story(
        translate(lang, "page.themes"),
        titles.leads(programme, lang) or themes.title(counts, lang),
        "Activiteiten",
        tuple(_parts(programme, lang)),
    )


_MOST_LEADS = 14


def standing(programme: Programme, lang: str) -> Story:
    """Tell what is left of each theme and of each lead, for a slide; arguments as of `story`."""
    activities = programme.activities
    named = [(one,) if isinstance(one, str) else (None,) for one in activities["theme"]]
    leads = [one or (None,) for one in activities["leads"]]
    known = programme.as_of is not None
    drawn = []
    for name, of, nobody, most in (
        ("themes", named, translate(lang, "theme.unknown"), 0),
        ("leads", leads, translate(lang, "standing.nobody"), _MOST_LEADS),
    ):
        whose = pd.Series(of, index=activities.index, dtype=object)
        counts = metrics.activities.standing(activities, whose)
        if len(counts):
            chart = heat.standing(counts, name, lang, late_known=known, nobody=nobody, most=most)
            drawn.append(parts.grid(chart))
    nothing = Words(translate(lang, "standing.done"), missing=True)
    if activities.empty:
        nothing = Words(translate(lang, "empty.activities"), missing=True)
    counts = metrics.activities.by_theme(activities, programme.themes)
    title = titles.leads(programme, lang) or themes.title(counts, lang)
    found = tuple(drawn) or (nothing,)
    return Story(translate(lang, "standing.name"), title, "Activiteiten", found)


def _parts(programme: Programme, lang: str) -> Iterator[Part]:
    activities = programme.activities
    if activities.empty:
        yield Words(translate(lang, "empty.activities"), missing=True)
        return
    counts = metrics.activities.by_theme(activities, programme.themes)
    if programme.as_of is None:  # nobody knows which are late
        counts = counts.assign(late=pd.array([None] * len(counts), dtype="Int64"))
    quarters = metrics.activities.by_theme_and_quarter(activities, programme.themes, programme.year)
    yield parts.bars(themes.status_by_theme(counts, lang))
    yield parts.grid(heat.theme_quarters(quarters, lang))
    in_order = metrics.activities.in_order_of_time(activities)
    yield ByTheme(rows.grouped(programme, in_order))
    named = programme.themes[["code", "theme"]].itertuples(index=False)
    feeds = ((calendar_of_theme(code), wording.text(theme, lang)) for code, theme in named)
    yield Calendars(translate(lang, "calendar.themes"), tuple(feeds))
