"""The number of activities of each partner, in total and per quarter."""

import pandas as pd

from aaa.metrics import rows
from aaa.metrics.activities import running_months
from aaa.metrics.rows import Partner
from aaa.metrics.selection import touches
from aaa.values import names, period
from aaa.workbook.programme import Programme

LEAD, MEMBER = "lead", "member"


def roles(activities: pd.DataFrame) -> pd.DataFrame:
    """List who does what: one row per activity and partner. A lead that is also listed as a partner
    counts as lead only.

    Returns:
        `ref` (of the activity), `partner`, `role` (`lead` or `member`), `first`, `last` (the months
        in which the activity runs); in the order of the workbook.

    Source: columns 'Trekker', 'Partners', 'Prognose', 'Periode' and 'Status'; definition P1.
    """
    found = []
    for place, (leads, members) in enumerate(
        zip(activities["leads"], activities["partners"], strict=True)
    ):
        seen: set[str] = set()
        for role, people in ((LEAD, leads), (MEMBER, members)):
            for name in people:
                if names.key(name) not in seen:
                    seen.add(names.key(name))
                    found.append((place, name, role))
    who = pd.DataFrame(found, columns=["place", "partner", "role"])
    # take the months per column: per cell it takes seconds for a large programme
    places = who.pop("place").to_numpy(dtype=int)
    who.insert(0, "ref", activities["ref"].array[places])
    months = running_months(activities)
    return who.assign(**{end: months[end].array[places] for end in ("first", "last")}).astype(
        {"first": "Int64", "last": "Int64"}
    )


def load(activities: pd.DataFrame, partners: pd.DataFrame, year: int) -> pd.DataFrame:
    """Count the activities of each partner, in total and per quarter of the plan year.

    Args:
        activities: frame `activities` of a Programme.
        partners: frame `partners` of a Programme.
        year: the plan year.

    Returns:
        A row per partner, most activities first: `partner`, `code`, `kind`, `registered`, `lead`
        and `takes_part` (activities led, and joined without leading), `activities` (their sum: each
        counts once), and for each quarter `q1`..`q4` with `q1_lead`..`q4_lead`; an activity that
        runs in two quarters counts in both, one without months or dropped in none.

    Source: columns 'Trekker', 'Partners', 'Prognose', 'Periode' and 'Status'; definitions P1 and
    P2.
    """
    who = roles(activities)
    counts = partners[["partner", "code", "kind", "registered"]].copy()
    keys = counts["partner"].map(names.key)
    mine = who["partner"].map(names.key)
    leads = who["role"] == LEAD

    def count(mask: pd.Series) -> pd.Series:
        return keys.map(mine[mask].value_counts()).fillna(0).astype(int)

    counts["lead"], counts["takes_part"] = count(leads), count(~leads)
    counts["activities"] = counts["lead"] + counts["takes_part"]
    for quarter in period.QUARTERS:
        here = touches(who, period.quarter_months(year, quarter))
        counts[f"q{quarter}"], counts[f"q{quarter}_lead"] = count(here), count(here & leads)
    return counts.sort_values(["activities", "lead"], ascending=False, kind="stable").reset_index(
        drop=True
    )


def assignment_count(load: pd.DataFrame) -> int:
    """Return the number of pairs of activity and partner; 0 when nobody is named.

    Args:
        load: as `load` returns it.

    Source: columns 'Trekker' and 'Partners'; definition P1.
    """
    return int(load["activities"].sum())


def of_partner(activities: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Return the activities of one partner with `role` (`lead` or `member`), in the order given.

    Source: columns 'Trekker' and 'Partners'; definition P1.
    """
    who = roles(activities)
    return _with_role(
        activities.set_index("ref", drop=False),
        who[who["partner"].map(names.key) == names.key(partner)],
    )


def of_each(activities: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the activities of every partner that has one, by the `names.key` of the partner, as
    `of_partner` returns them.

    Source: columns 'Trekker' and 'Partners'; definition P1.
    """
    who = roles(activities)
    by_ref = activities.set_index("ref", drop=False)
    each = who.groupby(who["partner"].map(names.key), sort=False, dropna=True)
    return {str(key): _with_role(by_ref, mine) for key, mine in each}


def _with_role(by_ref: pd.DataFrame, mine: pd.DataFrame) -> pd.DataFrame:
    return by_ref.loc[mine["ref"]].reset_index(drop=True).assign(role=mine["role"].array)


def in_role(mine: pd.DataFrame, role: str) -> pd.DataFrame:
    """Return the activities in which a partner has this role.

    Args:
        mine: as `of_partner` returns them.
        role: `lead` or `member`.

    Source: definition P1.
    """
    return mine[mine["role"] == role]


def companions(mine: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Count with whom a partner works: one row per other partner, most shared activities first:
    `partner`, `activities`.

    Args:
        mine: the activities of the partner, as `of_partner` returns them.
        partner: its name, which is left out.

    Source: columns 'Trekker' and 'Partners'; definition P3.
    """
    shared = roles(mine)
    others = shared[shared["partner"].map(names.key) != names.key(partner)]
    counts = (
        others["partner"]
        .value_counts(sort=False)
        .rename_axis("partner")
        .reset_index(name="activities")
    )
    return counts.sort_values("activities", ascending=False, kind="stable").reset_index(drop=True)


def by_code(programme: Programme, asked: str) -> Partner | None:
    """Return the partner with this code, or with a spelling that has it, so that a link still works
    after a rename; None for an unknown one.

    Args:
        programme: that names the partners.
        asked: a code, or a name as typed.

    Source: columns 'Partner' and 'Ook bekend als'.
    """
    known = {names.code(typed): names.key(shown) for typed, shown in programme.spellings.items()}
    own, meant = asked.strip().casefold(), known.get(names.code(asked))
    partners = rows.partners(programme.partners)
    by_spelling = (one for one in partners if names.key(one.partner) == meant)
    return next((one for one in partners if one.code == own), next(by_spelling, None))


def near(programme: Programme, asked: str) -> tuple[Partner, ...]:
    """Return at most three partners that an unknown code was probably meant to be, best match
    first; arguments as of `by_code`.
    """
    spellings = programme.spellings
    close = names.nearest_ones(asked.replace("-", " "), spellings, 3)
    named = {names.key(one.partner): one for one in rows.partners(programme.partners)}
    keys = dict.fromkeys(names.key(spellings[one]) for one in close)
    return tuple(named[key] for key in keys if key in named)
