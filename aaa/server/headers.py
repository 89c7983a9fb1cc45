"""Security headers: what a response may run, fetch and be embedded in."""

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
    """Return the headers of a response that is not a page: a browser runs no script in it.

    Args:
        elsewhere: other sites may embed it.
    """
    policy = (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src"
        " 'self'"
    )
    return {**_ALWAYS, POLICY: policy if elsewhere else f"{policy}; frame-ancestors 'self'"}


def of_page(scripts: Iterable[str], *, elsewhere: bool) -> Mapping[str, str]:
    """Return the headers of a page.

    Args:
        scripts: the text of every inline script; the browser runs no other inline script.
        elsewhere: other sites may embed the page.
    """
    known = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    policy = (
        "default-src 'self'",
        # Streamlit loads the scripts of components (`st.components.v2`) from blob URLs
        f"script-src 'self' blob: {known}".rstrip(),
        "style-src 'self' 'unsafe-inline'",  # Streamlit adds styles while it renders the page
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        # left out, because `*` would exclude the previews of some site builders
        *([] if elsewhere else ["frame-ancestors 'self'"]),
    )
    framed = {} if elsewhere else {"x-frame-options": "SAMEORIGIN"}
    return {**_ALWAYS, **framed, POLICY: "; ".join(policy)}


def scripts(page: str) -> list[str]:
    """Return the text of every inline script in a page."""
    return _SCRIPT.findall(page)


class Protected:
    """Middleware that gives every response the headers of a file, unless the app set others."""

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
