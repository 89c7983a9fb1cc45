"""Charts about money: who pays, how sure it is, what was spent, and what that is per home and per
job.
"""

from typing import Any

import pandas as pd

from aaa import metrics
from aaa.figures.bars import Bars, Row, Stack, stack
from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.drawings import Tile
from aaa.figures.palette import Meaning
from aaa.metrics.budget import NOT_RECORDED, Total, committed, paid_of_estimate
from aaa.words import formatting, wording
from aaa.words.texts import translate
from aaa.workbook.schema import FUNDER_COLUMNS, Certainty, Funder

_MOST_SAID = 3  # ambitions in a title
_OF_FUNDER = {Funder.MUNICIPALITY: Meaning.MUNICIPALITY, Funder.PARTNERS: Meaning.PARTNERS}


def funder_word(funder: str, lang: str) -> str:
    """Return the word of a funder."""
    return translate(lang, f"funder.{Funder(funder).name.lower()}")


def cost_by_line(costs: pd.DataFrame, by_funder: pd.DataFrame, lang: str) -> Chart:
    """Draw the estimate by cost line, stacked by funder.

    Args:
        costs: frame `costs` of a Programme.
        by_funder: as `metrics.budget.by_funder` returns it.
        lang: the reader's language.
    """
    lines = [wording.text(line, lang) for line in costs["line"]]
    totals = {
        row["funder"]: (wording.euros(row["amount"], lang), wording.share(row["share"], lang))
        for row in by_funder.to_dict("records")
    }
    bars = Bars(
        tuple(
            Row(line, wording.euros(total, lang))
            for line, total in zip(lines, costs["total"], strict=True)
        ),
        tuple(
            _stack(costs[column], funder, lang, total=totals[funder])
            for funder, column in FUNDER_COLUMNS.items()
        ),
    )
    shares = dict(zip(by_funder["funder"], by_funder["share"], strict=True))
    most = costs.sort_values("total", ascending=False, kind="stable", na_position="last").iloc[0]
    title = translate(lang, "budget.title_unknown")
    if not pd.isna(most["total"]):
        title = translate(
            lang,
            "budget.by_line_title",
            line=wording.text(most["line"], lang),
            amount=wording.euros(most["total"], lang),
        )
    frame = costs[["line", "municipality", "partners", "total"]].reset_index(drop=True)
    columns = [
        Column(translate(lang, f"column.{c}"), Cells.TEXT if c == "line" else Cells.EUROS)
        for c in frame.columns
    ]
    said = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{funder_word(f, lang)} {wording.euros(row[c], lang)}"
            for f, c in FUNDER_COLUMNS.items()
        )
        for name, row in zip(lines, costs.to_dict("records"), strict=True)
    )
    whole = ", ".join(f"{funder_word(f, lang)} {wording.share(s, lang)}" for f, s in shares.items())
    return Chart(
        "cost_by_line",
        title,
        bars,
        f"{title}. {whole}. {said}.",
        Table(frame, tuple(columns)),
        "Kostenraming",
    )


def title(by_funder: pd.DataFrame, lang: str) -> str:
    """Return who carries most as a sentence.

    Args:
        by_funder: as `metrics.budget.by_funder` returns it.
        lang: the reader's language.
    """
    first = by_funder.sort_values(
        "amount", ascending=False, kind="stable", na_position="last"
    ).iloc[0]
    if pd.isna(first["share"]):
        return translate(lang, "budget.title_unknown")
    return translate(
        lang,
        f"budget.title_{Funder(first['funder']).name.lower()}",
        share=formatting.percent(first["share"], lang),
    )


def tiles(
    total: Total, lines: int, committed_: Total | None, paid: Total, share: float | None, lang: str
) -> list[Tile]:
    """Return the three headline numbers of the budget.

    Args:
        total: the estimate.
        lines: the number of cost lines.
        committed_: as `metrics.budget.committed` returns it.
        paid: what was paid.
        share: its share of the estimate.
        lang: the reader's language.
    """
    sure = wording.whole_euros(committed_.amount if committed_ else None, lang, "not_recorded")
    spent = (
        translate(lang, "budget.paid_note", share=wording.share(share, lang)) if paid.known else ""
    )
    return [
        Tile(
            translate(lang, "budget.total"),
            wording.whole_euros(total.amount, lang),
            translate(lang, "budget.lines", n=lines),
            unknown=not total.known,
        ),
        Tile(
            translate(lang, "budget.committed"),
            sure,
            (
                translate(
                    lang, "budget.committed_note", total=wording.whole_euros(total.amount, lang)
                )
                if committed_
                else ""
            ),
            unknown=committed_ is None,
        ),
        Tile(
            translate(lang, "budget.paid"),
            wording.whole_euros(paid.amount, lang, "not_recorded"),
            spent,
            unknown=not paid.known,
        ),
    ]


def _stack(
    amounts: pd.Series,
    funder: Funder,
    lang: str,
    *,
    per_unit: bool = False,
    total: tuple[str, ...] = (),
) -> Stack:
    """Return the part of a funder in every bar."""
    name, write = funder_word(funder, lang), _per_unit if per_unit else wording.euros
    texts = [write(amount, lang) for amount in amounts]
    said = [f"{name}: {text}" for text in texts]
    return stack(name, amounts.tolist(), texts, said, _OF_FUNDER[funder], total=total)


def certainty(levels: pd.DataFrame, lang: str) -> Chart:
    """Draw how sure each funder's part of the estimate is.

    Args:
        levels: as `metrics.budget.certainty` returns it.
        lang: the reader's language.
    """
    wide = levels.assign(funder=[funder_or_unknown(f, lang) for f in levels["funder"]]).pivot(
        index="funder", columns="certainty", values="amount"
    )
    names = list(dict.fromkeys(funder_or_unknown(f, lang) for f in levels["funder"]))
    funders = levels["funder"].drop_duplicates()
    stacks = []
    for level in (*Certainty, NOT_RECORDED):
        amounts = wide.loc[names, level].tolist()
        texts = [wording.euros(amount, lang) for amount in amounts]
        word = certainty_word(level, lang)
        solid = _of_certainty(level)
        meanings = [solid or of_funder(funder) for funder in funders]
        stacks.append(stack(word, amounts, texts, [f"{word}: {text}" for text in texts], meanings))
    bars = Bars(tuple(map(Row, names)), tuple(stacks))
    sure = committed(levels)
    title = translate(lang, "budget.certainty_title_none")
    if sure is not None:
        title = translate(
            lang, "budget.certainty_title", amount=wording.euros(sure.amount, lang, "nothing")
        )
    frame = levels.assign(
        funder=[funder_or_unknown(f, lang) for f in levels["funder"]],
        certainty=[certainty_word(c, lang) for c in levels["certainty"]],
    )
    columns = (
        Column(translate(lang, "column.funder")),
        Column(translate(lang, "column.certainty")),
        Column(translate(lang, "column.amount"), Cells.EUROS, "not_recorded"),
    )
    said = "; ".join(
        f"{r['funder']} {r['certainty'].lower()}:"
        f" {wording.euros(r['amount'], lang, 'not_recorded')}"
        for r in frame.to_dict("records")
    )
    return Chart(
        "certainty", title, bars, f"{title}. {said}.", Table(frame, columns), "Toezeggingen"
    )


def certainty_word(level: str, lang: str) -> str:
    """Return the word of a Certainty, or of what was not recorded."""
    return translate(
        lang,
        "not_recorded" if level == NOT_RECORDED else f"certainty.{Certainty(level).name.lower()}",
    )


def _of_certainty(level: str) -> Meaning | None:
    """Return what an amount of a Certainty stands for; None where it is the funder's own."""
    return {
        Certainty.EXPECTED: Meaning.EXPECTED,
        Certainty.UNCOVERED: Meaning.OPEN,
        NOT_RECORDED: Meaning.NOT_RECORDED,
    }.get(level)


def of_funder(funder: object) -> Meaning:
    """Return what an amount of a funder stands for."""
    return _OF_FUNDER[Funder(funder)] if isinstance(funder, str) else Meaning.UNKNOWN_FUNDER


def spending(shown: pd.DataFrame, lang: str) -> Chart:
    """Draw what was paid and obliged against the estimate, by cost line and funder.

    Args:
        shown: as `metrics.budget.variance` returns it.
        lang: the reader's language.
    """
    names = [
        f"{wording.text(r['line'], lang)} · {funder_or_unknown(r['funder'], lang)}"
        for r in shown.to_dict("records")
    ]
    paid_by = [of_funder(funder) for funder in shown["funder"]]
    looks: tuple[tuple[str, Meaning | list[Meaning], float], ...] = (
        ("estimate", Meaning.OPEN, 0.8),
        ("obliged", Meaning.OBLIGED, 0.5),
        ("paid", paid_by, 0.26),
    )
    stacks = []
    for column, meanings, thick in looks:
        name = translate(lang, f"column.{column}")
        texts = [wording.euros(amount, lang, "not_recorded") for amount in shown[column]]
        hover = [f"{name} {text}" for text in texts]
        stacks.append(stack(name, shown[column].tolist(), texts, hover, meanings, thick))
    labels = zip(names, shown.to_dict("records"), strict=True)
    bars = Bars(
        tuple(Row(name, _paid_words(row, lang)) for name, row in labels),
        tuple(stacks),
        overlaid=True,
    )
    paid, share = paid_of_estimate(shown)
    title = translate(lang, "budget.spending_title_none")
    if paid.amount is not None:
        title = translate(
            lang,
            "budget.spending_title",
            amount=formatting.whole_euros(paid.amount, lang),
            share=wording.share(share, lang),
        )
    frame = shown.assign(funder=[funder_or_unknown(f, lang) for f in shown["funder"]])[
        ["line", "funder", "estimate", "obliged", "paid", "difference", "share"]
    ]
    kinds = {"line": Cells.TEXT, "funder": Cells.TEXT, "share": Cells.SHARE}
    columns = tuple(
        Column(
            translate(lang, f"column.{c}"),
            kinds.get(c, Cells.EUROS),
            "unknown" if c in ("line", "estimate", "difference") else "not_recorded",
        )
        for c in frame.columns
    )
    said = "; ".join(
        f"{n}: "
        + ", ".join(
            f"{translate(lang, f'column.{c}').lower()} {wording.euros(r[c], lang, 'not_recorded')}"
            for c in ("estimate", "obliged", "paid")
        )
        for n, r in zip(names, shown.to_dict("records"), strict=True)
    )
    return Chart(
        "spending",
        title,
        bars,
        f"{title}. {said}.",
        Table(frame.reset_index(drop=True), columns),
        "Uitgaven",
    )


def _paid_words(row: dict[str, Any], lang: str) -> str:
    """Return what was paid of what, in words; above the estimate is said, not only drawn."""
    paid = wording.euros(row["paid"], lang, "not_recorded")
    over = not pd.isna(row["paid"]) and row["paid"] > row["estimate"]
    return translate(
        lang,
        "budget.paid_above" if over else "budget.paid_of",
        paid=paid,
        estimate=wording.euros(row["estimate"], lang),
    )


def funder_or_unknown(funder: object, lang: str) -> str:
    """Return the word of a funder, or that it is not known."""
    return funder_word(funder, lang) if isinstance(funder, str) else translate(lang, "unknown")


def per_ambition(rows: pd.DataFrame, lang: str) -> Chart:
    """Draw programme euros per home and per job of the ambition, stacked by funder.

    Args:
        rows: as `metrics.budget.per_ambition` returns it.
        lang: the reader's language.
    """
    shown = rows[rows["target"] > 0]
    names = [
        translate(lang, "budget.per_unit", unit=wording.unit_one(u, lang)) for u in shown["unit"]
    ]
    bars = Bars(
        tuple(map(Row, names)),
        tuple(
            _stack(shown[f"{column}_per_unit"], funder, lang, per_unit=True)
            for funder, column in FUNDER_COLUMNS.items()
        ),
    )
    said = [
        translate(
            lang,
            "budget.per_ambition_said",
            unit=wording.unit_one(row["unit"], lang),
            municipality=_per_unit(row["municipality_per_unit"], lang),
            partners=_per_unit(row["partners_per_unit"], lang),
        )
        for row in shown.to_dict("records")
    ]
    title = "; ".join(said[:_MOST_SAID]) or translate(lang, "budget.per_ambition_none")
    if len(said) > _MOST_SAID:
        title += f"; {translate(lang, 'list.more', n=len(said) - _MOST_SAID)}"
    frame = rows[["ambition", "target", "municipality_per_unit", "partners_per_unit"]].reset_index(
        drop=True
    )
    kinds = {"ambition": Cells.TEXT, "target": Cells.NUMBER}
    unknown = {"target": "no_target"}
    columns = tuple(
        Column(translate(lang, f"column.{c}"), kinds.get(c, Cells.EUROS), unknown.get(c, "unknown"))
        for c in frame.columns
    )
    return Chart(
        "per_ambition",
        title[:1].upper() + title[1:],
        bars,
        f"{title}. {translate(lang, 'budget.not_building_costs')}",
        Table(frame, columns),
        "Kostenraming, Ambities",
        translate(lang, "budget.not_building_costs"),
    )


def _per_unit(amount: float, lang: str) -> str:
    return (
        translate(lang, "unknown") if pd.isna(amount) else formatting.euros_per_unit(amount, lang)
    )


def by_funder(costs: pd.DataFrame, levels: pd.DataFrame, spent: pd.DataFrame, lang: str) -> Table:
    """Return what each funder carries, how sure that is, and what was paid of it; then the sums.

    Args:
        costs: frame `costs` of a Programme.
        levels: as `metrics.budget.certainty` returns them.
        spent: as `metrics.budget.spending_against_estimate` returns them.
        lang: the reader's language.
    """
    certainties = (*[level.value for level in Certainty], NOT_RECORDED)
    body = []
    for row in metrics.budget.by_funder(costs).to_dict("records"):
        mine = levels[levels["funder"] == row["funder"]].set_index("certainty")["amount"]
        name = f"{funder_word(row['funder'], lang)} {wording.share(row['share'], lang)}"
        paid = spent[spent["funder"] == row["funder"]]["paid"].sum(min_count=1)
        body.append((name, row["amount"], *(mine[level] for level in certainties), paid))
    sums = (
        levels[levels["certainty"] == level]["amount"].sum(min_count=1) for level in certainties
    )
    paid, _ = paid_of_estimate(spent)
    total = translate(lang, "column.total")
    body.append((total, metrics.budget.estimate(costs).amount, *sums, paid.amount))
    heads = [
        ("column.estimate", "unknown"),
        *((f"certainty.{level.name.lower()}", "not_recorded") for level in Certainty),
        ("not_recorded", "unknown"),
        ("column.paid", "not_recorded"),
    ]
    columns = (Column(translate(lang, key), Cells.EUROS, unknown) for key, unknown in heads)
    frame = pd.DataFrame(body, columns=["funder", *(key for key, _ in heads)])
    return Table(frame, (Column(translate(lang, "column.funder")), *columns))
