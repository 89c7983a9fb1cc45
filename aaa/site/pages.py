"""The pages of the copy: every story on a page of its own."""

from collections.abc import Iterator
from dataclasses import replace

from aaa.figures import timeline
from aaa.metrics import rows
from aaa.metrics.rows import Partner
from aaa.site import painting
from aaa.site.copied import ACTIVITIES, MENU, PARTNERS, Copied, Page
from aaa.stories import activity, check, partner
from aaa.stories.parts import Calendars, Story
from aaa.values.links import PROGRAMME
from aaa.words import wording

_STORIES = {
    "tijdlijn": "timeline",
    "themas": "themes",
    "partners": "partners",
    "begroting": "budget",
    "ambities": "ambitions",
    "programma": "programme",
    "wijzigingen": "changes",
}


def pages(copied: Copied) -> Iterator[Page]:
    """Return every page: those in the menu, then one of each partner and of each activity."""
    told = {path: copied.taken.stories[name] for path, name in _STORIES.items()}
    told |= {"index": overview(copied), "controle": _check(copied)}
    for path, _ in MENU:
        yield _page(copied, path, told[path])
    for one in rows.partners(copied.taken.whole.partners):
        yield _page(copied, f"{PARTNERS}/{one.code}", of_partner(copied, one))
    for row in rows.activities(copied.taken.whole):
        yield _page(copied, f"{ACTIVITIES}/{row.ref}", activity.story(row, copied.lang))


def _page(copied: Copied, path: str, story: Story) -> Page:
    reader = copied.reader(path)
    body = painting.body(story, copied.taken, reader, reader.table)
    return Page(path, story.name, story.title, body)


def overview(copied: Copied) -> Story:
    """Return what the landing page tells: in the dashboard its calendar stands in the menu."""
    story = copied.taken.stories["overview"]
    without = len(timeline.split(copied.taken.whole.activities)[1])
    note = copied.text("calendar.without", n=without) if without else ""
    keep = Calendars(copied.text("share.calendar"), ((PROGRAMME, ""),), note=note)
    return replace(story, parts=(*story.parts, keep))


def of_partner(copied: Copied, one: Partner) -> Story:
    """Return what the page of a partner tells."""
    return partner.story(copied.taken.whole, copied.lang, one, copied.of_partner(one.partner))


def _check(copied: Copied) -> Story:
    version, lang = copied.version, copied.lang
    facts = (
        ("check.file", version.name),
        ("check.saved", wording.saved(version.stamp, lang)),
        ("check.as_of", wording.date(copied.taken.whole.as_of, lang)),
        ("check.fingerprint", version.sha256[:12]),
    )
    return check.story(copied.taken.whole, lang, facts)
