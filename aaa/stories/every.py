"""Every story of a programme, by its name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from aaa.figures.chart import Chart
from aaa.history.events import Event
from aaa.stories import (
    ambitions,
    budget,
    changes,
    decisions,
    overview,
    partners,
    programme,
    themes,
    timeline,
)
from aaa.stories.parts import Story, Words
from aaa.workbook.programme import Programme


@dataclass(frozen=True)
class Telling:
    """What stories are told of.

    Attributes:
        shown: the programme as the reader chose it, its activities judged, in the reader's
            language.
        whole: the same without filters, judged by the same date; money, ambitions and changes
            ignore the filters.
        found: what changed since; None where there is nothing to compare with.
        since: what the earlier version is called; empty where there is none.
        moves: as `changes.moves` returns them; empty where the kept versions were not
            read, None where slip is not told.
        lang: the reader's language.
    """

    shown: Programme
    whole: Programme
    found: Sequence[Event] | None
    since: str
    moves: pd.Series | None
    lang: str

    def story(self, name: str, page: int | None = None) -> Story:
        """Return one story.

        Args:
            name: the name of its module.
            page: of a long list; None tells all of it.
        """
        if name == "timeline":
            return timeline.story(self.shown, self.lang, page)
        return _STORIES[name](self)

    @cached_property
    def stories(self) -> Mapping[str, Story]:
        """Return every story by its name, in the order of the pages."""
        return {name: self.story(name) for name in NAMES}

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """Return every chart that has something to show, by its name, in the order of the pages."""
        there = (chart for story in self.stories.values() for chart in story.charts)
        return {chart.name: chart for chart in there if len(chart.table.frame)}

    @cached_property
    def cautions(self) -> tuple[str, ...]:
        """Return what a reader must know before using the numbers."""
        found = (tell(self.whole, self.lang) for tell in (budget.cautions, ambitions.cautions))
        return tuple(words.text for of_subject in found for words in of_subject)

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """Return what is said beside money and measurements, for an output that draws no whole
        stories.
        """
        parts = (part for name in _OF_NUMBERS for part in self.story(name).parts)
        return tuple(part.text for part in parts if isinstance(part, Words) and part.is_remark)


_STORIES: dict[str, Callable[[Telling], Story]] = {
    "overview": lambda of: overview.story(of.shown, of.lang),
    "attention": lambda of: overview.attention(of.shown, of.lang),
    "themes": lambda of: themes.story(of.shown, of.lang),
    "partners": lambda of: partners.story(of.shown, of.lang),
    "budget": lambda of: budget.story(of.whole, of.lang),
    "money": lambda of: budget.money(of.whole, of.lang),
    "ambitions": lambda of: ambitions.story(of.whole, of.lang),
    "programme": lambda of: programme.story(of.whole, of.lang),
    "changes": lambda of: changes.story(of.whole, of.lang, of.found, of.since, of.moves),
    "decisions": lambda of: decisions.story(of.whole, of.lang),
    "asked": lambda of: decisions.asked(of.whole, of.lang),
    "agreed": lambda of: decisions.agreed(of.whole, of.lang),
    "standing": lambda of: themes.standing(of.shown, of.lang),
}
_OF_NUMBERS = ("budget", "ambitions")
# those that stand beside each other in a file; what asks for attention is a part of the overview
NAMES = (
    "overview",
    "timeline",
    "themes",
    "partners",
    "budget",
    "ambitions",
    "programme",
    "changes",
    "decisions",
)
