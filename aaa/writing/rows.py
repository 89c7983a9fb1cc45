"""A sheet of which only the rows that are edited are ever parsed.

The tree of a large sheet takes twenty times the room of its XML, and a marked copy differs from the
original in some hundreds of rows at most. What a sheet may hold by the thousand is carried over as
it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from itertools import accumulate, pairwise

from lxml import etree
from openpyxl.utils import column_index_from_string

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
_MOST_RULES = 1_000  # conditional formats that are parsed
_RULE_STARTS, _RULE_ENDS = b"<conditionalFormatting", b"</conditionalFormatting>"
_PRIORITY = re.compile(rb"(<cfRule\s[^<>]*?\bpriority=[\"'])(\d{1,9})")
# a conditional format of one rule that always holds, as marks are
_ALWAYS = re.compile(
    rb"<conditionalFormatting\s[^<>]*>\s*<cfRule\s[^<>]*?\bdxfId=[\"'](\d{1,9})[\"'][^<>]*>\s*"
    rb"<formula>TRUE</formula>\s*</cfRule>\s*</conditionalFormatting\s*>"
)
# the start of a row, with its number where that comes first
_ROW_STARTS = re.compile(rb"""<(?:[\w.-]+:)?row(?:\s+r=["'](\d{1,7})["'])?(?=[\s/>])[^<>]*>""")
_DATA_ENDS = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_MERGED = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']"""
    rb"""\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?["']"""
)
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FILLED = re.compile(
    rb"<(?:[\w.-]+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*>\s*<(?:[\w.-]+:)?(?:v|is|f)\b"
)
# a cell or row without a reference: it follows the one before it
_UNPLACED = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)(?=[\s/>])(?![^<>]*\sr=)")
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
        self._rules = self._run_of_rules()
        carried = [*self._scan(), *([self._rules] if self._rules else [])]
        self._carried = dict(enumerate(sorted(carried)))
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
        start = place = 0
        while token := _TOKEN.search(self._xml, place):
            place = token.end()
            ends, begins = token.groups()
            empty = token[0].endswith(b"/>")
            if begins == b"worksheet":
                root = token[0]
            elif begins and begins != b"row" and not section and not empty:
                section, start = begins, place
                if section == b"sheetData":
                    self._around = root + token[0], b""
                    place = self._find_rows(start)
            elif ends and ends == section:
                if section == b"sheetData":
                    self._around = self._around[0], token[0] + b"</" + _name(root) + b">"
                section = b""
                yield start, token.start()

    def _run_of_rules(self) -> Span | None:
        """Return where conditional formats stand by the thousand, as after much copying of cells;
        they are carried. None where there are fewer, which stay in the frame, or where anything
        else stands between them.
        """
        if self._xml.count(_RULE_STARTS) <= _MOST_RULES or b"<!" in self._xml:
            return None
        start = self._xml.index(_RULE_STARTS)
        end = self._xml.rfind(_RULE_ENDS) + len(_RULE_ENDS)
        return None if end <= start or _TOKEN.search(self._xml, start, end) else (start, end)

    def shift_rules(self, count: int) -> None:
        """Give all conditional formats that are carried a lower priority by `count`."""
        self._change_rules(
            lambda rules: _PRIORITY.sub(
                lambda found: found[1] + b"%d" % (int(found[2]) + count), rules
            )
        )

    def drop_rules(self, formats: Collection[str]) -> None:
        """Remove the carried conditional formats that always hold and have one of these formats,
        given by number.
        """
        self._change_rules(
            lambda rules: _ALWAYS.sub(
                lambda found: b"" if found[1].decode() in formats else found[0], rules
            )
        )

    def _change_rules(self, change: Callable[[bytes], bytes]) -> None:
        for place, (start, end) in self._carried.items():
            if (start, end) == self._rules:
                was = self._replaced.get(place, self._xml[start:end])
                self._replaced[place] = change(was)

    def _find_rows(self, start: int) -> int:
        """Find the rows from where they start, and return where they end."""
        found = _DATA_ENDS.search(self._xml, start)
        end = found.start() if found else len(self._xml)
        rows = self._plain_rows(start, end)
        if rows is None:
            rows, end = self._any_rows(start)
        self._rows = rows
        return end

    def _plain_rows(self, start: int, end: int) -> list[tuple[int, Span]] | None:
        """Return the rows of a sheet as spreadsheet programs write it: each ends where the next one
        starts. None where anything else stands between them, such as a comment.
        """
        if any(self._xml.find(odd, start, end) >= 0 for odd in (b"<!", b"<?")):
            return None
        numbers: list[int] = []
        edges: list[int] = []
        last = 0
        for row in _ROW_STARTS.finditer(self._xml, start, end):
            edges.append(row.start())
            said = row[1] or next(iter(_NUMBER.findall(row[0])), b"")
            last = int(said) if said else last + 1
            numbers.append(last)
        spans = list(pairwise([*edges, end]))
        xml = self._xml
        for first, after in spans:
            if xml[after - 6 : after] != b"</row>" and not self._closes(first, after):
                return None
        return list(zip(numbers, spans, strict=True))

    def _closes(self, start: int, end: int) -> bool:
        """Tell whether the last tag of a piece of the sheet is an end tag, or empty."""
        last = self._xml[self._xml.rfind(b"<", start, end) : end].rstrip()
        return last.startswith(b"</") or last.endswith(b"/>")

    def _any_rows(self, start: int) -> tuple[list[tuple[int, Span]], int]:
        """Return the rows, token by token, and where they end."""
        rows: list[tuple[int, Span]] = []
        row = first = last = 0
        for token in _TOKEN.finditer(self._xml, start):
            ends, begins = token.groups()
            if begins == b"row":
                if row:
                    raise ValueError("a row in a row")
                first, row = token.span()
                said = _NUMBER.search(token[0])
                last = int(said[1]) if said else last + 1
            if ends == b"row" or (begins == b"row" and token[0].endswith(b"/>")):
                rows.append((last, (first, token.end())))
                row = 0
            elif ends == b"sheetData":
                return rows, token.start()
        return rows, len(self._xml)

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

    def parsed(self) -> Iterator[tuple[int, etree._Element]]:
        """Yield the number and a copy of each row."""
        for number, (start, end) in self._span_of.items():
            yield number, self._parsed(start, end)

    def _parsed(self, start: int, end: int) -> etree._Element:
        before, after = self._around
        return etree.fromstring(before + self._xml[start:end] + after, PARSER)[0][0]

    def formulas(self) -> Iterator[tuple[int, etree._Element]]:
        """Yield the number and a copy of each row that holds a formula."""
        for number, (start, end) in self._span_of.items():
            if _FORMULA.search(self._xml, start, end):
                yield number, self._parsed(start, end)

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
        # a new row comes after all lower ones, also in a disorder
        is_new = any(number not in self._span_of for number in self._edited)
        highest = list(accumulate((number for number, _ in self._rows), max)) if is_new else []
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


def split(address: str) -> tuple[int, int]:
    """Return row and column of a cell reference, both from 1; for a range, of its first cell."""
    found = _CELL.match(address.replace("$", ""))
    if found is None:
        raise ValueError(address)
    return int(found[2]), column_index_from_string(found[1])


def numbered(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row with their column; one without an address follows the one before."""
    last = 0
    for one in row:
        if isinstance(one.tag, str):
            last = split(one.get("r", ""))[1] if one.get("r") else last + 1
            yield last, one


def filled(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield row and column of each cell of a sheet that holds something.

    Args:
        xml: the sheet, in UTF-8.
    """
    if not _UNPLACED.search(xml):
        for found in _FILLED.finditer(xml):
            yield int(found[2]), int(column_index_from_string(found[1].decode()))
        return
    for number, line in Rows(xml).parsed():
        for column, cell in numbered(line):
            if len(cell):
                yield number, column


def has_formulas(xml: bytes) -> bool:
    """Tell whether a sheet holds a formula."""
    return _FORMULA.search(xml) is not None
