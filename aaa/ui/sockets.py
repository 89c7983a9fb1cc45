"""Connections: answers that leave at once, and room for many of them.

Streamlit makes its listening socket without naming the protocol, and asyncio switches Nagle's algorithm off only for sockets that do
(`asyncio.base_events._set_nodelay`). With it on, the body of an answer waits until the browser has acknowledged the head: 40 milliseconds for every file after
the first of a connection, and a whole round trip of a slow line. A connection takes over what its listening socket has.
"""

import contextlib
import gc
import socket

try:
    import resource
except ImportError:  # Windows counts no files
    resource = None  # type: ignore[assignment]


_MANY = 65_536  # open files


def at_once() -> int:
    """Switch Nagle's algorithm off for every connection that this process will accept; return for how many listening sockets."""
    found = 0
    for one in gc.get_objects():
        if issubclass(type(one), socket.socket) and one.fileno() >= 0 and one.family in (socket.AF_INET, socket.AF_INET6) and _listens(one):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found += 1
    return found


def room() -> None:
    """Let this process hold as many connections as the system allows.

    Streamlit takes four open files for each viewer, and keeps three of them for two minutes after they left: the usual 1,024 are gone at two hundred.
    """
    if resource is not None:
        now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _MANY if most == resource.RLIM_INFINITY else min(most, _MANY)
        with contextlib.suppress(ValueError, OSError):  # a system may allow less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))


def _listens(one: socket.socket) -> bool:
    try:
        return bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # a kind of socket that cannot say so
        return False
