"""Replace the copy in its folder atomically: a visitor sees the old copy or the new one, never
half of it.
"""

import contextlib
import ctypes
import errno
import glob
import json
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from aaa.site.building import MARKER, PATHS
from aaa.site.copied import FILES
from aaa.store.versions import write_atomically

_EXCHANGE = 2  # RENAME_EXCHANGE of Linux: exchanges two names atomically
_HERE = -100  # AT_FDCWD: paths count from the working folder
_LEFT_BEHIND_SECONDS = 3600


class NotOursError(Exception):
    """The folder holds something else, which is never replaced; the message names it."""


def place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold these files.

    The files are written to a new folder beside the old one, and the two are exchanged atomically.
    Where that is impossible (the system cannot do it, or the folder is a mount point or the working
    folder of this process) the files are replaced one by one, each atomically, and pages after the
    files they need. Style sheets and scripts of the previous copy stay for one more version,
    because an open page may still request them. Files that somebody else put there stay as well.

    Args:
        folder: new, empty, or filled by this function before.
        files: contents by path, the marker among them.

    Raises:
        NotOursError: the folder holds something else.
        OSError: the disk is full or read-only. The folder is then unchanged, or a mix of both
            copies where it was replaced file by file.
    """
    folder = folder.resolve()
    check(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    own, lasting = _published(folder)
    staying = [
        path
        for path in _paths(folder)
        if path not in files and (path not in own or path in lasting)
    ]
    if folder.is_mount() or folder in (Path.cwd(), *Path.cwd().parents):
        _one_by_one(folder, files, staying)
        return
    try:
        fresh = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    except OSError:
        _one_by_one(folder, files, staying)
        return
    try:
        _like(folder, fresh)
        for path in staying:
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / path, fresh / path, follow_symlinks=False)
        for path, data in files.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if not folder.exists():
            fresh.rename(folder)
        elif not _exchanged(fresh, folder):
            _one_by_one(folder, files, staying)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check(folder: Path) -> None:
    """Raise NotOursError where a folder holds something else than a copy."""
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARKER).is_file())
    ):
        raise NotOursError(str(folder))


def _like(folder: Path, fresh: Path) -> None:
    """Give a new folder the rights and owner of the one that it replaces."""
    if not folder.exists():
        fresh.chmod(0o755)
        return
    known = folder.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(fresh, known.st_uid, known.st_gid)
    fresh.chmod(stat.S_IMODE(known.st_mode))


def _paths(folder: Path) -> list[str]:
    """Return every file in a folder, by its path below it; a link counts as a file."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or not path.is_dir()
    ]


def _published(folder: Path) -> tuple[set[str], set[str]]:
    """Return the paths of the copy that a folder holds, and those of them that an open page may
    still ask for.
    """
    try:
        known = [str(path) for path in json.loads((folder / MARKER).read_bytes())[PATHS]]
    except (OSError, ValueError, TypeError, KeyError):
        return set(), set()
    return {MARKER, *known, *_older(folder, known)}, {
        path for path in known if path.startswith(f"{FILES}/")
    }


def _older(folder: Path, known: list[str]) -> set[str]:
    """Return the style sheets and scripts of the copy before the one that a folder holds: they
    stayed once, and go now.
    """
    return {path for path in _paths(folder) if path.startswith(f"{FILES}/") and path not in known}


def _prefix(folder: Path) -> str:
    return f".{folder.name}-nieuw-"


def _sweep(folder: Path) -> None:
    """Remove what a publication that was cut off left beside the folder."""
    for left in folder.parent.glob(f"{glob.escape(_prefix(folder))}*"):
        with contextlib.suppress(OSError):  # another publisher may have taken it away
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _exchanged(fresh: Path, folder: Path) -> bool:
    """Exchange two folders atomically; return False where this system or disk cannot."""
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


def _one_by_one(folder: Path, files: Mapping[str, bytes], staying: Sequence[str]) -> None:
    """Replace the files one by one, each atomically: first what pages need, then pages. Then remove
    the files that are no longer in the copy.
    """
    for path in sorted(
        files, key=lambda name: (name.endswith(".html"), name == "index.html", name)
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / path, files[path])
    for old in _paths(folder):
        if old not in files and old not in staying:
            (folder / old).unlink()
    for old_folder in sorted(
        (path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()),
        reverse=True,
    ):
        if not any(old_folder.iterdir()):
            old_folder.rmdir()
