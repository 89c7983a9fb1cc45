"""Signing in by a posted form: who is let in, when, from where, and what a browser keeps."""

import asyncio
import http.client
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from aaa.server import door
from aaa.store import gate
from aaa.store.gate import Door, Outcome
from tests.store.test_gate import QUICK, Hands
from tests.support import servers
from tests.support.books import example

PASSWORD = "een lang wachtwoord"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("door")
    book, secrets = folder / "aaa_2025.xlsx", folder / "secrets.toml"
    book.write_bytes(example())
    secrets.write_text(f'[publish]\npassword = "{gate.hashed(PASSWORD)}"\n')
    with servers.serving(book, variables={"STREAMLIT_SECRETS_FILES": str(secrets)}) as served:
        yield served.port


def post(port: int, path: str, fields: dict[str, str], **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", path, urlencode(fields), sent)
    answer = connection.getresponse()
    answer.read()
    return answer


@pytest.mark.server
def test_who_knows_the_password_gets_cookies_that_no_script_reads(port: int) -> None:
    fields = {"password": PASSWORD, "back": "taal=en&deur=fout"}
    answer = post(port, "/aanmelden", fields, **OURS)
    assert (answer.status, answer.headers["Location"]) == (303, "/bijwerken?taal=en")
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert [one.partition("=")[0] for one in cookies] == ["aaa_lead", "aaa_device"]
    for one in cookies:
        assert "HttpOnly" in one
        assert "SameSite=strict" in one
        assert "Path=/" in one
        assert "Secure" not in one  # this server has no TLS
    ages = [re.search(r"Max-Age=(\d+)", one) for one in cookies]
    assert [int(age[1]) for age in ages if age] == [8 * 3600, 365 * 24 * 3600]
    behind_tls = post(port, "/aanmelden", fields, **OURS, X_Forwarded_Proto="https")
    assert all("Secure" in one for one in behind_tls.headers.get_all("Set-Cookie") or ["-"])


@pytest.mark.server
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {},
    ],
    ids=lambda headers: str(headers) or "nothing",
)
@pytest.mark.parametrize("path", ["/aanmelden", "/afmelden", "/overnemen"])
def test_a_form_of_another_site_does_nothing(port: int, path: str, headers: dict[str, str]) -> None:
    answer = post(port, path, {"password": PASSWORD}, **headers)
    assert answer.status == 403
    assert answer.headers.get_all("Set-Cookie") is None


@pytest.mark.server
def test_a_wrong_password_leads_back_and_sets_nothing(port: int) -> None:
    for typed, said in (("fout", "fout"), ("", "leeg")):
        answer = post(port, "/aanmelden", {"password": typed, "back": "jaar=2025"}, **OURS)
        assert (answer.status, answer.headers["Location"]) == (
            303,
            f"/bijwerken?jaar=2025&deur={said}",
        )
        assert answer.headers.get_all("Set-Cookie") is None


@pytest.mark.server
@pytest.mark.parametrize("back", ["//elders.example", "https://elders.example", "a#b", "a\r\nb: c"])
def test_it_leads_back_to_the_page_and_nowhere_else(port: int, back: str) -> None:
    answer = post(port, "/afmelden", {"back": back}, **OURS)
    assert answer.headers["Location"].startswith("/bijwerken")
    assert "\n" not in answer.headers["Location"]


@pytest.mark.server
def test_a_large_form_is_refused(port: int) -> None:
    assert post(port, "/aanmelden", {"password": "x" * 5000}, **OURS).status == 413
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/aanmelden")
    assert connection.getresponse().status in (404, 405)


def test_a_request_waits_its_turn_and_is_let_in_within_a_minute() -> None:
    """A stranger at the same address knocks for an hour, each time as soon as it may."""
    clock = Hands()
    guarded = Door(clock).limiter(None, "198.51.100.7")

    async def sleep(seconds: float) -> None:
        clock.now += seconds

    for _ in range(180):
        asyncio.run(door.attempt(guarded, "fout", QUICK, sleep))
    before = clock.now
    assert asyncio.run(door.attempt(guarded, PASSWORD, QUICK, sleep)) is Outcome.OPEN
    assert clock.now - before <= 60


def test_a_browser_that_signed_in_before_is_in_within_five_seconds() -> None:
    clock = Hands()
    doors = Door(clock)

    async def sleep(seconds: float) -> None:
        clock.now += seconds

    for _ in range(180):
        asyncio.run(door.attempt(doors.limiter(None, "a"), "fout", QUICK, sleep))
    mine = doors.limiter("my browser", "a")
    asyncio.run(door.attempt(mine, "een tikfout", QUICK, sleep))
    before = clock.now
    assert asyncio.run(door.attempt(mine, PASSWORD, QUICK, sleep)) is Outcome.OPEN
    assert clock.now - before <= 5
