"""The site as a process of its own, on the test run's database and cache."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connection

from gaechwi.embedded import BASE_DIR
from tests.ports import free_port

START_LIMIT_SECONDS = 60


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of another process that shares database and cache with the tests."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    database = f"{server}/{connection.settings_dict['NAME']}"
    return {**os.environ, "DATABASE_URL": database, **variables}


@contextmanager
def serve(**variables: str) -> Iterator[str]:
    """Serve the pages inside of the block, and return their address."""
    with started(**variables) as (url, _process):
        yield url


@contextmanager
def started(**variables: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the pages until the process is stopped; return their address and the process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "gaechwi.asgi", f"--bind=127.0.0.1:{port}"),
            "--graceful-timeout=5",
        ],
        cwd=BASE_DIR,
        env=environment(SITE_URL=url, **variables),
    )
    try:
        wait_until_ready(url, process)
        yield url, process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the site answers."""
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/healthz"):  # noqa: S310 always http
                return
        except URLError:
            time.sleep(0.05)
    raise TimeoutError(f"the site did not start (exit code {process.poll()})")
