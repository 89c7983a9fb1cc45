"""What every file taken home is made of."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from aaa import metrics
from aaa.history import changes, events, meetings
from aaa.history.meetings import Since
from aaa.metrics import selection as selecting
from aaa.metrics.selection import Selection
from aaa.slides import agenda
from aaa.store.source import Version
from aaa.store.versions import Archive
from aaa.stories.every import Telling
from aaa.stories.facts import Fact, facts
from aaa.values.stamp import Stamp
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme, in_language
from aaa.workbook.schema import Subject


@dataclass(frozen=True)
class Takeaway(Telling):
    """The programme as it is taken home.

    Attributes:
        before: the programme at the version compared with, chosen alike, in the same language and
            judged by its own date; None where there is none.
        saved: when the file was written, local.
        stamp: when the workbook was saved, for a reader.
        filters: the words for what the reader left out; empty where nothing is.
        subjects: the points of the agenda, in their order.
    """

    before: Programme | None
    saved: dt.datetime
    stamp: Stamp
    filters: str
    subjects: tuple[Subject, ...]

    def text(self, key: str, n: int | None = None, **values: object) -> str:
        """Return a message in the reader's language."""
        return translate(self.lang, key, n, **values)

    @property
    def name(self) -> str:
        """Return the name of the programme with its year."""
        return f"{wording.text(self.shown.name, self.lang)} {self.shown.year}"

    def facts(self) -> list[str]:
        """Return the facts on every exported file, beside the name of the programme."""
        return [fact.text for fact in self.all_facts if fact.name != "name"]

    @cached_property
    def all_facts(self) -> tuple[Fact, ...]:
        """Return the facts that stand on every page."""
        filters = self.text("export.filtered", filters=self.filters) if self.filters else ""
        return facts(self.shown, self.whole, self.stamp, self.lang, filters=filters)

    def source(self, sheets: str) -> str:
        """Return where numbers come from and the date they stand for; invented ones say so."""
        words = self.text(
            "chart.source", sheets=sheets, date=wording.date(self.shown.as_of, self.lang)
        )
        return f"{words} · {self.text('frame.example')}" if self.shown.is_example else words


def takeaway(
    version: Version,
    since: Since | None,
    lang: str,
    choice: Selection | None = None,
    filters: str = "",
    subjects: tuple[Subject, ...] | None = None,
    moves: pd.Series | None = None,
) -> Takeaway:
    """Return what is taken home of a version.

    Args:
        version: the workbook.
        since: the version to compare with; None where there is none.
        lang: the reader's language.
        choice: what the reader chose to look at.
        filters: the words for that choice.
        subjects: the points of the agenda; None leaves them to the workbook.
        moves: as `changes.moves` returns them; None where the kept versions were not read.
    """
    whole = in_language(version.programme, lang)
    asked = choice or Selection()
    shown = _judged(selecting.apply(whole, asked))
    return Takeaway(
        shown=shown,
        whole=_judged(replace(whole, as_of=shown.as_of)),
        before=_judged(
            selecting.apply(in_language(since.before.programme, lang), replace(asked, as_of=None))
        )
        if since
        else None,
        found=events.between(since.before.programme, version.programme, lang) if since else None,
        since=since.told(lang) if since else "",
        moves=moves if moves is not None else changes.moves([]),
        saved=version.saved,
        stamp=version.stamp,
        filters=filters,
        subjects=subjects or agenda.order(whole, ()),
        lang=lang,
    )


def _judged(programme: Programme) -> Programme:
    return replace(
        programme, activities=metrics.activities.judged(programme.activities, programme.as_of)
    )


def since_of(
    version: Version, asked: str | None, known: Archive, today: dt.date, lang: str
) -> Since | None:
    """Return the version to compare with, read from the kept versions.

    Args:
        version: the workbook as it is now.
        asked: the date or name of a meeting, or the code of a version; None takes the last meeting,
            else the previous version.
        known: the kept versions.
        today: only a meeting before this day is the last one.
        lang: the reader's language.
    """
    return meetings.since(
        asked,
        version,
        known.usable(),
        today,
        lang,
        lambda kept: meetings.read_or_none(kept, version.name),
    )
