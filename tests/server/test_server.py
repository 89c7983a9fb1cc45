"""What an administrator relies on: headers, status, log, and what happens when the dashboard itself
fails or is stopped.
"""

import asyncio
import base64
import contextlib
import datetime as dt
import hashlib
import json
import logging
import re
import signal
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
import websockets

import aaa
from aaa.server import logs
from aaa.server.application import lifespan
from aaa.store import publish
from aaa.ui import frame, style
from aaa.workbook import package
from tests.support import failing, failing_page, servers
from tests.support.books import ROOT, SHIPPED, example
from tests.support.failing_page import SECRET
from tests.support.servers import Asked, Served, viewing, wait

pytestmark = pytest.mark.server
FAILING = Path(failing.__file__)

PAGES = ("/", "/tijdlijn", "/bijwerken", "/partners?partner=dc-terra&taal=en")
FILES = (
    "/app/static/icon.svg",
    "/agenda/programma.ics",
    "/agenda/onbekend.ics",
    "/api/status",
    "/api/health",
    "/_stcore/health",
    "/..%2fREADME.md",
    "/_stcore/x",
    "/onzin",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    book = tmp_path_factory.mktemp("book") / "aaa_2025.xlsx"
    book.write_bytes(example())
    secrets = book.with_name("secrets.toml")
    secrets.write_text('[publish]\npassword = "geen"\n')
    with servers.serving(book, variables={"STREAMLIT_SECRETS_FILES": str(secrets)}) as found:
        yield found


def policy(answer: Asked) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["content-security-policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_every_answer_says_what_a_browser_may_do_with_it(served: Served, path: str) -> None:
    answer = Asked(served.port, path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert policy(answer)["frame-ancestors"] == ["'self'"]
    assert "'unsafe-inline'" not in policy(answer).get("script-src", policy(answer)["default-src"])
    assert "'unsafe-eval'" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_its_own_scripts_and_no_other(served: Served, path: str) -> None:
    answer = Asked(served.port, path)
    allowed = policy(answer)["script-src"]
    inside = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert inside
    for script in inside:
        assert (
            f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
            in allowed
        )
    assert set(allowed) - {"'self'", "blob:"} == {
        one for one in allowed if one.startswith("'sha256-")
    }


def test_a_page_may_be_part_of_another_site_where_it_says_so_but_never_the_one_that_publishes(
    served: Served,
) -> None:
    assert "frame-ancestors" not in policy(Asked(served.port, "/tijdlijn?embed=true"))
    assert "x-frame-options" not in Asked(served.port, "/tijdlijn?embed=true").headers
    for path in (
        "/bijwerken?embed=true",
        "/bijwerken/?embed=true",
        "/tijdlijn?embed=false",
        "/tijdlijn?embed=true&embed=false",
    ):
        answer = Asked(served.port, path)
        assert policy(answer)["frame-ancestors"] == ["'self'"], path


@pytest.mark.parametrize(
    "path", ["/onzin", "/tijdlijn/onzin", "/api/onzin", "/TIJDLIJN", "/%3Cb%3Eonzin", "/onzin.html"]
)
def test_an_address_without_a_page_names_those_that_there_are(served: Served, path: str) -> None:
    dutch, english = (
        Asked(served.port, path, Accept_Encoding="gzip"),
        Asked(served.port, f"{path}?taal=en"),
    )
    assert (dutch.status, english.status) == (404, 404)
    assert '<html lang="nl">' in dutch.text
    assert "<h1>Deze pagina is er niet</h1>" in dutch.text
    assert re.findall(r'href="(/[^"/]*)"', dutch.text) == [f"/{path}" for _, path, _ in frame.PAGES]
    assert "<h1>There is no such page</h1>" in english.text
    assert '<a href="/tijdlijn?taal=en">Timeline</a>' in english.text
    embedded = Asked(served.port, f"{path}?embed=true&jaar=2025&partner=x")
    assert "frame-ancestors" not in policy(embedded)
    assert '<a href="/tijdlijn?jaar=2025&amp;embed=true">Tijdlijn</a>' in embedded.text
    assert dutch.headers["content-encoding"] == "gzip"
    assert "<script" not in dutch.text
    assert "onzin" not in dutch.text
    for offered in re.findall(r'href="(/[^"/]*)"', dutch.text):
        assert Asked(served.port, offered).status == 200


def test_the_page_for_leads_is_there_only_where_it_is_configured(
    served: Served, serve: Callable[[str], Served]
) -> None:
    assert Asked(served.port, "/bijwerken").status == 200
    assert Asked(serve("example").port, "/bijwerken").status == 404


def test_a_letter_is_kept_by_the_browser(served: Served) -> None:
    assert (
        "max-age=2592000"
        in Asked(served.port, "/app/static/ibm-plex-sans-latin-400-normal.woff2").headers[
            "cache-control"
        ]
    )


def test_the_status_says_what_is_shown(served: Served) -> None:
    answer = Asked(served.port, "/api/status")
    assert answer.headers["cache-control"] == "no-store"
    found = json.loads(answer.text)
    assert (found["version"], found["status"], found["problems"], found["versions_are_kept"]) == (
        aaa.VERSION,
        "ok",
        [],
        True,
    )
    assert found["workbook"]["sha256"] == hashlib.sha256(example()).hexdigest()
    assert found["workbook"]["year"] == 2025
    assert found["workbook"]["age_seconds"] >= 0
    assert set(found["workbook"]["findings"]) == {"fatal", "error", "warning", "info"}
    assert found["workbook"]["findings"]["warning"] > 0
    assert json.loads(Asked(served.port, "/api/health").text) == {"status": "ok"}


def test_the_status_follows_the_workbook(tmp_path: Path) -> None:
    book = tmp_path / "aaa_2025.xlsx"
    book.write_bytes(b"kapot")
    with servers.serving(book) as served:
        assert (
            Asked(served.port, "/api/health").status,
            json.loads(Asked(served.port, "/api/health").text),
        ) == (503, {"status": "nothing_to_show"})
        found = served.status()
        assert (found["workbook"], found["problems"]) == (None, ["file_not_excel"])
        calendar = Asked(served.port, "/agenda/programma.ics")
        assert (calendar.status, calendar.headers["retry-after"]) == (503, "60")
        book.write_bytes(example())
        wait(lambda: served.status()["status"] == "ok")
        said = package.modified(example())
        assert said is not None
        saved = dt.datetime.fromisoformat(served.status()["workbook"]["saved"])
        assert abs(saved - said) < dt.timedelta(seconds=1)  # what the workbook says, as on a page
        book.unlink()
        wait(
            lambda: json.loads(Asked(served.port, "/api/health").text) == {"status": "last_good"},
            12,
        )
        assert Asked(served.port, "/api/health").status == 200
        assert served.status()["problems"] == ["file_missing"]
        told = [event["event"] for event in served.events()]
    assert told == [
        "workbook cannot be used",
        "ready",
        "workbook shown",
        "workbook can be used again",
        "workbook cannot be used",
    ]


def test_the_version_has_one_value() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == aaa.VERSION
    assert f'softwareVersion: "{aaa.VERSION}"' in (ROOT / "publiccode.yml").read_text("utf-8")
    assert f"## {aaa.VERSION}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_first_reader_does_not_wait_for_the_server_to_warm_up(served: Served) -> None:
    ready = next(event for event in served.events() if event["event"] == "ready")
    assert ready["workbook"] is True
    assert ready["sockets"] >= 1  # with TCP_NODELAY
    assert ready["seconds"] > 0  # it was done before the server answered anybody


def test_a_server_that_cannot_warm_up_starts_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: int) -> None:
        raise ValueError(SECRET)

    async def start() -> None:
        async with lifespan(st.App(failing_page.__file__)):
            pass

    monkeypatch.setattr(logs, "start", lambda: None)
    monkeypatch.setattr("aaa.server.warm.up", fails)
    with caplog.at_level(logging.INFO, "aaa"):
        asyncio.run(start())
    # a server that stopped publishes nothing more; the process of the tests goes on
    publish._one_at_a_time.release()
    assert [record.getMessage() for record in caplog.records] == ["warming up failed", "stopped"]
    style.comes_with_the_page.clear()


async def look(port: int, query: str) -> str:
    async with viewing(port) as viewer:
        await viewer.visit("", query)
        return viewer.shown()


@pytest.fixture(scope="module")
def fails() -> Iterator[Served]:
    with servers.serving(SHIPPED, script=FAILING) as found:
        yield found


def in_log(served: Served, event: str, reference: str) -> list[dict[str, Any]]:
    return [
        told
        for told in served.events()
        if told["event"] == event and told["reference"] == reference
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Hier ging iets mis"),
        ("taal=en", "Something went wrong"),
        ("part=1", "Hier ging iets mis"),
    ],
)
def test_a_page_that_fails_shows_a_number_that_stands_in_the_log(
    fails: Served, query: str, words: str
) -> None:
    shown = asyncio.run(look(fails.port, query))
    assert words in shown
    number = re.search(r"<b>([2-9A-Z]{8})</b>", shown)
    assert number
    assert ("before" in shown) == ("part" not in query)  # what there was already stays
    (told,) = in_log(fails, "page failed", number[1])
    assert told["fault"] == "ValueError"
    assert told["places"][-1].startswith("failing_page.py:")
    for kept in (SECRET, "Traceback"):
        assert kept not in shown
    log = fails.log.read_text("utf-8")
    for kept in (SECRET, "Traceback", "127.0.0.1:"):
        assert kept not in log.replace(fails.address, "")  # Streamlit's greeting


def test_the_log_passes_no_words_of_others_exceptions(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.root.handlers[:], logging.root.level, threading.excepthook, sys.excepthook
    try:
        logs.start()
        logging.getLogger("asyncio").error(
            f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{SECRET}')>"
        )
        logging.getLogger("streamlit.anything").warning(ValueError(SECRET))
        logging.getLogger("uvicorn.error").warning("Invalid request of %s", SECRET)
        thread = threading.Thread(target=lambda: int(SECRET), name="workbook")
        thread.start()
        thread.join()
    finally:
        logging.root.handlers[:], threading.excepthook, sys.excepthook = (
            before[0],
            before[2],
            before[3],
        )
        logging.root.setLevel(before[1])
    said = capsys.readouterr()
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [line["event"] for line in lines] == [
        "Task exception was never retrieved",
        "ValueError",
        "Invalid request of %s",
        "thread failed",
    ]
    assert SECRET not in said.out + said.err


def test_a_request_that_fails_is_answered_with_a_number_too(fails: Served) -> None:
    dutch, english = Asked(fails.port, "/fails"), Asked(fails.port, "/fails?taal=en")
    assert (dutch.status, english.status) == (500, 500)
    assert '<html lang="nl">' in dutch.text
    assert "Something went wrong" in english.text
    for answer in (dutch, english):
        number = re.search(r"<b>(\w{8})</b>", answer.text)
        assert number
        assert len(in_log(fails, "answer failed", number[1])) == 1
    assert policy(dutch)["default-src"] == ["'none'"]
    log = fails.log.read_text("utf-8")
    assert SECRET not in dutch.text + log
    assert "Traceback" not in dutch.text + log


def test_a_server_that_is_stopped_lets_go_of_its_viewers_and_says_so() -> None:
    async def stop(served: Served) -> float:
        async with viewing(served.port) as one, viewing(served.port) as other:
            await asyncio.gather(one.visit(""), other.visit("tijdlijn"))
            started = time.monotonic()
            served.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(websockets.ConnectionClosed):
                while True:
                    await asyncio.wait_for(one.hear(), 10)
            while served.process.poll() is None:
                await asyncio.sleep(0.05)
            return time.monotonic() - started

    with servers.serving(SHIPPED) as served:
        seconds = asyncio.run(stop(served))
        assert served.events()[-1]["event"] == "stopped"
        assert served.events()[-1]["finished_writing"] is True
    assert seconds < 10
