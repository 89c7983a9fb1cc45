"""The dashboard's settings for Streamlit, applied however and from whatever folder it starts.

`streamlit run dashboard.py` finds `.streamlit/config.toml` by itself. With uvicorn, `aaa serve` or
an installed package, Streamlit finds no settings. It would show visitors the details of a fault and
accept files of 200 MB.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from aaa.ui import streamlit_private
from aaa.values import shipped


def to_set() -> dict[str, Any]:
    """Return the dashboard's options that nobody set otherwise, by their dotted names."""
    options = dict(_flat(tomllib.loads(shipped.SETTINGS.read_text("utf-8"))))
    return {name: value for name, value in options.items() if not streamlit_private.is_set(name)}


def apply() -> None:
    """Set these options. A file, a flag or the environment overrides them."""
    streamlit_private.set_options(to_set())
    streamlit_private.send_soon()


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
