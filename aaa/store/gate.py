"""A password, stored only as a salted hash (scrypt, RFC 7914); rate limiters with backoff; and what
a browser keeps of a sign-in, signed so that nobody else can make it.
"""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from enum import Enum, unique

_COST, _BLOCK, _PARALLEL = 2**15, 8, 1  # some 32 MB and a tenth of a second a try
_LONGEST_DELAY = 60.0  # seconds
_STRANGER_DELAY, _SHORT_DELAY = 20.0, 4.0  # for an address, and for a browser that signed in before
_HOUR = 3600.0
_MOST_KNOWN = 1000  # addresses with a limiter of their own
SHORTEST = 12  # characters of a new password


@unique
class Outcome(Enum):
    """The result of an attempt."""

    OPEN = "open"
    WRONG = "wrong"
    WAIT = "wait"  # too soon after a wrong attempt; the password was not checked


def hashed(password: str) -> str:
    """Return the line to store for a password: `scrypt$32768$8$1$<salt>$<hash>`, with another salt
    each time.
    """
    salt = secrets.token_bytes(16)
    return "$".join(
        (
            "scrypt",
            str(_COST),
            str(_BLOCK),
            str(_PARALLEL),
            _written(salt),
            _written(_hash(password, salt, _COST, _BLOCK, _PARALLEL)),
        )
    )


def verify(password: str, stored: str) -> bool:
    """Tell whether a password matches the stored hash; False for a line that `hashed`
    did not make.
    """
    try:
        name, cost, block, parallel, salt, wanted = stored.split("$")
        found = _hash(password, _read(salt), int(cost), int(block), int(parallel))
        return name == "scrypt" and hmac.compare_digest(found, _read(wanted))
    except (ValueError, MemoryError):
        return False


def _hash(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=2**27, dklen=32
    )


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _read(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)


def token(stored: str, kind: str, until: float) -> str:
    """Return what a browser keeps of a sign-in: its kind, until when it counts, a name of its own,
    and a signature. Another password makes it void.

    Args:
        stored: the stored hash of the password, the secret that signs.
        kind: what it is for.
        until: the end of its validity, in seconds since 1970.
    """
    told = f"{kind}.{int(until)}.{secrets.token_urlsafe(12)}"
    return f"{told}.{_signature(stored, told)}"


def opened(found: str, stored: str, kind: str, now: float) -> str | None:
    """Return the own name of a token; None for one that is not ours, of another kind or past its
    end.
    """
    told, _, signature = found.rpartition(".")
    if not stored or not hmac.compare_digest(
        signature.encode("utf-8", "replace"), _signature(stored, told).encode()
    ):
        return None
    is_of, until, name = told.split(".", 2)
    return name if is_of == kind and now < int(until) else None


def _signature(stored: str, told: str) -> str:
    key = hashlib.sha256(f"aaa sign-in {stored}".encode()).digest()
    return _written(hmac.new(key, told.encode("utf-8", "replace"), "sha256").digest()).rstrip("=")


class RateLimiter:
    """A rate limiter: parallel attempts are no faster than sequential ones."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, longest: float = _LONGEST_DELAY
    ) -> None:
        self._clock = clock
        self._longest = longest
        self._lock = threading.Lock()
        self._wrong = 0
        self._last = 0.0
        self._closed_until = 0.0

    def attempt(self, password: str, stored: str) -> Outcome:
        """Check a password. After a wrong one the next is checked only after 1, 2, 4 … seconds, at
        most the longest delay. Each hour without a wrong one halves what counts.
        """
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                return Outcome.WAIT
            if verify(password, stored):
                self._wrong = 0
                return Outcome.OPEN
            self._wrong = int(self._wrong / 2 ** min((now - self._last) // _HOUR, 60))
            self._closed_until = now + min(2.0 ** min(self._wrong, 10), self._longest)
            self._wrong += 1
            self._last = now
            return Outcome.WRONG

    def wait(self) -> float:
        """Return the seconds until the next attempt is allowed."""
        return max(0.0, self._closed_until - self._clock())


class Door:
    """Which rate limiter an attempt meets: a browser that signed in before has one of its own,
    every other the one of its address. A stranger shuts the door to nobody else.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[str, RateLimiter] = OrderedDict()
        # of all addresses beyond those: many together guess no faster than one
        self._others = RateLimiter(clock, _SHORT_DELAY)

    def limiter(self, device: str | None, address: str) -> RateLimiter:
        """Return the limiter of a browser by its own name, else by its address."""
        name, longest = (f"device {device}", _SHORT_DELAY) if device else (address, _STRANGER_DELAY)
        with self._lock:
            if name not in self._known:
                if len(self._known) >= _MOST_KNOWN and not device:
                    return self._others
                self._known[name] = RateLimiter(self._clock, longest)
                while len(self._known) > 2 * _MOST_KNOWN:
                    self._known.popitem(last=False)
            return self._known[name]
