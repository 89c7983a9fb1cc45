"""The cache for all readers: what is asked for with the same key is made once."""

import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import pandas as pd

R = TypeVar("R")

_MOST_RESULTS = 1024  # results; a page needs about three, and the least recently used are evicted
# approximate bytes of all results together: a large programme gets fewer results, so that unusual
# filters do not fill the memory
_MOST_BYTES = 256 * 2**20
_OF_A_CELL, _OF_ANYTHING = 64, 100  # bytes, roughly

_lock = threading.Lock()
_answers: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()  # result and approximate size
_weights = 0
_working: dict[Hashable, threading.Event] = {}  # being made


def once(key: Hashable, make: Callable[[], R]) -> R:
    """Return what `make` returned at the first call with this key.

    Args:
        key: everything that the result depends on. Numbers of different types must not stand in the
            same place of it, because 1 equals True.
        make: makes the result. It is shared: do not change it.
    """
    while True:
        with _lock:
            if key in _answers:
                _answers.move_to_end(key)
                return _answers[key][0]  # type: ignore[no-any-return]
            others = _working.get(key)
            if others is None:
                _working[key] = threading.Event()
        if others is None:
            return _made(key, make)
        # Another thread makes it: after a save, all viewers ask for the same result within a
        # second.
        others.wait()


def _made(key: Hashable, make: Callable[[], R]) -> R:
    """Make and cache a result, and wake the threads that wait for it; when it fails, they make it
    themselves.
    """
    try:
        answer = make()
        _keep(key, answer)
        return answer
    finally:
        with _lock:
            _working.pop(key).set()


def _keep(key: Hashable, answer: Any) -> None:
    global _weights  # noqa: PLW0603 - it belongs to the answers, and they are the process's
    weight = _weight(answer)
    with _lock:
        _answers[key] = answer, weight
        _weights += weight
        while len(_answers) > 1 and (len(_answers) > _MOST_RESULTS or _weights > _MOST_BYTES):
            _, (_, gone) = _answers.popitem(last=False)
            _weights -= gone


def _weight(value: Any, depth: int = 3) -> int:
    """Return roughly how many bytes a result holds; data shared by results count each time."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, pd.DataFrame | pd.Series):
        return int(value.size) * _OF_A_CELL
    if depth and isinstance(value, tuple | list | dict):
        return sum(
            _weight(one, depth - 1)
            for one in (value.values() if isinstance(value, dict) else value)
        )
    if depth and dataclasses.is_dataclass(value) and not isinstance(value, type):
        return sum(
            _weight(getattr(value, one.name), depth - 1) for one in dataclasses.fields(value)
        )
    return _OF_ANYTHING
