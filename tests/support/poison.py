"""A year in which every text of every sheet tries to do something in the program that shows it."""

import functools
import re
from typing import Any

from aaa.workbook import schema
from aaa.workbook.schema import Kind
from aaa.writing import contents, writer

MARK = "pwned"  # what a script that runs would set
# in a name, which may hold none of the signs that part a list
IN_NAME = f"<img src=x onerror=window.{MARK}=1>"
IN_TEXT = (
    f"<script>window.{MARK}=1</script>{IN_NAME}</textarea></style></title><svg"
    f" onload=window.{MARK}=1>\"'><a href=javascript:window.{MARK}=1>a</a>"
    f" [b](javascript:window.{MARK}=1) ![c](https://boef.example/c.png) https://boef.example"
    " $\\frac{1}{2}$ $$x^2$$ :red[rood] :material/home: **vet** `code` {0} {n}"
    " %s\r\nBEGIN:VALARM\nATTACH:https://boef.example"
)
FORMULAS = ('=HYPERLINK("https://boef.example","x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1")
LINKS = (
    f"javascript:window.{MARK}=1",
    f'https://boef.example/"onmouseover=window.{MARK}=1//',
    f"https://boef.example/{IN_NAME}",
    "data:text/html,x",
)
_DEFINES = {"themes": "theme", "partners": "partner", "costs": "line", "ambitions": "ambition"}


@functools.cache
def workbook() -> bytes:
    """Return the invented year with these in every cell that takes words; names are poisoned
    everywhere alike, so that the programme stays whole.
    """
    whole = contents.example_2025()
    names = [
        row[schema.sheet(sheet).column(column).heading]
        for sheet, column in _DEFINES.items()
        for row in whole[schema.sheet(sheet).title]
    ]
    known = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for sheet in schema.SHEETS:
        for number, row in enumerate(whole[sheet.title]):
            for column in sheet.columns:
                for heading in (column.heading, f"{column.heading} (EN)"):
                    if isinstance(row.get(heading), str):
                        row[heading] = _poisoned(sheet.name, column, row[heading], known, number)
            if sheet.name == "partners":
                row[sheet.column("website").heading] = LINKS[number % len(LINKS)]
            elif sheet.name == "programme" and row["Gegeven"] == "Naam":
                row["Waarde"] = f"{row['Waarde']} {IN_NAME}"
        # a row whose every cell is a finding, which repeats it
        whole[sheet.title].append(_unusable(sheet))
    return writer.write(whole, contents.guide())


def _unusable(sheet: schema.Sheet) -> dict[str, Any]:
    """Return a row that nothing can be made of."""
    # which are added up as they are written
    filled = [
        column for column in sheet.columns if (sheet.name, column.kind) != ("costs", Kind.AMOUNT)
    ]
    return {
        column.heading: f"{FORMULAS[number % len(FORMULAS)]} {IN_TEXT}"
        for number, column in enumerate(filled)
    }


def _poisoned(sheet: str, column: Any, value: str, known: re.Pattern[str], number: int) -> str:
    if column.kind in (Kind.NAME, Kind.NAMES) or _DEFINES.get(sheet) == column.name:
        return known.sub(lambda found: f"{found[0]} {IN_NAME}", value)
    if column.kind is Kind.TEXT and column.name not in ("aliases", "fact"):
        return f"{FORMULAS[number % len(FORMULAS)]} {value} {IN_TEXT}"
    if column.name in ("meeting", "owner", "unit", "kind"):
        return f"{value} {IN_NAME}"
    return value
