"""Workbooks for tests, made in sight of the test that reads them."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from aaa import contents, programme, writer
from aaa.finding import Finding
from aaa.programme import Programme

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "data" / "aaa_2025.xlsx"

ACTIVITY = {"Nr": "1.1", "Thema": "Veiligheid", "Onderdeel": "Campus", "Activiteit": "Bouwen", "Periode": "Q2"}
SMALL: dict[str, list[dict[str, Any]]] = {
    "Programma": [
        {"Gegeven": "Naam", "Waarde": "Proef"},
        {"Gegeven": "Jaar", "Waarde": 2025},
        {"Gegeven": "Peildatum", "Waarde": "2025-07-15"},
    ],
    "Themas": [{"Thema": "Veiligheid", "Omschrijving": "", "Volgorde": 1}, {"Thema": "Groen", "Omschrijving": "", "Volgorde": 2}],
    "Partners": [
        {"Partner": "DC Terra", "Soort": "Onderwijs", "Ook bekend als": "Terra"},
        {"Partner": "Zorg & Innovatie", "Soort": "Zorg", "Ook bekend als": ""},
    ],
    "Activiteiten": [ACTIVITY],
    "Kostenraming": [{"Kostenpost": "Capaciteit", "Totaal": 100, "Dekking gemeente": 60, "Dekking partners": 40}],
    "Ambities": [{"Nr": "1", "Ambitie": "Woningen", "Eenheid": "woningen", "Doel": 1000}],
}


def xlsx(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Return a plain workbook: each sheet with the headings of its rows, in the order of the first row that has them."""
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


def read(data: bytes) -> Programme:
    """Return the programme of a workbook of 2025."""
    return programme.from_bytes(data, 2025)


def edited(change: Any) -> bytes:
    """Return the small workbook after a change to the opened openpyxl workbook."""
    book = load_workbook(io.BytesIO(small()))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def example() -> bytes:
    """Return the invented year 2025."""
    return writer.write(contents.example_2025(), contents.guide())


def empty() -> bytes:
    """Return an empty year 2026."""
    return writer.write(contents.empty(2026), contents.guide())


def codes(found: Programme | Sequence[Finding]) -> list[str]:
    """Return the codes of the findings that are more than information about missing sheets and columns."""
    findings = found.findings if isinstance(found, Programme) else found
    return [f.code for f in findings if f.code not in ("sheet_absent", "columns_absent")]


def finding(found: Programme, code: str) -> Finding:
    """Return the one finding with this code."""
    matches = [f for f in found.findings if f.code == code]
    assert len(matches) == 1, [f"{f.code} {f.place}" for f in found.findings]
    return matches[0]
