"""The web application: Streamlit's script, with the middleware and routes around it."""

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
    accepting,
    compression,
    connections,
    door,
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
from aaa.ui import accepting as accepting_form
from aaa.ui import address, frame, secrets, signing, streamlit_private, style
from aaa.values import shipped

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 8.0  # to wait at shutdown for a workbook that is being published
SCRIPT = shipped.SCRIPT  # what Streamlit runs for each reader


def options() -> dict[str, Any]:
    """Apply the settings, and return the keyword arguments of `st.App`.

    Raises:
        SecretsError: the secrets in the environment cannot be read.
    """
    settings.apply()
    return {
        "secrets": secrets.from_environment(),
        "lifespan": lifespan,
        "routes": routes(),
        "middleware": middleware(),
        "on_script_error": faults.on_page_error,
        "exception_handlers": {500: faults.on_request_error},
    }


def run(port: int, host: str) -> None:
    """Serve the dashboard until the process is ended.

    Args:
        port: to listen on.
        host: the address to listen on; `0.0.0.0` for all interfaces.
    """
    own = {**settings.to_set(), "server.port": port, "server.address": host}
    # set before `st.App.run`, which sets them again and warns about each option that it changes
    streamlit_private.set_options(own)
    st.App(SCRIPT, **options()).run(config=own)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first request, and finish writing at shutdown."""
    logs.start()
    without_delay = sockets.set_nodelay()
    sockets.raise_file_limit()
    style.comes_with_the_page.set()
    (fault,) = await asyncio.gather(
        run_in_threadpool(warm.up, without_delay), return_exceptions=True
    )
    # Start anyway: the fault will recur for a reader, who sees a message; a server that does not
    # start shows nobody anything.
    if isinstance(fault, Exception):
        faults.log_error(fault, "warming up failed")
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
    posted = {
        signing.IN: door.sign_in,
        signing.OUT: door.sign_out,
        accepting_form.TO: accepting.accept,
    }
    return [
        *(Route(f"{address.base()}{path}", answer) for path, answer in beside.items()),
        *(
            Route(f"{address.base()}/{path}", answer, methods=["POST"])
            for path, answer in posted.items()
        ),
    ]


def middleware(*, of_dashboard: bool = True) -> list[Middleware]:
    """Return the middleware, the outermost first.

    Args:
        of_dashboard: the pages are those of the dashboard: there are no others, and some are
            prerendered.
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
