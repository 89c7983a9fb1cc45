"""A partner with another name is one change, and answers by its old name."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from aaa import metrics
from aaa.history import events, sentences
from aaa.store import source
from aaa.store.origin import Fetched
from aaa.store.versions import Archive
from aaa.workbook import renames
from aaa.workbook.programme import Programme
from tests.support.books import ACTIVITY, read, small


def book(name: str, *, register: bool = True, uses: bool = True, **more: Any) -> bytes:
    """Return a plan with a partner of this name on the register and in three activities."""
    own = name if uses else "Actium"
    rows = [
        ACTIVITY | {"Nr": "1.1", "Activiteit": "Bouwen", "Trekker": own, "Partners": ""},
        ACTIVITY
        | {"Nr": "1.2", "Activiteit": "Verven", "Trekker": "", "Partners": f"DC Terra; {own}"},
        ACTIVITY | {"Nr": "1.3", "Activiteit": "Wonen", "Trekker": "DC Terra", "Partners": own},
    ]
    partners = [{"Partner": "DC Terra"}, {"Partner": name if register else "Actium"}]
    return small(**{"Activiteiten": rows, "Partners": partners} | more)


def told(before: Programme, after: Programme) -> list[str]:
    return [sentences.event(one, "nl") for one in events.between(before, after)]


def test_a_partner_renamed_everywhere_is_one_change() -> None:
    before, after = read(book("Actium")), read(book("Actium Wonen"))
    assert renames.partners(before, after) == {"Actium": "Actium Wonen"}
    assert told(before, after) == ["Actium heet nu Actium Wonen, 3 activiteiten"]


@pytest.mark.parametrize(
    "after",
    [
        book("Actium"),
        book("Iemand anders", Activiteiten=[ACTIVITY | {"Nr": "1.1", "Trekker": "Iemand anders"}]),
        book("Actium Wonen", Partners=[{"Partner": "Actium"}, {"Partner": "Actium Wonen"}]),
    ],
    ids=["nothing", "another partner", "both are there"],
)
def test_another_partner_is_no_other_name(after: bytes) -> None:
    assert renames.partners(read(book("Actium")), read(after)) == {}


def version(data: bytes, day: int) -> Fetched:
    return Fetched(data, dt.datetime(2025, 6, day), "aaa_2025.xlsx")


def test_the_old_name_answers_also_after_a_second_one_and_a_restart(tmp_path: Path) -> None:
    known = Archive(tmp_path)
    for day, name in enumerate(("Actium", "Actium Wonen", "Woonstad"), start=1):
        fetched = version(book(name), day)
        found = source.after(source.read(fetched), known)
        known.keep(
            fetched.data,
            found.sha256,
            fetched.saved,
            fetched.saved,
            memory=source.memory_of(found.programme),
        )
    for one in known.usable()[1:]:  # the versions before are no longer kept
        one.path.unlink()
    again = source.after(source.read(version(book("Woonstad"), 3)), known).programme
    for asked in ("actium", "actium-wonen", "woonstad"):
        partner = metrics.partners.by_code(again, asked)
        assert partner is not None
        assert partner.partner == "Woonstad"
    # a partner that takes the name later has it for itself
    taken = book("Woonstad", Partners=[{"Partner": "Woonstad"}, {"Partner": "Actium"}])
    later = source.after(source.read(version(taken, 4)), known).programme
    owner = metrics.partners.by_code(later, "actium")
    assert owner is not None
    assert owner.partner == "Actium"


def test_a_rename_is_one_change_also_where_earlier_versions_are_remembered() -> None:
    before = read(book("Actium"))
    for name in ("Actium Wonen", "Woonstad", "Actium"):  # and back again
        after = read(book(name))
        after = renames.remembered(after, renames.former(before, after))
        old = before.partners["partner"].tolist()[1]
        assert told(before, after) == [f"{old} heet nu {name}, 3 activiteiten"]
        before = after
