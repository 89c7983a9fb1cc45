"""Edit a workbook part by part, and leave every part that is not edited as it is, to the byte.

A plain load and save with a spreadsheet library loses what the library does not know: stored
formula values, drop-downs in Excel's extension list, text boxes. Here the XML of a part is changed
in place (ECMA-376 part 1, SpreadsheetML), with lxml because it keeps the namespace prefixes that
attributes such as `mc:Ignorable` name.
"""

import contextlib
import datetime as dt
import io
import posixpath
import re
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from typing import TypeAlias

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string, get_column_letter

from aaa.values.finding import WorkbookError
from aaa.workbook import number_format
from aaa.workbook.cut import PLAIN_STYLES
from aaa.workbook.package import (
    CONTENT_TYPES,
    DAMAGE,
    DOCUMENT,
    MAIN,
    RELATIONS,
    Package,
    part_key,
    refuse,
    relations_path,
    resolved,
    safe_xml,
)
from aaa.writing.formulas import Move
from aaa.writing.rows import PARSER, Rows, filled, has_formulas, numbered, split

Value: TypeAlias = str | int | float | dt.date | None

_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
# The order of the child elements of a worksheet (ECMA-376 part 1, CT_Worksheet).
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios",
    "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches",
    "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_STYLES_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_CHART = re.compile(r"xl/charts/chart[^/]*\.xml")
_USED_FORMAT = re.compile(rb"<(?:[\w.-]+:)?(?:c|row|col)\b[^<>]*?\s(?:s|style)=[\"'](\d{1,6})[\"']")
_XML = "http://www.w3.org/XML/1998/namespace"
_EPOCH, _EPOCH_OF_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_DAY, _PERCENT = 14, 9  # number formats that are built in: a date of the reader's country, and 0%
_DAMAGE = (*DAMAGE, AttributeError, TypeError, etree.LxmlError)
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST_FORMATS = 65_490  # what Excel itself can hold


def tag(name: str, space: str = MAIN) -> str:
    """Return the name of an element with its namespace, as lxml writes it."""
    return f"{{{space}}}{name}"


def writable(text: str) -> str:
    """Return `text` without the characters that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


@contextlib.contextmanager
def refusing_damage() -> Iterator[None]:
    """Refuse a workbook that is built in a way that cannot be changed.

    Raises:
        WorkbookError: what was done within failed on the structure of the workbook.
    """
    try:
        yield
    except _DAMAGE as error:
        raise refuse("file_unmarkable", detail=type(error).__name__) from error


class Book:
    """A workbook whose parts can be edited.

    Raises:
        WorkbookError: the bytes are not a workbook, as `Package` tells.
    """

    def __init__(self, data: bytes) -> None:
        package = Package(data)
        # By the key of their names. Of two parts with one name, which nothing may read, the second
        # has its place in the order as its key.
        self._parts: dict[str, bytes] = {}
        self._names: dict[str, str] = {}
        for place, (name, content) in enumerate(package.parts()):
            key = part_key(name) if part_key(name) not in self._parts else f"{place}"
            self._parts[key], self._names[key] = content, name
        self._trees: dict[str, etree._Element] = {}
        self._rows: dict[str, Rows] = {}
        self.path = package.workbook
        listed, self.from_1904 = package.sheets()
        self.sheets = {sheet.title: sheet.path for sheet in listed if sheet.path}
        self.tabs = [
            path
            for kind, path in package.relations(self.path).values()
            if kind in ("worksheet", "chartsheet", "dialogsheet") and package.has(path)
        ]
        self.styles = Styles(self)

    def tree(self, path: str) -> etree._Element:
        """Return the root of a part, to be changed in place."""
        key = part_key(path)
        if key not in self._trees:
            xml = safe_xml(self._parts[key], self._names[key])
            self._trees[key] = etree.fromstring(xml, PARSER)
        return self._trees[key]

    def rows(self, path: str) -> Rows:
        """Return the rows of a sheet, and with them everything that stands around them."""
        key = part_key(path)
        if key not in self._rows:
            self._rows[key] = Rows(safe_xml(self._parts[key], self._names[key]))
        return self._rows[key]

    def peek(self, path: str) -> Rows:
        """Return the rows of a sheet to look at: as they are now, and never written back."""
        key = part_key(path)
        return Rows(safe_xml(self._written(key, self._parts[key]), self._names[key]))

    def filled(self, path: str) -> Iterator[tuple[int, int]]:
        """Yield row and column of each cell of a sheet that holds something."""
        key = part_key(path)
        return filled(safe_xml(self._written(key, self._parts[key]), self._names[key]))

    def has_formulas(self, path: str) -> bool:
        """Tell whether a sheet holds a formula."""
        key = part_key(path)
        return has_formulas(self._written(key, self._parts[key]))

    def has(self, path: str) -> bool:
        """Tell whether there is a part of this name."""
        return part_key(path) in self._parts

    def raw(self, path: str) -> bytes:
        """Return the bytes of a part that is not edited as a tree."""
        return self._parts[part_key(path)]

    def put(self, path: str, content: bytes | etree._Element) -> None:
        """Replace or add a part."""
        key = part_key(path)
        self._names.setdefault(key, path)
        self._forget(key)
        if isinstance(content, bytes):
            self._parts[key] = content
        else:
            self._parts.setdefault(key, b"")
            self._trees[key] = content

    def drop(self, path: str) -> None:
        """Remove a part and its entry in the list of content types."""
        key = part_key(path)
        self._forget(key)
        self._parts.pop(key, None)
        for one in self.tree(CONTENT_TYPES).findall(tag("Override", _CONTENT)):
            if part_key(one.get("PartName", "")) == key:
                detach(one)

    def _forget(self, key: str) -> None:
        self._trees.pop(key, None)
        self._rows.pop(key, None)

    def unused(self, pattern: str) -> str:
        """Return a path that no part has; `pattern` holds `{}` for a number."""
        return next(
            path for n in range(1, len(self._parts) + 2) if not self.has(path := pattern.format(n))
        )

    def most_used_format(self) -> int:
        """Return the highest number of a format that a cell, row or column of any sheet asks for:
        other programs open no workbook in which one asks for a format that is not there.
        """
        sheets = [self.raw(path) for path in self.tabs]
        numbers = [int(found[1]) for raw in sheets for found in _USED_FORMAT.finditer(raw)]
        return min(max(numbers, default=0), _MOST_FORMATS)

    def related(self, part: str, kind: str) -> str | None:
        """Return the target of the first relationship of this kind of a part, or None."""
        return next(iter(self.every_related(part, kind)), None)

    def every_related(self, part: str, kind: str) -> list[str]:
        """Return the targets of all relationships of this kind of a part."""
        return [
            resolved(part, one.get("Target", ""))
            for one in self._relations(part)
            if one.get("Type", "").rsplit("/", 1)[-1] == kind
        ]

    def target(self, part: str, name: str) -> str | None:
        """Return the target of the relationship of a part with this id, or None."""
        for one in self._relations(part):
            if one.get("Id") == name:
                return resolved(part, one.get("Target", ""))
        return None

    def drawings(self) -> list[str]:
        """Return the keys of the VML drawings: they hold comment boxes, or pictures in a header."""
        return [key for key in self._parts if key.endswith(".vml")]

    def mentions(self, words: str, kind: str) -> bool:
        """Tell whether parts whose path holds `kind` hold words, whatever their case."""
        wanted = words.casefold()
        parts = ((key, raw) for key, raw in self._parts.items() if kind in key)
        return any(
            wanted in self._written(*one).decode("utf-8", "replace").casefold() for one in parts
        )

    def charts(self) -> list[str]:
        """Return the keys of the charts."""
        return [key for key in self._parts if _CHART.fullmatch(key)]

    def add_sheet(self, title: str, content: bytes | etree._Element, *, first: bool = False) -> str:
        """Add a sheet, and return the path of its part.

        Args:
            title: that no sheet has.
            content: a worksheet.
            first: it becomes the first tab, else the last one.
        """
        root = self.tree(self.path)
        sheets = root.find(tag("sheets"))
        if sheets is None:
            raise ValueError("a workbook without sheets")
        path = self.unused("xl/worksheets/aaaSheet{}.xml")
        number = str(max((int(one.get("sheetId", "0")) for one in sheets), default=0) + 1)
        sheet = etree.Element(tag("sheet"), name=title, sheetId=number)
        sheet.set(tag("id", DOCUMENT), self.relate(self.path, "worksheet", path))
        if first:
            for name in root.iter(tag("definedName")):  # sheet-level names use a sheet index
                if name.get("localSheetId") is not None:
                    name.set("localSheetId", str(int(name.get("localSheetId", "0")) + 1))
        sheets.insert(0 if first else len(sheets), sheet)
        self.put(path, content)
        self.declare(
            path, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        )
        self.sheets[title] = path
        return path

    def remove_sheet(self, title: str) -> None:
        """Remove a sheet that no formula reads."""
        root, path = self.tree(self.path), self.sheets.pop(title)
        sheets = [one for one in root.iter(tag("sheet")) if isinstance(one.tag, str)]
        gone = next(place for place, one in enumerate(sheets) if one.get("name") == title)
        detach(sheets[gone])
        for name in list(root.iter(tag("definedName"))):  # sheet-level names use a sheet index
            place = int(name.get("localSheetId", "-1"))
            if place == gone:
                detach(name)
            elif place > gone:
                name.set("localSheetId", str(place - 1))
        for view in root.iter(tag("workbookView")):
            for attribute in ("activeTab", "firstSheet"):
                place = int(view.get(attribute, "0"))
                if place:
                    view.set(attribute, str(place - (place >= gone)))
        self.tabs = [one for one in self.tabs if one != path]
        self.drop(path)
        self.unrelate(self.path, path)

    def deselect(self) -> None:
        """Deselect all sheets: with two selected, typing in one also types in the other."""
        for path in self.tabs:
            # a sheet that cannot be understood stays as it is
            with contextlib.suppress(WorkbookError, etree.XMLSyntaxError, ValueError):
                if b"tabSelected" in safe_xml(self.raw(path), path):
                    for view in self.rows(path).frame.iter(tag("sheetView")):
                        view.attrib.pop("tabSelected", None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from a part to another one, and return its id."""
        path = relations_path(part)
        if not self.has(path):
            self.put(path, etree.Element(tag("Relationships", RELATIONS), nsmap={None: RELATIONS}))
        root = self.tree(path)
        taken = {one.get("Id") for one in root}
        name = next(name for n in range(1, len(taken) + 2) if (name := f"rIdAaa{n}") not in taken)
        etree.SubElement(
            root,
            tag("Relationship", RELATIONS),
            Id=name,
            Type=f"{DOCUMENT}/{kind}",
            Target=f"/{target}",
        )
        return name

    def unrelate(self, part: str, target: str) -> None:
        """Remove the relationships from a part to another one."""
        for one in self._relations(part):
            if posixpath.basename(one.get("Target", "")) == posixpath.basename(target):
                detach(one)

    def declare(self, path: str, kind: str) -> None:
        """Register the content type of a new part; for `.vml` by file extension."""
        types = self.tree(CONTENT_TYPES)
        if path.endswith(".vml"):
            if not any(one.get("Extension", "").lower() == "vml" for one in types):
                types.insert(
                    0, etree.Element(tag("Default", _CONTENT), Extension="vml", ContentType=kind)
                )
        else:
            etree.SubElement(
                types, tag("Override", _CONTENT), PartName=f"/{path}", ContentType=kind
            )

    def content(self) -> bytes:
        """Return the bytes of the workbook."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for key, raw in self._parts.items():
                archive.writestr(self._names[key], self._written(key, raw))
        return buffer.getvalue()

    def _written(self, key: str, raw: bytes) -> bytes:
        """Return a part as it is now."""
        if key in self._rows:
            return self._rows[key].content()
        if key in self._trees:
            return bytes(
                etree.tostring(
                    self._trees[key], xml_declaration=True, encoding="UTF-8", standalone=True
                )
            )
        return raw

    def _relations(self, part: str) -> Iterator[etree._Element]:
        path = relations_path(part)
        yield from list(self.tree(path)) if self.has(path) else ()


def detach(element: etree._Element) -> None:
    """Remove an element from what it stands in."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def child(root: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """Return the child with this name; when there is none, insert it at its place in `order`."""
    found = root.find(tag(name))
    return found if found is not None else inserted(root, etree.Element(tag(name)), order)


def inserted(root: etree._Element, element: etree._Element, order: Sequence[str]) -> etree._Element:
    """Insert a child after all siblings that precede it in `order` or have the same name."""
    rank = order.index(etree.QName(element).localname)
    before = [
        place
        for place, one in enumerate(root)
        if isinstance(one.tag, str) and _rank(one, order) <= rank
    ]
    root.insert(before[-1] + 1 if before else 0, element)
    return element


def _rank(element: etree._Element, order: Sequence[str]) -> int:
    name = etree.QName(element).localname
    return order.index(name) if name in order else len(order)


class Styles:
    """The formats of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[str, int, str], int] = {}

    @property
    def _root(self) -> etree._Element:
        path = self._book.related(self._book.path, "styles")
        if path is None:
            # openpyxl looks nowhere else
            usual = "xl/styles.xml"
            path = self._book.unused("xl/aaaStyles{}.xml") if self._book.has(usual) else usual
            root = etree.fromstring(PLAIN_STYLES)
            formats = child(root, "cellXfs", _STYLES_ORDER)
            formats.extend([deepcopy(formats[0]) for _ in range(self._book.most_used_format())])
            self._book.put(path, root)
            self._book.declare(
                path, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
            )
            self._book.relate(self._book.path, "styles", path)
        return self._book.tree(path)

    def has_fill(self, style: int) -> bool:
        """Tell whether a format already has a fill colour."""
        formats, fills = self._root.find(tag("cellXfs")), self._root.find(tag("fills"))
        if formats is None or fills is None or style >= len(formats):
            return False
        number = int(formats[style].get("fillId", "0"))
        pattern = fills[number].find(tag("patternFill")) if number < len(fills) else None
        return number > 1 and (pattern is None or pattern.get("patternType", "none") != "none")

    def with_fill(self, style: int, colour: str) -> int:
        """Return a copy of a format with another fill colour (ARGB)."""
        return self._once("fill", style, colour)

    def plain(self, wrap: bool = True, **font: str) -> int:
        """Return a format for texts in a font: `b="1"`, `sz="16"`, `u="single"`,
        `color="FF17486B"`.
        """
        return self._once(
            "plain", int(wrap), "|".join(f"{name}={value}" for name, value in font.items())
        )

    def dxf(self, colour: str) -> int:
        """Return a format for conditional formatting that only sets a fill colour."""
        return self._once("dxf", 0, colour)

    def code(self, style: int) -> str:
        """Return the code of the number format of a format."""
        formats = self._root.find(tag("cellXfs"))
        if formats is None or style >= len(formats):
            return "General"
        number = formats[style].get("numFmtId", "0")
        for own in self._root.iterfind(f"{tag('numFmts')}/{tag('numFmt')}"):
            if own.get("numFmtId") == number:
                return str(own.get("formatCode"))
        return str(BUILTIN_FORMATS.get(int(number), "General"))

    def with_number(self, style: int, number: int) -> int:
        """Return a copy of a format with another number format, one of those built in."""
        return self._once("number", style, str(number))

    def clear(self, colours: tuple[str, ...]) -> set[str]:
        """Remove these colours from every cell format; return the numbers of the conditional
        formats that have one.
        """
        fills, formats, rules = (
            self._root.find(tag(name)) for name in ("fills", "cellXfs", "dxfs")
        )
        ours = {
            str(n)
            for n, fill in enumerate(fills if fills is not None else ())
            if _colour(fill, "fgColor") in colours
        }
        for one in formats if formats is not None else ():
            if one.get("fillId") in ours:
                one.set("fillId", "0")
        return {
            str(n)
            for n, rule in enumerate(rules if rules is not None else ())
            if _colour(rule, "bgColor") in colours
        }

    def _once(self, kind: str, style: int, words: str) -> int:
        key = (kind, style, words)
        if key not in self._made:
            makers = {
                "fill": self._fill,
                "plain": self._plain,
                "dxf": self._dxf,
                "number": self._number,
            }
            self._made[key] = makers[kind](style, words)
        return self._made[key]

    def _append(self, name: str, element: etree._Element) -> int:
        group = child(self._root, name, _STYLES_ORDER)
        group.append(element)
        group.set("count", str(len(group)))
        return len(group) - 1

    def _fill(self, style: int, colour: str) -> int:
        fill = etree.Element(tag("fill"))
        pattern = etree.SubElement(fill, tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, tag("fgColor"), rgb=colour)
        etree.SubElement(pattern, tag("bgColor"), indexed="64")
        copied = self._copy(style)
        copied.set("fillId", str(self._append("fills", fill)))
        copied.set("applyFill", "1")
        return self._append("cellXfs", copied)

    def _number(self, style: int, number: str) -> int:
        copied = self._copy(style)
        copied.set("numFmtId", number)
        copied.set("applyNumberFormat", "1")
        return self._append("cellXfs", copied)

    def _copy(self, style: int) -> etree._Element:
        formats = child(self._root, "cellXfs", _STYLES_ORDER)
        if style < len(formats):
            return deepcopy(formats[style])
        return etree.Element(tag("xf"), numFmtId="0", fontId="0", borderId="0", xfId="0")

    def _plain(self, wrap: int, words: str) -> int:
        font = etree.Element(tag("font"))
        said = dict(part.split("=") for part in words.split("|") if part)
        for name in ("b", "u", "sz", "color"):  # in this order (CT_Font)
            if name in said:
                etree.SubElement(font, tag(name), {"rgb" if name == "color" else "val": said[name]})
        etree.SubElement(font, tag("name"), val="Calibri")
        number = str(self._append("fonts", font))
        look = etree.Element(
            tag("xf"),
            numFmtId="0",
            fontId=number,
            fillId="0",
            borderId="0",
            xfId="0",
            applyFont="1",
            applyAlignment="1",
        )
        etree.SubElement(look, tag("alignment"), vertical="top", wrapText=str(wrap))
        return self._append("cellXfs", look)

    def _dxf(self, _: int, colour: str) -> int:
        rule = etree.Element(tag("dxf"))
        pattern = etree.SubElement(
            etree.SubElement(rule, tag("fill")), tag("patternFill"), patternType="solid"
        )
        etree.SubElement(pattern, tag("fgColor"), rgb=colour)
        etree.SubElement(pattern, tag("bgColor"), rgb=colour)
        return self._append("dxfs", rule)


def _colour(element: etree._Element, name: str) -> str | None:
    found = element.find(f".//{tag(name)}")
    return str(found.get("rgb")) if found is not None else None


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, book: Book, path: str) -> None:
        self._book, self.path = book, path
        self._rows = book.rows(path)
        self.root = self._rows.frame
        child(self.root, "sheetData", ORDER)
        self._cells: dict[int, dict[int, etree._Element]] = {}
        self._over: dict[str, list[str]] = {}

    def colour(self, address: str, colour: str) -> None:
        """Colour a cell: by its format if that has no colour yet, else by conditional formatting,
        so that its own colour stays.
        """
        cell = self.cell(*split(address))
        style = int(cell.get("s", "0"))
        if self._book.styles.has_fill(style):
            self._over.setdefault(colour, []).append(address.split(":", maxsplit=1)[0])
        else:
            cell.set("s", str(self._book.styles.with_fill(style, colour)))

    def corners(self, addresses: Iterable[str]) -> dict[str, str]:
        """Return for each cell reference the cell that shows its value: the first cell of a merged
        range, else the cell itself.
        """
        found = {address: address.split(":", maxsplit=1)[0] for address in addresses}
        places = sorted((*split(address), address) for address in found)
        for left, top, right, bottom in self._rows.merged():
            for row, column, address in places[bisect_left(places, (top,)) :]:
                if row > bottom:
                    break
                if column_index_from_string(left) <= column <= column_index_from_string(right):
                    found[address] = f"{left}{top}"
        return found

    def uncoloured(self, rules: set[str]) -> None:
        """Remove the conditional rules with one of these formats."""
        self._rows.drop_rules(rules)
        for group in self.root.findall(tag("conditionalFormatting")):
            for rule in group.findall(tag("cfRule")):
                if rule.get("dxfId") in rules and rule.findtext(tag("formula")) == "TRUE":
                    group.remove(rule)
            if group.find(tag("cfRule")) is None:
                self.root.remove(group)

    def finish(self) -> None:
        """Write the conditional formatting for cells with a colour of their own, with priority over
        all other rules.
        """
        if self._over:
            self._rows.shift_rules(len(self._over))
        rules = list(self.root.iter("{*}cfRule")) if self._over else []
        for rule in rules:
            rule.set("priority", str(int(rule.get("priority", "1")) + len(self._over)))
        for priority, (colour, addresses) in enumerate(sorted(self._over.items()), start=1):
            group = inserted(
                self.root,
                etree.Element(tag("conditionalFormatting"), sqref=" ".join(addresses)),
                ORDER,
            )
            rule = etree.SubElement(
                group,
                tag("cfRule"),
                type="expression",
                dxfId=str(self._book.styles.dxf(colour)),
                priority=str(priority),
            )
            etree.SubElement(rule, tag("formula")).text = "TRUE"
        self._over = {}

    def cell(self, row: int, column: int) -> etree._Element:
        """Return a cell; create a missing one with the format of its row or column."""
        line = self._rows.row(row)
        if row not in self._cells:
            self._cells[row] = dict(numbered(line))
        cells = self._cells[row]
        if column not in cells:
            cell = etree.Element(tag("c"), r=f"{get_column_letter(column)}{row}")
            if style := (
                line.get("s")
                if line.get("customFormat") in ("1", "true")
                else self._column_style(column)
            ):
                cell.set("s", style)
            line.attrib.pop("spans", None)  # a hint that may no longer hold
            line.insert(sum(1 for number in cells if number < column), cell)
            cells[column] = cell
        return cells[column]

    def put(self, address: str, value: Value, *, percent: bool = False) -> None:
        """Write a value in a cell, in the format that the cell has; one that does not show a date
        as a date, or a share as a percentage, gets a format that does.

        Args:
            address: of the cell.
            value: None empties it.
            percent: a number is a share, 0..1.
        """
        cell = self.cell(*split(address))
        for name in ("t", "cm", "vm"):
            cell.attrib.pop(name, None)
        for child in list(cell):
            if child.tag in (tag("f"), tag("v"), tag("is")):
                cell.remove(child)
        match value:
            case None:
                return
            case dt.date():
                self._show(cell, number_format.is_date, _DAY)
                epoch = _EPOCH_OF_1904 if self._book.from_1904 else _EPOCH
                stored = str((value - epoch).days)
            case int() | float():
                if percent:
                    self._show(cell, lambda code: "%" in code, _PERCENT)
                stored = repr(value)
            case _:
                cell.set("t", "inlineStr")
                said = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
                said.text = _LOOKS_ESCAPED.sub("_x005F_", writable(value))
                said.set(f"{{{_XML}}}space", "preserve")
                return
        etree.SubElement(cell, tag("v")).text = stored

    def calculate(self, address: str, formula: str, value: float | str) -> None:
        """Write a formula in a cell, with the value that it gives.

        Args:
            address: of the cell.
            formula: without its `=`.
            value: a text only where the formula gives an empty one.
        """
        self.put(address, None)
        cell = self.cell(*split(address))
        etree.SubElement(cell, tag("f")).text = formula
        etree.SubElement(cell, tag("v")).text = str(value)
        if isinstance(value, str):
            cell.set("t", "str")

    def uncalculate(self, row: int, column: int) -> None:
        """Take away the stored value of a formula: it counts as not calculated yet."""
        cell = self.cell(row, column)
        cell.attrib.pop("t", None)
        for value in cell.findall(tag("v")):
            cell.remove(value)

    def close_up(self, move: Move) -> None:
        """Leave rows of a block out, so that the others close up; below them the block is empty.
        Formulas and comments follow on their own.
        """
        area = move.area
        taken: dict[int, dict[int, etree._Element]] = {}
        heights: dict[int, dict[str, str]] = {}
        for row in range(area.top, area.bottom + 1):
            line = self._rows.row(row)
            taken[row] = {}
            for column, cell in list(numbered(line)):
                cell.set("r", f"{get_column_letter(column)}{row}")
                if area.left <= column <= area.right:
                    taken[row][column] = cell
                    line.remove(cell)
            heights[row] = {
                n: line.attrib.pop(n) for n in ("ht", "customHeight") if n in line.attrib
            }
            for name in ("spans", "hidden"):  # a hint that may not hold, and what a filter hid
                line.attrib.pop(name, None)
            self._cells.pop(row, None)
        for place, row in enumerate(move.kept, start=area.top):
            self._rows.row(place).attrib.update(heights[row])
            for cell in taken[row].values():
                formula = cell.find(tag("f"))
                if formula is not None and formula.get("ref"):  # of an array
                    formula.set("ref", _moved(formula.get("ref", ""), move) or cell.get("r", ""))
            self._fill(place, taken[row])
        for row in range(area.top + len(move.kept), area.bottom + 1):
            self._fill(row, {column: _blank(cell) for column, cell in taken[row].items()})
        self._rows.refer(lambda reference: _moved(reference, move))
        for one in self.root.findall(tag("autoFilter")):
            first, _, last = one.get("ref", "").partition(":")
            (top, left), (bottom, right) = split(first), split(last or first)
            rows = move.rows(top, bottom)
            if rows and top <= area.top <= bottom and area.left <= left and right <= area.right:
                corner = f"{get_column_letter(right)}{rows[1]}"
                one.set("ref", f"{get_column_letter(left)}{top}:{corner}")
                for rule in list(one):  # rows that it hid are elsewhere now
                    one.remove(rule)

    def push(self, row: int, to: int, columns: Iterable[int]) -> None:
        """Move the cells of a row in some columns to another row; they leave their formats."""
        line = self._rows.row(row)
        taken = {column: cell for column, cell in numbered(line) if column in set(columns)}
        for cell in taken.values():
            line.remove(cell)
        self._cells.pop(row, None)
        self._cells.pop(to, None)
        self._fill(row, {column: _blank(cell) for column, cell in taken.items()})
        self._fill(to, taken)

    def _fill(self, row: int, cells: dict[int, etree._Element]) -> None:
        """Put cells in a row that has none in their columns."""
        line = self._rows.row(row)
        there = dict(numbered(line)) | cells
        for column, cell in cells.items():
            cell.set("r", f"{get_column_letter(column)}{row}")
        for one in there.values():
            if one.getparent() is line:
                line.remove(one)
        for place, column in enumerate(sorted(there)):
            line.insert(place, there[column])

    def widen(self, column: int, width: int) -> None:
        """Give a column a width where it has none of its own."""
        columns = child(self.root, "cols", ORDER)
        before = 0
        for place, one in enumerate(columns):
            if int(one.get("min", "0")) <= column <= int(one.get("max", "0")):
                return
            if int(one.get("max", "0")) < column:
                before = place + 1
        at = str(column)
        new = etree.Element(tag("col"), min=at, max=at, width=str(width), customWidth="1")
        columns.insert(before, new)

    def copy_formats(self, source: int, row: int, columns: Iterable[int]) -> None:
        """Give the cells of a row the formats of another row."""
        there = dict(numbered(self._rows.row(source)))
        for column in columns:
            style = there[column].get("s") if column in there else None
            if style is not None:
                self.cell(row, column).set("s", style)

    def _show(self, cell: etree._Element, shows: Callable[[str], bool], number: int) -> None:
        style = int(cell.get("s", "0"))
        if not shows(self._book.styles.code(style)):
            cell.set("s", str(self._book.styles.with_number(style, number)))

    def _column_style(self, column: int) -> str | None:
        for one in self.root.iterfind(f"{tag('cols')}/{tag('col')}"):
            if int(one.get("min", "0")) <= column <= int(one.get("max", "0")):
                return None if one.get("style") is None else str(one.get("style"))
        return None


def _blank(cell: etree._Element) -> etree._Element:
    """Return an empty cell with the format of another one."""
    style = cell.get("s")
    return etree.Element(tag("c"), {} if style is None else {"s": style})


def _moved(reference: str, move: Move) -> str | None:
    """Return where a merged area or a link stands after a move; None where its row is left out."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = split(first), split(last or first)
    area = move.area
    inside = area.top <= top and bottom <= area.bottom
    if not inside or left < area.left or right > area.right:
        return reference
    rows = [move.row(row) for row in range(top, bottom + 1)]
    if any(row is None for row in rows):
        return None
    start = f"{get_column_letter(left)}{rows[0]}"
    return f"{start}:{get_column_letter(right)}{rows[-1]}" if last else start
