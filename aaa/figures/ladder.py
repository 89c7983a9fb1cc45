"""The ladder of an ambition: its rungs with source and date; a rung never measured is drawn, empty,
and says so.
"""

from typing import Any

import pandas as pd

from aaa.figures.chart import Cells, Chart, Column, Table
from aaa.figures.html import escape
from aaa.words import formatting, wording
from aaa.words.texts import translate


def ladder(
    code: str, ambition: str, unit: object, target: float, rungs: pd.DataFrame, lang: str
) -> Chart:
    """Draw one ambition.

    Args:
        code: the code of the ambition, for a stable name.
        ambition: its name.
        unit: what is counted, missing when the workbook does not say.
        target: the number aimed at, NaN when there is none.
        rungs: as `metrics.ambitions.ladder` returns them.
        lang: the reader's language.
    """
    scale = (
        max(
            [
                target if target > 0 else 0,
                rungs["value"].max() if rungs["value"].notna().any() else 0,
            ]
        )
        or 1
    )
    body = "".join(_rung(row, unit, scale, target, lang) for row in rungs.to_dict("records"))
    goal = ""
    if target > 0:
        words = translate(
            lang,
            "ambitions.target",
            target=formatting.number(target, lang),
            unit=wording.unit(unit, lang),
        ).strip()
        mark = (
            '<span class="a-rung-track" aria-hidden="true">'
            f'<span class="a-target" style="left:{100 * target / scale:.2f}%"></span></span>'
        )
        goal = (
            f'<li class="a-rung a-goal"><span class="a-rung-name">{escape(words)}</span>{mark}</li>'
        )
    columns = ("rung", "value", "share", "date", "baseline", "source")
    kinds = {
        "value": Cells.NUMBER,
        "share": Cells.SHARE,
        "date": Cells.DATE,
        "baseline": Cells.NUMBER,
    }
    frame = rungs[list(columns)].assign(rung=[wording.rung(r, lang) for r in rungs["rung"]])
    table = Table(
        frame,
        tuple(
            Column(
                translate(lang, f"column.{c}"),
                kinds.get(c, Cells.TEXT),
                "not_measured" if c == "value" else "unknown",
            )
            for c in columns
        ),
    )
    alt = (
        f"{ambition}. "
        + (
            "; ".join(_said(row, unit, lang) for row in rungs.to_dict("records"))
            or translate(lang, "not_measured")
        )
        + "."
    )
    return Chart(
        f"ladder_{code}",
        title(ambition, unit, target, rungs, lang),
        f'<ul class="a-ladder">{body}{goal}</ul>',
        alt,
        table,
        "Metingen",
    )


def title(ambition: str, unit: object, target: float, rungs: pd.DataFrame, lang: str) -> str:
    """Return the title: the top rung that was measured, against the target where
    there is one.
    """
    measured = rungs[rungs["value"].notna()]
    if measured.empty:
        return translate(lang, "ambitions.title_unmeasured", ambition=ambition)
    first = measured.iloc[0]
    values: dict[str, Any] = {
        "ambition": ambition,
        "rung": wording.rung_said(first["rung"], lang),
        "value": formatting.number(first["value"], lang),
    }
    if not target > 0:
        return translate(lang, "ambitions.title_untargeted", **values)
    return translate(
        lang, "ambitions.title", share=formatting.percent(first["share"], lang), **values
    )


def _said(row: dict[str, object], unit: object, lang: str) -> str:
    return f"{wording.rung(str(row['rung']), lang)}: {_value(row, unit, lang)}"


def _value(row: dict[str, object], unit: object, lang: str) -> str:
    value = row["value"]
    return (
        translate(lang, "not_measured")
        if pd.isna(value)
        else f"{formatting.number(float(str(value)), lang)} {wording.unit(unit, lang)}".strip()
    )


def _rung(row: dict[str, object], unit: object, scale: float, target: float, lang: str) -> str:
    name = escape(wording.rung(str(row["rung"]), lang))
    if pd.isna(row["value"]):
        word = (
            f'<span class="a-rung-value a-unknown">{escape(translate(lang, "not_measured"))}</span>'
        )
        inside = f'<span class="a-rung-track a-empty" aria-hidden="true"></span>{word}'
        return f'<li class="a-rung"><span class="a-rung-name">{name}</span>{inside}</li>'
    value = float(str(row["value"]))
    share = (
        f" <small>{escape(formatting.percent(float(str(row['share'])), lang))}</small>"
        if target > 0
        else ""
    )
    facts = [
        wording.date(row["date"], lang),
        wording.text(row["source"], lang, "ambitions.no_source"),
    ]
    start = ""
    if not pd.isna(row["baseline"]):
        base = float(str(row["baseline"]))
        facts.append(
            translate(
                lang,
                "ambitions.baseline",
                value=formatting.number(base, lang),
                date=wording.date(row["baseline_date"], lang),
            )
        )
        start = (
            ""
            if not target > 0
            else f'<span class="a-base" style="left:{100 * base / scale:.2f}%"></span>'
        )
    # without a target there is no 100% for the bar
    filled = (
        f'<span class="a-rung-bar" style="width:{100 * value / scale:.2f}%"></span>'
        if target > 0
        else ""
    )
    bar = f'<span class="a-rung-track" aria-hidden="true">{filled}{start}</span>'
    return (
        f'<li class="a-rung"><span class="a-rung-name">{name}</span>{bar}'
        f'<span class="a-rung-value"><b>{escape(_value(row, unit, lang))}</b>{share}</span>'
        f'<span class="a-rung-source">{escape(" · ".join(facts))}</span></li>'
    )


def facts(target: float, target_year: object, source: object, unit: object, lang: str) -> str:
    """Return what the workbook says of the ambition itself: target, year and source; what it does
    not say is named.
    """
    goal = translate(lang, "no_target")
    if target > 0:
        goal = translate(
            lang,
            "ambitions.target",
            target=formatting.number(target, lang),
            unit=wording.unit(unit, lang),
        ).strip()
    parts = [goal]
    if not pd.isna(target_year):
        parts.append(translate(lang, "ambitions.target_year", year=int(str(target_year))))
    if isinstance(source, str):
        parts.append(translate(lang, "ambitions.source", source=source))
    return " · ".join(parts)
