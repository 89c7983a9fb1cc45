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
        sends = (
            scope["type"] == "http"
            and UPLOADS in scope["path"]
            and scope["method"] not in ("OPTIONS", "DELETE")
        )
        session = scope["path"].partition(UPLOADS)[2].partition("/")[0]
        if sends and not upload_permissions.may_upload(session):
            await PlainTextResponse("403", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)
