"""All undocumented parts of Streamlit that the dashboard uses: what for, and what breaks without
them.

`tests/ui/test_streamlit_private.py` tries each, and fails when a new Streamlit changes it. No other
module may use an undocumented name (`tests/test_architecture.py`). A number is that of an issue of
Streamlit; where there is none, no issue was found.
"""

import gc
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import streamlit
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_routes import BASE_ROUTE_UPLOAD_FILE
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

# What `st.Page` returns has no public name; it is named in signatures only.
Page = StreamlitPage

# Raised by `st.secrets` when no secrets file can be read. Without it, a server on which publishing
# is not configured would fail instead of turning publishing off.
SecretsNotFoundError = StreamlitSecretNotFoundError

# The URL path of Streamlit's uploads. With a wrong path, strangers could fill the memory. The
# server does not start without this name (streamlit #7024, #9218).
UPLOADS = f"/{BASE_ROUTE_UPLOAD_FILE}/"

# The logger to which Streamlit writes the message of a page's exception, which may be personal.
# With a wrong name, the message would still not be logged, because `aaa.server.logs` never writes
# one, but each exception would be logged twice.
LOGGER_OF_FAULTS = "streamlit.error_util"

# JavaScript of Streamlit that every page needs, but that a browser would request only when the page
# is rendered. Without them a first visit takes about a hundred milliseconds longer.
NEEDED_SOON = ("BidiComponent", "Html")

# The program that draws the bars, which a browser would request only at the first chart. Without it
# the bars stand as HTML for some seconds longer.
CHARTS = "PlotlyChart"

# Parts of Streamlit's HTML file that the dashboard replaces or removes. Without them a page would
# have Streamlit's title, declare English as its language, and fetch a font that it does not use
# (streamlit #15726, #9058, #9382).
LANGUAGE, TITLE, ICON, ROOT = (
    '<html lang="en">',
    "<title>Streamlit</title>",
    "./favicon.png",
    '<div id="root"></div>',
)
FONT = "SourceSans"

# Elements that a style sheet or script finds by `data-testid`. Without them a page keeps a header
# that it does not need, prints its buttons, or shows its prerendered contents for eight
# seconds longer (`aaa/server/prerender.js`; streamlit #3888, #5437, #11779).
ELEMENTS = (
    "InputInstructions", "stApp", "stAppViewContainer", "stButton", "stDialog", "stDownloadButton",
    "stFileUploaderDropzone", "stFileUploaderDropzoneInstructions", "stHeader", "stMain",
    "stPageLink", "stPlotlyChart", "stPopover",
    "stPopoverBody", "stSelectbox", "stSkipToContent", "stToolbar", "stVerticalBlock",
)  # fmt: skip
# attributes of `stApp` that tell whether the page is complete
STATES = ("data-test-script-state", "data-test-connection-state")

# After sending, Streamlit waits this long before it sends again, so a page that takes longer than
# one wait is complete a wait later. Without a shorter one the pages are as they were, and a rerun
# takes some four milliseconds longer.
_BETWEEN_SENDING_SECONDS = 0.001


def send_soon() -> None:
    """Let Streamlit send again after a millisecond, instead of five."""
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = _BETWEEN_SENDING_SECONDS  # type: ignore[attr-defined]


def session_id() -> str:
    """Return the id of this run's session, as in the URL of an upload.

    Raises:
        RuntimeError: there is no run. Nobody may send a file then.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not context.session_id:
        raise RuntimeError("asked for the session outside of a run of a page")
    return context.session_id


def account(cookies: Mapping[str, str], origin: str) -> Mapping[str, Any]:
    """Return what `st.user` holds for the reader who sent a request; empty where nobody is signed
    in with an account. Without it, who signs in with an account could only download what is ticked
    on *Controle*.

    Args:
        cookies: of the request; Streamlit signed them.
        origin: the site that sent it, which must be the one that the account was asked for.
    """
    found = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    return _parse_decoded_user_cookie(found, origin) if found else {}


def is_set(option: str) -> bool:
    """Tell whether somebody set an option: in a file, by a flag or in the environment."""
    return bool(config.is_manually_set(option))


def set_options(options: Mapping[str, Any]) -> None:
    """Set options before the server starts. The documented `st.set_option` takes only a few of
    them.
    """
    for name, value in options.items():
        config.set_option(name, value)


def sockets() -> Iterator[socket.socket]:
    """Yield every open socket that Python holds in this process.

    Streamlit names its listening sockets nowhere, and Windows lists none of a process. Without
    this, every file after the first on a connection is delayed there (`aaa/server/sockets.py`).
    """
    for one in gc.get_objects():
        if issubclass(type(one), socket.socket) and one.fileno() >= 0:
            yield one


def program() -> Path:
    """Return the folder of the scripts that a browser loads."""
    return Path(streamlit.__file__).parent / "static" / "static" / "js"
