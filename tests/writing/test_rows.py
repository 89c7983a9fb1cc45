"""A sheet whose rows are edited apart is the sheet whose whole tree is edited."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aaa.workbook.package import MAIN
from aaa.writing.rows import Rows

ROW = f"{{{MAIN}}}row"
DATA = f"{{{MAIN}}}sheetData"
BETWEEN = ("", "\n ", "<!-- <row r='9'> -->", "<?odd <row?>")


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """Return a sheet as some program may write it: any prefix, rows with and without numbers, and
    between them whatever XML allows.
    """
    prefix = draw(st.sampled_from(["", "x:"]))
    declared = f'xmlns{":x" if prefix else ""}="{MAIN}"'
    numbers = sorted(draw(st.sets(st.integers(1, 30), max_size=6)))
    rows = []
    for number in numbers:
        said = draw(st.sampled_from([f' r="{number}"', f" ht = '1' r = '{number}'", ' t="a>b"']))
        inner = draw(
            st.sampled_from(["", f"<{prefix}c><{prefix}v>&lt;row&gt;</{prefix}v></{prefix}c>"])
        )
        whole = f"<{prefix}row{said}>{inner}</{prefix}row>"
        rows.append(whole if inner else draw(st.sampled_from([whole, f"<{prefix}row{said}/>"])))
        rows.append(draw(st.sampled_from(BETWEEN)))
    data = f"<{prefix}sheetData>{''.join(rows)}</{prefix}sheetData>"
    if not rows:
        data = draw(st.sampled_from([data, f"<{prefix}sheetData />"]))
    merged = f'<{prefix}mergeCells><{prefix}mergeCell ref="$A$1:B2"/></{prefix}mergeCells>'
    return (
        f"<{prefix}worksheet {declared}><{prefix}cols/>{draw(st.sampled_from(BETWEEN))}{data}"
        f"{draw(st.sampled_from(['', merged]))}</{prefix}worksheet>"
    ).encode()


def whole_tree(xml: bytes, numbers: set[int]) -> Any:
    """Return the tree of a sheet in which these rows are marked; missing ones are made."""
    root = etree.fromstring(xml)
    data = root.find(DATA)
    there, last = {}, 0
    for row in data.iterfind(ROW):
        last = int(row.get("r", "0")) or last + 1
        there[last] = row
    for number in sorted(numbers):
        if number not in there:
            after = [row for n, row in there.items() if n < number]
            there[number] = etree.Element(ROW, r=str(number))
            data.insert(data.index(after[-1]) + 1 if after else 0, there[number])
            there = dict(sorted(there.items()))
        there[number].set("s", "7")
    return root


def plain(root: Any) -> list[Any]:
    """Return every element with what stands in it; comments and spaces between rows aside."""
    return [
        (one.tag, dict(one.attrib), (one.text or "").strip())
        for one in root.iter()
        if isinstance(one.tag, str)
    ]


@given(sheets(), st.sets(st.integers(1, 32), max_size=5))
def test_rows_are_edited_as_in_the_whole_tree(xml: bytes, numbers: set[int]) -> None:
    rows = Rows(xml)
    for number in numbers:
        rows.row(number).set("s", "7")
    assert plain(etree.fromstring(rows.content())) == plain(whole_tree(xml, numbers))


def test_what_is_not_edited_stays_as_it_stands() -> None:
    kept = b"<row  r='1' ><c r='A1'  /></row>\n<!-- a -->"
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + kept
    xml += (
        b'<row r="4"/><row r="5"/></sheetData><mergeCells ><mergeCell  ref="A1:B2"/></mergeCells>'
    )
    rows = Rows(xml + b"</worksheet>")
    rows.row(4).set("s", "7")
    written = rows.content()
    assert kept + b'<row r="4" s="7"/><row r="5"/></sheetData>' in written
    assert b'<mergeCell  ref="A1:B2"/>' in written
    assert list(rows.merged()) == [("A", 1, "B", 2)]


def test_a_row_in_a_row_is_refused() -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row><row/></row></sheetData></worksheet>'
    with pytest.raises(ValueError, match="row"):
        Rows(xml.encode())
