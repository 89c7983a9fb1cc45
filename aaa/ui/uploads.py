"""Who may send a file: a session that signed in to publish, and nobody else.

Streamlit keeps in memory what any open page sends to its upload address, whether the page has an uploader or not, so that a visitor could fill the memory.
"""

import threading
from collections import OrderedDict

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.scriptrunner import get_script_run_ctx

_WHERE = "/_stcore/upload_file/"
_MOST = 1000  # sessions that are remembered; the oldest fall off and can sign in again

_lock = threading.Lock()
_allowed: OrderedDict[str, None] = OrderedDict()


def allow() -> None:
    """Let the session of this run send files."""
    session = _session()
    with _lock:
        _allowed[session] = None
        _allowed.move_to_end(session)
        while len(_allowed) > _MOST:
            _allowed.popitem(last=False)


def forbid() -> None:
    """Let the session of this run send no more files."""
    with _lock:
        _allowed.pop(_session(), None)


def _session() -> str:
    context = get_script_run_ctx()
    return "" if context is None else context.session_id


class Uploads:
    """Refuses a file of a session that may not send one, before anything of it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and _WHERE in scope["path"] and scope["method"] not in ("OPTIONS", "DELETE"):
            session = scope["path"].split(_WHERE, 1)[1].split("/")[0]
            with _lock:
                known = session in _allowed
            if not known:
                await PlainTextResponse("403", 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)
