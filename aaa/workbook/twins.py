"""English texts that grew old: the Dutch text changed after they were written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from aaa.values import names
from aaa.values.finding import Finding, Findings
from aaa.workbook import matching, schema, validation
from aaa.workbook.matching import plain
from aaa.workbook.programme import Aged, Programme
from aaa.workbook.tables import ENGLISH

_SHEETS = ("activities", *matching.LISTS)
_LONGEST = 120  # letters of a text in a finding


def aged(before: Programme, after: Programme) -> Programme:
    """Return a programme that knows which of its English texts are older than their Dutch text.

    Args:
        before: the version before it, with what it knows of its own English texts.
        after: as read.

    Source: the columns with ` (EN)` of both versions; definition V4.
    """
    return marked(after, dict(_aged(before, after)))


def marked(programme: Programme, found: Aged) -> Programme:
    """Return a programme that knows which of its English texts are older than their Dutch text,
    with a finding for each.

    Args:
        programme: as read.
        found: for each of them the Dutch text that it was written for.
    """
    found = {place: text for place, text in found.items() if _is_there(programme, *place)}
    if not found:
        return programme
    told = Findings()
    told.extend(_finding(programme, *place, written_for) for place, written_for in found.items())
    findings = validation.in_order((*programme.findings, *told.kept()))
    return replace(programme, aged=found, findings=tuple(findings))


def _aged(before: Programme, after: Programme) -> Iterator[tuple[tuple[str, int, str], str]]:
    for sheet in _SHEETS:
        was, now = getattr(before, sheet), getattr(after, sheet)
        columns = [
            column.name
            for column in schema.sheet(sheet).columns
            if column.twin
            and all(column.name + ENGLISH in frame for frame in (was, now))
            and now[column.name + ENGLISH].notna().any()
        ]
        if not columns or was.empty:
            continue
        pairs = matching.rows(sheet, was, now)
        old, new = was.to_dict("records"), now.to_dict("records")
        for place, earlier in pairs.items():
            for column in columns:
                written_for = _written_for(before.aged, sheet, column, old[earlier], new[place])
                if written_for is not None:
                    yield (sheet, int(new[place]["row"]), column), written_for


def _written_for(
    known: Aged, sheet: str, column: str, was: Mapping[str, object], now: Mapping[str, object]
) -> str | None:
    """Return the Dutch text that an English text was written for, where the Dutch text says
    something else now; else None.
    """
    english = plain(now[column + ENGLISH])
    if english is None or english != plain(was[column + ENGLISH]):
        return None  # there is none, or it was written anew
    first = known.get((sheet, int(was["row"]), column), plain(was[column]))  # type: ignore[call-overload]
    dutch = plain(now[column])
    if first is None or names.key(first) == names.key(dutch or ""):
        return None
    return str(first)


def _is_there(programme: Programme, sheet: str, row: int, column: str) -> bool:
    frame = getattr(programme, sheet) if sheet in _SHEETS else None
    return frame is not None and column + ENGLISH in frame and bool((frame["row"] == row).any())


def _finding(programme: Programme, sheet: str, row: int, column: str, written_for: str) -> Finding:
    place = programme.places[sheet]
    heading = schema.sheet(sheet).column(column).heading
    was = written_for if len(written_for) <= _LONGEST else f"{written_for[: _LONGEST - 1]}…"
    facts = {"heading": heading, "twin": heading + schema.TWIN, "was": was}
    frame = getattr(programme, sheet)
    english = frame.loc[frame["row"] == row, column + ENGLISH].iloc[0]
    return Finding(
        "twin_aged", place.title, place.cell(row, column + ENGLISH), english, facts=facts
    )
