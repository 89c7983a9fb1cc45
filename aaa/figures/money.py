"""What was paid against the estimate, and in the course of the year, as a meeting sees it."""

import datetime as dt

import pandas as pd

from aaa import metrics
from aaa.figures import budget
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.drawings import Pace, Spent, Variance
from aaa.figures.palette import Meaning
from aaa.history import sentences
from aaa.metrics.budget import NOT_RECORDED, Total
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Certainty

# what the columns of the table of differences are called, wherever it is drawn
HEADS = ("money.heading", "column.estimate", "column.paid", "column.difference")
_COLUMNS = ("line", "funder", "estimate", "paid", "difference", "share")


def variance(rows: pd.DataFrame, lang: str) -> Chart:
    """Draw what was paid against the estimate by cost line and funder, with their sums.

    Args:
        rows: as `metrics.budget.variance` returns them.
        lang: the reader's language.
    """
    longest = rows[["estimate", "paid"]].max(axis=None) or 1.0
    drawn = tuple(_spent(row, float(longest), lang) for row in rows.to_dict("records"))
    paid, share = metrics.budget.paid_of_estimate(rows)
    whole = metrics.budget.total_of(rows["estimate"])
    total = Spent(
        translate(lang, "column.total"),
        "",
        wording.euros(whole.amount, lang),
        wording.euros(paid.amount, lang, "not_recorded"),
        _difference(None if share is None else _less(paid, whole), lang),
        "" if share is None else formatting.percent(share, lang),
        None,
        None,
        Meaning.OPEN,
    )
    over = sum(one.is_over for one in drawn)
    title = translate(lang, "money.variance_over", n=over) if over else ""
    title = title or translate(lang, "money.variance")
    said = "; ".join(
        f"{one.line} {one.funder}: {translate(lang, 'money.said', None, **_words(one))}"
        for one in (*drawn, total)
    )
    frame = rows.assign(funder=[one.funder for one in drawn])[list(_COLUMNS)]
    kinds = {"line": Cells.TEXT, "funder": Cells.TEXT, "share": Cells.SHARE}
    heads = tuple(
        Column(
            translate(lang, f"column.{name}"),
            kinds.get(name, Cells.EUROS),
            "not_recorded" if name == "paid" else "unknown",
        )
        for name in _COLUMNS
    )
    table = Table(frame.reset_index(drop=True), heads)
    return Chart(
        "variance",
        title,
        Variance(drawn, total),
        f"{title}. {said}.",
        table,
        "Kostenraming, Uitgaven",
    )


def _less(paid: Total, whole: Total) -> float:
    return (paid.amount or 0.0) - (whole.amount or 0.0)


def _words(one: Spent) -> dict[str, str]:
    return {"estimate": one.estimate, "paid": one.paid, "difference": one.difference}


def _spent(row: dict[str, float], longest: float, lang: str) -> Spent:
    estimate, paid = (None if pd.isna(row[name]) else row[name] for name in ("estimate", "paid"))
    return Spent(
        wording.text(row["line"], lang),
        budget.funder_or_unknown(row["funder"], lang),
        wording.euros(estimate, lang),
        wording.euros(paid, lang, "not_recorded"),
        _difference(None if pd.isna(row["difference"]) else row["difference"], lang),
        "" if pd.isna(row["share"]) else formatting.percent(row["share"], lang),
        None if estimate is None else estimate / longest,
        None if paid is None else paid / longest,
        budget.of_funder(row["funder"]),
    )


def _difference(amount: float | None, lang: str) -> str:
    return translate(lang, "unknown") if amount is None else sentences.difference(amount, lang)


def pace(programme: Programme, lang: str) -> Chart | None:
    """Draw what was paid in the course of the plan year; None where no payment has a date.

    Args:
        programme: the programme.
        lang: the reader's language.
    """
    steps = metrics.budget.payments(programme.spending)
    if steps.empty:
        return None
    spent = metrics.budget.spending_against_estimate(programme.costs, programme.spending)
    paid, share = metrics.budget.paid_of_estimate(spent)
    whole = metrics.budget.estimate(programme.costs).amount
    dates = tuple(one.date() for one in steps["date"])
    euros = tuple(map(float, steps["paid"]))
    top = max(whole or 0.0, *euros) or 1.0
    past = metrics.budget.year_over(programme.year, programme.as_of)
    amount = wording.whole_euros(euros[-1], lang)
    day = formatting.date(dates[-1], lang)
    title = translate(lang, "money.pace", amount=amount, date=day)
    said = "; ".join(
        f"{wording.date(date, lang)} {wording.euros(euro, lang)}"
        for date, euro in zip(dates, euros, strict=True)
    )
    year = ""
    if past is not None and programme.as_of is not None:
        day = formatting.date(programme.as_of, lang)
        year = translate(lang, "money.year", share=formatting.percent(past, lang), date=day)
    undated = round((paid.amount or 0.0) - euros[-1], 2)
    note = translate(lang, "money.undated", amount=wording.euros(undated, lang)) if undated else ""
    share_said = f"{amount}, {formatting.percent(share, lang)}" if share is not None else amount
    heads = (
        Column(translate(lang, "column.date"), Cells.DATE),
        Column(translate(lang, "column.amount"), Cells.EUROS),
        Column(translate(lang, "column.paid"), Cells.EUROS),
    )
    body = Pace(
        programme.year,
        tuple(
            (_in_year(date, programme.year), euro / top)
            for date, euro in zip(dates, euros, strict=True)
        ),
        dates,
        euros,
        None if whole is None else whole / top,
        whole,
        past,
        (share_said, translate(lang, "money.last", date=formatting.day_and_month(dates[-1], lang))),
        translate(lang, "money.estimated", amount=wording.whole_euros(whole, lang)),
        year,
    )
    alt = f"{title}. {said}. {year}".strip()
    return Chart("pace", title, body, alt, Table(steps, heads), "Uitgaven", note)


def _in_year(date: dt.date, year: int) -> float:
    """Return where a day lies in the plan year, 0..1; its edge for one outside of it."""
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return metrics.budget.year_over(year, min(max(date, start), end)) or 0.0


def cover(programme: Programme, lang: str) -> str:
    """Return in words what each funder carries, what of that is missing, not recorded, expected and
    certain, and what is obliged but not paid; what is not known is left out.

    Args:
        programme: the programme.
        lang: the reader's language.
    """
    levels = metrics.budget.certainty(programme.costs, programme.commitments)
    spent = metrics.budget.spending_against_estimate(programme.costs, programme.spending)
    carried = metrics.budget.by_funder(programme.costs).to_dict("records")
    known = [one for one in carried if not pd.isna(one["amount"])]
    both = ", ".join(
        f"{budget.funder_word(one['funder'], lang).lower()}"
        f" {wording.whole_euros(one['amount'], lang)}"
        for one in known
    )
    told = [translate(lang, "money.carried", parts=both)] if known else []
    said = []
    if metrics.budget.committed(levels) is not None:
        sums = levels.groupby("certainty", dropna=False)["amount"].sum()
        order = (Certainty.UNCOVERED, NOT_RECORDED, Certainty.EXPECTED, Certainty.COMMITTED)
        said += [
            f"{wording.whole_euros(float(sums[level]), lang)}"
            f" {budget.certainty_word(level, lang).lower()}"
            for level in order
            if sums[level]
        ]
    if said:
        told.append(translate(lang, "money.cover", parts=", ".join(said)))
    elif known:
        told.append(f"{translate(lang, 'budget.certainty_title_none')}.")
    obliged = metrics.budget.total_of(spent["obliged"]).amount
    if obliged:
        amount = wording.whole_euros(obliged, lang)
        told.append(translate(lang, "money.obliged", amount=amount))
    return " ".join(told)
