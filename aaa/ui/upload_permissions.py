"""Which sessions may send a file: those in which a lead signed in to publish."""

import threading
from collections import OrderedDict

from aaa.ui import streamlit_private

_MOST = 1000  # sessions; the oldest are evicted and can sign in again

_lock = threading.Lock()
_allowed: OrderedDict[str, None] = OrderedDict()


def allow() -> None:
    """Let the session of this run send files."""
    session = streamlit_private.session_id()
    with _lock:
        _allowed[session] = None
        _allowed.move_to_end(session)
        while len(_allowed) > _MOST:
            _allowed.popitem(last=False)


def forbid() -> None:
    """Let the session of this run send no more files."""
    with _lock:
        _allowed.pop(streamlit_private.session_id(), None)


def may_upload(session: str) -> bool:
    """Tell whether a session may send files."""
    with _lock:
        return session in _allowed
