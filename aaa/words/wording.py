"""The words for values: findings, statuses, periods and whatever is unknown, in the reader's
language.
"""

import contextlib
import datetime as dt
from typing import Any

import pandas as pd

from aaa.values import names, period
from aaa.values.finding import Finding
from aaa.values.stamp import Stamp
from aaa.words import formatting
from aaa.words.texts import DEFAULT, keys, translate
from aaa.workbook.schema import LADDERS, Certainty, DecisionKind, Judgement, Rung, StatusCode

_LONGEST_VALUE = 60
# findings of a value that is a number, or should be one
_NUMBERS = ("share_unreadable", "share_bare", "number_unreadable", "year_unreadable")
# here `nearest` is not the name that was meant, but the newest date of the workbook
_DATES = ("as_of_unlikely", "fact_missing", "date_unreadable")
# columns that keep the name of a partner as it is typed
_PARTNERS = ("activities.leads", "activities.partners", "commitments.partner")
# and here it is a text found in the workbook
_LOOKED_FOR = ("sheet_missing", "sheet_headings_missing", "sheet_unreadable")


def saved(stamp: Stamp, lang: str) -> str:
    """Return when a workbook was saved; where it does not say, that this is the file's time."""
    moment = formatting.moment(stamp.moment, lang)
    return translate(lang, "check.file_time", moment=moment) if stamp.of_file else moment


def severity(finding: Finding, lang: str) -> str:
    """Return the weight of a finding as a word: info, waarschuwing, fout, onbruikbaar."""
    return translate(lang, f"severity.{finding.severity.word}")


def message(finding: Finding, lang: str) -> str:
    """Return the sentence that tells the lead what was found and what to do."""
    cause = finding.facts.get("cause")
    key = f"finding.{finding.code}" if cause is None else f"finding.{finding.code}.{cause}"
    sentences = [translate(lang, key, **_values(finding, lang))]
    if "column" in finding.facts:
        sentences.append(translate(lang, _means(finding, lang), **_values(finding, lang)))
    if finding.nearest is not None:
        meant = "finding.nearest_found" if finding.code in _LOOKED_FOR else "finding.nearest"
        name = finding.nearest
        if finding.code in _DATES:
            meant, name = "finding.newest", _day(name, lang)
        sentences.append(translate(lang, meant, name=name))
    if finding.more:
        sentences.append(translate(lang, "finding.more", count=finding.more))
    return " ".join(sentences)


def _means(finding: Finding, lang: str) -> str:
    """Return the message that says what it means that a value of a column is not used."""
    column = str(finding.facts["column"])
    if finding.code == "name_unknown" and column in _PARTNERS:
        return "means.partner"
    return f"means.{column}" if f"means.{column}" in keys(lang) else "means.value"


def expected(finding: Finding, lang: str) -> str | None:
    """Return what was expected in the cell, or None where the sentence says it all."""
    key = f"expected.{finding.code}"
    return translate(lang, key, **_values(finding, lang)) if key in keys(lang) else None


def line(finding: Finding, lang: str) -> str:
    """Return a finding on one line: `Activiteiten!F7 · fout · …`."""
    place = finding.place or translate(lang, "finding.whole_file")
    return f"{place} · {severity(finding, lang)} · {message(finding, lang)}"


def _values(finding: Finding, lang: str) -> dict[str, Any]:
    """Return the values a sentence may show; amounts are written as euros, long values cut."""
    facts: dict[str, Any] = dict(finding.facts)
    for name, fact in finding.facts.items():
        if isinstance(fact, float) and name != "percent":
            facts[name] = formatting.euros(fact, lang)
        elif name == "percent" or name in ("count", "limit"):
            facts[name] = formatting.number(float(fact), lang)
        elif name == "month":
            facts[name] = formatting.month(period.from_iso_month(str(fact)), lang)
        elif name in ("as_of", "saved", "date"):
            facts[name] = _day(str(fact), lang)
    whole = (finding.value or "").replace("\n", " ")
    if finding.code == "as_of_unlikely":
        whole = _day(whole, lang)
    elif finding.code in _NUMBERS:
        whole = _number(whole, lang)
    shown = whole if len(whole) <= _LONGEST_VALUE else whole[: _LONGEST_VALUE - 1] + "…"
    return {"value": shown, "sheet_title": finding.sheet} | facts


def _number(said: str, lang: str) -> str:
    """Return a number as the reader writes it, `-0,2`; anything else as it is."""
    whole, _, part = said.removeprefix("-").partition(".")
    is_number = lang == DEFAULT and whole.isdecimal() and part.isdecimal()
    return said.replace(".", ",") if is_number else said


def _day(said: str, lang: str) -> str:
    """Return a day that is written as ISO 8601 in words; anything else as it is."""
    with contextlib.suppress(ValueError):
        return date(dt.date.fromisoformat(said), lang)
    return said


def status(code: str, lang: str) -> str:
    """Return the word of a StatusCode; an unknown code raises."""
    return translate(lang, f"status.{StatusCode(code).name.lower()}")


def judgement(value: object, lang: str) -> str | None:
    """Return the word of a judgement, or None where none was given."""
    return (
        translate(lang, f"judgement.{Judgement(value).name.lower()}")
        if isinstance(value, str)
        else None
    )


def certainty(value: object, lang: str) -> str:
    """Return the word of a certainty, or that it is unknown."""
    return (
        translate(lang, f"certainty.{Certainty(value).name.lower()}")
        if isinstance(value, str)
        else translate(lang, "unknown")
    )


def rung(value: str, lang: str) -> str:
    """Return the word of a rung."""
    return translate(lang, f"rung.{Rung(value).name.lower()}")


def rung_said(value: str, lang: str) -> str:
    """Return the word of a rung as it follows a number: `410 gereed`."""
    return translate(lang, f"rung_said.{Rung(value).name.lower()}")


def unit(value: object, lang: str) -> str:
    """Return the unit of an ambition; a custom unit is shown as typed, a missing one as an empty
    text.
    """
    if not isinstance(value, str):
        return ""
    return translate(lang, f"unit.{names.key(value)}") if names.key(value) in LADDERS else value


def unit_one(value: object, lang: str) -> str:
    """Return the unit of an ambition in the singular, for `per woning`."""
    if not isinstance(value, str):
        return translate(lang, "unit.one")
    return translate(lang, f"unit_one.{names.key(value)}") if names.key(value) in LADDERS else value


def decision(value: object, lang: str) -> str:
    """Return the word for what it is: a decision, an action, or unknown."""
    return (
        translate(lang, f"decision.{DecisionKind(value).name.lower()}")
        if isinstance(value, str)
        else translate(lang, "unknown")
    )


def kind(value: object, lang: str) -> str:
    """Return the kind of a partner; one of the lead's own is shown as typed."""
    if not isinstance(value, str):
        return translate(lang, "unknown")
    key = f"kind.{names.code(value)}"
    return translate(lang, key) if key in keys(lang) else value


def whole_euros(amount: float | None, lang: str, unknown: str = "unknown") -> str:
    """Return euros without cents, for a headline; as `euros` when the amount is missing."""
    if amount is None or pd.isna(amount):
        return translate(lang, unknown)
    return formatting.whole_euros(amount, lang)


def euros(amount: float | None, lang: str, unknown: str = "unknown") -> str:
    """Return euros, or the message with the id `unknown` when the amount is missing."""
    return (
        translate(lang, unknown)
        if amount is None or pd.isna(amount)
        else formatting.euros(amount, lang)
    )


def number(value: float | None, lang: str, unknown: str = "unknown") -> str:
    """Return a number, or the word for unknown."""
    return (
        translate(lang, unknown)
        if value is None or pd.isna(value)
        else formatting.number(value, lang)
    )


def share(value: float | None, lang: str, unknown: str = "unknown") -> str:
    """Return a share as percents, or the word for unknown."""
    return (
        translate(lang, unknown)
        if value is None or pd.isna(value)
        else formatting.percent(value, lang)
    )


def date(value: object, lang: str, unknown: str = "unknown") -> str:
    """Return a date (or timestamp), or the word for unknown."""
    return (
        translate(lang, unknown)
        if value is None or pd.isna(value)
        else formatting.date(pd.Timestamp(value).date(), lang)
    )


def text(value: object, lang: str, unknown: str = "unknown") -> str:
    """Return a text, or the word for unknown."""
    return value if isinstance(value, str) else translate(lang, unknown)


def people(value: tuple[str, ...], lang: str) -> str:
    """Return names separated by commas, or the word for nobody."""
    return ", ".join(value) if value else translate(lang, "nobody")


def period_typed(typed: str, lang: str) -> str:
    """Return a period as typed; one of which Excel made a date, as the month that it is read as."""
    try:
        return formatting.month(period.month_at(dt.date.fromisoformat(typed)), lang)
    except ValueError:
        return typed


def agreed(typed: object, first: Any, last: Any, lang: str) -> str:
    """Return a period as typed with the months it means: `Q2/Q3 (april–september 2025)`."""
    if pd.isna(first) or pd.isna(last):
        return (
            f"{typed} ({translate(lang, 'period.none')})"
            if isinstance(typed, str)
            else translate(lang, "period.none")
        )
    told = period_typed(typed, lang) if isinstance(typed, str) else typed
    return (
        f"{told}"
        if told != typed
        else f"{typed} ({formatting.months(int(first), int(last), lang)})"
    )


def quarter_of(day: dt.date) -> str:
    """Return the quarter of a date: `Q2 2025`."""
    return f"{formatting.quarter(period.quarter_of(period.month_at(day)))} {day.year}"
