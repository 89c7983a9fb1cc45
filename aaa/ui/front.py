"""What stands between a browser and Streamlit: the language and title of the page it is given, and compression."""

import gzip
import posixpath
import re
import threading
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aaa.figures.html import escape
from aaa.texts import DEFAULT, LANGUAGES, translate
from aaa.ui import address, first, headers, plain

serving = threading.Event()  # set in a process whose pages come with their style
_KEPT = (address.LANGUAGE, address.YEAR, address.EMBED)  # what a link to another page keeps
_UNREADABLE = {b"accept-encoding"}  # what an answer would come of that cannot be changed
_OF_A_FILE = _UNREADABLE | {b"range", b"if-range", b"if-none-match", b"if-modified-since"}  # and what is asked of a file rather than of a page
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
# Parts of Streamlit's own program that every page asks for, but that it would fetch only when the page is being drawn.
_NEEDED_SOON = ("BidiComponent", "Html")
_IMPORTS = re.compile(r"""(?:from|import)["']\./([\w.$-]+\.js)["']""")
_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>')
_AGENTS = re.compile(r'<link rel="service-desc"[^>]*>')
_FONTS = ("ibm-plex-sans-latin-400-normal.woff2", "ibm-plex-sans-latin-600-normal.woff2")


class Shell:
    """Puts the reader's language, the programme's name, the style and the first contents into the one HTML file that Streamlit serves for every page.

    Streamlit's file says `lang="en"`, is titled after Streamlit and fetches a font that the dashboard does not use.
    """

    def __init__(self, app: ASGIApp, base: str, titles: Callable[[str], dict[str, str]] | None, *, with_contents: bool) -> None:
        """Take what stands behind it.

        Args:
            app: Streamlit.
            base: the folder of the address in which the dashboard stands.
            titles: gives the title of every page by its path, in a language; None where Streamlit itself says what there is.
            with_contents: pages that are opened by a link on a phone come with their contents.
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
        path = scope["path"]  # before Streamlit's own routing changes what it counts from
        if self._base and (path == self._base or path.startswith(f"{self._base}/")):
            path = path[len(self._base) :]

        async def change(start: Message, body: bytes) -> bytes:
            told = MutableHeaders(raw=start["headers"])
            for name in ("etag", "last-modified"):  # of Streamlit's file, which stays the same when this one changes
                del told[name]
            page, where = body.decode("utf-8"), path.strip("/")
            elsewhere = asked.get(address.EMBED) == ["true"] and where not in address.NEVER_EMBEDDED
            if self._titles and where not in (known := self._titles(lang)):  # Streamlit answers any address, and says so in English
                start["status"] = 404
                told.update(headers.of_file(elsewhere=elsewhere))
                return plain.missing(lang, known, {name: asked[name] for name in _KEPT if name in asked}).encode("utf-8")
            told.update(headers.of_page([*headers.scripts(page), first.script()], elsewhere=elsewhere))
            there = await run_in_threadpool(first.contents, where, query) if self._with_contents else ""
            return shell(page, lang, there).encode("utf-8")

        # Whole and readable, also for who asks for a part, for the headers only (the server leaves the body out), or whether Streamlit's file changed.
        unasked = _UNREADABLE if "." in posixpath.basename(scope["path"]) else _OF_A_FILE
        inner = {**scope, "method": "GET", "headers": [pair for pair in scope["headers"] if pair[0] not in unasked]}
        await self._app(inner, receive, _Collected(send, _is_page, change))


class Compressed:
    """Compresses what a browser fetches once: pages, and the files of Streamlit's own program, each of those one time for all readers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, bytes] = {}  # by path; only files that Streamlit calls immutable, so that their number is known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _takes_gzip(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        inner = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}  # else Streamlit compresses some answers itself

        async def compress(start: Message, body: bytes) -> bytes:
            told = MutableHeaders(raw=start["headers"])
            lasting = "immutable" in told.get("cache-control", "") and posixpath.normpath(path) == path  # one file has many spellings
            small = self._kept.get(path) if lasting else None
            if small is None:
                small = await run_in_threadpool(gzip.compress, body, 9 if lasting else 6, mtime=0)
                if lasting:
                    self._kept[path] = small
            told["content-encoding"] = "gzip"
            told.add_vary_header("accept-encoding")
            return small

        await self._app(inner, receive, _Collected(send, _can_be_compressed, compress))


class _Collected:
    """Passes an answer on; one that `wanted` picks is collected first, and changed."""

    def __init__(self, send: Send, wanted: Callable[[Message], bool], change: Callable[[Message, bytes], Awaitable[bytes]]) -> None:
        self._send, self._wanted, self._change = send, wanted, change
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Take one piece of the answer."""
        if message["type"] == "http.response.start" and self._wanted(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = await self._change(self._start, b"".join(self._parts))
                MutableHeaders(raw=self._start["headers"])["content-length"] = str(len(body))
                await self._send(self._start)
                await self._send({"type": "http.response.body", "body": body})


def shell(page: str, lang: str, contents: str = "") -> str:
    """Return Streamlit's HTML file as the dashboard serves it.

    Args:
        page: the file as Streamlit has it.
        lang: the reader's language.
        contents: HTML to show until Streamlit's own page is there.
    """
    name, about = escape(translate(lang, "frame.name")), escape(translate(lang, "frame.about"))
    said = (
        f'<title>{name}</title><meta name="description" content="{about}">'
        f'<meta property="og:title" content="{name}"><meta property="og:description" content="{about}">{_hints(page)}'
    )
    page = page.replace('<html lang="en">', f'<html lang="{lang}">', 1).replace("<title>Streamlit</title>", said, 1)
    page = page.replace("./favicon.png", "./app/static/icon.svg", 1)
    if sheet := _SHEET.search(page):  # nothing is painted before it is there, and it would wait behind sixty scripts
        page = page.replace(sheet[0], "", 1).replace("<title>", f"{sheet[0]}<title>", 1)
    start, end = page.find("<noscript>"), page.find("</noscript>")
    if 0 <= start < end:
        page = f"{page[:start]}<noscript><p>{escape(translate(lang, 'frame.no_script'))}</p>{page[end:]}"
    # In the body, so that it comes after Streamlit's own style in the head, and before what a page adds to it.
    page = page.replace('<div id="root"></div>', f'<style>{_style()}</style><div id="root"></div>{contents}', 1)
    page = _AGENTS.sub("", page, count=1)  # it points at an interface for programs that is not on
    font = page.find("SourceSans")
    if font >= 0:
        start = page.rfind("<link", 0, font)
        page = page[:start] + page[page.index("/>", font) + 2 :]
    return page


@cache
def _style() -> str:
    return first.of_style()


@cache
def _needed_soon() -> list[str]:
    """Return the files of Streamlit's program that every page needs beside those of its start."""
    program = Path(streamlit.__file__).parent / "static" / "static" / "js"
    found: list[str] = []
    left = [path.name for name in _NEEDED_SOON for path in sorted(program.glob(f"{name}.*.js"))]
    while left:  # and what these ask for in their turn
        name = left.pop()
        if name not in found and (program / name).is_file():
            found.append(name)
            left += _IMPORTS.findall((program / name).read_text("utf-8"))
    return found


def _hints(page: str) -> str:
    """Return what makes a browser fetch at once what it would otherwise find out about late."""
    fonts = "".join(f'<link rel="preload" href="./app/static/{name}" as="font" type="font/woff2" crossorigin>' for name in _FONTS)
    return fonts + "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in _needed_soon() if name not in page)


def _takes_gzip(scope: Scope) -> bool:
    """Tell whether a whole answer is asked for that may be compressed (RFC 9110, 12.5.3)."""
    if scope["type"] != "http" or scope["method"] != "GET" or "range" in (asked := Headers(scope=scope)):
        return False
    weights = {}
    for part in asked.get("accept-encoding", "").lower().split(","):
        name, _, rest = part.partition(";")
        weights[name.strip()] = rest.replace(" ", "")
    weight = weights.get("gzip", weights.get("*", "q=0"))
    return not re.fullmatch(r"q=0(\.0*)?", weight)


def _is_page(start: Message) -> bool:
    return start["status"] == 200 and Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _can_be_compressed(start: Message) -> bool:
    told = Headers(raw=start["headers"])
    kind = told.get("content-type", "")
    there = start["status"] in (200, 404) and "content-encoding" not in told
    return there and kind.startswith(_COMPRESSIBLE) and "text/event-stream" not in kind
