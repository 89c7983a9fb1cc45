"""What the dashboard uses of Streamlit without a promise is still there. Where a test fails, a new
Streamlit does it in another way.
"""

import inspect
import json
import re
from functools import cache
from pathlib import Path

import pytest
import streamlit
from streamlit.runtime import runtime
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from aaa.ui import streamlit_private as private
from tests.support.books import ROOT

OURS = [*sorted((ROOT / "aaa").rglob("*.css")), *sorted((ROOT / "aaa").rglob("*.js"))]


@cache
def program() -> str:
    """Return all scripts of Streamlit's own program."""
    return "\n".join(path.read_text("utf-8") for path in sorted(private.program().glob("*.js")))


def test_the_elements_that_we_look_for_are_listed_and_are_there() -> None:
    used = {
        name
        for path in OURS
        for name in re.findall(r'data-testid="?(\w+)', path.read_text("utf-8"))
    }
    assert used == set(private.ELEMENTS)
    assert [
        name for name in private.ELEMENTS if not re.search(rf"[\"'`]{name}[\"'`]", program())
    ] == []


def test_the_page_says_whether_it_is_complete() -> None:
    used = {
        name for path in OURS for name in re.findall(r"data-test-[a-z-]+", path.read_text("utf-8"))
    }
    assert used == set(private.STATES)
    assert all(name in program() for name in private.STATES)


def test_the_parts_that_are_fetched_ahead_are_files_of_their_own() -> None:
    for name in private.NEEDED_SOON:
        assert list(private.program().glob(f"{name}.*.js")), name


def test_the_file_of_every_page_holds_what_is_replaced_in_it() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    for part in (private.LANGUAGE, private.TITLE, private.ICON, private.ROOT):
        assert page.count(part) == 1, part
    assert private.FONT in page


def test_outside_of_a_page_there_is_no_session() -> None:
    with pytest.raises(RuntimeError):
        private.session_id()


def test_streamlit_takes_files_where_we_refuse_them() -> None:
    assert private.UPLOADS == "/_stcore/upload_file/"  # deploy/nginx.conf names it too


def test_the_words_of_a_fault_are_written_by_the_logger_that_is_off() -> None:
    source = Path(streamlit.__file__).parent / f"{private.LOGGER_OF_FAULTS.partition('.')[2]}.py"
    assert "get_logger(__name__)" in source.read_text("utf-8")


def test_the_wait_between_sending_is_read_each_time_that_something_was_sent() -> None:
    source = inspect.getsource(runtime.Runtime._loop_coroutine)
    assert "asyncio.sleep(MESSAGE_FLUSH_INTERVAL_SECS)" in source
    assert vars(runtime)["MESSAGE_FLUSH_INTERVAL_SECS"] > 0


def test_the_cookie_of_an_account_says_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starlette_websocket, "get_cookie_secret", lambda: "x" * 40)
    said = {"origin": "https://hier.example", "is_logged_in": True, "email": "lead@hier.example"}
    signed = create_signed_value("x" * 40, USER_COOKIE_NAME, json.dumps(said)).decode()
    cookies = {USER_COOKIE_NAME: signed}
    found = private.account(cookies, "https://hier.example")
    assert found["email"] == "lead@hier.example"
    assert found["is_logged_in"] is True
    for wrong, origin in (
        (cookies, "https://elders.example"),
        (cookies, ""),
        ({}, "https://hier.example"),
        ({USER_COOKIE_NAME: signed[:-2]}, "https://hier.example"),
    ):
        assert not private.account(wrong, origin)
