"""Files are opened in a process of their own: whatever one does to its reader, only that ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from imports.extracting import UnreadableError

BASE_DIR = Path(__file__).resolve().parent.parent
# The child's own limit is on what it computes; this one is for a machine that is busy.
PATIENCE_SECONDS = 120
# Each may take all the memory that it is allowed; a worker has a hundred threads.
_at_once = BoundedSemaphore(max(2, os.cpu_count() or 1))


def text_of(kind: str, data: bytes) -> str:
    """Return the text of a file of a kind. Raises UnreadableError.

    The child is given the bytes and nothing else: no variables, and so no secrets.
    """
    command = [sys.executable, "-E", "-s", "-B", "-m", "imports.extracting", kind]
    with _at_once:
        try:
            child = subprocess.run(  # noqa: S603 the kind is one of ours
                command,
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=BASE_DIR,
                env={},
                timeout=PATIENCE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableError("too_costly") from None
    # A signal ended it: its limits, or a crash. Anything else is no fault of the file.
    if child.returncode < 0:
        raise UnreadableError("too_costly")
    child.check_returncode()
    answer = json.loads(child.stdout)
    if "problem" in answer:
        raise UnreadableError(answer["problem"])
    text: str = answer["text"]
    return text
