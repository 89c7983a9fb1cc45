"""A password, stored only as a salted hash (scrypt, RFC 7914), and a rate limiter with backoff."""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from enum import Enum, unique

_COST, _BLOCK, _PARALLEL = 2**15, 8, 1  # some 32 MB and a tenth of a second a try
_LONGEST_DELAY = 60.0  # seconds
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


class RateLimiter:
    """A rate limiter for the whole process: parallel attempts are no faster than
    sequential ones.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong = 0
        self._closed_until = 0.0

    def attempt(self, password: str, stored: str) -> Outcome:
        """Check a password. After a wrong one the next is checked only after 1, 2, 4 …
        60 seconds.
        """
        with self._lock:
            if self._clock() < self._closed_until:
                return Outcome.WAIT
            if verify(password, stored):
                self._wrong = 0
                return Outcome.OPEN
            self._closed_until = self._clock() + min(2.0 ** min(self._wrong, 10), _LONGEST_DELAY)
            self._wrong += 1
            return Outcome.WRONG

    def wait(self) -> float:
        """Return the seconds until the next attempt is allowed."""
        return max(0.0, self._closed_until - self._clock())
