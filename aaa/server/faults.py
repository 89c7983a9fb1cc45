"""What a reader sees when the dashboard itself fails: a message in their language, with the
reference number of the fault in the log.
"""

import logging
import secrets

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from aaa.html.tags import join, tag
from aaa.server import error_pages, headers
from aaa.ui import address
from aaa.words.texts import DEFAULT, LANGUAGES, translate

_log = logging.getLogger(__name__)
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another when read aloud
_LENGTH = 8


def on_page_error(error: Exception) -> bool:
    """Show a message in place of what a page could not show, and tell Streamlit that the exception
    is handled.
    """
    words = _words(address.language(), log_error(error, "page failed"))
    st.html(tag("p", words, class_="a-banner a-problem a-fault", role="alert"))
    return True


async def on_request_error(request: Request, error: Exception) -> HTMLResponse:
    """Answer a request that failed outside the pages."""
    asked = request.query_params.get(address.LANGUAGE, DEFAULT)
    lang = asked if asked in LANGUAGES else DEFAULT
    words = _words(lang, log_error(error, "answer failed"))
    body = tag("p", words, class_="a-banner a-problem")
    page = error_pages.page(lang, translate(lang, "fault.title"), body)
    return HTMLResponse(page, 500, dict(headers.of_file()))


def log_error(error: Exception, event: str) -> str:
    """Log an exception and return its reference number.

    Args:
        error: the exception.
        event: the name of the event in the log.
    """
    number = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    _log.error(event, extra={"facts": {"reference": number}}, exc_info=error)
    return number


def _words(lang: str, number: str) -> Markup:
    return join((translate(lang, "fault.words"), " ", tag("b", number)))
