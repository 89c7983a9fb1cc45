"""Checks across cells: each rule is a function that takes the typed tables and yields findings.
Never raises, never repairs.
"""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from aaa.values import names, period
from aaa.values.finding import Finding, Findings
from aaa.workbook import schema
from aaa.workbook.schema import Judgement, Status
from aaa.workbook.tables import Table, Tables

_CENT = 0.005


def check(tables: Tables) -> list[Finding]:
    """Return every finding of a workbook: those of its cells and those of the rules, most severe
    first within each sheet.
    """
    found = Findings()
    found.extend(tables.findings.kept())
    for rule in RULES:
        found.extend(rule(tables))
    order = {names.key(sheet.title): place for place, sheet in enumerate(schema.SHEETS)}
    return sorted(
        found.kept(),
        key=lambda f: (
            -f.severity if not f.sheet else 0,
            order.get(names.key(f.sheet), len(order)),
            -f.severity,
        ),
    )


def _at(
    table: Table, row: int, column: str, code: str, value: object = None, **facts: str | int | float
) -> Finding:
    shown = None if value is None else str(value)
    return Finding(code, table.title, table.address(row, column), shown, facts=facts)


def numbers_are_unique(tables: Tables) -> Iterator[Finding]:
    """Mark every activity and ambition with the number of an earlier row, ignoring case."""
    for name in ("activities", "ambitions"):
        yield from _doubled(tables[name], "nr", "nr_doubled")


def names_are_unique(tables: Tables) -> Iterator[Finding]:
    """Mark every theme, partner, cost line and ambition that an earlier row defines already."""
    for name in ("themes", "partners", "costs", "ambitions"):
        yield from _doubled(tables[name], schema.DEFINES[name], "name_doubled")


def _doubled(table: Table, column: str, code: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for row, value in _known(table.frame, "row", column):
        seen = first.setdefault(names.key(value), row)
        if seen != row:
            yield _at(table, row, column, code, value, first=table.address(seen, column))


def aliases_mean_one_partner(tables: Tables) -> Iterator[Finding]:
    """Mark an alias that another partner has as its name or alias."""
    for clash in tables.register.clashes:
        yield _at(
            tables["partners"],
            clash.row,
            "aliases",
            "alias_clash",
            clash.spelling,
            first=clash.first,
        )


def partner_kinds_are_known(tables: Tables) -> Iterator[Finding]:
    """Mark a kind of partner that is neither in the contract nor added to the lists."""
    table = tables["partners"]
    known = {names.key(kind) for kind in tables.partner_kinds}
    for row, kind in _known(table.frame, "row", "kind"):
        if names.key(kind) not in known:
            near = names.nearest(kind, tables.partner_kinds)
            yield Finding(
                "partner_kind_unknown", table.title, table.address(row, "kind"), kind, near
            )


def row_totals_add_up(tables: Tables) -> Iterator[Finding]:
    """Mark a cost line whose total is not the sum of its two funders."""
    table = tables["costs"]
    for row, total, municipality, partners in _known(
        table.frame, "row", "total", "municipality", "partners"
    ):
        if not math.isclose(total, municipality + partners, abs_tol=_CENT):
            yield _at(
                table,
                row,
                "total",
                "row_total_differs",
                _plain(total),
                total=total,
                sum=municipality + partners,
            )


def column_totals_add_up(tables: Tables) -> Iterator[Finding]:
    """Mark a row `Totaal` that differs from the sum of the rows; an unknown amount makes the sum
    unknown, not smaller.
    """
    for name, columns in {
        "costs": ("total", "municipality", "partners"),
        "commitments": ("amount",),
        "spending": ("amount",),
    }.items():
        table = tables[name]
        for record in table.totals.to_dict("records"):
            for column in columns:
                stated = record[column]
                total = table.frame[column].sum(skipna=False) if len(table.frame) else math.nan
                if (
                    not math.isnan(stated)
                    and not math.isnan(total)
                    and not math.isclose(stated, total, abs_tol=_CENT)
                ):
                    yield _at(
                        table,
                        record["row"],
                        column,
                        "column_total_differs",
                        _plain(stated),
                        total=stated,
                        sum=total,
                    )


def finished_has_its_date(tables: Tables) -> Iterator[Finding]:
    """Mark a finish date when the status is not finished, and one that is after the
    reference date.
    """
    table = tables["activities"]
    as_of = tables.facts.as_of
    for row, status, date in _rows(table.frame, "row", "status", "finished_on"):
        if date is None:
            continue
        if status != Status.FINISHED:
            yield _at(
                table, row, "finished_on", "finished_date_without_status", date.date().isoformat()
            )
        if as_of is not None and date.date() > as_of:
            yield _at(
                table,
                row,
                "finished_on",
                "finished_in_future",
                date.date().isoformat(),
                as_of=as_of.isoformat(),
            )


def full_progress_is_finished(tables: Tables) -> Iterator[Finding]:
    """Mark progress of 100% beside a status other than finished."""
    for row, progress, status in _rows(tables["activities"].frame, "row", "progress", "status"):
        if progress is not None and progress >= 1 and status != Status.FINISHED:
            yield _at(tables["activities"], row, "progress", "progress_full_not_finished", "100%")


def judgement_is_explained(tables: Tables) -> Iterator[Finding]:
    """Mark a judgement of orange or red without a note."""
    table = tables["activities"]
    for row, judgement, note in _rows(table.frame, "row", "judgement", "note"):
        if judgement in (Judgement.ORANGE, Judgement.RED) and note is None:
            yield _at(
                table,
                row,
                "note" if "note" in table.letters else "judgement",
                "note_missing",
                None,
                judgement=judgement,
            )


def periods_touch_the_year(tables: Tables) -> Iterator[Finding]:
    """Mark a period that lies outside the plan year, and a forecast that ends before it."""
    table = tables["activities"]
    first, last = period.month_number(tables.year, 1), period.month_number(tables.year, 12)
    for row, text, starts, ends in _known(
        table.frame, "row", "period", "period_first", "period_last"
    ):
        if ends < first or starts > last:
            yield _at(table, row, "period", "period_outside_year", text, year=tables.year)
    for row, text, ends in _known(table.frame, "row", "forecast", "forecast_last"):
        if ends < first:
            yield _at(table, row, "forecast", "forecast_before_year", text, year=tables.year)


def bookings_name_an_activity(tables: Tables) -> Iterator[Finding]:
    """Mark a booking with an activity number that does not exist."""
    table = tables["spending"]
    known = {names.key(nr): nr for nr in tables["activities"].frame["nr"].dropna()}
    for row, nr in _known(table.frame, "row", "activity"):
        if names.key(nr) not in known:
            near = names.nearest(nr, known.values())
            yield Finding("activity_unknown", table.title, table.address(row, "activity"), nr, near)


def money_stays_within_the_estimate(tables: Tables) -> Iterator[Finding]:
    """Mark a cost line and funder with more paid, obliged or covered than estimated."""
    costs = tables["costs"]
    for name, code, kinds in _MONEY:
        by = ["line", "funder", *(["kind"] if kinds else [])]
        # A booking with an unusable line, funder or kind has its own finding and counts on no line.
        money = tables[name].frame
        sums = (
            {}
            if money.empty
            else money.groupby(by, dropna=True)["amount"].sum(min_count=1).to_dict()
        )
        if not sums:
            continue
        for line, row, *estimates in (
            costs.frame[["line", "row", "municipality", "partners"]]
            .dropna(subset="line")
            .itertuples(index=False)
        ):
            for (funder, column), estimate in zip(
                schema.FUNDER_COLUMNS.items(), estimates, strict=True
            ):
                for kind in kinds or ("",):
                    spent = sums.get((line, funder, kind) if kinds else (line, funder), math.nan)
                    if spent > estimate + _CENT:
                        facts = {
                            "line": line,
                            "funder": funder.value,
                            "spent": float(spent),
                            "estimate": float(estimate),
                            "kind": str(kind),
                        }
                        yield _at(costs, row, column, code, _plain(estimate), **facts)


_MONEY: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("spending", "spending_above_estimate", tuple(schema.Booking)),
    ("commitments", "commitment_above_estimate", ()),
)


def measurements_precede_the_reference(tables: Tables) -> Iterator[Finding]:
    """Mark a measurement dated after the reference date."""
    as_of = tables.facts.as_of
    table = tables["measurements"]
    if as_of is None:
        return
    for row, date in _known(table.frame, "row", "date"):
        if date.date() > as_of:
            yield _at(
                table,
                row,
                "date",
                "measurement_after_reference",
                date.date().isoformat(),
                as_of=as_of.isoformat(),
            )


def rungs_fit_their_ambition(tables: Tables) -> Iterator[Finding]:
    """Mark a measurement on a rung of another ladder, such as jobs on the ladder of homes."""
    units = {
        ambition: names.key(unit)
        for ambition, unit in _known(tables["ambitions"].frame, "ambition", "unit")
    }
    table = tables["measurements"]
    for row, ambition, rung in _known(table.frame, "row", "ambition", "rung"):
        ladder = schema.LADDERS.get(units.get(ambition, ""))
        if ladder and rung not in ladder:
            yield _at(
                table,
                row,
                "rung",
                "rung_of_other_ambition",
                rung,
                ambition=ambition,
                choices=", ".join(ladder),
            )


def rows_are_unique(tables: Tables) -> Iterator[Finding]:
    """Mark a booking or measurement that duplicates an earlier row in every column, as when a table
    was pasted twice.
    """
    for name in ("spending", "commitments", "measurements"):
        table = tables[name]
        first: dict[tuple[object, ...], int] = {}
        there = table.frame["amount" if name != "measurements" else "value"].notna()
        rows = _rows(table.frame, *(column.name for column in table.sheet.columns))
        for row, counts, values in zip(
            table.frame["row"].tolist(), there.tolist(), rows, strict=True
        ):
            seen = first.setdefault(values, row) if counts else row
            if seen != row:
                yield _at(table, row, table.sheet.key.name, "row_repeated", None, first=seen)


def _known(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of some columns of every row in which none of them is missing."""
    return (
        values for values in _rows(frame, *columns) if not any(value is None for value in values)
    )


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of some columns of every row, None for a missing one: two missing values
    must compare equal, but NaN does not equal itself.

    Plain lists are used, because for a small sheet creating frames would take most of the time.
    """
    return zip(*(_values(frame[column]) for column in columns), strict=True)


def _values(column: pd.Series) -> list[Any]:
    return [
        None if missing else value
        for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]


def _plain(amount: float) -> str | None:
    return None if pd.isna(amount) else f"{amount:.2f}".removesuffix(".00")


RULES = (
    numbers_are_unique,
    names_are_unique,
    aliases_mean_one_partner,
    partner_kinds_are_known,
    row_totals_add_up,
    column_totals_add_up,
    finished_has_its_date,
    full_progress_is_finished,
    judgement_is_explained,
    periods_touch_the_year,
    bookings_name_an_activity,
    money_stays_within_the_estimate,
    measurements_precede_the_reference,
    rungs_fit_their_ambition,
    rows_are_unique,
)
