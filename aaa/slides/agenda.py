"""The slides for each point of the agenda: the titles and figures of the pages, divided over as
many slides as they need.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias, TypeVar

import pandas as pd

from aaa.figures import drawings
from aaa.figures import timeline as figures
from aaa.figures.drawings import Told
from aaa.history.changes import Group
from aaa.metrics.activities import Reason
from aaa.metrics.rows import Activity
from aaa.slides import fit
from aaa.slides.slide import Slide
from aaa.stories.every import Telling
from aaa.stories.parts import (
    Activities,
    Changes,
    Decisions,
    Grid,
    Ladder,
    OnASlide,
    Story,
    Timeline,
    Variance,
    Weight,
    Words,
    weight,
)
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import DecisionKind, Subject

T = TypeVar("T")

_HEAVIEST, _MOST_OTHERS = 7, 1  # events on the first slide of changes, and slides of the others
_MOST_PAGES = 4  # of attention, decisions and partners in a large programme
_HEAD = 2.3  # the height of the head of a list with columns
# Letters of a text on a slide, so that it always has room; the pages show all of it.
_LONGEST_TEXTS = {"note": 500, "text": 500, "title": 250}
_LONGEST_TEXT = 90
_LONGEST_SENTENCE = 500
_SPENT = 26.0  # the height of the cost lines in a column


def order(
    programme: Programme, asked: Sequence[str], meeting: pd.Timestamp | None = None
) -> tuple[Subject, ...]:
    """Return the points of the agenda.

    Args:
        programme: its sheet 'Overleg' may set them, for the first meeting on or after a date.
        asked: codes of subjects in the URL; they take precedence over the sheet. Unknown codes are
            ignored.
        meeting: that date; None takes the last meeting with an agenda.
    """
    codes = {code(subject): subject for subject in Subject}
    chosen = tuple(dict.fromkeys(codes[one] for one in asked if one in codes))
    if chosen:
        return chosen
    held = (
        programme.meetings[programme.meetings["agenda"].map(len) > 0]
        .dropna(subset="date")
        .sort_values("date", kind="stable")
    )
    ahead = held if meeting is None else held[held["date"] >= meeting]
    row = (
        ahead.iloc[0]
        if meeting is not None and len(ahead)
        else held.iloc[-1]
        if len(held)
        else None
    )
    return USUAL if row is None else tuple(map(Subject, row["agenda"]))


def code(subject: Subject) -> str:
    """Return a subject's name in an address: `wijzigingen`."""
    return subject.value.lower()


def slides(telling: Telling, subjects: Iterable[Subject]) -> tuple[Slide, ...]:
    """Return the slides of these points, in their order; those of which there is nothing to say
    share one.
    """
    points = tuple(subjects)
    every = [one for subject in points for one in of_point(telling, subject, points)]
    return joined(every, telling.lang)


def joined(slides: Sequence[Slide], lang: str) -> tuple[Slide, ...]:
    """Return the slides of a meeting: points of which there is nothing to say share one, at the
    place of the first; a single one stands where there is room.

    Args:
        slides: of every point, as `of_point` returns them.
        lang: the reader's language.
    """
    quiet = [one for one in slides if one.is_empty]
    if not quiet:
        return tuple(slides)
    told = [one for one in slides if not one.is_empty]
    words = tuple(Words(one.title, heading=one.name) for one in quiet)
    if len(quiet) == 1:
        mine = [place for place, one in enumerate(told) if one.subject is quiet[0].subject]
        for place in (*mine, *range(len(told))):
            if fit.height(told[place]) + fit.part(words[0]) <= fit.room(told[place].title):
                told[place] = replace(told[place], above=(*told[place].above, *words))
                return tuple(told)
    name = ", ".join(one.name for one in quiet)
    title = translate(lang, "slide.quiet_title", n=len(quiet))
    before = next(place for place, one in enumerate(slides) if one.is_empty)
    told.insert(before, Slide(quiet[0].subject, name, title, "", words))
    return tuple(told)


def of_point(telling: Telling, subject: Subject, points: Sequence[Subject]) -> list[Slide]:
    """Return the slides of one point of the agenda; of which there is nothing to say, an empty
    one.

    Args:
        telling: what is told.
        subject: the point.
        points: the whole agenda: what has a slide of its own is not told as a change.
    """
    found = telling.found
    if found is not None and Subject.DECISIONS in points:
        found = [one for one in found if one.group is not Group.ASKED]
    short = replace(
        telling,
        shown=_shortened(telling.shown),
        whole=_shortened(telling.whole),
        found=found,
        since=_cut(telling.since, _LONGEST_TEXT),
        moves=None,  # slip has no slide
    )
    names = _NAMES[subject]
    return [slide for name in names for slide in _numbered(_of(subject, name, short), short.lang)]


def _of(subject: Subject, name: str, telling: Telling) -> list[Slide]:
    """Return the slides of one story: what weighs most first, over the whole width."""
    is_large = figures.is_large(telling.shown.activities)
    story = telling.story(name)
    if all(isinstance(part, Words) and part.missing for part in story.parts):
        return [Slide(subject, story.name, story.title, story.source, is_empty=True)]
    if is_large and subject is Subject.TIMELINE:
        story = _by_quarter(story, telling)
    room = _Room(Slide(subject, story.name, story.title, story.source), is_large, telling.lang)
    parts = [part for part in story.parts if isinstance(part, OnASlide)]
    first = sorted((p for p in parts if weight(p) >= Weight.HEADLINE), key=weight, reverse=True)
    rest = [part for part in parts if weight(part) < Weight.HEADLINE]
    if any(isinstance(part, Ladder) for part in rest):
        return _ladders(room, first, rest)
    match rest:
        case [Changes() as part]:
            return _changes(room, part)
        case [Activities() as part]:
            return _activities(room, first, part)
        case [Decisions() as part]:
            return _decisions(room, part)
        case [Timeline() as part]:
            return [room.slide(one) for one in _timelines(room, part)]
        case [Grid(titled=False) as part] if subject is Subject.PARTNERS:
            return _grid(room, part)
        case [Grid(titled=False) as part]:
            return [room.slide(one) for one in _grids(part)]
        case [Words() as part] if not part.heading:
            return [room.slide(*first, part)]
    return _two_columns(room, [one for part in rest for one in _divided(part)], first)


# what the reader's filters do not change
UNFILTERED = frozenset((Subject.CHANGES, Subject.BUDGET, Subject.AMBITIONS, Subject.DECISIONS))
# the stories that each point tells
_NAMES = {
    Subject.CHANGES: ("changes",),
    Subject.ATTENTION: ("attention",),
    Subject.TIMELINE: ("timeline",),
    Subject.THEMES: ("standing",),
    Subject.PARTNERS: ("partners",),
    Subject.BUDGET: ("money",),
    Subject.AMBITIONS: ("ambitions",),
    Subject.DECISIONS: ("asked", "agreed"),
}
# What a steering group wants to know, in this order: what must be decided and was agreed, what
# changed, what is wrong, when, by whom, the money, and what it is for. The load of each partner has
# a page.
USUAL = (
    Subject.DECISIONS,
    Subject.CHANGES,
    Subject.ATTENTION,
    Subject.TIMELINE,
    Subject.THEMES,
    Subject.BUDGET,
    Subject.AMBITIONS,
)


def _by_quarter(story: Story, telling: Telling) -> Story:
    """Return the timeline of a large programme: how many activities run in each quarter."""
    parts = telling.story("themes").parts
    grids = (replace(part, titled=False) for part in parts if isinstance(part, Grid))
    return replace(story, parts=tuple(grids))


@dataclass(frozen=True)
class _Room:
    """The slides of one point.

    Attributes:
        empty: a slide with its title only.
        is_large: the programme is large: its slides leave out what weighs least.
        lang: the reader's language.
    """

    empty: Slide
    is_large: bool
    lang: str

    @property
    def lines(self) -> float:
        """Return how much room a slide has, without that for what is left out."""
        return fit.room(self.empty.title) - (fit.LINE if self.is_large else 0.0)

    def slide(self, *above: OnASlide) -> Slide:
        """Return a slide with parts over the whole width."""
        return replace(self.empty, above=above)

    def shown(self, pages: Sequence[list[T]], kept: int) -> Sequence[list[T]]:
        """Return the pages that are shown; of a large programme the usual number, and those with
        the first `kept` rows, which are never left out.
        """
        most, there = 0, 0
        while most < len(pages) and (not self.is_large or most < _MOST_PAGES or there < kept):
            there += len(pages[most])
            most += 1
        return pages[:most]

    def with_more(self, made: list[Slide], left: int, words: str = "slide.more") -> list[Slide]:
        """Say on the last slide how much is left out."""
        if left:
            more = Words(translate(self.lang, words, n=left))
            made[-1] = replace(made[-1], above=(*made[-1].above, more))
        return made


def _shortened(programme: Programme) -> Programme:
    """Return a programme whose texts have room on a slide. A name is cut alike wherever it
    stands.
    """
    frames = {}
    for name, frame in vars(programme).items():
        if isinstance(frame, pd.DataFrame):
            cut = {
                column: frame[column].map(_cutter(column)).astype(frame[column].dtype)
                for column in frame.columns
                if _too_long(frame[column])
            }
            if cut:
                frames[name] = frame.assign(**cut)
    return replace(programme, **frames) if frames else programme


def _too_long(values: pd.Series) -> bool:
    """Tell whether a column holds a text, or a tuple with a text, that has no room."""
    most = _LONGEST_TEXTS.get(str(values.name), _LONGEST_TEXT)
    if values.dtype == "str":
        return bool((values.str.len() > most).any())
    return values.dtype == object and any(
        isinstance(one, str) and len(one) > most
        for value in values
        for one in (value if isinstance(value, tuple) else (value,))
    )


def _cutter(column: str) -> Callable[[object], object]:
    most = _LONGEST_TEXTS.get(column, _LONGEST_TEXT)

    def cut(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(map(cut, value))
        return _cut(value, most) if isinstance(value, str) else value

    return cut


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _numbered(made: Sequence[Slide], lang: str) -> list[Slide]:
    """Number the slides of a story; no title stands on two of them."""
    found = []
    for place, slide in enumerate(made, start=1):
        title = slide.title
        if place > 1:
            values = {"name": slide.name, "place": place, "of": len(made)}
            title = translate(lang, "slide.vervolg", None, **values)
        found.append(replace(slide, title=title, place=place, of=len(made)))
    return found


def _changes(room: _Room, part: Changes) -> list[Slide]:
    """Return the heaviest events on a slide, the others on the next; what has no room is
    counted.
    """
    groups = []
    for one in part.groups:
        heading = f"{one.heading} · {one.sums}" if one.sums else one.heading
        groups.append((heading, [_cut(words, _LONGEST_SENTENCE) for words in one.sentences]))
    left = fit.room(room.empty.title) - fit.LINE
    first, rest = _heaviest(groups)
    pages = fit.grouped_pages(first, fit.sentence, fit.HEADING, left, together=False)
    others = fit.grouped_pages(rest, fit.sentence, fit.HEADING, left, together=False)
    pages += others[:_MOST_OTHERS]
    made = []
    for page in _continued(pages, room.lang):
        told = tuple(Told(name, tuple(lines)) for name, lines in page)
        made.append(room.slide(replace(part, groups=told)))
    more = sum(len(lines) for page in others[_MOST_OTHERS:] for _, lines in page)
    return room.with_more(made, more, "slide.more_changes")


Groups: TypeAlias = list[tuple[str, list[str]]]


def _heaviest(groups: Groups) -> tuple[Groups, Groups]:
    """Return the sentences that stand on the first slide, and the rest."""
    first: Groups = []
    rest: Groups = []
    left = _HEAVIEST
    for name, told in groups:
        if told[:left]:
            first.append((name, told[:left]))
        if told[left:]:
            rest.append((name, told[left:]))
        left = max(left - len(told), 0)
    return first, rest


def _continued(
    pages: Sequence[Sequence[tuple[str, list[str]]]], lang: str
) -> list[list[tuple[str, list[str]]]]:
    """Say of a group that goes on from the page before that it does."""
    found, before = [], None
    for page in pages:
        (first, lines), *rest = page
        name = translate(lang, "slide.continued", name=first) if first == before else first
        found.append([(name, lines), *rest])
        before = page[-1][0]
    return found


def _activities(room: _Room, first: Sequence[OnASlide], part: Activities) -> list[Slide]:
    """Return activities over the whole width, what weighs most above the first; those on *Rood* are
    never left out.
    """
    top = sum(map(fit.part, first))
    pages = fit.pages(
        part.rows, fit.activity, lambda number: room.lines - (top if number == 0 else 0)
    )
    shown = room.shown(pages, sum(one.reason is Reason.RED for one in part.rows))
    made = [room.slide(replace(part, rows=tuple(page))) for page in shown]
    made[0] = replace(made[0], above=(*first, *made[0].above))
    return room.with_more(made, sum(map(len, pages[len(shown) :])))


def _decisions(room: _Room, part: Decisions) -> list[Slide]:
    """Return decisions and actions; those asked and those overdue are never left out."""
    weighty = [one for one in part.rows if one.overdue or one.kind is DecisionKind.DECISION]
    rows = list(part.rows)
    if room.is_large:
        rows = weighty + [one for one in rows if one not in weighty]
    height = partial(fit.decision, asked=part.asked)
    pages = fit.pages(rows, height, lambda _: room.lines - _HEAD)
    shown = room.shown(pages, len(weighty))
    made = [room.slide(replace(part, rows=tuple(page))) for page in shown]
    return room.with_more(made, sum(map(len, pages[len(shown) :])))


def _ladders(room: _Room, first: Sequence[OnASlide], rest: Sequence[OnASlide]) -> list[Slide]:
    """Return the ambitions: the first over the whole width, the others beside each other below it;
    what is said of all of them stands where there is most room.
    """
    ladders = [part for part in rest if isinstance(part, Ladder)]
    said = [part for part in rest if not isinstance(part, Ladder)]
    if len(ladders) == 1:
        return [room.slide(*first, ladders[0], *said)]
    made = [room.slide(*first, ladders[0])]
    left = room.lines - sum(map(fit.part, made[0].above))
    for place in range(1, len(ladders), 2):
        columns: list[list[OnASlide]] = [[], []]
        for column, one in zip(columns, ladders[place : place + 2], strict=False):
            column.append(one)
        if place + 2 >= len(ladders):
            min(columns, key=fit.column).extend(said)
        told = tuple(map(tuple, columns))
        if place == 1 and max(map(fit.column, columns)) <= left:
            made[0] = replace(made[0], columns=told)
        else:
            made.append(replace(room.empty, columns=told))
    return made


def _timelines(room: _Room, part: Timeline) -> list[Timeline]:
    """Return the timeline in parts; a theme that fits on one slide is not divided."""
    drawn = figures.of_a_slide(part.drawn, room.lang)
    groups = [(theme or "", list(mine)) for theme, _, mine in drawn.groups]
    left = fit.room_of_timeline(room.empty.title)
    pages = fit.grouped_pages(
        groups, lambda _: fit.TIMELINE_ROW, fit.TIMELINE_THEME, left, together=True
    )
    return [replace(part, drawn=_of_a_page(drawn, page)) for page in pages]


def _of_a_page(
    drawn: drawings.Timeline, page: Sequence[tuple[str, list[Activity]]]
) -> drawings.Timeline:
    groups = tuple((name or None, len(mine), tuple(mine)) for name, mine in page)
    return replace(drawn, groups=groups)


def _grid(room: _Room, whole: Grid) -> list[Slide]:
    """Return a grid in two columns of a slide."""
    rows = whole.chart.grid.rows
    pages = fit.pages(
        whole.rows, lambda row: fit.grid_row(rows[row].name, 14.0), lambda _: room.lines - _HEAD
    )
    most = 2 * _MOST_PAGES if room.is_large else len(pages)
    shown = [replace(whole, rows=tuple(page)) for page in pages[:most]]
    made = [
        replace(room.empty, columns=tuple((grid,) for grid in shown[place : place + 2]))
        for place in range(0, len(shown), 2)
    ]
    return room.with_more(made, len(whole.chart.table.frame) - sum(map(len, pages[:most])))


def _divided(part: OnASlide) -> Sequence[OnASlide]:
    """Return a part in pieces that fit in a column."""
    match part:
        case Grid():
            return _grids(part)
        case Variance():
            pages = fit.pages(part.rows, fit.spent, lambda _: _SPENT)
            return [replace(part, rows=tuple(page)) for page in pages]
    return [part]


def _grids(part: Grid) -> list[Grid]:
    """Return a grid in parts of a few rows."""
    rows = part.chart.grid.rows
    pages = fit.pages(part.rows, lambda row: fit.grid_row(rows[row].name, 12.0), lambda _: 30.0)
    return [replace(part, rows=tuple(page)) for page in pages if page]


def _two_columns(room: _Room, parts: Sequence[OnASlide], above: Sequence[OnASlide]) -> list[Slide]:
    """Divide parts over slides of two columns; what stands above them stands on the first slide
    only.
    """
    left, first = fit.room(room.empty.title), sum(map(fit.part, above))
    made = fit.columns(parts, lambda number: left - (first if number == 0 else 0))
    return [
        replace(room.slide(*above) if place == 0 else room.empty, columns=columns)
        for place, columns in enumerate(made)
    ]
