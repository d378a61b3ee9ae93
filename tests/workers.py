"""Runs the worker as a real process on the databases of the test run."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.compose import command_of
from tests.processes import Process

# What it says once it takes jobs.
READY = " ready."


class Worker(Process):
    """A worker that is its own beat; as a context manager, it takes jobs inside of the block.

    `options` are Celery's, `variables` of its environment; those of production hold otherwise.
    """

    def __init__(self, log: Path, *options: str, **variables: str) -> None:
        beat = ("--beat", "--scheduler=celery.beat:Scheduler", f"--hostname={log.stem}@%h")
        environment = {**os.environ, "DATABASE_URL": database_url(), **variables}
        super().__init__(log, [*command_of("worker"), *beat, *options], environment, READY)

    @property
    def niceness(self) -> int:
        """How far its process gives way to others."""
        return os.getpriority(os.PRIO_PROCESS, self.pid)


def database_url() -> str:
    """Return the address of the database that the tests write to."""
    name = settings.DATABASES["default"]["NAME"]
    server, _, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{server}/{name}"
