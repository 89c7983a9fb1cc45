"""Numbers, euros, dates and quarters as the reader's language writes them (Babel).

No function accepts an unknown value: the caller chooses the word to show instead.
"""

import datetime as dt
import math
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from aaa.values import period

_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_EURO_PATTERNS = {"nl": "¤\u00a0#,##0;-¤\u00a0#,##0", "en": "¤#,##0;-¤#,##0"}


def euros(amount: float, lang: str) -> str:
    """Write euros: `€ 680.000`, with cents only where there are any."""
    pattern = _EURO_PATTERNS[lang]
    if round(amount * 100) % 100:
        pattern = pattern.replace("#,##0", "#,##0.00")
    return format_currency(
        _known(amount), "EUR", pattern, locale=_LOCALES[lang], currency_digits=False
    )


def whole_euros(amount: float, lang: str) -> str:
    """Write euros without cents, for headline numbers and titles; half a euro is rounded up."""
    return euros(math.floor(_known(amount) + 0.5), lang)


def euros_per_unit(amount: float, lang: str) -> str:
    """Write euros per home or job: whole euros from 10 on, cents below."""
    return euros(round(_known(amount)) if amount >= 10 else round(_known(amount), 2), lang)


def number(value: float, lang: str) -> str:
    """Write a number: `10.000`."""
    return format_decimal(_known(value), "#,##0.##", locale=_LOCALES[lang])


def percent(share: float, lang: str) -> str:
    """Write a share (0..1) in whole percents: `66%`. A share above 0 is never written as 0%, one
    below 1 never as 100%.
    """
    whole = round(_known(share) * 100)
    if whole == 0 and share > 0:
        return "< " + format_percent(0.01, "#,##0%", locale=_LOCALES[lang])
    if whole == 100 and share < 1:
        return "> " + format_percent(0.99, "#,##0%", locale=_LOCALES[lang])
    return format_percent(whole / 100, "#,##0%", locale=_LOCALES[lang])


@lru_cache(1024)  # every chart names its date
def date(day: dt.date, lang: str) -> str:
    """Write a date: `1 januari 2025`."""
    return format_date(day, "d MMMM y", locale=_LOCALES[lang])


def short_date(day: dt.date, lang: str) -> str:
    """Write a date for a column: `1 jan 2025`."""
    return format_date(day, "d MMM y", locale=_LOCALES[lang]).replace(".", "")


def shortest_date(day: dt.date, lang: str) -> str:
    """Write a date for a column whose year is known: `1 jan`."""
    return format_date(day, "d MMM", locale=_LOCALES[lang]).replace(".", "")


def day_and_month(day: dt.date, lang: str) -> str:
    """Write a date whose year stands beside it: `20 november`."""
    return format_date(day, "d MMMM", locale=_LOCALES[lang])


def moment(when: dt.datetime, lang: str) -> str:
    """Write a date with its time: `1 januari 2025, 14:05`."""
    return format_datetime(when, "d MMMM y, HH:mm", locale=_LOCALES[lang])


def time(when: dt.datetime, lang: str) -> str:
    """Write a time of day: `14:05`."""
    return format_time(when, "HH:mm", locale=_LOCALES[lang])


def month(month_number: int, lang: str) -> str:
    """Write a month: `april 2025`."""
    return format_date(period.first_day(month_number), "MMMM y", locale=_LOCALES[lang])


def month_short(month_number: int, lang: str) -> str:
    """Write a month for an axis: `apr`."""
    return format_date(period.first_day(month_number), "MMM", locale=_LOCALES[lang]).replace(
        ".", ""
    )


def quarter(number_of_quarter: int) -> str:
    """Write a quarter as the annual plan does, in both languages: `Q2`."""
    return f"Q{number_of_quarter}"


def months(first: int, last: int, lang: str) -> str:
    """Write a run of months: `april 2025`, `april–juni 2025`, `oktober 2025–maart 2026`."""
    if first == last:
        return month(first, lang)
    start = (
        month(first, lang)
        if period.year_of(first) != period.year_of(last)
        else format_date(period.first_day(first), "MMMM", locale=_LOCALES[lang])
    )
    return f"{start}–{month(last, lang)}"


def _known(value: float) -> float:
    if value is None or math.isnan(value):
        raise ValueError("an unknown number has no figures")
    return float(value)
