"""How much a test tries: little while somebody types, more in CI (where CI is set), very much by
command (`make long`).
"""

import os
from typing import TypeVar

from hypothesis import HealthCheck, settings

Case = TypeVar("Case")
LEVELS = ("dev", "ci", "long")
LEVEL = os.environ.get("AAA_TEST_EFFORT") or ("ci" if os.environ.get("CI") else "dev")


def effort(*, dev: int, ci: int, long: int) -> int:
    """Return which of three numbers holds in this run."""
    return {"dev": dev, "ci": ci, "long": long}[LEVEL]


def in_ci(*cases: Case) -> tuple[Case, ...]:
    """Return cases that are dear and tell more of the same: none of them while somebody types."""
    return () if LEVEL == "dev" else cases


for _level, _examples in zip(LEVELS, (40, 60, 10_000), strict=True):
    settings.register_profile(
        _level,
        max_examples=_examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
    )
settings.load_profile(LEVEL)

# For a property that reads a workbook for each input: a tenth of what the others get.
COSTLY = settings(max_examples=settings().max_examples // 10)
