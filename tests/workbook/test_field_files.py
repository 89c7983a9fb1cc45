"""Files as people's programs leave them, and what is in their cells."""

import functools
import io
import os
import subprocess
import sys
import time
import unicodedata
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from aaa.exports.summary import summarise
from aaa.values import names, zone
from aaa.values.finding import Finding, WorkbookError
from aaa.workbook import number_format, programme, reader
from aaa.workbook.number_format import Percent
from aaa.writing import mark
from tests.support import field
from tests.support.books import ACTIVITY, SHIPPED, codes, edited, read, replaced, small

USABLE = [kind for kind in field.KINDS if kind.code is None]


@functools.cache
def shipped() -> dict[str, Any]:
    return summarise(read(SHIPPED.read_bytes()))


@pytest.mark.parametrize("kind", field.KINDS, ids=lambda kind: kind.name)
def test_a_kind_of_file_is_read_or_told_by_name(kind: field.Kind) -> None:
    found = field.outcome(kind)
    if isinstance(found, Finding):
        assert found.code == kind.code
    else:
        assert kind.code is None
        assert summarise(found) == shipped()


def test_the_document_holds_what_the_lead_reads() -> None:
    assert field.table() in field.DOCUMENT.read_text("utf-8")


def opens(data: bytes) -> bool:
    """Tell whether openpyxl, which compares names and encodings strictly, opens a file."""
    try:
        load_workbook(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - it raises whatever its parsers do
        return False
    return True


@pytest.mark.parametrize("kind", USABLE, ids=lambda kind: kind.name)
def test_a_kind_of_file_can_be_marked_and_loses_nothing(kind: field.Kind) -> None:
    data, found = kind.make(), field.outcome(kind)
    assert not isinstance(found, Finding)
    marked = mark.mark(data, found.findings, "nl")
    assert summarise(programme.from_bytes(marked, 2025)) == shipped()
    if opens(data):
        assert load_workbook(io.BytesIO(marked)).sheetnames[0] == "Controle"
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(marked)) as after:
        kept = [after.read(info) for info in after.infolist()]
        for info in before.infolist():
            if "customXml" in info.filename:
                assert before.read(info) in kept, info.filename


def test_a_workbook_without_styles_can_be_marked_for_every_program() -> None:
    bare = replaced(small(), "xl/_rels/workbook.xml.rels", b"relationships/styles", b"x/none")
    parts = [
        (info.filename, zipfile.ZipFile(io.BytesIO(bare)).read(info))
        for info in zipfile.ZipFile(io.BytesIO(bare)).infolist()
        if info.filename != "xl/styles.xml"
    ]
    data = field.packed([(n, x.replace(b'/xl/styles.xml"', b'/xl/x.bin"')) for n, x in parts])
    marked = mark.mark(data, programme.from_bytes(data, 2025).findings, "nl")
    assert load_workbook(io.BytesIO(marked)).sheetnames[0] == "Controle"


@pytest.mark.parametrize(
    ("code", "value", "percent"),
    [
        ("0%", 0.5, Percent.SCALED),
        ("0.0 %", 0.5, Percent.SCALED),
        ('0" %"', 50, Percent.SHOWN),
        ("0\\%", 50, Percent.SHOWN),
        ("0\\ \\%", 50, Percent.SHOWN),
        ('#,##0" (5% btw)"', 50, Percent.NOT),
        ('"%"0', 50, Percent.SHOWN),
        ("0_%", 50, Percent.NOT),
        ("0*%", 50, Percent.NOT),
        ("0;-0%", 50, Percent.NOT),
        ("0;-0%", -50, Percent.SCALED),
        ("0;-0;0%", 0, Percent.SCALED),
        ("[<1]0%;0", 0.5, Percent.SCALED),
        ("[<1]0%;0", 50, Percent.NOT),
        ("[Red]0%", 0.5, Percent.SCALED),
        ("[$€-413] #,##0", 5, Percent.NOT),
        ("General", 5, Percent.NOT),
    ],
)
def test_a_percentage_is_read_by_the_grammar_of_its_format(
    code: str, value: float, percent: Percent
) -> None:
    assert number_format.percent(code, value) is percent


@pytest.mark.parametrize(
    ("code", "date", "duration"),
    [
        ("d-m-yyyy", True, False),
        ('0" dagen"', False, False),
        ("0\\d", False, False),
        ("#,##0_d", False, False),
        ("[h]:mm", False, True),
        ("[$-413]d mmmm yyyy;@", True, False),
        ("h:mm AM/PM", True, False),
        ("0.00E+00", False, False),
        ("[Red]0", False, False),
        ("General", False, False),
        ("mmm", True, False),
    ],
)
def test_a_date_is_read_by_the_grammar_of_its_format(code: str, date: bool, duration: bool) -> None:
    assert (number_format.is_date(code), number_format.is_duration(code)) == (date, duration)


def test_a_format_that_speaks_of_a_percentage_leaves_an_amount_an_amount() -> None:
    def change(book: Any) -> None:
        for cell in ("B2", "C2", "D2"):
            book["Kostenraming"][cell].number_format = '#,##0" (5% btw)"'
        book["Activiteiten"]["F1"], book["Activiteiten"]["F2"] = "Voortgang", 50
        book["Activiteiten"]["F2"].number_format = '0" %"'

    found = read(edited(change))
    assert found.costs["total"].tolist() == [100]
    assert found.activities["progress"].tolist() == [0.5]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("a_x000B_b", "a\x0bb"),
        ("a_x0007_b", "a\x07b"),
        ("_x005F_x000B_", "_x000B_"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_ half", " half"),
        ("x_0041_", "x_0041_"),
    ],
)
def test_an_escape_of_excel_is_what_it_stands_for(stored: str, shown: str) -> None:
    assert reader.unescaped(stored) == shown


def test_what_powerpoint_pasted_is_a_line_break() -> None:
    row = ACTIVITY | {"Stand van zaken": "eerst_x000B_dan_x0007_", "Activiteit": "a_x000B_b"}
    found = read(small(Activiteiten=[row])).activities
    assert found["note"].tolist() == ["eerst\ndan"]
    assert "_x" not in found["title"][0]


@pytest.mark.parametrize("emoji", ["👩‍👩‍👧", "❤️‍🔥", "👩🏽‍🚒", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"])
def test_an_emoji_keeps_its_joiners(emoji: str) -> None:
    assert names.tidy(f" a\u200b {emoji}\u200d ") == f"a {emoji}"


def test_the_invisible_characters_are_those_of_unicode() -> None:
    for n in range(0x110000):
        if unicodedata.category(chr(n)) in ("Cf", "Cc"):
            assert names.tidy(f"a{chr(n)}b") in ("ab", "a b"), hex(n)


def test_a_missing_column_that_the_contract_gained_later_is_silent() -> None:
    rows = [{"Datum": "2025-07-01", "Eigen kolom": "x", "Overleg": "Regiegroep"}]
    assert "columns_renamed" not in codes(read(small(Overleg=rows)))


@pytest.mark.parametrize(
    ("fact", "words"), [("Naam", "naam van het programma"), ("Peildatum", "te laat")]
)
def test_a_missing_fact_is_told_with_what_it_costs(fact: str, words: str) -> None:
    from aaa.words import wording
    from tests.support.books import SMALL

    facts = [row for row in SMALL["Programma"] if row["Gegeven"] != fact]
    (missing,) = read(small(Programma=facts)).findings[:1]
    said = wording.message(missing, "nl")
    assert missing.code == "fact_missing"
    assert words in said
    assert "2025" not in said


def test_an_optional_sheet_of_another_name_is_named() -> None:
    spending = {"Datum": "2025-05-01", "Kostenpost": "Capaciteit", "Financier": "Gemeente"}
    rows = [spending | {"Soort": "Betaald", "Bedrag": 5}]
    found = read(small(**{"Uitgaven - Tabel 1": rows}))
    (misnamed,) = [one for one in found.findings if one.code == "sheet_misnamed"]
    assert (misnamed.sheet, misnamed.facts["contract"]) == ("Uitgaven - Tabel 1", "Uitgaven")


def test_the_sheets_of_nobody_are_looked_at_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = {f"Los {n}": [{"a": n}] for n in range(60)}
    parsed = 0
    usual = reader._parsed

    def counting(*given: Any, **named: Any) -> Any:
        nonlocal parsed
        parsed += 1
        return usual(*given, **named)

    monkeypatch.setattr(reader, "_parsed", counting)
    programme.from_bytes(small(**sheets, Uitgaven=None), 2025)
    assert parsed == 2  # the sheets of the contract, and the others


def test_the_one_heading_that_is_left_is_named_whatever_it_is_called() -> None:
    row = {"Planning" if heading == "Periode" else heading: v for heading, v in ACTIVITY.items()}
    with pytest.raises(WorkbookError) as caught:
        read(small(Activiteiten=[row]))
    (missing,) = caught.value.findings
    assert (missing.nearest, missing.cell) == ("Planning", "E1")


@pytest.mark.parametrize("named", ["Foo/Bar", "UTC+25", "/etc/passwd", "W. Europe Standard Time"])
def test_an_odd_time_zone_is_that_of_assen(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", named)
    monkeypatch.setattr(time, "tzset", lambda: None)
    zone.settle()
    assert os.environ["TZ"] == zone.NAME


@pytest.mark.server
@pytest.mark.parametrize("named", ["UTC+25"])
def test_an_odd_time_zone_ends_nothing_and_is_said_once(named: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aaa", "check", str(SHIPPED)],
        env=os.environ | {"TZ": named},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.count(repr(named)) == 1
    assert zone.NAME in done.stderr


@pytest.mark.parametrize("named", ["", "UTC", ":Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"])
def test_a_time_zone_that_there_is_stays(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", named)
    zone.settle()
    assert os.environ["TZ"] == named
