"""The files for hosting: nginx before two servers that share the workbook and the state folder,
tried for real; the others read.
"""

import asyncio
import configparser
import contextlib
import datetime as dt
import hashlib
import http.client
import http.server
import ipaddress
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import websockets
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from websockets.typing import Origin

from tests.support import needs, servers
from tests.support.books import ROOT, example, small
from tests.support.servers import STREAMLIT, Served, Viewer, free_port, wait

DEPLOY = ROOT / "deploy"
PATIENCE = 3  # seconds that nginx waits for an answer in these tests


@dataclass(frozen=True)
class Site:
    """Two servers behind nginx: its port with TLS, its port without, the servers, their workbook
    and the folder of their versions.
    """

    port: int
    plain: int
    servers: tuple[Served, Served]
    book: Path
    state: Path

    def ask(self, path: str, **headers: str) -> Any:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=20, context=_trusting()
        )
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer: Any = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    @contextlib.asynccontextmanager
    async def viewing(self, route: str, origin: str | None = None) -> AsyncIterator[Viewer]:
        address = f"wss://127.0.0.1:{self.port}/_stcore/stream"
        origin = origin or f"https://127.0.0.1:{self.port}"
        cookie = {"Cookie": f"aaa_route={route}"}
        async with websockets.connect(
            address,
            subprotocols=[STREAMLIT],
            max_size=None,
            origin=Origin(origin),
            ssl=_trusting(),
            additional_headers=cookie,
        ) as found:
            yield Viewer(found)


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextlib.contextmanager
def proxied(folder: Path, servers: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Run the project's nginx before two servers that listen on these ports; yields its port with
    TLS and the one without.
    """
    nginx = needs.program("nginx")
    ports = (free_port(), free_port())
    process = subprocess.Popen(
        [
            nginx,
            "-c",
            str(_settings(folder, ports, servers)),
            "-p",
            str(folder),
            "-g",
            "daemon off;",
        ],
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(ports[0], process)
        yield ports
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give two servers behind nginx that all tests may ask."""
    with _hosted(tmp_path_factory.mktemp("site")) as found:
        yield found


@contextlib.contextmanager
def _hosted(folder: Path) -> Iterator[Site]:
    book, state = folder / "aaa_2025.xlsx", folder / "state"
    book.write_bytes(example())
    secret = {
        "STREAMLIT_SERVER_COOKIE_SECRET": "the same for both",
        "STREAMLIT_SERVER_ENABLE_CORS": "true",
    }
    with (
        servers.serving(book, state, variables=secret) as one,
        servers.serving(book, state, variables=secret) as two,
        proxied(folder, (one.port, two.port)) as ports,
    ):
        yield Site(*ports, (one, two), book, state)


def save(site: Site, data: bytes) -> None:
    """Save a workbook, and wait until both servers show it."""
    site.book.write_bytes(data)
    sha = hashlib.sha256(data).hexdigest()
    wait(lambda: all(served.status()["workbook"]["sha256"] == sha for served in site.servers))


def kept(site: Site) -> list[str]:
    """Return the fingerprint of every version that the servers keep."""
    return [path.name.split("_")[2] for path in site.state.glob("*/*.xlsx")]


def _settings(folder: Path, ports: tuple[int, int], servers: tuple[int, int]) -> Path:
    """Write the project's own configuration with the ports, patience and certificate of this test,
    and the few lines that Debian has around it.
    """
    _certificate(folder)
    ours = (DEPLOY / "nginx.conf").read_text("utf-8")
    changes = {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports[0]} ssl http2;",
        "listen 80;": f"listen 127.0.0.1:{ports[1]};",
        "/etc/ssl/aaa/": f"{folder}/",
        "proxy_read_timeout    10s;": f"proxy_read_timeout {PATIENCE}s;",
        "proxy_read_timeout 75s;": f"proxy_read_timeout {2 * PATIENCE}s;",
    }
    for known, here in changes.items():
        assert known in ours
        ours = ours.replace(known, here)
    upstream = (DEPLOY / "upstream.conf").read_text("utf-8")
    for known, port in zip(("127.0.0.1:8501", "127.0.0.1:8502"), servers, strict=True):
        assert known in upstream
        upstream = upstream.replace(known, f"127.0.0.1:{port}")
    kinds = "\n".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"pid {folder}/pid; error_log stderr; events {{}}\nhttp {{ {kinds}\n{upstream}\n{ours} }}"
    )
    (folder / "nginx.conf").write_text(whole, "utf-8")
    return folder / "nginx.conf"


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "dashboard.example.org")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
    )
    signed = (
        made.not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read().decode()
        with (
            contextlib.suppress(OSError),
            contextlib.closing(
                http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            ) as connection,
        ):
            connection.connect()
            return
        time.sleep(0.05)
    raise TimeoutError


@pytest.mark.server
def test_the_dashboard_is_there_over_tls_and_only_so(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.plain, timeout=10)
    connection.request("GET", "/tijdlijn?taal=en", headers={"Host": "dashboard.example.org"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (
        301,
        "https://dashboard.example.org/tijdlijn?taal=en",
    )
    there = site.ask("/", Accept_Encoding="identity")
    assert there.status == 200
    assert "4 activiteiten staan op rood of zijn te laat" in re.sub(
        "<[^>]+>", "", there.text
    ).replace("\u00a0", " ")
    assert there.headers["strict-transport-security"].startswith("max-age=")
    assert "script-src 'self'" in there.headers["content-security-policy"]
    assert re.fullmatch(
        r"aaa_route=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax",
        there.headers["set-cookie"],
    )
    assert "uvicorn" not in str(there.headers)
    assert site.ask("/", Cookie="aaa_route=known").headers["set-cookie"] is None


@pytest.mark.server
def test_the_many_files_of_a_first_visit_share_one_connection(site: Site) -> None:
    context = _trusting()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", site.port)) as plain,
        context.wrap_socket(plain) as found,
    ):
        assert found.selected_alpn_protocol() == "h2"


@pytest.mark.server
def test_what_is_not_for_the_world_is_not_there(site: Site) -> None:
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact"):
        assert site.ask(path).status == 404
    assert site.ask("/api/health").status == 200


@pytest.mark.server
def test_a_viewer_stays_at_one_server_and_goes_on_at_the_other_when_it_is_gone(
    tmp_path: Path,
) -> None:
    """Twenty viewers, spread over two servers; one of the servers is killed as they look; every
    viewer goes on, and sees what is saved after that.
    """
    routes = [f"viewer-{number}" for number in range(20)]

    def connected() -> list[int]:
        return [sum(_peers(served)) for served in site.servers]

    async def look() -> None:
        async with contextlib.AsyncExitStack() as stack:
            viewers = [await stack.enter_async_context(site.viewing(route)) for route in routes]
            for viewer in viewers:
                await viewer.visit("tijdlijn")
                assert "a-timeline" in viewer.shown()
            spread = connected()
            assert all(spread), f"all viewers are at one server: {spread}"
            os.kill(site.servers[0].process.pid, signal.SIGKILL)
            went_on = await asyncio.gather(
                *(_goes_on(viewer, route) for viewer, route in zip(viewers, routes, strict=True))
            )
            assert sorted(set(went_on)) == ["connected anew", "stayed"]

    async def _goes_on(viewer: Viewer, route: str) -> str:
        try:
            await asyncio.wait_for(viewer.visit("begroting"), 10)
        except websockets.ConnectionClosed:  # as a browser does, which tries again by itself
            async with site.viewing(route) as anew:
                await asyncio.wait_for(anew.visit("begroting"), 10)
                assert "680.000" in anew.shown()
            return "connected anew"
        assert "680.000" in viewer.shown()
        return "stayed"

    with _hosted(tmp_path) as site:
        asyncio.run(look())
        for route in routes:
            assert site.ask("/", Cookie=f"aaa_route={route}").status == 200, route
        site.book.write_bytes(small())
        sha = hashlib.sha256(small()).hexdigest()
        wait(
            lambda: (
                site.servers[1].status()["workbook"]["sha256"] == sha
                and sha[:12] in {one[:12] for one in kept(site)}
            )
        )


@pytest.mark.server
def test_a_server_that_hangs_keeps_its_viewers_no_longer_than_the_patience_of_nginx(
    site: Site,
) -> None:
    """As when its machine is gone without a word: it takes connections and does not answer. A
    browser asks for the health before it connects anew.
    """
    routes = [f"viewer-{number}" for number in range(12)]

    async def look() -> None:
        async with contextlib.AsyncExitStack() as stack:
            viewers = [await stack.enter_async_context(site.viewing(route)) for route in routes]
            for viewer in viewers:
                await viewer.visit("tijdlijn")
            assert all(sum(_peers(served)) for served in site.servers)
            os.kill(site.servers[0].process.pid, signal.SIGSTOP)
            went_on = await asyncio.gather(
                *(goes_on(viewer, route) for viewer, route in zip(viewers, routes, strict=True))
            )
            assert sorted(set(went_on)) == ["connected anew", "stayed"]

    async def goes_on(viewer: Viewer, route: str) -> str:
        try:
            await asyncio.wait_for(viewer.visit("begroting"), 4 * PATIENCE)
            return "stayed"
        except websockets.ConnectionClosed:
            health = await asyncio.to_thread(
                site.ask, "/_stcore/health", Cookie=f"aaa_route={route}"
            )
            assert health.status == 200
            async with asyncio.timeout(4 * PATIENCE), site.viewing(route) as anew:
                await anew.visit("begroting")
                assert "680.000" in anew.shown()
            return "connected anew"

    try:
        asyncio.run(look())
    finally:
        os.kill(site.servers[0].process.pid, signal.SIGCONT)


class _Holding(http.server.BaseHTTPRequestHandler):
    """A server that holds the files of its own sessions only; which one says the address."""

    def do_GET(self) -> None:
        self._answer(404)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self._answer(403)

    def _answer(self, otherwise: int) -> None:
        here = self.path.endswith(str(self.server.server_address[1]))
        self.send_response(200 if here else otherwise)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.server
def test_a_file_is_found_at_the_server_that_has_it(tmp_path: Path) -> None:
    """Who went on at the other server keeps their cookie, and what they download or send belongs to
    a session there.
    """
    with contextlib.ExitStack() as stack:
        servers = [
            stack.enter_context(http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Holding))
            for _ in range(2)
        ]
        for one in servers:
            threading.Thread(target=one.serve_forever, args=(0.02,), daemon=True).start()
            stack.callback(one.shutdown)
        port, _ = stack.enter_context(
            proxied(tmp_path, (servers[0].server_port, servers[1].server_port))
        )

        def ask(method: str, path: str) -> int:
            connection = http.client.HTTPSConnection(
                "127.0.0.1", port, timeout=20, context=_trusting()
            )
            connection.request(
                method, path, b"x" if method == "PUT" else None, {"Cookie": "aaa_route=known"}
            )
            answer = connection.getresponse()
            answer.read()
            return answer.status

        there = [one.server_port for one in servers]
        assert [ask("GET", f"/media/{held}") for held in there] == [200, 200]
        assert [ask("PUT", f"/_stcore/upload_file/session/{held}") for held in there] == [200, 200]
        assert (ask("GET", "/media/nobody"), ask("PUT", "/_stcore/upload_file/session/nobody")) == (
            404,
            403,
        )
        # a page is as good from one as from the other
        assert sorted(ask("GET", f"/{held}") for held in there) == [200, 404]


def _peers(served: Served) -> Iterator[int]:
    """Yield 1 for each connection that a server has."""
    inodes = set()
    for number in os.listdir(f"/proc/{served.process.pid}/fd"):
        with contextlib.suppress(OSError):
            inodes.add(os.readlink(f"/proc/{served.process.pid}/fd/{number}"))
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "01" and f"socket:[{fields[9]}]" in inodes:
            yield 1


@pytest.mark.server
def test_a_websocket_of_another_site_is_refused_behind_nginx_too(site: Site) -> None:
    async def foreign() -> None:
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with site.viewing("x", origin="https://boef.example"):
                pass
        assert refused.value.response.status_code == 403

    asyncio.run(foreign())


@pytest.mark.server
def test_two_servers_keep_a_version_once(site: Site) -> None:
    books = [
        small(
            Ambities=[
                {"Nr": "1", "Ambitie": "Woningen", "Eenheid": "woningen", "Doel": 1000 + number}
            ]
        )
        for number in range(4)
    ]
    for data in books:
        save(site, data)
    assert len(kept(site)) == len(set(kept(site))) == 1 + len(books)
    save(site, example())


# ---- what cannot be run here is read


def test_the_container_has_no_root_and_only_what_it_needs() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert any(re.fullmatch(r"USER \d+", line) and line != "USER 0" for line in lines)
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    copied = [
        part.rstrip("/")
        for line in lines
        if line.startswith("COPY") and "--from" not in line
        for part in line.split()[1:-1]
    ]
    assert all((ROOT / path).exists() for path in copied)
    tops = {path.split("/")[0] for path in copied}
    needed = {
        "dashboard.py",
        "aaa",
        "pages",
        "data",
        ".streamlit",
        "requirements.txt",
        "pyproject.toml",
        "deploy",
    }
    assert tops == needed
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ".streamlit/secrets.toml" in ignored


@pytest.mark.server
def test_the_container_knows_whether_it_is_well(serve: Callable[[str], Served]) -> None:
    def asked(port: int, base: str = "") -> int:
        where = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_BASE_URL_PATH": base}
        return subprocess.run(
            [sys.executable, DEPLOY / "healthy.py"],
            env={**os.environ, **where},
            capture_output=True,
            check=False,
        ).returncode

    assert asked(serve("example").port) == 0
    assert asked(serve("example").port, "/elders/") != 0
    assert asked(free_port()) != 0


def test_the_composition_names_what_is_there() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    for path in re.findall(r"- \./([\w./-]+):", text):
        # which the administrator makes
        assert (ROOT / path).exists() or path in ("certificates", "secrets.toml"), path
    for wanted in (
        "read_only: true",
        "cap_drop: [ALL]",
        "no-new-privileges:true",
        "STREAMLIT_SERVER_COOKIE_SECRET",
    ):
        assert wanted in text
    names = re.findall(r"server (\w+):8501", (DEPLOY / "upstream-compose.conf").read_text("utf-8"))
    addresses = [
        re.search(
            rf"^  {name}:\n    <<: \*dashboard\n.*ipv4_address: ([\d.]+)", text, re.MULTILINE
        )[1]
        for name in names
    ]
    network = ipaddress.ip_network(re.search(r"subnet: ([\d./]+)", text)[1])
    assert len(set(addresses)) == len(names) > 1
    assert all(ipaddress.ip_address(one) in network for one in addresses)


def test_the_service_is_fenced_in() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((DEPLOY / "aaa@.service").read_text("utf-8"))
    service = unit["Service"]
    assert service["User"] == "aaa"
    assert (
        service["ProtectSystem"],
        service["NoNewPrivileges"],
        service["CapabilityBoundingSet"],
    ) == ("strict", "true", "")
    assert "--server.port %i" in service["ExecStart"]
    analyze = shutil.which("systemd-analyze")
    if analyze is not None:
        found = subprocess.run(
            [analyze, "verify", str(DEPLOY / "aaa@.service")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Unknown" not in found.stderr, found.stderr


def test_windows_can_read_the_starter() -> None:
    data = (DEPLOY / "windows" / "start.bat").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    data.decode("ascii")
    labels = set(re.findall(rb"^:(\w+)\r", data, re.MULTILINE))
    assert set(re.findall(rb"goto (\w+)", data)) == labels
    # the browser opens the address that the program listens on, not a name that may mean another
    assert re.findall(rb"http://([^ :]+):", data) == [b"%AAA_OPEN%"]


def test_the_list_of_parts_is_that_of_the_requirements() -> None:
    listed = json.loads((ROOT / "sbom.cdx.json").read_text("utf-8"))
    parts = {
        (part["name"].lower().replace("_", "-").replace(".", "-"), part["version"])
        for part in listed["components"]
    }
    pinned = re.findall(
        r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    assert {
        (name.lower().replace("_", "-").replace(".", "-"), version) for name, version in pinned
    } == parts
    assert (
        listed["metadata"]["component"]["version"]
        == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    )
