"""The settings of Streamlit that come with the dashboard, applied in whatever way and from whatever
folder it starts.

`streamlit run dashboard.py` finds `.streamlit/config.toml` by itself. Started by uvicorn, by `aaa
serve` or from an installed package it finds none, and would show visitors the details of a fault
and take files of 200 MB.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from aaa.ui import streamlit_private
from aaa.values import shipped


def to_set() -> dict[str, Any]:
    """Return every option that comes with the dashboard and that nobody set otherwise, by its
    dotted name.
    """
    options = dict(_flat(tomllib.loads(shipped.SETTINGS.read_text("utf-8"))))
    return {name: value for name, value in options.items() if not streamlit_private.is_set(name)}


def apply() -> None:
    """Set them. What a file, a flag or the environment says goes before."""
    streamlit_private.set_options(to_set())


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
