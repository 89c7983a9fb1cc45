"""The HTML file of every page: Streamlit's own, with another language, title and style and with
prerendered contents.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aaa.html.tags import join, tag
from aaa.server import error_pages, headers, prerender
from aaa.server.buffering import BufferedResponse
from aaa.ui import address, streamlit_private, style
from aaa.words.texts import DEFAULT, LANGUAGES, translate

_LINK_PARAMS = (address.LANGUAGE, address.YEAR, address.EMBED)  # kept in links to other pages
_UNREADABLE = {b"accept-encoding"}  # asks for a compressed response, which cannot be changed
# and the headers of conditional and range requests, which make sense for a file only
_OF_A_FILE = _UNREADABLE | {b"range", b"if-range", b"if-none-match", b"if-modified-since"}
_IMPORTS = re.compile(r"""(?:from|import)["']\./([\w.$-]+\.js)["']""")
_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>')
_AGENTS = re.compile(r'<link rel="service-desc"[^>]*>')
_FONTS = ("ibm-plex-sans-latin-400-normal.woff2", "ibm-plex-sans-latin-600-normal.woff2")


class Shell:
    """Puts the reader's language, the programme's name, the style and the prerendered contents into
    the HTML file that Streamlit serves for every page.

    Streamlit's file says `lang="en"`, is titled after Streamlit and fetches a font that the
    dashboard does not use.
    """

    def __init__(
        self,
        app: ASGIApp,
        base: str,
        titles: Callable[[str], dict[str, str]] | None,
        *,
        with_contents: bool,
    ) -> None:
        """Wrap an app.

        Args:
            app: Streamlit.
            base: the base path of the dashboard.
            titles: returns the title of every page by its path, in a language; None leaves unknown
                paths to Streamlit.
            with_contents: prerender the pages that are opened by a link on a phone.
        """
        self._app, self._base, self._titles, self._with_contents = app, base, titles, with_contents

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        asked = parse_qs(query)
        lang = asked.get(address.LANGUAGE, [DEFAULT])[0]
        lang = lang if lang in LANGUAGES else DEFAULT
        path = scope["path"]  # before Streamlit's routing changes its base
        if self._base and (path == self._base or path.startswith(f"{self._base}/")):
            path = path[len(self._base) :]

        async def change(start: Message, body: bytes) -> bytes:
            told = MutableHeaders(raw=start["headers"])
            # They describe Streamlit's file, which stays the same when this response changes.
            for name in ("etag", "last-modified"):
                del told[name]
            page, where = body.decode("utf-8"), path.strip("/")
            elsewhere = asked.get(address.EMBED) == ["true"] and where not in address.NEVER_EMBEDDED
            # Streamlit serves a page at any path, and says in English that there is none.
            if self._titles and where not in (known := self._titles(lang)):
                start["status"] = 404
                told.update(headers.of_file(elsewhere=elsewhere))
                return error_pages.missing(
                    lang, known, {name: asked[name] for name in _LINK_PARAMS if name in asked}
                ).encode("utf-8")
            told.update(
                headers.of_page([*headers.scripts(page), prerender.script()], elsewhere=elsewhere)
            )
            there = (
                await run_in_threadpool(prerender.contents, where, query)
                if self._with_contents
                else ""
            )
            return shell(page, lang, there).encode("utf-8")

        # Request the whole, uncompressed file, also for a range, a HEAD (the server drops the body)
        # or a conditional request.
        unasked = _UNREADABLE if "." in posixpath.basename(scope["path"]) else _OF_A_FILE
        inner = {
            **scope,
            "method": "GET",
            "headers": [pair for pair in scope["headers"] if pair[0] not in unasked],
        }
        await self._app(inner, receive, BufferedResponse(send, _is_page, change))


def shell(page: str, lang: str, contents: str = "") -> str:
    """Return Streamlit's HTML file as the dashboard serves it.

    Args:
        page: the file as Streamlit has it.
        lang: the reader's language.
        contents: HTML to show until Streamlit's own page is there.
    """
    name, about = translate(lang, "frame.name"), translate(lang, "frame.about")
    said = join(
        (
            tag("title", name),
            tag("meta", name="description", content=about),
            tag("meta", property="og:title", content=name),
            tag("meta", property="og:description", content=about),
            *_hints(page),
        )
    )
    page = page.replace(streamlit_private.LANGUAGE, f'<html lang="{lang}">', 1).replace(
        streamlit_private.TITLE, said, 1
    )
    page = page.replace(streamlit_private.ICON, "./app/static/icon.svg", 1)
    # Style sheet first: it blocks rendering, and would load after sixty scripts.
    if sheet := _SHEET.search(page):
        page = page.replace(sheet[0], "", 1).replace("<title>", f"{sheet[0]}<title>", 1)
    start, end = page.find("<noscript>"), page.find("</noscript>")
    if 0 <= start < end:
        words = tag("p", translate(lang, "frame.no_script"))
        page = f"{page[:start]}<noscript>{words}{page[end:]}"
    # In the body, so that it comes after Streamlit's own style in the head, and before what a page
    # adds to it.
    page = page.replace(
        streamlit_private.ROOT, f"<style>{_style()}</style>{streamlit_private.ROOT}{contents}", 1
    )
    page = _AGENTS.sub("", page, count=1)  # it points at an API that is turned off
    font = page.find(streamlit_private.FONT)
    if font >= 0:
        start = page.rfind("<link", 0, font)
        page = page[:start] + page[page.index("/>", font) + 2 :]
    return page


@cache
def _style() -> str:
    return style.of_pages()


@cache
def _needed_soon() -> list[str]:
    """Return Streamlit's JavaScript files that every page needs beside the initial ones."""
    program = streamlit_private.program()
    found: list[str] = []
    left = [
        path.name
        for name in streamlit_private.NEEDED_SOON
        for path in sorted(program.glob(f"{name}.*.js"))
    ]
    while left:  # and what these ask for in their turn
        name = left.pop()
        if name not in found and (program / name).is_file():
            found.append(name)
            left += _IMPORTS.findall((program / name).read_text("utf-8"))
    return found


def _hints(page: str) -> Iterator[Markup]:
    """Yield preload links for files that a browser would otherwise discover late."""
    for name in _FONTS:
        href = f"./app/static/{name}"
        yield tag("link", rel="preload", href=href, as_="font", type="font/woff2", crossorigin=True)
    for name in _needed_soon():
        if name not in page:
            yield tag("link", rel="modulepreload", crossorigin=True, href=f"./static/js/{name}")


def _is_page(start: Message) -> bool:
    return start["status"] == 200 and Headers(raw=start["headers"]).get(
        "content-type", ""
    ).startswith("text/html")
