"""The web application: Streamlit's script, and what stands around it."""

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

from aaa.server import (
    compression,
    connections,
    faults,
    feeds,
    headers,
    logs,
    settings,
    shell,
    sockets,
    status,
    uploads,
    warm,
)
from aaa.store import publish
from aaa.ui import address, frame, secrets, streamlit_private, style
from aaa.values import shipped

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 8.0  # for a workbook that is being put in its place while the server stops
SCRIPT = shipped.SCRIPT  # what Streamlit runs for each reader


def options() -> dict[str, Any]:
    """Apply the settings, and return everything around the pages, as `st.App` takes it.

    Raises:
        SecretsError: the secrets in the environment cannot be read.
    """
    settings.apply()
    return {
        "secrets": secrets.from_environment(),
        "lifespan": lifespan,
        "routes": routes(),
        "middleware": middleware(),
        "on_script_error": faults.of_page,
        "exception_handlers": {500: faults.of_answer},
    }


def run(port: int, host: str) -> None:
    """Serve the dashboard until the process is ended.

    Args:
        port: to listen on.
        host: the address to listen on; `0.0.0.0` for every one of this machine.
    """
    own = {**settings.to_set(), "server.port": port, "server.address": host}
    # `st.App.run` sets them anew, and warns of each that differs from before
    streamlit_private.set_options(own)
    st.App(SCRIPT, **options()).run(config=own)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Prepare the process before its first reader, and let it finish what it writes
    after its last.
    """
    logs.start()
    without_delay = sockets.set_nodelay()
    sockets.raise_file_limit()
    style.comes_with_the_page.set()
    (fault,) = await asyncio.gather(
        run_in_threadpool(warm.up, without_delay), return_exceptions=True
    )
    # it will come back before a reader, who is told; a server that does not start tells nobody
    if isinstance(fault, Exception):
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
        of_dashboard: the pages are those of the dashboard: there are no others, and some come with
            their contents.
    """
    around = [
        Middleware(compression.Compressed),
        Middleware(headers.Protected),
        Middleware(uploads.Uploads),
        Middleware(connections.Connections),
    ]
    titles = frame.titles if of_dashboard else None
    return [
        *around,
        Middleware(shell.Shell, base=address.base(), titles=titles, with_contents=of_dashboard),
    ]
