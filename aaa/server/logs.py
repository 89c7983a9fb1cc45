"""The log: one line of JSON per event, on standard output, without anything that identifies a
reader.

The project's own events are a fixed text with facts (`extra={"facts": {…}}`). Other libraries log
warnings only, as the unformatted message: its arguments may be an address or a name. For the same
reason an exception is logged as its type and where it was raised.
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
_DEEPEST = 12  # the innermost stack frames of an exception


class _Line(logging.Formatter):
    """One event as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time, level, event and facts."""
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
    """Return the first line of the unformatted message; when a library logs an exception as the
    message, only its type.
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
    """Return what may be logged of an exception: its type and stack frames, without its message."""
    places = [
        f"{place.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{place.lineno} {place.name}"
        for place in traceback.extract_tb(where)
    ]
    return {"fault": kind.__name__, "places": places[-_DEEPEST:]}


def start() -> None:
    """Send every event of the process to standard output, in one format."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Python's own hooks would write the message of the exception.
    threading.excepthook, sys.excepthook = (
        _of_thread,
        _of_process,
    )
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # else Python prints the message that it cannot write
    logging.getLogger(_OURS).setLevel(logging.INFO)
    # Remove the handlers of these libraries, which would write in another format.
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
    ).disabled = True  # `faults` logs a page that failed, with the number that its reader sees
