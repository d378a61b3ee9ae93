"""Waiting for a job within a request, by a bounded share of a server.

Programs ask for it by `Prefer: wait=N` (RFC 7240), pages by `?wait=N`: so a result is shown when it
is there, and not at the next time that the page would have asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import QueryDict

from gaechwi.jobs.models import Job, JobQuerySet
from gaechwi.stopping import stopping

MAX_WAIT_SECONDS = 60
# Pages ask again: a broken connection is noticed, and a server that stops has less to wait for.
MAX_PAGE_WAIT_SECONDS = 5
# Most jobs of the offline reviewer are done by the second look. Later a tenth of a second more is
# what a person hardly notices, and few enough queries for the database not to either.
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.02, 0.1

_places = BoundedSemaphore(settings.JOB_WAITING_REQUESTS)


def preferred_wait(prefer: str) -> int | None:
    """Return the seconds that a `Prefer` header asks to wait, None where it does not ask.

    More than is allowed counts as the most that is.
    """
    asked = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?([0-9]{1,6})\b", prefer, re.IGNORECASE)
    return min(int(asked[1]), MAX_WAIT_SECONDS) if asked else None


def wait(job: Job, seconds: float) -> bool:
    """Return once a job is finished, or after so many seconds; return whether that was waited for.

    Returns at once where as many requests of this process wait already as may.
    """
    jobs: JobQuerySet[Job] = JobQuerySet(type(job))
    return _wait_while(lambda: jobs.active().filter(pk=job.pk).exists(), seconds) is not None


def has_no_news(jobs: JobQuerySet[Any], job_id: int, shown: QueryDict) -> bool:
    """Return whether a job still has the status that its page has `seen`, if the page says so.

    Before that it is waited for news, for the seconds that the page names in `wait`.
    """
    seen, asked = shown.get("seen"), shown.get("wait", "")
    seconds = min(int(asked), MAX_PAGE_WAIT_SECONDS) if re.fullmatch(r"[0-9]{1,6}", asked) else 0
    is_still = _wait_while(lambda: jobs.is_still(job_id, seen), seconds)
    return jobs.is_still(job_id, seen) if is_still is None else is_still


def _wait_while(condition: Callable[[], bool], seconds: float) -> bool | None:
    """Return whether a condition still holds after at most so many seconds.

    None where there was no place to wait in. No connection is held between two looks.
    """
    if seconds <= 0 or not _places.acquire(blocking=False):
        return None
    try:
        deadline = time.monotonic() + seconds
        pause = _FIRST_PAUSE_SECONDS
        while condition():
            left = deadline - time.monotonic()
            if left <= 0:
                return True
            connection.close()
            if stopping.wait(min(pause, left)):
                return True
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        return False
    finally:
        _places.release()
