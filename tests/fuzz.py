"""Random workbooks against the reader: `python -m tests.fuzz --cases 20000`, and `--case FAMILY
SEED` to run one again.

Every case is made from its family and seed alone. It must be read or refused with a WorkbookError,
in time, in memory, without losing a row.
"""

import argparse
import contextlib
import dataclasses
import datetime as dt
import io
import multiprocessing as mp
import random
import re
import resource
import struct
import sys
import tempfile
import time
import traceback
import unicodedata
import warnings
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import lru_cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from aaa.exports.summary import summarise
from aaa.history import changes
from aaa.values import shipped
from aaa.values.finding import WEIGHTS, Finding, Severity, WorkbookError
from aaa.words import wording
from aaa.workbook import programme, schema
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Kind
from aaa.writing import mark, next_year
from tests.support import field
from tests.support.books import example, small
from tests.support.effort import effort

# of a processor on which Python adds up ten million numbers in 0.7 seconds; a slower one may take
# more
MOST_SECONDS = 5.0
_COUNTS = 2_000_000
MOST_MEGABYTES = 400
LARGEST_INPUT = 20 * 2**20
_NOW = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
_HANGS = 30.0  # seconds
# cases after which a worker makes place for a fresh one, so that its peak of memory says something
_TIRED = 400
_SAID_PER_CODE = 5  # findings of one code that are put into words
# Of every ten cases. A refusal costs a tenth of a reading, so that most cases can be of the family
# that is mostly refused.
_MIX = (
    "values",
    "bytes",
    "surgery",
    "packages",
    "values",
    "bytes",
    "surgery",
    "packages",
    "bytes",
    "spread",
)
_HEAVY_EVERY = 400

# The frames in which every data row of the sheet stands once. Of themes, partners and ambitions a
# doubled name is one.
_NAMED = ("programme", "themes", "partners", "ambitions")
COUNTED = tuple(s.name for s in schema.SHEETS if s.name not in _NAMED)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """A file, how it was made, and how many rows each frame must have; None where that is not
    known.
    """

    data: bytes
    made: str
    rows: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a case: `read`, the code of a refusal, or an error."""

    code: str
    took: float
    made: str = ""
    error: str | None = None
    peak: float = 0.0
    size: int = 0


# ---- what must hold


def check(case: Case, *, summed: bool = True, used: bool = False) -> Outcome:
    """Read one file and see whether all that must hold does; any exception but a refusal passes
    through. `used` also does with it what the dashboard does, each within the time of a reading.
    """
    found, took = _read(case.data)
    if isinstance(found, tuple):
        assert found, "a refusal that says nothing"
        assert all(f.severity is Severity.FATAL for f in found), found
        _say(found)
        assert case.rows is None, f"refused, and it can be read: {found}"
        return Outcome(found[0].code, took, case.made)
    _say(found.findings)
    for name, rows in (case.rows or {}).items():
        here = len(getattr(found, name))
        assert here == rows, f"{name}: {here} rows of {rows}"
    if summed:
        summarise(found)
    longest = {"reading": took} | (dict(_uses(case.data, found)) if used else {})
    what = max(longest, key=lambda one: longest[one])
    return Outcome("read", longest[what], f"{case.made}: {what}")


def _uses(data: bytes, found: Programme) -> Iterator[tuple[str, float]]:
    """Do what the dashboard does with a workbook, and yield the seconds of the processor."""
    uses: dict[str, Callable[[], object]] = {
        "mark": lambda: mark.mark(data, found.findings, "nl"),
        "next": lambda: next_year.made(data, found, _NOW),
        "the differences": lambda: changes.compare(found, found),
    }
    for name, use in uses.items():
        yield name, _seconds(use)


def _opened(case: Case) -> Outcome:
    """Return how long the slowest page of a workbook took."""
    took = dict(pages(case.data))
    what = max(took, key=lambda one: took[one])
    return Outcome("read", took[what], f"{case.made}: {what}")


def pages(data: bytes) -> Iterator[tuple[str, float]]:
    """Open every page of the dashboard on a workbook, and yield its seconds of the processor."""
    from streamlit.testing.v1 import AppTest

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "aaa_2025.xlsx"
        path.write_bytes(data)
        patch.setenv("AAA_WORKBOOK", str(path))
        patch.setenv("AAA_STATE", str(Path(folder) / "state"))
        app = AppTest.from_file(str(shipped.SCRIPT), default_timeout=8 * MOST_SECONDS * slowness())
        app.run()
        for page in sorted(shipped.PAGES.glob("*.py")):
            if page.stem != "update":  # only where saving is allowed
                yield page.stem, _seconds(app.switch_page(str(page)).run)
                assert not app.exception, (page.stem, app.exception[0])


def _seconds(use: Callable[[], object]) -> float:
    start = time.process_time()
    use()
    return time.process_time() - start


def _read(data: bytes) -> tuple[Programme | tuple[Finding, ...], float]:
    """Return the programme, or why it was refused; and the seconds of the processor
    that it took.
    """
    start = time.process_time()  # of the processor: on a busy machine every file would seem heavy
    found: Programme | tuple[Finding, ...]
    try:
        found = programme.from_bytes(data, 2025)
    except WorkbookError as refusal:
        found = refusal.findings
    return found, time.process_time() - start


def _say(findings: Sequence[Finding]) -> None:
    said: Counter[str] = Counter()
    for one in findings:
        assert one.severity is WEIGHTS[one.code]
        said[one.code] += 1
        if said[one.code] <= _SAID_PER_CODE:
            for lang in ("nl", "en"):
                assert wording.line(one, lang)
                wording.expected(one, lang)


def peak() -> float:
    """Return the most memory this process ever had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would include what the parent had at the moment of forking
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        2**20 if sys.platform == "darwin" else 1024
    )


# ---- a workbook written by hand, so that anything can be put into it


@dataclass(frozen=True)
class Raw:
    """A cell as XML: its attributes, what stands in it, and whether a person sees nothing there."""

    attributes: str
    inner: str
    blank: bool = False


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="d\\-m\\-yyyy"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="166" formatCode="&quot;€&quot; #,##0"/></numFmts><fonts count="1"><font/>'
    '</fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="9">'
    + "".join(
        f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n in (0, 14, 9, 21, 22, 164, 165, 166, 49)
    )
    + "</cellXfs></styleSheet>"
)
_DATE_STYLES, _PERCENT = (1, 4, 5), 2


def blank(text: str) -> bool:
    """Tell whether a person sees nothing: spaces, zero-width and control characters only."""
    return all(c.isspace() or unicodedata.category(c) in ("Cf", "Cc") for c in text)


def is_blank(value: Any) -> bool:
    """Tell whether nothing stands in a cell with this value."""
    if isinstance(value, Raw):
        return value.blank
    return value is None or (isinstance(value, str) and blank(value))


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


class Texts:
    """The texts that sheets share."""

    def __init__(self, *, shared: bool) -> None:
        self.shared, self.known = shared, dict[str, int]()

    def cell(self, text: str) -> tuple[str, str]:
        if not self.shared:
            return ' t="inlineStr"', f'<is><t xml:space="preserve">{_escaped(text)}</t></is>'
        return ' t="s"', f"<v>{self.known.setdefault(text, len(self.known))}</v>"

    def part(self) -> bytes:
        items = "".join(
            f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in self.known
        )
        return (
            f'<sst xmlns="{MAIN}" count="{len(self.known)}"'
            f' uniqueCount="{len(self.known)}">{items}</sst>'.encode()
        )


def sheet_rows(rows: Sequence[Sequence[Any]], texts: Texts) -> str:
    """Return rows as XML; None is a cell that is not there."""
    return "".join(
        f'<row r="{number}">{"".join(_cells(number, row, texts))}</row>'
        for number, row in enumerate(rows, start=1)
        if row
    )


def _cells(number: int, row: Sequence[Any], texts: Texts) -> Iterator[str]:
    for column, value in enumerate(row, start=1):
        if value is not None:
            attributes, inner = _cell(value, texts)
            yield f'<c r="{get_column_letter(column)}{number}"{attributes}>{inner}</c>'


def _cell(value: Any, texts: Texts) -> tuple[str, str]:
    match value:
        case Raw():
            return value.attributes, value.inner
        case bool():
            return ' t="b"', f"<v>{int(value)}</v>"
        case int() | float():
            return "", f"<v>{value!r}</v>"
        case dt.date():
            return (
                f' s="{_DATE_STYLES[0]}"',
                f"<v>{value.toordinal() - dt.date(1899, 12, 30).toordinal()}</v>",
            )
        case _:
            return texts.cell(value)


def sheet_part(rows: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><dimension'
        f' ref="A1"/><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def book_parts(
    sheets: Sequence[tuple[str, bytes]], texts: bytes | None = None, styles: bytes = STYLES.encode()
) -> Parts:
    """Return the parts of a workbook of these sheets: title and XML."""
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (title, _) in enumerate(sheets, start=1)
    )
    targets = [
        (f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
    ] + [("rIdS", "styles", "styles.xml")]
    if texts is not None:
        targets.append(("rIdT", "sharedStrings", "sharedStrings.xml"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{TYPES}">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>{overrides}'
            "</Types>"
        ),
        "_rels/.rels": _relationships([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><workbookPr/><sheets>{listed}</sheets>'
            "</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relationships(targets),
    }
    made = {name: text.encode() for name, text in parts.items()}
    made["xl/styles.xml"] = styles
    if texts is not None:
        made["xl/sharedStrings.xml"] = texts
    return made | {f"xl/worksheets/sheet{n}.xml": xml for n, (_, xml) in enumerate(sheets, start=1)}


def _relationships(targets: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{one}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for one, kind, target in targets
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def packed(
    parts: Mapping[str, bytes],
    more: Sequence[tuple[str, bytes]] = (),
    kind: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Return parts as a zip; `more` may repeat a name."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", kind, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name, content in [*parts.items(), *more]:
            archive.writestr(zipfile.ZipInfo(name), content, kind)
    return buffer.getvalue()


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], *, shared: bool = True) -> bytes:
    """Return a workbook of rows of values."""
    texts = Texts(shared=shared)
    made = [(title, sheet_part(sheet_rows(rows, texts))) for title, rows in sheets.items()]
    return packed(book_parts(made, texts.part() if shared else None))


# ---- family: random values in cells

WORDS = (
    "Veiligheid", "Groen", "DC Terra", "Terra", "Zorg & Innovatie", "Zorg en Inovatie",
    "DC Terra; Zorg & Innovatie",
    "Foo/DC Terra, Bar en Terra", "Capaciteit",
    "Capacteit", "Gemeente", "Partners", "gemeente ", "Betaald", "Verplicht", "Toegezegd",
    "Nog geen dekking", "Woningen", "Banen", "woningen", "Gereed",
    "In aanbouw", "Loopt", "Afgerond", "Vervallen", "Rood", "Oranje", "Besluit", "Actie", "Visie",
    "Naam", "Jaar",
    "Peildatum", "Soort", "Voorbeeld", "Voorbeld",
    "1", "1.1", "1.10", "01", "2025", "-", "–", "?", "ja", "nee", "x", "X", "ntb", "n.t.b.", "#N/A",
    "#REF!", "NULL", "None", "nan", "NaN", "inf", "-inf",
    "1e5", "1E400", "0x10", "١٢٣", "²", "½", "Ⅳ", "１２３", "€ 75.000", "75.000,00", "75,5", "-5",
    "− 5", "(500)", "€", "€ -", "1.2.3", "9" * 18, "9" * 400,
    "50%", "100 %", "101%", "0,5", "%", "31-3-2025", "31 maart 2025", "2025-03-31", "30-2-2025",
    "31/12/9999", "0-0-0000", "1 mei 25", "2025-03-31T10:00:00",
    "Q1", "Q2/Q3", "Q3/Q1", "Q1-4", "Q5", "Eind Q1", "Begin Q2", "Maart", "april-juni",
    "Q4 2025-Q1 2026", "heel 2025", "heel", "doorlopend", "voor de zomer",
    "Q1 2099", "t/m", "t/m Q2", "tot en met", "/", ";", ",", " en ", "Q1/", "-Q1", "1-4",
    "Q1" + "/Q2" * 20, "Nulmeting",
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "@SUM(A1)", "+1", "<script>alert(1)</script>", "<b>",
    "&amp;", "&#0;",
    "]]>", "<!--", "%s %d {0} {value}", "$x$ **y**",
    "\u202eomgekeerd", "\u200f\u05e9\u05dc\u05d5\u05dd", "مرحبا", "e\u0301", "\u0301", "ﬁ", "İ",
    "ß", "ẞ", "ſ", "ǆ",
    "👍🏽", "👩‍👩‍👧", "𝕏", "\U0010fffd", "\ufdd0", "\ud7ff",
    "a\u200bb", "\ufeffTerra", "DC\u00a0Terra", "DC\u2009Terra", "D\u00adC Terra",
    "regel 1\nregel 2", "regel\r\nregel", "a\tb", "a\x85b", "\x7f", "\x9f",
    "a\u2028b\u2029c", "_x000D_a", "_x0041_", "'", "'1", '"', "\\", "../../etc", "C:\\x", "a" * 300,
    "é" * 5000, ";" * 200, "a, " * 100, "x\n" * 100,
)  # fmt: skip
_BLANKS = (
    "",
    " ",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u2060 \u200d",
    "\t\n",
    "\r\n",
    "\x85",
    "\u3000",
    "\u202e",
    "\x7f",
)
_NUMBERS = (
    0, 1, -1, 2, 3, 50, 100, 101, 2025, 2026, 1899, 2101, 45_000, 45_748, 20_000, 80_000, 80_001,
    10**9, 10**12,
    10**12 + 1, 10**15, 2**53, 2**63, 2**64, 10**19,
    -(10**12), 10**308, 10**309, 10**400, -(10**400), 0.0, -0.0, 0.5, 1.0, 0.005, 0.1 + 0.2, 1e-308,
    5e-324, 1e16, 1e22, 1e100, 1.7e308, -1e300, 99.999, 1.5,
    45_748.5, 2_958_465, 2_958_466, 60, 59, 0.999999,
)  # fmt: skip
ODD = (
    Raw("", "<v>1E+999</v>"), Raw("", "<v>-1E+999</v>"), Raw("", "<v>1e5</v>"),
    Raw("", "<v>-0</v>"), Raw("", "<v>007</v>"),
    *(Raw(' t="e"', f"<v>{error}</v>") for error in ("#REF!", "#N/A", "#DIV/0!", "#VALUE!",
    "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#BUSY!")),
    Raw("", "<f>A1+B1</f>"), Raw("", "<f>SUM(A1:A9)</f><v></v>"), Raw("", "<f></f>"),
    Raw("", "<f>1+1</f><v>2</v>"), Raw(' t="str"', "<f>A1</f><v>Terra</v>"),
    Raw(' t="str"', "<f>A1</f><v></v>", blank=True), Raw(' t="str"', "<f>A1</f>", blank=True),
    Raw(' t="b"', "<f>A1=1</f><v>1</v>"), Raw(' t="e"', "<f>1/0</f><v>#DIV/0!</v>"),
    Raw("", '<f t="array" ref="A1:A3">A1:A3*2</f><v>4</v>'),
    Raw("", '<f t="array" ref="A1:A3">A1:A3*2</f>'),
    Raw("", '<f t="shared" ref="A1:A3" si="0">$A$1</f><v>4</v>'),
    Raw("", f"<f>{'A1+' * 2000}A1</f>"), Raw(' t="d"', "<v>2025-03-31</v>"),
    Raw(' t="d"', "<v>2025-03-31T12:30:00</v>"), Raw(' t="d"', "<v>12:30:00</v>"),
    *(Raw(f' s="{style}"', f"<v>{number}</v>") for style in range(1, 9)
      for number in (0, 1, 0.5, 60, 45_748, 45_748.75, -1, 1e9, 1e300, 2_958_466, 100, 12345678)),
    Raw(' s="1"', "", blank=True), Raw(' s="2" t="n"', "<v></v>", blank=True),
    Raw(' t="inlineStr"', "<is></is>", blank=True),
    Raw(' t="inlineStr"', "<is><t/></is>", blank=True),
    Raw(' t="inlineStr"', "<is><r><t>DC </t></r><r><rPr><b/></rPr><t>Terra</t></r></is>"),
    Raw(' t="str"', "<v> </v>", blank=True),
)  # fmt: skip
_PLAUSIBLE: dict[Kind, tuple[Any, ...]] = {
    Kind.TEXT: (
        "Bouwen",
        "Campus",
        "Capaciteit",
        "Middelen",
        "Woningen",
        "Veiligheid",
        "Groen",
        2025,
        "Een\ntwee",
    ),
    Kind.LABEL: (
        "1.1",
        "1.2",
        "2",
        1.3,
        4,
        "DC Terra",
        "Proef",
        "2025",
        dt.date(2025, 7, 15),
        "Zorg",
        "woningen",
        "studenten",
    ),
    Kind.NAME: ("Veiligheid", "Groen", "Capaciteit", "Middelen", "Woningen", "DC Terra"),
    Kind.NAMES: (
        "DC Terra",
        "DC Terra; Terra",
        "Zorg & Innovatie, DC Terra",
        "Woningen",
        "Onbekende; Foo",
    ),
    Kind.PERIOD: (
        "Q1",
        "Q2/Q3",
        "Eind Q1",
        "ntb",
        "Maart",
        dt.date(2025, 4, 1),
        "Q4 2025-Q1 2026",
        "Q1/Q3",
    ),
    Kind.AMOUNT: (100, 60, 40, 12.5, "€ 75.000", "75.000,00", -5, 0),
    Kind.NUMBER: (1, 10_000, "5.000", 0),
    Kind.YEAR: (2025, "2024", 2030),
    Kind.SHARE: (0.5, 1, 50, "50%", Raw(f' s="{_PERCENT}"', "<v>0.5</v>")),
    Kind.CHOICE: ("Gemeente", "Gereed", "onbekend"),
    Kind.CHOICES: ("wijzigingen; geld", "Geld", "tijdlijn, tijdlijn; onzin", "besluiten\nambities"),
    Kind.DATE: (dt.date(2025, 3, 31), "31-3-2025", "31 maart 2025", 45_748),
}
_ALPHABETS = (
    (32, 126),
    (0xA0, 0x24F),
    (0x300, 0x36F),
    (0x590, 0x6FF),
    (0x2000, 0x206F),
    (0x2070, 0x2BFF),
    (0xFB00, 0xFDCF),
    (0xFE00, 0xFFFD),
    (0x1F300, 0x1FAFF),
)


def any_value(rng: random.Random) -> Any:
    """Return anything that a cell can hold."""
    match rng.randrange(10):
        case 0 | 1 | 2 | 3:
            return rng.choice(WORDS)
        case 4:
            return rng.choice(_BLANKS)
        case 5:
            return rng.choice(_NUMBERS)
        case 6 | 7:
            return rng.choice(ODD)
        case 8:
            return rng.choice(
                (True, False, None, rng.uniform(-1e6, 1e6), rng.randrange(-(10**6), 10**6))
            )
        case _:
            letters = [
                chr(rng.randint(*rng.choice(_ALPHABETS)))
                for _ in range(rng.choice((1, 2, 5, 30, 200)))
            ]
            return "".join(rng.choice((c, c, c, " ", ";", "\n", ",")) for c in letters)


def values(rng: random.Random) -> Case:
    """Fill every sheet of the contract with likely and unlikely values; what is a row follows from
    how it was made.
    """
    sheets: dict[str, list[list[Any]]] = {}
    truth: dict[str, int] | None = {}
    wild = rng.choice((0.02, 0.2, 0.6, 1.0))
    for contract in schema.SHEETS:
        if not contract.required and rng.random() < 0.15:
            continue
        (
            sheets[
                rng.choice(
                    (
                        contract.title,
                        contract.title,
                        f" {contract.title.upper()}",
                        f"{contract.title}\u00a0",
                    )
                )
            ],
            rows,
        ) = _random_sheet(rng, contract, wild)
        if truth is not None and rows is not None:
            truth[contract.name] = rows
        elif contract.required:
            truth = None
    for title in (schema.LISTS_TITLE, schema.GUIDE_TITLE, "Kladblad"):
        if rng.random() < 0.3:
            sheets[title] = [
                ["Soort partner", "Status"],
                *(
                    [any_value(rng) for _ in range(rng.randrange(4))]
                    for _ in range(rng.randrange(5))
                ),
            ]
    order = list(sheets)
    rng.shuffle(order)
    known = (
        None if truth is None else {name: rows for name, rows in truth.items() if name in COUNTED}
    )
    return Case(
        workbook({title: sheets[title] for title in order}, shared=rng.random() < 0.5),
        f"values, {wild:.0%} wild",
        known,
    )


def _random_sheet(
    rng: random.Random, contract: schema.Sheet, wild: float
) -> tuple[list[list[Any]], int | None]:
    """Return the rows of one sheet, and how many of them are data; None when its headings were
    spoilt.
    """
    columns: list[tuple[schema.Column | None, str]] = [
        (column, column.heading)
        for column in contract.columns
        if column.required or rng.random() < 0.8
    ]
    columns += [
        (column, column.heading + schema.TWIN)
        for column in contract.columns
        if column.twin and rng.random() < 0.15
    ]
    if rng.random() < 0.3:
        rng.shuffle(columns)
    for _ in range(rng.choice((0, 0, 0, 1, 3))):
        columns.insert(rng.randrange(len(columns) + 1), (None, f"Eigen kolom {rng.randrange(100)}"))
    if rng.random() < 0.1:
        # a heading that stands there twice: the first one counts
        columns.append((None, columns[0][1]))
    spoilt = rng.random() < 0.02
    if spoilt:
        place = rng.choice(
            [
                n
                for n, (column, heading) in enumerate(columns)
                if column and column.required and heading == column.heading
            ]
        )
        columns[place] = (None, "Bedorven kop")
    header: list[Any] = [_decorated(rng, heading) for _, heading in columns]
    above = [
        [] if rng.random() < 0.5 else [f"Titel {contract.title}", any_value(rng)]
        for _ in range(rng.choice((0, 0, 0, 1, 3)))
    ]
    rows: list[list[Any]] = []
    data = 0
    key = contract.key
    for _ in range(rng.choice((0, 1, 2, 3, 5, 8))):
        kind = rng.random()
        if kind < 0.04:
            # a repeated header; a single word may be meant as a value
            rows.append([_decorated(rng, heading) for _, heading in columns])
            data += sum(column is not None for column, _ in columns) == 1
            continue
        row = [
            None if column is None and rng.random() < 0.5 else _random_value(rng, column, wild)
            for column, _ in columns
        ]
        if kind < 0.12:
            row = [
                None if column is not None else value
                for (column, _), value in zip(columns, row, strict=True)
            ]
        elif kind < 0.18:
            row = [
                _total(rng) if column is key and heading == key.heading else value
                for (column, heading), value in zip(columns, row, strict=True)
            ]
            rows.append(row)
            continue
        elif kind < 0.24:
            row = [rng.choice((None, rng.choice(_BLANKS))) for _ in columns]
        data += any(
            column is not None and not is_blank(value)
            for (column, _), value in zip(columns, row, strict=True)
        )
        rows.append(row)
    return [*above, header, *rows], None if spoilt else data


def _decorated(rng: random.Random, heading: str) -> str:
    return rng.choice(
        (
            heading,
            heading,
            heading,
            heading.upper(),
            f" {heading} ",
            heading.replace(" ", "\u00a0"),
            heading + "\u200b",
            heading.replace(" ", "\n"),
        )
    )


def _total(rng: random.Random) -> str:
    return rng.choice(("Totaal", "totaal", " TOTAAL ", "Totaal:", "Totaal :", "To\u00adtaal"))


def _random_value(rng: random.Random, column: schema.Column | None, wild: float) -> Any:
    if rng.random() < wild or column is None:
        return any_value(rng)
    if column.choices is not None and rng.random() < 0.9:
        return rng.choice([word.value for word in column.choices])
    return rng.choice(_PLAUSIBLE[column.kind]) if column.filled or rng.random() < 0.7 else None


# ---- family: the workbook cut and pasted


@lru_cache(maxsize=1)
def _full() -> tuple[Parts, Mapping[str, int]]:
    """Return a small workbook with every sheet of the contract, and its rows."""
    rng = random.Random("full")
    sheets = {}
    for contract in schema.SHEETS:
        rows = [[_random_value(rng, column, 0) for column in contract.columns] for _ in range(3)]
        sheets[contract.title] = [[column.heading for column in contract.columns], *rows]
    return unpacked(workbook(sheets)), dict.fromkeys(COUNTED, 3)


@lru_cache(maxsize=1)
def _example() -> bytes:
    return _undated(example())


@lru_cache(maxsize=1)
def _small() -> bytes:
    return _undated(small())


def _undated(data: bytes) -> bytes:
    """Return a workbook without the moment it was made, so that a case is the same tomorrow."""
    return packed(
        {
            name: re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+", b"2025-01-01T00:00:00", xml)
            for name, xml in unpacked(data).items()
        }
    )


def _sheet_paths(parts: Parts) -> list[str]:
    return [name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")]


def _some_sheets(rng: random.Random, parts: Parts) -> list[str]:
    paths = _sheet_paths(parts)
    return (
        paths if rng.random() < 0.3 else rng.sample(paths, min(len(paths), rng.choice((1, 1, 2))))
    )


def _swap(
    old: str, new: str | Callable[[re.Match[bytes]], bytes], count: int = 0
) -> Callable[[random.Random, bytes], bytes]:
    """Return an edit of the XML of a sheet."""
    made = new.encode() if isinstance(new, str) else new
    return lambda rng, xml: re.sub(
        old.encode(),
        (lambda match: match.expand(made)) if isinstance(made, bytes) else made,
        xml,
        count=count,
    )


def _after(what: str) -> Callable[[random.Random, bytes], bytes]:
    return lambda rng, xml: xml.replace(b"</sheetData>", b"</sheetData>" + what.encode(), 1)


def _last_rows(what: Callable[[random.Random], str]) -> Callable[[random.Random, bytes], bytes]:
    return lambda rng, xml: xml.replace(b"</sheetData>", what(rng).encode() + b"</sheetData>", 1)


def _prefixed(rng: random.Random, xml: bytes) -> bytes:
    name = rng.choice((b"x", b"ss", b"a-b", b"x.y"))
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1" + name + b":", xml).replace(
        b" xmlns=", b" xmlns:" + name + b"="
    )


def _empty_cells(rng: random.Random) -> str:
    width, style = rng.choice((3, 50, 200)), rng.randrange(9)
    return "".join(
        f'<row r="{row}" s="{style}" customFormat="1" ht="15">'
        + "".join(f'<c r="{get_column_letter(c)}{row}" s="{style}"/>' for c in range(1, width))
        + "</row>"
        for row in range(100, 100 + rng.choice((1, 10, 30)))
    )


_WHOLE = "A1:XFD1048576"
# Edits of one sheet that change nothing of what a person sees in its cells.
_HARMLESS: tuple[tuple[str, Callable[[random.Random, bytes], bytes]], ...] = (
    ("huge dimension", _swap(r'<dimension ref="[^"]*"/>', f'<dimension ref="{_WHOLE}"/>')),
    ("absurd dimension", _swap(r'<dimension ref="[^"]*"/>', '<dimension ref="ZZZZ0:#REF!"/>')),
    ("merged whole", _after(f'<mergeCells count="1"><mergeCell ref="{_WHOLE}"/></mergeCells>')),
    (
        "merged columns",
        _after(
            '<mergeCells><mergeCell ref="A:XFD"/><mergeCell ref="$A$2:$B$3"/><mergeCell ref="2:5"/>'
            "</mergeCells>"
        ),
    ),
    (
        "drop-downs",
        _after(
            f'<dataValidations count="1"><dataValidation type="list" sqref="{_WHOLE}"><formula1>'
            '"a,b"</formula1></dataValidation></dataValidations>'
        ),
    ),
    (
        "links",
        _after(
            f'<hyperlinks><hyperlink ref="{_WHOLE}" r:id="rId9" xmlns:r="{DOCUMENT}"/></hyperlinks>'
        ),
    ),
    (
        "colours",
        _after(
            f'<conditionalFormatting sqref="{_WHOLE}"><cfRule type="x" priority="1"><formula>1'
            "</formula></cfRule></conditionalFormatting>"
        ),
    ),
    (
        "choice of content",
        _after(
            '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x14"><c r="A1"><v>1</v>'
            "</c></mc:Choice></mc:AlternateContent>"
        ),
    ),
    (
        "ghost row",
        _last_rows(lambda rng: '<row r="1048576" ht="15"><c r="XFD1048576" s="1"/></row>'),
    ),
    ("empty cells", _last_rows(_empty_cells)),
    ("spans", _swap(r"<row ", '<row spans="1:16384" x14ac:dyDescent="0.25" xmlns:x14ac="urn:x" ')),
    ("no r", _swap(r' r="[A-Z]*\d+"', "")),
    ("no r on rows", _swap(r'<row r="\d+"', "<row")),
    ("no r on cells", _swap(r'<c r="[A-Z]+\d+"', "<c")),
    ("r last", _swap(r'<c( r="\w+")([^>]*)>', r"<c\2\1>")),
    ("lines in tags", _swap(r"<c ", "<c\n\t")),
    ("single quotes", lambda rng, xml: xml if b"'" in xml else xml.replace(b'"', b"'")),
    ("lines", _swap(r"(</row>|</c>)", "\\1\r\n  ")),
    ("prefixed", _prefixed),
    ("mark of order", lambda rng, xml: b"\xef\xbb\xbf" + xml),
    ("comments", _swap(r"</c>", "</c><!-- < > & <c/> -->")),
    (
        "comment with cells",
        _swap(r"</row>", '</row><!-- <row r="90"><c r="A90"><v>1</v></c></row> -->'),
    ),
    ("instructions", _swap(r"</row>", "</row><?x y?>")),
    ("cdata", _swap(r"<v>([^<]*)</v>", r"<v><![CDATA[\1]]></v>")),
    (
        "array formula",
        _swap(r'(<c r="[A-Z]+\d+"(?: s="\d+")?>)<v>', r'\1<f t="array" ref="A1:A9">A1*2</f><v>'),
    ),
    (
        "shared formula",
        _swap(
            r'(<c r="[A-Z]+\d+"(?: s="\d+")?>)<v>',
            r'\1<f t="shared" ref="A1:B9" si="0">A1</f><v>',
            1,
        ),
    ),
    ("hidden rows", _swap(r"<row ", '<row hidden="1" ')),
    (
        "hidden columns",
        _swap(
            r"<sheetData>",
            '<cols><col min="1" max="16384" hidden="1" width="0"/></cols><sheetData>',
        ),
    ),
    ("foreign attributes", _swap(r"<c ", '<c cm="1" vm="1" ph="1" ')),
)


# Edits after which nobody can say what the sheet holds.
def _in_utf_16(xml: bytes) -> bytes:
    """Return a part in UTF-16; one that is so already stays as it is."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return xml
    return xml.decode("utf-8", "replace").replace("UTF-8", "UTF-16").encode("utf-16")


_HARMFUL: tuple[tuple[str, Callable[[random.Random, bytes], bytes]], ...] = (
    (
        "doctype",
        lambda rng, xml: re.sub(
            rb"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', xml, count=1
        ),
    ),
    ("entity", _swap(r"<v>", "<v>&a;", 1)),
    ("character 0", _swap(r"<v>", "<v>&#0;", 1)),
    ("surrogate", _swap(r"<v>", "<v>&#xD800;", 1)),
    (
        "self-closing",
        lambda rng, xml: re.sub(
            rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml, flags=re.DOTALL
        ),
    ),
    (
        "no sheetData",
        lambda rng, xml: re.sub(rb"<sheetData>.*</sheetData>", b"", xml, flags=re.DOTALL),
    ),
    (
        "two sheetData",
        lambda rng, xml: re.sub(rb"(<sheetData>.*</sheetData>)", rb"\1\1", xml, flags=re.DOTALL),
    ),
    (
        "sheetData in a comment",
        lambda rng, xml: xml.replace(b"<sheetData>", b"<!-- <sheetData/> --><sheetData>", 1),
    ),
    ("sheetData not closed", lambda rng, xml: xml.replace(b"</sheetData>", b"", 1)),
    ("row in row", _swap(r"</row>", "", 1)),
    ("cell in cell", _swap(r"</c>", "", 1)),
    (
        "absurd row",
        lambda rng, xml: _one(rng, rb'<row r="\d+"', b'<row r="%s"' % rng.choice(_ABSURD), xml),
    ),
    (
        "absurd cell",
        lambda rng, xml: _one(rng, rb'<c r="\w+"', b'<c r="%s"' % rng.choice(_ABSURD), xml),
    ),
    (
        "absurd cells",
        lambda rng, xml: re.sub(
            rb'<c r="\w+"', lambda match: b'<c r="%s"' % rng.choice(_ABSURD), xml
        ),
    ),
    (
        "absurd type",
        lambda rng, xml: _one(
            rng,
            rb'<c (r="\w+")',
            rb'<c \1 t="%s"'
            % rng.choice((b"zzz", b"", b"d", b"b", b"e", b"n", b"str", b"inlineStr")),
            xml,
        ),
    ),
    (
        "absurd value",
        lambda rng, xml: _one(rng, rb"<v>[^<]*</v>", b"<v>%s</v>" % rng.choice(_ABSURD), xml),
    ),
    (
        "absurd style",
        lambda rng, xml: _one(
            rng, rb'<c r="(\w+)"', rb'<c r="\1" s="%s"' % rng.choice(_ABSURD), xml
        ),
    ),
    ("absurd formula", lambda rng, xml: _one(rng, rb"<v>", rng.choice(_FORMULAS) + b"<v>", xml)),
    (
        "absurd merge",
        lambda rng, xml: xml.replace(
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="%s"/></mergeCells>' % rng.choice(_ABSURD),
            1,
        ),
    ),
    # moved to the left they point outside of the sheet
    (
        "shared formulas",
        _swap(r'( r="(?:B1|A[2-9])"[^>]*>)<v>', r'\1<f t="shared" ref="A1:Z99" si="0">A1</f><v>'),
    ),
    ("text out of range", _swap(r't="s"><v>\d+', 't="s"><v>999999')),
    ("utf-16", lambda rng, xml: _in_utf_16(xml)),
    (
        "other letters",
        lambda rng, xml: xml.replace(
            b"UTF-8",
            rng.choice((b"latin-1", b"cp1252", b"utf-7", b"utf-32", b"x", b"idna", b"UTF-8-sig")),
            1,
        ),
    ),
    ("header gone", _swap(r"<row .*?</row>", "", 1)),
    (
        "header doubled",
        lambda rng, xml: re.sub(rb"(<row .*?</row>)", rb"\1\1", xml, count=1, flags=re.DOTALL),
    ),
    ("rows doubled", lambda rng, xml: re.sub(rb"(<row .*?</row>)", rb"\1\1", xml, flags=re.DOTALL)),
    ("namespace gone", _swap(r' xmlns="[^"]*"', "")),
    ("another namespace", _swap(r' xmlns="[^"]*"', ' xmlns="urn:x"')),
    (
        "another root",
        lambda rng, xml: xml.replace(
            b"worksheet", rng.choice((b"chartsheet", b"dialogsheet", b"x", b"Worksheet"))
        ),
    ),
    (
        "deep",
        lambda rng, xml: xml.replace(
            b"</sheetData>", b"<x>" * 5000 + b"</x>" * 5000 + b"</sheetData>"
        ),
    ),
    ("strange elements", _swap(r"<v>", "<x/><v/><v>", 5)),
    ("two values", _swap(r"</v>", "</v><v>7</v><is><t>x</t></is>", 5)),
    ("long text", _swap(r"<v>\d+</v>", f"<v>{'9' * 5000}</v>", 1)),
    (
        "empty part",
        lambda rng, xml: rng.choice(
            (
                b"",
                b" ",
                b"<",
                b"\xff\xfe",
                b"\0" * 100,
                b"<worksheet/>",
                b"{}",
                b'<?xml version="1.1"?><worksheet/>',
            )
        ),
    ),
)
_ABSURD: tuple[bytes, ...] = (
    b"0", b"-5", b"1048577", b"99999999999999999999", b"x", b"", b" ", b"A0", b"1A", b"A1:B2",
    b"ZZZZ1", b"XFD1048576", b"$A$1", b"a1", b"A-1", b"1.5", b"1e9",
    b"nan", b"inf", b"-inf", b"1_000", "Ａ１".encode(), b"A1 B2", b"XFE1", b"#REF!", b"True",
    b"0x10", b"A1:", b":", b"B2:A1", "٣".encode(), b"A" * 30,
)  # fmt: skip
_FORMULAS: tuple[bytes, ...] = (
    b"<f/>", b"<f></f>", b'<f t="shared" si="7"/>', b'<f t="shared" ref="x" si="x">A1</f>',
    b'<f t="array"/>',
    b'<f t="array" ref="x">1</f>', b'<f t="dataTable" ref="A1" r1="x"/>',
    b'<f t="zzz">1</f>', b"<f>=</f>", b"<f>'[1]x'!A1</f>", b"<f>{1,2}</f>",
    b'<f t="shared" ref="A1:XFD1048576" si="0">$A$1:XFD9+#REF!</f>', b"<f><x/></f>",
)  # fmt: skip


def _one(rng: random.Random, old: bytes, new: bytes, xml: bytes) -> bytes:
    """Replace one random occurrence."""
    found = list(re.finditer(old, xml))
    if not found:
        return xml
    match = rng.choice(found)
    return (
        xml[: match.start()]
        + match.expand(new.replace(b"\\", b"\\\\") if b"\\1" not in new else new)
        + xml[match.end() :]
    )


def _drop(pattern: str) -> Callable[[random.Random, Parts], None]:
    def drop(rng: random.Random, parts: Parts) -> None:
        for name in [name for name in parts if re.search(pattern, name)]:
            del parts[name]

    return drop


def _edit(path: str, old: str, new: str, count: int = 0) -> Callable[[random.Random, Parts], None]:
    def edit(rng: random.Random, parts: Parts) -> None:
        if path in parts:
            parts[path] = re.sub(
                old.encode(), new.encode(), parts[path], count=count, flags=re.DOTALL
            )

    return edit


def _put(
    path: str, content: Callable[[random.Random], bytes]
) -> Callable[[random.Random, Parts], None]:
    def put(rng: random.Random, parts: Parts) -> None:
        parts[path] = content(rng)

    return put


def _reordered(rng: random.Random, parts: Parts) -> None:
    sheets = re.findall(rb"<sheet [^>]*/>", parts[_BOOK])
    rng.shuffle(sheets)
    parts[_BOOK] = re.sub(
        rb"<sheets>.*</sheets>",
        lambda _: b"<sheets>" + b"".join(sheets) + b"</sheets>",
        parts[_BOOK],
        flags=re.DOTALL,
    )
    order = list(parts)
    rng.shuffle(order)
    for name in order:
        parts[name] = parts.pop(name)


def _more_sheets(rng: random.Random, parts: Parts) -> None:
    count, target = rng.choice((1, 20, 300)), rng.choice(("rId1", "rId3"))
    listed = "".join(
        f'<sheet name="Extra {n}" sheetId="{n + 100}" r:id="{target}"/>' for n in range(count)
    )
    parts[_BOOK] = parts[_BOOK].replace(b"</sheets>", listed.encode() + b"</sheets>")


def _chart(rng: random.Random, parts: Parts) -> None:
    parts[_BOOK] = parts[_BOOK].replace(
        b"<sheets>", b'<sheets><sheet name="Grafiek" sheetId="900" r:id="rIdC"/>'
    )
    relation = (
        f'<Relationship Id="rIdC" Type="{DOCUMENT}/{rng.choice(("chartsheet", "dialogsheet"))}" '
        'Target="chartsheets/sheet1.xml"/></Relationships>'
    )
    parts[_BOOK_RELS] = parts[_BOOK_RELS].replace(b"</Relationships>", relation.encode())


def _rich_texts(rng: random.Random, parts: Parts) -> None:
    _edit(
        _TEXTS,
        r"<si><t([^>]*)>(\w)([^<]*)</t></si>",
        r'<si><r><rPr><b/></rPr><t\1>\2</t></r><r><t\1>\3</t></r><rPh sb="0"'
        r' eb="1"><t>x</t></rPh><phoneticPr fontId="1"/></si>',
    )(rng, parts)


_BOOK, _BOOK_RELS, _TEXTS, _STYLES, _KINDS = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
)
_HARMLESS_PARTS: tuple[tuple[str, Callable[[random.Random, Parts], None]], ...] = (
    ("wrong content types", _edit(_KINDS, "worksheet", "chartsheet")),
    ("reordered", _reordered),
    ("hidden sheets", _edit(_BOOK, "<sheet ", '<sheet state="hidden" ')),
    ("very hidden sheets", _edit(_BOOK, "<sheet ", '<sheet state="veryHidden" ')),
    ("1904", _edit(_BOOK, "<workbookPr", '<workbookPr date1904="1"')),
    ("absolute targets", _edit(_BOOK_RELS, 'Target="', 'Target="/xl/')),
    ("roundabout targets", _edit(_BOOK_RELS, 'Target="', 'Target="../xl/./')),
    ("more sheets", _more_sheets),
    ("chart on a sheet", _chart),
    ("rich texts", _rich_texts),
    (
        "names",
        _edit(
            _BOOK,
            "</sheets>",
            '</sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="999">#REF!'
            "</definedName></definedNames>",
        ),
    ),
    (
        "texts counted wrongly",
        _edit(_TEXTS, r' count="\d+" uniqueCount="\d+"', ' count="-1" uniqueCount="99999999"'),
    ),
    ("a macro", _put("xl/vbaProject.bin", lambda rng: rng.randbytes(1000))),
    ("notes", _put("xl/comments1.xml", lambda rng: b"<comments><broken")),
    ("a picture", _put("xl/media/image1.png", lambda rng: rng.randbytes(5000))),
    ("directories", _put("xl/worksheets/", lambda rng: b"")),
    ("upwards", _put("../../outside.xml", lambda rng: b"<x/>")),
)


def _part_gone(rng: random.Random, parts: Parts) -> None:
    parts.pop(rng.choice(list(parts)), None)


def _sheet_gone(rng: random.Random, parts: Parts) -> None:
    parts.pop(rng.choice(_sheet_paths(parts)), None)


_HARMFUL_PARTS: tuple[tuple[str, Callable[[random.Random, Parts], None]], ...] = (
    ("no content types", _drop(r"Content_Types")),
    ("no texts", _drop(r"sharedStrings")),
    ("no styles", _drop(r"styles\.xml$")),
    ("no relations", _drop(r"workbook\.xml\.rels$")),
    ("no root relations", _drop(r"^_rels/\.rels$")),
    ("no workbook", _drop(r"^xl/workbook\.xml$")),
    ("no sheets", _drop(r"worksheets")),
    ("one sheet gone", _sheet_gone),
    ("any part gone", _part_gone),
    (
        "no workbook relations but texts",
        _edit(_BOOK_RELS, r"<Relationship [^>]*worksheet[^>]*/>", ""),
    ),
    ("no list of sheets", _edit(_BOOK, r"<sheets>.*</sheets>", "")),
    ("empty list of sheets", _edit(_BOOK, r"<sheets>.*</sheets>", "<sheets/>")),
    ("sheets without a name", _edit(_BOOK, r' name="[^"]*"', "")),
    ("sheets of one name", _edit(_BOOK, r' name="[^"]*"', ' name="Activiteiten"')),
    (
        "sheets of odd names",
        _edit(_BOOK, r' name="Themas"', ' name="&#10;&lt;b&gt;\u202e%s{value}&amp;"'),
    ),
    ("sheets of long names", _edit(_BOOK, r' name="T', f' name="{"T" * 3000}')),
    (
        "one sheet renamed",
        lambda rng, parts: _edit(
            _BOOK,
            f' name="{rng.choice(schema.SHEETS).title}"',
            f' name="{rng.choice(schema.SHEETS).title}"',
        )(rng, parts),
    ),
    ("all sheets one part", _edit(_BOOK_RELS, r"sheet\d+\.xml", "sheet1.xml")),
    ("sheets outside", _edit(_BOOK_RELS, r"worksheets/", "../../../../worksheets/")),
    ("external sheets", _edit(_BOOK_RELS, 'Target="', 'TargetMode="External" Target="')),
    ("no ids", _edit(_BOOK, r' r:id="[^"]*"', "")),
    ("no targets", _edit(_BOOK_RELS, r' Target="[^"]*"', "")),
    ("no kinds", _edit(_BOOK_RELS, r' Type="[^"]*"', "")),
    ("texts are styles", lambda rng, parts: parts.update({_TEXTS: parts.get(_STYLES, b"")})),
    ("styles are texts", lambda rng, parts: parts.update({_STYLES: parts.get(_TEXTS, b"")})),
    (
        "texts are broken",
        _put(
            _TEXTS,
            lambda rng: rng.choice(
                (b"", b"<", b"<sst/>", b"<si/>", b"<sst><si><t>x</t></si></sst>", b"\0" * 50)
            ),
        ),
    ),
    (
        "styles are broken",
        _put(_STYLES, lambda rng: rng.choice((b"", b"<", b"<styleSheet/>", b"\0" * 50))),
    ),
    ("style ids are absurd", _edit(_STYLES, r'<xf numFmtId="\d+"', '<xf numFmtId="x"')),
    (
        "formats are absurd",
        _edit(_STYLES, r'formatCode="[^"]*"', f'formatCode="{"[" * 3000}&lt;yyyy%"'),
    ),
    (
        "format ids are absurd",
        _edit(_STYLES, r'numFmt numFmtId="\d+"', 'numFmt numFmtId="99999999999999999999"'),
    ),
    ("styles without a namespace", _edit(_STYLES, r' xmlns="[^"]*"', "")),
    (
        "the workbook is a sheet",
        lambda rng, parts: parts.update({_BOOK: parts[_sheet_paths(parts)[0]]}),
    ),
    ("root relations elsewhere", _edit("_rels/.rels", r"xl/workbook\.xml", "xl/sharedStrings.xml")),
    ("root relations nowhere", _edit("_rels/.rels", r"xl/workbook\.xml", "nowhere.xml")),
    (
        "strict",
        _edit(
            _BOOK,
            r"http://schemas\.openxmlformats\.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    ),
    (
        "opendocument",
        _put("mimetype", lambda rng: b"application/vnd.oasis.opendocument.spreadsheet"),
    ),
)


def surgery(rng: random.Random) -> Case:
    """Do one to four things to a workbook: to its XML, its parts, or through openpyxl."""
    if rng.random() < 0.15:
        return _with_openpyxl(rng)
    full, truth = _full()
    parts = dict(full) if rng.random() < 0.95 else unpacked(_example())
    known = len(parts) == len(full)
    done: list[str] = []
    kind = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    for _ in range(rng.choice((1, 1, 2, 3, 4))):
        match rng.randrange(10):
            case 0 | 1 | 2:
                _cut(rng, parts, _HARMLESS, done)
            case 3 | 4 | 5:
                known = False
                _cut(rng, parts, _HARMFUL, done)
            case 6 | 7:
                name, change = rng.choice(_HARMLESS_PARTS)
                change(rng, parts) if _BOOK in parts and _BOOK_RELS in parts else None
                done.append(name)
            case _:
                known = False
                name, change = rng.choice(_HARMFUL_PARTS)
                change(rng, parts) if _sheet_paths(parts) and _BOOK in parts else None
                done.append(name)
    more: list[tuple[str, bytes]] = []
    if rng.random() < 0.03 and parts:
        known = False
        more = [(name, parts[name]) for name in rng.sample(list(parts), 1)]
        done.append("a name twice")
    # Rows without a number after rows with one, and the like: each edit alone is harmless, not all
    # of them together.
    return Case(
        packed(parts, more, kind), ", ".join(done), truth if known and len(done) == 1 else None
    )


def _cut(
    rng: random.Random,
    parts: Parts,
    edits: Sequence[tuple[str, Callable[[random.Random, bytes], bytes]]],
    done: list[str],
) -> None:
    name, edit = rng.choice(edits)
    for path in _some_sheets(rng, parts):
        parts[path] = edit(rng, parts[path])
    done.append(name)


def _with_openpyxl(rng: random.Random) -> Case:
    book = load_workbook(io.BytesIO(_small()))
    done: list[str] = []
    for _ in range(rng.choice((1, 2, 3))):
        sheet = rng.choice(book.worksheets)
        name, change = rng.choice(_CHANGES)
        title = sheet.title
        try:
            change(rng, book, sheet)
        except AttributeError:  # openpyxl does not write in merged cells
            name += ", half done,"
        done.append(f"{name} of {title}")
    book.worksheets[0].sheet_state = "visible"  # it saves no workbook without a sheet to see
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of long titles
        book.save(buffer)
    rows = (
        {"activities": 1, "costs": 1, "ambitions": 1}
        if all(name.split(" of ")[0] in _KEPT for name in done)
        else None
    )
    return Case(_undated(buffer.getvalue()), "openpyxl: " + ", ".join(done), rows)


def _styled(rng: random.Random, book: Any, sheet: Any) -> None:
    for row in range(50, 90):
        for column in range(1, 20):
            sheet.cell(row, column).number_format = "0%"


def _listed(rng: random.Random, book: Any, sheet: Any) -> None:
    rule = DataValidation(type="list", formula1='"a,b"')
    rule.add(_WHOLE)
    sheet.add_data_validation(rule)


def _linked(rng: random.Random, book: Any, sheet: Any) -> None:
    for row in range(1, 40):
        sheet.cell(row, 1).hyperlink = "https://example.org"
        sheet.cell(row, 1).value = (
            sheet.cell(row, 1).value
            if row < 4 and sheet.cell(row, 1).value != "https://example.org"
            else None
        )


def _removed(rng: random.Random, book: Any, sheet: Any) -> None:
    if len(book.worksheets) > 1:
        book.remove(sheet)


_KEPT = (
    "hide",
    "move",
    "hide columns",
    "hide rows",
    "rows above",
    "a column between",
    "styled",
    "listed",
    "ghost",
    "chart",
    "frozen",
    "filter",
    "another sheet",
    "blanks",
)
_CHANGES: tuple[tuple[str, Callable[[random.Random, Any, Any], Any]], ...] = (
    ("hide", lambda rng, book, sheet: setattr(sheet, "sheet_state", "hidden")),
    ("move", lambda rng, book, sheet: book.move_sheet(sheet, rng.randrange(-2, 3))),
    (
        "hide columns",
        lambda rng, book, sheet: setattr(sheet.column_dimensions["A"], "hidden", True),
    ),
    ("hide rows", lambda rng, book, sheet: setattr(sheet.row_dimensions[2], "hidden", True)),
    ("rows above", lambda rng, book, sheet: sheet.insert_rows(1, rng.choice((1, 2, 500)))),
    (
        "a column between",
        lambda rng, book, sheet: sheet.insert_cols(rng.randrange(1, 4), rng.choice((1, 30))),
    ),
    ("styled", _styled),
    ("listed", _listed),
    (
        "ghost",
        lambda rng, book, sheet: setattr(
            sheet["A1048576"], "value", rng.choice((" ", "", "\u200b"))
        ),
    ),
    ("chart", lambda rng, book, sheet: book.create_chartsheet("Grafiek")),
    ("frozen", lambda rng, book, sheet: setattr(sheet, "freeze_panes", "B2")),
    ("filter", lambda rng, book, sheet: setattr(sheet.auto_filter, "ref", _WHOLE)),
    (
        "another sheet",
        lambda rng, book, sheet: book.create_sheet(f"Los {rng.randrange(99)}").append(
            [any_word(rng)]
        ),
    ),
    ("blanks", lambda rng, book, sheet: sheet.append([" ", None, "\u00a0"])),
    (
        "merge",
        lambda rng, book, sheet: sheet.merge_cells(
            rng.choice(("A1:B1", "A2:A3", "A1:D40", "A2:XFD2"))
        ),
    ),
    ("merge headings", lambda rng, book, sheet: sheet.merge_cells("A1:A2")),
    ("links", _linked),
    ("remove", _removed),
    (
        "rename",
        lambda rng, book, sheet: setattr(
            sheet,
            "title",
            rng.choice(("Activiteiten ", "activiteiten", "X", "Kostenramingen", "é" * 31)),
        ),
    ),
    (
        "copy",
        lambda rng, book, sheet: setattr(
            book.copy_worksheet(sheet),
            "title",
            rng.choice((f"{sheet.title[:25]} 2", f"{sheet.title[:30]} ")),
        ),
    ),
    (
        "no columns",
        lambda rng, book, sheet: sheet.delete_cols(rng.randrange(1, 6), rng.choice((1, 1, 3))),
    ),
    (
        "no rows",
        lambda rng, book, sheet: sheet.delete_rows(rng.choice((1, 1, 2)), rng.choice((1, 2))),
    ),
    ("header again", lambda rng, book, sheet: sheet.append([cell.value for cell in sheet[1]])),
    (
        "wild",
        lambda rng, book, sheet: setattr(
            sheet.cell(rng.randrange(1, 5), rng.randrange(1, 7)), "value", any_word(rng)
        ),
    ),
)


def any_word(rng: random.Random) -> str:
    """Return a text that openpyxl agrees to write."""
    return re.sub(r"[\x00-\x08\x0b-\x1f]", "", rng.choice(WORDS)[:1000])


# ---- family: random bytes


def random_bytes(rng: random.Random) -> Case:
    """Break bytes: inside parts, whose checksums are then made right again, or of the file as it
    lies there.
    """
    full, _ = _full()
    data = rng.choice(
        (packed(full), _small(), _small(), _example() if rng.random() < 0.1 else _small())
    )
    match rng.randrange(12):
        case 0 | 1 | 2 | 3:
            parts = unpacked(data)
            for name in rng.sample(list(parts), rng.choice((1, 1, 2, 5))):
                parts[name] = _broken(rng, parts[name])
            return Case(packed(parts), "broken parts")
        case 4 | 5 | 6:
            parts = unpacked(data)
            for name in rng.sample(list(parts), rng.choice((1, 2))):
                parts[name] = _retyped(rng, parts[name])
            return Case(packed(parts), "retyped parts")
        case 7 | 8:
            return Case(_broken(rng, data), "broken file")
        case 9:
            return Case(
                _broken(
                    rng,
                    data,
                    data.rfind(b"PK\x01\x02") if rng.random() < 0.5 else data.find(b"PK\x01\x02"),
                ),
                "broken directory",
            )
        case 10:
            return (
                Case(data[: rng.randrange(len(data))], "truncated")
                if rng.random() < 0.5
                else Case(data[rng.randrange(len(data)) :], "beheaded")
            )
        case _:
            return _pasted(rng, data)


def _broken(rng: random.Random, content: bytes, start: int = 0) -> bytes:
    """Flip, insert, delete and repeat some bytes."""
    made = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 5, 30))):
        place = rng.randint(min(max(start, 0), len(made)), len(made))
        match rng.randrange(5):
            case 0 if place < len(made):
                made[place] ^= 1 << rng.randrange(8)
            case 1 if place < len(made):
                made[place] = rng.randrange(256)
            case 2:
                made[place:place] = rng.randbytes(rng.choice((1, 2, 4, 50)))
            case 3:
                del made[place : place + rng.choice((1, 2, 4, 50, 500))]
            case _:
                made[place : place + 8] = struct.pack(
                    "<q", rng.choice((0, -1, 2**31, 2**63 - 1, 255))
                )[: rng.choice((2, 4, 8))]
    return bytes(made)


def _retyped(rng: random.Random, content: bytes) -> bytes:
    """Change numbers, words and tags, so that most of it is XML still."""
    for _ in range(rng.choice((1, 1, 2, 4, 10))):
        match rng.randrange(6):
            case 0:
                content = _one(rng, rb"\d+", rng.choice(_ABSURD), content)
            case 1:
                content = _one(rng, rb'"[^"<>]*"', b'"%s"' % rng.choice(_ABSURD), content)
            case 2:
                content = _one(rng, rb' [\w:]+="[^"]*"', b"", content)
            case 3:
                content = _one(rng, rb"<[\w:]+[^<>]*/>", b"", content)
            case 4:
                content = _one(rng, rb">[^<>]+<", b">%s<" % rng.choice(_ABSURD), content)
            case _:
                name = rng.choice(re.findall(rb"</([\w:]+)>", content) or [b"x"])
                content = re.sub(
                    rb"<(/?)" + name + rb"\b",
                    rb"<\1"
                    + rng.choice((b"c", b"row", b"x", b"t", b"si", b"v", b"f", b"sheet", b"is")),
                    content,
                )
    return content


def _pasted(rng: random.Random, data: bytes) -> Case:
    junk = rng.randbytes(rng.choice((1, 10, 3000)))
    comment = data[:-2] + struct.pack("<H", len(junk)) + junk
    return rng.choice(
        (
            Case(junk, "random bytes"),
            Case(b"PK\x03\x04" + junk, "random bytes that look like a zip"),
            Case(b"PK\x05\x06" + bytes(18), "an empty zip"),
            Case(b"\xd0\xcf\x11\xe0" + junk, "random bytes that look like an old workbook"),
            Case(data + data, "twice"),
            Case(data + junk, "with a tail"),
            Case(junk + data, "with a head"),
            Case(b"PK" + junk + data, "with a head that looks like a zip"),
            Case(data + _example(), "another workbook behind it"),
            Case(comment, "with a comment"),
            Case(data[: len(data) // 2] + junk + data[len(data) // 2 :], "with a middle"),
            Case(packed({"x.xlsx": data}), "a zip in a zip"),
            Case(
                packed(unpacked(data), kind=rng.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))),
                "another kind of zip",
            ),
            Case(data.replace(b"PK\x01\x02", b"PK\x01\x03", 1), "a broken directory"),
            Case(data.decode("latin-1").encode(), "letters taken for others"),
            Case(data.replace(b"\n", b"\r\n"), "line ends changed"),
        )
    )


# ---- family: the same workbook in another package


_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252")
_STRANGE_PARTS: tuple[Callable[[random.Random], bytes], ...] = (
    lambda rng: "\ufeff<?xml version='1.0' encoding='utf-16'?><x/>".encode("utf-16-le"),
    lambda rng: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    lambda rng: "<?xml version='1.0' encoding='latin1'?><x>\xe9</x>".encode("latin-1"),
    lambda rng: b"<not closed",
    lambda rng: rng.randbytes(rng.choice((0, 10, 5000))),
)
_STRANGE_NAMES = (
    "customXml/item{}.xml", "xl/queryTables/queryTable{}.xml", "xl/media/image {}.png",
    "docProps/custom{}.xml", "xl/printerSettings/printerSettings{}.bin", "xl/richData/rd{}.xml",
    "xl/drawings/vmlDrawing{}.vml", "xl/Threaded Comments/é{}.xml", "../{}.xml", "/x/{}.rels",
    "xl\\extern\\{}.xml", "%2e%2e/{}.xml", "a" * 200 + "{}",
)  # fmt: skip


def _recased(rng: random.Random, name: str) -> str:
    return "".join(rng.choice((c.lower(), c.upper())) for c in name)


def _renamed(rng: random.Random, parts: Parts) -> list[tuple[str, bytes]]:
    """Return the parts under names that mean the same to Excel."""
    turn, lead, case = rng.random() < 0.3, rng.random() < 0.2, rng.random() < 0.3
    named = []
    for name, content in parts.items():
        new = _recased(rng, name) if case and rng.random() < 0.7 else name
        new = new.replace("/", "\\") if turn else new
        named.append((f"/{new}" if lead and rng.random() < 0.5 else new, content))
    return named


def _encoded(rng: random.Random, xml: bytes) -> bytes:
    """Return a part in another encoding, said in its declaration or not."""
    plain = re.sub(r"^<\?xml[^>]*\?>", "", xml.decode())
    name = rng.choice(_ENCODINGS)
    said = "utf-8" if name == "utf-8-sig" else "utf-16" if "16" in name else name
    head = f"<?xml version='1.0' encoding='{said}'?>"
    return (head + plain).encode(name, "xmlcharrefreplace")


def _other_styles(rng: random.Random, xml: bytes) -> bytes:
    """Return styles with the leftovers of copied sheets."""
    formats = "".join(
        f'<numFmt numFmtId="{n}" formatCode="{rng.choice(_CODES)}"/>' for n in range(300, 340)
    )
    names = "".join(
        f'<cellStyle name="Kopie {n}" xfId="0"/>' for n in range(rng.choice((3, 3000, 30_000)))
    )
    new = xml.replace(b"</numFmts>", formats.encode() + b"</numFmts>")
    return new.replace(b"</cellXfs>", f"</cellXfs><cellStyles>{names}</cellStyles>".encode())


_CODES = (
    "0%", "0&quot; %&quot;", "0\\%", "#,##0&quot; (5% btw)&quot;", "[Red]0;[Blue]-0", "[h]:mm",
    "_-",
    "*", "\\", "&quot;", "[", ";;;", "0;0;0;@;@", "General", "e", "[$-413]d mmm", "[&lt;1]0%",
)  # fmt: skip


def packages(rng: random.Random) -> Case:
    """Put the workbook of every sheet in a package that no program of ours makes. What Excel reads
    must be read, and no row be lost; a doubled part and an unknown encoding may be refused.
    """
    full, truth = _full()
    parts, known, done = dict(full), True, list[str]()
    if rng.random() < 0.5:
        for path in rng.sample(list(parts), rng.choice((1, 2, len(parts)))):
            if path.endswith((".xml", ".rels")):
                parts[path] = _encoded(rng, parts[path])
        done.append("encodings")
    if rng.random() < 0.3 and b"\0" not in parts[_STYLES][:99]:
        parts[_STYLES] = _other_styles(rng, parts[_STYLES])
        done.append("styles")
    if rng.random() < 0.2 and b"\0" not in parts[_BOOK][:99]:
        count = rng.choice((10, 1000, 50_000))
        names = "".join(f'<definedName name="n{n}">#REF!</definedName>' for n in range(count))
        group = f"</sheets><definedNames>{names}</definedNames>".encode()
        parts[_BOOK] = parts[_BOOK].replace(b"</sheets>", group)
        done.append(f"{count} names")
    if rng.random() < 0.2 and b"\0" not in parts[_BOOK][:99]:
        stray = rng.choice(
            (b'<sheet name="Los"/>', b'<sheet name="Los" sheetId="7" r:id="rId999"/>')
        )
        parts[_BOOK] = parts[_BOOK].replace(b"</sheets>", stray + b"</sheets>")
        done.append("a sheet without a part")
    named = _renamed(rng, parts)
    for n in range(rng.choice((0, 1, 5, 100))):
        named.append((rng.choice(_STRANGE_NAMES).format(n), rng.choice(_STRANGE_PARTS)(rng)))
    if rng.random() < 0.1:
        name, content = rng.choice(named)
        named.append((_recased(rng, name), content))
        known = False
        done.append(f"{name} twice")
    if rng.random() < 0.3:
        rng.shuffle(named)
    return Case(field.packed(named), ", ".join(done) or "names", truth if known else None)


def spread(rng: random.Random) -> Case:
    """Let many cells share a long text."""
    letters = rng.choice((10, 1000, 40_000, 400_000))
    word = rng.choice(("a", "a ", "é;", "_x000B_", "👩‍👩‍👧", "1.1 ", "Q1/"))
    count = rng.choice((10, 300, 3000))
    columns = rng.sample("ABCDEFGHIJKLMNOP", rng.choice((1, 5, 15)))
    cells = "".join(f'<c r="{c}{{0}}" t="s"><v>0</v></c>' for c in sorted(columns))
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(9, 9 + count))
    text = (word * (letters // len(word) + 1))[:letters]
    title = rng.choice(("Activiteiten", "Kostenraming", "Ambities", "Partners", "Themas"))
    parts = _heavy({title: _headed(title, rows)}, texts=_shared(f"<si><t>{text}</t></si>"))
    return Case(packed(parts), f"{letters} letters in {count} rows of {len(columns)} on {title}")


# ---- family: as large as a file can be


def _heavy(
    sheets: Mapping[str, str | Sequence[Sequence[Any]]],
    *,
    texts: bytes | None = None,
    styles: bytes = STYLES.encode(),
) -> Parts:
    """Return the parts of the small workbook with some sheets replaced: by rows of values, or by
    the XML of rows.
    """
    inline = Texts(shared=False)
    whole: dict[str, Any] = {
        title: rows for title, rows in SMALL_ROWS.items() if title not in sheets
    } | dict(sheets)
    made = [
        (title, sheet_part(rows if isinstance(rows, str) else sheet_rows(rows, inline)))
        for title, rows in whole.items()
    ]
    return book_parts(made, texts, styles)


_ACTIVITY_HEADINGS = [column.heading for column in schema.sheet("activities").columns]
SMALL_ROWS: dict[str, list[list[Any]]] = {
    "Themas": [["Thema"], ["Veiligheid"]],
    "Partners": [["Partner", "Ook bekend als"], ["DC Terra", "Terra"]],
    "Activiteiten": [
        ["Nr", "Thema", "Onderdeel", "Activiteit", "Periode", "Partners"],
        ["1", "Veiligheid", "a", "b", "Q1", "Terra"],
    ],
    "Kostenraming": [
        ["Kostenpost", "Totaal", "Dekking gemeente", "Dekking partners"],
        ["Capaciteit", 100, 60, 40],
    ],
    "Ambities": [["Nr", "Ambitie", "Eenheid"], ["1", "Woningen", "woningen"]],
}
_UNPACKED = 62 * 2**20 // effort(dev=5, ci=5, long=1)  # at length just under what may be unpacked


def _filled(element: str, size: int = _UNPACKED) -> str:
    return element * (size // len(element))


def _headed(title: str, rows: str) -> str:
    return sheet_rows(SMALL_ROWS[title], Texts(shared=False)) + rows


def _activities_of(
    rng: random.Random, count: int, **cells: Callable[[int], Any]
) -> list[list[Any]]:
    """Return this many activities with only these cells filled."""
    return [
        _ACTIVITY_HEADINGS,
        *([cells[h](n) if h in cells else None for h in _ACTIVITY_HEADINGS] for n in range(count)),
    ]


def _all_wrong(rng: random.Random, count: int) -> list[list[Any]]:
    return [
        _ACTIVITY_HEADINGS,
        *([f"fout {n} {rng.randrange(10**6)}" for _ in _ACTIVITY_HEADINGS] for n in range(count)),
    ]


def _register(rng: random.Random, count: int) -> list[list[Any]]:
    return [
        ["Partner", "Ook bekend als"],
        *([f"Stichting Nummer {n} {rng.randrange(10**6)}", None] for n in range(count)),
    ]


def _misspelt(rng: random.Random, names: int) -> Callable[[int], str]:
    return lambda n: "; ".join(
        f"Stichtng Numer {n * names + k} {rng.randrange(10**6)}" for k in range(names)
    )


def _bookings(rng: random.Random, count: int) -> list[list[Any]]:
    headings = [column.heading for column in schema.sheet("spending").columns]
    return [
        headings,
        *(
            [f"{n}-13-2025", f"Capacteit {n}", "Gemeent", "Betaalt", f"{n}.5", "x" * 50, f"9.{n}"]
            for n in range(count)
        ),
    ]


def _merged(rng: random.Random, count: int) -> Parts:
    parts = _heavy({})
    areas = "".join(f'<mergeCell ref="A{n}:XFD{n + 1}"/>' for n in range(1, 2 * count, 2))
    parts["xl/worksheets/sheet3.xml"] = parts["xl/worksheets/sheet3.xml"].replace(
        b"</sheetData>", f"</sheetData><mergeCells>{areas}</mergeCells>".encode()
    )
    return parts


def _same_part(rng: random.Random) -> Parts:
    parts = _heavy({"Kladblad": _filled('<row r="1"/>', 4 * 2**20)})
    listed = "".join(
        f'<sheet name="Activiteiten" sheetId="{n + 100}" r:id="rId6"/>' for n in range(20_000)
    )
    parts[_BOOK] = parts[_BOOK].replace(b"</sheets>", listed.encode() + b"</sheets>")
    return parts


def _wide_tag(rng: random.Random) -> Parts:
    return _heavy(
        {
            "Activiteiten": _headed(
                "Activiteiten", f'<row r="9" x="{"a" * _UNPACKED}"><c r="A9"><v>1</v></c></row>'
            )
        }
    )


def _pictures(rng: random.Random, size: int) -> Parts:
    return _heavy({}) | {f"xl/media/image{n}.png": rng.randbytes(2**20) for n in range(size)}


def _big_styles(item: str, around: tuple[str, str]) -> bytes:
    items = _filled(item, 2 * 2**20 - 500)
    return f'<styleSheet xmlns="{MAIN}">{around[0]}{items}{around[1]}</styleSheet>'.encode()


def _shared(items: str) -> bytes:
    return f'<sst xmlns="{MAIN}">{items}</sst>'.encode()


def _cost_lines(count: int) -> list[list[Any]]:
    return [
        ["Kostenpost", "Totaal", "Dekking gemeente", "Dekking partners"],
        *([f"Post {n}", 3, 2, 1] for n in range(count)),
    ]


def _inline(text: str) -> str:
    return (
        '<row r="9"><c r="A9" t="inlineStr"><is><t>9</t></is></c><c r="F9" t="inlineStr"><is>'
        f"{text}</is></c></row>"
    )


# Named, so that a find says what it is about. Each makes the parts of a file from its random
# numbers. By command the dearest files are as large as the limits allow; in the suite a third of
# that, with a third of the time.
PARTS = effort(dev=5, ci=5, long=1)


def _part(count: int) -> int:
    return count // PARTS


HEAVY: dict[str, Callable[[random.Random], Parts]] = {
    "all cells wrong": lambda rng: _heavy({"Activiteiten": _all_wrong(rng, _part(8500))}),
    "one cell in each row": lambda rng: _heavy(
        {"Activiteiten": _activities_of(rng, 45_000, Nr=str)}
    ),
    "all bookings wrong": lambda rng: _heavy({"Uitgaven": _bookings(rng, _part(24_000))}),
    "a register of 12,000, 12,000 cells of 3 misspelt names": lambda rng: _heavy(
        {
            "Partners": _register(rng, _part(11_900)),
            "Activiteiten": _activities_of(rng, _part(12_000), Nr=str, Partners=_misspelt(rng, 3)),
        }
    ),
    "a register of 4,000, 40,000 misspelt names": lambda rng: _heavy(
        {
            "Partners": _register(rng, _part(3990)),
            "Activiteiten": _activities_of(
                rng, _part(20_000), Trekker=_misspelt(rng, 1), Partners=_misspelt(rng, 1)
            ),
        }
    ),
    "one cell of 100,000 misspelt names": lambda rng: _heavy(
        {
            "Partners": _register(rng, 3990),
            "Activiteiten": _activities_of(rng, 1, Nr=str, Partners=_misspelt(rng, 100_000)),
        }
    ),
    "one cell of 100,000 names and commas": lambda rng: _heavy(
        {
            "Activiteiten": _activities_of(
                rng,
                1,
                Nr=str,
                Partners=lambda n: "DC Terra, " + ", ".join(f"Foo {k}" for k in range(100_000)),
            )
        }
    ),
    "a register of 45,000": lambda rng: _heavy({"Partners": _register(rng, 45_000)}),
    "100,000 aliases, all claimed twice": lambda rng: _heavy(
        {
            "Partners": [
                ["Partner", "Ook bekend als"],
                *(
                    [name, "; ".join(f"Alias {k}" for k in range(100_000))]
                    for name in ("Een", "Twee")
                ),
            ]
        }
    ),
    "many themes": lambda rng: _heavy(
        {
            "Themas": [["Thema"], *([f"Thema {n}"] for n in range(_part(12_000)))],
            "Activiteiten": _activities_of(rng, _part(12_000), Thema="Thema {}".format),
        }
    ),
    "many cost lines": lambda rng: _heavy(
        {"Kostenraming": _cost_lines(_part(24_000)), "Uitgaven": _bookings(rng, 10)}
    ),
    "many ambitions": lambda rng: _heavy(
        {
            "Ambities": [
                ["Nr", "Ambitie", "Eenheid"],
                *([n, f"Ambitie {n}", "woningen"] for n in range(_part(24_000))),
            ]
        }
    ),
    "many cells without an address": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", f"<row>{_filled('<c/>')}</row>")}
    ),
    "many rows without a number": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", _filled("<row/>"))}
    ),
    "many empty cells": lambda rng: _heavy(
        {
            "Activiteiten": _headed(
                "Activiteiten", '<row r="9">' + _filled('<c r="B9" s="1"/>') + "</row>"
            )
        }
    ),
    "many empty rows": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", _filled('<row r="9" ht="15"></row>'))}
    ),
    "many strange elements": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", _filled("<x/>"))}
    ),
    "many strange elements in a cell": lambda rng: _heavy(
        {
            "Activiteiten": _headed(
                "Activiteiten", f'<row r="9"><c r="A9">{_filled("<x/>")}</c></row>'
            )
        }
    ),
    "deep": lambda rng: _heavy(
        {
            "Activiteiten": _headed(
                "Activiteiten", _filled("<x>", _UNPACKED // 2) + _filled("</x>", _UNPACKED // 2)
            )
        }
    ),
    "a comment": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", f"<!--{'a' * _UNPACKED}-->")}
    ),
    "many comments": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", _filled("<!-- -->"))}
    ),
    "a wide tag": _wide_tag,
    "white space": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", " \n" * (_UNPACKED // 2))}
    ),
    "many formulas": lambda rng: _heavy(
        {
            "Activiteiten": _headed(
                "Activiteiten", f"<row>{'<c><f>A1+B1</f></c>' * _part(16_000)}</row>" * 12
            )
        }
    ),
    "merged areas": lambda rng: _merged(rng, rng.choice((500, 5000))),
    "many merged areas": lambda rng: _merged(rng, 500_000),
    "a long text": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", _inline(f"<t>{'a' * _UNPACKED}</t>"))}
    ),
    "a long unprintable text": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", _inline(f"<t>{'a&#9;' * (_UNPACKED // 6)}</t>"))}
    ),
    "a text of many pieces": lambda rng: _heavy(
        {"Activiteiten": _headed("Activiteiten", _inline(_filled("<r><t>a</t></r>")))}
    ),
    "many names in a text": lambda rng: _heavy(
        {
            "Activiteiten": _headed(
                "Activiteiten", _inline(f"<t>{';'.join(map(str, range(3_000_000)))}</t>")
            )
        }
    ),
    "shared texts of many pieces": lambda rng: _heavy(
        {}, texts=_shared(f"<si>{_filled('<r><t>a</t></r>')}</si>")
    ),
    "many shared texts": lambda rng: _heavy(
        {}, texts=_shared("<si><t>abcdefghij</t></si>" * 230_000)
    ),
    "long shared texts": lambda rng: _heavy(
        {}, texts=_shared(f"<si><t>{'a' * 600}</t></si>" * 59_000)
    ),
    "strange shared texts": lambda rng: _heavy({}, texts=_shared(_filled("<x/>"))),
    "many styles": lambda rng: _heavy({}, styles=_big_styles("<xf/>", ("<cellXfs>", "</cellXfs>"))),
    "many number formats": lambda rng: _heavy(
        {},
        styles=_big_styles(
            "<numFmt numFmtId='200' formatCode='0'/>",
            ("<numFmts>", "</numFmts><cellXfs><xf/></cellXfs>"),
        ),
    ),
    "one part listed many times": _same_part,
    "many findings of many kinds": lambda rng: _heavy(
        {"Activiteiten": _activities_of(rng, _part(24_000), Status=str, Oordeel=str, Voortgang=str)}
    ),
    "large pictures": lambda rng: _pictures(rng, 9),
    "larger pictures": lambda rng: _pictures(rng, 19),
    "a bomb": lambda rng: _heavy({}) | {f"xl/media/{n}.bin": bytes(31 * 2**20) for n in range(3)},
    "many parts": lambda rng: _heavy({}) | {f"xl/media/{n}.xml": b"<x/>" for n in range(1900)},
}


def heavy(rng: random.Random) -> Case:
    """Make a file that is as large as it may be; the seed chooses which."""
    name = rng.choice(list(HEAVY))
    return heavy_case(name, rng)


def heavy_case(name: str, rng: random.Random) -> Case:
    data = packed(HEAVY[name](rng), kind=zipfile.ZIP_DEFLATED)
    assert len(data) <= LARGEST_INPUT, (name, len(data))
    return Case(data, name)


# ---- running them

FAMILIES: dict[str, Callable[[random.Random], Case]] = {
    "values": values,
    "surgery": surgery,
    "bytes": random_bytes,
    "packages": packages,
    "spread": spread,
    "heavy": heavy,
}


def make(family: str, seed: int) -> Case:
    """Return the case of a family and a seed, always the same."""
    return FAMILIES[family](random.Random(f"{family} {seed}"))


def tried(family: str, seed: int, case: Case | None = None) -> Outcome:
    """Return what became of a case; an exception is an outcome too. The metrics, slow as reading
    is, see half of the cell values and an eighth of the rest.
    """
    try:
        case = case or make(family, seed)
        outcome = _opened(case) if family == "pages" and case else None
        outcome = outcome or check(
            case,
            summed=seed // 2 % (2 if family == "values" else 8) == 0,
            used=family == "heavy",
        )
    except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
        outcome = Outcome(
            "error", 0.0, case.made if case else "cannot be made", traceback.format_exc()
        )
    return dataclasses.replace(outcome, peak=peak(), size=len(case.data) if case else 0)


def _work(pipe: Any) -> None:
    """Answer cases until there are no more."""
    while (one := pipe.recv()) is not None:
        family, seed, case = one
        pipe.send(tried(family, seed, case))


@dataclass
class _Worker:
    """A process of its own, and the case that it is busy with."""

    pipe: Any = None
    process: Any = None
    busy: tuple[str, int] | None = None
    since: float = 0.0
    done: int = 0

    def start(self) -> None:
        context = mp.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other,), daemon=True)
        self.process.start()
        other.close()
        self.done = 0

    def give(self, family: str, seed: int, *, alone: bool) -> None:
        """Hand over a case; one that may leave its mark on the memory gets a fresh process, and is
        made outside of it.
        """
        if self.process is None or alone or self.done >= _TIRED:
            self.stop()
            self.start()
        self.pipe.send((family, seed, make(family, seed) if alone else None))
        self.busy, self.since = (family, seed), time.monotonic()
        self.done = _TIRED if alone else self.done + 1

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.pipe.close()
        self.process = self.busy = None


def run_alone(case: Case, seconds: float = 60.0, family: str = "heavy") -> Outcome:
    """Check one case in a fresh process, for its time and its memory; of the family `pages`, open
    every page of it.
    """
    with contextlib.closing(Apart()) as process:
        return process.run(case, seconds, family)


class Apart:
    """A process in which cases are checked one after another, for their time and for the most
    memory that any of them took.
    """

    def __init__(self) -> None:
        self._worker = _Worker()
        self._worker.start()

    def run(self, case: Case, seconds: float = 60.0, family: str = "heavy") -> Outcome:
        """Check one case; one that does not answer in time costs the process."""
        try:
            self._worker.pipe.send((family, 0, case))
            if self._worker.pipe.poll(seconds):
                found: Outcome = self._worker.pipe.recv()
                return found
            why = f"no answer within {seconds:.0f} s"
        except (EOFError, OSError):
            why = f"the process died: {self._worker.process.exitcode}"
        self._worker.stop()
        self._worker.start()
        return Outcome("error", seconds, case.made, why)

    def close(self) -> None:
        """End the process."""
        self._worker.stop()


@dataclass
class Report:
    """What came of a run."""

    families: Counter[str] = dataclass_field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = dataclass_field(default_factory=Counter)
    slowest: dict[str, tuple[float, int, str]] = dataclass_field(default_factory=dict)
    largest: dict[str, tuple[float, int, str]] = dataclass_field(default_factory=dict)
    finds: list[tuple[str, int, str, str]] = dataclass_field(default_factory=list)

    def add(self, family: str, seed: int, outcome: Outcome) -> None:
        self.families[family] += 1
        self.codes[family, outcome.code] += 1
        self.slowest[family] = max(
            self.slowest.get(family, (0.0, 0, "")), (outcome.took, seed, outcome.made)
        )
        self.largest[family] = max(
            self.largest.get(family, (0.0, 0, "")), (outcome.peak, seed, outcome.made)
        )
        if complaint := too_much(outcome):
            self.finds.append((family, seed, outcome.made, complaint))

    def lines(self) -> Iterator[str]:
        for family, count in sorted(self.families.items()):
            codes = ", ".join(
                f"{code} {n}" for (of, code), n in self.codes.most_common() if of == family
            )
            yield f"{family}: {count} cases; {codes}"
            yield "  slowest {:.2f} s, seed {} ({})".format(*self.slowest[family])
            yield "  largest {:.0f} MB, seed {} ({})".format(*self.largest[family])
        alike: dict[str, list[tuple[str, int, str, str]]] = {}
        for find in self.finds:
            alike.setdefault(_gist(find[3]), []).append(find)
        for finds in alike.values():
            yield (
                "FIND "
                + ", ".join(f"{family} {seed}" for family, seed, _, _ in finds[:12])
                + (f" and {len(finds) - 12} more" if len(finds) > 12 else "")
            )
            family, seed, made, complaint = finds[0]
            yield f"  {family} {seed}: {made}"
            yield "  " + "\n  ".join(complaint.strip().splitlines()[-9:])
        yield f"{sum(self.families.values())} cases, {len(self.finds)} finds"


def _gist(complaint: str) -> str:
    """Return what two finds of one bug have in common: the last place in a traceback, and the kind
    of error without its numbers.
    """
    lines = complaint.strip().splitlines()
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return (places[-1] if places else "") + re.sub(r"\d+(\.\d+)?", "#", lines[-1])[:60]


@lru_cache(maxsize=1)
def slowness() -> float:
    """Return how much slower this processor is than the one of the bound; 1 for a faster one."""

    def count() -> float:
        start = time.process_time()
        total = 0
        for n in range(_COUNTS):
            total += n
        return time.process_time() - start

    return max(1.0, min(count() for _ in range(5)) / (0.7 * _COUNTS / 10_000_000))


def too_much(outcome: Outcome, most_seconds: float = MOST_SECONDS) -> str:
    """Return what is wrong with an outcome, or nothing."""
    if outcome.error:
        return outcome.error
    if outcome.took > most_seconds * slowness():
        return f"took {outcome.took:.1f} s"
    return f"took {outcome.peak:.0f} MB" if outcome.peak > MOST_MEGABYTES else ""


def run(cases: int, first: int, workers: int) -> Report:
    """Run this many cases; what was slow or large in a used process is tried once more in a fresh
    one.
    """
    queue = deque(_plan(cases, first))
    alone: deque[tuple[str, int]] = deque()
    report, team = Report(), [_Worker() for _ in range(workers)]
    started = said = time.monotonic()
    while queue or alone or any(worker.busy for worker in team):
        for worker in team:
            if worker.busy is None and (alone or queue):
                again = bool(alone)
                family, seed = alone.popleft() if again else queue.popleft()
                worker.give(family, seed, alone=again or family == "heavy")
        ready = wait([worker.pipe for worker in team if worker.busy], timeout=1)
        for worker in [worker for worker in team if worker.busy]:
            family, seed = worker.busy  # type: ignore[misc]
            outcome = _answer(worker, ready)
            if outcome is None:
                continue
            fresh = worker.done >= _TIRED
            if not outcome.error and too_much(outcome) and not fresh:
                alone.append((family, seed))
                worker.done = _TIRED
            else:
                report.add(family, seed, outcome)
        if time.monotonic() - said > 15:
            said = time.monotonic()
            print(
                f"{said - started:5.0f} s  {sum(report.families.values())} of {cases} cases,"
                f" {len(report.finds)} finds",
                flush=True,
            )
    for worker in team:
        worker.stop()
    return report


def _answer(worker: _Worker, ready: Sequence[Any]) -> Outcome | None:
    """Return the outcome of a worker's case, or None while it is still busy."""
    if worker.pipe in ready:
        try:
            outcome: Outcome = worker.pipe.recv()
        except EOFError:
            worker.process.join()
            outcome = Outcome("error", 0.0, "", f"the process died: {worker.process.exitcode}")
            worker.stop()
        worker.busy = None
        return outcome
    if time.monotonic() - worker.since > _HANGS:
        worker.stop()
        return Outcome("error", _HANGS, "", f"no answer within {_HANGS:.0f} s")
    return None


def _plan(cases: int, first: int) -> Iterator[tuple[str, int]]:
    for n in range(first, first + cases):
        yield ("heavy" if n % _HEAVY_EVERY == _HEAVY_EVERY - 1 else _MIX[n % len(_MIX)]), n


def main() -> int:
    """Run cases as the command line says; 1 when there is a find."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0, help="of the first case")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--case", nargs=2, metavar=("FAMILY", "SEED"), help="run one case again")
    parser.add_argument(
        "--heavy", nargs="?", const="", metavar="WORDS", help="run the heavy cases with these words"
    )
    parser.add_argument("--save", type=Path, help="with --case: write its file here")
    arguments = parser.parse_args()
    if arguments.case:
        case = make(arguments.case[0], int(arguments.case[1]))
        if arguments.save:
            arguments.save.write_bytes(case.data)
        outcome = run_alone(case)
        print(
            f"{case.made}, {len(case.data)} bytes: {outcome.code} in {outcome.took:.2f} s,"
            f" {outcome.peak:.0f} MB"
        )
        print(too_much(outcome) or "no find")
        return bool(too_much(outcome))
    if arguments.heavy is not None:
        return _all_heavy(arguments.seed, arguments.heavy)
    report = run(arguments.cases, arguments.seed, arguments.workers)
    print("\n".join(report.lines()))
    return bool(report.finds)


def _all_heavy(seed: int, words: str) -> int:
    found = 0
    for name in (name for name in HEAVY if words in name):
        case = heavy_case(name, random.Random(f"{name} {seed}"))
        outcome = run_alone(case)
        found += bool(too_much(outcome))
        last = too_much(outcome).strip().rsplit("\n", 1)[-1]
        print(
            f"{'FIND' if last else 'ok  '} {name}: {len(case.data) / 2**20:.2f} MB, {outcome.code},"
            f" {outcome.took:.1f} s, {outcome.peak:.0f} MB {last}",
            flush=True,
        )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
