"""The details of one activity."""

from collections.abc import Iterator

from markupsafe import Markup

from aaa.html import lists
from aaa.html.tags import NOTHING, join, tag
from aaa.metrics.rows import Activity
from aaa.values.dutch import Dutch
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook import schema


def activity(row: Activity, lang: str, *, titled: bool = True) -> Markup:
    """Return the description of an activity, its state, how things stand, its facts, and where it
    stands in the workbook.

    Args:
        row: the activity.
        lang: the reader's language.
        titled: with its title above.
    """
    place = translate(lang, "details.cell", cell=f"{schema.sheet('activities').title}!{row.cell}")
    facts = ((translate(lang, f"column.{name}"), words) for name, words in _facts(row, lang))
    return tag(
        "article",
        tag("h2", wording.text(row.title, lang)) if titled else NOTHING,
        tag("p", lists.badges(row, lang), class_="a-details-state"),
        tag("p", row.description) if row.description else NOTHING,
        _note(row.note, lang) if row.note else NOTHING,
        lists.facts(facts),
        tag("p", place, class_="a-note"),
        class_="a-details",
        tabindex="0" if titled else None,  # so that the keyboard can scroll it in its drawer
    )


def _note(note: str, lang: str) -> Markup:
    """Return how things stand, in the lines in which it was typed."""
    lines = tag("br").join(join((line,)) for line in note.split("\n"))
    said = tag("span", lines, lang="nl") if isinstance(note, Dutch) else lines
    return tag("blockquote", tag("b", translate(lang, "column.note")), tag("br"), said)


def _facts(row: Activity, lang: str) -> Iterator[tuple[str, object]]:
    """Yield the columns with their values; one without a value is left out."""
    yield "theme", wording.text(row.theme, lang, "theme.unknown")
    yield "topic", wording.text(row.topic, lang)
    yield "period", wording.agreed(row.period, row.period_first, row.period_last, lang)
    if row.original is not None:
        original = wording.agreed(row.original, row.original_first, row.original_last, lang)
        yield "original", original
    if row.forecast is not None:
        yield "forecast", _forecast(row, lang)
    yield "status", wording.status(row.state, lang)
    if row.judgement is not None:
        key = f"judgement.{row.judgement.name.lower()}"
        means = translate(lang, f"{key}_means")
        yield "judgement", join((tag("b", translate(lang, key)), ": ", means))
    yield "progress", wording.share(row.progress, lang, "not_reported")
    if row.finished_on is not None:
        yield "finished_on", wording.date(row.finished_on, lang)
    yield "leads", wording.people(row.leads, lang)
    yield "partners", wording.people(row.partners, lang)
    if row.ambitions:
        yield "ambitions", ", ".join(row.ambitions)
    if row.international is not None:
        yield "international", row.international


def _forecast(row: Activity, lang: str) -> Markup:
    words = wording.agreed(row.forecast, row.forecast_first, row.forecast_last, lang)
    if not row.slip:
        return join((words,))
    sign = "+" if row.slip > 0 else "−"
    slip = translate(lang, "details.slip", n=abs(row.slip), sign=sign)
    return join((words, " ", tag("b", slip)))
