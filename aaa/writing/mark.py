"""Mark a copy of the lead's own workbook: a comment and a colour on every wrong cell, and a first
sheet that lists the findings.

The original is never changed, and the copy has everything in it (docs/decisions/0007). When a copy
is marked again, because the lead went on working in it, the old marks are removed first.
"""

import math
import re
import threading
from collections.abc import Mapping, Sequence

from lxml import etree

from aaa.values import names
from aaa.values.finding import Finding, Severity
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook import schema
from aaa.workbook.package import MAIN
from aaa.writing.notes import Notes
from aaa.writing.spreadsheet import Book, Sheet, refusing_damage, tag, writable

AUTHOR = "Controle AAA"
_one_at_a_time = threading.Lock()  # anybody may ask for a mark, and a large workbook takes memory
# This hidden defined name identifies a marked copy, whatever program saved it since.
_SIGNATURE = "AAA_Controle"
_COLOURS = {Severity.WARNING: "FFFFF1C9", Severity.ERROR: "FFFBD5D0", Severity.FATAL: "FFFBD5D0"}
_WIDTHS = (22, 16, 34, 70, 44)


def mark(data: bytes, findings: Sequence[Finding], lang: str) -> bytes:
    """Return a marked copy of a workbook.

    Args:
        data: the bytes of a workbook that could be read, or that was refused for its sheets and
            headings only.
        findings: what was found in it.
        lang: the language of the remarks.

    Raises:
        WorkbookError: the bytes are not a workbook, or one that is built in a way that cannot be
            marked.
    """
    with _one_at_a_time, refusing_damage():
        book = Book(data)
        own = unmark(book)
        _mark_cells(book, findings, lang)
        _put_list(book, own, findings, lang)
        return book.content()


def _mark_cells(book: Book, findings: Sequence[Finding], lang: str) -> None:
    """Colour every cell with a warning or an error by its most severe finding, and say in a comment
    what is wrong.
    """
    of_sheets: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.cell and finding.severity >= Severity.WARNING and finding.sheet in book.sheets:
            of_sheets.setdefault(finding.sheet, []).append(finding)
    for title, wrong in of_sheets.items():
        sheet = Sheet(book, book.sheets[title])
        cells: dict[str, list[Finding]] = {}
        shown = sheet.corners(finding.cell for finding in wrong)
        for finding in wrong:
            cells.setdefault(shown[finding.cell], []).append(finding)
        for address, found in cells.items():
            sheet.colour(address, _COLOURS[max(finding.severity for finding in found)])
        sheet.finish()
        remarks = {
            address: "\n\n".join(_remark(finding, lang) for finding in found)
            for address, found in cells.items()
        }
        Notes(book, sheet).add(remarks, AUTHOR)


def _remark(finding: Finding, lang: str) -> str:
    expected = wording.expected(finding, lang)
    said = f"{wording.severity(finding, lang).capitalize()}: {wording.message(finding, lang)}"
    return writable(
        f"{said}\n{translate(lang, 'check.expected', words=expected)}" if expected else said
    )


def unmarked(data: bytes) -> bytes:
    """Return a workbook without the marks of a copy and the sheet that lists them; where it has
    none, as it is.

    Raises:
        WorkbookError: the bytes are not a workbook, or one that is built in a way that cannot be
            changed.
    """
    with refusing_damage():
        book = Book(data)
        if not _signatures(book):
            return data
        listed = unmark(book)
        if listed is not None and not book.mentions(f"{listed}!", "worksheets/"):
            book.remove_sheet(listed)
        return book.content()


def _signatures(book: Book) -> list[etree._Element]:
    names_of = book.tree(book.path).iter(tag("definedName"))
    return [one for one in names_of if one.get("name") == _SIGNATURE]


def unmark(book: Book) -> str | None:
    """Remove the marks of an earlier copy. Return the title of the sheet with its list, which the
    new list replaces.
    """
    ours = _signatures(book)
    if not ours:
        return None
    for one in ours:
        one.getparent().remove(one)
    rules = book.styles.clear(tuple(_COLOURS.values()))
    for path in book.sheets.values():
        sheet = Sheet(book, path)
        sheet.uncoloured(rules)
        Notes(book, sheet).remove(AUTHOR)
    titles = (re.sub(r"!.*", "", one.text or "").strip("'").replace("''", "'") for one in ours)
    return next((title for title in titles if title in book.sheets), None)


def _put_list(book: Book, own: str | None, findings: Sequence[Finding], lang: str) -> None:
    """Add the sheet with the list of findings. It replaces an earlier list, else it becomes the
    first sheet.
    """
    content = _list(book, findings, lang)
    root = book.tree(book.path)
    book.deselect()
    title = own or _title(book)
    if own is None:
        book.add_sheet(title, content, first=True)
    else:
        book.put(book.sheets[own], content)
    sheets = root.iter(tag("sheet"))
    place = next(number for number, one in enumerate(sheets) if one.get("name") == title)
    for view in root.iter(tag("workbookView")):
        view.attrib.pop("firstSheet", None)
        view.set("activeTab", str(place))
    _sign(root, title)


def _title(book: Book) -> str:
    taken = {names.key(title) for title in book.sheets}
    wanted = (schema.CHECK_TITLE, *(f"{schema.CHECK_TITLE} {n}" for n in range(2, len(taken) + 3)))
    return next(title for title in wanted if names.key(title) not in taken)


def _sign(root: etree._Element, title: str) -> None:
    group = root.find(tag("definedNames"))
    if group is None:
        group = etree.Element(tag("definedNames"))
        before = [
            one
            for one in root
            if isinstance(one.tag, str)
            and etree.QName(one).localname in ("sheets", "functionGroups", "externalReferences")
        ]
        before[-1].addnext(group)
    signature = etree.SubElement(group, tag("definedName"), name=_SIGNATURE, hidden="1")
    quoted = title.replace("'", "''")
    signature.text = f"'{quoted}'!$A$1"


def _list(book: Book, findings: Sequence[Finding], lang: str) -> etree._Element:
    """Return the sheet that lists the findings, each with a link to its cell."""
    styles = book.styles
    bold, plain = styles.plain(b="1", sz="11"), styles.plain(sz="11")
    title, line = (
        styles.plain(wrap=False, b="1", sz="16", color="FF17486B"),
        styles.plain(wrap=False, sz="11"),
    )
    link = styles.plain(sz="11", u="single", color="FF17486B")
    root = etree.Element(tag("worksheet"), nsmap={None: MAIN})
    etree.SubElement(etree.SubElement(root, tag("sheetPr")), tag("pageSetUpPr"), fitToPage="1")
    view = etree.SubElement(
        etree.SubElement(root, tag("sheetViews")),
        tag("sheetView"),
        showGridLines="0",
        tabSelected="1",
        workbookViewId="0",
    )
    etree.SubElement(
        view, tag("pane"), ySplit="4", topLeftCell="A5", activePane="bottomLeft", state="frozen"
    )
    columns = etree.SubElement(root, tag("cols"))
    for column, width in enumerate(_WIDTHS, start=1):
        etree.SubElement(
            columns, tag("col"), min=str(column), max=str(column), width=str(width), customWidth="1"
        )
    rows = etree.SubElement(root, tag("sheetData"))
    errors = sum(finding.severity >= Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    said = translate(
        lang,
        "mark.title",
        errors=translate(lang, "check.errors", n=errors),
        warnings=translate(lang, "check.warnings", n=warnings),
    )
    _row(rows, [(said, title)])
    _row(rows, [(translate(lang, "mark.copy" if findings else "mark.nothing"), line)])
    _row(rows, [])
    _row(
        rows,
        [
            (translate(lang, f"mark.{name}"), bold)
            for name in ("place", "weight", "value", "message", "expected")
        ],
    )
    links: dict[str, Mapping[str, str]] = {}
    for finding in findings:
        place = finding.place or translate(lang, "finding.whole_file")
        linked = finding.sheet in book.sheets
        words = (
            wording.severity(finding, lang),
            (finding.value or "")[:500],
            wording.message(finding, lang),
            wording.expected(finding, lang) or "",
        )
        number = _row(
            rows, [(place, link if linked else plain), *((text, plain) for text in words)]
        )
        if linked and len(links) < 65_000:  # Excel's own limit is just above
            quoted = finding.sheet.replace("'", "''")
            links[f"A{number}"] = {
                "location": f"'{quoted}'!{finding.cell or 'A1'}",
                "display": place,
            }
    if links:
        group = etree.SubElement(root, tag("hyperlinks"))
        for address, target in links.items():
            etree.SubElement(group, tag("hyperlink"), ref=address, **target)
    etree.SubElement(
        root, tag("pageSetup"), paperSize="9", orientation="landscape", fitToHeight="0"
    )
    return root


def _row(rows: etree._Element, cells: Sequence[tuple[str, int]]) -> int:
    """Add a row of inline strings, so that a text that starts with `=` is no formula."""
    number = len(rows) + 1
    row = etree.SubElement(rows, tag("row"), r=str(number))
    if number == 1:
        row.attrib.update({"ht": "26", "customHeight": "1"})
    elif len(cells) > 1:  # programs do not fit row heights to wrapped text on opening
        lines = max(
            math.ceil(len(text) * 1.1 / width)
            for (text, _), width in zip(cells, _WIDTHS, strict=True)
        )
        row.attrib.update({"ht": str(15 * max(lines, 1) + 3), "customHeight": "1"})
    for letter, (text, style) in zip("ABCDE", cells, strict=False):
        cell = etree.SubElement(row, tag("c"), r=f"{letter}{number}", s=str(style), t="inlineStr")
        said = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
        said.text = writable(text)
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return number
