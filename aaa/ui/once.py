"""A cache for all readers: a pure function of the same frames gives the same result."""

import dataclasses
import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd

R = TypeVar("R")

_MOST_RESULTS = 1024  # results; a page needs about ten, and the least recently used are evicted
# approximate bytes of all results together: a large programme gets fewer results, so that unusual
# filters do not fill the memory
_MOST_BYTES = 256 * 2**20
_NAN = object()
_OF_A_CELL, _OF_ANYTHING = 64, 100  # bytes, roughly

_lock = threading.Lock()
# arguments, result and approximate size
_answers: OrderedDict[tuple[Any, ...], tuple[tuple[Any, ...], Any, int]] = OrderedDict()
_weights = 0
_working: dict[tuple[Any, ...], threading.Event] = {}  # being computed


def once(function: Callable[..., R], *args: Any) -> R:
    """Return `function(*args)`, computed only on the first call with these arguments.

    Frames and other unhashable objects are compared by identity. The cache holds a reference to the
    arguments, so that no other object can get the same id. Arguments and results are shared: do not
    change them.

    Args:
        function: pure, and known by its module and name.
        args: its arguments.
    """
    key = (function, *map(_cache_key, args))
    while True:
        with _lock:
            if key in _answers:
                _answers.move_to_end(key)
                return _answers[key][1]  # type: ignore[no-any-return]
            others = _working.get(key)
            if others is None:
                _working[key] = threading.Event()
        if others is None:
            return _compute(key, function, args)
        # Another thread computes it: after a save, all viewers ask for the same result within a
        # second.
        others.wait()


def _compute(key: tuple[Any, ...], function: Callable[..., R], args: tuple[Any, ...]) -> R:
    """Compute and cache a result, and wake the threads that wait for it; when it fails, they
    compute it themselves.
    """
    try:
        answer = function(*args)
        _keep(key, args, answer)
        return answer
    finally:
        with _lock:
            _working.pop(key).set()


def _keep(key: tuple[Any, ...], args: tuple[Any, ...], answer: Any) -> None:
    global _weights  # noqa: PLW0603 - it belongs to the answers, and they are the process's
    weight = _weight(answer)
    with _lock:
        _answers[key] = (args, answer, weight)
        _weights += weight
        while len(_answers) > 1 and (len(_answers) > _MOST_RESULTS or _weights > _MOST_BYTES):
            _, (_, _, gone) = _answers.popitem(last=False)
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


def _cache_key(value: Any) -> Any:
    """Return an argument's part of the cache key: its type and value, or its identity when it
    cannot be hashed.
    """
    if isinstance(value, float) and math.isnan(value):
        return _NAN  # because NaN != NaN
    try:
        hash(value)
    except TypeError:
        return "is", id(value)
    return type(value), value  # because 1 == True
