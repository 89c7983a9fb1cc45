"""What a workbook lost since the version before it: a sheet without its rows, a column without its
values.
"""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from aaa.values.finding import Finding, Findings
from aaa.workbook import schema, validation
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Kind, Sheet

_LEAST = 3  # rows or values; fewer are edited away now and then


def marked(before: Programme, after: Programme) -> Programme:
    """Return a programme with a finding for all that it lost at once.

    Args:
        before: the version before it; of another year it tells nothing.
        after: as read.

    Source: all sheets of both versions; definition V5.
    """
    if before.year != after.year:
        return after
    told = Findings()
    for sheet in schema.SHEETS:
        if sheet.name != "programme":
            told.extend(_lost(sheet, getattr(before, sheet.name), getattr(after, sheet.name)))
    if not told.kept():
        return after
    return replace(after, findings=tuple(validation.in_order((*after.findings, *told.kept()))))


def _lost(sheet: Sheet, was: pd.DataFrame, now: pd.DataFrame) -> Iterator[Finding]:
    if len(was) >= _LEAST and now.empty:
        facts: dict[str, str | int | float] = {"count": len(was)}
        euros = [c.name for c in sheet.columns if c.kind is Kind.AMOUNT and c.name in was]
        amount = float(was[euros[0]].sum()) if euros else 0.0
        cause = "euros" if amount else "rows"
        yield Finding("rows_lost", sheet.title, facts=facts | {"cause": cause, "total": amount})
    elif len(now) >= _LEAST:
        for column in sheet.columns:
            filled = int(_filled(was, column.name).sum())
            if filled >= _LEAST and not _filled(now, column.name).any():
                facts = {"count": filled, "heading": column.heading}
                yield Finding("column_emptied", sheet.title, facts=facts)


def _filled(frame: pd.DataFrame, column: str) -> pd.Series:
    """Tell which rows hold a value in a column."""
    if column not in frame:
        return pd.Series(False, index=frame.index)
    values = frame[column]
    if values.dtype == object:
        return values.map(lambda one: bool(one) if isinstance(one, tuple) else not pd.isna(one))
    return values.notna()
