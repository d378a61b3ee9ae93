from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.tests.site import serve, started
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobQuerySet, JobStatus, job_models
from gaechwi.metrics import JobCollector, RequestMetricsMiddleware, recent_jobs, requests
from resumes.models import Resume
from tests.processes import wait_until

TOKEN = "a-token-for-prometheus"
FINISHED_ROWS = 100_000


@pytest.fixture
def told(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def samples() -> dict[tuple[str, ...], float]:
    """Return what the rows tell: (name, kind, …) → value."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for metric in JobCollector().collect()
        for sample in metric.samples
    }


def finish(job: ResumeFeedback, status: JobStatus, minutes_ago: float, **fields: object) -> None:
    ended = timezone.now() - timedelta(minutes=minutes_ago)
    ResumeFeedback.objects.filter(pk=job.pk).update(status=status, finished_at=ended, **fields)


@pytest.mark.django_db
def test_it_works(resume: Resume) -> None:
    kind = ResumeFeedback._meta.label
    job = request_standard_feedback(resume)
    ResumeFeedback.objects.update(created_at=timezone.now() - timedelta(seconds=90))

    now = samples()

    assert now["gaechwi_jobs", kind, "queued"] == 1
    assert now["gaechwi_jobs", kind, "done"] == 0
    assert 90 <= now["gaechwi_oldest_queued_job_seconds", kind] < 120

    used = {"model_calls": 2, "prompt_tokens": 30, "completion_tokens": 4, "latency_ms": 1500}
    finish(job, JobStatus.DONE, 1, **used)
    now = samples()

    assert now["gaechwi_jobs", kind, "queued"] == 0
    assert now["gaechwi_jobs", kind, "done"] == 1
    assert now["gaechwi_oldest_queued_job_seconds", kind] == 0
    assert now["gaechwi_recent_model_calls", kind] == 2
    assert now["gaechwi_recent_model_tokens", kind, "prompt"] == 30
    assert now["gaechwi_recent_model_tokens", kind, "completion"] == 4
    assert now["gaechwi_recent_model_seconds", kind] == 1.5

    finish(job, JobStatus.DONE, 6)
    now = samples()

    assert now["gaechwi_jobs", kind, "done"] == 0
    assert now["gaechwi_recent_model_calls", kind] == 0


@pytest.mark.django_db
def test_every_kind_costs_one_query(
    resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        request_standard_feedback(resume)

    with django_assert_num_queries(len(job_models())):
        samples()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="is about PostgreSQL's plans")
def test_jobs_of_the_past_are_not_read(resume: Resume) -> None:
    job = request_standard_feedback(resume)
    multiply(job)

    plan = recent_jobs(JobQuerySet(ResumeFeedback)).explain(analyze=True)

    assert "Seq Scan" not in plan
    assert "feedback_resumefeedback_ended" in plan


def multiply(job: ResumeFeedback) -> None:
    """Add finished jobs of the past: copies of a row."""
    table = ResumeFeedback._meta.db_table
    columns = [
        field.column
        for field in ResumeFeedback._meta.concrete_fields
        if field.column not in {"feedback_id", "status", "finished_at"}
    ]
    names = ", ".join(filter(None, columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}, status, finished_at)"  # noqa: S608 names of our own
            f" SELECT {names}, 'done', now() - n * interval '1 hour'"
            f" FROM {table}, generate_series(1, {FINISHED_ROWS}) n WHERE feedback_id = %s",
            [job.pk],
        )
        cursor.execute(f"ANALYZE {table}")


@pytest.mark.django_db
def test_without_a_token_of_its_own_it_is_not_there(client: Client) -> None:
    response = client.get("/metrics", headers={"authorization": "Bearer "})

    assert response.status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("given", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN, "Bearer 토큰"])
def test_it_checks_access(client: Client, given: str) -> None:
    response = client.get("/metrics", headers={"authorization": given})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.content == b""


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
def test_what_was_counted_is_told_without_the_database() -> None:
    client = Client()
    requests.labels("resumes:list", "GET", "5xx").inc()

    def away(*_query: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(away):
        response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})

    assert response.status_code == 200
    assert b'gaechwi_http_requests_total{method="GET",status="5xx"' in response.content
    assert b"gaechwi_jobs{" not in response.content


@pytest.fixture
def site() -> Iterator[str]:
    with serve(METRICS_TOKEN=TOKEN, WEB_CONCURRENCY="2") as url:
        yield url


def scrape(site: str) -> str:
    request = Request(f"{site}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})  # noqa: S310
    with urlopen(request) as response:  # noqa: S310 always http
        return str(response.read().decode())


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_all_processes_are_counted_together(site: str) -> None:
    for number in range(40):
        for path in (f"api/resumes/{number}", f"no/such/page/{number}"):
            with pytest.raises(HTTPError):
                urlopen(f"{site}/{path}")  # noqa: S310 always http

    said = scrape(site)

    asked = re.findall(r"gaechwi_http_requests_total\{(.*)\} (\S+)", said)
    counted = {labels: float(number) for labels, number in asked}
    assert counted['method="GET",status="4xx",view="-"'] == 40
    [of_view] = [labels for labels in counted if "resume" in labels]
    assert counted[of_view] == 40
    assert (
        'gaechwi_http_request_duration_seconds_bucket{le="60.0",method="GET",view="-"} 40.0' in said
    )
    assert "gaechwi_jobs" in said
    # Nothing that a client chooses becomes a label.
    assert "/no/such" not in said


def children(process: subprocess.Popen[bytes]) -> set[str]:
    """Return the processes that a process has started."""
    return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_a_server_that_starts_its_processes_anew_goes_on_counting(
    tmp_path: Path,
) -> None:
    with started(METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path)) as (url, server):
        [folder] = tmp_path.glob("gaechwi-metrics-*")
        with pytest.raises(HTTPError):
            urlopen(f"{url}/no/such/page")  # noqa: S310 always http
        of_before = children(server)
        server.send_signal(signal.SIGHUP)
        wait_until(lambda: of_before.isdisjoint(children(server)), 30)

        assert list(tmp_path.glob("gaechwi-metrics-*")) == [folder]
        assert 'gaechwi_http_requests_total{method="GET",status="4xx",view="-"} 1.0' in scrape(url)
    assert not folder.exists()


@pytest.mark.django_db
def test_to_count_asks_no_database(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.METRICS_TOKEN = TOKEN
    middleware = RequestMetricsMiddleware(lambda request: HttpResponse())
    request = HttpRequest()
    request.method = "GET"

    with django_assert_num_queries(0):
        middleware(request)
