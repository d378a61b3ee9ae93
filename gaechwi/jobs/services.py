"""The life of a job: enqueued after the commit, claimed, finished once, found again when lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django_stubs_ext import StrOrPromise
from kombu.exceptions import OperationalError

from gaechwi import request_ids
from gaechwi.ai import gateway
from gaechwi.ai.errors import AIError
from gaechwi.ai.gateway import Usage
from gaechwi.away import DATABASE_AWAY
from gaechwi.jobs.leases import leases
from gaechwi.jobs.limits import hold_to_day
from gaechwi.jobs.models import Engine, Job, JobError, JobQuerySet, JobStatus, lease_time

logger = logging.getLogger(__name__)

# One sweep sends no more than this; the next one sends the rest.
SWEEP_LIMIT = 500

JobT = TypeVar("JobT", bound=Job)
ResultT = TypeVar("ResultT")


class RequestRefusedError(Exception):
    """A job cannot be asked for as things stand; `message` says why in words for its user."""

    message: ClassVar[StrOrPromise]


def configured_engine() -> Engine:
    """Return who does a new job: the model where one is configured, the rules otherwise."""
    return Engine.OPENAI if gateway.is_configured() else Engine.OFFLINE


def enqueue(job: Job) -> None:
    """Send a job to the workers once the transaction that made it is committed.

    With the broker away nothing is raised: the row is there, and the sweep sends it later. Raises
    TooManyJobs where its user has no job left today; the transaction must end by it.
    """
    hold_to_day(job)
    transaction.on_commit(lambda: _send(job))


def run(
    queryset: JobQuerySet[JobT],
    job_id: int,
    work: Callable[[JobT], ResultT],
    save: Callable[[JobT, ResultT], None],
    drop: Callable[[ResultT], None] = lambda result: None,
) -> None:
    """Do a job, unless another worker has it or it is finished.

    `work` takes the claimed job and returns its result; it may wait for long and holds no database
    connection. `save` writes the result, in the transaction that finishes the job: it runs only
    while this worker still has the claim. `drop` takes a result that was not saved. Whatever `work`
    raises ends the job visibly; a database that goes away leaves it to the sweep.
    """
    job = _claim(queryset, job_id)
    if job is None:
        return
    with (
        request_ids.of(job.request_id),
        leases.hold(job),
        translation.override(job.language),
    ):
        logger.info("%s %s began", job._meta.label, job.pk)
        try:
            connection.close()
            result = work(job)
            is_saved = False
            try:
                is_saved = _finish(queryset, job, lambda: save(job, result))
            finally:
                if not is_saved:
                    drop(result)
        except AIError as error:
            logger.warning("%s %s failed: %s", job._meta.label, job.pk, error.code)
            _close(queryset, job, JobStatus.FAILED, JobError(error.code), error.usage)
        except CancelledError:
            # This process is stopping, and has let go of the job or leaves it to the sweep.
            logger.warning("%s %s is cut off", job._meta.label, job.pk)
        except DATABASE_AWAY:
            # What came of it cannot be written, nor that it failed: the sweep has it done again.
            logger.exception("%s %s waits for the sweep: no database", job._meta.label, job.pk)
        except Exception:
            logger.exception("%s %s failed", job._meta.label, job.pk)
            _close(queryset, job, JobStatus.FAILED, JobError.INTERNAL)


@transaction.atomic
def retry(queryset: JobQuerySet[Any], job: Job, engine: Engine) -> bool:
    """Put a failed job back into the queue; return whether it was a failed one.

    It counts as asked for now. Raises TooManyJobs.
    """
    job.engine = engine
    put_back = queryset.filter(pk=job.pk, status=JobStatus.FAILED).update(
        status=JobStatus.QUEUED,
        engine=engine,
        error="",
        attempts=0,
        created_at=timezone.now(),
        enqueued_at=None,
        started_at=None,
        finished_at=None,
        request_id=request_ids.current(),
    )
    if put_back:
        enqueue(job)
    return bool(put_back)


def sweep(model: type[Job]) -> None:
    """Send the jobs of a kind that were lost on the way; give up those that fail every time."""
    now = timezone.now()
    jobs: JobQuerySet[Job] = JobQuerySet(model).overdue(now)
    hopeless = jobs.filter(status=JobStatus.RUNNING, attempts__gte=settings.JOB_MAX_ATTEMPTS)
    for job in hopeless:
        _give_up(model, job, now)
    for job in jobs.order_by("created_at")[:SWEEP_LIMIT]:
        if not _send(job):
            break


def hand_back() -> None:
    """Give the jobs that this process works on to other workers; what it makes of them is void."""
    for job in leases.let_go():
        with request_ids.of(job.request_id):
            logger.warning("%s %s is handed back", job._meta.label, job.pk)
            _send(job)


def _give_up(model: type[Job], job: Job, now: datetime) -> None:
    given_up = (
        JobQuerySet(model)
        .filter(pk=job.pk, claim=job.claim, status=JobStatus.RUNNING, lease_until__lt=now)
        .update(
            status=JobStatus.FAILED,
            error=JobError.INTERRUPTED,
            claim=None,
            lease_until=None,
            finished_at=now,
        )
    )
    if given_up:
        with request_ids.of(job.request_id):
            logger.error("%s %s is given up", job._meta.label, job.pk)


def _send(job: Job) -> bool:
    try:
        current_app.send_task(job.task_name, args=[job.pk], retry=False)
    except OperationalError:
        with request_ids.of(job.request_id):
            logger.warning("%s %s waits for the sweep: no broker", job._meta.label, job.pk)
        return False
    JobQuerySet(type(job)).filter(pk=job.pk).update(enqueued_at=timezone.now())
    return True


def _claim(queryset: JobQuerySet[JobT], job_id: int) -> JobT | None:
    now = timezone.now()
    token = uuid4()
    claimed = queryset.filter(
        Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RUNNING, lease_until__lt=now), pk=job_id
    ).update(
        status=JobStatus.RUNNING,
        claim=token,
        lease_until=now + lease_time(),
        attempts=F("attempts") + 1,
        started_at=now,
    )
    return queryset.get(claim=token) if claimed else None


def _finish(queryset: JobQuerySet[JobT], job: JobT, save: Callable[[], None]) -> bool:
    with transaction.atomic():
        is_ours = _close(queryset, job, JobStatus.DONE)
        if is_ours:
            save()
    if is_ours:
        logger.info("%s %s is done", job._meta.label, job.pk)
    else:
        logger.warning("%s %s was finished by another worker", job._meta.label, job.pk)
    return is_ours


def _close(
    queryset: JobQuerySet[JobT],
    job: JobT,
    status: JobStatus,
    error: JobError | str = "",
    usage: Usage | None = None,
) -> bool:
    """End a job if its claim still holds; return whether it did."""
    closed = queryset.filter(pk=job.pk, claim=job.claim, status=JobStatus.RUNNING).update(
        status=status,
        error=error,
        claim=None,
        lease_until=None,
        finished_at=timezone.now(),
        **usage_fields(usage or Usage()),
    )
    return bool(closed)


def usage_fields(usage: Usage) -> dict[str, Any]:
    """Return what the model cost as an update of a job: all attempts add up."""
    return {
        "model_calls": F("model_calls") + usage.calls,
        "prompt_tokens": F("prompt_tokens") + usage.prompt_tokens,
        "completion_tokens": F("completion_tokens") + usage.completion_tokens,
        "latency_ms": F("latency_ms") + usage.latency_ms,
    }
