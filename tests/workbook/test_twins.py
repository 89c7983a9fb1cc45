"""English texts that are older than their Dutch text: found between versions, kept with them, and
not shown.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from aaa.exports.takeaway import takeaway
from aaa.history.meetings import Since
from aaa.html import parts
from aaa.html.reader import Reader
from aaa.slides import agenda, drawing
from aaa.store import source
from aaa.store.origin import Fetched
from aaa.store.source import Version
from aaa.store.versions import Archive, Memory
from aaa.stories.parts import ByTheme
from aaa.words import wording
from aaa.workbook import matching, programme, twins
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Subject
from tests.support.books import ACTIVITY, small

_NOTE, _EN = "Stand van zaken", "Stand van zaken (EN)"


def _saved(*rows: Mapping[str, object]) -> Programme:
    activities = [
        ACTIVITY | {"Nr": f"1.{place}", "Activiteit": f"Werk {place}", _NOTE: "", _EN: ""} | row
        for place, row in enumerate(rows, start=1)
    ]
    return programme.from_bytes(small(Activiteiten=activities), 2025)


def _in_turn(*versions: Programme) -> Programme:
    """Return the last version, compared with all before it in turn."""
    last = versions[0]
    for one in versions[1:]:
        last = twins.aged(last, one)
    return last


def _english(of: Programme, column: str = "note") -> Sequence[object]:
    return list(programme.in_language(of, "en").activities[column])


FRESH, OLD = {_NOTE: "Op schema", _EN: "On schedule"}, {_NOTE: "Ligt stil", _EN: "On schedule"}
NEW = {_NOTE: "Ligt stil", _EN: "Halted"}
CHANGED = {
    "only the Dutch changed": ((FRESH, OLD), "Ligt stil"),
    "both changed": ((FRESH, NEW), "Halted"),
    "only the English changed": ((FRESH, FRESH | {_EN: "As planned"}), "As planned"),
    "still old a version later": ((FRESH, OLD, OLD), "Ligt stil"),
    "changed once more": ((FRESH, OLD, OLD | {_NOTE: "Weer op gang"}), "Weer op gang"),
    "written anew later": ((FRESH, OLD, NEW), "Halted"),
    "the Dutch as it was": ((FRESH, OLD, FRESH), "On schedule"),
    "the first version": ((OLD,), "On schedule"),
    "other capitals and spaces": ((FRESH, FRESH | {_NOTE: " op  SCHEMA"}), "On schedule"),
    "the English came first": (({_NOTE: "", _EN: "On schedule"}, FRESH), "On schedule"),
    "the Dutch was taken away": ((FRESH, FRESH | {_NOTE: ""}), None),
    "never translated": (({_NOTE: "Op schema"}, {_NOTE: "Ligt stil"}), "Ligt stil"),
}


@pytest.mark.parametrize(("rows", "shown"), CHANGED.values(), ids=CHANGED)
def test_an_old_english_text_is_not_shown(
    rows: Sequence[Mapping[str, object]], shown: str | None
) -> None:
    last = _in_turn(*map(_saved, rows))
    assert matching.plain(_english(last)[0]) == shown
    codes = [one.code for one in last.findings]
    is_old = rows[-1].get(_EN) not in (None, shown)
    assert codes.count("twin_aged") == is_old


def test_a_row_that_moved_or_has_the_same_english_text_as_another_is_known() -> None:
    other = {_NOTE: "Volgens plan", _EN: "On schedule"}
    before = _saved(FRESH, other)
    after = _saved(
        {"Nr": "1.2", "Activiteit": "Werk 2"} | other, {"Nr": "1.1", "Activiteit": "Werk 1"} | OLD
    )
    assert _english(twins.aged(before, after)) == ["On schedule", "Ligt stil"]


def test_a_new_row_with_a_known_english_text_is_new() -> None:
    added = {_NOTE: "Volgens plan", _EN: "On schedule"}
    assert _english(twins.aged(_saved(FRESH), _saved(FRESH, added)))[1] == "On schedule"


def test_a_theme_whose_name_changed_is_dutch_wherever_it_stands() -> None:
    def saved(name: str) -> Programme:
        theme = {"Thema": name, "Thema (EN)": "Safety", "Omschrijving": "", "Volgorde": 1}
        return programme.from_bytes(
            small(Themas=[theme], Activiteiten=[ACTIVITY | {"Thema": name}]), 2025
        )

    last = twins.aged(saved("Veiligheid"), saved("Veiligheden"))
    english = programme.in_language(last, "en")
    assert list(english.themes["theme"]) == list(english.activities["theme"])
    assert list(english.themes["theme"]) == ["Veiligheden"]


def test_the_finding_names_the_cell_and_says_what_to_do() -> None:
    last = _in_turn(_saved(FRESH), _saved(OLD))
    (found,) = (one for one in last.findings if one.code == "twin_aged")
    assert (found.place, found.value) == ("Activiteiten!G2", "On schedule")
    assert wording.message(found, "nl") == (
        "De Engelse tekst is geschreven bij ‘Op schema’; Stand van zaken is sindsdien veranderd. "
        "Tot Stand van zaken (EN) is bijgewerkt staat op het Engelse scherm de Nederlandse tekst."
    )


def _version(of: Programme, shown: dt.datetime) -> Version:
    return Version(of, "", shown, shown, "aaa_2025.xlsx", b"")


def test_the_reason_of_a_new_red_is_dutch_and_marked_so() -> None:
    before = _saved(FRESH | {"Oordeel": "Groen"})
    after = twins.aged(before, _saved(OLD | {"Oordeel": "Rood"}))
    moments = dt.datetime(2025, 6, 1), dt.datetime(2025, 7, 1)
    since = Since(_version(before, moments[0]), "June", None, as_asked=True)
    taken = takeaway(_version(after, moments[1]), since, "en")
    for subject in (Subject.CHANGES, Subject.ATTENTION):
        drawn = "".join(drawing.slide(one, "en") for one in agenda.of_point(taken, subject, []))
        assert '<span lang="nl">Ligt stil</span>' in drawn
        assert "On schedule" not in drawn


def test_what_is_not_translated_is_marked_and_a_dutch_screen_marks_nothing() -> None:
    there = _saved(FRESH | {"Omschrijving": "Van de campus"})
    moment = dt.datetime(2025, 7, 1)
    for lang, marked in (("en", True), ("nl", False)):
        taken = takeaway(_version(there, moment), None, lang)
        listed = [one for one in taken.story("themes").parts if isinstance(one, ByTheme)]
        drawn = "".join(parts.html(one, Reader(lang)) for one in listed)
        assert ('<span lang="nl">Werk 1</span>' in drawn) == marked
        assert ("lang=" in drawn) == marked


def test_old_texts_are_kept_with_the_version(tmp_path: Path) -> None:
    known = Archive(tmp_path)
    moment = dt.datetime(2025, 6, 1)
    last = None
    for place, row in enumerate((FRESH, OLD, OLD)):
        activity = ACTIVITY | {"Status": "Loopt" if place < 2 else "Afgerond"} | row
        data = small(Activiteiten=[activity])
        at = moment + dt.timedelta(days=place)
        last = source.after(source.read(Fetched(data, at, "aaa_2025.xlsx"), at), known)
        known.keep(data, last.sha256, at, at, memory=source.memory_of(last.programme))
    assert last is not None
    again = [source.read_kept(one, "aaa_2025.xlsx").programme.aged for one in known.usable()]
    assert again == [last.programme.aged, last.programme.aged, {}]
    assert list(last.programme.aged.values()) == ["Op schema"]
    # a server that starts again knows it without the version before
    for one in known.usable()[1:]:
        one.path.unlink()
    fresh = source.read(Fetched(last.data, moment, "aaa_2025.xlsx"))
    assert source.after(fresh, known).programme.aged == last.programme.aged


def test_a_damaged_note_about_old_texts_loses_no_version(tmp_path: Path) -> None:
    known, moment = Archive(tmp_path), dt.datetime(2025, 6, 1)
    data = small(Activiteiten=[ACTIVITY | FRESH])
    memory = Memory({("activities", 2, "note"): "Oud"})
    known.keep(data, source.digest(data), moment, moment, memory=memory)
    (beside,) = tmp_path.glob("*.memory.json")
    for wrong in (
        "",
        "[1]",
        "{}",
        "null",
        '{"aged": [["activities", 2]], "former": {}}',
        '{"aged": [["niets", "x", "y", 3]], "former": {}}',
        '{"aged": [["activities", 99, "note", "Oud"]], "former": {}}',
        '{"aged": [], "former": [1]}',
        '{"aged": [], "former": {"Oud": "Niemand"}}',
    ):
        beside.write_text(wrong, "utf-8")
        (one,) = known.usable()
        assert source.read_kept(one, "aaa_2025.xlsx").programme.aged == {}
