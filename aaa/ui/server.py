"""The web server around the pages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from aaa import publish
from aaa.ui import address, connections, faults, feeds, frame, front, headers, logs, sockets, status, uploads, warm

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 8.0  # for a workbook that is being put in its place while the server stops


def starting() -> bool:
    """Tell whether the server is looking for its application, rather than running a page for a reader."""
    return get_script_run_ctx(suppress_warning=True) is None


def around() -> dict[str, Any]:
    """Return everything around the pages, as `st.App` takes it."""
    return {
        "lifespan": lifespan,
        "routes": routes(),
        "middleware": middleware(),
        "on_script_error": faults.of_page,
        "exception_handlers": {500: faults.of_answer},
    }


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Prepare the process before its first reader, and let it finish what it writes after its last."""
    logs.start()
    at_once = sockets.at_once()
    sockets.room()
    # Until st.navigation has run once, Streamlit takes the files in pages/ for the pages and tells the first reader of /tijdlijn, in English,
    # that there is no such page. It has no public way to say beforehand that the frame navigates; tests/browser checks that this one works.
    PagesManager.uses_pages_directory = False
    front.serving.set()
    (fault,) = await asyncio.gather(run_in_threadpool(warm.up, at_once), return_exceptions=True)
    if isinstance(fault, Exception):  # it will come back before a reader, who is told; a server that does not start tells nobody
        faults.told(fault, "warming up failed")
    yield {}
    finished = await run_in_threadpool(publish.finish, _PATIENCE_SECONDS)
    _log.info("stopped", extra={"facts": {"finished_writing": finished}})


def routes() -> list[Route]:
    """Return what is served beside the pages."""
    beside: dict[str, Callable[[Request], Response]] = {
        "/agenda/{name:path}": feeds.calendar,
        "/api/health": status.health,
        "/api/status": status.status,
    }
    return [Route(f"{address.base()}{path}", answer) for path, answer in beside.items()]


def middleware(*, of_dashboard: bool = True) -> list[Middleware]:
    """Return what every answer passes through on its way out, the last first.

    Args:
        of_dashboard: the pages are those of the dashboard: there are no others, and some come with their contents.
    """
    around = [Middleware(front.Compressed), Middleware(headers.Protected), Middleware(uploads.Uploads), Middleware(connections.Connections)]
    titles = frame.titles if of_dashboard else None
    return [*around, Middleware(front.Shell, base=address.base(), titles=titles, with_contents=of_dashboard)]
