"""Workbooks for tests, made in sight of the test that reads them."""

import datetime as dt
import functools
import io
import pickle
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from aaa import metrics
from aaa.values.finding import Finding
from aaa.workbook import programme
from aaa.workbook.programme import Programme
from aaa.writing import contents, writer
from aaa.writing.editing import Editor
from tests.support import poison

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "data" / "aaa_2025.xlsx"

_SEEDED = dt.datetime(2025, 11, 1, 9, 0, tzinfo=dt.UTC)

ACTIVITY = {
    "Nr": "1.1",
    "Thema": "Veiligheid",
    "Onderdeel": "Campus",
    "Activiteit": "Bouwen",
    "Periode": "Q2",
}
SMALL: dict[str, list[dict[str, Any]]] = {
    "Programma": [
        {"Gegeven": "Naam", "Waarde": "Proef"},
        {"Gegeven": "Jaar", "Waarde": 2025},
        {"Gegeven": "Peildatum", "Waarde": "2025-07-15"},
    ],
    "Themas": [
        {"Thema": "Veiligheid", "Omschrijving": "", "Volgorde": 1},
        {"Thema": "Groen", "Omschrijving": "", "Volgorde": 2},
    ],
    "Partners": [
        {"Partner": "DC Terra", "Soort": "Onderwijs", "Ook bekend als": "Terra"},
        {"Partner": "Zorg & Innovatie", "Soort": "Zorg", "Ook bekend als": ""},
    ],
    "Activiteiten": [ACTIVITY],
    "Kostenraming": [
        {"Kostenpost": "Capaciteit", "Totaal": 100, "Dekking gemeente": 60, "Dekking partners": 40}
    ],
    "Ambities": [{"Nr": "1", "Ambitie": "Woningen", "Eenheid": "woningen", "Doel": 1000}],
}


def xlsx(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Return a plain workbook: each sheet with the headings of its rows, in the order of the first
    row that has them.
    """
    return _written(pickle.dumps(sheets))


@functools.lru_cache(500)
def _written(pickled: bytes) -> bytes:
    """Write a workbook that many tests ask for once."""
    sheets = pickle.loads(pickled)
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def small(**changes: list[dict[str, Any]] | None) -> bytes:
    """Return the small workbook with some sheets replaced, or left out (None)."""
    sheets = {**SMALL, **changes}
    return xlsx({title: rows for title, rows in sheets.items() if rows is not None})


def activities(*rows: dict[str, Any]) -> Programme:
    """Return the small programme with these activities, each laid over the usual one."""
    return read(small(Activiteiten=[ACTIVITY | row for row in rows]))


@functools.lru_cache(200)
def judged(programme: Programme, as_of: dt.date | None = None) -> Programme:
    """Return a programme with its activities judged by its own date, or by another."""
    day = as_of or programme.as_of
    rows = metrics.activities.judged(programme.activities, day)
    return replace(programme, activities=rows, as_of=day)


def read(data: bytes) -> Programme:
    """Return the programme of a workbook of 2025; the same one for the same bytes, because nobody
    changes its frames.
    """
    return programme.from_bytes(data, 2025)


def edited(change: Any) -> bytes:
    """Return the small workbook after a change to the opened openpyxl workbook."""
    book = load_workbook(io.BytesIO(small()))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@functools.cache
def example() -> bytes:
    """Return the invented year 2025."""
    return writer.write(contents.example_2025(), contents.guide())


@functools.cache
def empty() -> bytes:
    """Return an empty year 2026."""
    return writer.write(contents.empty(2026), contents.guide())


def codes(found: Programme | Sequence[Finding]) -> list[str]:
    """Return the codes of the findings that are more than information about missing sheets and
    columns.
    """
    findings = found.findings if isinstance(found, Programme) else found
    return [f.code for f in findings if f.code != "sheet_absent"]


def finding(found: Programme, code: str) -> Finding:
    """Return the one finding with this code."""
    matches = [f for f in found.findings if f.code == code]
    assert len(matches) == 1, [f"{f.code} {f.place}" for f in found.findings]
    return matches[0]


LONG = (
    "Het gezamenlijk verkennen, voorbereiden, uitwerken en in de praktijk beproeven van een"
    " duurzame samenwerking tussen scholen, ondernemers en maatschappelijke organisaties in de hele"
    " regio rond Assen"
)


@functools.cache
def crowded(activities: int = 120, partners: int = 60) -> bytes:
    """Return a year with many activities, some with titles of 200 letters, many partners, 20 cost
    lines and 25 open actions.
    """
    full: dict[str, Any] = {
        title: [dict(row) for row in rows] for title, rows in contents.example_2025().items()
    }
    full["Partners"] += [
        {"Partner": f"Samenwerkingsverband van ondernemers nummer {n}"}
        for n in range(partners - len(full["Partners"]))
    ]
    names = [row["Partner"] for row in full["Partners"]]
    usual, full["Activiteiten"] = full["Activiteiten"], []
    for n in range(activities):
        row = {
            heading: value
            for heading, value in usual[n % len(usual)].items()
            if not heading.endswith("(EN)")
        }
        row |= {
            "Nr": f"{n // 30 + 1}.{n % 30 + 1}",
            "Activiteit": (
                f"{LONG} {n}".ljust(200, "x")[:200]
                if n % 7 == 0
                else f"{row['Activiteit']} deel {n}"
            ),
        }
        row |= {
            "Partners": "; ".join(names[n * 5 % partners : n * 5 % partners + 4]),
            "Trekker": names[n * 3 % partners],
        }
        full["Activiteiten"].append(
            row | ({"Stand van zaken": f"{LONG}. " * 2, "Oordeel": "Rood"} if n % 9 == 0 else {})
        )
    for n in range(1, 18):
        line = {"Totaal": 1000 * n, "Dekking gemeente": 600 * n, "Dekking partners": 400 * n}
        full["Kostenraming"].append(
            {"Kostenpost": f"Bijzondere kostenpost voor het uitwerken van onderdeel {n}"} | line
        )
    for n in range(25):
        action = {
            "Datum": dt.date(2025, 6, 19),
            "Soort": "Actie",
            "Status": "Open",
            "Gereed voor": dt.date(2025, 5 + n % 8, 3),
        }
        full["Besluiten"].append(action | {"Tekst": LONG[: 110 + n * 3], "Eigenaar": names[-1 - n]})
    return writer.write(full, contents.guide())


WRONG = small(
    Activiteiten=[
        ACTIVITY
        | {
            "Periode": "Q9",
            "Status": "Bezig",
            "Oordeel": "Paars",
            "Voortgang": "veel",
            "Thema": "?",
            "Partners": "Wie, Wat",
            "Afgerond op": "31-2-2025",
        },
        ACTIVITY | {"Nr": None, "Activiteit": None, "Onderdeel": None},
        ACTIVITY | {"Activiteit": "<script>alert(1)</script> **vet** $x^2$ :red[rood]"},
    ],
    Kostenraming=[
        {
            "Kostenpost": "Capaciteit",
            "Totaal": "75k",
            "Dekking gemeente": True,
            "Dekking partners": "PM",
        }
    ],
    Ambities=[
        {"Nr": "1", "Ambitie": "Woningen", "Eenheid": "huizen", "Doel": "veel"},
        {"Nr": "2", "Ambitie": None, "Eenheid": None, "Doel": 0},
    ],
    Uitgaven=[{"Datum": "ooit", "Kostenpost": "?", "Financier": "?", "Soort": "?", "Bedrag": "?"}],
    Metingen=[{"Ambitie": "?", "Trede": "?", "Peildatum": "?", "Waarde": "?"}],
)
# The workbooks of most tests, by name.
BOOKS: dict[str, Callable[[], bytes]] = {
    "shipped": SHIPPED.read_bytes,
    "example": example,
    "empty": empty,
    "wrong": lambda: WRONG,
    "crowded": crowded,
    "busy": lambda: crowded(24, 36),  # for what would take long of all that
    "poisoned": poison.workbook,
}


def named(title: str) -> bytes:
    """Return the example with another title for activity 1.1."""
    changed = contents.example_2025()
    changed["Activiteiten"] = [
        row | ({"Activiteit": title} if row["Nr"] == "1.1" else {})
        for row in changed["Activiteiten"]
    ]
    return writer.write(changed, contents.guide())


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def seeded(data: bytes, **cells: Any) -> bytes:
    """Return a workbook with other values in some cells: `Activiteiten_I5="Gereed"`."""
    editor = Editor(data)
    for place, value in cells.items():
        sheet, cell = place.split("_")
        editor.put(sheet, cell, value)
    return editor.content(_SEEDED)


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with some bytes of one of its parts replaced, once."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(info, content)
    return buffer.getvalue()
