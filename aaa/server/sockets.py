"""TCP_NODELAY on every connection, and a higher limit of open files (RLIMIT_NOFILE).

Streamlit makes its listening socket without naming the protocol, and asyncio sets TCP_NODELAY only
where it is named (`asyncio.base_events._set_nodelay`). Without it Nagle's algorithm delays the body
of a response until the browser has acknowledged the headers: 40 milliseconds for every file after
the first on a connection, and a whole round trip on a slow line. An accepted connection inherits
the options of the listening socket.
"""

import contextlib
import os
import socket
import stat
from collections.abc import Iterator

from aaa.ui import streamlit_private

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]


_OPEN_FILES = 65_536
_DESCRIPTORS = "/dev/fd"  # Linux and macOS list here what a process has open; Windows does not


def set_nodelay() -> int:
    """Set TCP_NODELAY on the listening sockets of this process; return on how many."""
    found = 0
    there = _duplicates() if os.path.isdir(_DESCRIPTORS) else streamlit_private.sockets()
    for one in there:
        if one.family in (socket.AF_INET, socket.AF_INET6) and _listens(one):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found += 1
    return found


def raise_file_limit() -> None:
    """Let this process hold as many connections as the system allows.

    Streamlit opens four files for each viewer, and keeps three of them open for two minutes after
    the viewer has left. Two hundred viewers exhaust the usual limit of 1,024.
    """
    if resource is not None:
        now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(most, _OPEN_FILES)
        with contextlib.suppress(ValueError, OSError):  # a system may allow less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))


def _duplicates() -> Iterator[socket.socket]:
    """Yield a duplicate of every socket of this process, and close it after use."""
    for name in os.listdir(_DESCRIPTORS):
        with contextlib.suppress(OSError):  # closed meanwhile
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                with socket.socket(fileno=os.dup(int(name))) as duplicate:
                    yield duplicate


def _listens(one: socket.socket) -> bool:
    try:
        return bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # a kind of socket that cannot say so
        return False
