"""Change a lead's own workbook in place: cells get other values, rows close up, and everything else
stays as it is, to the byte (docs/decisions/0026).

The only way in which the program changes a workbook that somebody else made: accepting what a
finding proposes, and going on in a new year.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from lxml import etree
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from aaa.values import names
from aaa.workbook.package import MAIN, PROPERTIES
from aaa.writing import formulas
from aaa.writing.formulas import Area, Move
from aaa.writing.notes import Notes
from aaa.writing.rows import numbered, split
from aaa.writing.spreadsheet import Book, Sheet, Value, child, tag

# of a workbook with more formulas, every one counts as reading what was changed
_MOST_FORMULAS = 5_000
_WIDTH = 17  # of a column that is added, in characters
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_CHART_REFERENCE = re.compile(r"(<(?:\w+:)?f>)([^<]+)(</(?:\w+:)?f>)")
_WORKBOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
)  # fmt: skip

_Place = tuple[str, int, int]  # the path of a sheet, row and column from 1


class HoldsFormulaError(Exception):
    """A cell holds a formula, which a value would replace; nothing was changed."""


class Editor:
    """A workbook that is changed in place.

    Args:
        data: the bytes of a workbook that could be read.

    Raises:
        WorkbookError: the bytes are not a workbook.
    """

    def __init__(self, data: bytes) -> None:
        self.book = Book(data)
        self._sheets: dict[str, Sheet] = {}
        self._changed: set[_Place] = set()
        self._calculated: set[_Place] = set()
        self._closed_up: list[Area] = []
        self._dropped_formula = self._unshared = False

    def sheet(self, title: str) -> Sheet:
        """Return a sheet to be changed; KeyError when there is none."""
        if title not in self._sheets:
            self._sheets[title] = Sheet(self.book, self.book.sheets[title])
        return self._sheets[title]

    def put(self, title: str, address: str, value: Value, *, percent: bool = False) -> None:
        """Write a value in a cell; the heading of a table gets its new name in the table as well.

        Args:
            title: of the sheet.
            address: of the cell.
            value: None empties it.
            percent: a number is a share, 0..1.

        Raises:
            HoldsFormulaError: the cell holds a formula, or formulas name the old heading.
        """
        if not self.may_change(title, address):
            raise HoldsFormulaError(f"{title}!{address}")
        if isinstance(value, str) and (column := self._headed(title, address)) is not None:
            column.set("name", value)
        self._write(title, address, value, percent=percent)

    def replace(self, title: str, address: str, value: Value) -> None:
        """Write a value in a cell, also in the place of a formula."""
        if self.formula(title, address) is not None:
            self._unshare()
            self._dropped_formula = True
        self._write(title, address, value)

    def calculate(self, title: str, address: str, formula: str, value: float | str) -> None:
        """Write a formula in a cell, with the value that it gives, as `Sheet.calculate` does."""
        self._unshare()
        self.sheet(title).calculate(address, formula, value)
        self._calculated.add((self.book.sheets[title], *split(address)))
        self._dropped_formula = True  # the order of calculating is made anew

    def store(self, title: str, address: str, value: float) -> None:
        """Store the value that the formula in a cell gives."""
        cell = self.sheet(title).cell(*split(address))
        self.sheet(title).uncalculate(*split(address))
        etree.SubElement(cell, tag("v")).text = str(value)
        self._calculated.add((self.book.sheets[title], *split(address)))
        self._dropped_formula = True

    def _write(self, title: str, address: str, value: Value, *, percent: bool = False) -> None:
        self.sheet(title).put(address, value, percent=percent)
        self._changed.add((self.book.sheets[title], *split(address)))

    def filled(self, title: str) -> Iterator[tuple[int, int]]:
        """Yield row and column of each cell of a sheet that holds something; nothing where there is
        no such sheet.
        """
        path = self.book.sheets.get(title)
        yield from self.book.filled(path) if path is not None else ()

    def formula(self, title: str, address: str) -> str | None:
        """Return the formula that stood in a cell, with its `=`; None where none did."""
        return self._formulas.get((self.book.sheets[title], *split(address)))

    def may_change(self, title: str, address: str) -> bool:
        """Tell whether a value may be written in a cell: it holds no formula, and is no heading
        that formulas name.
        """
        path, (row, column) = self.book.sheets[title], split(address)
        if (path, row, column) in self._formulas:
            return False
        if any(area.holds(path, row, column) for area in self._arrays):
            return False
        headed = self._headed(title, address)
        if headed is None:
            return True
        name = headed.get("name", "").casefold()
        named = f"[{name}]", f"[@{name}"
        every = (formula.casefold() for formula in self._formulas.values())
        if any(one in formula for formula in every for one in named):
            return False
        return not any(self.book.mentions(f"[{name}]", kind) for kind in ("workbook", "tables/"))

    def _headed(self, title: str, address: str) -> etree._Element | None:
        """Return the column of a table that a cell is the heading of."""
        row, column = split(address)
        for table in self.tables(title):
            area = _area(table, "")
            columns = table.find(tag("tableColumns"))
            if columns is not None and row == area.top and area.left <= column <= area.right:
                return columns[column - area.left]
        return None

    def areas(self, title: str) -> Iterator[Area]:
        """Yield where the tables of a sheet stand."""
        for table in self.tables(title):
            yield _area(table, names.key(title))

    def push(self, title: str, row: int, to: int, columns: Iterable[int]) -> None:
        """Move the cells of a row in some columns to another row."""
        self._unshare()
        self.sheet(title).push(row, to, list(columns))
        self._dropped_formula = True

    def tables(self, title: str) -> Iterator[etree._Element]:
        """Yield the tables of a sheet, to be changed in place."""
        for path in self.book.every_related(self.book.sheets[title], "table"):
            if self.book.has(path):
                yield self.book.tree(path)

    @cached_property
    def _formulas(self) -> Mapping[_Place, str]:
        """Return every formula of the workbook as it was, with its `=`; of shared ones as it reads
        in its own cell.
        """
        return {
            (path, row, column): text
            for path in self.book.sheets.values()
            for row, column, text in written(self.book, path)
        }

    @cached_property
    def _arrays(self) -> list[Area]:
        """Return the areas that one formula fills, of which the other cells hold none; each with
        the path of its sheet.
        """
        return [
            Area(path, *split(first), *split(last or first))
            for path in self.book.sheets.values()
            if self.book.has_formulas(path)
            for _, line in self.book.peek(path).formulas()
            for one in line.iter(tag("f"))
            if one.get("ref") and one.get("t") in ("array", "dataTable")
            for first, _, last in (one.get("ref", "").partition(":"),)
        ]

    def close_up(self, title: str, area: Area, kept: Sequence[int]) -> None:
        """Leave rows of a block of cells out, so that the others close up. Formulas of the whole
        workbook, charts, names, merged cells, links and comments follow their cells.

        Args:
            title: of the sheet.
            area: the block; below it there is nothing in its columns that should close up too.
            kept: the rows that stay, in their order.
        """
        if len(kept) == area.bottom - area.top + 1:
            return
        sheet, move = self.sheet(title), Move(area, kept)
        self._unshare()
        sheet.close_up(move)
        self._follow(title, move)
        Notes(self.book, sheet).follow(move)
        self._closed_up.append(area)
        self._dropped_formula = True

    def _unshare(self) -> None:
        """Write a formula that cells share out in each of them: they no longer change alike."""
        if self._unshared:
            return
        self._unshared = True
        for title, path in self.book.sheets.items():
            for row, column, text in list(written(self.book, path, shared=True)):
                one = self.sheet(title).cell(row, column).find(tag("f"))
                if one is not None:
                    one.attrib.clear()
                    one.text = text.removeprefix("=")

    def _follow(self, title: str, move: Move) -> None:
        for place, path in self.book.sheets.items():
            for row, column, text in list(written(self.book, path)):
                moved = move.follow(text, names.key(place))
                if moved != text:
                    one = self.sheet(place).cell(row, column).find(tag("f"))
                    if one is not None:
                        one.text = moved.removeprefix("=")
        for name in self.book.tree(self.book.path).iter(tag("definedName")):
            if name.text and "#REF!" not in name.text:
                name.text = move.follow(f"={name.text}", "").removeprefix("=")
        for path in self.book.charts():
            xml = self.book.raw(path).decode()
            moved = _CHART_REFERENCE.sub(
                lambda found: (
                    found[1] + move.follow(f"={found[2]}", "").removeprefix("=") + found[3]
                ),
                xml,
            )
            if moved != xml:
                self.book.put(path, moved.encode())

    def current(self, title: str, address: str) -> str:
        """Return the formula that stands in a cell now, without its `=`."""
        return self.sheet(title).cell(*split(address)).findtext(tag("f")) or ""

    def resize(self, title: str, move: Move, last: int, *, closed_up: bool, longer: bool) -> None:
        """Give the table that a block stands in its new last row.

        Args:
            title: of the sheet.
            move: of the block.
            last: the last row of the block now.
            closed_up: rows were left out, so that a filter hides other rows than it did.
            longer: rows were added; else what stood below the table stays outside.
        """
        area = move.area
        for table in self.tables(title):
            old = _area(table, area.sheet)
            across = old.left <= area.right and area.left <= old.right
            if across and old.top <= area.top <= old.bottom:
                totals = int(table.get("totalsRowCount", "0"))
                if not longer:
                    last = area.top - 1 + sum(row <= old.bottom for row in move.kept)
                new = _reference(old.top, old.left, max(last, old.top + 1 + totals), old.right)
                table.set("ref", new)
                for one in table.findall(tag("autoFilter")):
                    bottom = max(last - totals, old.top + 1)
                    one.set("ref", _reference(old.top, old.left, bottom, old.right))
                    for rule in list(one) if closed_up else ():
                        one.remove(rule)
                for one in table.findall(tag("sortState")) if closed_up else ():
                    table.remove(one)

    def add_sheet(self, title: str, headings: Sequence[str]) -> str:
        """Add a sheet with headings in its first row, or put them in the blank one of that name;
        return its title, which has a number where another sheet has the name.
        """
        there = {names.key(one): one for one in self.book.sheets}
        wanted = (title, *(f"{title} {number}" for number in range(2, len(there) + 3)))
        free = next(one for one in wanted if names.key(one) not in there)
        blank = there.get(names.key(title))
        if blank is not None and not list(self.filled(blank)):
            free = blank
        else:
            root = etree.Element(tag("worksheet"), nsmap={None: MAIN})
            etree.SubElement(root, tag("sheetData"))
            self.book.add_sheet(free, bytes(etree.tostring(root)))
        for place, heading in enumerate(headings, start=1):
            self._write(free, f"{get_column_letter(place)}1", heading)
        return free

    def add_column(self, title: str, row: int, after: int, place: int, heading: str) -> None:
        """Add a column to a table, where it stands beside it.

        Args:
            title: of the sheet.
            row: of the headings.
            after: the last column of the table.
            place: of the new column, in which nothing stands.
            heading: of the new column.
        """
        sheet = self.sheet(title)
        style = sheet.cell(row, after).get("s")
        if style is not None:
            sheet.cell(row, place).set("s", style)
        self._write(title, f"{get_column_letter(place)}{row}", heading)
        sheet.widen(place, _WIDTH)
        for table in self.tables(title):
            old = _area(table, "")
            columns = table.find(tag("tableColumns"))
            if columns is None or old.top != row or old.right + 1 != place:
                continue
            number = max(int(one.get("id", "0")) for one in columns) + 1
            etree.SubElement(columns, tag("tableColumn"), id=str(number), name=heading)
            columns.set("count", str(len(columns)))
            table.set("ref", _reference(old.top, old.left, old.bottom, place))
            for one in table.findall(tag("autoFilter")):
                within = _area(one, "")
                one.set("ref", _reference(within.top, within.left, within.bottom, place))

    def content(self, now: dt.datetime) -> bytes:
        """Return the bytes of the changed workbook.

        Args:
            now: when it is saved, with its zone.
        """
        stale = self._stale()
        titles = {path: title for title, path in self.book.sheets.items()}
        for path, row, column in stale:
            self.sheet(titles[path]).uncalculate(row, column)
        if self._dropped_formula:
            self._drop_chain()
        if stale or self._dropped_formula:
            calculation = child(self.book.tree(self.book.path), "calcPr", _WORKBOOK_ORDER)
            calculation.set("fullCalcOnLoad", "1")
        self._say_saved(now)
        return self.book.content()

    def _stale(self) -> set[_Place]:
        """Return the formulas that read a changed cell, themselves or through other formulas."""
        left = {
            place: text
            for place, text in self._current().items()
            if place not in self._changed | self._calculated
        }
        if not left or not (self._changed or self._closed_up):
            return set()
        if len(left) > _MOST_FORMULAS:
            return set(left)
        keys = {path: names.key(title) for title, path in self.book.sheets.items()}
        tables = {
            names.key(table.get("displayName", "")): _area(table, names.key(title))
            for title in self.book.sheets
            for table in self.tables(title)
        }
        areas = {
            place: formulas.reads(text, keys[place[0]], tables) for place, text in left.items()
        }
        # a range that lost rows gives another value; a single cell moved with its value
        found = {
            place
            for place, read in areas.items()
            if read is None
            or any(
                one.top != one.bottom and one.meets(area)
                for one in read
                for area in self._closed_up
            )
        }
        new = {(keys[path], row, column) for path, row, column in self._changed | found}
        while new:
            hit = {
                place
                for place, read in areas.items()
                if place not in found
                and any(one.holds(*cell) for one in read or () for cell in new)
            }
            found |= hit
            new = {(keys[path], row, column) for path, row, column in hit}
        return found

    def _current(self) -> Mapping[_Place, str]:
        """Return the formulas as they are now."""
        if not self._dropped_formula:
            return self._formulas
        return {
            (path, row, column): text
            for path in self.book.sheets.values()
            for row, column, text in written(self.book, path)
        }

    def _drop_chain(self) -> None:
        """Remove the order of calculating; it names cells with formulas; Excel makes it anew."""
        chain = self.book.related(self.book.path, "calcChain")
        if chain is not None and self.book.has(chain):
            self.book.drop(chain)
            self.book.unrelate(self.book.path, chain)

    def _say_saved(self, now: dt.datetime) -> None:
        if self.book.has(PROPERTIES):
            said = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
            old = self.book.raw(PROPERTIES)
            self.book.put(PROPERTIES, _MODIFIED.sub(lambda found: found[1] + said, old))


def written(book: Book, path: str, *, shared: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield the formulas of a sheet as they are now: row, column, and the text with its `=`.

    Args:
        book: the workbook.
        path: of the sheet.
        shared: only those that several cells share, each as it reads in its own cell.
    """
    if not book.has_formulas(path):
        return
    masters: dict[str, tuple[str, str]] = {}
    for row, line in book.peek(path).formulas():
        for column, cell in numbered(line):
            one = cell.find(tag("f"))
            if one is None:
                continue
            here = f"{get_column_letter(column)}{row}"
            text, group = f"={one.text or ''}", one.get("si") if one.get("t") == "shared" else None
            if group is not None:
                if one.text:
                    masters[group] = text, here
                elif group in masters:
                    first, origin = masters[group]
                    text = Translator(first, origin).translate_formula(here)
            if group is not None or not shared:
                yield row, column, text


def _area(table: etree._Element, sheet: str) -> Area:
    first, _, last = table.get("ref", "").partition(":")
    return Area(sheet, *split(first), *split(last or first))


def _reference(top: int, left: int, bottom: int, right: int) -> str:
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
