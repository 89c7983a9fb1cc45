"""Signing in and out: a form that is posted, because only an answer of the server can set a cookie
that no script reads.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from aaa.store import gate
from aaa.store.gate import Door, Outcome, RateLimiter
from aaa.ui import address, signing

_log = logging.getLogger(__name__)
_MOST_BYTES = 4096  # of a form
_PATIENCE_SECONDS = 50.0  # a request waits its turn, so that nobody has to try again and again
_MOST_WAITING = 3  # of one address
_YEAR = 365 * 24 * 3600

_door = Door()
_waiting: dict[int, int] = {}


async def sign_in(request: Request) -> Response:
    """Check a password; set the cookies of a sign-in, and lead back to the page."""
    form, refusal = await _form(request)
    if refusal is not None:
        return refusal
    stored, now = signing.stored(), time.time()
    device = gate.opened(request.cookies.get(signing.DEVICE, ""), stored, signing.DEVICE, now)
    limiter = _door.limiter(device, request.client.host if request.client else "")
    typed = form.get("password", "")
    outcome = await attempt(limiter, typed, stored) if typed and stored else Outcome.WRONG
    weight = logging.INFO if outcome is Outcome.OPEN else logging.WARNING
    facts = {"outcome": outcome.value, "known_browser": device is not None}
    _log.log(weight, "password tried", extra={"facts": facts})
    back = _back(form)
    if outcome is not Outcome.OPEN:
        said = "leeg" if not typed else "fout" if outcome is Outcome.WRONG else "wacht"
        return RedirectResponse(f"{back}{'&' if '?' in back else '?'}{signing.SAID}={said}", 303)
    answer = RedirectResponse(back, 303)
    _put(answer, request, signing.SESSION, stored, now, signing.SECONDS)
    _put(answer, request, signing.DEVICE, stored, now, _YEAR)
    return answer


async def sign_out(request: Request) -> Response:
    """Forget a sign-in, in this browser and on the server."""
    form, refusal = await _form(request)
    if refusal is not None:
        return refusal
    signing.forget(request.cookies.get(signing.SESSION, ""))
    answer = RedirectResponse(_back(form), 303)
    answer.delete_cookie(signing.SESSION, path=_path())
    return answer


async def attempt(
    limiter: RateLimiter,
    typed: str,
    stored: str,
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
) -> Outcome:
    """Check a password when its turn comes; WAIT where that takes too long, or where too many of
    the same address wait.

    Args:
        limiter: of the browser or its address.
        typed: the password.
        stored: the stored hash.
        sleep: waits some seconds.
    """
    key, waited = id(limiter), 0.0
    outcome = await run_in_threadpool(limiter.attempt, typed, stored)
    if outcome is not Outcome.WAIT or _waiting.get(key, 0) >= _MOST_WAITING:
        return outcome
    _waiting[key] = _waiting.get(key, 0) + 1
    try:
        while outcome is Outcome.WAIT and waited < _PATIENCE_SECONDS:
            pause = limiter.wait() + 0.01
            await sleep(pause)
            waited += pause
            outcome = await run_in_threadpool(limiter.attempt, typed, stored)
        return outcome
    finally:
        _waiting[key] -= 1
        if not _waiting[key]:
            del _waiting[key]


async def _form(request: Request) -> tuple[dict[str, str], Response | None]:
    """Return the fields of a form that a page of ours posted; a refusal for any other."""
    if not _is_ours(request):
        return {}, PlainTextResponse("forbidden", 403, {"Cache-Control": "no-store"})
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            return {}, PlainTextResponse("too large", 413, {"Cache-Control": "no-store"})
    with contextlib.suppress(ValueError):
        fields = parse_qs(body.decode(), keep_blank_values=True)
        return {name: values[0] for name, values in fields.items()}, None
    return {}, PlainTextResponse("bad form", 400, {"Cache-Control": "no-store"})


def _is_ours(request: Request) -> bool:
    """Tell whether a page of this server posted the form. A browser says from where, and a page of
    another site cannot make it say something else.
    """
    if (site := request.headers.get("sec-fetch-site")) is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def _back(form: dict[str, str]) -> str:
    """Return the page that the form stood on; only its query is taken from the form."""
    query = form.get("back", "").lstrip("?")
    kept = "&".join(
        part for part in query.split("&") if part and not part.startswith(f"{signing.SAID}=")
    )
    safe = kept if kept.isascii() and kept.isprintable() and "#" not in kept else ""
    page = f"{address.base()}/{address.UPDATE}"
    return f"{page}?{safe}" if safe else page


def _path() -> str:
    return f"{address.base()}/"


def _put(
    answer: Response, request: Request, name: str, stored: str, now: float, seconds: int
) -> None:
    forwarded = request.headers.get("x-forwarded-proto", "")
    answer.set_cookie(
        name,
        gate.token(stored, name, now + seconds),
        max_age=seconds,
        path=_path(),
        secure=request.url.scheme == "https" or forwarded == "https",
        httponly=True,
        samesite="strict",
    )
