"""The tables of a workbook as blocks of cells in their sheets, to be changed row by row in place.

A block is the columns of a sheet with headings beside each other, among them those of the contract,
and the rows below them. Rows that are left out close up within it; what stands beside it stays
where it is.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from openpyxl.utils import get_column_letter

from aaa.values import names
from aaa.workbook import schema
from aaa.workbook.reader import column_number
from aaa.workbook.schema import Sheet
from aaa.workbook.tables import ENGLISH, Place
from aaa.writing.editing import Editor
from aaa.writing.formulas import Area, Move
from aaa.writing.spreadsheet import Value

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class Block:
    """One table. Rows are named by their number in the workbook as it was.

    Args:
        editor: of the workbook.
        contract: of the sheet.
        place: where the sheet stands.
    """

    def __init__(self, editor: Editor, contract: Sheet, place: Place) -> None:
        self._editor, self._contract, self._place = editor, contract, place
        self._title, self._header = place.title, place.header
        self._letters = dict(place.letters)
        filled = list(editor.filled(place.title)) if self._header else []
        self._headed = {column for row, column in filled if row == self._header}
        self._taken = {column for _, column in filled}
        tables = list(editor.areas(place.title)) if self._header else []
        self._left, self._right, self._in_table = self._width(tables)
        below = [one.top for one in tables if one.top > self._header and self._beside(one)]
        end = min(below, default=_LAST_ROW + 1)  # another table is the lead's own
        rows = [r for r, column in filled if self._left <= column <= self._right and r < end]
        self._last = max([*rows, self._header + 1]) if self._header else 0
        self._is_empty = max(rows, default=0) <= self._header
        self._out: set[int] = set()
        self._emptied = 0  # the row that stays, empty, of a table of which no other does
        self._changes: dict[int, dict[str, Value]] = {}
        self._formulas: dict[tuple[int, str], tuple[str, float | str]] = {}
        self._zeros: list[tuple[int, str]] = []
        self._added: list[Mapping[str, Value]] = []

    def _width(self, tables: Sequence[Area]) -> tuple[int, int, bool]:
        """Return the first and the last column, and whether they stand in an Excel table: those of
        the table, with the headings that join on to it, as a program leaves them that does not let
        a table grow.
        """
        known = [column_number(letter) for letter in self._letters.values()]
        left, right = min(known, default=1), max(known, default=1)
        on_header = [one for one in tables if one.top <= self._header <= one.bottom]
        own = [o for o in on_header if o.top == self._header and o.left <= left <= o.right]
        if own:
            left, right = own[0].left, max(right, own[0].right)
        others = {
            column for o in on_header if o not in own for column in range(o.left, o.right + 1)
        }
        while left - 1 in self._headed - others:
            left -= 1
        while right + 1 in self._headed - others:
            right += 1
        return left, right, bool(own)

    def _beside(self, other: Area) -> bool:
        """Tell whether another table has a column of this one."""
        return other.left <= self._right and self._left <= other.right

    def letter(self, column: str) -> str:
        """Return the letter of a column that every workbook has."""
        return self._letters[column]

    def totals(self) -> Sequence[int]:
        """Return the rows *Totaal*."""
        return self._place.totals

    def formula(self, row: int, column: str) -> str | None:
        """Return the formula of a cell as it was, with its `=`; None where it holds none."""
        letter = self._letters.get(column)
        return self._editor.formula(self._title, f"{letter}{row}") if letter else None

    def leave_out(self, rows: Iterable[int]) -> None:
        """Leave rows out."""
        self._out |= {int(row) for row in rows}

    def change(self, row: int, values: Mapping[str, Value]) -> None:
        """Change cells of a row; a column that is not there is added for a value, where there is
        room beside the table.
        """
        self._changes.setdefault(int(row), {}).update(values)

    def calculate(self, row: int, column: str, formula: str, value: float | str) -> None:
        """Give a cell a formula with its value, as `Editor.calculate` does. `{row}` in it stands
        for the row in which it will stand, `{formula}` for the formula that stands there.
        """
        self._formulas[int(row), column] = formula, value

    def sums_nothing(self, row: int, column: str) -> None:
        """Store 0 as the value of a formula, all of whose amounts are gone."""
        self._zeros.append((row, column))

    def add(self, values: Mapping[str, Value]) -> None:
        """Add a row below the others."""
        self._added.append(values)

    def close_up(self) -> Move | None:
        """Leave out the rows that go, in the workbook; return where the others stand. None for a
        sheet that is not there.
        """
        if not self._header:
            return None
        area = Area(names.key(self._title), self._header + 1, self._left, self._last, self._right)
        rows = range(area.top, area.bottom + 1)
        kept = [row for row in rows if row not in self._out]
        if self._out and not set(kept) - set(self._place.totals):  # a table has a row, and a sum
            self._emptied = next(row for row in rows if row in self._out)
            kept = sorted({*kept, self._emptied})
        move = Move(area, kept)
        self._editor.close_up(self._title, area, move.kept)
        return move

    def fill(self, move: Move | None) -> None:
        """Change the cells of the rows that stay, and add those that are new. A sheet that is not
        there is made for rows that are new.
        """
        if move is None:
            if self._added:
                self._make()
            return
        if self._emptied:
            here = self._at(self._emptied, move)
            for place in range(self._left, self._right + 1):
                self._editor.replace(self._title, f"{get_column_letter(place)}{here}", None)
        for row, changes in self._changes.items():
            for column, value in changes.items():
                self._put(self._at(row, move), column, value)
        self._calculate(move)
        self._add(move)

    def _calculate(self, move: Move) -> None:
        """Write the formulas of rows that stay."""
        for (row, column), (wanted, value) in self._formulas.items():
            here = self._at(row, move)
            cell = f"{self._letters[column]}{here}"
            formula = wanted.replace("{row}", str(here))
            if "{formula}" in formula:
                formula = formula.replace("{formula}", self._editor.current(self._title, cell))
            self._editor.calculate(self._title, cell, formula, value)
        for row, column in self._zeros:
            self._editor.store(self._title, f"{self._letters[column]}{self._at(row, move)}", 0.0)

    def _add(self, move: Move) -> None:
        """Add the rows that are new, above a total that stands below the others."""
        last = move.area.top + len(move.kept) - 1
        if self._is_empty:
            last -= 1  # the empty row that a table without rows has
        columns = range(self._left, self._right + 1)
        totals = int(bool(self._added) and move.area.bottom in self._place.totals)
        if totals:
            self._editor.push(self._title, last, last + len(self._added), columns)
            last -= 1
        for number, values in enumerate(self._added, start=last + 1):
            if last >= move.area.top:
                self._editor.sheet(self._title).copy_formats(last, number, columns)
            for column, value in values.items():
                self._put(number, column, value)
        closed_up = len(move.kept) <= move.area.bottom - move.area.top
        if self._added or closed_up:
            end = last + len(self._added) + totals
            longer = bool(self._added)
            self._editor.resize(self._title, move, end, closed_up=closed_up, longer=longer)

    def _make(self) -> None:
        columns = self._contract.columns
        headings = {one.name: one.heading for one in columns}
        headings |= {
            f"{one.name}{ENGLISH}": one.heading + schema.TWIN for one in columns if one.twin
        }
        self._title = self._editor.add_sheet(self._contract.title, list(headings.values()))
        places = enumerate(headings, start=1)
        self._letters = {name: get_column_letter(place) for place, name in places}
        for number, values in enumerate(self._added, start=2):
            for column, value in values.items():
                self._put(number, column, value)

    def _at(self, row: int, move: Move) -> int:
        """Return where a row stands now; one above the headings stays."""
        return row if row < move.area.top else move.row(row) or row

    def _put(self, row: int, column: str, value: Value) -> None:
        if column not in self._letters:
            if value is None:
                return
            place = self._right + 1
            joins = not self._in_table and place + 1 in self._headed
            if place in self._taken or joins or place > _LAST_COLUMN:
                return  # there is no room; what stands there is the lead's
            self._letters[column] = self._add_column(column, place)
        self._editor.replace(self._title, f"{self._letters[column]}{row}", value)

    def _add_column(self, column: str, place: int) -> str:
        """Add a column for what the sheet has none for, beside the last one."""
        name = column.removesuffix(ENGLISH)
        heading = self._contract.column(name).heading
        heading += schema.TWIN if column != name else ""
        self._editor.add_column(self._title, self._header, self._right, place, heading)
        self._right = place
        return get_column_letter(place)


class Blocks:
    """The tables of one workbook.

    Args:
        data: its bytes.
        places: where each sheet stands, by its English name.

    Raises:
        WorkbookError: the bytes are not a workbook.
    """

    def __init__(self, data: bytes, places: Mapping[str, Place]) -> None:
        self._editor, self._places = Editor(data), places
        self._blocks: dict[str, Block] = {}

    def __getitem__(self, name: str) -> Block:
        """Return the table of a sheet by its English name; one that is not there is empty."""
        if name not in self._blocks:
            self._blocks[name] = Block(self._editor, schema.sheet(name), self._places[name])
        return self._blocks[name]

    def content(self, now: dt.datetime) -> bytes:
        """Return the bytes of the changed workbook.

        Args:
            now: when it is saved, with its zone.
        """
        moves = [(block, block.close_up()) for block in self._blocks.values()]
        for block, move in moves:
            block.fill(move)
        return self._editor.content(now)
