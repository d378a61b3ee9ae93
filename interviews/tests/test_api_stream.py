"""The interviewer's words for programs, while they are spoken."""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from gaechwi.jobs.models import JobError, JobStatus
from gaechwi.jobs.tests import a_worker_doing
from interviews import listening
from interviews.live import Voice
from interviews.models import Interview, InterviewTurn
from interviews.tasks import speak
from interviews.tests.held import asked, begun
from resumes.models import Resume

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # In a test the events are read by a thread, in production by the event loop.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),
]

EVENTS = {"Accept": "text/event-stream"}
ANSWER = {"text": "정산 배치가 느려서 제가 쿼리를 나눠 40분을 6분으로 줄였습니다."}


def answer(client: Client, interview: Interview) -> Any:
    return client.post(
        f"/api/interviews/{interview.pk}/conversations",
        ANSWER,
        content_type="application/json",
        headers=EVENTS,
    )


def read(response: Any) -> list[tuple[str, Any]]:
    """Return the events of an answer: their names and data."""
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/event-stream")
    return events_of(b"".join(response).decode())


def events_of(stream: str) -> list[tuple[str, Any]]:
    events = []
    for block in stream.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line != ":")
        if "event" in fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


def speak_when_heard(turn_id: int) -> None:
    """Speak once somebody listens: words of a turn that is done are not said again."""
    while not any(turn_id in line.speeches for line in list(listening._lines.values())):
        time.sleep(0.02)
    speak(turn_id)


def test_it_works(client: Client, resume: Resume) -> None:
    interview = asked(resume)

    with a_worker_doing(InterviewTurn.objects, speak_when_heard):
        events = read(answer(client, interview))

    *words, (name, turn) = events
    said = interview.conversations.get(order=3)
    assert {name for name, _data in words} == {"words"}
    assert "".join(data for _name, data in words) == said.text
    assert name == "turn"
    assert turn == {"order": 3, "speaker": "interviewer", "text": said.text, "finished": False}


def test_a_silence_is_no_end(
    client: Client, resume: Resume, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviews.listening.QUIET_SECONDS", 0.1)
    monkeypatch.setattr("interviews.streams.PAUSE_SECONDS", 0.1)
    interview = asked(resume)

    def think_first(turn_id: int) -> None:
        time.sleep(0.5)
        speak(turn_id)

    with a_worker_doing(InterviewTurn.objects, think_first):
        stream = b"".join(answer(client, interview)).decode()

    assert "\n:\n\n" in stream
    assert events_of(stream)[-1][0] == "turn"


def test_what_fails_is_told_as_a_problem(client: Client, resume: Resume) -> None:
    interview = asked(resume)

    def fail(turn_id: int) -> None:
        InterviewTurn.objects.filter(pk=turn_id).update(
            status=JobStatus.FAILED, error=JobError.MODEL_UNAVAILABLE, finished_at=timezone.now()
        )

    with a_worker_doing(InterviewTurn.objects, fail):
        [(name, problem)] = read(answer(client, interview))

    assert (name, problem["status"]) == ("problem", 503)
    assert "답은 남았지만" in problem["detail"]
    assert interview.conversations.last().text == ANSWER["text"]  # type: ignore[union-attr]


def test_an_answer_out_of_turn_is_a_plain_problem(client: Client, resume: Resume) -> None:
    refused = answer(client, begun(resume))

    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"


def test_who_was_cut_off_listens_on(client: Client, resume: Resume) -> None:
    interview = begun(resume)
    turn = interview.turns.get()
    voice, _before = Voice.take(turn.pk, uuid4())
    voice.say("안녕하세요. ")
    voice.end()

    with a_worker_doing(InterviewTurn.objects, speak_when_heard):
        *words, (name, whole) = read(client.get(f"/api/interviews/{interview.pk}", headers=EVENTS))

    assert words[0] == ("words", "안녕하세요. ")
    assert (name, whole["interview_id"]) == ("interview", interview.pk)
    assert [one["order"] for one in whole["conversations"]] == [1]


def test_json_is_what_others_get(client: Client, resume: Resume) -> None:
    interview = asked(resume)

    for accept in ("*/*", "application/json", "text/event-stream;q=0.1, application/json"):
        plain = client.get(f"/api/interviews/{interview.pk}", headers={"Accept": accept})
        assert plain["Content-Type"] == "application/json"
        assert plain.json()["interview_id"] == interview.pk


def test_nobody_else_listens(other_client: Client, resume: Resume) -> None:
    interview = asked(resume)

    assert other_client.get(f"/api/interviews/{interview.pk}", headers=EVENTS).status_code == 404
    assert answer(other_client, interview).status_code == 404
    assert interview.conversations.count() == 1
