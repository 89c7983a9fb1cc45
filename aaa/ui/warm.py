"""What is done before the first reader comes, so that they wait no longer than the second."""

import importlib
import logging
import pkgutil
import time

import aaa
from aaa.texts import LANGUAGES
from aaa.ui import address, first, session

_log = logging.getLogger(__name__)
_NEVER = ("aaa.__main__", "aaa.cli")  # the command line


def up(at_once: int) -> None:
    """Load the whole program, read the workbook, and make the contents that come with the first page.

    Args:
        at_once: the number of listening sockets whose answers leave at once, for the log.
    """
    started = time.monotonic()
    for module in pkgutil.walk_packages(aaa.__path__, "aaa."):
        if module.name not in _NEVER:
            importlib.import_module(module.name)
    state = session.store_of(None).poll()
    for lang in LANGUAGES:
        first.contents("", f"{address.LANGUAGE}={lang}")
    facts = {"version": aaa.VERSION, "seconds": round(time.monotonic() - started, 2), "workbook": state.version is not None, "sockets": at_once}
    _log.info("ready", extra={"facts": facts})
