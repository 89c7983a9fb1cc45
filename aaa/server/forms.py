"""Forms that a page of the dashboard posted."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

Form: TypeAlias = Mapping[str, Sequence[str]]


async def posted(request: Request, most: int) -> tuple[Form, Response | None]:
    """Return the fields of a form that a page of ours posted; a refusal for any other.

    Args:
        request: the request.
        most: bytes that the form may have.
    """
    if not _is_ours(request):
        return {}, PlainTextResponse("forbidden", 403, {"Cache-Control": "no-store"})
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            return {}, PlainTextResponse("too large", 413, {"Cache-Control": "no-store"})
    with contextlib.suppress(ValueError):
        return parse_qs(body.decode(), keep_blank_values=True), None
    return {}, PlainTextResponse("bad form", 400, {"Cache-Control": "no-store"})


def one(form: Form, name: str) -> str:
    """Return the first value of a field; empty where it is not there."""
    return next(iter(form.get(name, ())), "")


def _is_ours(request: Request) -> bool:
    """Tell whether a page of this server posted the form. A browser says from where, and a page of
    another site cannot make it say something else.
    """
    if (site := request.headers.get("sec-fetch-site")) is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
