"""Activities that stay themselves from one version to the next, whatever number, title or place
they get: the code in their address, and the year in which they were seen first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count

from aaa.values import names
from aaa.workbook import matching
from aaa.workbook.programme import Programme, own_refs

_MOST_GONE = 2_000  # activities that are remembered after they went


@dataclass(frozen=True)
class Identities:
    """What earlier versions tell of the activities of a version.

    Attributes:
        refs: the code of each activity, in their order; empty where every one has the code of its
            own number.
        since: by code, the year of those that were seen first in an earlier year.
        gone: of each activity that is no longer there its code, its year and the `names.key` of its
            title. Another activity never gets its code; the same one gets it back.
    """

    refs: tuple[str, ...] = ()
    since: Mapping[str, int] = field(default_factory=dict)
    gone: tuple[tuple[str, int, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to remember."""
        return not (self.refs or self.since or self.gone)


def by_address(programme: Programme, asked: str) -> str | None:
    """Return the code of the activity that an address means: by its code, else by its number as it
    is now; None where there is none. The code of an activity that is gone means no other.

    Args:
        programme: whose activities they are.
        asked: a code, or a number as typed.
    """
    activities = programme.activities
    is_gone = asked in {code for code, _, _ in programme.gone}
    for column in ("ref",) if is_gone else ("ref", "nr"):
        for ref, said in zip(activities["ref"], activities[column], strict=True):
            if isinstance(said, str) and names.code(said) == names.code(asked):
                return str(ref)
    return None


def of(programme: Programme) -> Identities:
    """Return what is kept of a programme beside its version."""
    refs = tuple(programme.activities["ref"])
    own = tuple(own_refs(programme.activities))
    return Identities(() if refs == own else refs, programme.since, programme.gone)


def remembered(programme: Programme, kept: Identities) -> Programme:
    """Return a programme whose activities are those of earlier versions.

    Args:
        programme: as read.
        kept: what was kept beside it.
    """
    refs = kept.refs or tuple(own_refs(programme.activities))
    if kept.empty or len(refs) != len(programme.activities):
        return programme
    known = programme.activities.assign(ref=list(refs))
    return replace(programme, activities=known, since=kept.since, gone=kept.gone)


def carried(before: Programme, after: Programme) -> Programme:
    """Return a programme whose activities have the codes that they had: a row that is matched is
    the same activity, whatever its number is now.

    Args:
        before: the version before it, or last year's.
        after: as read.

    Source: sheet 'Activiteiten' of both versions; definition V7.
    """
    was = list(before.activities["ref"])
    if before.year == after.year:
        pairs = matching.rows("activities", before.activities, after.activities)
    else:
        pairs = matching.by_title(before.activities, after.activities)
    titles = _titles(after)
    taken = set(pairs.values())
    left = [one for place, one in enumerate(was) if place not in taken]
    year = {one: before.since.get(one, before.year) for one in was}
    titled = dict(zip(was, _titles(before), strict=True))
    gone = [*before.gone, *((one, year[one], titled[one]) for one in left)]
    back = {title: (code, since) for code, since, title in gone if title}
    used = {*was, *(code for code, _, _ in gone)}
    refs: list[str] = []
    since: dict[str, int] = {}
    for place, own in enumerate(own_refs(after.activities)):
        if place in pairs:
            code = was[pairs[place]]
            first = year[code]
        elif titles[place] in back:
            code, first = back.pop(titles[place])
        else:
            code, first = _free(own, after.year, used), after.year
        refs.append(code)
        used.add(code)
        if first != after.year:
            since[code] = first
    there = set(refs)
    still = [one for one in gone if one[0] not in there]
    return remembered(after, Identities(tuple(refs), since, tuple(still[-_MOST_GONE:])))


def _titles(programme: Programme) -> list[str]:
    return [names.key(one) if isinstance(one, str) else "" for one in programme.activities["title"]]


def _free(own: str, year: int, used: set[str]) -> str:
    """Return a code that no activity ever had: that of its number, else with the year behind it."""
    numbered = (f"{own}-{year}-{number}" for number in count(2))
    return next(one for one in chain((own, f"{own}-{year}"), numbered) if one not in used)
