"""The answers that findings propose, and the workbook in which those that the lead accepted stand.

A finding has an answer when one value is right and the program knows it: the word of a list, the
name that was meant, a period in the grammar of the workbook, a date or a share of which only the
format is missing. The lead decides; nothing is changed unasked.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aaa.values import names
from aaa.values.finding import Finding, WorkbookError
from aaa.words import wording
from aaa.workbook import reader, schema
from aaa.workbook.reader import Cell
from aaa.writing.editing import Editor
from aaa.writing.spreadsheet import Value, refusing_damage

# Findings whose `nearest` is what should stand there.
_BY_NEAREST = frozenset(
    {
        "choice_unknown",
        "name_unknown",
        "period_unreadable",
        "sort_unknown",
        "fact_misspelt",
        "partner_kind_unknown",
        "column_misspelt",
    }
)
# Findings whose `nearest` is a date.
_DATES = frozenset({"as_of_unlikely", "fact_missing", "date_unreadable"})
# Findings whose cell holds the heading that was probably meant for the one that is missing.
_HEADINGS = frozenset({"sheet_headings_missing", "sheet_unreadable"})
_BARE_SHARE = re.compile(r"[1-9]\d|[2-9]|100")  # 1 may be one percent or all of it
_SEPARATORS = re.compile(r"([;,/\n]|\ben\b)")  # of names in one cell


@dataclass(frozen=True)
class Answer:
    """What should stand in a cell.

    Attributes:
        finding: that proposes it.
        value: what should stand there, or in the place of the text that the finding quotes.
        percent: the value is a share, 0..1.
    """

    finding: Finding
    value: str | float | dt.date
    percent: bool = False

    @property
    def key(self) -> str:
        """Return what tells it from every other answer: where it is for, what stands there, and
        what it puts in its place.
        """
        found = self.finding
        return f"{found.code} {found.place} {found.value or ''} {self.value}"


def answers(data: bytes, findings: Iterable[Finding]) -> tuple[Answer, ...]:
    """Return the answers to findings that have one, in their order.

    Args:
        data: the workbook in which they were found.
        findings: in the order of the page.
    """
    proposed = [one for one in map(_proposed, findings) if one is not None]
    if not proposed:
        return ()
    try:
        with refusing_damage():
            cells, editor = _cells(data, proposed), Editor(data)
            return tuple(one for one in proposed if _can_stand(one, cells, editor))
    except WorkbookError:  # a part that nothing reads is damaged
        return ()


def _proposed(found: Finding) -> Answer | None:
    if not found.cell:
        return None
    if found.code == "date_serial":
        return Answer(found, dt.date.fromisoformat(str(found.facts["date"])))
    if found.code == "share_bare" and _BARE_SHARE.fullmatch(found.value or ""):
        return Answer(found, float(found.facts["percent"]) / 100, percent=True)
    if found.nearest is None:
        return None
    if found.code in _DATES:
        return Answer(found, dt.date.fromisoformat(found.nearest))
    if found.code in _HEADINGS:
        missing = str(found.facts["headings"])
        return None if ", " in missing else Answer(found, missing)
    is_right = found.code in _BY_NEAREST and _is_sure(found.code, found.value or "", found.nearest)
    return Answer(found, found.nearest) if is_right else None


def _is_sure(code: str, typed: str, meant: str) -> bool:
    """Tell whether what was meant is certain: a slip of the pen, or a word that people write for
    it. A name that is only similar may be another one; one with something before it may be the
    opposite (*Onbetaald*).
    """
    if code == "period_unreadable" or schema.is_said_for(typed):
        return True
    has_more_before = names.key(typed).endswith(names.key(meant))
    return names.alike(typed, meant) and not has_more_before


def _can_stand(answer: Answer, cells: Mapping[str, Cell], editor: Editor) -> bool:
    found = answer.finding
    if found.sheet not in editor.book.sheets or not editor.may_change(found.sheet, found.cell):
        return False
    return _value(answer, _text(cells.get(found.place))) is not None


def _cells(data: bytes, proposed: Iterable[Answer]) -> dict[str, Cell]:
    """Return the cells of the sheets that answers are for, by their place in the workbook."""
    titles = {names.key(one.finding.sheet) for one in proposed}
    return {
        f"{sheet.title}!{cell.address}": cell
        for sheet in reader.read(data, titles)
        for row in sheet.rows.values()
        for cell in row.values()
    }


def _text(cell: Cell | None) -> str:
    return cell.value if cell is not None and isinstance(cell.value, str) else ""


def _value(answer: Answer, there: str) -> Value:
    """Return what a cell holds with an answer in it; None where the text that the finding quotes
    does not stand there just once.

    Args:
        answer: the answer.
        there: the text of the cell; empty where it holds none.
    """
    found = answer.finding
    if not isinstance(answer.value, str) or found.code in _HEADINGS:
        return answer.value
    quoted = names.tidy(found.value or "")
    if names.tidy(there) == quoted or not there:
        return answer.value
    parts = _SEPARATORS.split(there)
    places = [place for place, part in enumerate(parts) if names.tidy(part) == quoted]
    if len(places) != 1:
        return None
    old = parts[places[0]]
    before = old[: len(old) - len(old.lstrip())]
    parts[places[0]] = f"{before}{answer.value}{old[len(old.rstrip()) :]}"
    return "".join(parts)


def accepted(data: bytes, chosen: Sequence[Answer], now: dt.datetime) -> bytes:
    """Return the workbook with answers in their cells. Everything else is as it was; formulas that
    read a changed cell are not calculated yet.

    Args:
        data: the workbook.
        chosen: answers from `answers`, of the same workbook.
        now: when it is saved, with its zone.

    Raises:
        WorkbookError: the workbook is built in a way that cannot be changed.
    """
    with refusing_damage():
        editor, cells = Editor(data), _cells(data, chosen)
        texts = {place: _text(cell) for place, cell in cells.items()}
        for one in chosen:
            found = one.finding
            value = _value(one, texts.get(found.place, ""))
            if value is not None:
                editor.put(found.sheet, found.cell, value, percent=one.percent)
                texts[found.place] = value if isinstance(value, str) else ""
        return editor.content(now)


def said(answer: Answer, lang: str) -> str:
    """Return what an answer puts in the cell, in words."""
    match answer.value:
        case dt.date():
            return wording.date(answer.value, lang)
        case float():
            return wording.share(answer.value, lang)
    return answer.value
