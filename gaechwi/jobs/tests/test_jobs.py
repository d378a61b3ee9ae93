from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from pytest_django import Settings
from redis import Redis

from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.ai import errors
from gaechwi.ai.errors import AIError, ModelBusy
from gaechwi.ai.gateway import Usage
from gaechwi.embedded import BASE_DIR
from gaechwi.jobs import services
from gaechwi.jobs.leases import LeaseKeeper
from gaechwi.jobs.models import JobError, JobStatus, job_models
from gaechwi.jobs.tasks import sweep
from resumes.models import Resume
from tests.ports import free_port
from tests.processes import wait_until
from tests.workers import database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job(resume: Resume) -> ResumeFeedback:
    """A queued job; the kind does not matter here."""
    return request_standard_feedback(resume)


@pytest.fixture(autouse=True)
def broker(settings: Settings) -> Redis:
    """The broker, with nothing in its queue."""
    redis = Redis.from_url(settings.CELERY_BROKER_URL)
    redis.delete("celery")
    return redis


def run(job: ResumeFeedback, work: object, save: object = None) -> None:
    services.run(ResumeFeedback.objects.all(), job.pk, work, save or (lambda job, result: None))  # type: ignore[arg-type]


def change(job: ResumeFeedback, **fields: object) -> None:
    ResumeFeedback.objects.filter(pk=job.pk).update(**fields)


def test_it_works(job: ResumeFeedback) -> None:
    saved = []

    run(job, lambda job: f"result of {job.pk}", lambda job, result: saved.append(result))

    job.refresh_from_db()
    assert saved == [f"result of {job.pk}"]
    assert (job.status, job.error, job.attempts) == (JobStatus.DONE, "", 1)
    assert job.claim is None
    assert job.duration is not None


def test_a_message_is_sent_after_the_commit(resume: Resume, broker: Redis) -> None:
    with transaction.atomic():
        request_standard_feedback(resume)
        assert broker.llen("celery") == 0

    assert broker.llen("celery") == 1
    assert ResumeFeedback.objects.get().enqueued_at is not None


def test_what_is_rolled_back_is_not_sent(resume: Resume, broker: Redis) -> None:
    with transaction.atomic():
        request_standard_feedback(resume)
        transaction.set_rollback(True)

    assert broker.llen("celery") == 0
    assert not ResumeFeedback.objects.exists()


def test_a_second_message_does_nothing(job: ResumeFeedback) -> None:
    done: list[str] = []
    for _ in range(3):
        run(job, lambda job: "result", lambda job, result: done.append(result))

    assert done == ["result"]


def test_a_job_in_hand_is_not_taken_from_a_living_worker(job: ResumeFeedback) -> None:
    def work(held: ResumeFeedback) -> None:
        run(job, lambda other: pytest.fail("taken twice"))

    run(job, work)

    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.DONE, 1)


def test_only_the_last_claim_counts(job: ResumeFeedback) -> None:
    saved = []

    def work_and_lose(held: ResumeFeedback) -> str:
        # While this worker slept, its lease ran out and another one did the job.
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
        run(job, lambda other: "second", lambda other, result: saved.append(result))
        return "first"

    run(job, work_and_lose, lambda held, result: saved.append(result))

    job.refresh_from_db()
    assert saved == ["second"]
    assert (job.status, job.attempts) == (JobStatus.DONE, 2)


@pytest.mark.parametrize("failing", [False, True])
def test_who_lost_the_claim_ends_nothing(job: ResumeFeedback, failing: bool) -> None:
    claimed, ended = threading.Event(), threading.Event()
    saved: list[str] = []

    def second_work(held: ResumeFeedback) -> str:
        claimed.set()
        assert ended.wait(timeout=10)
        return "second"

    def second_worker() -> None:
        try:
            run(job, second_work, lambda held, result: saved.append(result))
        finally:
            connection.close()

    second = threading.Thread(target=second_worker)

    def first_work(held: ResumeFeedback) -> str:
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
        second.start()
        assert claimed.wait(timeout=10)
        if failing:
            raise ValueError("the first worker fails late")
        return "first"

    run(job, first_work, lambda held, result: saved.append(result))

    job.refresh_from_db()
    assert (saved, job.status, job.error) == ([], JobStatus.RUNNING, "")
    ended.set()
    second.join(timeout=10)
    job.refresh_from_db()
    assert (saved, job.status) == (["second"], JobStatus.DONE)


def test_two_workers_with_the_same_job_write_one_result(job: ResumeFeedback) -> None:
    together = threading.Barrier(2)
    saved: list[str] = []

    def worker(name: str) -> None:
        try:
            together.wait(timeout=10)
            run(job, lambda job: name, lambda job, result: saved.append(result))
        finally:
            connection.close()

    workers = [threading.Thread(target=worker, args=[name]) for name in "ab"]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()

    assert len(saved) == 1


def test_a_result_that_cannot_be_saved_leaves_nothing_half_done(job: ResumeFeedback) -> None:
    def save(job: ResumeFeedback, result: None) -> None:
        change(job, parent_content="half a result")
        raise ValueError

    run(job, lambda job: None, save)

    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, JobError.INTERNAL)
    assert job.parent_content == ""


def test_a_job_is_done_again_where_the_database_went_away_before_the_result_was_saved(
    job: ResumeFeedback,
) -> None:
    def away(job: ResumeFeedback, result: object) -> None:
        raise OperationalError

    run(job, lambda job: "result", away)

    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.RUNNING, "")
    change(job, lease_until=timezone.now() - timedelta(seconds=1))
    run(job, lambda job: "result")
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.DONE, 2)


def test_a_failure_is_visible_and_keeps_what_it_cost(job: ResumeFeedback) -> None:
    def work(job: ResumeFeedback) -> None:
        failure = ModelBusy("429")
        failure.usage = Usage(calls=5, prompt_tokens=70, completion_tokens=0, latency_ms=900)
        raise failure

    run(job, work)

    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, JobError.MODEL_BUSY)
    assert (job.model_calls, job.prompt_tokens, job.latency_ms) == (5, 70, 900)


def test_every_failure_of_the_gateway_has_words_for_people() -> None:
    codes = {kind.code for kind in vars(errors).values() if _is_failure(kind)}

    assert len(codes) == 5
    assert codes <= set(JobError.values)


def _is_failure(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, AIError) and kind is not AIError


def test_no_database_connection_is_held_while_the_model_is_waited_for(
    job: ResumeFeedback,
) -> None:
    held = []
    run(job, lambda job: held.append(connection.connection))

    assert held == [None]


def test_the_lease_is_renewed_while_the_work_goes_on(
    job: ResumeFeedback, settings: Settings
) -> None:
    settings.JOB_LEASE_SECONDS = 0.6
    soon = timezone.now() + timedelta(seconds=0.6)
    change(
        job, status=JobStatus.RUNNING, claim=uuid4(), lease_until=soon, started_at=timezone.now()
    )
    job.refresh_from_db()

    with LeaseKeeper().hold(job):
        wait_until(lambda: ResumeFeedback.objects.filter(lease_until__gt=soon), 5)


def test_the_lease_of_a_stuck_job_runs_out(job: ResumeFeedback, settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 0.3
    settings.JOB_TIME_LIMIT_SECONDS = 1
    now = timezone.now()
    change(job, status=JobStatus.RUNNING, claim=uuid4(), lease_until=now, started_at=now)
    job.refresh_from_db()

    with LeaseKeeper().hold(job):
        wait_until(lambda: ResumeFeedback.objects.filter(lease_until__gt=now), 5)
        wait_until(lambda: ResumeFeedback.objects.overdue(timezone.now()), 5)


def test_with_the_broker_away_the_request_succeeds_and_the_sweep_sends_it_later(
    resume: Resume, broker: Redis
) -> None:
    # A process of its own, that never knew a broker.
    asked = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", ASK % resume.pk],
        cwd=BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "waits for the sweep" in asked.stderr
    # A person waits for it, so it must not be tried for long.
    assert float(asked.stdout) < 3
    job = ResumeFeedback.objects.get()
    assert (job.status, job.enqueued_at) == (JobStatus.QUEUED, None)

    sweep()

    job.refresh_from_db()
    assert job.enqueued_at is not None
    assert broker.llen("celery") == 1


ASK = """
from time import monotonic
from feedback.services import request_standard_feedback
from resumes.models import Resume
resume = Resume.objects.get(pk=%d)
started = monotonic()
request_standard_feedback(resume)
print(monotonic() - started)
"""


def test_the_sweep_sends_again_what_may_be_lost(job: ResumeFeedback, broker: Redis) -> None:
    sweep()
    assert broker.llen("celery") == 1

    change(job, enqueued_at=timezone.now() - timedelta(minutes=5))
    sweep()

    assert broker.llen("celery") == 2


def test_the_sweep_leaves_a_living_worker_its_job(job: ResumeFeedback, broker: Redis) -> None:
    run(job, lambda held: sweep())

    assert broker.llen("celery") == 1


def test_the_sweep_finds_the_job_of_a_dead_worker(job: ResumeFeedback, broker: Redis) -> None:
    change(
        job,
        status=JobStatus.RUNNING,
        claim="00000000-0000-0000-0000-000000000001",
        lease_until=timezone.now() - timedelta(seconds=1),
        attempts=1,
    )
    sweep()
    assert broker.llen("celery") == 2

    run(job, lambda job: None)

    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.DONE, 2)


def test_a_job_that_kills_every_worker_is_given_up_visibly(job: ResumeFeedback) -> None:
    change(
        job,
        status=JobStatus.RUNNING,
        claim="00000000-0000-0000-0000-000000000001",
        lease_until=timezone.now() - timedelta(seconds=1),
        attempts=3,
    )

    sweep()

    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, JobError.INTERRUPTED)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "lost"},
        {"status": JobStatus.DONE},
        {"status": JobStatus.FAILED, "finished_at": timezone.now()},
        {"status": JobStatus.RUNNING},
        {"error": JobError.INTERNAL},
    ],
    ids=["unknown status", "done without time", "failed without why", "no claim", "error"],
)
def test_the_database_refuses_states_that_cannot_be(
    job: ResumeFeedback, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        change(job, **fields)


def test_every_kind_of_job_is_swept() -> None:
    assert ResumeFeedback in job_models()
