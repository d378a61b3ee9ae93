"""The web server is told to stop: whoever is being answered is answered to the end."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.tests.site import started
from feedback.models import ResumeFeedback
from gaechwi.jobs.models import JobStatus
from interviews.conversing import begin
from interviews.live import Voice
from interviews.models import InterviewTurn
from resumes.models import Resume
from tests.workers import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

Site = tuple[str, subprocess.Popen[bytes]]
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


def test_who_waits_for_a_job_is_answered(site: Site, user: User, resume: Resume) -> None:
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


def test_who_listens_is_hung_up_on_in_order(site: Site, user: User, resume: Resume) -> None:
    interview = begin(user, resume, None, interview_type="1", question_count=3, difficulty="normal")
    turn = InterviewTurn.objects.get(interview=interview)
    voice, _before = Voice.take(turn.pk, None)
    voice.say("안녕하세요")
    bearer = token(site, user)
    # Its password was hashed anew, by which sessions of before have ended.
    user.refresh_from_db()
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    streams = []
    for path, headers in (
        (
            f"/interviews/{interview.pk}/words/{turn.pk}/",
            {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"},
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


def test_who_still_sends_is_answered(site: Site, user: User) -> None:
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
