"""The web server around the pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from aaa.ui import address, feeds, front


def starting() -> bool:
    """Tell whether the server is looking for its application, rather than running a page for a reader."""
    return get_script_run_ctx(suppress_warning=True) is None


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Prepare the process before its first reader."""
    # Until st.navigation has run once, Streamlit takes the files in pages/ for the pages and tells the first reader of /tijdlijn, in English,
    # that there is no such page. It has no public way to say beforehand that the frame navigates; tests/browser checks that this one works.
    PagesManager.uses_pages_directory = False
    front.serving.set()
    yield {}


def routes() -> list[Route]:
    """Return what is served beside the pages."""
    return [Route(f"{address.base()}/agenda/{{name:path}}", feeds.calendar)]


def middleware(*, with_contents: bool = True) -> list[Middleware]:
    """Return what every answer passes through on its way out, the last first.

    Args:
        with_contents: pages that are opened by a link on a phone come with their contents.
    """
    return [Middleware(front.Compressed), Middleware(front.Shell, base=address.base(), with_contents=with_contents)]
