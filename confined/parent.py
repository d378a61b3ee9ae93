"""The side that has the work done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

BASE_DIR = Path(__file__).resolve().parent.parent
# A process limits what it computes itself; this one is for a machine that is busy.
PATIENCE_SECONDS = 120
# Each may take all the memory that it is allowed; a worker has a hundred threads.
_at_once = BoundedSemaphore(max(2, os.cpu_count() or 1))


class TooCostlyError(Exception):
    """The work was ended: by its limits, by a crash, or as it took too long."""


def done_by(module: str, *arguments: str, data: bytes) -> bytes:
    """Return what `python -m module arguments` answers when it is given some bytes.

    It is given them and nothing else: no variables, and so no secrets. Raises TooCostlyError, and
    CalledProcessError where it failed otherwise.
    """
    command = [sys.executable, "-E", "-s", "-B", "-m", module, *arguments]
    with _at_once:
        try:
            child = subprocess.run(  # noqa: S603 module and arguments are ours
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
            raise TooCostlyError from None
    # A signal ended it. Anything else is no fault of the data.
    if child.returncode < 0:
        raise TooCostlyError
    child.check_returncode()
    return child.stdout
