"""The log as JSON: every line of a request and of its job by one id, and no words of users."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import DataError
from django.utils import timezone
from pydantic import BaseModel, ValidationError
from pytest_django import Settings
from redis import Redis

from accounts.models import User
from accounts.tests.site import serve
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi import request_ids
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import JobError, JobStatus
from gaechwi.logs import Context, Json, Line
from gaechwi.request_ids import RequestIds
from resumes.models import Resume
from tests.model_server import ModelServer, busy
from tests.processes import wait_until
from tests.workers import Worker

SECRET = "홍길동의-비밀-문장"
GIVEN = "from-the-proxy-0123456789"


def written(record: logging.LogRecord, formatter: logging.Formatter | None = None) -> str:
    """Return the line that a record becomes."""
    assert Context().filter(record)
    return (formatter or Json()).format(record)


def lines(log: str) -> list[dict[str, Any]]:
    """Return what was logged; whatever is no JSON fails the test."""
    # Celery says this in its signal handler, where nothing may be logged.
    return [json.loads(line) for line in log.splitlines() if line and "(MainProcess)" not in line]


def error_of(cause: Exception) -> tuple[Any, Any, Any]:
    try:
        try:
            raise cause
        except Exception as error:
            raise RuntimeError(f"while saving {SECRET}") from error
    except RuntimeError as error:
        return RuntimeError, error, error.__traceback__


class Strict(BaseModel):
    number: int


def broken_schema() -> Exception:
    with pytest.raises(ValidationError) as caught:
        Strict.model_validate({"number": SECRET})
    assert SECRET in str(caught.value)
    return caught.value


@pytest.mark.parametrize("formatter", [Json(), Line("%(asctime)s %(message)s")])
@pytest.mark.parametrize(
    "error", [DataError(f"DETAIL: Failing row contains ({SECRET})"), broken_schema()]
)
def test_an_error_is_told_without_its_words(formatter: logging.Formatter, error: Exception) -> None:
    record = logging.makeLogRecord({"msg": "it failed", "exc_info": error_of(error)})

    line = written(record, formatter)

    assert SECRET not in line
    assert type(error).__name__ in line
    assert "RuntimeError" in line
    assert "in error_of" in line


def test_what_libraries_add_to_a_record_is_left_out() -> None:
    record = logging.makeLogRecord(
        {
            "name": "x",
            "levelname": "INFO",
            "msg": "x",
            "request": f"<Request /?q={SECRET}>",
            "data": {"args": SECRET},
        }
    )

    assert json.loads(written(record)).keys() == {"time", "level", "logger", "message"}


def test_what_celery_says_of_an_error_is_left_out() -> None:
    told = {"name": "tasks.sweep", "exc": SECRET}
    record = logging.LogRecord("celery", 40, "", 1, "%(name)s: %(exc)s", (told,), None)

    assert SECRET not in written(record)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/accounts/confirm-email/MQ:1abc:xyz/", "/accounts/confirm-email/…/"),
        ("/accounts/password/reset/key/1-set-abc/", "/accounts/password/reset/key/…/"),
        (f"/resumes/?q={SECRET}", "/resumes/"),
        ("/resumes/1/", "/resumes/1/"),
    ],
)
def test_addresses_are_told_without_secrets(path: str, told: str) -> None:
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Not Found", path)})

    assert json.loads(written(record))["message"] == f"Not Found: {told}"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (GIVEN, True),
        ("0af7651916cd43dd8448eb211c80319c", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("short", False),
        ("", False),
        ("two words here", False),
        ('quote"quote"quote', False),
        ("비밀비밀비밀비밀", False),
        ("-begins-with-a-dash", False),
    ],
)
def test_a_sane_id_is_kept(given: str, kept: bool) -> None:
    told = answered([(b"x-request-id", given.encode())])

    assert (told == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", told)


def test_of_two_ids_none_is_believed() -> None:
    assert answered([(b"x-request-id", GIVEN.encode())] * 2) != GIVEN


def answered(headers: list[tuple[bytes, bytes]]) -> str:
    """Return the id in the answer to a request with these headers."""
    sent: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "headers": headers}
    asyncio.run(RequestIds(application)(scope, None, send))
    [(name, value)] = sent[0]["headers"]
    assert name == b"x-request-id"
    return str(value.decode())


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    with ModelServer() as server:
        settings.OPENAI_BASE_URL = server.url
        yield server


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    Redis.from_url(django_settings.CELERY_BROKER_URL).delete("celery", "unacked", "unacked_index")


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_one_id_stands_in_every_line_from_the_request_to_the_end_of_its_job(
    user: User,
    resume: Resume,
    model: ModelServer,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    model.behaviour = busy(1, None)
    variables = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "test", "LOG_FORMAT": "json"}
    # That one may run as root, as containers do not.
    variables["PYTHONWARNINGS"] = "ignore"
    with serve(**variables, ACCOUNT_EMAIL_VERIFICATION="none") as url:
        status, headers, answer = post(
            url, "/api/auth/token", {"email": user.email, "password": "a-long-passphrase"}
        )
        assert (status, headers["X-Request-ID"]) == (200, GIVEN)
        secrets = [answer["access_token"], answer["refresh_token"], "a-long-passphrase"]
        status, headers, answer = post(
            url,
            f"/api/resume_feedbacks/standard/{resume.pk}?token={SECRET.encode().hex()}",
            token=secrets[0],
        )
        assert (status, headers["X-Request-ID"]) == (202, GIVEN)
        post(url, "/api/resumes/", {"title": SECRET}, token=secrets[0])
    web = capfd.readouterr().err
    job = ResumeFeedback.objects.get()
    assert job.request_id == GIVEN

    # Sent again by the sweep of a worker that knows nothing of the request.
    Redis.from_url(django_settings.CELERY_BROKER_URL).flushdb()
    worker = Worker(tmp_path / "one.log", JOB_LEASE_SECONDS="1", JOB_SWEEP_SECONDS="1", **variables)
    with worker:
        wait_until(lambda: ResumeFeedback.objects.filter(status=JobStatus.DONE).exists(), 30)

    asked = [line for line in lines(web) if line["logger"] == "gunicorn.access"]
    assert {line["request_id"] for line in asked if line["method"] == "POST"} == {GIVEN}
    assert all("?" not in line["path"] for line in asked)
    done = [line for line in lines(worker.words) if line.get("request_id")]
    assert {line["request_id"] for line in done} == {GIVEN}
    told = " ".join(line["message"] for line in done)
    assert f"feedback.ResumeFeedback {job.pk} began" in told
    assert f"feedback.ResumeFeedback {job.pk} is done" in told
    assert "model call" in told
    everything = web + worker.words
    quoted = [resume.email, resume.phone, resume.introduction[:40]]
    for words in [*secrets, *quoted, SECRET, SECRET.encode().hex()]:
        assert words
        assert words not in everything


def post(url: str, path: str, body: Any = None, token: str = "") -> tuple[int, Message, Any]:
    """Return status, headers and body of the answer to a program."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=20)
    headers = {"Content-Type": "application/json", "X-Request-ID": GIVEN}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = b"" if body is None else json.dumps(body).encode()
    connection.request("POST", path, data, headers)
    response = connection.getresponse()
    return response.status, response.headers, json.loads(response.read())


@pytest.mark.django_db
def test_what_is_tried_again_carries_the_id_of_who_tries(resume: Resume) -> None:
    with request_ids.of("the-first-request"):
        job = request_standard_feedback(resume)
    assert job.request_id == "the-first-request"
    failed = {"status": JobStatus.FAILED, "error": JobError.INTERNAL, "finished_at": timezone.now()}
    ResumeFeedback.objects.update(**failed)
    with request_ids.of("the-second-request"):
        jobs.retry(ResumeFeedback.objects.all(), job, jobs.configured_engine())

    job.refresh_from_db()
    assert job.request_id == "the-second-request"
