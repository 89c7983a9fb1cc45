"""A sheet of which only the rows that are edited are ever parsed.

The tree of a large sheet takes twenty times the room of its XML, and a marked copy differs from the
original in some hundreds of rows at most. What a sheet may hold by the thousand is carried over as
it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from lxml import etree

from aaa.workbook.package import MAIN

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_ATTRIBUTES = rb"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*"""
_CARRIED = rb"sheetData|mergeCells|dataValidations|hyperlinks"
# Whatever can hold a `<` that starts no tag, and the tags that tell what is carried.
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|</(?:[\w.-]+:)?(?P<end>row|" + _CARRIED + rb")\s*>"
    rb"|<(?:[\w.-]+:)?(?P<start>worksheet|row|" + _CARRIED + rb")(?=[\s/>])" + _ATTRIBUTES + rb">",
    re.DOTALL,
)
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_MERGED = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']"""
    rb"""\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?["']"""
)
_FILLED = re.compile(
    rb"<(?:[\w.-]+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})\d{1,7}[\"'][^<>]*>\s*<(?:[\w.-]+:)?(?:v|is|f)\b"
)
_UNPLACED = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])(?![^<>]*\sr=)")  # a cell without reference
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
# a merged area or a link: what stands before its reference, the prefix, the reference, the rest
_REFERRING = re.compile(
    rb"(<((?:[\w.-]+:)?)(?:mergeCell|hyperlink)(?=\s)[^<>]*?\sref=[\"'])([^\"'<>]+)"
    rb"([\"'][^<>]*?(?:/>|>\s*</\2(?:mergeCell|hyperlink)\s*>))"
)
_PLACE = re.compile(rb"<\?aaa-carried (\d+)\?>")
_ROW = f"{{{MAIN}}}row"
_DATA = f"{{{MAIN}}}sheetData"

Span = tuple[int, int]  # where bytes start and end in the XML of the sheet


class Rows:
    """The rows of one sheet, and what stands around them.

    Args:
        xml: the sheet, in UTF-8.

    Attributes:
        frame: the root of the sheet without what is carried, to be changed in place.

    Raises:
        ValueError: a row stands in a row.
        lxml.etree.XMLSyntaxError: the sheet is damaged outside what is carried.
    """

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._around = (b"", b"")  # the tags before and after the rows
        self._rows: list[tuple[int, Span]] = []  # the number of each row, in their order
        self._edited: dict[int, etree._Element] = {}  # by number: a worksheet with that row only
        self._carried = dict(enumerate(self._scan()))
        self._replaced: dict[int, bytes] = {}  # what is carried and was changed
        pieces, done = [], 0
        for place, (start, end) in self._carried.items():
            pieces += [xml[done:start], b"<?aaa-carried %d?>" % place]
            done = end
        self.frame = etree.fromstring(b"".join(pieces) + xml[done:], PARSER)
        self._span_of = dict(self._rows)  # of two rows with one number, the last

    def _scan(self) -> Iterator[Span]:
        """Yield where what is carried starts and ends, and find the rows."""
        root = section = b""
        start = row = 0
        for token in _TOKEN.finditer(self._xml):
            begins, ends = token["start"], token["end"]
            empty = token[0].endswith(b"/>")
            if begins == b"worksheet":
                root = token[0]
            elif section == b"sheetData" and begins == b"row":
                if row:
                    raise ValueError("a row in a row")
                row = 0 if empty else token.start()
                if empty:
                    self._found(token.start(), token)
            elif section == b"sheetData" and ends == b"row":
                self._found(row, token)
                row = 0
            elif begins and begins != b"row" and not section and not empty:
                section, start = begins, token.end()
                if section == b"sheetData":
                    self._around = root + token[0], b""
            elif ends and ends == section:
                if section == b"sheetData":
                    self._around = self._around[0], token[0] + b"</" + _name(root) + b">"
                section = b""
                yield start, token.start()

    def _found(self, start: int, last: re.Match[bytes]) -> None:
        tag = _TOKEN.match(self._xml, start)
        said = _NUMBER.search(tag[0]) if tag else None
        number = int(said[1]) if said else 0
        before = self._rows[-1][0] if self._rows else 0
        self._rows.append((number or before + 1, (start, last.end())))

    def merged(self) -> Iterator[tuple[str, int, str, int]]:
        """Yield the merged areas: the letters of a column and a row, for both corners."""
        for start, end in self._carried.values():
            for found in _MERGED.finditer(self._xml, start, end):
                left, top, right, bottom = found.groups()
                yield left.decode(), int(top), (right or left).decode(), int(bottom or top)

    @property
    def last(self) -> int:
        """Return the number of the last row; 0 where there is none."""
        return max(self._span_of, default=0)

    def filled(self) -> Iterator[tuple[int, list[str]]]:
        """Yield of each row its number and the letters of its cells that hold something."""
        for number, (start, end) in self._span_of.items():
            if _UNPLACED.search(self._xml, start, end):
                cells = [one for one in self._parsed(start, end) if len(one)]
                yield number, [re.sub(r"\d", "", one.get("r", "")) for one in cells]
            else:
                found = _FILLED.finditer(self._xml, start, end)
                yield number, [one[1].decode() for one in found]

    def _parsed(self, start: int, end: int) -> etree._Element:
        before, after = self._around
        return etree.fromstring(before + self._xml[start:end] + after, PARSER)[0][0]

    def formulas(self) -> Iterator[etree._Element]:
        """Yield a copy of each row that holds a formula."""
        for start, end in self._span_of.values():
            if _FORMULA.search(self._xml, start, end):
                yield self._parsed(start, end)

    def refer(self, change: Callable[[str], str | None]) -> None:
        """Change the areas that merged cells and links stand in; where None is returned, they go.

        Args:
            change: gives the new reference for an old one.
        """

        def changed(found: re.Match[bytes]) -> bytes:
            new = change(found[3].decode())
            return b"" if new is None else found[1] + new.encode() + found[4]

        for place, (start, end) in self._carried.items():
            was = self._replaced.get(place, self._xml[start:end])
            if _REFERRING.search(was):
                now = self._replaced[place] = _REFERRING.sub(changed, was)
                if not _REFERRING.search(now):  # an empty list of merged cells is not allowed
                    self._empty(place)

    def _empty(self, place: int) -> None:
        for one in self.frame.iter(etree.ProcessingInstruction):
            if one.target == "aaa-carried" and one.text == str(place):
                group = one.getparent()
                if group is not None and group.getparent() is not None:
                    group.getparent().remove(group)
                return

    def row(self, number: int) -> etree._Element:
        """Return a row, to be changed in place; one that is not there is made."""
        if not self._rows:
            return self._first(number)
        if number not in self._edited:
            start, end = self._span_of.get(number, (0, 0))
            before, after = self._around
            whole = self._edited[number] = etree.fromstring(
                before + self._xml[start:end] + after, PARSER
            )
            if not end:
                etree.SubElement(whole[0], _ROW, r=str(number))
        row = self._edited[number].find(f"{_DATA}/{_ROW}")
        if row is None:
            raise ValueError("no row in the namespace of sheets")
        return row

    def _first(self, number: int) -> etree._Element:
        """Return a row of a sheet that has none of its own."""
        data = self.frame.find(_DATA)
        if data is None:
            raise ValueError("no sheetData")
        there = {int(row.get("r", "0")): row for row in data.iterfind(_ROW)}
        if number not in there:
            there[number] = etree.Element(_ROW, r=str(number))
            data[:] = [there[n] for n in sorted(there)]
        return there[number]

    def content(self) -> bytes:
        """Return the sheet with the changes in it."""
        written = etree.tostring(
            self.frame, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return b"".join(self._pieces(bytes(written)))

    def _pieces(self, written: bytes) -> Iterator[bytes | memoryview]:
        """Yield the sheet with what is carried in its place."""
        view, done = memoryview(self._xml), 0
        for place in _PLACE.finditer(written):
            yield written[done : place.start()]
            start, end = self._carried[int(place[1])]
            inside = self._rows and start <= self._rows[0][1][0] < end
            if int(place[1]) in self._replaced:
                yield self._replaced[int(place[1])]
            else:
                yield from self._with_edited(start, end) if inside else (view[start:end],)
            done = place.end()
        yield written[done:]

    def _with_edited(self, start: int, end: int) -> Iterator[bytes | memoryview]:
        """Yield the rows: those that were edited as they are now, all others as they stood."""
        view = memoryview(self._xml)
        highest: list[int] = []  # a new row comes after all lower ones, also in a disorder
        for number, _ in self._rows:
            highest.append(max(number, highest[-1] if highest else 0))
        changes: list[tuple[int, int, int]] = []  # start and end of what it replaces, its number
        for number in self._edited:
            if number in self._span_of:
                changes.append((*self._span_of[number], number))
            else:
                place = bisect_right(highest, number)
                at = self._rows[place][1][0] if place < len(highest) else end
                changes.append((at, at, number))
        for first, last, number in sorted(changes):
            yield view[start:first]
            yield self._written(number)
            start = last
        yield view[start:end]

    def _written(self, number: int) -> bytes:
        """Return an edited row without the tags around it, which declare its namespaces."""
        whole = bytes(etree.tostring(self._edited[number], encoding="UTF-8"))
        tags = list(_TOKEN.finditer(whole))
        inner = next(tag for tag in tags if tag["start"] == b"sheetData")
        outer = next(tag for tag in reversed(tags) if tag["end"] == b"sheetData")
        return whole[inner.end() : outer.start()]


def _name(tag: bytes) -> bytes:
    """Return the name of a start tag with its prefix."""
    return re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
