"""A page that waits for its job hears of it when it is done."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs import waiting
from gaechwi.jobs.models import JobStatus
from resumes.models import Resume

pytestmark = pytest.mark.django_db(transaction=True)

ALL = ResumeFeedback.objects.all
HTMX = {"hx-request": "true"}


def end_after(feedback: ResumeFeedback, seconds: float) -> threading.Thread:
    """Let a job fail a while later, as another process would."""

    def end() -> None:
        time.sleep(seconds)
        ALL().filter(pk=feedback.pk).update(
            status=JobStatus.FAILED, error="timeout", finished_at=timezone.now()
        )
        connection.close()

    thread = threading.Thread(target=end)
    thread.start()
    return thread


def seconds_of(feedback: ResumeFeedback, shown: str) -> tuple[bool, float]:
    started = time.monotonic()
    no_news = waiting.has_no_news(ALL(), feedback.pk, QueryDict(shown))
    return no_news, time.monotonic() - started


def test_it_hears_of_the_end_at_once(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    thread = end_after(feedback, 0.3)
    started = time.monotonic()

    page = client.get(
        f"/feedbacks/{feedback.pk}/?seen=queued&wait=5", headers={"hx-request": "true"}
    )

    assert page.status_code == 200
    assert 0.3 <= time.monotonic() - started < 3
    thread.join()


def test_without_news_it_is_told_so_in_the_end(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)

    page = client.get(
        f"/feedbacks/{feedback.pk}/?seen=queued&wait=1", headers={"hx-request": "true"}
    )

    assert page.status_code == 204


@pytest.mark.parametrize("wait", ["", "0", "-1", "1e9", "a", "９", "99999999999"])
def test_what_is_no_time_is_no_wait(resume: Resume, wait: str) -> None:
    feedback = request_standard_feedback(resume)

    no_news, seconds = seconds_of(feedback, f"seen=queued&wait={wait}")

    assert no_news
    assert seconds < 1


def test_nobody_waits_longer_than_is_allowed(
    resume: Resume, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MAX_PAGE_WAIT_SECONDS", 1)
    feedback = request_standard_feedback(resume)

    no_news, seconds = seconds_of(feedback, "seen=queued&wait=3000")

    assert no_news
    assert 1 <= seconds < 5


def test_where_too_many_wait_it_is_told_at_once(resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    taken = 0
    while waiting._places.acquire(blocking=False):
        taken += 1
    try:
        no_news, seconds = seconds_of(feedback, "seen=queued&wait=5")
    finally:
        waiting._places.release(taken)

    assert no_news
    assert seconds < 1


@pytest.mark.parametrize("seen", ["", "running", "done"])
def test_what_the_page_does_not_show_yet_is_news(resume: Resume, seen: str) -> None:
    feedback = request_standard_feedback(resume)

    no_news, seconds = seconds_of(feedback, f"seen={seen}&wait=5")

    assert not no_news
    assert seconds < 1
