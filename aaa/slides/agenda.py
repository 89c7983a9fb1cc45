"""The slides for each point of the agenda: the titles and figures of the pages, divided over as
many slides as they need.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from aaa import metrics
from aaa.figures import changes as change_figures
from aaa.figures import decisions, large, overview, timeline
from aaa.figures.chart import Chart
from aaa.history import changes, sentences
from aaa.history.changes import Change
from aaa.metrics.activities import Reason
from aaa.slides import fit
from aaa.slides.slide import Slide
from aaa.stories import ambitions, budget, partners, themes
from aaa.stories.parts import (
    Activities,
    Bars,
    ByTheme,
    Decisions,
    Grid,
    Part,
    Story,
    Tiles,
    Timeline,
    Told,
    Weight,
    Words,
    weight,
)
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import DecisionKind, Subject

_MOST_PAGES_OF_CHANGES = 4
_MOST_PAGES = 4  # of attention, decisions and partners, in a large programme
# Letters of a text on a slide, so that it always has room; the pages show all of it.
_LONGEST_TEXTS = {"note": 500, "text": 500, "title": 250}
_LONGEST_TEXT = 90
_LONGEST_SENTENCE = 500
_BARS_UNDIVIDED = 24.0  # the height up to which the bars of a chart stand on one slide
_BARS_TOGETHER = 14.5  # the height of the bars on one slide where a chart is divided


@dataclass(frozen=True)
class Meeting:
    """What the slides tell of.

    Attributes:
        programme: as the reader chose it, its activities judged, in the reader's language.
        found: what changed, in the same language; None where there is nothing to compare with.
        since: what the earlier version is called.
        lang: the reader's language.
    """

    programme: Programme
    found: tuple[Change, ...] | None
    since: str
    lang: str

    def text(self, key: str, n: int | None = None, **values: object) -> str:
        """Return a message in the reader's language."""
        return translate(self.lang, key, n, **values)


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
    return tuple(Subject) if row is None else tuple(map(Subject, row["agenda"]))


def code(subject: Subject) -> str:
    """Return a subject's name in an address: `wijzigingen`."""
    return subject.value.lower()


def slides(meeting: Meeting, subjects: Iterable[Subject]) -> tuple[Slide, ...]:
    """Return the slides of these points, in their order; every point has at least one."""
    since = _cut(meeting.since, _LONGEST_TEXT)
    short = replace(meeting, programme=_shortened(meeting.programme), since=since)
    return tuple(slide for subject in subjects for slide in _numbered(_MAKERS[subject](short)))


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
                if frame[column].dtype == object or _too_long(frame[column])
            }
            frames[name] = frame.assign(**cut)
    return replace(programme, **frames)


def _too_long(texts: pd.Series) -> bool:
    most = _LONGEST_TEXTS.get(str(texts.name), _LONGEST_TEXT)
    return texts.dtype == "str" and bool((texts.str.len() > most).any())


def _cutter(column: str) -> Callable[[object], object]:
    most = _LONGEST_TEXTS.get(column, _LONGEST_TEXT)

    def too_long(value: object) -> bool:
        return isinstance(value, str) and len(value) > most

    def cut(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(map(cut, value)) if any(map(too_long, value)) else value
        return _cut(value, most) if isinstance(value, str) else value

    return cut


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _numbered(made: Sequence[Slide]) -> list[Slide]:
    return [replace(slide, place=place, of=len(made)) for place, slide in enumerate(made, start=1)]


def _changes(meeting: Meeting) -> list[Slide]:
    if meeting.found is None:
        words = Words(meeting.text("changes.nothing"), missing=True)
        return [Slide(Subject.CHANGES, meeting.text("changes.title_nothing"), "", (words,))]
    drawn = change_figures.told(meeting.found, meeting.since, meeting.lang)
    slide = Slide(Subject.CHANGES, drawn.title, drawn.source)
    groups = []
    for group, mine in changes.grouped(meeting.found).items():
        sums = sentences.sums(group, meeting.found, meeting.lang)
        heading = sentences.heading(group, len(mine), meeting.lang) + (f" · {sums}" if sums else "")
        told = [_cut(sentences.change(one, meeting.lang), _LONGEST_SENTENCE) for one in mine]
        groups.append((heading, told))
    room = fit.room(slide.title)
    pages = fit.grouped_pages(groups, fit.sentence, fit.HEADING, room - fit.LINE, together=False)
    shown = _continued(pages[:_MOST_PAGES_OF_CHANGES], meeting)
    made = [
        replace(slide, above=tuple(Told(name, tuple(lines)) for name, lines in page))
        for page in shown
    ] or [replace(slide, above=(Words(meeting.text("changes.same")),))]
    left = sum(len(lines) for page in pages[_MOST_PAGES_OF_CHANGES:] for _, lines in page)
    if left:
        made[-1] = replace(
            made[-1], above=(*made[-1].above, Words(meeting.text("slide.more_changes", n=left)))
        )
    return made


def _continued(
    pages: Sequence[Sequence[tuple[str, list[str]]]], meeting: Meeting
) -> list[list[tuple[str, list[str]]]]:
    """Say of a group that goes on from the page before that it does."""
    ended = [None, *(page[-1][0] for page in pages)]
    return [
        [
            (
                meeting.text("slide.continued", name=name)
                if place == 0 and name == before
                else name,
                lines,
            )
            for place, (name, lines) in enumerate(page)
        ]
        for page, before in zip(pages, ended, strict=False)
    ]


def _attention(meeting: Meeting) -> list[Slide]:
    shown, lang = meeting.programme, meeting.lang
    counts, asking = (
        metrics.activities.by_status(shown.activities),
        metrics.activities.attention(shown.activities),
    )
    known = metrics.activities.attention_is_known(shown.activities)
    due, running = (
        metrics.activities.due(shown.activities, shown.as_of),
        metrics.activities.running_on(shown.activities, shown.as_of),
    )
    total, funders = metrics.budget.estimate(shown.costs), metrics.budget.by_funder(shown.costs)
    tiles = Tiles(
        tuple(
            overview.tiles(
                counts, asking, known, len(due), len(running), total, funders, shown.as_of, lang
            )
        )
    )
    first: tuple[Part, ...] = (*budget.cautions_of_the_estimate(shown, lang), tiles)
    title = meeting.text("slide.attention_none" if known else "slide.attention_unknown")
    if len(asking):
        title = meeting.text(
            "slide.attention", n=len(asking), reasons=overview.reasons_words(asking, known, lang)
        )
    slide = Slide(Subject.ATTENTION, title, "Activiteiten")
    if asking.empty:
        return [
            replace(
                slide,
                above=(
                    *first,
                    Words(
                        meeting.text(
                            "overview.attention_empty" if known else "overview.attention_unknown"
                        ),
                        missing=True,
                    ),
                ),
            )
        ]
    room = fit.room(title) - _room_for_more(meeting)
    pages = fit.pages(
        asking.itertuples(),
        fit.activity,
        lambda number: room - (sum(map(fit.part, first)) if number == 0 else 0),
    )
    red = int((asking["reason"] == Reason.RED).sum())
    most = _most(pages, red) if large.is_large(shown.activities) else len(pages)
    parts = [Activities(asking.loc[[row.Index for row in page]]) for page in pages[:most]]
    made = [
        replace(slide, above=(*(first if place == 0 else ()), part))
        for place, part in enumerate(parts)
    ]
    return _with_more(made, meeting, sum(map(len, pages[most:])))


def _most(pages: Sequence[Sequence[object]], kept: int) -> int:
    """Return how many pages of a large programme are shown: those with the first `kept` rows, which
    are never left out, and at least the usual number.
    """
    most, shown = 0, 0
    while most < len(pages) and (most < _MOST_PAGES or shown < kept):
        shown += len(pages[most])
        most += 1
    return most


def _room_for_more(meeting: Meeting) -> float:
    return fit.LINE if large.is_large(meeting.programme.activities) else 0.0


def _with_more(made: list[Slide], meeting: Meeting, left: int) -> list[Slide]:
    """Say on the last slide how much of a large programme it leaves out."""
    if left:
        made[-1] = replace(
            made[-1], above=(*made[-1].above, Words(meeting.text("slide.more", n=left)))
        )
    return made


def _timeline(meeting: Meeting) -> list[Slide]:
    shown = meeting.programme
    title = timeline.title(shown.activities, shown.year, meeting.lang)
    slide = Slide(Subject.TIMELINE, title, "Activiteiten")
    if shown.activities.empty:
        return [replace(slide, above=(Words(meeting.text("empty.activities"), missing=True),))]
    if large.is_large(shown.activities):
        # the slide says it already
        story = themes.story(shown, meeting.lang)
        grids = [grid for part in story.parts if isinstance(part, Grid) for grid in _grids(part)]
        return [replace(slide, above=(replace(grid, titled=False),)) for grid in grids]
    dated, undated = timeline.split(shown.activities)
    scale = timeline.axis(shown.activities, shown.year)
    groups = [
        (str(theme or ""), list(mine.itertuples()))
        for theme, _, _, mine in metrics.activities.grouped(dated, shown.themes)
    ]
    if len(undated):
        groups.append((_UNDATED, list(undated.itertuples())))
    pages = fit.grouped_pages(
        groups, fit.timeline_row, fit.THEME, fit.room(title) - fit.AXIS_AND_KEY, together=True
    )
    made = []
    for page in pages:
        rows = [(name, shown.activities.loc[[row.Index for row in mine]]) for name, mine in page]
        drawn = tuple((name or None, mine) for name, mine in rows if name != _UNDATED)
        rest = next((mine for name, mine in rows if name == _UNDATED), undated.iloc[0:0])
        made.append(replace(slide, above=(Timeline(drawn, rest, scale, shown.as_of),)))
    return made


_UNDATED = "\0"  # no theme has this name


def _themes(meeting: Meeting) -> list[Slide]:
    return _told(Subject.THEMES, themes.story(meeting.programme, meeting.lang))


def _partners(meeting: Meeting) -> list[Slide]:
    story = partners.story(meeting.programme, meeting.lang)
    grids = [part for part in story.parts if isinstance(part, Grid)]
    if not grids:
        return _told(Subject.PARTNERS, story)
    (whole,) = grids
    rows = whole.chart.grid.rows
    room = fit.room(story.title) - 2.4 - _room_for_more(meeting)
    pages = fit.pages(whole.rows, lambda row: fit.grid_row(rows[row].name, 14.0), lambda _: room)
    is_large = large.is_large(meeting.programme.activities)
    most = 2 * _MOST_PAGES if is_large else len(pages)
    shown = [replace(whole, rows=tuple(page)) for page in pages[:most]]
    slide = Slide(Subject.PARTNERS, story.title, story.source)
    made = [
        replace(slide, columns=tuple((grid,) for grid in shown[place : place + 2]))
        for place in range(0, len(shown), 2)
    ]
    left = len(whole.chart.table.frame) - sum(map(len, pages[:most]))
    return _with_more(made, meeting, left)


def _budget(meeting: Meeting) -> list[Slide]:
    return _told(Subject.BUDGET, budget.story(meeting.programme, meeting.lang))


def _ambitions(meeting: Meeting) -> list[Slide]:
    return _told(Subject.AMBITIONS, ambitions.story(meeting.programme, meeting.lang))


def _told(subject: Subject, story: Story) -> list[Slide]:
    """Return a story as slides: what weighs most stands over the whole width of the first."""
    first = sorted(
        (part for part in story.parts if weight(part) >= Weight.HEADLINE), key=weight, reverse=True
    )
    rest: list[Part] = []
    for part in story.parts:
        match part:
            case Bars():
                rest += _bars(part.chart)
            case Grid():
                rest += _grids(part)
            case ByTheme():
                pass  # the slides of the timeline name them
            case _ if weight(part) < Weight.HEADLINE:
                rest.append(part)
    return _two_columns(Slide(subject, story.title, story.source), rest, tuple(first))


def _decisions(meeting: Meeting) -> list[Slide]:
    left = metrics.decisions.open_ones(meeting.programme.decisions, meeting.programme.as_of)
    slide = Slide(Subject.DECISIONS, decisions.title(left, meeting.lang), "Besluiten")
    if left.empty:
        return [replace(slide, above=(Words(meeting.text("slide.decisions_empty"), missing=True),))]
    weighty = left["overdue"] | (left["kind"] == DecisionKind.DECISION)
    is_large = large.is_large(meeting.programme.activities)
    if is_large:
        left = pd.concat([left[weighty], left[~weighty]])
    room = fit.room(slide.title) - 2.2 - _room_for_more(meeting)
    pages = fit.pages(left.itertuples(), fit.decision, lambda _: room)
    most = _most(pages, int(weighty.sum())) if is_large else len(pages)
    made = [
        replace(slide, above=(Decisions(left.loc[[row.Index for row in page]]),))
        for page in pages[:most]
    ]
    return _with_more(made, meeting, sum(map(len, pages[most:])))


def _grids(part: Grid) -> list[Grid]:
    """Return a grid in parts of a few rows."""
    rows = part.chart.grid.rows
    pages = fit.pages(part.rows, lambda row: fit.grid_row(rows[row].name, 12.0), lambda _: 20.0)
    return [replace(part, rows=tuple(page)) for page in pages if page]


def _bars(chart: Chart) -> list[Part]:
    """Return a chart of bars in parts of a few rows."""
    heights = [fit.bar(chart.bars, row) for row in range(len(chart.bars.rows))]
    room = sum(heights) if sum(heights) <= _BARS_UNDIVIDED else _BARS_TOGETHER
    return [
        Bars(chart, tuple(rows))
        for rows in fit.pages(range(len(heights)), heights.__getitem__, lambda _: room)
        if rows
    ]


def _two_columns(slide: Slide, parts: Sequence[Part], above: tuple[Part, ...] = ()) -> list[Slide]:
    """Divide parts over slides of two columns; what stands above them stands on the first slide
    only.
    """
    room = fit.room(slide.title)
    first = sum(map(fit.part, above))
    made = fit.columns(parts, lambda number: room - (first if number == 0 else 0))
    return [
        replace(slide, above=above if place == 0 else (), columns=columns)
        for place, columns in enumerate(made)
    ]


_MAKERS: dict[Subject, Callable[[Meeting], list[Slide]]] = {
    Subject.CHANGES: _changes,
    Subject.ATTENTION: _attention,
    Subject.TIMELINE: _timeline,
    Subject.THEMES: _themes,
    Subject.PARTNERS: _partners,
    Subject.BUDGET: _budget,
    Subject.AMBITIONS: _ambitions,
    Subject.DECISIONS: _decisions,
}
