"""Runs what `make run` starts, as a real process with a data folder of its own."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from gaechwi.embedded import BASE_DIR, free_port
from tests.services import settings_variables

START_LIMIT_SECONDS = 90
STOP_LIMIT_SECONDS = 40


class EmbeddedSite:
    """The embedded site; as a context manager, it is up inside of the block."""

    def __init__(self, data: Path, **variables: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None
        self._said = b""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self.stop()

    @property
    def environment(self) -> dict[str, str]:
        """The environment it starts in: nothing of the test run's, and no developer's keys."""
        of_tests = set(settings_variables())
        return {
            **{name: value for name, value in os.environ.items() if name not in of_tests},
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(self.data),
            "PORT": str(self.port),
            **self._variables,
        }

    @property
    def pid(self) -> int:
        """The supervisor's process id."""
        if self._process is None:
            raise ValueError("it does not run")
        return self._process.pid

    def launch(self) -> None:
        """Start it without waiting until it is ready."""
        self._said = b""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gaechwi.embedded"],
            cwd=BASE_DIR,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Its own process group, as a terminal's foreground job has.
            start_new_session=True,
        )

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        self.launch()
        self.wait_for("준비되었습니다")

    def wait_for(self, words: str) -> None:
        """Wait until it has said these words."""
        process = self._process
        if process is None or process.stdout is None:
            raise ValueError("it does not run")
        deadline = time.monotonic() + START_LIMIT_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while words.encode() not in self._said:
                if not selector.select(deadline - time.monotonic()):
                    raise TimeoutError(f"still not ready: {self.said}")
                chunk = os.read(process.stdout.fileno(), 10_000)
                if not chunk:
                    raise ChildProcessError(f"ended with {process.wait()}: {self.said}")
                self._said += chunk

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return self._said.decode()

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal to its process group, as the terminal does, and return the exit code."""
        os.killpg(self.pid, number)
        return self.wait()

    def wait(self) -> int:
        """Wait for its end and return the exit code."""
        if self._process is None:
            raise ValueError("it does not run")
        process, self._process = self._process, None
        rest, _ = process.communicate(timeout=STOP_LIMIT_SECONDS)
        self._said += rest
        return process.returncode

    def processes(self) -> dict[int, str]:
        """Return what still runs for the data folder: process ids with their command lines."""
        return {
            int(folder.name): command
            for folder in Path("/proc").iterdir()
            if folder.name.isdecimal()
            and (command := _command(folder))
            and _belongs(folder, self.data)
        }

    def listening(self) -> set[str]:
        """Return the addresses, as `/proc/net` writes them, that its processes listen on."""
        sockets = {link for pid in self.processes() for link in _open_files(Path(f"/proc/{pid}"))}
        return {
            address
            for table in ("/proc/net/tcp", "/proc/net/tcp6")
            for address, inode in _listeners(Path(table))
            if f"socket:[{inode}]" in sockets
        }


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _belongs(process: Path, data: Path) -> bool:
    try:
        environment = (process / "environ").read_bytes().split(b"\0")
        # Valkey overwrites its environment with its title; it works inside of the folder.
        inside = (process / "cwd").readlink().is_relative_to(data)
    except OSError:
        return False
    return inside or f"DATA_DIR={data}".encode() in environment


def _open_files(process: Path) -> Iterator[str]:
    try:
        for descriptor in (process / "fd").iterdir():
            yield str(descriptor.readlink())
    except OSError:
        return


def _listeners(table: Path) -> Iterator[tuple[str, str]]:
    if not table.exists():
        return
    for line in table.read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A":  # LISTEN
            yield fields[1], fields[9]
