"""What is this programme?"""

from collections.abc import Iterable, Iterator

import pandas as pd

from aaa import metrics
from aaa.metrics import rows
from aaa.metrics.rows import Decision
from aaa.stories.parts import Activities, Card, Cards, Lines, Part, Story, Words
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import CommunicationKind


def story(programme: Programme, lang: str) -> Story:
    """Tell what was reached, who steers, what was decided, and how it is communicated.

    Args:
        programme: in the reader's language, its activities judged.
        lang: that language.
    """
    name = programme.name or translate(lang, "unknown")
    return Story(
        translate(lang, "page.programme"),
        translate(lang, "programme.title", name=name, year=programme.year),
        "Resultaten, Overleg, Besluiten, Communicatie, Internationaal",
        tuple(_parts(programme, lang)),
    )


def _parts(programme: Programme, lang: str) -> Iterator[Part]:
    yield Words(translate(lang, "programme.about"))
    yield from _results(programme.results, lang)
    yield from _governance(programme, lang)
    yield from _communication(programme.communication, lang)
    yield from _international(programme, lang)


def _results(results: pd.DataFrame, lang: str) -> Iterator[Part]:
    """Yield the results of each year, the latest first; those of an unknown year come last."""
    if results.empty:
        heading = translate(lang, "programme.results_heading")
        yield Cards(heading, (), translate(lang, "empty.results"))
    years = sorted(results["year"].dropna().unique(), reverse=True)
    parts = [(str(year), results[results["year"] == year]) for year in years]
    parts.append((translate(lang, "unknown"), results[results["year"].isna()]))
    for year, mine in parts:
        if len(mine):
            heading = translate(lang, "programme.results", year=year, n=len(mine))
            yield Cards(heading, _cards(mine, "title", "theme", lang))


def _governance(programme: Programme, lang: str) -> Iterator[Part]:
    """Yield the meetings, and the decisions and actions, both in order of date."""
    meetings = programme.meetings.sort_values("date")
    said = zip(meetings["date"], meetings["meeting"], strict=True)
    yield Lines(
        translate(lang, "programme.governance"),
        tuple(f"{wording.date(day, lang)}: {wording.text(one, lang)}" for day, one in said),
        translate(lang, "empty.governance"),
    )
    decisions = programme.decisions
    if len(decisions) or len(meetings):
        yield Cards(
            translate(lang, "programme.decisions", n=len(decisions)),
            tuple(_decision(row, lang) for row in rows.decisions(decisions.sort_values("date"))),
            translate(lang, "empty.decisions"),
            below=True,
        )


def _decision(row: Decision, lang: str) -> Card:
    facts = [wording.decision(row.kind, lang), wording.date(row.date, lang)]
    facts += [words for words in (row.owner, row.status) if words]
    if row.due is not None:
        facts.append(translate(lang, "decision.due", date=wording.date(row.due, lang)))
    return Card(wording.text(row.text, lang), text=" · ".join(facts))


def _communication(communication: pd.DataFrame, lang: str) -> Iterator[Part]:
    """Yield vision, ambitions and approach, and what has no usable kind."""
    nothing = "" if len(communication) else translate(lang, "empty.communication")
    yield Cards(translate(lang, "programme.communication"), (), nothing)
    parts = [
        (translate(lang, f"communication.{kind.name.lower()}"), communication["kind"] == kind)
        for kind in CommunicationKind
    ]
    parts.append((translate(lang, "unknown"), communication["kind"].isna()))
    for name, mine in parts:
        if mine.any():
            cards = _cards(communication[mine], "title", None, lang)
            yield Cards(name, cards, below=True)


def _international(programme: Programme, lang: str) -> Iterator[Part]:
    """Yield the tracks, why the city works abroad, and the activities that are marked so."""
    tracks = programme.international
    yield Cards(
        translate(lang, "programme.international"),
        _cards(tracks, "track", "area", lang),
        translate(lang, "empty.international"),
    )
    if motives := _motives(tracks["motive"].dropna()):
        yield Lines(translate(lang, "programme.motives"), motives, below=True)
    marked = metrics.activities.international(programme.activities)
    yield Activities(
        rows.activities(programme, marked),
        translate(lang, "programme.international_activities", n=len(marked)),
        translate(lang, "programme.international_none"),
        below=True,
    )


def _motives(cells: Iterable[str]) -> tuple[str, ...]:
    """Return each motive once, however many tracks name it."""
    pieces = [piece.strip() for cell in cells for piece in cell.split(";")]
    return tuple(piece[:1].upper() + piece[1:] for piece in dict.fromkeys(pieces) if piece)


def _cards(frame: pd.DataFrame, name: str, tag: str | None, lang: str) -> tuple[Card, ...]:
    tags = rows.known(frame[tag]) if tag else [None] * len(frame)
    both = zip(rows.known(frame[name]), tags, rows.known(frame["description"]), strict=True)
    return tuple(Card(wording.text(one, lang), of or "", text or "") for one, of, text in both)
