"""The figures that the pages show, as one plain structure: what `python -m aaa show
--json` prints.
"""

import datetime as dt
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import pandas as pd

from aaa import metrics
from aaa.metrics.completeness import completeness, overall
from aaa.stories.every import Telling
from aaa.values.finding import wrong
from aaa.values.period import QUARTERS, iso_month
from aaa.words import formatting
from aaa.words.texts import DEFAULT
from aaa.workbook.programme import Programme
from aaa.workbook.schema import Funder, StatusCode

# The word of every status in JSON: the workbook's own, the same in both languages.
STATUS_WORDS = {
    code.value: code.status.value if code.status else "Niet gerapporteerd" for code in StatusCode
}


def summarise(programme: Programme, lang: str = DEFAULT) -> dict[str, Any]:
    """Return every figure of a programme, ready for JSON: amounts in euros, months as `2025-04`,
    unknown as None.

    Args:
        programme: in the language that its texts should have; judged by its own date.
        lang: that language, for the cautions.
    """
    judged = metrics.activities.judged(programme.activities, programme.as_of)
    whole = replace(programme, activities=judged)
    told = Telling(whole, whole, None, "", None, lang)
    return {
        "programme": {
            "name": programme.name,
            "year": programme.year,
            "as_of": _plain(programme.as_of),
            "example": programme.is_example,
        },
        "activities": [_activity(row) for row in judged.itertuples(index=False)],
        "themes": [
            _theme(row)
            for row in metrics.activities.by_theme(judged, programme.themes).to_dict("records")
        ],
        "partners": [
            _partner(row)
            for row in metrics.partners.load(judged, programme.partners, programme.year).to_dict(
                "records"
            )
        ],
        "budget": _budget(programme),
        "ambitions": _ambitions(programme),
        "quarters": {
            formatting.quarter(row.quarter): int(row.activities)
            for row in metrics.activities.running(judged, programme.year).itertuples(index=False)
        },
        "quarters_agreed": {
            formatting.quarter(row.quarter): int(row.agreed)
            for row in metrics.activities.running(judged, programme.year).itertuples(index=False)
        },
        "undated": _numbers(metrics.activities.undated(judged)),
        "late": None if programme.as_of is None else _numbers(judged[judged["late"]]),
        "unreported": _numbers(judged[judged["status"].isna()]),
        "passed_unreported": (
            None if programme.as_of is None else _numbers(judged[judged["passed"]])
        ),
        "attention": [
            {"nr": _plain(r.nr), "reason": str(r.reason)}
            for r in metrics.activities.attention(judged).itertuples(index=False)
        ],
        "completeness": _completeness(programme),
        "uncounted": _uncounted(programme),
        "decisions": [
            {name: _plain(row[name]) for name in ("kind", "text", "owner", "due")}
            | {"overdue": None if programme.as_of is None else bool(row["overdue"])}
            for row in metrics.decisions.open_ones(programme.decisions, programme.as_of).to_dict(
                "records"
            )
        ],
        "cautions": list(told.cautions),
        "remarks": list(told.remarks),
        "errors": wrong(programme.findings),
    }


def _uncounted(programme: Programme) -> dict[str, int]:
    """Return how many amounts and rows no sum counts, because a word or a number in them cannot be
    used.
    """
    costs = programme.costs[["total", "municipality", "partners"]].isna().sum()
    return {
        "total": int(costs["total"]),
        "gemeente": int(costs["municipality"]),
        "partners": int(costs["partners"]),
        "spending": metrics.budget.uncounted(programme.spending, ("kind",)).unknown,
        "commitments": metrics.budget.uncounted(programme.commitments, ("certainty",)).unknown,
        "measurements": metrics.ambitions.uncounted(programme.measurements),
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; every kind of unknown is None."""
    if isinstance(value, tuple):
        return list(value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, dt.date):  # a timestamp is one too
        return value.date().isoformat() if isinstance(value, dt.datetime) else value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _month(value: Any) -> str | None:
    return None if pd.isna(value) else iso_month(int(value))


def _numbers(activities: pd.DataFrame) -> list[str | None]:
    return [_plain(nr) for nr in activities["nr"]]


def _activity(row: Any) -> dict[str, Any]:
    plain = ("nr", "theme", "topic", "title", "period")
    after = ("status", "judgement", "progress", "forecast", "ambitions")
    return {
        **{name: _plain(getattr(row, name)) for name in plain},
        "first_month": _month(row.period_first),
        "last_month": _month(row.period_last),
        "leads": list(row.leads),
        "partners": list(row.partners),
        **{name: _plain(getattr(row, name)) for name in after},
        "forecast_first_month": _month(row.forecast_first),
        "forecast_last_month": _month(row.forecast_last),
        "international": not pd.isna(row.international),
        "finished_on": _plain(row.finished_on),
        "note": _plain(row.note),
    }


def _theme(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "theme": _plain(row["theme"]),
        "activities": int(row["activities"]),
        "by_status": {word: int(row[code]) for code, word in STATUS_WORDS.items()},
    }


def _partner(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "partner": row["partner"],
        "code": row["code"],
        "kind": _plain(row["kind"]),
        "lead": int(row["lead"]),
        "takes_part": int(row["takes_part"]),
        "activities": int(row["activities"]),
        "by_quarter": {formatting.quarter(q): int(row[f"q{q}"]) for q in QUARTERS},
    }


def _budget(programme: Programme) -> dict[str, Any]:
    funders = metrics.budget.by_funder(programme.costs).set_index("funder")["amount"]
    lines = metrics.budget.by_line(programme.costs, programme.commitments, programme.spending)
    columns = {
        "line": "line",
        "total": "total",
        "municipality": "gemeente",
        "partners": "partners",
        "committed": "committed",
        "obliged": "obliged",
        "paid": "paid",
    }
    per_ambition = metrics.budget.per_ambition(programme.costs, programme.ambitions)
    return {
        "total": _plain(metrics.budget.estimate(programme.costs).amount),
        "gemeente": _plain(funders[Funder.MUNICIPALITY]),
        "partners": _plain(funders[Funder.PARTNERS]),
        "lines": [
            {there: _plain(row[here]) for here, there in columns.items()}
            for row in lines.to_dict("records")
        ],
        "per_ambition": [
            {
                "ambition": _plain(row["ambition"]),
                "target": _plain(row["target"]),
                "gemeente_per_unit": _plain(row["municipality_per_unit"]),
                "partners_per_unit": _plain(row["partners_per_unit"]),
            }
            for row in per_ambition.to_dict("records")
        ],
    }


def _ambitions(programme: Programme) -> list[dict[str, Any]]:
    rungs = metrics.ambitions.ladders(programme.ambitions, programme.measurements)
    ladders, measured = _by_ambition(rungs), _by_ambition(programme.measurements)
    return [
        {
            **{
                name: _plain(getattr(row, name))
                for name in ("nr", "ambition", "unit", "target", "target_year")
            },
            "measurements": [
                {n: _plain(m[n]) for n in ("rung", "date", "value", "source", "note")}
                for m in measured.get(row.ambition, [])
            ],
            "ladder": [
                {n: _plain(r[n]) for n in ("rung", "value", "date", "share")}
                for r in ladders.get(row.ambition, [])
            ],
        }
        for row in programme.ambitions.itertuples(index=False)
    ]


def _by_ambition(frame: pd.DataFrame) -> dict[str, list[dict[Hashable, Any]]]:
    """Return the rows of each ambition. A row with an unknown ambition belongs to none, not even to
    an ambition without a name.
    """
    found: dict[str, list[dict[Hashable, Any]]] = {}
    for row in frame.dropna(subset="ambition").to_dict("records"):
        found.setdefault(row["ambition"], []).append(row)
    return found


def _completeness(programme: Programme) -> dict[str, Any]:
    topics = completeness(programme)
    return {
        "share": overall(topics),
        "topics": {
            row["topic"]: {"known": int(row["known"]), "of": int(row["of"])}
            for row in topics.to_dict("records")
        },
    }
