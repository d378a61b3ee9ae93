"""Keeps the leases of the jobs that this process works on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from gaechwi.jobs.models import Job, JobStatus, lease_time

logger = logging.getLogger(__name__)


class LeaseKeeper:
    """Renews the leases of all jobs in hand from one thread and with one connection.

    A job past the time limit is renewed no more: its worker counts as stuck.
    """

    def __init__(self) -> None:
        self._claims: dict[UUID, type[Job]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def hold(self, job: Job) -> Iterator[None]:
        """Keep the lease of a claimed job until the block is left."""
        if job.claim is None:
            raise ValueError("the job is not claimed")
        with self._lock:
            self._claims[job.claim] = type(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._renew_forever, daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                del self._claims[job.claim]

    def let_go(self) -> list[Job]:
        """Put the jobs in hand back into the queue, and return them. They are renewed no more.

        What their work comes to is not written, since the claims are gone. It does not count as an
        attempt.
        """
        with self._lock:
            claims = dict(self._claims)
        jobs: list[Job] = []
        for model in set(claims.values()):
            mine = [claim for claim, kind in claims.items() if kind is model]
            for job in model._base_manager.filter(claim__in=mine, status=JobStatus.RUNNING):
                put_back = model._base_manager.filter(
                    pk=job.pk, claim=job.claim, status=JobStatus.RUNNING
                ).update(
                    status=JobStatus.QUEUED,
                    claim=None,
                    lease_until=None,
                    enqueued_at=None,
                    started_at=None,
                    attempts=F("attempts") - 1,
                )
                jobs += [job] if put_back else []
        return jobs

    def _renew_forever(self) -> None:
        pause = threading.Event()
        while not pause.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                self._renew()
            except Exception:
                # Without this thread every long job would be done twice.
                logger.exception("leases could not be renewed; trying again")
            finally:
                connection.close()

    def _renew(self) -> None:
        with self._lock:
            claims = dict(self._claims)
        now = timezone.now()
        stuck_before = now - timedelta(seconds=settings.JOB_TIME_LIMIT_SECONDS)
        for model in set(claims.values()):
            model._base_manager.filter(
                claim__in=[claim for claim, kind in claims.items() if kind is model],
                status=JobStatus.RUNNING,
                started_at__gt=stuck_before,
            ).update(lease_until=now + lease_time())


leases = LeaseKeeper()
