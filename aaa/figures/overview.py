"""The sentences of the landing page."""

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from aaa import metrics
from aaa.figures import ladder
from aaa.figures.drawings import Tile
from aaa.metrics import rows
from aaa.metrics.activities import Reason
from aaa.metrics.budget import Total
from aaa.words import wording
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
    activities: pd.DataFrame,
    total: Total,
    funders: pd.DataFrame,
    paid: str,
    as_of: dt.date | None,
    lang: str,
) -> list[Tile]:
    """Return the four headline numbers.

    Args:
        activities: as `metrics.activities.judged` returns them.
        total: the estimated cost.
        funders: as `metrics.budget.by_funder` returns them.
        paid: what share of the estimate is paid, in words; empty where nothing is.
        as_of: the date.
        lang: the reader's language.
    """
    counts = metrics.activities.by_status(activities)
    known = metrics.activities.attention_is_known(activities) and as_of is not None
    return [
        Tile(
            translate(lang, "overview.activities"),
            str(counts["activities"].sum()),
            finished_words(counts, lang),
        ),
        _running(activities, as_of, lang),
        Tile(
            translate(lang, "overview.attention"),
            _asking(activities, as_of, lang),
            reasons_words(activities, as_of, lang),
            unknown=not known,
        ),
        Tile(
            translate(lang, "overview.estimate"),
            wording.whole_euros(total.amount, lang),
            paid or shares_words(funders, total, lang),
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


def _asking(activities: pd.DataFrame, as_of: dt.date | None, lang: str) -> str:
    """Return how many activities ask for attention; without a date, how many do at least."""
    count = len(metrics.activities.attention(activities))
    if not metrics.activities.attention_is_known(activities):
        return translate(lang, "not_reported")
    if as_of is not None:
        return str(count)
    return (
        translate(lang, "overview.at_least", count=count) if count else translate(lang, "unknown")
    )


def _running(activities: pd.DataFrame, as_of: dt.date | None, lang: str) -> Tile:
    """Return what runs in the quarter of the date and what is due in it, as expected; as agreed
    where that differs.
    """
    if as_of is None:
        return Tile(
            translate(lang, "overview.running_unknown"),
            translate(lang, "overview.no_date"),
            translate(lang, "overview.no_date_why"),
            unknown=True,
        )
    running, due = metrics.activities.running_on, metrics.activities.due
    now = (len(running(activities, as_of)), len(due(activities, as_of)))
    then = (
        len(metrics.activities.agreed_on(activities, as_of)),
        len(metrics.activities.due_as_agreed(activities, as_of)),
    )
    words = [translate(lang, "overview.due", n=now[1])]
    if now != then:
        words.append(translate(lang, "overview.agreed", running=then[0], due=then[1]))
    label = translate(lang, "overview.running", quarter=wording.quarter_of(as_of))
    return Tile(label, str(now[0]), " · ".join(words))


def reasons_words(activities: pd.DataFrame, as_of: dt.date | None, lang: str) -> str:
    """Return why activities ask for attention, heaviest first: `3 rood · 5 te laat`; one that is
    both counts in both, as its marks say. Where nobody judged, it says that.

    Args:
        activities: as `metrics.activities.judged` returns them.
        as_of: the date that they were judged by; None leaves open which are late.
        lang: the reader's language.
    """
    if not metrics.activities.attention_is_known(activities):
        return translate(lang, "overview.no_judgement")
    counts = metrics.activities.by_reason(activities)
    parts = []
    for reason, count in counts.items():
        if reason is Reason.LATE and as_of is None:
            parts.append(translate(lang, "reason.late_unknown"))
        elif count:
            parts.append(translate(lang, f"reason.{reason}", n=count))
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


def goals(ambitions: pd.DataFrame, rungs: pd.DataFrame, lang: str) -> Iterator[str]:
    """Yield for each ambition how far it is.

    Args:
        ambitions: frame `ambitions` of a Programme.
        rungs: as `metrics.ambitions.ladders` returns them.
        lang: the reader's language.
    """
    for one in rows.ambitions(ambitions):
        mine = rows.measurements(rungs[rungs["ambition"] == one.ambition])
        yield ladder.title(one, mine, lang)


def most_shown(asking: pd.DataFrame, usual: int = 4) -> int:
    """Return how many of the activities that need attention a short list shows: all on *Rood*, and
    at least the usual number.

    Args:
        asking: as `metrics.activities.attention` returns them.
        usual: where fewer are on *Rood*.
    """
    return max(usual, int((asking["reason"] == Reason.RED).sum()))
