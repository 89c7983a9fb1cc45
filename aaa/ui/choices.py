"""The filters, each with its codes and the label of each code."""

from collections.abc import Sequence
from typing import TypeAlias

from aaa.metrics.selection import NO_PERIOD, UNKNOWN_THEME
from aaa.ui import address, session
from aaa.ui.once import once
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import StatusCode

# a query parameter, and the label of each of its codes
Choice: TypeAlias = tuple[str, dict[str, str]]


def of_activities(with_partner: bool) -> list[Choice]:
    """Return each filter's query parameter with the label of each code; the filter by partner only
    when asked for.
    """
    key = ("choices", session.whole(), session.language(), with_partner)
    return once(key, lambda: _of_activities(session.whole(), session.language(), with_partner))


def _of_activities(whole: Programme, lang: str, with_partner: bool) -> list[Choice]:
    themes = dict(zip(whole.themes["code"], whole.themes["theme"], strict=True))
    if whole.activities["theme"].isna().any():
        themes[UNKNOWN_THEME] = translate(lang, "theme.unknown")
    partners = dict(zip(whole.partners["code"], whole.partners["partner"], strict=True))
    statuses = {code.value: wording.status(code, lang) for code in StatusCode}
    quarters = {
        code: translate(lang, "period.none") if code == NO_PERIOD else code
        for code in session.QUARTER_CODES
    }
    choices = [(address.THEME, themes), (address.STATUS, statuses), (address.QUARTER, quarters)]
    if with_partner:
        choices.insert(1, (address.PARTNER, partners))
    return choices


def words(offered: Sequence[Choice]) -> str:
    """Return the words for the filters that are on; empty where none is."""
    parts = [
        ", ".join(named[code] for code in address.values(name, list(named)))
        for name, named in offered
    ]
    return " · ".join(part for part in parts if part)


def said() -> str:
    """Return the words for every filter that is on; empty where none is."""
    return words(of_activities(with_partner=True))
