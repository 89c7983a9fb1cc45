"""Where the bytes of the workbook come from: a file on this machine or a share, or an https
address.
"""

import datetime as dt
import hashlib
import re
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import requests
import urllib3

from aaa.values.finding import WorkbookError
from aaa.workbook import package
from aaa.workbook.package import refuse

_CHUNK = 64 * 1024
_CONNECT_SECONDS, _SILENCE_SECONDS, _WHOLE_SECONDS = 5.0, 10.0, 30.0
_REDIRECTS = 5
_NEXTCLOUD_SHARE = re.compile(r"(/s/[A-Za-z0-9_-]+)/?$")


@dataclass(frozen=True)
class Fetched:
    """The current file of an origin: its bytes, when it was saved (local time, no zone), and its
    name.
    """

    data: bytes
    saved: dt.datetime
    name: str


class Origin(Protocol):
    """A place that a workbook is fetched from."""

    seconds: float
    """How long to wait between two looks."""

    @property
    def name(self) -> str:
        """The name that readers know the workbook by."""

    @property
    def key(self) -> str:
        """A name for the folder of its versions: no two origins share one."""

    @property
    def path(self) -> Path | None:
        """The file, where it is one that can be replaced."""

    def fetch(self) -> Fetched:
        """Return the current file; raise WorkbookError when nothing usable can be fetched."""


def _key(stem: str, whole: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-") or "workbook"
    return f"{plain[:40]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


class File:
    """A workbook in a folder."""

    seconds = 0.5  # a poll costs tens of microseconds, whatever the number of readers

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self._path.name

    @property
    def key(self) -> str:
        """Return a name for the folder of its versions."""
        return _key(self._path.stem, str(self._path.resolve()))

    @property
    def path(self) -> Path:
        """Return the file."""
        return self._path

    def fetch(self) -> Fetched:
        """Read the file. Refuse one that changes meanwhile: it may be half old and half new.

        Raises:
            WorkbookError: there is no file, it cannot be opened, it is too large, or it was being
                written.
        """
        try:
            before = self._path.stat()
            if before.st_size > package.MAX_BYTES:
                raise refuse("file_too_large", limit=package.MAX_BYTES // 2**20)
            with self._path.open("rb") as file:
                data = file.read(package.MAX_BYTES + 1)
            after = self._path.stat()
            saved = dt.datetime.fromtimestamp(after.st_mtime)
        except FileNotFoundError as error:
            if not self._path.parent.is_dir():  # a share that went away, or a folder that moved
                raise refuse("file_missing", name=self.name, cause="folder") from error
            raise refuse("file_missing", name=self.name) from error
        # the last two when the system cannot represent a time or a name
        except (OSError, ValueError, OverflowError) as error:
            raise refuse("file_unreadable", name=self.name) from error
        if (before.st_mtime_ns, before.st_size, before.st_ino) != (
            after.st_mtime_ns,
            after.st_size,
            after.st_ino,
        ) or len(data) != after.st_size:
            raise refuse("file_changing", name=self.name)
        return Fetched(data, saved, self.name)


class Address:
    """A workbook at an https address: a share link of Nextcloud or SharePoint, or a file on a web
    server.
    """

    seconds = 10.0  # a poll costs the other server a request, mostly with an empty response

    def __init__(self, url: str) -> None:
        try:
            urlsplit(url)
        except ValueError:  # an invalid URL becomes one that cannot be reached
            url = "https://"
        self._url = url
        self._session = requests.Session()
        self._session.max_redirects = _REDIRECTS
        del self._session.adapters["http://"]  # no redirect may leave https
        self._session.headers.update(
            {
                "User-Agent": "aaa-dashboard",
                "Accept": (
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1"
                ),
            }
        )
        self._last: tuple[Fetched, dict[str, str]] | None = None

    @property
    def name(self) -> str:
        """Return the name of the file, or of the server where the address has none; never the
        address, which may hold a secret.
        """
        if self._last is not None:
            return self._last[0].name
        parts = urlsplit(self._url)
        last = unquote(PurePosixPath(parts.path).name)
        return last if last.lower().endswith(".xlsx") else parts.hostname or "https"

    @property
    def key(self) -> str:
        """Return a name for the folder of its versions; it does not change once the name of the
        file is known.
        """
        return _key(urlsplit(self._url).hostname or "", self._url)

    @property
    def path(self) -> None:
        """Return None: what stands on another server is not replaced."""
        return

    def fetch(self) -> Fetched:
        """Fetch the workbook with a conditional request; reuse the last one if it is unchanged.

        Raises:
            WorkbookError: the server cannot be reached, refuses, has no such file, sends a page to
                sign in, or sends too much.
        """
        conditions = self._last[1] if self._last is not None else {}
        timeout = (_CONNECT_SECONDS, _SILENCE_SECONDS)
        try:
            with self._session.get(
                direct(self._url), headers=conditions, stream=True, timeout=timeout
            ) as response:
                return self._answer(response)
        except requests.exceptions.InvalidSchema as error:
            if self._url.lower().startswith("https://"):
                raise refuse("address_insecure", cause="redirect") from error
            raise refuse("address_insecure") from error
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
        ) as error:
            raise refuse("address_unreachable", name=self.name) from error

    def _answer(self, response: requests.Response) -> Fetched:
        if response.status_code == requests.codes.not_modified and self._last is not None:
            return self._last[0]
        if (refusal := _refusal(response.status_code, self.name)) is not None:
            raise refusal
        data = _body(response, self.name)
        if response.headers.get("Content-Type", "").startswith("text/html") or data[
            :200
        ].lstrip().lower().startswith((b"<!doctype html", b"<html")):
            raise refuse("address_login_page", name=self.name)
        fetched = Fetched(data, _saved(response), _name(response) or self.name)
        tags = {
            "If-None-Match": response.headers.get("ETag"),
            "If-Modified-Since": response.headers.get("Last-Modified"),
        }
        self._last = fetched, {header: value for header, value in tags.items() if value}
        return fetched


def _refusal(status: int, name: str) -> WorkbookError | None:
    if status == requests.codes.ok:
        return None
    if status in (requests.codes.unauthorized, requests.codes.forbidden):
        return refuse("address_denied", name=name)
    if status in (requests.codes.not_found, requests.codes.gone):
        return refuse("address_not_found", name=name)
    return refuse("address_unreachable", name=name)


def _body(response: requests.Response, name: str) -> bytes:
    """Read the response in chunks, up to the maximum size of a workbook and for no longer than a
    reader would wait.
    """
    until = time.monotonic() + _WHOLE_SECONDS
    data = bytearray()
    # `read1` returns what has come, even one byte: a slow server cannot evade the timeout
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        data += chunk
        if len(data) > package.MAX_BYTES:
            raise refuse("file_too_large", limit=package.MAX_BYTES // 2**20)
        if time.monotonic() > until:
            raise refuse("address_unreachable", name=name)
    return bytes(data)


def _saved(response: requests.Response) -> dt.datetime:
    """Return when the file was saved, as far as the server says; else when it was fetched."""
    for header in ("Last-Modified", "Date"):
        try:
            return parsedate_to_datetime(response.headers[header]).astimezone().replace(tzinfo=None)
        except (KeyError, ValueError):
            continue
    return dt.datetime.fromtimestamp(time.time())


def _name(response: requests.Response) -> str | None:
    header = EmailMessage()
    header["Content-Disposition"] = response.headers.get("Content-Disposition", "")
    name = header.get_filename()
    return PurePosixPath(name).name if name else None


def direct(url: str) -> str:
    """Return the download link of a share link of Nextcloud or SharePoint, which itself leads to a
    web page.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _NEXTCLOUD_SHARE.search(parts.path):
        return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/download"))
    if host.endswith((".sharepoint.com", "1drv.ms")):
        query = [
            *((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "download"),
            ("download", "1"),
        ]
        return urlunsplit(parts._replace(query=urlencode(query)))
    return url
