"""Warm up before the first request, so that the first reader waits no longer than the second."""

import importlib
import logging
import pkgutil
import time

import aaa
from aaa.server import prerender
from aaa.ui import address, session
from aaa.words.texts import LANGUAGES

_log = logging.getLogger(__name__)
# not imported: the command line, and the script that runs for each reader
_NEVER = ("aaa.__main__", "aaa.cli", "aaa.app.script")


def up(without_delay: int) -> None:
    """Import every module, read the workbook, and prerender the first page.

    Args:
        without_delay: the number of listening sockets with TCP_NODELAY, for the log.
    """
    started = time.monotonic()
    for module in pkgutil.walk_packages(aaa.__path__, "aaa."):
        if module.name not in _NEVER:
            importlib.import_module(module.name)
    state = session.store_of(None).poll()
    for lang in LANGUAGES:
        prerender.contents("", f"{address.LANGUAGE}={lang}")
    facts = {
        "version": aaa.VERSION,
        "seconds": round(time.monotonic() - started, 2),
        "workbook": state.version is not None,
        "sockets": without_delay,
    }
    _log.info("ready", extra={"facts": facts})
