"""Processes of ours that a test starts, watches, stops and kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from gaechwi.embedded import BASE_DIR

# Until it is ready, or has done all of what it was started for.
START_LIMIT_SECONDS = 90
STOP_LIMIT_SECONDS = 40


class Process:
    """A command with all that it starts; as a context manager, it is ready inside of the block.

    It is ready once it has said `ready`, by default at once.
    """

    def __init__(
        self, log: Path, command: Sequence[str], environment: dict[str, str], ready: str = ""
    ) -> None:
        self._log = log
        self._command = command
        # python, gunicorn and celery are those of the tests.
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._environment = {**environment, "PATH": programs}
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        try:
            self.wait_until_ready()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_alive:
            self.stop()

    def start(self) -> None:
        """Start it, once more where it was ended, with a log that is empty."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=BASE_DIR,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Its own process group, as a terminal's foreground job has.
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait until it is ready. Raises ChildProcessError when it ends before, or TimeoutError."""
        wait_until(self._is_ready, START_LIMIT_SECONDS)

    def _is_ready(self) -> bool:
        if self._ready in self.words:
            return True
        if not self.is_alive:
            raise ChildProcessError(f"it has ended:\n{self.words}")
        return False

    @property
    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ValueError("it was not started")
        return self._process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._started.pid

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def children(self) -> list[int]:
        """The processes that its first process watches over."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(one) for one in listed.split()]

    @property
    def words(self) -> str:
        """What it has said since it was started."""
        return self._log.read_text(encoding="utf-8")

    def wait(self, seconds: float = STOP_LIMIT_SECONDS) -> int:
        """Wait for its end and return the exit code. One that does not end in time is killed.

        Raises TimeoutExpired then.
        """
        try:
            return self._started.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def stop(self) -> int:
        """Tell it to stop, and return the exit code. Raises TimeoutExpired where it does not."""
        self._started.send_signal(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """End it as a power cut would, with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._started.wait()


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    """Wait until a condition holds. Raises TimeoutError when it does not in time."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(f"not within {seconds} s: {condition}")
        time.sleep(0.05)
