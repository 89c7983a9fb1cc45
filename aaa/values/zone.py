"""The time zone of the process: dates and times on screen are those of the machine, or of Assen
where the environment names a zone that does not exist.
"""

import logging
import os
import re
import time
from zoneinfo import ZoneInfo

NAME = "Europe/Amsterdam"
# The same by its rule, for a machine without a database of zones.
_RULE = "CET-1CEST,M3.5.0,M10.5.0/3"
# A rule of POSIX, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
_POSIX = re.compile(
    r"^[A-Za-z]{3,9}[+-]?(\d{1,2})(?::\d{2}){0,2}"
    r"(?:[A-Za-z]{3,9}(?:[+-]?\d{1,2})?(?:,[\w./:-]{1,20},[\w./:-]{1,20})?)?"
)
_MOST_HOURS = 23


def settle() -> None:
    """Replace a `TZ` that names no time zone: the C library silently takes UTC for it, and others
    fail on it. Must run before anything asks for local time.
    """
    named = os.environ.get("TZ", "")
    if _known(named):
        return
    os.environ["TZ"] = NAME if _zone(NAME) else _RULE
    if hasattr(time, "tzset"):
        time.tzset()
    logging.getLogger(__name__).warning(
        "the environment variable TZ names no time zone: %r; %s is used", named, NAME
    )


def _known(named: str) -> bool:
    plain = named.removeprefix(":")
    if not plain or _zone(plain):
        return True
    rule = _POSIX.fullmatch(named)
    return rule is not None and int(rule[1]) <= _MOST_HOURS


def _zone(name: str) -> bool:
    try:
        if not name.startswith("/"):
            ZoneInfo(name)
            return True
        with open(name, "rb") as file:
            ZoneInfo.from_file(file)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True
