"""Work that is done once for all readers: a pure function of the same frames gives the
same answer.
"""

import dataclasses
import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd

R = TypeVar("R")

_KEPT = 1024  # answers; a view of a page needs some ten, and old ones fall off
# bytes of all answers together, roughly: of a large programme fewer are kept, so that odd filters
# fill no memory
_HEAVIEST = 256 * 2**20
_NAN = object()
_OF_A_CELL, _OF_ANYTHING = 64, 100  # bytes, roughly

_lock = threading.Lock()
# arguments, answer and weight
_answers: OrderedDict[tuple[Any, ...], tuple[tuple[Any, ...], Any, int]] = OrderedDict()
_weights = 0
_working: dict[tuple[Any, ...], threading.Event] = {}  # what somebody is working out just now


def once(function: Callable[..., R], *args: Any) -> R:
    """Return `function(*args)`, worked out only the first time that it is asked with these very
    arguments.

    Frames and other things that cannot be hashed count as the same when they are the same object.
    The arguments are kept with the answer, so that no other object can take their place in memory.
    Nobody changes an argument or an answer: they are shared.

    Args:
        function: pure, and known by its module and name.
        args: what it is asked with.
    """
    key = (function, *map(_sameness, args))
    while True:
        with _lock:
            if key in _answers:
                _answers.move_to_end(key)
                return _answers[key][1]  # type: ignore[no-any-return]
            others = _working.get(key)
            if others is None:
                _working[key] = threading.Event()
        if others is None:
            return _worked_out(key, function, args)
        # for who asked first: when a workbook is saved, all of its viewers ask for the same within
        # a second
        others.wait()


def _worked_out(key: tuple[Any, ...], function: Callable[..., R], args: tuple[Any, ...]) -> R:
    """Work an answer out, keep it, and let those go on who wait for it; when it fails they try for
    themselves.
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
        while len(_answers) > 1 and (len(_answers) > _KEPT or _weights > _HEAVIEST):
            _, (_, _, gone) = _answers.popitem(last=False)
            _weights -= gone


def _weight(value: Any, depth: int = 3) -> int:
    """Return roughly how many bytes an answer holds; what it shares with others counts
    each time.
    """
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


def _sameness(value: Any) -> Any:
    """Return what two arguments share when they count as the same: their kind and value, or the
    very object where a value cannot be hashed.
    """
    if isinstance(value, float) and math.isnan(value):
        return _NAN  # which differs from itself
    try:
        hash(value)
    except TypeError:
        return "is", id(value)
    return type(value), value  # 1 is no True
