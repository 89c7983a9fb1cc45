"""Secrets: from Streamlit's files, or from the environment for a container or service without
files.
"""

import functools
import os
import tomllib
from typing import Any

import streamlit as st

ENVIRONMENT = "AAA_SECRETS"


class SecretsError(ValueError):
    """The variable is not valid TOML; the message gives the position, but no contents."""


def exist() -> bool:
    """Tell whether there are secrets. Streamlit would search thoroughly in every run."""
    return bool(os.environ.get(ENVIRONMENT)) or any(os.path.exists(place) for place in _places())


@functools.cache
def _places() -> tuple[str, ...]:
    return tuple(st.get_option("secrets.files"))


def from_environment() -> dict[str, Any] | None:
    """Return what AAA_SECRETS holds, as `.streamlit/secrets.toml` would; None where it is not set.

    Its sections override those of a file.

    Raises:
        SecretsError: it is not TOML. A server that started anyway would have publishing off
            without anybody noticing.
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
