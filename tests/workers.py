"""Runs the worker as a real process on the databases of the test run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import connection

BASE_DIR = Path(__file__).resolve().parent.parent
STOP_LIMIT_SECONDS = 20


class Worker:
    """A Celery worker; as a context manager, it is stopped when the block is left."""

    def __init__(self, log: Path, **variables: str) -> None:
        self.log = log
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "--quiet", "-A", "gaechwi", "worker"),
                *("--pool", "threads", "--concurrency", "100", "--loglevel", "info"),
                *("--beat", "--scheduler", "celery.beat:Scheduler"),
                *("--without-gossip", "--without-mingle", "--hostname", f"{self.log.stem}@%h"),
            ],
            cwd=BASE_DIR,
            env={**os.environ, "DATABASE_URL": database_url(), **self._variables},
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        wait_until(self.is_ready, 60)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def pid(self) -> int:
        """Its process id."""
        if self._process is None:
            raise ValueError("it does not run")
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether its process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def niceness(self) -> int:
        """How far its process gives way to others. Raises ValueError where it does not run."""
        if self._process is None:
            raise ValueError("it does not run")
        return os.getpriority(os.PRIO_PROCESS, self._process.pid)

    @property
    def words(self) -> str:
        """What it has logged."""
        return self.log.read_text(encoding="utf-8")

    def is_ready(self) -> bool:
        """Return whether it takes jobs."""
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"the worker is not there:\n{self.words}")
        return " ready." in self.words

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is None:
            raise ValueError("it does not run")
        # Its beat is a process of its own, which must not outlive it.
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def database_url() -> str:
    """Return the address of the database that the tests write to."""
    name = settings.DATABASES["default"]["NAME"]
    server, _, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{server}/{name}"


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    """Wait until a condition holds. Raises TimeoutError when it does not in time."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(f"not within {seconds} s: {condition}")
        time.sleep(0.05)
