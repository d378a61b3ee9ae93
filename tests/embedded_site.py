"""Runs what `make run` starts, as a real process with a data folder of its own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.ports import free_port
from tests.processes import Process
from tests.services import settings_variables


class EmbeddedSite(Process):
    """The embedded site; as a context manager, it is up inside of the block."""

    def __init__(self, data: Path, **variables: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        of_tests = set(settings_variables())
        # Nothing of the test run's, and no developer's keys.
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in of_tests},
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(data),
            "PORT": str(self.port),
            **variables,
        }
        log = data.with_name(f"{data.name}-{self.port}.log")
        command = [sys.executable, "-m", "gaechwi.embedded"]
        super().__init__(log, command, self.environment, ready="준비되었습니다")

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal to its process group, as the terminal does, and return the exit code."""
        os.killpg(self.pid, number)
        return self.wait()

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
