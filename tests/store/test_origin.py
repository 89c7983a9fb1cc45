"""A workbook at an https address, from a server that answers in every way that servers do."""

import datetime as dt
import http.server
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from aaa.store import origin
from aaa.store.origin import Address, direct
from aaa.store.source import Store
from aaa.values.finding import WorkbookError
from aaa.workbook import package
from tests.support.books import example, small

BOOK, OTHER = example(), small()


@dataclass
class Server:
    """What the server says, and what it was asked."""

    address: str = ""
    body: bytes = BOOK
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    redirect: str = ""
    pause: float = 0
    asked: list[dict[str, str]] = field(default_factory=list)


def certificate(folder: Path) -> Path:
    """Make a key and a certificate for 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
    )
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(
        now + dt.timedelta(days=1)
    )
    signed = (
        builder.add_extension(names, False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    says = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            says.asked.append(dict(self.headers))
            if says.redirect and self.path != "/elders":
                self.send_response(302)
                self.send_header("Location", says.redirect)
                self.end_headers()
                return
            tag = says.headers.get("ETag")
            status = 304 if tag and self.headers.get("If-None-Match") == tag else says.status
            self.send_response(status)
            for header, value in says.headers.items():
                self.send_header(header, value)
            self.end_headers()
            if status == 200:
                for start in range(0, len(says.body), 100_000):
                    self.wfile.write(says.body[start : start + 100_000])
                    time.sleep(says.pause)

        def log_message(self, *_: object) -> None:
            pass

    pem = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.socket = context.wrap_socket(listening.socket, server_side=True)
    says.address = f"https://127.0.0.1:{listening.server_address[1]}"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield says
    listening.shutdown()
    listening.server_close()


def refused(address: Address) -> str:
    with pytest.raises(WorkbookError) as caught:
        address.fetch()
    return caught.value.findings[0].code


def test_a_file_with_its_name_and_time(server: Server) -> None:
    server.headers = {
        "Last-Modified": "Mon, 30 Jun 2025 12:00:00 GMT",
        "Content-Disposition": "attachment; filename*=UTF-8''aaa_2026.xlsx",
    }
    fetched = Address(f"{server.address}/s/geheim").fetch()
    assert (fetched.data, fetched.name) == (BOOK, "aaa_2026.xlsx")
    assert fetched.saved.astimezone(dt.UTC) == dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC)


def test_a_file_that_did_not_change_is_not_sent_again(server: Server) -> None:
    server.headers = {"ETag": '"1"'}
    address = Address(f"{server.address}/aaa_2025.xlsx")
    first = address.fetch()
    assert address.fetch() is first
    assert server.asked[1]["If-None-Match"] == '"1"'
    server.headers, server.body = {"ETag": '"2"'}, OTHER
    assert address.fetch().data == OTHER


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "address_denied"),
        (403, "address_denied"),
        (404, "address_not_found"),
        (410, "address_not_found"),
        (500, "address_unreachable"),
        (429, "address_unreachable"),
    ],
)
def test_a_refusal_is_told_apart(server: Server, status: int, code: str) -> None:
    server.status = status
    assert refused(Address(f"{server.address}/a.xlsx")) == code


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "text/html; charset=utf-8"}, b"hallo"),
        ({}, b"\n<!DOCTYPE html><html>"),
        ({"Content-Type": "application/x"}, b"<HTML>"),
    ],
)
def test_a_page_to_sign_in_is_recognised(
    server: Server, headers: dict[str, str], body: bytes
) -> None:
    server.headers, server.body = headers, body
    assert refused(Address(f"{server.address}/a.xlsx")) == "address_login_page"


def test_a_redirect_is_followed_but_not_off_https(server: Server) -> None:
    server.redirect = f"{server.address}/elders"
    assert Address(f"{server.address}/a.xlsx").fetch().data == BOOK
    server.redirect = f"{server.address}/nog-eens"
    # for ever in a circle
    assert refused(Address(f"{server.address}/a.xlsx")) == "address_unreachable"
    server.redirect = "http://127.0.0.1:9/elders"
    assert refused(Address(f"{server.address}/a.xlsx")) == "address_insecure"
    assert refused(Address("http://127.0.0.1/a.xlsx")) == "address_insecure"


def test_too_much_is_not_read(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_BYTES", 1000)
    assert refused(Address(f"{server.address}/a.xlsx")) == "file_too_large"


def test_a_server_that_drips_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "_WHOLE_SECONDS", 0.2)
    server.body, server.pause = bytes(900_000), 0.1
    assert refused(Address(f"{server.address}/a.xlsx")) == "address_unreachable"


def test_a_server_that_is_not_there(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(Address("https://127.0.0.1:9/a.xlsx")) == "address_unreachable"
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")  # nobody vouches for its certificate
    assert refused(Address(f"{server.address}/a.xlsx")) == "address_unreachable"


def test_the_last_good_version_stays_whatever_the_server_says(server: Server) -> None:
    now = 100.0
    store = Store(Address(f"{server.address}/aaa_2025.xlsx"), clock=lambda: now)
    good = store.poll().version
    assert good is not None
    server.headers, server.body = {"Content-Type": "text/html"}, b"<html>"
    now += 20
    state = store.poll()
    assert (state.version, [f.code for f in state.problems]) == (good, ["address_login_page"])
    server.headers, server.status = {}, 503
    server.body = OTHER
    now += 20
    assert store.poll().version is good
    server.status = 200
    now += 20
    state = store.poll()
    assert state.problems == ()
    assert state.version is not None
    assert len(state.version.programme.activities) == 1


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("https://cloud.example.org/s/AbC123", "https://cloud.example.org/s/AbC123/download"),
        (
            "https://cloud.example.org/index.php/s/AbC123",
            "https://cloud.example.org/index.php/s/AbC123/download",
        ),
        (
            "https://x.sharepoint.com/:x:/s/aaa/Eabc?e=xyz",
            "https://x.sharepoint.com/:x:/s/aaa/Eabc?e=xyz&download=1",
        ),
        ("https://www.example.org/aaa_2025.xlsx?v=2", "https://www.example.org/aaa_2025.xlsx?v=2"),
    ],
)
def test_a_share_link_leads_to_the_file(link: str, file: str) -> None:
    assert direct(link) == file
    assert direct(file) == file


def test_the_secret_in_a_link_is_not_shown() -> None:
    address = Address("https://cloud.example.org/s/geheim")
    assert "geheim" not in address.name + address.key
