"""Who pays for the programme, and how certain that is."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from aaa.workbook.schema import FUNDER_COLUMNS, Booking, Certainty

NOT_RECORDED = "not_recorded"
_CENT = 0.005


@dataclass(frozen=True)
class Total:
    """A sum of euros, and how many of its parts are unknown.

    Attributes:
        amount: the sum of what is known; None when nothing is.
        unknown: the number of parts without an amount.
    """

    amount: float | None
    unknown: int

    @property
    def known(self) -> bool:
        """Tell whether there is a sum to show."""
        return self.amount is not None


def total_of(amounts: pd.Series) -> Total:
    """Add euros up; unknown parts are counted, never taken as 0. Definition B1."""
    amount = amounts.sum(min_count=1)
    return Total(None if pd.isna(amount) else float(amount), int(amounts.isna().sum()))


def estimate(costs: pd.DataFrame) -> Total:
    """Return the estimated cost of the programme: the sum of column 'Totaal'.

    Source: sheet 'Kostenraming'; definition B1.
    """
    return total_of(costs["total"])


def by_funder(costs: pd.DataFrame) -> pd.DataFrame:
    """Sum the estimated cost per funder.

    Args:
        costs: frame `costs` of a Programme.

    Returns:
        One row per funder: `funder`, `amount` (euros, NaN when nothing is known), `share` (0..1 of
        the sum of both funders, NaN when a part of that sum is unknown or it is 0), `unknown` (cost
        lines without an amount).

    Source: columns 'Dekking gemeente' and 'Dekking partners'; definition B2.
    """
    totals = [total_of(costs[column]) for column in FUNDER_COLUMNS.values()]
    amount = pd.Series([t.amount for t in totals], dtype="float64")
    whole = amount.sum(min_count=1)
    complete = not any(t.unknown for t in totals) and bool(whole)
    share = amount / whole if complete else amount * float("nan")
    return pd.DataFrame(
        {
            "funder": [f.value for f in FUNDER_COLUMNS],
            "amount": amount,
            "share": share,
            "unknown": [t.unknown for t in totals],
        }
    )


def contradiction(costs: pd.DataFrame) -> float | None:
    """Return the sum of both funders minus the column of totals, in euros; None when they agree or
    a part is unknown.

    Source: sheet 'Kostenraming'; definition B3.
    """
    if costs[["total", "municipality", "partners"]].isna().any(axis=None):
        return None
    difference = float((costs["municipality"] + costs["partners"] - costs["total"]).sum())
    return difference if abs(difference) > _CENT else None


def covered(costs: pd.DataFrame) -> Total:
    """Return what both funders carry together.

    Source: columns 'Dekking gemeente' and 'Dekking partners'; definition B3.
    """
    return total_of(costs[list(FUNDER_COLUMNS.values())].stack(future_stack=True))


def by_line(costs: pd.DataFrame, commitments: pd.DataFrame, spending: pd.DataFrame) -> pd.DataFrame:
    """Outer join of the estimate, commitments and spending by cost line.

    Returns:
        A row per cost line, and rows for money on a line that the estimate lacks (a missing `line`
        where it is unknown): `line`, `total`, `municipality`, `partners` (estimates), `committed`,
        `obliged`, `paid` (euros; NaN where nothing was recorded).

    Source: sheets 'Kostenraming', 'Toezeggingen' and 'Uitgaven'; definitions B1, B4 and B5.
    """
    lines = costs[["line", "total", "municipality", "partners"]].reset_index(drop=True)
    sure = commitments[commitments["certainty"] == Certainty.COMMITTED]
    money = {
        "committed": sure.groupby("line", dropna=False)["amount"].sum(min_count=1),
        "obliged": _booked(spending, Booking.OBLIGED, ["line"]),
        "paid": _booked(spending, Booking.PAID, ["line"]),
    }
    booked = {line for amounts in money.values() for line in amounts.index if not pd.isna(line)}
    strange = [line for line in sorted(booked) if line not in set(lines["line"])]
    nameless = [None] if any(amounts.index.isna().any() for amounts in money.values()) else []
    if strange or nameless:
        lines = pd.concat([lines, pd.DataFrame({"line": [*strange, *nameless]})], ignore_index=True)
    for name, amounts in money.items():
        lookup = amounts.to_dict()
        unnamed = next((v for k, v in lookup.items() if pd.isna(k)), float("nan"))
        found = pd.Series(
            [
                unnamed if pd.isna(line) else lookup.get(line, float("nan"))
                for line in lines["line"]
            ],
            dtype="float64",
        )
        # count the money of a duplicated line only once
        lines[name] = found.mask(lines["line"].duplicated())
    return lines


def _booked(spending: pd.DataFrame, kind: Booking, keys: list[str]) -> pd.Series:
    return spending[spending["kind"] == kind].groupby(keys, dropna=False)["amount"].sum(min_count=1)


def estimates(costs: pd.DataFrame) -> pd.DataFrame:
    """Return the estimate by cost line and funder: `line`, `funder`, `amount` (euros, NaN where
    unknown).

    Source: sheet 'Kostenraming'; definition B2.
    """
    long = costs.rename(columns={column: funder.value for funder, column in FUNDER_COLUMNS.items()})
    return long.melt(
        id_vars="line",
        value_vars=[f.value for f in FUNDER_COLUMNS],
        var_name="funder",
        value_name="amount",
    )


def certainty(costs: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """Split each funder's estimate by certainty.

    Returns:
        Per funder a row for each Certainty and one `not_recorded`: `funder`, `certainty`, `amount`
        (euros; for `not_recorded` the estimate minus what was recorded, NaN when the estimate is
        unknown, never below 0). Commitments of an unknown funder make rows with a missing
        `funder`, so that no euro is lost.

    Source: sheets 'Kostenraming' and 'Toezeggingen'; definition B4.
    """
    rows = []
    strange = commitments["funder"].isna()
    for funder, column in (*FUNDER_COLUMNS.items(), *([(None, None)] if strange.any() else [])):
        mine = commitments[commitments["funder"] == funder if funder else strange]
        recorded = 0.0
        for level in Certainty:
            amount = mine[mine["certainty"] == level]["amount"].sum(min_count=1)
            recorded += 0.0 if pd.isna(amount) else float(amount)
            rows.append(
                {"funder": funder and funder.value, "certainty": level.value, "amount": amount}
            )
        whole = total_of(costs[column]).amount if column else None
        rows.append(
            {
                "funder": funder and funder.value,
                "certainty": NOT_RECORDED,
                "amount": float("nan") if whole is None else max(whole - recorded, 0.0),
            }
        )
    return pd.DataFrame(rows).astype({"amount": "float64"})


def spending_against_estimate(costs: pd.DataFrame, spending: pd.DataFrame) -> pd.DataFrame:
    """Outer join of the estimate with what was paid and obliged, by cost line and funder.

    Returns:
        `line`, `funder`, `estimate`, `paid`, `obliged` (euros, NaN where nothing was recorded),
        `share` (paid / estimate, NaN when that is unknown or 0). Bookings on an unknown cost
        line or funder make rows of their own, so that no euro is lost.

    Source: sheets 'Kostenraming' and 'Uitgaven'; definition B5.
    """
    keys = ["line", "funder"]
    rows = (
        estimates(costs)
        .groupby(keys, dropna=False, sort=False)["amount"]
        .sum(min_count=1)
        .rename("estimate")
        .reset_index()
    )
    booked = pd.DataFrame(
        {
            kind.name.lower(): _booked(spending, kind, keys)
            for kind in (Booking.PAID, Booking.OBLIGED)
        }
    ).reset_index()
    merged = rows.astype(dict.fromkeys(keys, object)).merge(
        booked.astype(dict.fromkeys(keys, object)), on=keys, how="outer", sort=False
    )
    order = {line: place for place, line in enumerate(costs["line"])}
    merged["order"] = [order.get(line, len(order)) for line in merged["line"]]
    merged = (
        merged.sort_values(["order", "funder"], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )
    return merged.assign(share=merged["paid"] / merged["estimate"].where(merged["estimate"] > 0))


def overspent(costs: pd.DataFrame, spending: pd.DataFrame) -> pd.DataFrame:
    """Return the cost lines and funders of which more was paid than was estimated, the largest
    excess first.

    Returns:
        Rows as of `spending_against_estimate`, with `over` (euros).

    Source: sheets 'Kostenraming' and 'Uitgaven'; definition B8.
    """
    rows = spending_against_estimate(costs, spending)
    rows = rows.assign(over=rows["paid"] - rows["estimate"])
    return rows[rows["over"] >= _CENT].sort_values("over", ascending=False, kind="stable")


def payments(spending: pd.DataFrame) -> pd.DataFrame:
    """Return what was paid in time: a row for each day on which something was, in their order.

    Args:
        spending: frame `spending` of a Programme. Payments without a date or an amount have no
            place in time and are left out.

    Returns:
        `date`, `amount` (euros paid on that day), `paid` (euros paid up to and with that day).

    Source: sheet 'Uitgaven'; definition B10.
    """
    paid = spending[spending["kind"] == Booking.PAID].dropna(subset=["date", "amount"])
    days = paid.groupby("date", sort=True, dropna=False)["amount"].sum().reset_index()
    return days.assign(paid=days["amount"].cumsum())


def variance(costs: pd.DataFrame, spending: pd.DataFrame) -> pd.DataFrame:
    """Return by how much what was paid differs from the estimate, by cost line and funder: what is
    overspent first, the largest excess first; then by the share that is paid.

    Returns:
        Rows as of `spending_against_estimate` that have an estimate or money, with `difference`
        (paid minus estimate in euros; NaN where either is unknown).

    Source: sheets 'Kostenraming' and 'Uitgaven'; definitions B5 and B8.
    """
    rows = spending_against_estimate(costs, spending)
    rows = rows[(rows["estimate"] != 0) | rows["paid"].notna() | rows["obliged"].notna()]
    rows = rows.assign(difference=rows["paid"] - rows["estimate"])
    over = rows["difference"].where(rows["difference"] >= _CENT)
    order = rows.assign(over=over).sort_values(
        ["over", "share"], ascending=False, kind="stable", na_position="last"
    )
    return order.drop(columns="over").reset_index(drop=True)


def year_over(year: int, as_of: dt.date | None) -> float | None:
    """Return what part of the plan year (0..1) is over on a date; None without a date in that year.

    Source: fact 'Peildatum'; definition B9.
    """
    if as_of is None or as_of.year != year:
        return None
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return ((as_of - start).days + 1) / ((end - start).days + 1)


def paid_of_estimate(rows: pd.DataFrame) -> tuple[Total, float | None]:
    """Return all that was paid, and its share (0..1) of the whole estimate; None when either is
    unknown or the estimate is 0.

    Args:
        rows: as `spending_against_estimate` returns them.

    Source: sheets 'Kostenraming' and 'Uitgaven'; definition B5.
    """
    paid, whole = total_of(rows["paid"]), total_of(rows["estimate"])
    known = paid.amount is not None and whole.amount and not _without_estimate(rows)
    return (
        paid,
        paid.amount / whole.amount if known and paid.amount is not None and whole.amount else None,
    )


def _without_estimate(rows: pd.DataFrame) -> bool:
    """Tell whether the estimate of any known cost line is missing. Money on an unknown line never
    has one.
    """
    return bool((rows["estimate"].isna() & rows["line"].notna() & rows["funder"].notna()).any())


def uncounted(frame: pd.DataFrame, needed: tuple[str, ...]) -> Total:
    """Return the total of the rows of spending or commitments that no sum counts, because a needed
    word or the amount is unusable.

    Args:
        frame: frame `spending` or `commitments` of a Programme.
        needed: the columns without which a row counts nowhere.

    Returns:
        The sum of their known amounts, and in `unknown` the number of such rows.

    Source: sheets 'Toezeggingen' and 'Uitgaven'; definition B7.
    """
    left = frame[frame[[*needed, "amount"]].isna().any(axis=1)]
    return Total(total_of(left["amount"]).amount, len(left))


def committed(levels: pd.DataFrame) -> Total | None:
    """Return the euros that are certain, including a recorded 0; None when no certainty was
    recorded at all.

    Args:
        levels: as `certainty` returns them.

    Source: sheet 'Toezeggingen'; definition B4.
    """
    recorded = levels[levels["certainty"] != NOT_RECORDED]
    return (
        total_of(recorded[recorded["certainty"] == Certainty.COMMITTED]["amount"])
        if recorded["amount"].notna().any()
        else None
    )


def per_ambition(costs: pd.DataFrame, ambitions: pd.DataFrame) -> pd.DataFrame:
    """Divide the contribution of each funder by the target of each ambition.

    The result is programme euros per unit of the ambition. It is not what a home or a job costs,
    and does not claim that the programme creates them.

    Returns:
        A row per ambition: `ambition`, `unit`, `target`, `municipality_per_unit`,
        `partners_per_unit` (euros; NaN without a target, or where a part of the amount is unknown).

    Source: sheets 'Kostenraming' and 'Ambities'; definition B6.
    """
    funders = by_funder(costs)
    shares = funders["amount"].where(funders["unknown"] == 0).set_axis(funders["funder"])
    target = ambitions["target"].where(ambitions["target"] > 0)
    frame = ambitions[["ambition", "unit", "target"]].reset_index(drop=True)
    return frame.assign(
        **{
            f"{column}_per_unit": (shares[f.value] / target).to_numpy()
            for f, column in FUNDER_COLUMNS.items()
        }
    )
