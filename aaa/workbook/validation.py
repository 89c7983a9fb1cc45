"""Checks across cells: each rule is a function that takes the typed tables and yields findings.
Never raises, never repairs.
"""

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from aaa.values import names, period
from aaa.values.finding import Finding, Findings
from aaa.workbook import schema
from aaa.workbook.schema import Judgement, Status
from aaa.workbook.tables import Table, Tables

_CENT = 0.005


@dataclass(frozen=True)
class Saved:
    """When a workbook was saved; None where that is not known.

    Attributes:
        file: the day of the file. A copy may be younger than what it holds, never older.
        said: the day that the program which saved it wrote into it.
    """

    file: dt.date | None = None
    said: dt.date | None = None


def check(tables: Tables, saved: Saved = Saved()) -> list[Finding]:
    """Return every finding of a workbook: those of its cells and those of the rules, most severe
    first within each sheet.

    Args:
        tables: as typed.
        saved: when it was saved.
    """
    found = Findings()
    newest = newest_date(tables, saved)
    for one in tables.findings.kept():
        found.append(replace(one, nearest=newest) if newest and _lacks_date(one) else one)
    found.extend(reference_date_is_likely(tables, saved))
    for rule in RULES:
        found.extend(rule(tables))
    return in_order(found.kept())


def _lacks_date(found: Finding) -> bool:
    """Tell whether the reference date is not there, or cannot be read."""
    if found.code == "fact_missing":
        return found.facts["cause"] == names.key(schema.Fact.AS_OF)
    return found.code == "date_unreadable" and found.facts.get("column") == schema.AS_OF


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of the sheets, the most severe first within each."""
    order = {names.key(sheet.title): place for place, sheet in enumerate(schema.SHEETS)}
    return sorted(
        found,
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
    """Mark every activity and ambition with the number of an earlier row, ignoring case. Of an
    ambition that stands twice the name is marked only.
    """
    yield from _doubled(tables["activities"], "nr", "nr_doubled")
    ambitions = tables["ambitions"]
    rows = {one.cell for one in _doubled(ambitions, "ambition", "name_doubled")}
    for one in _doubled(ambitions, "nr", "nr_doubled"):
        row = one.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if ambitions.address(int(row), "ambition") not in rows:
            yield one


def names_are_unique(tables: Tables) -> Iterator[Finding]:
    """Mark every theme, partner, cost line and ambition that an earlier row defines already."""
    for name in ("themes", "partners", "costs", "ambitions"):
        yield from _doubled(tables[name], schema.DEFINES[name], "name_doubled")


def _doubled(table: Table, column: str, code: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for row, value in _known(table.frame, "row", column):
        seen = first.setdefault(names.key(value), row)
        if seen != row:
            first_place = table.address(seen, column)
            cause = table.sheet.name
            yield _at(table, row, column, code, value, first=first_place, cause=cause)


def aliases_mean_one_partner(tables: Tables) -> Iterator[Finding]:
    """Mark an alias that another partner has as its name or alias."""
    for clash in tables.register.clashes:
        is_name = names.key(clash.spelling) == names.key(clash.first)
        yield _at(
            tables["partners"],
            clash.row,
            "aliases",
            "alias_clash",
            clash.spelling,
            first=clash.first,
            cause="name" if is_name else "alias",
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
    """Mark a period that lies outside the plan year, and a forecast that ends before it; none where
    the year is not known.
    """
    table = tables["activities"]
    if tables.facts.year is None:
        return
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


# dates of what has happened, by sheet and column
_HAPPENED = (
    ("activities", "finished_on"),
    ("spending", "date"),
    ("measurements", "date"),
    ("decisions", "date"),
)
_OLD_DAYS = 92  # that a reference date may lie before the saving of a plan that is under way


def newest_date(tables: Tables, saved: Saved) -> str | None:
    """Return the newest date of something that has happened, as ISO 8601: what the reference date
    probably should be. A date after the saving has not happened; None where there is none.
    """
    found = [
        date.date()
        for name, column in _HAPPENED
        for date in tables[name].frame[column].dropna()
        if saved.file is None or date.date() <= saved.file
    ]
    return max(found).isoformat() if found else None


def reference_date_is_likely(tables: Tables, saved: Saved) -> Iterator[Finding]:
    """Mark a reference date that is probably wrong: outside the plan year, after the saving, or
    left behind while the plan went on. The first that is true is told, with the newest date.
    """
    as_of, table = tables.facts.as_of, tables["programme"]
    if as_of is None:
        return
    cause = ""
    # a plan that is made before its year stands for the first day of that year
    is_ahead = as_of == dt.date(tables.year, 1, 1)
    if saved.file is not None and as_of > saved.file and not is_ahead:
        cause = "after_save"
    elif tables.facts.year is None:
        return  # nothing follows from a year that is guessed
    elif as_of.year != tables.year:
        cause = "outside_year"
    elif saved.said and saved.said.year == tables.year and (saved.said - as_of).days > _OLD_DAYS:
        cause = "old"
    rows = [row for row, fact in _rows(table.frame, "row", "fact") if _is_reference_date(fact)]
    if cause and rows:
        said = {"after_save": saved.file, "old": saved.said}.get(cause)
        facts: dict[str, str | int | float] = {"cause": cause, "year": tables.year}
        if said:
            facts["saved"] = said.isoformat()
        newest = newest_date(tables, saved)
        place = table.address(rows[0], "value")
        nearest = newest if newest != as_of.isoformat() else None
        yield Finding("as_of_unlikely", table.title, place, as_of.isoformat(), nearest, facts)


def _is_reference_date(fact: object) -> bool:
    return isinstance(fact, str) and names.key(fact) == names.key(schema.Fact.AS_OF)


def rungs_fit_their_ambition(tables: Tables) -> Iterator[Finding]:
    """Mark a measurement on a rung of another ladder, such as jobs on the ladder of homes."""
    units: dict[str, str] = {}  # of a name that stands twice the first row counts
    for ambition, unit in _known(tables["ambitions"].frame, "ambition", "unit"):
        units.setdefault(names.key(ambition), names.key(unit))
    table = tables["measurements"]
    for row, ambition, rung in _known(table.frame, "row", "ambition", "rung"):
        ladder = schema.LADDERS.get(units.get(names.key(ambition), ""))
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
                key = table.sheet.key.name
                yield _at(table, row, key, "row_repeated", None, first=seen, cause=name)


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
