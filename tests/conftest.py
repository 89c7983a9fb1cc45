"""What every test shares: what it may use of the machine, a state folder of its own, and the
servers that tests only look at.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aaa.store import source
from tests.support import effort, needs
from tests.support.books import BOOKS, small

if TYPE_CHECKING:  # Streamlit, which they need, takes a second to load
    from tests.support.servers import Changing, Served

assert effort.LEVEL in effort.LEVELS  # imported for the Hypothesis profile that it sets


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run a single file in this process: starting workers would take longer than most files do."""
    files = [argument for argument in config.args if ".py" in argument]
    return 0 if len(files) == len(config.args) == 1 else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    needs.say(item.nodeid, (mark.name for mark in item.iter_markers()))


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the versions that a test shows in a folder of its own, not in that of the dashboard."""
    folder = tmp_path / "state"
    monkeypatch.setenv(source.STATE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put the main module back: a page that a test runs takes its place, and processes that are
    started later would run that page.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], "Served"]]:
    """Give the server of a workbook of `BOOKS`, started at its first use, for tests that only look
    at it.
    """
    from tests.support.servers import serving

    started: dict[str, Served] = {}
    with contextlib.ExitStack() as stack:

        def of(book: str) -> "Served":
            if book not in started:
                path = tmp_path_factory.mktemp(book) / "aaa_2025.xlsx"
                path.write_bytes(BOOKS[book]())
                started[book] = stack.enter_context(serving(path))
            return started[book]

        yield of


@pytest.fixture(scope="session")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Changing"]:
    """Give a server whose workbook a test may change; each test starts by saving its own."""
    from tests.support.servers import Changing, serving

    path = tmp_path_factory.mktemp("changing") / "aaa_2025.xlsx"
    path.write_bytes(small())
    with serving(path) as served:
        yield Changing(served, path)
