"""What the server tells its administrator: one line of JSON an event, on standard output, without
anything that says who a reader is.

The project's own events are a fixed text with facts (`extra={"facts": {…}}`). Of other libraries
only warnings are passed on, as the text that stands in their program: what they would fill in may
be an address or a name. Of an exception only its kind and where it was raised, for the same reason.
"""

import datetime as dt
import json
import logging
import sys
import threading
import traceback
from types import TracebackType

from aaa.ui.streamlit_private import LOGGER_OF_FAULTS

_log = logging.getLogger(__name__)
_OURS = "aaa"
_DEEPEST = 12  # places of a fault, the innermost ones


class _Line(logging.Formatter):
    """One event as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: when, how bad, what, and the facts of it."""
        ours = record.name.split(".")[0] == _OURS
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(
            timespec="milliseconds"
        )
        line: dict[str, object] = {
            "time": moment,
            "level": record.levelname.lower(),
            "event": _event(record),
            "from": record.name,
        }
        line |= getattr(record, "facts", {}) if ours else {}
        if record.exc_info and record.exc_info[0] is not None:
            line |= of_fault(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, default=str)  # in ASCII, which every console can write


def _event(record: logging.LogRecord) -> str:
    """Return what happened: of another library the first line of its own text, never an exception
    that it passes on as one.
    """
    return (
        record.msg.splitlines()[0]
        if isinstance(record.msg, str) and record.msg
        else type(record.msg).__name__
    )


def _of_thread(what: threading.ExceptHookArgs) -> None:
    exc_info = (
        (what.exc_type, what.exc_value, what.exc_traceback) if what.exc_value is not None else None
    )
    _log.error(
        "thread failed",
        extra={"facts": {"thread": what.thread.name if what.thread else ""}},
        exc_info=exc_info,
    )


def _of_process(
    kind: type[BaseException], value: BaseException, where: TracebackType | None
) -> None:
    _log.error("process failed", extra={"facts": {}}, exc_info=(kind, value, where))


def of_fault(kind: type[BaseException], where: TracebackType | None) -> dict[str, object]:
    """Return what may be written of an exception: its kind and the places it came through, without
    its words.
    """
    places = [
        f"{place.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{place.lineno} {place.name}"
        for place in traceback.extract_tb(where)
    ]
    return {"fault": kind.__name__, "places": places[-_DEEPEST:]}


def start() -> None:
    """Let every event of the process go to standard output, in one form."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Python's own would write the words of the exception
    threading.excepthook, sys.excepthook = (
        _of_thread,
        _of_process,
    )
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # else a line that cannot be written is told of with its words
    logging.getLogger(_OURS).setLevel(logging.INFO)
    # those that brought a handler of their own, and would write in another form
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger) and name.split(".")[0] in (
            "streamlit",
            "uvicorn",
            "websockets",
            "asyncio",
        ):
            logger.handlers.clear()
            logger.propagate = True
            logger.setLevel(logging.WARNING)
    logging.getLogger(
        LOGGER_OF_FAULTS
    ).disabled = (
        True  # a page that failed is told of by `faults`, with the number that its reader sees
    )
