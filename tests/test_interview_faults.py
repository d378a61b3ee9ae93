"""An interview while processes are killed: no word that was shown is lost, nothing stands twice."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import httpx2
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from redis import Redis

from accounts.tests import site
from gaechwi.jobs.models import JobStatus
from interviews.assessing import request_judgement
from interviews.conversing import begin
from interviews.models import Interview, InterviewFeedback, InterviewTurn, QuestionFeedback
from interviews.tests.interviewing import begun, say
from resumes.models import Resume
from tests.model_server import Exchange, ModelServer, slow, speaks, well
from tests.processes import wait_until
from tests.workers import Worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.processes,
    pytest.mark.skipif(
        os.environ["DATABASE_URL"].startswith("sqlite"),
        reason="processes of their own need a database that they all reach",
    ),
]

WORDS = " ".join(f"말{number}" for number in range(1, 21)) + " 왜 그렇게 하셨나요?"


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    Redis.from_url(django_settings.CELERY_BROKER_URL).delete("celery")


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    """A model that says WORDS, ten a second."""
    with ModelServer(speaks(0.1, WORDS)) as server:
        settings.OPENAI_BASE_URL = server.url
        yield server


def worker(folder: Path, name: str, model: ModelServer) -> Worker:
    return Worker(
        folder / f"{name}.log",
        JOB_LEASE_SECONDS="6",
        JOB_SWEEP_SECONDS="1",
        OPENAI_BASE_URL=model.url,
        OPENAI_API_KEY="test",
    )


class Ear:
    """What a page hears of a turn, over as many connections as it takes."""

    def __init__(self, url: str, client: Client, turn: InterviewTurn) -> None:
        path = reverse("interviews:words", args=[turn.interview_id, turn.pk])
        self.url = f"{url}{path}"
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.place = ""
        self.words = ""
        self.is_done = False
        self.on_line: Callable[[], None] = lambda: None

    def listen_to_the_end(self) -> None:
        """Ring again until all was said, as a browser does."""
        for _ in range(10):
            if not self.is_done:
                self.listen()
        assert self.is_done

    def listen(self, until: str = "") -> None:
        """Hear until some words were said, or until the line is hung up."""
        headers = {"Accept": "text/event-stream", "Last-Event-ID": self.place}
        asking = httpx2.Client(cookies=self.cookies, trust_env=False, timeout=60)
        with asking, asking.stream("GET", self.url, headers=headers) as response:
            assert response.status_code == 200
            for line in response.iter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    self.place = value
                elif name == "retry":
                    self.on_line()
                elif line == "event: done":
                    self.is_done = True
                elif name == "data" and not self.is_done:
                    self.words += json.loads(value)
                if self.is_done or (until and until in self.words):
                    return


def web_process(url: str) -> int:
    """Return the process that answers, which gunicorn's first process watches over."""
    bind = f"--bind={url.removeprefix('http://')}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and bind in (folder / "cmdline").read_bytes().split(b"\0"):
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            found[int(folder.name)] = int(parent)
    [answering] = [pid for pid, parent in found.items() if parent in found]
    return answering


def started(resume: Resume) -> tuple[Interview, InterviewTurn]:
    interview = begin(
        resume.user, resume, None, interview_type="1", question_count=3, difficulty="normal"
    )
    return interview, interview.turns.get()


def test_the_web_process_is_killed_in_mid_stream(
    client: Client, resume: Resume, model: ModelServer, tmp_path: Path
) -> None:
    heard_again, words = threading.Event(), count()

    def speak_on_when_heard_again(exchange: Exchange) -> None:
        exchange.speak(WORDS, before_each=lambda: next(words) < 8 or heard_again.wait(120))

    model.behaviour = speak_on_when_heard_again
    interview, turn = started(resume)
    with site.serve() as url, worker(tmp_path, "one", model):
        ear = Ear(url, client, turn)
        ear.listen(until="말3")
        killed = web_process(url)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: answers(url) and web_process(url) != killed, 90)
        ear.on_line = heard_again.set
        ear.listen_to_the_end()

    [spoken] = interview.conversations.values_list("text", flat=True)
    assert ear.words == spoken
    assert spoken.endswith(WORDS)


def answers(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/healthz", trust_env=False).status_code == 200
    except httpx2.HTTPError:
        return False


def test_the_worker_is_killed_in_mid_sentence(
    client: Client, resume: Resume, model: ModelServer, tmp_path: Path
) -> None:
    interview, turn = started(resume)
    with site.serve() as url:
        ear = Ear(url, client, turn)
        with worker(tmp_path, "killed", model) as first:
            ear.listen(until="말3")
            first.kill()
        shown = ear.words
        with worker(tmp_path, "another", model):
            ear.listen_to_the_end()

    [spoken] = interview.conversations.values_list("text", flat=True)
    assert spoken.startswith(shown)
    assert spoken.startswith(ear.words)
    assert spoken.endswith(WORDS)
    turn.refresh_from_db()
    assert turn.status == JobStatus.DONE
    assert turn.attempts >= 2


def test_the_worker_is_killed_in_mid_judgement(
    resume: Resume, model: ModelServer, tmp_path: Path
) -> None:
    model.behaviour = speaks(0, WORDS)
    interview = begun(resume)
    say(interview)
    judgement = request_judgement(interview)
    model.requests.clear()
    model.behaviour = slow(60)
    with worker(tmp_path, "killed", model) as first:
        wait_until(lambda: model.requests, 20)
        first.kill()
    model.behaviour = well

    with worker(tmp_path, "another", model):
        wait_until(lambda: is_done(judgement), 60)

    judgement.refresh_from_db()
    assert judgement.attempts >= 2
    asked = interview.questions.filter(conversations__isnull=False).distinct()
    judged = QuestionFeedback.objects.filter(feedback=judgement)
    assert sorted(judged.values_list("question", flat=True)) == sorted(
        asked.values_list("pk", flat=True)
    )
    assert interview.conversations.count() == 3


def is_done(judgement: InterviewFeedback) -> bool:
    return InterviewFeedback.objects.filter(pk=judgement.pk, status=JobStatus.DONE).exists()
