"""What a test needs of the machine, by its marks. `make quick` runs the tests that need nothing but
Python.
"""

import os
import shutil
from collections.abc import Iterable
from typing import Any

import pytest

MARKS = ("browser", "server", "office")  # as pyproject.toml explains them
_PROGRAMS = {
    # the shell is the same browser without a window, as Playwright's own downloads are
    "chromium": (
        "browser",
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    ),
    "soffice": ("office", ("soffice",)),
    "nginx": ("server", ("nginx", "/usr/sbin/nginx")),
    "mount": ("server", ("mount",)),
}
# the marks of the test at hand; empty outside tests, where everything may be used
_marked: dict[str, Any] = {}


def say(test: str, marks: Iterable[str]) -> None:
    """Note which test runs now, and its marks."""
    _marked.clear()
    _marked.update(test=test, marks=set(marks))


def may(mark: str) -> None:
    """Refuse what a test is not marked for, so that `make quick` stays quick.

    Raises:
        RuntimeError: the test at hand lacks the mark.
    """
    if _marked and mark not in _marked["marks"]:
        raise RuntimeError(f"{_marked['test']} needs pytest.mark.{mark}")


def program(name: str) -> str:
    """Return the path of a program. A test is skipped where there is none, and fails in CI, which
    installs it.
    """
    mark, names = _PROGRAMS[name]
    may(mark)
    path = next(filter(None, map(shutil.which, names)), None)
    return path or missing(f"there is no {name} on this machine")


def missing(why: str) -> str:
    """Skip the test at hand for want of something, or let it fail in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{why}: .ci/run sees to it")
    pytest.skip(why)
