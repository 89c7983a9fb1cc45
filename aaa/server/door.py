"""Signing in and out: a form that is posted, because only an answer of the server can set a cookie
that no script reads.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aaa.server import forms
from aaa.server.forms import Form
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
    form, refusal = await forms.posted(request, _MOST_BYTES)
    if refusal is not None:
        return refusal
    stored, now = signing.stored(), time.time()
    device = gate.opened(request.cookies.get(signing.DEVICE, ""), stored, signing.DEVICE, now)
    limiter = _door.limiter(device, request.client.host if request.client else "")
    typed = forms.one(form, "password")
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
    form, refusal = await forms.posted(request, _MOST_BYTES)
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


def _back(form: Form) -> str:
    """Return the page that the form stood on; only its query is taken from the form."""
    query = forms.one(form, "back").lstrip("?")
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
