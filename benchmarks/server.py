"""Start Streamlit servers on this machine and ask them for pages over a real websocket."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
HEALTH = "/_stcore/health"
_QUIET = {"server.fileWatcherType": "none", "server.headless": "true", "browser.gatherUsageStats": "false"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A server that runs: its port, its process, and the file in which it writes what it tells its administrator."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path


@contextlib.contextmanager
def serving(script: Path, workbook: Path | None = None, state: Path | None = None, folder: Path = ROOT, **variables: str) -> Iterator[int]:
    """Serve a script with the project's own settings; yields the port, and ends the server afterwards."""
    with started(script, workbook, state, folder=folder, **variables) as served:
        yield served.port


@contextlib.contextmanager
def started(
    script: Path, workbook: Path | None = None, state: Path | None = None, *, port: int | None = None, folder: Path = ROOT, **variables: str
) -> Iterator[Served]:
    """Serve a script with the project's own settings; yields the server, and ends it afterwards, unless somebody did.

    Args:
        script: path of the script.
        workbook: that it shows; by default the shipped one.
        state: the folder of its kept versions, by default one that goes with the server.
        port: by default one that is free.
        folder: in which it is started, and whose settings it takes; by default the project's.
        variables: of its environment.
    """
    port = port or free_port()
    with tempfile.TemporaryDirectory() as kept:
        log = Path(kept) / "log"
        environment = os.environ | {"AAA_STATE": str(state or kept)} | ({"AAA_WORKBOOK": str(workbook)} if workbook else {}) | variables
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        for option, value in {"server.port": port, "server.address": "127.0.0.1", **_QUIET}.items():
            command += [f"--{option}", str(value)]
        with log.open("wb") as said:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        try:
            _wait(port, process)
            yield Served(port, process, log)
        finally:
            process.terminate()
            process.wait(15)


def _wait(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{HEALTH}", timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"no server on port {port}")


class Viewer:
    """One reader: asks for a page and waits until it is there."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self._connection = connection
        self._socket = connection.transport.get_extra_info("socket")
        self.seen: list[ForwardMsg] = []
        self._kept: dict[str, ForwardMsg] = {}
        self._page, self._query, self._ticking = "", "", ""

    async def visit(self, page: str, query: str = "") -> float:
        """Run a page and return the seconds until it was complete."""
        ask = BackMsg()
        ask.rerun_script.page_name = page
        ask.rerun_script.query_string = self._query = query
        return await self.send(ask)

    async def send(self, ask: BackMsg) -> float:
        """Ask for a run of a page in any words, and return the seconds until it was complete."""
        start = time.perf_counter()
        self.seen = []
        await self._connection.send(ask.SerializeToString())
        await self._until(ForwardMsg.FINISHED_SUCCESSFULLY)
        return time.perf_counter() - start

    async def tick(self) -> bool:
        """Run the part of the page that looks for a newer workbook, as a browser does by itself; tell whether the whole page was run for it."""
        ask = BackMsg()
        ask.rerun_script.page_script_hash, ask.rerun_script.query_string = self._page, self._query
        ask.rerun_script.fragment_id, ask.rerun_script.is_auto_rerun = self._ticking, True
        self.seen = []
        await self._connection.send(ask.SerializeToString())
        ended = await self._until(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY)
        if ended == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            ended = await self._until(ForwardMsg.FINISHED_SUCCESSFULLY)
        return ended == ForwardMsg.FINISHED_SUCCESSFULLY

    async def _until(self, *ends: int) -> int:
        while True:
            answer = await self.hear()
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self._page = answer.new_session.page_script_hash
            elif kind == "auto_rerun":
                self._ticking = answer.auto_rerun.fragment_id
            elif kind == "script_finished" and answer.script_finished in ends:
                return int(answer.script_finished)

    async def hear(self) -> ForwardMsg:
        """Return the next message of the server, and keep it in `seen`."""
        self._acknowledge_at_once()
        answer = ForwardMsg()
        answer.ParseFromString(await self._connection.recv())
        if answer.WhichOneof("type") == "ref_hash":  # the same as one that came before, as a browser keeps them
            answer = self._kept.get(answer.ref_hash, answer)
        elif answer.hash:
            self._kept[answer.hash] = answer
        self.seen.append(answer)
        return answer

    def shown(self) -> str:
        """Return what the messages of the last visit put on screen, as text."""
        return "\n".join(str(message) for message in self.seen)

    def _acknowledge_at_once(self) -> None:
        # Linux delays acknowledgements by 40 ms, which would hide the difference between a quick page and a slow one.
        if hasattr(socket, "TCP_QUICKACK"):
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


@contextlib.asynccontextmanager
async def viewing(port: int) -> AsyncIterator[Viewer]:
    """Connect one reader."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None, origin=f"http://127.0.0.1:{port}") as connection:
        yield Viewer(connection)


async def alternating(ports: dict[str, int], page: str, times: int) -> dict[str, list[float]]:
    """Visit a page on each server in turn, so that a noisy machine is equally noisy to all; the first two visits warm up."""
    seconds: dict[str, list[float]] = {name: [] for name in ports}
    async with contextlib.AsyncExitStack() as stack:
        viewers = {name: await stack.enter_async_context(viewing(port)) for name, port in ports.items()}
        for turn in range(times + 2):
            for name, viewer in viewers.items():
                took = await viewer.visit(page if name == "page" else "")
                assert not any(failed in viewer.shown() for failed in ("exception {", "a-fault")), f"{name} fails"
                if turn >= 2:
                    seconds[name].append(took)
                await asyncio.sleep(0.01)
    return seconds
