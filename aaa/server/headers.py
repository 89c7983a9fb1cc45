"""What the server tells a browser about its answers: what they may run, fetch and be part of."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "content-security-policy"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FONT_SECONDS = 30 * 24 * 3600
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), fullscreen=(self),"
        " clipboard-write=(self)"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}


def of_file(*, elsewhere: bool = False) -> Mapping[str, str]:
    """Return the headers of an answer that is no page: whatever it holds, a browser runs nothing of
    it.

    Args:
        elsewhere: other sites may show it as part of theirs.
    """
    policy = (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src"
        " 'self'"
    )
    return {**_ALWAYS, POLICY: policy if elsewhere else f"{policy}; frame-ancestors 'self'"}


def of_page(scripts: Iterable[str], *, elsewhere: bool) -> Mapping[str, str]:
    """Return the headers of a page.

    Args:
        scripts: the text of every script that stands in the page itself; no other one is run.
        elsewhere: other sites may show the page as part of theirs.
    """
    known = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    policy = (
        "default-src 'self'",
        # Streamlit loads what a page brings along (`st.components.v2`) from memory
        f"script-src 'self' blob: {known}".rstrip(),
        "style-src 'self' 'unsafe-inline'",  # Streamlit writes its style as the page is drawn
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        # none at all, because `*` leaves out the previews of some programs that make sites
        *([] if elsewhere else ["frame-ancestors 'self'"]),
    )
    framed = {} if elsewhere else {"x-frame-options": "SAMEORIGIN"}
    return {**_ALWAYS, **framed, POLICY: "; ".join(policy)}


def scripts(page: str) -> list[str]:
    """Return the text of every script that stands in a page."""
    return _SCRIPT.findall(page)


class Protected:
    """Gives every answer the headers of a file, unless what is inside gave it others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in of_file().items():
                    headers.setdefault(name, value)
                if _is_font(scope, message):  # which never changes under its name
                    headers["cache-control"] = f"public, max-age={_FONT_SECONDS}, immutable"
            await send(message)

        await self._app(scope, receive, protected)


def _is_font(scope: Scope, start: Message) -> bool:
    there = start["status"] in (200, 206, 304)
    return (
        there
        and scope["path"].endswith(".woff2")
        and "font" in Headers(raw=start["headers"]).get("content-type", "font")
    )
