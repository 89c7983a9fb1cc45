"""The comments of one sheet: what they say, and the boxes that Excel shows them in (VML)."""

import re
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.utils import get_column_letter

from aaa.workbook.package import DOCUMENT, MAIN, part_key
from aaa.writing.formulas import Move
from aaa.writing.rows import split
from aaa.writing.spreadsheet import ORDER, Book, Sheet, detach, inserted, tag

_SHAPE = re.compile(rb"<((?:[\w.-]+:)?)shape\b.*?</\1shape>", re.DOTALL)
_ID_MAP = re.compile(rb"(<(?:[\w.-]+:)?idmap\b[^>]*\bdata=[\"'])([\d,]*)")
_ANCHOR = re.compile(rb"(<(?:[\w.-]+:)?Anchor>)((?:\s*\d+\s*,){7}\s*\d+)")
_BOX_ROW = re.compile(rb"(<(?:[\w.-]+:)?Row>\s*)\d+")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PER_BLOCK = 1000  # Excel numbers shapes in blocks of 1024
_XML = "http://www.w3.org/XML/1998/namespace"


class Notes:
    """The comments of one sheet."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book, self.path, self._root = book, sheet.path, sheet.root

    def add(self, remarks: dict[str, str], author: str) -> None:
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

    def remove(self, author: str) -> None:
        """Remove everything that `add` added for an author."""
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
                detach(comment)
            else:
                for run in comment.iterfind(f"{tag('text')}/{tag('r')}"):
                    if (run.findtext(tag("t")) or "").startswith(f"\n\n{author}:"):
                        detach(run)
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

    def follow(self, move: Move) -> None:
        """Let the comments of a block follow their rows; those of a row that is left out go."""
        for kind in ("comments", "threadedComment"):
            path = self._book.related(self.path, kind)
            for one in (
                list(self._book.tree(path).iter("{*}comment", "{*}threadedComment")) if path else ()
            ):
                row, column = split(one.get("ref", ""))
                if not move.area.holds(move.area.sheet, row, column):
                    continue
                new = move.row(row)
                if new is None:
                    detach(one)
                else:
                    one.set("ref", f"{get_column_letter(column)}{new}")
        drawing = self._drawing()
        if drawing is not None:
            raw = self._book.raw(drawing)
            self._book.put(drawing, _SHAPE.sub(lambda shape: _followed(shape[0], move), raw))

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
                legacy = inserted(self._root, etree.Element(tag("legacyDrawing")), ORDER)
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


def _followed(shape: bytes, move: Move) -> bytes:
    """Return a box beside its cell after a move; nothing where its row is left out."""
    place = _place(shape)
    if place is None or not move.area.holds(move.area.sheet, place[0] + 1, place[1] + 1):
        return shape
    row = move.row(place[0] + 1)
    if row is None:
        return b""
    shift = row - 1 - place[0]

    def anchored(found: re.Match[bytes]) -> bytes:
        parts = found[2].split(b",")
        for at in (2, 6):  # the rows of its upper and lower edge
            parts[at] = b" %d" % max(int(parts[at]) + shift, 0)
        return found[1] + b",".join(parts)

    shape = _ANCHOR.sub(anchored, shape)
    return _BOX_ROW.sub(lambda found: found[1] + b"%d" % (row - 1), shape)
