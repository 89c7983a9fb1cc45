"""Compression (gzip) of pages and of Streamlit's own program."""

import gzip
import posixpath
import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aaa.server.buffering import BufferedResponse

_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")


class Compressed:
    """Compresses what a browser fetches once: pages and Streamlit's static files. The compressed
    static files are cached for all readers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # a cache by path; only files that Streamlit marks immutable, so that it stays bounded
        self._compressed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _takes_gzip(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        # Without this, Streamlit would compress some responses itself.
        inner = {
            **scope,
            "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"],
        }

        async def compress(start: Message, body: bytes) -> bytes:
            told = MutableHeaders(raw=start["headers"])
            # One file has many paths; only the normalized one is cached.
            lasting = (
                "immutable" in told.get("cache-control", "") and posixpath.normpath(path) == path
            )
            small = self._compressed.get(path) if lasting else None
            if small is None:
                small = await run_in_threadpool(gzip.compress, body, 9 if lasting else 6, mtime=0)
                if lasting:
                    self._compressed[path] = small
            told["content-encoding"] = "gzip"
            told.add_vary_header("accept-encoding")
            return small

        await self._app(inner, receive, BufferedResponse(send, _can_be_compressed, compress))


def _takes_gzip(scope: Scope) -> bool:
    """Tell whether a request is for a whole response and accepts gzip (RFC 9110, 12.5.3)."""
    if (
        scope["type"] != "http"
        or scope["method"] != "GET"
        or "range" in (asked := Headers(scope=scope))
    ):
        return False
    weights = {}
    for part in asked.get("accept-encoding", "").lower().split(","):
        name, _, rest = part.partition(";")
        weights[name.strip()] = rest.replace(" ", "")
    weight = weights.get("gzip", weights.get("*", "q=0"))
    return not re.fullmatch(r"q=0(\.0*)?", weight)


def _can_be_compressed(start: Message) -> bool:
    told = Headers(raw=start["headers"])
    kind = told.get("content-type", "")
    there = start["status"] in (200, 404) and "content-encoding" not in told
    return there and kind.startswith(_COMPRESSIBLE) and "text/event-stream" not in kind
