"""The process that opens a file: `python -m imports.extracting KIND < file`.

It answers on its standard output with JSON, {"text": …} or {"problem": …}, and says nothing else
anywhere: messages of the readers would hold words of the file.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys

from imports.extracting import MAX_TEXT, UnreadableError
from imports.extracting.kinds import reader_of

MEMORY = 768 * 1024 * 1024
SECONDS = 20
# Libraries open their own data: the tables of character codes.
OPEN_FILES = 64

# What no reader of text has to do.
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


def limit() -> None:
    """Bound what this process may use, for good, and shut it in."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # The second number kills, should the first be survived.
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def answer(kind: str, data: bytes) -> dict[str, str]:
    """Return the text of a file, or what stands in its way."""
    try:
        text = reader_of(kind, data)(data)
    except UnreadableError as error:
        return {"problem": error.problem}
    except (MemoryError, RecursionError):
        return {"problem": "too_costly"}
    except Exception:  # noqa: BLE001 whatever a reader stumbles over, the file is at fault
        return {"problem": "broken"}
    if not any(character.isalnum() for character in text):
        return {"problem": "no_text" if kind == "pdf" else "empty"}
    if len(text) > MAX_TEXT:
        return {"problem": "too_long"}
    return {"text": text}


def main() -> None:
    """Answer for the file on the standard input."""
    logging.disable()
    limit()
    # Standard output is a pipe, which no limit on files is for.
    json.dump(answer(sys.argv[1], sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
