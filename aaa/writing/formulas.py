"""What formulas read, and formulas that follow their cells to other rows.

The grammar is that of openpyxl's tokenizer (ECMA-376 part 1, 18.17). What a formula reads is not to
be told when a function makes the reference (`INDIRECT`, `OFFSET`), when it uses a name, or when the
tokenizer does not know its grammar.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import column_index_from_string

from aaa.values import names

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|''){1,31}'|[^'!\[\]:*?/\\]{1,31})!)?"
    r"(?:(?P<left>\$?[A-Z]{1,3})(?P<top>\$?\d{1,7})(?::(?P<right>\$?[A-Z]{1,3})(?P<bottom>\$?\d{1,7}))?"
    r"|(?P<first_column>\$?[A-Z]{1,3}):(?P<last_column>\$?[A-Z]{1,3})"
    r"|(?P<first_row>\$?\d{1,7}):(?P<last_row>\$?\d{1,7}))",
    re.IGNORECASE,
)
_OF_TABLE = re.compile(r"(?P<table>[^\[\]!']{0,255})\[.*\]", re.DOTALL)
# functions that make a reference, or tell where they stand
_MADE = ("INDIRECT(", "OFFSET(", "CELL(", "ROW(")
_LOST = "#REF!"


@dataclass(frozen=True)
class Area:
    """A block of cells: the `names.key` of its sheet; rows and columns from 1, both ends in it."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, sheet: str, row: int, column: int) -> bool:
        """Tell whether a cell lies in it."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and sheet == self.sheet

    def meets(self, other: "Area") -> bool:
        """Tell whether two blocks share a cell."""
        across = self.left <= other.right and other.left <= self.right
        return (
            across
            and self.sheet == other.sheet
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


def reads(formula: str, sheet: str, tables: Mapping[str, Area]) -> tuple[Area, ...] | None:
    """Return what a formula reads; None where that is not to be told.

    Args:
        formula: with its `=`.
        sheet: the `names.key` of the sheet that it stands in.
        tables: the area of each table, headings included, by the `names.key` of its name.
    """
    tokens = _tokens(formula)
    if tokens is None:
        return None
    found: list[Area] = []
    for token in tokens:
        made = token.type == Token.FUNC and token.value.upper() in _MADE
        if made or (token.type == Token.OP_IN and token.value == ":"):
            return None
        if token.type == Token.OPERAND and token.subtype == Token.ERROR:
            return None  # `#REF!`: what it read is gone, and with it what it gave
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            continue
        area = _area(token.value, sheet, tables)
        if area is None:
            return None
        found.append(area)
    return tuple(found)


def _tokens(formula: str) -> list[Token] | None:
    try:
        return list(Tokenizer(formula).items)
    except (TokenizerError, IndexError):
        return None


def _area(reference: str, own: str, tables: Mapping[str, Area]) -> Area | None:
    if found := _OF_TABLE.fullmatch(reference):
        # `[@Bedrag]` is of the table that it stands in: any of its sheet
        name = names.key(found["table"])
        return tables.get(name) if name else Area(own, 1, 1, _LAST_ROW, _LAST_COLUMN)
    if not (found := _REFERENCE.fullmatch(reference)):
        return None
    sheet = _sheet(found["sheet"]) or own
    if found["left"]:
        left, top = _column(found["left"]), _row(found["top"])
        right, bottom = _column(found["right"] or found["left"]), _row(found["bottom"] or top)
    elif found["first_column"]:
        left, right = _column(found["first_column"]), _column(found["last_column"])
        top, bottom = 1, _LAST_ROW
    else:
        top, bottom = _row(found["first_row"]), _row(found["last_row"])
        left, right = 1, _LAST_COLUMN
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _sheet(title: str | None) -> str:
    return names.key(title.strip("'").replace("''", "'")) if title else ""


def _column(letters: str) -> int:
    return int(column_index_from_string(letters.lstrip("$").upper()))


def _row(number: str | int) -> int:
    return int(str(number).lstrip("$"))


@dataclass(frozen=True)
class Move:
    """Rows of a block of cells that close up, because others are left out.

    Attributes:
        area: the block as it was.
        kept: the rows that stay, in their order. They stand below each other from the first row of
            the block. Rows below the block stay where they are.
    """

    area: Area
    kept: Sequence[int]

    def row(self, row: int) -> int | None:
        """Return where a row of the block stands; None for one that is left out."""
        place = _before(self.kept, row)
        here = place < len(self.kept) and self.kept[place] == row
        return self.area.top + place if here else None

    def rows(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Return where a range of rows stands; None for one of which nothing is left."""
        first, last = self.area.top, self.area.bottom
        if (
            top >= first
            and bottom <= last
            and _before(self.kept, top) == _before(self.kept, bottom + 1)
        ):
            return None
        moved = top if top < first or top > last else first + _before(self.kept, top)
        if first <= bottom <= last:
            bottom = first + _before(self.kept, bottom + 1) - 1
        return moved, max(moved, bottom)

    def follow(self, formula: str, sheet: str) -> str:
        """Return a formula that means the same cells after the move.

        Args:
            formula: with its `=`; one whose grammar is not known stays as it is.
            sheet: the `names.key` of the sheet that it stands in.
        """
        tokens = _tokens(formula)
        if tokens is None:
            return formula
        for token in tokens:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self._followed(token.value, sheet)
        return "=" + "".join(token.value for token in tokens)

    def _followed(self, reference: str, own: str) -> str:
        found = _REFERENCE.fullmatch(reference)
        area = _area(reference, own, {}) if found and found["left"] else None
        if found is None or area is None or area.sheet != self.area.sheet:
            return reference
        if area.left < self.area.left or area.right > self.area.right:
            return reference
        title = f"{found['sheet']}!" if found["sheet"] else ""
        if found["right"] is None:
            if not self.area.top <= area.top <= self.area.bottom:
                return reference
            row = self.row(area.top)
            return f"{title}{found['left']}{_like(found['top'], row)}" if row else title + _LOST
        rows = self.rows(area.top, area.bottom)
        if rows is None:
            return title + _LOST
        top, bottom = rows
        first = f"{found['left']}{_like(found['top'], top)}"
        return f"{title}{first}:{found['right']}{_like(found['bottom'], bottom)}"


def _before(kept: Sequence[int], row: int) -> int:
    """Return how many of the rows that stay, which are in order, come before a row."""
    return bisect_left(kept, row)


def _like(said: str, row: int) -> str:
    return f"${row}" if said.startswith("$") else f"{row}"
