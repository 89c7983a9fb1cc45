"""Start Streamlit servers on this machine and ask them for pages over a real websocket."""

import contextlib
import gzip
import hashlib
import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Origin, Subprotocol

from tests.support import needs
from tests.support.books import ROOT

STREAMLIT = Subprotocol("streamlit")
DASHBOARD = ROOT / "dashboard.py"
HEALTH = "/_stcore/health"
_QUIET = {
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "browser.gatherUsageStats": "false",
}


# Below the ephemeral ports of Linux, so that no outgoing connection takes one first; a range of its
# own for each worker of pytest-xdist.
_FIRST_PORT, _PORTS = 20_000, 500
_next_port = itertools.count(os.getpid())


def free_port() -> int:
    """Return a port that nobody listens on."""
    first = _FIRST_PORT + _PORTS * int(
        os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    )
    for number in itertools.islice(_next_port, _PORTS):
        port = first + number % _PORTS
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError(f"no port is free between {first} and {first + _PORTS}")


@dataclass(frozen=True)
class Served:
    """A server that runs: its port, its process, and the file in which it writes what it tells its
    administrator.
    """

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def events(self) -> list[dict[str, Any]]:
        """Return what the server told, one event a line; what Streamlit greets with is no event."""
        return [
            json.loads(line)
            for line in self.log.read_text("utf-8").splitlines()
            if line.startswith("{")
        ]

    def status(self) -> dict[str, Any]:
        """Return what `/api/status` answers."""
        found: dict[str, Any] = json.loads(Asked(self.port, "/api/status").text)
        return found

    def memory(self) -> float:
        """Return the megabytes that the server has in memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def processor(self) -> float:
        """Return the seconds of a processor that the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def open_files(self) -> int:
        """Return how many files and connections the server holds open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


class Asked:
    """An answer of a server."""

    def __init__(self, port: int, path: str, method: str = "GET", **headers: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(
            method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        connection.close()

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode("utf-8")


def from_a_page(port: int) -> dict[str, str]:
    """Return the headers by which Streamlit knows that a request comes from a page of its own
    (XSRF), so that it is not refused for want of them.
    """
    cookie = Asked(port, HEALTH).headers["set-cookie"].split(";")[0]
    return {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2]}


@contextlib.contextmanager
def serving(
    workbook: Path,
    state: Path | None = None,
    *,
    script: Path = DASHBOARD,
    folder: Path = ROOT,
    base: str = "",
    variables: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Serve a script with the project's own settings; yields the server, and ends it afterwards,
    unless somebody did.

    Args:
        workbook: that it shows.
        state: the folder of its kept versions, by default one that goes with the server.
        script: by default the dashboard.
        folder: in which it is started, and whose settings it takes; by default the project's.
        base: the folder of its address, as `server.baseUrlPath`.
        variables: of its environment.
    """
    needs.may("server")
    port = free_port()
    with tempfile.TemporaryDirectory() as kept:
        log = Path(kept) / "log"
        environment = os.environ | {
            "AAA_STATE": str(state or kept),
            "AAA_WORKBOOK": str(workbook),
            **(variables or {}),
        }
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        for option, value in {
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.baseUrlPath": base,
            **_QUIET,
        }.items():
            command += [f"--{option}", str(value)]
        with log.open("wb") as said:
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=said, stderr=said
            )
        try:
            _wait(f"http://127.0.0.1:{port}{base and '/' + base}{HEALTH}", process)
            yield Served(port, process, log)
        finally:
            process.terminate()
            process.wait(15)


def _wait(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"no server at {address}")


@dataclass(frozen=True)
class Changing:
    """A server whose workbook a test may change."""

    served: Served
    path: Path

    def save(self, data: bytes, *, usable: bool = True) -> None:
        """Save another workbook in its place, and wait until the server shows it; of one that
        cannot be used, until it says so.
        """
        beside = self.path.with_suffix(".new")
        beside.write_bytes(data)
        os.replace(beside, self.path)
        sha = hashlib.sha256(data).hexdigest()

        def seen() -> bool:
            found = self.served.status()
            return bool(
                found["status"] == "ok" and found["workbook"]["sha256"] == sha
                if usable
                else found["status"] == "last_good"
            )

        wait(seen)


def wait(done: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so, for an event that nothing announces."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


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
        """Run the part of the page that looks for a newer workbook, as a browser does by itself;
        tell whether the whole page was run for it.
        """
        ask = BackMsg()
        ask.rerun_script.page_script_hash, ask.rerun_script.query_string = self._page, self._query
        ask.rerun_script.fragment_id, ask.rerun_script.is_auto_rerun = self._ticking, True
        self.seen = []
        await self._connection.send(ask.SerializeToString())
        ended = await self._until(
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
            ForwardMsg.FINISHED_EARLY_FOR_RERUN,
            ForwardMsg.FINISHED_SUCCESSFULLY,
        )
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
        # the same as one that came before, as a browser keeps them
        if answer.WhichOneof("type") == "ref_hash":
            answer = self._kept.get(answer.ref_hash, answer)
        elif answer.hash:
            self._kept[answer.hash] = answer
        self.seen.append(answer)
        return answer

    def shown(self) -> str:
        """Return what the messages of the last visit put on screen, as text."""
        return "\n".join(str(message) for message in self.seen)

    def _acknowledge_at_once(self) -> None:
        # Linux delays acknowledgements by 40 ms, which would hide the difference between a quick
        # page and a slow one.
        if hasattr(socket, "TCP_QUICKACK"):
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


@contextlib.asynccontextmanager
async def viewing(port: int) -> AsyncIterator[Viewer]:
    """Connect one reader."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(
        address, subprotocols=[STREAMLIT], max_size=None, origin=Origin(f"http://127.0.0.1:{port}")
    ) as connection:
        yield Viewer(connection)
