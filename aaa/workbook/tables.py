"""Convert raw sheets to typed tables: find the headings, convert each cell, and report what cannot
be used.

A row is never dropped because of a wrong value, and a value is never repaired: an unusable value
becomes missing, with a finding.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeAlias

import pandas as pd

from aaa.values import names, period
from aaa.values.finding import UNUSED, Finding, Findings, WorkbookError
from aaa.workbook import convert, register, schema
from aaa.workbook.reader import Cell, RawSheet, column_number
from aaa.workbook.schema import Column, Kind, Sheet

ENGLISH = "_en"  # suffix of the English twin of a column
_WORDS_OF_A_REMARK = 3
_SUMMED = ("costs", "commitments", "spending")
# columns without which a row counts nowhere
_COUNTS = {
    "commitments": ("amount", "certainty"),
    "spending": ("amount", "kind"),
    "measurements": ("rung", "date", "value"),
    "ambitions": ("ambition",),
}
_LOOKS_LIKE_TOTAL = re.compile(r"(?:sub|eind)?\s?tota(?:al|len)\b")


@dataclass(frozen=True)
class Place:
    """Where a sheet stands in the workbook.

    Attributes:
        title: the sheet as titled in the workbook.
        letters: the column letter of each column that the workbook has, English ones included.
        header: the row of its headings; 0 where there are none.
        totals: its rows `Totaal`.
    """

    title: str
    letters: Mapping[str, str]
    header: int = 0
    totals: tuple[int, ...] = ()

    def cell(self, row: int, column: str) -> str:
        """Return the cell of a column in a row, such as `F7`; empty when the workbook has no such
        column.
        """
        letter = self.letters.get(column)
        return f"{letter}{row}" if letter else ""


@dataclass(frozen=True)
class Table:
    """One sheet, typed.

    Attributes:
        sheet: its contract.
        title: of the sheet as it stands in the workbook.
        frame: one row per data row: `row` (Excel's row number), every column of the contract by its
            English name, `<name>_en` for texts, and for a period also `<name>_first`, `_last`
            (month numbers), `_first_exact`, `_last_exact`. A value that is missing or unusable is
            missing (NaN, NaT, NA, empty tuple).
        totals: the rows `Totaal`, same columns; used as a check, never as data.
        letters: the column letter of each column that the workbook has.
        header: the row of its headings; 0 where there are none.
    """

    sheet: Sheet
    title: str
    frame: pd.DataFrame
    totals: pd.DataFrame
    letters: Mapping[str, str]
    header: int = 0

    def address(self, row: int, column: str) -> str:
        """Return the cell of a column in a row, as Place gives it."""
        return self.place.cell(row, column)

    @property
    def place(self) -> Place:
        """Return where the sheet stands."""
        totals = tuple(map(int, self.totals["row"]))
        return Place(self.title, self.letters, self.header, totals)


@dataclass(frozen=True)
class Facts:
    """The programme's own facts from their sheet; None for a fact that the sheet does not give.

    Attributes:
        name, year, as_of, sort: the facts.
        rows: in which row each stands.
    """

    name: str | None = None
    year: int | None = None
    as_of: dt.date | None = None
    sort: str | None = None
    rows: Mapping[schema.Fact, int] = field(default_factory=dict)


@dataclass
class Tables:
    """Every sheet of the contract by its English name, with the findings so far."""

    by_name: dict[str, Table]
    facts: Facts
    year: int
    register: register.Register
    partner_kinds: tuple[str, ...]
    findings: Findings

    def __getitem__(self, name: str) -> Table:
        return self.by_name[name]


@dataclass
class _Context:
    """What the conversion of a cell needs from other sheets."""

    year: int
    known: dict[str, Mapping[str, str]] = field(default_factory=dict)
    # rows of the current sheet whose empty cells are not reported one by one
    remarks: set[int] = field(default_factory=set)
    findings: Findings = field(default_factory=Findings)
    # the column of each letter of the current sheet, as `costs.total`
    columns: Mapping[str, str] = field(default_factory=dict)


def strangers(raw: Sequence[RawSheet]) -> set[str]:
    """Return the `names.key` of the sheets outside the contract that may be one of it under another
    name: none when no sheet of the contract is missing.
    """
    titles = {names.key(sheet.title) for sheet in raw}
    known = {names.key(sheet.title) for sheet in schema.SHEETS}
    return titles - known - _unread() if known - titles else set()


def _unread() -> set[str]:
    return {names.key(t) for t in (schema.GUIDE_TITLE, schema.LISTS_TITLE, schema.CHECK_TITLE)}


def build(raw: Sequence[RawSheet], fallback_year: int, heads: Sequence[RawSheet] = ()) -> Tables:
    """Type every sheet.

    Args:
        raw: the sheets as read.
        heads: the first rows of the `strangers`.
        fallback_year: the plan year for periods when the workbook gives none; using it is a
            finding.

    Returns:
        All tables of the contract; the table of a missing sheet is empty.

    Raises:
        WorkbookError: a required sheet, or a heading that it needs, is missing, or a sheet has more
            rows than any plan needs.
    """
    context = _Context(fallback_year)
    holders = _holders(raw, heads)
    sheets = _by_title(raw, holders, context.findings)
    _require(sheets, holders)
    made: dict[str, Table] = {}

    def make(name: str) -> Table:
        contract = schema.sheet(name)
        made[name] = _table(contract, sheets.get(names.key(contract.title)), context)
        rows = len(made[name].frame)
        if rows > contract.most:
            facts = {"count": rows, "limit": contract.most}
            raise WorkbookError(Finding("sheet_too_many_rows", contract.title, facts=facts))
        return made[name]

    facts = _facts(make("programme"), context)
    context.year = facts.year or fallback_year
    partners = make("partners")
    book = register.build(
        partners.frame[["row", "partner", "full_name", "aliases"]]
        .dropna(subset="partner")
        .astype(object)
        .where(lambda f: f.notna(), None)
        .itertuples(index=False)
    )
    context.known["partners"] = names.Known(book.known)
    for name in ("themes", "costs", "ambitions"):
        defined = make(name).frame[schema.DEFINES[name]].dropna()
        context.known[name] = names.Known({names.key(one): one for one in reversed(list(defined))})
    for contract in schema.SHEETS:
        if contract.name not in made:
            make(contract.name)
    return Tables(
        made,
        facts,
        context.year,
        book,
        _partner_kinds(sheets.get(names.key(schema.LISTS_TITLE))),
        context.findings,
    )


def plan_year(raw: Sequence[RawSheet]) -> int | None:
    """Return the year that a workbook says it is of; None for one without it, for one that holds no
    activities, and for a marked copy.

    Args:
        raw: its sheets, with the cells of the sheet of the programme's own facts.
    """
    titles = {names.key(sheet.title): sheet for sheet in raw}
    marked = names.key(schema.CHECK_TITLE) in titles
    if marked or names.key(schema.sheet("activities").title) not in titles:
        return None
    contract, context = schema.sheet("programme"), _Context(0)
    found = _table(contract, titles.get(names.key(contract.title)), context)
    return _facts(found, context).year


def _holders(raw: Sequence[RawSheet], heads: Sequence[RawSheet]) -> dict[str, str]:
    """Return for each missing sheet of the contract the title of the one sheet that holds all its
    required headings, whatever it is called. One heading alone says too little.
    """
    there = {names.key(sheet.title) for sheet in raw}
    found: dict[str, str] = {}
    for contract in schema.SHEETS:
        needed = sum(column.required for column in contract.columns)
        if needed > 1 and names.key(contract.title) not in there:
            holding = [sheet.title for sheet in heads if not _header(contract, sheet)[1]]
            if len(holding) == 1 and holding[0] not in found.values():
                found[contract.title] = holding[0]
    return found


def _by_title(
    raw: Sequence[RawSheet], holders: Mapping[str, str], findings: Findings
) -> dict[str, RawSheet]:
    known, unread = {names.key(sheet.title) for sheet in schema.SHEETS}, _unread()
    meant = {title: contract for contract, title in holders.items()}
    sheets: dict[str, RawSheet] = {}
    for sheet in raw:
        title = names.key(sheet.title)
        if title in sheets:
            findings.append(Finding("sheet_doubled", sheet.title))
            if not _better(title, sheet, sheets[title]):
                continue
        sheets[title] = sheet
        if sheet.title in meant:
            findings.append(
                Finding("sheet_misnamed", sheet.title, facts={"contract": meant[sheet.title]})
            )
        elif title not in known | unread:
            near = names.nearest(sheet.title, (s.title for s in schema.SHEETS))
            findings.append(Finding("sheet_unknown", sheet.title, nearest=near))
        elif title in known and sheet.hidden:
            findings.append(Finding("sheet_hidden", sheet.title))
    for contract in schema.SHEETS:
        if not contract.required and names.key(contract.title) not in sheets:
            findings.append(Finding("sheet_absent", contract.title))
    return sheets


def _better(title: str, later: RawSheet, earlier: RawSheet) -> bool:
    """Tell whether only the later of two sheets with the same title has the headings."""
    contract = next((c for c in schema.SHEETS if names.key(c.title) == title), None)
    return (
        contract is not None
        and bool(_header(contract, earlier)[1])
        and not _header(contract, later)[1]
    )


def _partner_kinds(lists: RawSheet | None) -> tuple[str, ...]:
    """Return the kinds of partner there are: those of the contract and those that the lead added to
    the lists.
    """
    added: list[str] = []
    heading: tuple[int, str] | None = None
    for number, cells in lists.rows.items() if lists else ():
        for letter, cell in cells.items():
            if heading is None and names.key(convert.shown(cell) or "") == names.key(
                schema.PARTNER_KINDS_HEADING
            ):
                heading = (number, letter)
            elif heading is not None and letter == heading[1] and number > heading[0]:
                added.append(names.tidy(convert.shown(cell) or ""))
    return tuple(dict.fromkeys((*schema.PARTNER_KINDS, *added)))


def _require(sheets: Mapping[str, RawSheet], holders: Mapping[str, str]) -> None:
    """Refuse a workbook without the sheets and headings that every page needs. The error lists all
    that are missing.
    """
    fatal: list[Finding] = []
    for contract in schema.SHEETS:
        if not contract.required:
            continue
        sheet = sheets.get(names.key(contract.title))
        if sheet is None:
            fatal.append(_sheet_missing(contract, sheets, holders.get(contract.title)))
        elif missing := _header(contract, sheet)[1]:
            fatal.append(_headings_missing("sheet_headings_missing", contract, sheet, missing))
    if fatal:
        raise WorkbookError(*fatal)


def _sheet_missing(contract: Sheet, sheets: Mapping[str, RawSheet], holder: str | None) -> Finding:
    if holder is not None:
        facts = {"cause": "misnamed", "holder": holder}
        return Finding("sheet_missing", contract.title, facts=facts)
    near = names.nearest(contract.title, (s.title for s in sheets.values()))
    return Finding("sheet_missing", contract.title, nearest=near)


def _header(contract: Sheet, sheet: RawSheet) -> tuple[int, list[str]]:
    """Return the row with the most required headings, and the required headings that it lacks."""
    wanted = {names.key(c.heading): c.heading for c in contract.columns if c.required}
    best, missing = 0, list(wanted.values())
    for number, cells in sheet.rows.items():
        here = {names.key(cell.value) for cell in cells.values() if isinstance(cell.value, str)}
        lacking = [heading for key, heading in wanted.items() if key not in here]
        if len(lacking) < len(missing):
            best, missing = number, lacking
        if not lacking:
            break
    return best, missing


def _headings_missing(
    code: str, contract: Sheet, sheet: RawSheet, missing: Sequence[str]
) -> Finding:
    """Return the finding for missing headings. It refers to the row that has most of them, and to
    the heading there that was probably meant.
    """
    best = _header(contract, sheet)[0]
    known = {
        names.key(heading)
        for column in contract.columns
        for heading in (column.heading, column.heading + schema.TWIN)
    }
    strange = {
        shown: cell.address
        for cell in sheet.rows.get(best, {}).values()
        if (shown := convert.shown(cell)) and names.key(shown) not in known
    }
    near = _called_otherwise(missing, strange) or next(
        filter(None, (names.nearest(heading, strange) for heading in missing)), None
    )
    if near is None and len(missing) == len(strange) == 1:
        near = next(iter(strange))  # whatever it is called: there is no other
    return Finding(
        code,
        sheet.title,
        strange[near] if near else "",
        nearest=near,
        facts={"headings": ", ".join(missing)},
    )


def _called_otherwise(missing: Sequence[str], strange: Iterable[str]) -> str | None:
    """Return the heading that says one of the missing ones in another word."""
    meant = {shown: schema.HEADINGS.get(names.key(shown)) for shown in strange}
    return next((shown for shown, heading in meant.items() if heading in missing), None)


def _table(contract: Sheet, sheet: RawSheet | None, context: _Context) -> Table:
    if sheet is None or not sheet.rows:
        return _empty(contract)
    header, missing = _header(contract, sheet)
    if missing:
        context.findings.append(_headings_missing("sheet_unreadable", contract, sheet, missing))
        return _empty(contract)
    letters = _letters(contract, sheet, header, context.findings)
    _layout_findings(sheet, header, letters, context.findings)
    data, totals = _rows(contract, sheet, header, letters, context.findings)
    context.remarks = {number for number, row in data if _is_remark(contract, row)}
    for number, row in data:
        if number in context.remarks:
            (cell,) = row.values()
            found = Finding("row_is_remark", sheet.title, cell.address, convert.shown(cell))
            context.findings.append(found)
    plain = {column.name for column in contract.columns if column.kind in (Kind.TEXT, Kind.LABEL)}
    data = [  # what a sentence is not, such as an amount, needs no finding of its own
        (number, {n: c for n, c in row.items() if number not in context.remarks or n in plain})
        for number, row in data
    ]
    context.columns = {letter: f"{contract.name}.{name}" for name, letter in letters.items()}
    frame = _frame(contract, sheet.title, data, letters, context)
    # for a total row, report only the problems that prevent a comparison
    aside = _Context(context.year, context.known)
    compared = _frame(contract, sheet.title, totals, letters, aside) if totals else frame.head(0)
    context.findings.extend(
        f
        for f in aside.findings.kept()
        if f.code in ("cell_error", "cell_uncalculated", "amount_unreadable")
    )
    return Table(contract, sheet.title, frame, compared, letters, header)


def _is_remark(contract: Sheet, row: Mapping[str, Cell]) -> bool:
    """Tell whether a row contains only one sentence, in whatever column, as a remark below a table
    does. The row is still counted as data.
    """
    cell = next(iter(row.values()))
    others = sum(column.filled for column in contract.columns) > 1
    return (
        others
        and len(row) == 1
        and isinstance(cell.value, str)
        and len(cell.value.split()) >= _WORDS_OF_A_REMARK
    )


@cache
def _empty(contract: Sheet) -> Table:
    """Return the empty table for a sheet that the workbook lacks. All workbooks share it, because
    nobody changes a frame.
    """
    nothing = _frame(contract, contract.title, [], {}, _Context(0))
    return Table(contract, contract.title, nothing, nothing, {})


def _letters(contract: Sheet, sheet: RawSheet, header: int, findings: Findings) -> dict[str, str]:
    """Return the column letter of each column, English columns included. Report headings that are
    unknown or duplicated.
    """
    wanted = {names.key(c.heading): c.name for c in contract.columns}
    wanted |= {
        names.key(c.heading + schema.TWIN): c.name + ENGLISH for c in contract.columns if c.twin
    }
    letters: dict[str, str] = {}
    strange: list[Cell] = []
    for letter, cell in sheet.rows[header].items():
        heading = convert.shown(cell) or ""
        name = wanted.get(names.key(heading))
        if name is None:
            strange.append(cell)
        elif name in letters:
            findings.append(
                Finding(
                    "column_doubled",
                    sheet.title,
                    cell.address,
                    heading,
                    facts={"first": f"{letters[name]}{header}"},
                )
            )
        else:
            letters[name] = letter
    # a column that the contract gained later is missing in every older workbook
    absent = [
        column.heading
        for column in contract.columns
        if column.name not in letters and not column.later
    ]
    for cell in strange:
        heading = convert.shown(cell) or ""
        other = schema.HEADINGS.get(names.key(heading))
        meant = other if other in absent else names.nearest(heading, absent)
        if meant is not None:
            absent.remove(meant)
            findings.append(Finding("column_misspelt", sheet.title, cell.address, heading, meant))
            strange = [one for one in strange if one is not cell]
        else:
            findings.append(Finding("column_unknown", sheet.title, cell.address, heading))
    # a column that was added at the end, as next year's workbook does, moves no end
    later = {column.name for column in contract.columns if column.later}
    first = {name: letter for name, letter in letters.items() if name not in later}
    unknown = [cell for cell in strange if _inside(sheet, header, cell, first)]
    if absent and unknown:
        found = ", ".join(convert.shown(cell) or "" for cell in unknown)
        facts = {"headings": ", ".join(absent), "found": found}
        findings.append(Finding("columns_renamed", sheet.title, unknown[0].address, facts=facts))
    findings.extend(
        Finding("column_nameless", sheet.title, f"{letter}{header}")
        for letter in _nameless(sheet, header, letters)
    )
    return letters


def _inside(sheet: RawSheet, header: int, heading: Cell, letters: Mapping[str, str]) -> bool:
    """Tell whether a heading is inside the table and has values below it. Columns beside the table
    are the lead's own.
    """
    letter = heading.address.rstrip("0123456789")
    filled = any(letter in cells for number, cells in sheet.rows.items() if number > header)
    return filled and column_number(letter) < max(map(column_number, letters.values()), default=0)


def _nameless(sheet: RawSheet, header: int, letters: Mapping[str, str]) -> list[str]:
    """Return the columns inside the table that have values below an empty heading. Columns beside
    the table are the lead's own.
    """
    last = max(map(column_number, letters.values()))
    filled = {letter for number, cells in sheet.rows.items() if number > header for letter in cells}
    return sorted(
        (letter for letter in filled - set(sheet.rows[header]) if column_number(letter) < last),
        key=column_number,
    )


def _layout_findings(
    sheet: RawSheet, header: int, letters: Mapping[str, str], findings: Findings
) -> None:
    for area in sheet.merged:
        if area.last_row > header and any(map(area.covers, letters.values())):
            findings.append(Finding("cells_merged", sheet.title, area.address))
    hidden = [row for row in sheet.hidden_rows if row > header]
    if hidden:
        findings.append(
            Finding("rows_hidden", sheet.title, facts={"count": len(hidden), "first": hidden[0]})
        )


_Row: TypeAlias = tuple[int, Mapping[str, Cell]]


def _rows(
    contract: Sheet,
    sheet: RawSheet,
    header: int,
    letters: Mapping[str, str],
    findings: Findings,
) -> tuple[list[_Row], list[_Row]]:
    """Return the data rows and the rows `Totaal`, each with its cells by column name. Rows without
    a value in a known column are skipped.
    """
    data: list[_Row] = []
    totals: list[_Row] = []
    key, total = contract.key.name, names.key(schema.TOTAL_ROW)
    headings = {c.name: names.key(c.heading) for c in contract.columns}
    headings |= {
        c.name + ENGLISH: names.key(c.heading + schema.TWIN) for c in contract.columns if c.twin
    }
    for number, cells in sheet.rows.items():
        row = {name: cells[letter] for name, letter in letters.items() if letter in cells}
        said = _said(row.get(key))
        if said.rstrip(" :") == total:
            # a total row may also be above the headings, out of the way of the data
            totals.append((number, row))
        elif number <= header or not row:
            continue
        elif len(row) > 1 and all(_said(row[name]) == headings.get(name) for name in row):
            findings.append(
                Finding("headings_repeated", sheet.title, next(iter(row.values())).address)
            )
        else:
            data.append((number, row))
            if contract.name in _SUMMED and _LOOKS_LIKE_TOTAL.match(said):
                findings.append(
                    Finding(
                        "total_lookalike", sheet.title, row[key].address, convert.shown(row[key])
                    )
                )
    return data, totals


def _said(cell: Cell | None) -> str:
    """Return the `names.key` of a text; empty for anything else."""
    return names.key(cell.value) if cell is not None and isinstance(cell.value, str) else ""


def _frame(
    contract: Sheet, title: str, rows: Sequence[_Row], letters: Mapping[str, str], context: _Context
) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {
        "row": pd.Series([number for number, _ in rows], dtype="int64")
    }
    for column in contract.columns:
        cells = list(_filled(contract, column, title, rows, letters, context))
        columns |= _READERS[column.kind](column, title, cells, context)
        if column.twin:
            twins = [row.get(column.name + ENGLISH) for _, row in rows]
            columns[column.name + ENGLISH] = _values(twins, convert.text, "str", title, context)
    return pd.DataFrame(columns)


def _filled(
    contract: Sheet,
    column: Column,
    title: str,
    rows: Sequence[_Row],
    letters: Mapping[str, str],
    context: _Context,
) -> Iterator[Cell | None]:
    """Yield the cell of a column in each row; report empty cells that should be filled,
    and once a column of amounts that is not filled at all.
    """
    is_key = column is contract.key or column.name in _COUNTS.get(contract.name, ())
    code = "key_empty" if is_key else "cell_empty"
    unfilled = column.kind is Kind.AMOUNT and not any(column.name in row for _, row in rows)
    if unfilled and rows and column.filled:  # of a plan that is still made, as a fresh year is
        head = f"{letters[column.name]}{min(number for number, _ in rows)}"
        facts: dict[str, str | int | float] = {"heading": column.heading}
        context.findings.append(Finding("column_unfilled", title, head, facts=facts))
    for number, row in rows:
        cell = row.get(column.name)
        if cell is None and column.filled and not unfilled and number not in context.remarks:
            context.findings.append(
                Finding(
                    code,
                    title,
                    f"{letters[column.name]}{number}",
                    facts={
                        "heading": column.heading,
                        "column": f"{contract.name}.{column.name}",
                    },
                )
            )
        yield cell


def _say(
    note: convert.Note | None, title: str, cell: Cell, context: _Context, value: str | None = None
) -> None:
    if note is not None:
        facts = dict(note.facts)
        if note.code in UNUSED:
            column = context.columns.get(cell.address.rstrip("0123456789"), "")
            facts.setdefault("column", column)
        shown = value or convert.shown(cell)
        context.findings.append(Finding(note.code, title, cell.address, shown, note.nearest, facts))


def _usable(cell: Cell | None, title: str, context: _Context) -> Cell | None:
    """Return the cell when it has a value. Report an error or an uncalculated formula, and return
    None.
    """
    if cell is None:
        return None
    note = convert.broken(cell)
    _say(note, title, cell, context)
    return cell if note is None else None


def _values(
    cells: Sequence[Cell | None],
    read: Callable[[Cell], convert.Result[Any]],
    dtype: str,
    title: str,
    context: _Context,
) -> pd.Series:
    values: list[Any] = []
    for cell in cells:
        good = _usable(cell, title, context)
        value, note = read(good) if good is not None else (None, None)
        if good is not None:
            _say(note, title, good, context)
        values.append(value)
    return pd.Series(values, dtype=dtype)


_Columns: TypeAlias = dict[str, pd.Series]
_Reader: TypeAlias = Callable[[Column, str, Sequence[Cell | None], _Context], _Columns]


def _plain(read: Callable[[Cell], convert.Result[Any]], dtype: str) -> _Reader:
    def reader(
        column: Column, title: str, cells: Sequence[Cell | None], context: _Context
    ) -> _Columns:
        return {column.name: _values(cells, read, dtype, title, context)}

    return reader


def _labels(
    column: Column, title: str, cells: Sequence[Cell | None], context: _Context
) -> _Columns:
    """Read short texts. Report a number or a name that Excel turned into a date, but not the value
    of a fact: that may be a date.
    """
    read = convert.label if column.name == "value" else convert.undated_label
    return {column.name: _values(cells, read, "str", title, context)}


def _choices(
    column: Column, title: str, cells: Sequence[Cell | None], context: _Context
) -> _Columns:
    vocabulary = column.choices
    assert vocabulary is not None, column.name
    return {
        column.name: _values(
            cells, lambda cell: convert.choice(cell, vocabulary), "str", title, context
        )
    }


def _many_choices(
    column: Column, title: str, cells: Sequence[Cell | None], context: _Context
) -> _Columns:
    """Read cells that list words of a closed vocabulary. An unknown word is reported and left out;
    the others stay in their order.
    """
    assert column.choices is not None, column.name
    known = convert.words(column.choices)
    values: list[tuple[str, ...]] = []
    for cell in cells:
        good = _usable(cell, title, context)
        found, notes = convert.name_list(good, known) if good is not None else ((), ())
        values.append(tuple(word for word, _ in found if word is not None))
        for piece, note in notes:
            assert good is not None
            _say(
                convert.Note(
                    "choice_unknown", note.nearest, {"choices": ", ".join(known.values())}
                ),
                title,
                good,
                context,
                piece,
            )
    return {column.name: pd.Series(values, dtype=object)}


def _one_name(
    column: Column, title: str, cells: Sequence[Cell | None], context: _Context
) -> _Columns:
    """Look one name up. A partner that the register lacks keeps the name as typed; any other
    unknown name becomes missing.
    """
    known = context.known.get(column.refers or "", {})

    def read(cell: Cell) -> convert.Result[str]:
        found, typed, note = convert.name(cell, known)
        return found or (typed if column.refers == "partners" else None), _refers(note, column)

    return {column.name: _values(cells, read, "str", title, context)}


def _many_names(
    column: Column, title: str, cells: Sequence[Cell | None], context: _Context
) -> _Columns:
    known = context.known.get(column.refers or "", {})
    values: list[tuple[str, ...]] = []
    for cell in cells:
        good = _usable(cell, title, context)
        found, notes = convert.name_list(good, known) if good is not None else ((), ())
        values.append(tuple(name or typed for name, typed in found))
        for piece, note in notes:
            assert good is not None
            _say(_refers(note, column), title, good, context, piece)
    return {column.name: pd.Series(values, dtype=object)}


def _refers(note: convert.Note | None, column: Column) -> convert.Note | None:
    if note is None or column.refers is None:
        return note
    return convert.Note(
        note.code, note.nearest, {**note.facts, "sheet": schema.sheet(column.refers).title}
    )


def _periods(
    column: Column, title: str, cells: Sequence[Cell | None], context: _Context
) -> _Columns:
    texts: list[str | None] = []
    found: list[period.Period | None] = []
    for cell in cells:
        good = _usable(cell, title, context)
        text, months, note = (
            convert.periods(good, context.year) if good is not None else (None, None, None)
        )
        if good is not None:
            if note is not None and note.code == "period_unreadable":
                note = convert.Note(note.code, note.nearest, {"cause": column.name})
            _say(note, title, good, context)
        texts.append(text)
        found.append(months)
    name = column.name
    return {
        name: pd.Series(texts, dtype="str"),
        f"{name}_first": pd.Series([p and p.first for p in found], dtype="Int64"),
        f"{name}_last": pd.Series([p and p.last for p in found], dtype="Int64"),
        f"{name}_first_exact": pd.Series([p and p.first_exact for p in found], dtype="boolean"),
        f"{name}_last_exact": pd.Series([p and p.last_exact for p in found], dtype="boolean"),
    }


_READERS: dict[Kind, _Reader] = {
    Kind.TEXT: _plain(convert.text, "str"),
    Kind.LABEL: _labels,
    Kind.AMOUNT: _plain(convert.amount, "float64"),
    Kind.NUMBER: _plain(convert.number, "float64"),
    Kind.SHARE: _plain(convert.share, "float64"),
    Kind.YEAR: _plain(convert.year, "Int64"),
    Kind.DATE: _plain(convert.date, "datetime64[s]"),
    Kind.CHOICE: _choices,
    Kind.CHOICES: _many_choices,
    Kind.NAME: _one_name,
    Kind.NAMES: _many_names,
    Kind.PERIOD: _periods,
}


def _facts(table: Table, context: _Context) -> Facts:
    """Read the programme's own facts; a fact that is unknown, doubled, missing or unusable is a
    finding.
    """
    title = table.title
    wanted = {names.key(fact): fact for fact in schema.Fact}
    found: dict[schema.Fact, Cell] = {}
    blank: dict[schema.Fact, str] = {}  # the cells of facts without a value
    rows: dict[schema.Fact, int] = {}
    for row, fact, value in table.frame[["row", "fact", "value"]].itertuples(index=False):
        known = wanted.get(names.key(fact)) if isinstance(fact, str) else None
        if known is not None:
            rows.setdefault(known, row)
        if known is None:
            if isinstance(fact, str):
                place = table.address(row, "fact")
                context.findings.append(_strange_fact(fact, title, place, wanted))
        elif known in found:
            context.findings.append(
                Finding("fact_doubled", title, table.address(row, "fact"), fact)
            )
        elif isinstance(value, str):
            found[known] = Cell(
                table.address(row, "value"), float(value) if value.isdecimal() else value
            )
        else:
            blank[known] = table.address(row, "value")

    def known_fact(which: schema.Fact, read: Callable[[Cell], convert.Result[Any]]) -> Any:
        if which not in found:
            if which is not schema.Fact.SORT:
                facts: dict[str, str | int | float] = {
                    "cause": names.key(which.value),
                    "year": context.year,
                }
                cell = blank.get(which, "")
                context.findings.append(Finding("fact_missing", title, cell, facts=facts))
            return None
        value, note = read(found[which])
        if note is not None and note.code in UNUSED:
            column = f"programme.{which.name.lower()}"
            said = {**note.facts, "column": column, "year": context.year}
            note = replace(note, facts=said)
        _say(note, title, found[which], context)
        return value

    return Facts(
        known_fact(schema.Fact.NAME, convert.label),
        known_fact(schema.Fact.YEAR, convert.year),
        known_fact(schema.Fact.AS_OF, convert.date),
        known_fact(schema.Fact.SORT, _sort),
        rows,
    )


def _strange_fact(fact: str, title: str, place: str, wanted: Mapping[str, schema.Fact]) -> Finding:
    """Return what to say of a fact that is not known; one that is like another was probably meant
    to be that.
    """
    near = names.nearest(fact, [str(one) for one in wanted.values()])
    if near is None:
        return Finding("facts_unknown", title, place, fact)
    said = {"column": "programme.sort"} if near == schema.Fact.SORT else {}
    return Finding("fact_misspelt", title, place, fact, near, said)


def _sort(cell: Cell) -> convert.Result[str]:
    """Read the sort of workbook. A misspelt `Voorbeeld` is a finding, so that invented figures do
    not silently pass for real ones.
    """
    typed, _ = convert.label(cell)
    known = {names.key(sort) for sort in schema.SORTS}
    if typed is None or names.key(typed) in known:
        return typed, None
    return typed, convert.Note(
        "sort_unknown", names.nearest(typed, schema.SORTS), {"choices": ", ".join(schema.SORTS)}
    )
