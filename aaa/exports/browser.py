"""Convert HTML to PDF and PNG with a headless browser on this machine, without the network."""

import io
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops

ENVIRONMENT = "BROWSER_PATH"
SANDBOX = "AAA_BROWSER_SANDBOX"  # `none` in a container, which is a sandbox itself
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_PLACES = (
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
    Path("C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    # the page is self-contained, so no host name needs to resolve
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--virtual-time-budget=8000",  # until its script is done
)
_SECONDS = 90
_SCALE = 2  # pixels of an image per pixel of a screen
_TALLEST = 16_000  # pixels that a browser draws in one image
_MARGIN = 24

_at_work = threading.BoundedSemaphore(2)  # browsers at one time; the third reader waits


class NoBrowserError(Exception):
    """There is no browser on this machine, or it made nothing."""


def find() -> Path | None:
    """Return the browser: the one that the environment variable BROWSER_PATH names, else one that
    is installed.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named) if Path(named).exists() else None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else next((place for place in _PLACES if place.exists()), None)


def pdf(html: str) -> bytes:
    """Return a page of HTML as PDF, on the paper that its style sheet asks for.

    Raises:
        NoBrowserError: there is no browser, or it made no file in time.
    """
    return _made(html, "out.pdf", lambda path: ("--no-pdf-header-footer", f"--print-to-pdf={path}"))


def png(html: str, width: int, height: int) -> bytes:
    """Return a page of HTML as an image, cut off below its contents.

    Args:
        html: the page, on a ground of one colour.
        width: in pixels of a screen; the image has twice as many.
        height: more than its contents need.

    Raises:
        NoBrowserError: there is no browser, or it made no file in time.
    """
    scale = max(min(float(_SCALE), _TALLEST / height), 0.5)
    window = (f"--window-size={width},{height}", f"--force-device-scale-factor={scale:.2f}")
    return _trimmed(
        _made(html, "out.png", lambda path: (*window, f"--screenshot={path}")),
        round(_MARGIN * scale),
    )


def _made(html: str, name: str, asks: Callable[[Path], tuple[str, ...]]) -> bytes:
    browser = find()
    if browser is None:
        raise NoBrowserError
    with _at_work, tempfile.TemporaryDirectory(prefix="aaa-", ignore_cleanup_errors=True) as folder:
        page, out = Path(folder) / "page.html", Path(folder) / name
        page.write_text(html, "utf-8")
        # The browser's own sandbox works neither for root nor in a container. The page that it
        # prints is the project's own, without a script of others.
        fenced = os.environ.get(SANDBOX) == "none" or (hasattr(os, "geteuid") and os.geteuid() == 0)
        sandbox = ("--no-sandbox", "--disable-dev-shm-usage") if fenced else ()
        command = [
            str(browser),
            *_FLAGS,
            *sandbox,
            f"--user-data-dir={Path(folder) / 'profile'}",
            *asks(out),
            page.as_uri(),
        ]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoBrowserError from error
        if not out.exists():
            raise NoBrowserError
        return out.read_bytes()


def _trimmed(image: bytes, margin: int) -> bytes:
    """Cut off what is below the last thing drawn."""
    drawn = Image.open(io.BytesIO(image)).convert("RGB")
    ground = Image.new("RGB", drawn.size, drawn.getpixel((0, drawn.height - 1)))
    box = ImageChops.difference(drawn, ground).getbbox()
    buffer = io.BytesIO()
    drawn.crop((0, 0, drawn.width, min((box[3] if box else 1) + margin, drawn.height))).save(
        buffer, "PNG", optimize=True
    )
    return buffer.getvalue()
