"""The whole as it runs in production, in processes that can be ended one by one.

PostgreSQL, Valkey, an S3 server and a model's server, and what compose.yaml starts: web, worker and
beat. All are the test's own: what breaks here breaks for nobody else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2

from tests.backing import Backing
from tests.compose import command_of
from tests.model_server import ModelServer, well
from tests.ports import free_port
from tests.processes import START_LIMIT_SECONDS, Process, wait_until
from tests.workers import READY

LIMITS = ("JOB_REQUESTS_PER_USER", "JOB_REQUESTS_PER_ADDRESS", "MODEL_JOBS_PER_DAY")


class System:
    """All servers and processes; as a context manager, it is up inside of the block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.backing = stack.enter_context(Backing())
            self._model = stack.enter_context(ExitStack())
            self.model = self._model.enter_context(ModelServer())
            for service in ("bucket", "migrate"):
                with self._process(service) as process:
                    assert process.wait(START_LIMIT_SECONDS) == 0, process.words
            self.web = self._process("web")
            self.worker = self._process("worker", READY)
            self.beat = self._process("beat")
            for process in self._processes:
                process.start()
                stack.callback(process.kill)
            self.wait_until_up()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        return {
            **os.environ,
            **self.backing.variables,
            "SITE_URL": self.url,
            "OPENAI_BASE_URL": self.model.url,
            "OPENAI_API_KEY": "test",
            "OPENAI_TIME_LIMIT": "3",
            "OPENAI_MAX_RETRIES": "1",
            "ACCOUNT_EMAIL_VERIFICATION": "none",
            "JOB_LEASE_SECONDS": "4",
            "JOB_SWEEP_SECONDS": "1",
            **dict.fromkeys(LIMITS, "100000"),
        }

    def _process(self, service: str, ready: str = "") -> Process:
        log = self.folder / f"{service}.log"
        return Process(log, command_of(service, self.port), self.environment, ready)

    @property
    def _processes(self) -> tuple[Process, ...]:
        return self.web, self.worker, self.beat

    def wait_until_up(self) -> None:
        """Wait until the site answers and the worker takes jobs."""
        wait_until(lambda: answers(self.url), START_LIMIT_SECONDS)
        self.worker.wait_until_ready()

    def restore(self) -> None:
        """Bring back what was taken away, and wait until all is up."""
        self.model.behaviour = well
        self.backing.start_postgres()
        self.backing.start_valkey()
        for process in self._processes:
            if not process.is_alive:
                process.start()
        self.wait_until_up()

    @contextmanager
    def another_web(self, **variables: str) -> Iterator[tuple[str, Process]]:
        """Serve the same site by one more web process with other settings."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {**self.environment, "SITE_URL": url, **variables}
        log = self.folder / f"web-{port}.log"
        with Process(log, command_of("web", port), environment) as web:
            wait_until(lambda: answers(url), START_LIMIT_SECONDS)
            yield url, web

    def known_keys(self) -> set[str]:
        """Return the keys of all files that stand in a row, or wait to be claimed or deleted."""
        keys = "SELECT key FROM resumes_file UNION SELECT key FROM resumes_deletedfile"
        return {key for (key,) in self.backing.rows(keys)}

    @contextmanager
    def model_away(self) -> Iterator[None]:
        """Take the model's server away."""
        self._model.close()
        try:
            yield
        finally:
            self.model = self._model.enter_context(ModelServer(port=self.model.port))


def answers(url: str) -> bool:
    """Return whether a site answers at all."""
    try:
        return httpx2.get(f"{url}/healthz", trust_env=False, timeout=2).status_code == 200
    except httpx2.HTTPError:
        return False
