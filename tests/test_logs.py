"""The log as JSON: every line of a request and of its job by one id, and no words of users."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import DataError
from django.utils import timezone
from pydantic import BaseModel, ValidationError
from pytest_django import Settings
from redis import Redis

from accounts.models import User
from accounts.tests.site import environment, serve
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi import request_ids
from gaechwi.access_log import client_of
from gaechwi.embedded import BASE_DIR
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
CLIENT = "203.0.113.9"


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


# What Python says by itself, and in full, where nobody sees to it.
UNCAUGHT = {
    "process": "raise ValueError(secret)",
    "thread": """
def fail():
    raise ValueError(secret)
thread = threading.Thread(target=fail)
thread.start()
thread.join()
""",
    "clean-up": """
class Fails:
    def __del__(self):
        raise ValueError(secret)
Fails()
""",
    "task": """
async def fail():
    raise ValueError(secret)
async def begin():
    task = asyncio.create_task(fail(), name=secret)
    await asyncio.sleep(0)
asyncio.run(begin())
""",
    "warning": "warnings.warn(secret, UserWarning)",
}


@pytest.mark.processes
@pytest.mark.parametrize("form", ["json", "line"])
@pytest.mark.parametrize("name", UNCAUGHT)
def test_what_nobody_caught_is_told_without_its_words(name: str, form: str) -> None:
    said = run("django.setup()\n" + UNCAUGHT[name], LOG_FORMAT=form)

    assert "Warning" in said if name == "warning" else "builtins.ValueError" in said
    assert SECRET not in said
    if form == "json":
        [line] = lines(said)
        assert line["level"] in {"WARNING", "ERROR", "CRITICAL"}


@pytest.mark.processes
def test_a_developer_is_told_all() -> None:
    assert f"ValueError: {SECRET}" in run("django.setup()\n" + UNCAUGHT["process"], DEBUG="true")


def run(code: str, **variables: str) -> str:
    """Return what a process says that knows the secret and does as it is told."""
    before = "import asyncio, sys, threading, warnings\nimport django\nsecret = sys.argv[1]\n"
    result = subprocess.run(
        [sys.executable, "-c", before + code, SECRET],
        cwd=BASE_DIR,
        env={**environment(DJANGO_SETTINGS_MODULE="gaechwi.settings"), **variables},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return result.stderr


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


@pytest.mark.parametrize("letter", "\n\r\t\v\f\0\x1b\x7f\x85\u2028\u2029\u202e\ud800")
def test_nobody_ends_a_line_or_steers_the_terminal(letter: str) -> None:
    record = logging.makeLogRecord({"msg": "GET %s", "args": (f"/{letter}2026 한 줄",)})

    line = written(record, Line("%(asctime)s %(message)s"))

    assert line.isprintable()
    assert line.endswith(f"GET /{ascii(letter)[1:-1]}2026 한 줄")


def test_the_trace_of_an_error_keeps_its_lines() -> None:
    record = logging.makeLogRecord({"msg": "it\nfailed", "exc_info": error_of(ValueError())})

    first, second, *_rest = written(record, Line("%(message)s")).splitlines()

    assert first == "it\\nfailed"
    assert second.lstrip().startswith("File ")


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_a_client_can_forge_no_line(capfd: pytest.CaptureFixture[str]) -> None:
    forged = "2026-01-01 00:00:00,000 INFO forged all is well"
    ends = ("%0a", "%0d%0a", "%e2%80%a8", "%c2%85", "%1b%5b2K%0d")
    with serve(LOG_FORMAT="line") as url:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
        for end in ends:
            connection.request("GET", f"/no{end}{quote(forged)}")
            assert connection.getresponse().read()
    web = capfd.readouterr().err

    # By the web server, and by Django, which finds no such page.
    assert web.count(forged) >= 2 * len(ends)
    assert [line for line in web.splitlines() if line.startswith("2026-01-01")] == []
    assert "\x1b" not in web


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


def test_without_a_proxy_no_id_is_believed() -> None:
    assert answered([(b"x-request-id", GIVEN.encode())], behind_proxy=False) != GIVEN


def answered(headers: list[tuple[bytes, bytes]], behind_proxy: bool = True) -> str:
    """Return the id in the answer to a request with these headers."""
    sent: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "headers": headers}
    asyncio.run(RequestIds(application, behind_proxy)(scope, None, send))
    [(name, value)] = sent[0]["headers"]
    assert name == b"x-request-id"
    return str(value.decode())


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "told"),
    [
        (True, CLIENT, CLIENT),
        (True, f"198.51.100.7, {CLIENT}:4711", CLIENT),
        (True, "nonsense\nmore", "10.0.0.1"),
        (True, "", "10.0.0.1"),
        (False, CLIENT, "10.0.0.1"),
    ],
)
def test_the_client_is_told_as_the_proxy_says(
    settings: Settings, behind_proxy: bool, forwarded: str, told: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = int(behind_proxy)

    assert client_of({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}) == told


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    with ModelServer() as server:
        settings.OPENAI_BASE_URL = server.url
        yield server


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    Redis.from_url(django_settings.CELERY_BROKER_URL).delete("celery")


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
    with serve(**variables, BEHIND_PROXY="true", ACCOUNT_EMAIL_VERIFICATION="none") as url:
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
    assert {line["client"] for line in asked if line["method"] == "POST"} == {CLIENT}
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
    headers = {
        "Content-Type": "application/json",
        "X-Request-ID": GIVEN,
        # The first one is what the client itself has written.
        "X-Forwarded-For": f"198.51.100.7, {CLIENT}",
    }
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
