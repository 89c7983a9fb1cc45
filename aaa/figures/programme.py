"""The parts of the programme that are words, as HTML: results, governance, communication,
international tracks.
"""

import pandas as pd

from aaa.figures.html import escape
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.schema import CommunicationKind, DecisionKind


def results_by_year(results: pd.DataFrame, lang: str) -> list[tuple[str, str]]:
    """Return a heading and cards for the results of each year, the latest first; those of an
    unknown year come last.

    Args:
        results: frame `results` of a Programme.
        lang: the reader's language.
    """
    parts = [
        (str(year), results[results["year"] == year])
        for year in sorted(results["year"].dropna().unique(), reverse=True)
    ]
    parts.append((translate(lang, "unknown"), results[results["year"].isna()]))
    return [
        (
            translate(lang, "programme.results", year=year, n=len(rows)),
            _cards(rows, "title", "theme", lang),
        )
        for year, rows in parts
        if len(rows)
    ]


def communication_by_kind(communication: pd.DataFrame, lang: str) -> list[tuple[str, str]]:
    """Return a heading and cards for vision, ambitions and approach, and for what has no usable
    kind.

    Args:
        communication: frame `communication` of a Programme.
        lang: the reader's language.
    """
    parts = [
        (
            translate(lang, f"communication.{k.name.lower()}"),
            communication[communication["kind"] == k],
        )
        for k in CommunicationKind
    ]
    parts.append((translate(lang, "unknown"), communication[communication["kind"].isna()]))
    return [(name, _cards(rows, "title", None, lang)) for name, rows in parts if len(rows)]


def tracks(international: pd.DataFrame, lang: str) -> str:
    """Return a card for each international track.

    Args:
        international: frame `international` of a Programme.
        lang: the reader's language.
    """
    return _cards(international, "track", "area", lang)


def motives(international: pd.DataFrame) -> str:
    """Return why the city works abroad: each motive once, however many tracks name it; empty when
    none does.
    """
    pieces = [
        piece.strip() for cell in international["motive"].dropna() for piece in cell.split(";")
    ]
    return _list([piece[:1].upper() + piece[1:] for piece in dict.fromkeys(pieces) if piece])


def meetings(rows: pd.DataFrame, lang: str) -> str:
    """Return the meetings in order of date; empty when there are none."""
    return _list(
        [
            f"{wording.date(m.date, lang)}: {wording.text(m.meeting, lang)}"
            for m in rows.sort_values("date").itertuples(index=False)
        ]
    )


def decisions(rows: pd.DataFrame, lang: str) -> str:
    """Return a card for each decision and action, in order of date; empty when there are none."""
    items = ""
    for row in rows.sort_values("date").itertuples(index=False):
        kind = (
            translate(lang, f"decision.{DecisionKind(row.kind).name.lower()}")
            if isinstance(row.kind, str)
            else translate(lang, "unknown")
        )
        facts = [
            kind,
            wording.date(row.date, lang),
            *[words for words in (row.owner, row.status) if isinstance(words, str)],
        ]
        if not pd.isna(row.due):
            facts.append(translate(lang, "decision.due", date=wording.date(row.due, lang)))
        text, about = wording.text(row.text, lang), " · ".join(facts)
        items += f"<li><b>{escape(text)}</b><p>{escape(about)}</p></li>"
    return f'<ul class="a-cards">{items}</ul>' if items else ""


def _cards(rows: pd.DataFrame, name: str, tag: str | None, lang: str) -> str:
    items = ""
    for row in rows.to_dict("records"):
        label = f"<small>{escape(row[tag])}</small>" if tag and isinstance(row[tag], str) else ""
        description = (
            f"<p>{escape(row['description'])}</p>" if isinstance(row["description"], str) else ""
        )
        items += f"<li><b>{escape(wording.text(row[name], lang))}</b>{label}{description}</li>"
    return f'<ul class="a-cards">{items}</ul>' if items else ""


def _list(lines: list[str]) -> str:
    return (
        '<ul class="a-plain">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
        if lines
        else ""
    )
