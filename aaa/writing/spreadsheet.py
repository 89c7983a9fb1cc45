"""Edit a workbook part by part, and leave every part that is not edited as it is, to the byte.

A plain load and save with a spreadsheet library loses what the library does not know: stored
formula values, drop-downs in Excel's extension list, text boxes. Here the XML of a part is changed
in place (ECMA-376 part 1, SpreadsheetML), with lxml because it keeps the namespace prefixes that
attributes such as `mc:Ignorable` name.
"""

import contextlib
import io
import posixpath
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from aaa.values.finding import WorkbookError
from aaa.workbook.cut import PLAIN_STYLES
from aaa.workbook.package import (
    CONTENT_TYPES,
    DOCUMENT,
    MAIN,
    RELATIONS,
    Package,
    part_key,
    relations_path,
    resolved,
    safe_xml,
)
from aaa.writing.rows import PARSER, Rows

_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# The order of the child elements of a worksheet (ECMA-376 part 1, CT_Worksheet).
_ORDER = (
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
_SHAPE = re.compile(rb"<((?:[\w.-]+:)?)shape\b.*?</\1shape>", re.DOTALL)
_ID_MAP = re.compile(rb"(<(?:[\w.-]+:)?idmap\b[^>]*\bdata=[\"'])([\d,]*)")
_USED_FORMAT = re.compile(rb"<(?:[\w.-]+:)?(?:c|row|col)\b[^<>]*?\s(?:s|style)=[\"'](\d{1,6})[\"']")
_MOST_FORMATS = 65_490  # what Excel itself can hold
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PER_BLOCK = 1000  # Excel numbers shapes in blocks of 1024
_XML = "http://www.w3.org/XML/1998/namespace"


def tag(name: str, space: str = MAIN) -> str:
    """Return the name of an element with its namespace, as lxml writes it."""
    return f"{{{space}}}{name}"


def split(address: str) -> tuple[int, int]:
    """Return row and column of a cell reference, both from 1; for a range, of its first cell."""
    found = _CELL.match(address.replace("$", ""))
    if found is None:
        raise ValueError(address)
    return int(found[2]), column_index_from_string(found[1])


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
        self.sheets = {sheet.title: sheet.path for sheet in package.sheets()[0] if sheet.path}
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
                _detach(one)

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
        for one in self._relations(part):
            if one.get("Type", "").rsplit("/", 1)[-1] == kind:
                return resolved(part, one.get("Target", ""))
        return None

    def target(self, part: str, name: str) -> str | None:
        """Return the target of the relationship of a part with this id, or None."""
        for one in self._relations(part):
            if one.get("Id") == name:
                return resolved(part, one.get("Target", ""))
        return None

    def drawings(self) -> list[str]:
        """Return the keys of the VML drawings: they hold comment boxes, or pictures in a header."""
        return [key for key in self._parts if key.endswith(".vml")]

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
                _detach(one)

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


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _child(root: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """Return the child with this name; when there is none, insert it at its place in `order`."""
    found = root.find(tag(name))
    return found if found is not None else _inserted(root, etree.Element(tag(name)), order)


def _inserted(
    root: etree._Element, element: etree._Element, order: Sequence[str]
) -> etree._Element:
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
            formats = _child(root, "cellXfs", _STYLES_ORDER)
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
            self._made[key] = {"fill": self._fill, "plain": self._plain, "dxf": self._dxf}[kind](
                style, words
            )
        return self._made[key]

    def _append(self, name: str, element: etree._Element) -> int:
        group = _child(self._root, name, _STYLES_ORDER)
        group.append(element)
        group.set("count", str(len(group)))
        return len(group) - 1

    def _fill(self, style: int, colour: str) -> int:
        fill = etree.Element(tag("fill"))
        pattern = etree.SubElement(fill, tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, tag("fgColor"), rgb=colour)
        etree.SubElement(pattern, tag("bgColor"), indexed="64")
        formats = _child(self._root, "cellXfs", _STYLES_ORDER)
        copied = (
            deepcopy(formats[style])
            if style < len(formats)
            else etree.Element(tag("xf"), numFmtId="0", fontId="0", borderId="0", xfId="0")
        )
        copied.set("fillId", str(self._append("fills", fill)))
        copied.set("applyFill", "1")
        return self._append("cellXfs", copied)

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
        self._root = self._rows.frame
        _child(self._root, "sheetData", _ORDER)
        self._cells: dict[int, dict[int, etree._Element]] = {}
        self._over: dict[str, list[str]] = {}

    def colour(self, address: str, colour: str) -> None:
        """Colour a cell: by its format if that has no colour yet, else by conditional formatting,
        so that its own colour stays.
        """
        cell = self._cell(*split(address))
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
        for group in self._root.findall(tag("conditionalFormatting")):
            for rule in group.findall(tag("cfRule")):
                if rule.get("dxfId") in rules and rule.findtext(tag("formula")) == "TRUE":
                    group.remove(rule)
            if group.find(tag("cfRule")) is None:
                self._root.remove(group)

    def finish(self) -> None:
        """Write the conditional formatting for cells with a colour of their own, with priority over
        all other rules.
        """
        rules = list(self._root.iter("{*}cfRule")) if self._over else []
        for rule in rules:
            rule.set("priority", str(int(rule.get("priority", "1")) + len(self._over)))
        for priority, (colour, addresses) in enumerate(sorted(self._over.items()), start=1):
            group = _inserted(
                self._root,
                etree.Element(tag("conditionalFormatting"), sqref=" ".join(addresses)),
                _ORDER,
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

    def _cell(self, row: int, column: int) -> etree._Element:
        """Return a cell; create a missing one with the format of its row or column."""
        line = self._rows.row(row)
        if row not in self._cells:
            self._cells[row] = dict(_numbered(line))
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

    def _column_style(self, column: int) -> str | None:
        for one in self._root.iterfind(f"{tag('cols')}/{tag('col')}"):
            if int(one.get("min", "0")) <= column <= int(one.get("max", "0")):
                return None if one.get("style") is None else str(one.get("style"))
        return None

    def comment(self, remarks: dict[str, str], author: str) -> None:
        """Add a comment to each of these cells; if a cell already has one, append the
        text to it.
        """
        path = self._book.related(self.path, "comments")
        if path is None:
            path = self._book.unused("xl/aaaComments{}.xml")
            root = etree.Element(tag("comments"), nsmap={None: MAIN})
            etree.SubElement(root, tag("authors"))
            etree.SubElement(root, tag("commentList"))
            self._book.put(path, root)
            self._book.declare(
                path, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
            )
            self._book.relate(self.path, "comments", path)
        root = self._book.tree(path)
        authors, comments = root.find(tag("authors")), root.find(tag("commentList"))
        if authors is None or comments is None:
            raise ValueError("comments without their lists")
        names = [one.text or "" for one in authors]
        if author not in names:
            etree.SubElement(authors, tag("author")).text = author
        ours = str(names.index(author) if author in names else len(names))
        there = {one.get("ref"): one for one in comments}
        new = []
        for address, words in remarks.items():
            if address not in there:
                comment = etree.SubElement(comments, tag("comment"), ref=address, authorId=ours)
                _run(etree.SubElement(comment, tag("text")), words)
                new.append(address)
            elif not names[int(there[address].get("authorId", "0"))].startswith(
                "tc="
            ):  # a threaded comment of Excel 365 has no room for it
                _append_run(there[address], f"\n\n{author}:\n{words}")
        self._draw_notes(new, [str(ref) for ref in there])

    def uncomment(self, author: str) -> None:
        """Remove everything that `comment` added for an author."""
        path = self._book.related(self.path, "comments")
        if path is None:
            return
        root = self._book.tree(path)
        names = [one.text or "" for one in root.iterfind(f"{tag('authors')}/{tag('author')}")]
        gone = []
        comments = root.find(tag("commentList"))
        for comment in list(comments) if comments is not None else ():
            if author in names and comment.get("authorId") == str(names.index(author)):
                gone.append(comment.get("ref", ""))
                _detach(comment)
            else:
                for run in comment.iterfind(f"{tag('text')}/{tag('r')}"):
                    if (run.findtext(tag("t")) or "").startswith(f"\n\n{author}:"):
                        _detach(run)
        drawing = self._drawing()
        if drawing is not None and gone:
            places = {(row - 1, column - 1) for row, column in map(split, gone)}
            self._book.put(
                drawing,
                _SHAPE.sub(
                    lambda shape: b"" if _place(shape[0]) in places else shape[0],
                    self._book.raw(drawing),
                ),
            )
        if comments is not None and not len(comments):
            self._no_notes(path, drawing)

    def _no_notes(self, comments: str, drawing: str | None) -> None:
        """Remove the comments part and its drawing when no comment is left."""
        for part in filter(None, (comments, drawing)):
            if part == drawing and _SHAPE.search(self._book.raw(part)):
                continue  # it draws something else as well
            self._book.drop(part)
            self._book.unrelate(self.path, part)
            if part == drawing and (legacy := self._root.find(tag("legacyDrawing"))) is not None:
                self._root.remove(legacy)

    def _draw_notes(self, new: list[str], old: list[str]) -> None:
        """Draw the boxes that Excel shows comments in."""
        legacy = self._root.find(tag("legacyDrawing"))
        path = self._drawing()
        block = self._next_block()
        if path is None:
            path = self._book.unused("xl/drawings/aaaNotes{}.vml")
            self._book.put(path, _EMPTY_DRAWING)
            self._book.declare(path, "application/vnd.openxmlformats-officedocument.vmlDrawing")
            name = self._book.relate(self.path, "vmlDrawing", path)
            if legacy is None:
                legacy = _inserted(self._root, etree.Element(tag("legacyDrawing")), _ORDER)
            legacy.set(tag("id", DOCUMENT), name)
            new = old + new
        blocks = ",".join(str(block + n) for n in range(-(-len(new) // _PER_BLOCK))).encode()
        shapes = "".join(
            _shape((block + n // _PER_BLOCK) * 1024 + n % _PER_BLOCK + 1, *split(address))
            for n, address in enumerate(new)
        ).encode()
        raw = self._book.raw(path)
        raw = _ID_MAP.sub(
            lambda found: found[1] + b",".join(filter(None, (found[2], blocks))), raw, count=1
        )
        end = raw.rindex(b"</xml>")
        self._book.put(path, raw[:end] + shapes + raw[end:])

    def _drawing(self) -> str | None:
        """Return the VML drawing with the comment boxes of this sheet; pictures in a header have
        their own drawing.
        """
        legacy = self._root.find(tag("legacyDrawing"))
        path = (
            self._book.target(self.path, legacy.get(tag("id", DOCUMENT), ""))
            if legacy is not None
            else None
        )
        return path if path and part_key(path) in self._book.drawings() else None

    def _next_block(self) -> int:
        used = [0]
        for path in self._book.drawings():
            for found in _ID_MAP.finditer(self._book.raw(path)):
                used += [int(number) for number in found[2].split(b",") if number]
        return max(used) + 1


def _numbered(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row with their column; one without an address follows the one before."""
    last = 0
    for one in row:
        if isinstance(one.tag, str):
            last = split(one.get("r", ""))[1] if one.get("r") else last + 1
            yield last, one


def _run(text: etree._Element, words: str) -> None:
    run = etree.SubElement(text, tag("r"))
    said = etree.SubElement(run, tag("t"))
    said.text = words
    said.set(f"{{{_XML}}}space", "preserve")


def _append_run(comment: etree._Element, words: str) -> None:
    text = comment.find(tag("text"))
    if text is None:
        text = etree.SubElement(comment, tag("text"))
    # a plain text becomes the first of several rich text runs
    if (plain := text.find(tag("t"))) is not None:
        text.remove(plain)
        _run(text, plain.text or "")
    _run(text, words)


_EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml"'
    b' xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap'
    b' v:ext="edit" data=""/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600"'
    b' o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path'
    b' gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)


def _shape(number: int, row: int, column: int) -> str:
    """Return the box of one comment, beside its cell. It declares its own namespaces, because the
    drawing may use other prefixes.
    """
    left, top = min(column, _LAST_COLUMN - 6), min(max(row - 2, 0), _LAST_ROW - 8)
    anchor = f"{left}, 15, {top}, 10, {left + 5}, 15, {top + 7}, 4"
    return (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}'
        '" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
        'width:280pt;height:100pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{escape(anchor)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _place(shape: bytes) -> tuple[int, int] | None:
    """Return row and column, both from 0, of the cell that a box belongs to."""
    row, column = (
        re.search(rb"<(?:[\w.-]+:)?%s>\s*(\d+)\s*<" % name, shape) for name in (b"Row", b"Column")
    )
    return (int(row[1]), int(column[1])) if row and column else None
