"""The sentences of the landing page."""

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from aaa.figures import ladder
from aaa.figures.drawings import Tile
from aaa.metrics import rows
from aaa.metrics.activities import Reason
from aaa.metrics.budget import Total
from aaa.metrics.rows import known
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.schema import StatusCode


def title(counts: pd.DataFrame, lang: str) -> str:
    """Return where the programme stands as a sentence.

    Args:
        counts: as `metrics.activities.by_status` returns them.
        lang: the reader's language.
    """
    by_state = counts.set_index("state")["activities"]
    total, finished, unreported = (
        int(by_state.sum()),
        int(by_state[StatusCode.FINISHED]),
        int(by_state[StatusCode.UNREPORTED]),
    )
    if not total:
        return translate(lang, "overview.title_empty")
    if unreported:
        return translate(
            lang, "overview.title_unreported", n=unreported, total=total, finished=finished
        )
    return translate(lang, "overview.title", n=finished, total=total)


def tiles(
    counts: pd.DataFrame,
    asking: pd.DataFrame,
    attention_known: bool,
    due: int,
    running: int,
    total: Total,
    funders: pd.DataFrame,
    as_of: dt.date | None,
    lang: str,
) -> list[Tile]:
    """Return the four headline numbers.

    Args:
        counts: as `metrics.activities.by_status` returns them.
        asking: as `metrics.activities.attention` returns them.
        attention_known: as `metrics.activities.attention_is_known` says.
        due: the number of activities still due in the quarter of the date.
        running: the number of activities that run in it.
        total: the estimated cost.
        funders: as `metrics.budget.by_funder` returns them.
        as_of: the date.
        lang: the reader's language.
    """
    quarter = quarter_word(as_of, lang)
    asked = str(len(asking)) if attention_known else translate(lang, "not_reported")
    return [
        Tile(
            translate(lang, "overview.activities"),
            str(counts["activities"].sum()),
            finished_words(counts, lang),
        ),
        Tile(
            translate(lang, "overview.running", quarter=quarter),
            str(running),
            translate(lang, "overview.due", n=due),
        ),
        Tile(
            translate(lang, "overview.attention"),
            asked,
            reasons_words(asking, attention_known, lang),
            unknown=not attention_known,
        ),
        Tile(
            translate(lang, "overview.estimate"),
            wording.euros(total.amount, lang),
            shares_words(funders, total, lang),
            unknown=not total.known,
        ),
    ]


def finished_words(counts: pd.DataFrame, lang: str) -> str:
    """Return how many are finished and how many are not reported."""
    by_state = counts.set_index("state")["activities"]
    parts = [translate(lang, "overview.finished", n=int(by_state[StatusCode.FINISHED]))]
    if by_state[StatusCode.UNREPORTED]:
        parts.append(translate(lang, "overview.unreported", n=int(by_state[StatusCode.UNREPORTED])))
    return " · ".join(parts)


def reasons_words(asking: pd.DataFrame, known: bool, lang: str) -> str:
    """Return why activities ask for attention, heaviest first: `2 rood · 1 te laat`; or that no
    judgement is `known`.
    """
    if not known:
        return translate(lang, "overview.no_judgement")
    counts = asking["reason"].value_counts()
    parts = [
        translate(lang, f"reason.{reason}", n=int(counts[reason]))
        for reason in Reason
        if reason in counts
    ]
    return " · ".join(parts) or translate(lang, "overview.attention_none")


def shares_words(funders: pd.DataFrame, total: Total, lang: str) -> str:
    """Return what share each funder carries, or how many cost lines have no amount."""
    missing = max(total.unknown, int(funders["unknown"].max()))
    if missing:
        return translate(lang, "budget.lines_unknown", n=missing)
    return " · ".join(
        f"{translate(lang, 'funder.' + name)} {wording.share(share, lang)}"
        for name, share in zip(("municipality", "partners"), funders["share"], strict=True)
    )


def quarter_word(as_of: dt.date | None, lang: str) -> str:
    """Return the quarter of the date."""
    return translate(lang, "unknown") if as_of is None else wording.quarter_of(as_of)


def goals(
    ambitions: pd.DataFrame, rungs: pd.DataFrame, per_ambition: pd.DataFrame, lang: str
) -> Iterator[tuple[str, str]]:
    """Yield for each ambition how far it is, and the programme euros per unit of it.

    Args:
        ambitions: frame `ambitions` of a Programme.
        rungs: as `metrics.ambitions.ladders` returns them.
        per_ambition: as `metrics.budget.per_ambition` returns it.
        lang: the reader's language.
    """
    there = per_ambition[ambitions["ambition"].notna().to_numpy()]
    money = (known(there[f"{funder}_per_unit"]) for funder in ("municipality", "partners"))
    for one, municipality, partners in zip(rows.ambitions(ambitions), *money, strict=True):
        mine = rows.measurements(rungs[rungs["ambition"] == one.ambition])
        euros = translate(lang, "overview.no_target")
        if municipality is not None and partners is not None:
            euros = translate(
                lang,
                "overview.per_unit",
                unit=wording.unit_one(one.unit, lang),
                municipality=formatting.euros_per_unit(municipality, lang),
                partners=formatting.euros_per_unit(partners, lang),
            )
        yield ladder.title(one, mine, lang), euros


def most_shown(asking: pd.DataFrame, usual: int = 4) -> int:
    """Return how many of the activities that need attention a short list shows: all on *Rood*, and
    at least the usual number.

    Args:
        asking: as `metrics.activities.attention` returns them.
        usual: where fewer are on *Rood*.
    """
    return max(usual, int((asking["reason"] == Reason.RED).sum()))
