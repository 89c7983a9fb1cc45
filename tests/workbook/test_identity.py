"""An activity stays itself through renumbering, retyping, deletion and a change of year."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from icalendar import Calendar

from aaa import metrics
from aaa.exports import calendar
from aaa.store import source
from aaa.store.origin import Fetched, File
from aaa.store.versions import Archive, Memory
from aaa.workbook import identity
from aaa.workbook.identity import Identities
from aaa.workbook.programme import Programme
from aaa.writing import next_year
from tests.support.books import ACTIVITY, activities, example, read, small
from tests.support.copies import taken_of

BUILD = {"Nr": "1.1", "Activiteit": "Bouwen aan de campus"}
PLANT = {"Nr": "1.2", "Activiteit": "Bomen planten langs de singel"}
LEARN = {"Nr": "1.3", "Activiteit": "Leren bij de brandweer"}


def refs(programme: Programme) -> dict[str, str]:
    """Return the code of each activity by its title."""
    frame = programme.activities
    return dict(zip(frame["title"], frame["ref"], strict=True))


def told(*versions: list[dict[str, Any]]) -> Programme:
    """Return the last of some versions, each after the one before it."""
    found = activities(*versions[0])
    for rows in versions[1:]:
        found = identity.carried(found, activities(*rows))
    return found


FIRST = [BUILD, PLANT, LEARN]
OWN = {
    "Bouwen aan de campus": "1-1",
    "Bomen planten langs de singel": "1-2",
    "Leren bij de brandweer": "1-3",
}


@pytest.mark.parametrize(
    "rows",
    [
        [LEARN, PLANT, BUILD],
        [BUILD | {"Nr": "2.6"}, PLANT, LEARN],
        [BUILD | {"Nr": "1.2"}, PLANT | {"Nr": "1.1"}, LEARN],
        [BUILD | {"Nr": "1.2"}, PLANT | {"Nr": "1.3"}, LEARN | {"Nr": "1.1"}],
        [BUILD, PLANT | {"Nr": None}, LEARN],
    ],
    ids=["moved", "renumbered", "swapped", "in a circle", "without a number"],
)
def test_a_number_does_not_make_an_activity(rows: list[dict[str, Any]]) -> None:
    assert refs(told(FIRST, rows)) == OWN


def test_a_title_that_is_typed_anew_does_not_either() -> None:
    found = refs(told(FIRST, [BUILD | {"Activiteit": "Bouwen aan de campussen"}, PLANT, LEARN]))
    assert found["Bouwen aan de campussen"] == "1-1"


def test_a_new_activity_never_gets_the_code_of_another() -> None:
    new = {"Nr": "1.1", "Activiteit": "Een festival voor makers"}
    found = told(FIRST, [new, BUILD | {"Nr": "1.4"}, PLANT, LEARN])
    assert refs(found) == OWN | {"Een festival voor makers": "1-1-2025"}
    # also when the other is gone for long
    left = told(FIRST, [PLANT, LEARN], [PLANT, LEARN], [new, PLANT, LEARN])
    assert refs(left)["Een festival voor makers"] == "1-1-2025"
    again = {"Nr": "1.1", "Activiteit": "Nog iets anders"}
    third = told(FIRST, [PLANT], [new, PLANT], [PLANT], [again, PLANT])
    assert refs(third)["Nog iets anders"] == "1-1-2025-2"


def test_an_activity_that_comes_back_is_itself_again() -> None:
    found = told(FIRST, [PLANT, LEARN], [BUILD | {"Nr": "7.7"}, PLANT, LEARN])
    assert refs(found) == OWN
    assert found.gone == ()


def test_in_a_new_year_a_number_alone_says_nothing() -> None:
    facts: list[dict[str, Any]] = [
        {"Gegeven": "Naam", "Waarde": "Proef"},
        {"Gegeven": "Jaar", "Waarde": 2026},
    ]
    new = ACTIVITY | {"Nr": "1.1", "Activiteit": "Een festival voor makers"}
    following = read(small(Programma=facts, Activiteiten=[new, ACTIVITY | PLANT | {"Nr": "3.3"}]))
    found = identity.carried(activities(*FIRST), following)
    assert refs(found) == {
        "Een festival voor makers": "1-1-2026",
        "Bomen planten langs de singel": "1-2",
    }


def test_an_address_by_number_means_the_activity_that_has_it_now() -> None:
    frame = told(FIRST, [BUILD | {"Nr": "2.6"}, PLANT, LEARN])
    assert identity.by_address(frame, "1-1") == "1-1"
    assert identity.by_address(frame, "2.6") == "1-1"
    assert identity.by_address(frame, "2-6") == "1-1"
    assert identity.by_address(frame, "9-9") is None
    swapped = told(FIRST, [BUILD | {"Nr": "1.2"}, PLANT | {"Nr": "1.1"}, LEARN])
    assert identity.by_address(swapped, "1-1") == "1-1"


def test_the_code_of_an_activity_that_is_gone_means_no_other() -> None:
    new = {"Nr": "1.1", "Activiteit": "Een festival voor makers"}
    found = told(FIRST, [PLANT, LEARN], [new, PLANT, LEARN])
    assert identity.by_address(found, "1-1") is None
    assert identity.by_address(found, "1.1") == refs(found)["Een festival voor makers"]


def test_what_is_kept_beside_a_version_tells_it_again() -> None:
    swapped = [BUILD | {"Nr": "1.2"}, PLANT | {"Nr": "1.1"}]
    found = told(FIRST, swapped)
    memory = Memory(identities=identity.of(found))
    kept = Memory.read(memory.written().decode())
    assert kept == memory
    assert kept.identities.gone == (("1-3", 2025, "leren bij de brandweer"),)
    again = identity.remembered(activities(*swapped), kept.identities)
    assert refs(again) == refs(found)
    assert identity.of(activities(*FIRST)) == Identities()  # nothing to keep
    assert Memory().written() == b""
    # of an earlier release, and of another number of rows
    assert Memory.read('{"aged": [], "former": {}}') == Memory()
    assert refs(identity.remembered(activities(*FIRST), kept.identities)) == OWN


def events(programme_of: bytes, **changes: Any) -> dict[str, str]:
    """Return the UID of each activity in the calendar, by what it is about."""
    taken = taken_of(programme_of)
    whole = changes.get("whole", taken.whole)
    taken = replace(taken, whole=whole, shown=whole)
    feed = calendar.feeds(taken)["programma"]
    found = Calendar.from_ical(calendar.ics(taken, feed))
    return {
        str(one["summary"]).split(" (")[0]: str(one["uid"])
        for one in found.walk("VEVENT")
        if "activiteit" in str(one["uid"])
    }


def test_a_store_carries_it_through_saves_and_a_restart(tmp_path: Any) -> None:
    path, state = tmp_path / "aaa_2025.xlsx", Archive(tmp_path / "state" / "2025")
    rows = [ACTIVITY | one for one in FIRST]
    path.write_bytes(small(Activiteiten=rows))
    store = source.Store(File(path), state)
    store.refresh()
    swapped = [rows[0] | {"Nr": "1.2"}, rows[1] | {"Nr": "1.1"}, rows[2]]
    path.write_bytes(small(Activiteiten=swapped))
    store.refresh()
    for one in (store, source.Store(File(path), state)):
        version = one.poll().version
        assert version is not None
        assert refs(version.programme) == OWN
    assert refs(source.load(File(path), state).programme) == OWN


def test_a_new_year_goes_on_where_the_last_one_ended(tmp_path: Any) -> None:
    """With the state folder, and after a restart without one of the new year yet."""
    last, new = tmp_path / "aaa_2025.xlsx", tmp_path / "aaa_2026.xlsx"
    rows = [ACTIVITY | one for one in FIRST]
    swapped = [rows[0] | {"Nr": "1.2"}, rows[1] | {"Nr": "1.1"}, rows[2] | {"Status": "Afgerond"}]
    own = Archive(tmp_path / "state" / File(last).key)
    store = source.Store(File(last), own)
    for version in (rows, swapped):
        last.write_bytes(small(Activiteiten=version))
        store.refresh()
    made = next_year.made(
        last.read_bytes(), read(last.read_bytes()), dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    )
    new.write_bytes(made)
    following = source.Store(File(new), Archive(tmp_path / "state" / File(new).key))
    following.refresh()
    found = following.poll().version
    assert found is not None
    programme = found.programme
    assert refs(programme) == {
        "Bouwen aan de campus": "1-1",
        "Bomen planten langs de singel": "1-2",
    }
    assert programme.since == {"1-1": 2025, "1-2": 2025}
    assert programme.gone == (("1-3", 2025, "leren bij de brandweer"),)
    assert not any(one.code == "rows_lost" for one in programme.findings)
    again = source.Store(File(new), Archive(tmp_path / "state" / File(new).key)).poll().version
    assert again is not None
    assert (refs(again.programme), again.programme.since) == (refs(programme), programme.since)


def test_an_event_is_the_same_in_every_program_whatever_its_number() -> None:
    data = example()
    before = read(data)
    rows = before.activities
    swapped = rows.assign(
        nr=[rows["nr"][1], rows["nr"][0], *rows["nr"][2:]],
        ref=[rows["ref"][1], rows["ref"][0], *rows["ref"][2:]],
    )
    after = identity.carried(before, replace(before, activities=swapped))
    assert refs(after) == refs(before)
    now = events(data, whole=replace(taken_of(data).whole, activities=_judged(after)))
    was = events(data)
    assert {name.split(" ", 1)[-1]: uid for name, uid in was.items()} == {
        name.split(" ", 1)[-1]: uid for name, uid in now.items()
    }


def _judged(programme: Programme) -> Any:
    return metrics.activities.judged(programme.activities, programme.as_of)


def test_fetched_bytes_alone_have_no_past() -> None:
    version = source.read(Fetched(small(), dt.datetime(2025, 7, 1), "aaa_2025.xlsx"))
    assert source.after(version, None).programme.since == {}
