"""The side that does the work."""

from __future__ import annotations

import os
import resource
import sys

# Libraries open their own data: fonts, and the tables of character codes.
OPEN_FILES = 64

# What no work on a text has to do.
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "ctypes.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def confine(memory: int, seconds: int) -> None:
    """Bound what this process may use, in bytes and in seconds of computing, and shut it in.

    It can reach no network, start no program and write no file from then on.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # The second number kills, should the first be survived.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)
