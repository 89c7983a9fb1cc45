"""Everything that the dashboard uses of Streamlit without a promise that it stays: what for, and
what breaks without it.

Each is tried by `tests/ui/test_streamlit_private.py`, which fails loudly when a new Streamlit does
it in another way. Nothing else of the program may name what is not documented
(`tests/test_architecture.py`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit
from streamlit import config
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_routes import BASE_ROUTE_UPLOAD_FILE

# What `st.Page` and `st.container` return has no public name; they are named in signatures only.
Page = StreamlitPage
Container = DeltaGenerator

# What `st.secrets` raises where no file of secrets can be read. Without it publishing that is not
# configured would be a fault instead of off.
SecretsNotFoundError = StreamlitSecretNotFoundError

# The address at which Streamlit takes files. Were it another, strangers could fill the memory:
# without this name the server does not start.
UPLOADS = f"/{BASE_ROUTE_UPLOAD_FILE}/"

# The logger on which Streamlit writes the words of an exception of a page, which may be personal.
# Were it another, they would still not stand in the log, because `aaa.server.logs` writes no words
# of an exception; each fault stood in it twice.
LOGGER_OF_FAULTS = "streamlit.error_util"

# Parts of Streamlit's program that every page needs, but that a browser would ask for only when the
# page is drawn. Without them a first visit takes some hundred milliseconds longer.
NEEDED_SOON = ("BidiComponent", "Html")

# In Streamlit's one HTML file, what the dashboard says in its own words or leaves out. Without them
# a page would be titled after Streamlit, in English, and fetch a font that it does not use
# (streamlit #15726).
LANGUAGE, TITLE, ICON, ROOT = (
    '<html lang="en">',
    "<title>Streamlit</title>",
    "./favicon.png",
    '<div id="root"></div>',
)
FONT = "SourceSans"

# Elements that a style sheet or script finds by `data-testid`. Without them a page keeps a header
# that it does not need, prints its buttons, or shows the contents that came with it for eight
# seconds longer (`aaa/server/prerender.js`).
ELEMENTS = (
    "InputInstructions", "stApp", "stAppViewContainer", "stButton", "stDialog", "stDownloadButton",
    "stFileUploaderDropzone", "stFileUploaderDropzoneInstructions", "stHeader", "stMain",
    "stPageLink", "stPopover",
    "stPopoverBody", "stSelectbox", "stSkipToContent", "stToolbar", "stVerticalBlock",
)  # fmt: skip
# of `stApp`: whether the page is complete
STATES = (
    "data-test-script-state",
    "data-test-connection-state",
)


def session_id() -> str:
    """Return what tells the session of this run from others, as the address of an upload names it.

    Raises:
        RuntimeError: there is no run. Nobody may send a file then.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not context.session_id:
        raise RuntimeError("asked for the session outside of a run of a page")
    return context.session_id


def is_set(option: str) -> bool:
    """Tell whether somebody set an option: in a file, by a flag or in the environment."""
    return bool(config.is_manually_set(option))


def set_options(options: Mapping[str, Any]) -> None:
    """Set options before the server starts. The documented `st.set_option` takes only a few of
    them.
    """
    for name, value in options.items():
        config.set_option(name, value)


def program() -> Path:
    """Return the folder of the scripts that a browser loads."""
    return Path(streamlit.__file__).parent / "static" / "static" / "js"
