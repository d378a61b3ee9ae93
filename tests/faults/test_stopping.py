"""Web servers and workers that are told to stop: nobody is cut off, and no job waits for them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings
from redis import Redis

from accounts.models import User
from accounts.tests.site import started
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobStatus
from interviews.conversing import begin
from interviews.live import Voice
from interviews.models import InterviewTurn
from resumes.models import Resume
from tests.model_server import ModelServer, slow, well
from tests.processes import wait_until
from tests.reliability import Outcome
from tests.workers import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

Site = tuple[str, subprocess.Popen[bytes]]
STOPPED = "the web server is told to stop (SIGTERM)"
# Far below what gunicorn grants (30 s), and what the requests would wait for (60 s).
SOON = 10


@pytest.fixture
def site() -> Iterator[Site]:
    with started(ACCOUNT_EMAIL_VERIFICATION="none") as site:
        yield site


def connect(site: Site) -> HTTPConnection:
    return HTTPConnection(urlsplit(site[0]).netloc, timeout=30)


def token(site: Site, user: User) -> str:
    connection = connect(site)
    body = json.dumps({"email": user.email, "password": "a-long-passphrase"})
    connection.request("POST", "/api/auth/token", body, {"Content-Type": "application/json"})
    return str(json.loads(connection.getresponse().read())["access_token"])


def test_who_waits_for_a_job_is_answered(
    site: Site, user: User, resume: Resume, outcome: Outcome
) -> None:
    headers = {"Authorization": f"Bearer {token(site, user)}", "Prefer": "wait=60"}
    connection = connect(site)
    connection.request("POST", f"/api/resume_feedbacks/standard/{resume.pk}", b"", headers)
    wait_until(ResumeFeedback.objects.exists, 10)
    time.sleep(0.5)

    begun = time.monotonic()
    site[1].terminate()
    response = connection.getresponse()

    assert response.status == 202
    assert json.loads(response.read())["status"] == JobStatus.QUEUED
    assert site[1].wait(SOON) == 0
    assert time.monotonic() - begun < SOON
    outcome(STOPPED, tried=1, happened="who waited for a job was answered 202 at once")


def test_who_listens_is_hung_up_on_in_order(
    site: Site, user: User, resume: Resume, outcome: Outcome
) -> None:
    interview = begin(user, resume, None, interview_type="1", question_count=3, difficulty="normal")
    turn = InterviewTurn.objects.get(interview=interview)
    voice, _before = Voice.take(turn.pk, None)
    voice.say("안녕하세요")
    bearer = token(site, user)
    # Its password was hashed anew, by which sessions of before have ended.
    user.refresh_from_db()
    client = Client()
    client.force_login(user)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    streams = []
    for path, headers in (
        (
            f"/interviews/{interview.pk}/words/{turn.pk}/",
            {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={session}"},
        ),
        (f"/api/interviews/{interview.pk}", {"Authorization": f"Bearer {bearer}"}),
    ):
        connection = connect(site)
        connection.request("GET", path, headers={"Accept": "text/event-stream", **headers})
        response = connection.getresponse()
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/event-stream")
        streams.append(response)
    time.sleep(0.5)

    site[1].terminate()

    for response in streams:
        # http.client raises IncompleteRead where the end of the last piece is missing.
        said = response.read().decode()
        assert "안녕하세요" in said
        assert "done" not in said
    assert site[1].wait(SOON) == 0
    outcome(STOPPED, tried=len(streams), happened="streams ended in order")


def test_who_still_sends_is_answered(site: Site, user: User, outcome: Outcome) -> None:
    body = json.dumps({"title": "이력서", "name": "구직자"}).encode()
    connection = connect(site)
    connection.putrequest("POST", "/api/resumes/")
    connection.putheader("Authorization", f"Bearer {token(site, user)}")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body[:10])
    time.sleep(0.5)

    site[1].terminate()
    time.sleep(2)
    connection.send(body[10:])

    assert connection.getresponse().status == 201
    assert Resume.objects.filter(title="이력서").exists()
    assert site[1].wait(SOON) == 0
    outcome(STOPPED, tried=1, happened="what was still being sent was taken and answered")


def test_a_connection_that_rests_is_kept_and_holds_up_no_stop(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with started() as site:
        connection = connect(site)
        for pause in (2.5, 0):
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b"ok"
            # gunicorn itself would close it after 2 s.
            time.sleep(pause)

        site[1].terminate()

        assert site[1].wait(SOON) == 0
    # Otherwise it was killed once its time was up.
    assert "Worker exiting" in capfd.readouterr().err


def test_a_connection_that_never_asked_holds_up_no_stop(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with started() as site:
        address = urlsplit(site[0])
        with socket.create_connection((address.hostname, address.port)):
            # Once this is answered, that one has been taken in as well.
            other = connect(site)
            other.request("GET", "/healthz")
            assert other.getresponse().read() == b"ok"

            site[1].terminate()

            assert site[1].wait(SOON) == 0
    assert "Worker exiting" in capfd.readouterr().err


def test_a_worker_hands_back_what_takes_long(
    resume: Resume, settings: Settings, tmp_path: Path, outcome: Outcome
) -> None:
    Redis.from_url(settings.CELERY_BROKER_URL).delete("celery")
    with ModelServer(slow(60)) as model:
        settings.OPENAI_BASE_URL = model.url
        job = request_standard_feedback(resume)
        variables = {
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "test",
            # So long a lease that nobody may wait for its end.
            "JOB_LEASE_SECONDS": "120",
            "JOB_SWEEP_SECONDS": "1",
            "JOB_GRACE_SECONDS": "1",
        }
        with Worker(tmp_path / "stopped.log", **variables) as stopped:
            wait_until(lambda: model.requests, 20)
            model.behaviour = well
            with Worker(tmp_path / "another.log", **variables):
                os.kill(stopped.pid, signal.SIGTERM)
                begun = time.monotonic()
                wait_until(lambda: job_is(job, JobStatus.DONE), 15)
                took = time.monotonic() - begun
                wait_until(lambda: not stopped.is_alive, 15)
        asked = len(model.requests)

    job.refresh_from_db()
    assert (job.attempts, asked) == (1, 2)
    outcome(
        "a worker is told to stop (SIGTERM) during a long job",
        tried=1,
        happened=f"another worker had done it {took:.0f} s later",
        lost=0 if job.status == JobStatus.DONE else 1,
    )


def job_is(job: ResumeFeedback, status: JobStatus) -> bool:
    return ResumeFeedback.objects.filter(pk=job.pk, status=status).exists()
