"""Refuse uploads, except from a session that signed in to publish.

Streamlit keeps in memory whatever an open page uploads, whether the page has an uploader or not, so
that a visitor could fill the memory.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from aaa.ui import upload_permissions
from aaa.ui.streamlit_private import UPLOADS


class Uploads:
    """Refuses an upload from a session that may not send files, before reading its body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if _uploads(scope) and not upload_permissions.may_upload(_session(scope["path"])):
            await PlainTextResponse("403", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _uploads(scope: Scope) -> bool:
    harmless = ("OPTIONS", "DELETE")
    there = scope["type"] == "http" and UPLOADS in scope["path"]
    return there and scope["method"] not in harmless


def _session(path: str) -> str:
    """Return the session that the path of an upload names."""
    return path.partition(UPLOADS)[2].partition("/")[0]
