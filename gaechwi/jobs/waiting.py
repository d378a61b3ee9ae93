"""Waiting for a job within a request (RFC 7240, `Prefer: wait`), by a bounded share of a server."""

from __future__ import annotations

import re
import time
from threading import BoundedSemaphore

from django.conf import settings
from django.db import connection

from gaechwi.jobs.models import Job, JobQuerySet

MAX_WAIT_SECONDS = 60
# What a person hardly notices, and few enough queries for the database not to either.
_LOOK_EVERY_SECONDS = 0.2

_places = BoundedSemaphore(settings.JOB_WAITING_REQUESTS)


def preferred_wait(prefer: str) -> int | None:
    """Return the seconds that a `Prefer` header asks to wait, None where it does not ask.

    More than is allowed counts as the most that is.
    """
    asked = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?([0-9]{1,6})\b", prefer, re.IGNORECASE)
    return min(int(asked[1]), MAX_WAIT_SECONDS) if asked else None


def wait(job: Job, seconds: float) -> bool:
    """Return once a job is finished, or after so many seconds; return whether that was waited for.

    Returns at once where as many requests of this process wait already as may. No database
    connection is held between two looks.
    """
    if seconds <= 0 or not _places.acquire(blocking=False):
        return False
    try:
        deadline = time.monotonic() + seconds
        jobs: JobQuerySet[Job] = JobQuerySet(type(job))
        while jobs.active().filter(pk=job.pk).exists():
            left = deadline - time.monotonic()
            if left <= 0:
                break
            connection.close()
            time.sleep(min(_LOOK_EVERY_SECONDS, left))
        return True
    finally:
        _places.release()
