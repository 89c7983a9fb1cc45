"""Which websockets the server accepts: those from its own pages, with messages no larger than a
page sends.

Streamlit checks the origin too, but each time it first asks a server on the internet for its own
address (`streamlit.net_util`), which blocks other requests. And it accepts messages as large as the
largest that it sends itself.
"""

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aaa.ui import streamlit_private

LARGEST = 256 * 1024  # bytes; a page sends what was pressed, typed and chosen, and its address
_TOO_BIG, _REFUSED = 1009, 1008  # RFC 6455, 7.4.1


class Connections:
    """Refuses websockets from other sites, and closes one that sends too large a message."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if not origin_allowed(asked.get("origin"), asked.get("host")):
            await receive()
            await send({"type": "websocket.close", "code": _REFUSED})
            return

        async def small() -> Message:
            message = await receive()
            if (
                message["type"] == "websocket.receive"
                and len(message.get("bytes") or message.get("text") or "") > LARGEST
            ):
                await send({"type": "websocket.close", "code": _TOO_BIG})
                return {"type": "websocket.disconnect", "code": _TOO_BIG}
            return message

        await self._app(scope, small, send)


def origin_allowed(origin: str | None, host: str | None) -> bool:
    """Tell whether a page may connect: its origin is this server, or one that the settings allow.

    Args:
        origin: the `Origin` header; None for a program that is not a browser, which has no reader
            whose rights it could use.
        host: the `Host` header.
    """
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    try:
        asks = urlsplit(origin)
        name = asks.hostname
    except ValueError:  # a browser sends no such origin
        return False
    own = (
        [st.get_option("browser.serverAddress")]
        if streamlit_private.is_set("browser.serverAddress")
        else []
    )
    named = {
        urlsplit(one if "//" in one else f"//{one}").hostname
        for one in (*st.get_option("server.corsAllowedOrigins"), *own)
    }
    return asks.netloc == host or (name is not None and name in named)
