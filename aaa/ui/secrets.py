"""Secrets: Streamlit's files of them, and the environment for a container or a service that has
none.
"""

import functools
import os
import tomllib
from typing import Any

import streamlit as st

ENVIRONMENT = "AAA_SECRETS"


class SecretsError(ValueError):
    """The variable holds no TOML; the message says where, and nothing of what it holds."""


def exist() -> bool:
    """Tell whether there are any; Streamlit would look for its files thoroughly, in every run."""
    return bool(os.environ.get(ENVIRONMENT)) or any(os.path.exists(place) for place in _places())


@functools.cache
def _places() -> tuple[str, ...]:
    return tuple(st.get_option("secrets.files"))


def from_environment() -> dict[str, Any] | None:
    """Return what AAA_SECRETS holds, as `.streamlit/secrets.toml` would; None where it is not set.

    What it says goes before what a file says, section by section.

    Raises:
        SecretsError: it is not TOML. A server that started without it would have publishing off,
            and nobody told.
    """
    text = os.environ.get(ENVIRONMENT)
    if not text:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(")[2].rstrip(")")
        raise SecretsError(
            f"{ENVIRONMENT} is not TOML ({place}): write it as .streamlit/secrets.toml, or take it"
            " away"
        ) from None
