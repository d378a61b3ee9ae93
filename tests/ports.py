"""Ports for the servers of tests."""

from __future__ import annotations

import socket
import sys

# As long as this process runs: two tests are never given the same port.
_held: list[socket.socket] = []


def free_port() -> int:
    """Return a port of loopback that nobody uses, and that nobody else is given from now on.

    A socket that is bound and does not listen holds it: a server may be bound beside it, as all
    of ours set SO_REUSEADDR, and until then whoever connects is refused. Other systems than Linux
    allow no second one; there, another process may come first.
    """
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    port: int = holder.getsockname()[1]
    if sys.platform == "linux":
        _held.append(holder)
    else:
        holder.close()
    return port
