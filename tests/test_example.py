"""The program that `docs/api.md` shows to those who write clients, run as they would run it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from celery import current_app
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD, new_user
from feedback.models import ResumeFeedback
from gaechwi.embedded import BASE_DIR
from gaechwi.jobs.models import Job, JobQuerySet, job_models
from resumes.models import Resume

pytestmark = pytest.mark.django_db(transaction=True)

EXAMPLE = BASE_DIR / "examples" / "review_resume.py"


@pytest.fixture
def user() -> User:
    """Someone who may sign in."""
    return new_user()


@pytest.fixture
def _worker(user: User) -> Iterator[None]:
    """A thread that does every job as a worker would."""
    ended = threading.Event()
    current_app.loader.import_default_modules()

    def work() -> None:
        while not ended.wait(0.05):
            for model in job_models():
                jobs: JobQuerySet[Job] = JobQuerySet(model)
                for pk in jobs.active().values_list("pk", flat=True):
                    current_app.tasks[model.task_name](pk)
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    ended.set()
    thread.join()


def run(site: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, EXAMPLE, f"{site}/"],
        env={**os.environ, "GAECHWI_EMAIL": EMAIL, "GAECHWI_PASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.mark.usefixtures("_worker")
def test_it_works(live_server: LiveServer, user: User) -> None:
    result = run(live_server.url)

    assert (result.returncode, result.stderr) == (0, "")
    standard, against_posting = ResumeFeedback.objects.for_user(user).order_by("feedback_id")
    improved = Resume.objects.for_user(user).get(resume_type="2")
    lines = result.stdout.splitlines()
    assert lines[0] == f"Review (offline): {standard.parent_content}".splitlines()[0]
    assert f"Matching rate: {against_posting.matching_rate}%" in lines
    assert f"Improved résumé {improved.pk}: {improved.title}" in lines


def test_it_says_what_the_server_says(live_server: LiveServer, user: User) -> None:
    result = run(live_server.url, password="wrong")

    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("POST /api/auth/token: 401 Unauthorized: ")


def test_it_is_short() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) < 100
