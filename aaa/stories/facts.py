"""What stands on every page and in every file: which programme, of when, how complete, and whether
it has errors.
"""

import datetime as dt
from dataclasses import dataclass

from aaa.metrics.completeness import completeness, overall
from aaa.values.finding import wrong
from aaa.values.stamp import Stamp
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


@dataclass(frozen=True)
class Fact:
    """One fact.

    Attributes:
        name: which one it is.
        text: the fact in words.
        strong: it stands out.
    """

    name: str
    text: str
    strong: bool = False


def facts(
    shown: Programme,
    whole: Programme,
    saved: Stamp,
    lang: str,
    *,
    filters: str = "",
    updated: dt.datetime | None = None,
    short: bool = False,
) -> tuple[Fact, ...]:
    """Return the facts in the order in which they are told.

    Args:
        shown: the programme as the reader chose it, in the reader's language.
        whole: the same without filters.
        saved: when the workbook was saved.
        lang: the reader's language.
        filters: what the reader left out, in words; empty where nothing is.
        updated: when the page on screen was replaced by a newer version.
        short: dates as on a slide.
    """
    as_of = wording.date(shown.as_of, lang)
    moment = formatting.moment(saved.moment, lang)
    said = "frame.file_of" if saved.of_file else "frame.saved"
    if short:
        as_of = _short(shown.as_of, shown.year, lang) if shown.as_of else as_of
        day = _short(saved.moment.date(), shown.year, lang)
        moment = f"{day}, {formatting.time(saved.moment, lang)}"
        said = "frame.file_of" if saved.of_file else "meeting.saved"
    found = []
    if shown.is_example:
        found.append(Fact("example", translate(lang, "frame.example"), strong=True))
    found += [
        Fact("name", f"{wording.text(shown.name, lang)} {shown.year}", strong=True),
        Fact("as_of", translate(lang, "frame.as_of", date=as_of)),
        Fact("saved", translate(lang, said, moment=moment)),
    ]
    if updated:
        time = formatting.time(updated, lang)
        found.append(Fact("updated", translate(lang, "frame.updated", time=time), strong=True))
    share = wording.share(overall(completeness(whole)), lang)
    found.append(Fact("complete", translate(lang, "frame.complete", share=share)))
    if filters:
        found.append(Fact("filters", filters))
    if errors := wrong(whole.findings):
        found.append(Fact("errors", translate(lang, "frame.errors", n=errors), strong=True))
    return tuple(found)


def _short(day: dt.date, year: int, lang: str) -> str:
    """Return a day for a slide, without the year of the plan, which stands beside it."""
    return (
        formatting.shortest_date(day, lang)
        if day.year == year
        else formatting.short_date(day, lang)
    )
