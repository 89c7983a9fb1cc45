"""Putting the copy in its folder, all at once: a visitor meets the old one or the new one, never half of it."""

import ctypes
import errno
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from aaa.site.building import MARKER
from aaa.site.model import FILES
from aaa.versions import write_whole

_EXCHANGE = 2  # RENAME_EXCHANGE of Linux: two names change places in one step
_HERE = -100  # AT_FDCWD: paths count from the working folder
_LEFT_BEHIND_SECONDS = 3600


class NotOursError(Exception):
    """The folder holds something else, which is never replaced; the message names it."""


def place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold these files, and of the copy before them only the style sheets and scripts that an open page may still ask for.

    The files are written beside the folder, which then changes places with it in one step. Where that cannot be done (no such step on this
    system, or the folder is a disk of its own) they replace each other one by one, each whole, pages after what they need.

    Args:
        folder: new, empty, or filled by this function before.
        files: contents by path, the marker among them.

    Raises:
        NotOursError: the folder holds something else.
        OSError: the disk is full, or may not be written; the folder is then as it was, or, where it was replaced file by file, of both.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARKER).is_file())):
        raise NotOursError(str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    files = _still_needed(folder) | dict(files)
    try:
        fresh = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    except OSError:
        _one_by_one(folder, files)
        return
    try:
        fresh.chmod(0o755)
        for path, data in files.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if not folder.exists():
            fresh.rename(folder)
        elif not _exchanged(fresh, folder):
            _one_by_one(folder, files)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _still_needed(folder: Path) -> dict[str, bytes]:
    """Return the style sheets and scripts of the copy that is replaced: a page that somebody has open may still ask for them."""
    try:
        named = json.loads((folder / MARKER).read_bytes()).get(FILES, [])
        return {path: (folder / path).read_bytes() for path in named if path.startswith(f"{FILES}/") and ".." not in path}
    except (OSError, ValueError, AttributeError):
        return {}


def _prefix(folder: Path) -> str:
    return f".{folder.name}-nieuw-"


def _sweep(folder: Path) -> None:
    """Remove what a publication that was cut off left beside the folder."""
    for left in folder.parent.glob(f"{_prefix(folder)}*"):
        if time.time() - left.stat().st_mtime > _LEFT_BEHIND_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _exchanged(fresh: Path, folder: Path) -> bool:
    """Let two folders change places in one step; False where this system or disk has no such step."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(fresh), _HERE, os.fsencode(folder), _EXCHANGE) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in (errno.EINVAL, errno.ENOSYS, errno.EBUSY, errno.EXDEV, errno.ENOTSUP):
        return False
    raise OSError(failed, os.strerror(failed), str(folder))


def _one_by_one(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace the files one after another, each in one step: first what pages need, then pages, then take away what is no longer there."""
    for path in sorted(files, key=lambda name: (name.endswith(".html"), name == "index.html", name)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / path, files[path])
    for old in sorted(folder.rglob("*"), reverse=True):
        if old.is_dir():
            if not any(old.iterdir()):
                old.rmdir()
        elif old.relative_to(folder).as_posix() not in files:
            old.unlink()
