"""Changes as sentences: `2.3 Campagne schuift van Q2 naar Q4, +2 kwartalen`."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import pandas as pd

from aaa.history import changes
from aaa.history.changes import Change, Group, Kind
from aaa.history.events import Event
from aaa.values import names
from aaa.values.dutch import Dutch, carried
from aaa.words import formatting, wording
from aaa.words.texts import DEFAULT, keys, translate
from aaa.workbook import schema
from aaa.workbook.schema import Booking, Certainty, DecisionKind, Fact, Funder, Status
from aaa.workbook.tables import ENGLISH

_LONGEST_NOTE = 240  # characters of a note in a sentence


def change(found: Change, lang: str) -> str:
    """Return one change as one sentence, in the language in which it was compared."""
    row = _ROWS.get(found.sheet)
    if row is not None:
        return _of_a_list(found, row(found.row, lang), lang)
    match found.kind:
        case Kind.MOVED:
            return _with_shift(_say(found, f"moved_{found.columns[0]}", lang), found.quarters, lang)
        case Kind.JUDGEMENT if found.reason is not None:
            key = "change.because" if "note" in found.columns else "change.with_note"
            return translate(
                lang, key, None, sentence=_say(found, found.kind, lang), reason=cut(found.reason)
            )
        case Kind.FINISHED if not pd.isna(found.row.get("finished_on")):
            return translate(
                lang,
                "change.finished_on",
                name=_name(found, lang),
                date=wording.date(found.row["finished_on"], lang),
            )
        case Kind.RENAMED if "activities" in found.row:
            count = int(found.row["activities"])
            both = {"before": found.before, "after": found.after}
            return translate(lang, "change.partner_renamed", n=count, **both)
        case Kind.NOTE if found.after is None:
            return _say(found, "note_gone", lang)
        case Kind.PARTNERS:
            return translate(
                lang, "change.partners", name=_name(found, lang), people=_who(found, lang)
            )
        case Kind.ADDED if found.sheet == "activities":
            return translate(
                lang,
                "change.added_activity",
                name=_name(found, lang),
                period=wording.period_typed(found.after, lang)
                if found.after
                else translate(lang, "period.none"),
            )
        case Kind.ADDED | Kind.REMOVED if found.euros:
            amount = difference(found.euros.get("total", 0.0), lang)
            return translate(
                lang, "change.with_amount", sentence=_say(found, found.kind, lang), amount=amount
            )
        case Kind.AMOUNT:
            return _say(found, found.kind, lang, amounts=", ".join(_amounts(found, lang)))
    return _say(found, found.kind, lang)


def event(found: Event, lang: str) -> str:
    """Return one event as one sentence, in the language in which it was compared."""
    told = found.told
    also = list(found.also)
    sentence = change(told, lang)
    if told.kind is Kind.DROPPED and also and also[0].kind is Kind.NOTE and also[0].after:
        reason = cut(str(also.pop(0).after))
        sentence = translate(lang, "change.because", None, sentence=sentence, reason=reason)
    parts = [sentence, *(_phrase(one, lang) for one in also)]
    if told.over:
        parts.append(translate(lang, "change.over", amount=formatting.euros(told.over, lang)))
    return carried("; ".join([sentence.rstrip("."), *parts[1:]]), parts)


def group(which: Group, lang: str) -> str:
    """Return the word of a group of changes."""
    return translate(lang, f"change_group.{which}")


def heading(which: Group, count: int, lang: str) -> str:
    """Return the heading above a group of changes: `Verplaatst (3)`."""
    return translate(lang, "change.heading", group=group(which, lang), count=count)


def sums(which: Group, found: Sequence[Change], lang: str) -> str:
    """Return what the changes of a group add up to in euros: `+ € 12.000 totaal`, `+ € 60.000
    toegezegd`; empty for a group without euros.

    Args:
        which: the group.
        found: all changes.
        lang: the reader's language.
    """
    if which is Group.MONEY:
        parts = [(column, changes.euros(found, "costs", column)) for column in changes.AMOUNTS]
        return ", ".join(
            translate(lang, f"change.euros_{column}", amount=difference(amount, lang))
            for column, amount in parts
        )
    kinds: Mapping[Group, type[StrEnum]] = {
        Group.COMMITMENTS: Certainty,
        Group.SPENDING: Booking,
        Group.OVERSPENT: Booking,
    }
    if which in kinds:
        column = "certainty" if which is Group.COMMITMENTS else "kind"
        words = wording.certainty if which is Group.COMMITMENTS else booking
        mine = [one for one in found if one.group is which]
        added = {kind: changes.euros_of(mine, column, kind) for kind in kinds[which]}
        said = [
            f"{difference(amount, lang)} {words(kind, lang).lower()}"
            for kind, amount in added.items()
            if amount
        ]
        return ", ".join(said)
    return ""


def booking(kind: str, lang: str) -> str:
    """Return the word of a kind of booking."""
    return translate(lang, f"column.{Booking(kind).name.lower()}")


def difference(amount: float, lang: str) -> str:
    """Return a difference in euros with its sign: `+ € 12.000`."""
    sign = "+ " if amount > 0 else "− " if amount < 0 else ""
    return sign + formatting.euros(abs(amount), lang)


def shift(quarters: int, lang: str) -> str:
    """Return a number of quarters with its sign: `+2 kwartalen`."""
    return translate(
        lang,
        "change.quarters",
        n=abs(quarters),
        shift=f"{'+' if quarters > 0 else '−' if quarters < 0 else ''}{abs(quarters)}",
    )


def _say(found: Change, key: str, lang: str, **more: object) -> str:
    values = {
        "name": translate(lang, f"fact.{Fact(found.name).name.lower()}")
        if found.kind is Kind.FACT
        else _name(found, lang),
        "sheet": schema.sheet(found.sheet).title,
        "columns": _columns(found, lang),
        "before": _value(found, found.before, lang),
        "after": _value(found, found.after, lang),
    }
    return translate(lang, f"change.{key}", None, **(values | more))


def _name(found: Change, lang: str) -> str:
    named = " ".join(part for part in (found.nr, found.name) if part)
    return carried(named, (found.name,)) or translate(lang, "unknown")


def _with_shift(sentence: str, quarters: int | None, lang: str) -> str:
    return f"{sentence}, {shift(quarters, lang)}" if quarters else sentence


def _who(found: Change, lang: str) -> str:
    """Return who joined and who left: shorter than the complete lists of names."""
    joined = [name for name in found.after or () if name not in (found.before or ())]
    left = [name for name in found.before or () if name not in (found.after or ())]
    parts = [
        translate(lang, f"change.{key}", people=", ".join(people))
        for key, people in (("joined", joined), ("left", left))
        if people
    ]
    return "; ".join(parts) or translate(lang, "change.order")


def _columns(found: Change, lang: str) -> str:
    words = [_column(found.sheet, column, lang) for column in found.columns]
    return translate(lang, "change.and").join(
        [", ".join(words[:-1]), words[-1]] if len(words) > 1 else words
    )


def _column(sheet: str, column: str, lang: str) -> str:
    name = column.removesuffix(ENGLISH)
    key, heading = f"column.{name}", schema.sheet(sheet).column(name).heading
    # in Dutch, use the heading of the workbook
    words = translate(lang, key) if lang != DEFAULT and key in keys(lang) else heading
    return words.lower() + (schema.TWIN if name != column else "")


def _value(found: Change, value: Any, lang: str) -> str:
    """Return the value before or after a change in words."""
    column = found.columns[0] if found.columns else ""
    match value:
        case None:
            return translate(
                lang,
                "not_reported"
                if column in ("status", "progress") and found.sheet == "activities"
                else "change.nobody"
                if column == "owner"
                else "none",
            )
        case tuple() if found.kind is not Kind.AMOUNT:
            return ", ".join(value) or translate(lang, "change.nobody")
        case float() if column == "progress":
            return formatting.percent(value, lang)
        case dt.date():
            return wording.date(value, lang)
        case float():
            return formatting.number(value, lang)
        case str() if column in ("period", "forecast", "original"):
            return wording.period_typed(value, lang)
        case str() if found.sheet == "activities" and column == "status":
            return translate(lang, f"status.{Status(value).name.lower()}").lower()
        case str() if column == "judgement":
            return (wording.judgement(value, lang) or "").lower()
        case str() if found.sheet == "spending" and column == "kind":
            return translate(lang, f"column.{Booking(value).name.lower()}").lower()
        case str() if column == "certainty":
            return wording.certainty(value, lang).lower()
    return cut(value if isinstance(value, str) else f"{value}")


def _amounts(found: Change, lang: str) -> list[str]:
    """Return a phrase for each changed amount of a cost line, the funders before their total. An
    unknown amount gives no difference.
    """
    parts = []
    for column, before, after in sorted(
        zip(found.columns, found.before, found.after, strict=True),
        key=lambda part: part[0] == "total",
    ):
        both = {"before": wording.euros(before, lang), "after": wording.euros(after, lang)}
        if None in (before, after):
            parts.append(translate(lang, f"change.unknown_{column}", None, **both))
        else:
            amount = translate(
                lang, f"change.euros_{column}", amount=difference(found.euros[column], lang)
            )
            parts.append(translate(lang, "change.from_to", None, amount=amount, **both))
    return parts


def cut(text: str, longest: int = _LONGEST_NOTE) -> str:
    """Return a text on one line, truncated to a length that fits in a sentence."""
    line = names.on_one_line(text)
    short = line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
    return Dutch(short) if isinstance(text, Dutch) else short


def _of_a_list(found: Change, row: str, lang: str) -> str:
    """Return the sentence for a row without a name, such as a booking: it describes the
    row itself.
    """
    match found.kind:
        case Kind.ADDED if found.sheet == "measurements":
            return "; ".join([row, *_compared(found.row, lang)])
        case Kind.ADDED:
            return row
        case Kind.REMOVED:
            return translate(
                lang, "change.row_removed", sheet=schema.sheet(found.sheet).title, row=row
            )
        case Kind.CORRECTED if found.sheet == "decisions" and _is_closed(found):
            return translate(
                lang, "change.closed", row=row, status=_value(found, found.after, lang).lower()
            )
        case Kind.CORRECTED if found.sheet == "commitments" and found.columns == ("certainty",):
            both = {"before": _value(found, found.before, lang)}
            both["after"] = _value(found, found.after, lang)
            partner = found.row["partner"]
            money = _money(found.row, lang)
            if isinstance(partner, str):
                money["line"] += f" ({partner})"
            return translate(lang, "change.surer", None, **money, **both)
    return f"{row}: {_phrase(found, lang)}"


def _is_closed(found: Change) -> bool:
    is_status = found.columns == ("status",) and isinstance(found.after, str)
    return is_status and schema.closes(found.after)


def _compared(row: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield what a new measurement is compared with: the one before it, and the target."""
    value, was, target = row["value"], row.get("was"), row.get("target")
    if value is None or pd.isna(value):
        return
    if was is not None:
        yield translate(
            lang,
            "change.measured_was",
            difference=signed(value - was, lang),
            before=formatting.number(was, lang),
            date=wording.date(row["was_on"], lang),
        )
    if target:
        key = "change.target_left" if value < target else "change.target_met"
        left, goal = formatting.number(target - value, lang), formatting.number(target, lang)
        yield translate(lang, key, None, left=left, target=goal)


def signed(number: float, lang: str) -> str:
    """Return a difference between two counts with its sign: `+45`."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + formatting.number(abs(number), lang)


def _phrase(found: Change, lang: str) -> str:
    """Return what changed in a row that is named already: both values where a value changed."""
    match found.kind:
        case Kind.PARTNERS:
            return _who(found, lang)
        case Kind.AMOUNT if found.sheet == "costs":
            return ", ".join(_amounts(found, lang))
        case Kind.AMOUNT:
            before, after = (wording.euros(one[0], lang) for one in (found.before, found.after))
            words = translate(lang, "change.also_value", column="", before=before, after=after)
            if None in (*found.before, *found.after):
                return words.strip()
            return f"{words.strip()} ({difference(found.euros[found.columns[0]], lang)})"
        case Kind.MOVED:
            words = _also(f"also_{found.columns[0]}", found, lang)
            return _with_shift(words, found.quarters, lang)
        case Kind.NOTE if found.after is None:
            return translate(lang, "change.also_note_gone")
        case Kind.NOTE | Kind.RENAMED | Kind.RENUMBERED:
            return _also(f"also_{found.kind}", found, lang)
        case Kind.OTHER:
            return translate(lang, "change.also_other", columns=_columns(found, lang))
    return _also("also_value", found, lang)


def _also(key: str, found: Change, lang: str) -> str:
    both = {"before": _value(found, found.before, lang), "after": _value(found, found.after, lang)}
    return translate(lang, f"change.{key}", None, column=_columns(found, lang), **both)


def _commitment(row: Mapping[str, Any], lang: str) -> str:
    sentence = translate(
        lang,
        "change.commitment",
        None,
        certainty=wording.certainty(row["certainty"], lang),
        **_money(row, lang),
    )
    return sentence if not isinstance(row["partner"], str) else f"{sentence} ({row['partner']})"


def _booking(row: Mapping[str, Any], lang: str) -> str:
    kind = (
        translate(lang, f"column.{Booking(row['kind']).name.lower()}")
        if isinstance(row["kind"], str)
        else translate(lang, "unknown")
    )
    details = [
        wording.date(row["date"], lang),
        *([row["description"]] if isinstance(row["description"], str) else []),
    ]
    return translate(
        lang, "change.booking", None, kind=kind, details=", ".join(details), **_money(row, lang)
    )


def _money(row: Mapping[str, Any], lang: str) -> dict[str, str]:
    funder = (
        translate(lang, f"funder.{Funder(row['funder']).name.lower()}").lower()
        if isinstance(row["funder"], str)
        else translate(lang, "unknown")
    )
    return {
        "amount": wording.euros(row["amount"], lang),
        "funder": funder,
        "line": wording.text(row["line"], lang),
    }


def _measurement(row: Mapping[str, Any], lang: str) -> str:
    rung = (
        wording.rung_said(row["rung"], lang)
        if isinstance(row["rung"], str)
        else translate(lang, "unknown")
    )
    values = {
        "ambition": wording.text(row["ambition"], lang),
        "value": wording.number(row["value"], lang),
        "date": wording.date(row["date"], lang),
    }
    return translate(lang, "change.measurement", None, rung=rung, **values)


def _decision(row: Mapping[str, Any], lang: str) -> str:
    kind = (
        translate(lang, f"decision.{DecisionKind(row['kind']).name.lower()}")
        if isinstance(row["kind"], str)
        else translate(lang, "unknown")
    )
    details = [row["owner"]] if isinstance(row["owner"], str) else []
    if not pd.isna(row["due"]):
        details.append(translate(lang, "decision.due", date=wording.date(row["due"], lang)))
    sentence = f"{kind}: {cut(wording.text(row['text'], lang)).rstrip('.')}"
    return f"{sentence} ({', '.join(details)})" if details else sentence


_ROWS = {
    "commitments": _commitment,
    "spending": _booking,
    "measurements": _measurement,
    "decisions": _decision,
}
