from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.checks.sentences import excerpt
from gaechwi.jobs import waiting
from gaechwi.jobs.models import JobError, JobStatus
from gaechwi.jobs.tests import a_worker_doing
from interviews.conversing import begin
from interviews.models import (
    Conversation,
    Interview,
    InterviewFeedback,
    InterviewStatus,
    InterviewTurn,
    Speaker,
)
from interviews.tasks import judge_interview, speak
from interviews.tests.held import judged
from interviews.topics import BasisKind, InterviewType
from postings.models import JobPosting
from postings.tests import note_down
from resumes.models import Resume

# The user, and the answer as the database writes it; a list is counted too.
DETAIL_QUERIES = 2
LIST_QUERIES = 2
# The user, the judgement, what it says, and the questions and words of its interview.
JUDGEMENT_QUERIES = 5

FIELDS = [
    *("interview_id", "resume_id", "posting_id", "interview_type", "question_count", "status"),
    *("engine", "created_at", "finished_at", "conversations"),
]
ANSWER = (
    "정산 배치가 느린 문제가 있어서 제가 쿼리를 나누고 색인을 설계해 40분을 6분으로 줄였습니다."
)


@pytest.fixture
def posting(user: User) -> JobPosting:
    return note_down(user, requirements="- Java와 Spring Boot 경험\n- 물류 시스템 개발 경험")


@pytest.fixture
def interview(resume: Resume) -> Interview:
    """An interview of which nobody has said a word yet."""
    return begin(
        resume.user, resume, None, interview_type=InterviewType.TECHNICAL, question_count=3
    )


def ask(client: Client, path: str = "", body: dict[str, Any] | None = None, **headers: str) -> Any:
    return client.post(
        f"/api/interviews/{path}", body or {}, content_type="application/json", headers=headers
    )


def tell(client: Client, interview: Interview, text: str = ANSWER, **headers: str) -> Any:
    return ask(client, f"{interview.pk}/conversations", {"text": text}, **headers)


def let_speak(interview: Interview) -> None:
    """Have all words said that are on their way."""
    for turn in interview.turns.active():
        speak(turn.pk)


@pytest.mark.django_db(transaction=True)
def test_it_works(client: Client, resume: Resume, posting: JobPosting) -> None:
    begun = ask(
        client,
        body={
            "resume_id": resume.pk,
            "posting_id": posting.pk,
            "interview_type": "1",
            "question_count": 3,
            "difficulty": "easy",
        },
    )

    queued = begun.json()
    interview = Interview.objects.get()
    assert begun.status_code == 202
    assert begun["Location"] == f"/api/interviews/{interview.pk}"
    assert queued == {
        "interview_id": interview.pk,
        "resume_id": resume.pk,
        "posting_id": posting.pk,
        "interview_type": "1",
        "question_count": 3,
        "status": InterviewStatus.GOING_ON,
        "engine": "offline",
        "created_at": f"{interview.created_at:%Y-%m-%dT%H:%M:%SZ}",
        "finished_at": None,
        "conversations": [],
    }
    assert list(queued) == FIELDS
    assert interview.difficulty == "easy"
    let_speak(interview)
    first = client.get(begun["Location"]).json()["conversations"]
    assert [(one["order"], one["speaker"]) for one in first] == [(1, "interviewer")]

    finished = False
    while not finished:
        with a_worker_doing(InterviewTurn.objects, speak):
            answer = tell(client, interview)
        assert answer.status_code == 200
        words = answer.json()
        assert list(words) == ["order", "speaker", "text", "finished"]
        assert (words["speaker"], bool(words["text"])) == ("interviewer", True)
        finished = words["finished"]

    whole = client.get(begun["Location"]).json()
    said = whole["conversations"]
    assert whole["status"] == InterviewStatus.FINISHED
    assert whole["finished_at"]
    assert [one["order"] for one in said] == list(range(1, words["order"] + 1))
    assert said[1] == {"order": 2, "speaker": "candidate", "text": ANSWER}
    assert said[-1]["text"] == words["text"]
    over = tell(client, interview)
    assert (over.status_code, over.json()["detail"]) == (409, "이미 끝난 면접입니다.")


@pytest.mark.django_db(transaction=True)
def test_who_prefers_to_wait_gets_the_first_words(client: Client, resume: Resume) -> None:
    with a_worker_doing(InterviewTurn.objects, speak):
        answer = ask(client, body={"resume_id": resume.pk, "interview_type": "4"}, prefer="wait=30")

    assert answer.status_code == 200
    assert answer["Preference-Applied"] == "wait=30"
    assert [one["order"] for one in answer.json()["conversations"]] == [1]
    assert answer.json()["question_count"] == 5


@pytest.mark.django_db
def test_a_key_that_comes_again_begins_no_second_interview(client: Client, resume: Resume) -> None:
    body = {"resume_id": resume.pk, "interview_type": "4"}

    first = ask(client, body=body, idempotency_key="k")
    again = ask(client, body=body, idempotency_key="k")

    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert Interview.objects.count() == 1


@pytest.mark.django_db
def test_a_key_of_another_interview_is_a_conflict(client: Client, resume: Resume) -> None:
    body = {"resume_id": resume.pk, "interview_type": "4"}
    ask(client, body=body, idempotency_key="k")

    answer = ask(client, body=body | {"interview_type": "1"}, idempotency_key="k")

    assert answer.status_code == 409
    assert Interview.objects.count() == 1


@pytest.mark.django_db
def test_what_was_read_can_be_sent_back(client: Client, resume: Resume) -> None:
    read = ask(client, body={"resume_id": resume.pk}).json()

    again = ask(client, body=read).json()

    given = ("interview_id", "created_at")
    assert again["interview_id"] != read["interview_id"]
    assert read["interview_type"] == InterviewType.GENERAL
    assert {name: value for name, value in again.items() if name not in given} == {
        name: value for name, value in read.items() if name not in given
    }


@pytest.mark.django_db(transaction=True)
def test_a_resume_that_is_deleted_meanwhile_ends_the_wait(client: Client, resume: Resume) -> None:
    def vanish(turn_id: int) -> None:
        resume.soft_delete()
        fail(turn_id)

    with a_worker_doing(InterviewTurn.objects, vanish):
        answer = ask(client, body={"resume_id": resume.pk}, prefer="wait=30")

    assert answer.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_sent_again_with_its_key_is_given_once(
    client: Client, interview: Interview
) -> None:
    let_speak(interview)
    tell(client, interview, prefer="wait=0", idempotency_key="k")
    let_speak(interview)

    again = tell(client, interview, prefer="wait=0", idempotency_key="k")

    assert (again.status_code, again.json()["order"]) == (200, 3)
    assert interview.conversations.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("resume_id", "1", "invalid"),
        ("resume_id", True, "invalid"),
        ("resume_id", 2**63, "max_value"),
        ("posting_id", 2**63, "max_value"),
        ("interview_type", 1, "invalid_choice"),
        ("interview_type", "5", "invalid_choice"),
        ("question_count", 2, "min_value"),
        ("question_count", 11, "max_value"),
        ("difficulty", "brutal", "invalid_choice"),
        ("type", "1", "unknown_field"),
    ],
)
def test_what_is_wrong_is_named(
    client: Client, resume: Resume, field: str, value: object, code: str
) -> None:
    body = {"resume_id": resume.pk, "interview_type": "1", field: value}

    answer = ask(client, body=body)

    assert answer.status_code == 400
    assert [(e["field"], e["code"]) for e in answer.json()["errors"]] == [(field, code)]
    assert not Interview.objects.exists()


@pytest.mark.django_db
def test_a_resume_or_posting_of_others_is_not_there(
    other_client: Client, other_user: User, resume: Resume, posting: JobPosting
) -> None:
    theirs = Resume.objects.create(user=other_user, title="글", name="이름", introduction="글")

    of_resume = ask(other_client, body={"resume_id": resume.pk, "interview_type": "1"})
    of_posting = ask(
        other_client,
        body={"resume_id": theirs.pk, "posting_id": posting.pk, "interview_type": "1"},
    )

    assert (of_resume.status_code, of_posting.status_code) == (404, 404)
    assert not Interview.objects.exists()


@pytest.mark.django_db
def test_an_empty_resume_is_a_conflict(client: Client, user: User) -> None:
    empty = Resume.objects.create(user=user, title="제목", name="이름")

    answer = ask(client, body={"resume_id": empty.pk, "interview_type": "1"})

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert not Interview.objects.exists()


@pytest.mark.django_db
def test_an_interview_about_a_deleted_resume_is_gone(client: Client, interview: Interview) -> None:
    InterviewFeedback.objects.create(interview=interview)

    interview.resume.soft_delete()

    assert client.get(f"/api/interviews/{interview.pk}").status_code == 404
    assert client.get(f"/api/interviews/{interview.pk}/feedback").status_code == 404
    assert tell(client, interview).status_code == 404
    assert ask(client, f"{interview.pk}/feedback").status_code == 404
    assert client.get("/api/interviews/").json()["count"] == 0


@pytest.mark.django_db
def test_the_list_is_paged_and_begins_with_the_newest(client: Client, interview: Interview) -> None:
    newer = begin(interview.user, interview.resume, None, interview_type=InterviewType.JOB)

    page = client.get("/api/interviews/?page_size=1").json()

    assert (page["count"], page["page"], page["page_size"]) == (2, 1, 1)
    assert [one["interview_id"] for one in page["results"]] == [newer.pk]


@pytest.mark.django_db
def test_before_the_first_words_it_is_not_your_turn(client: Client, interview: Interview) -> None:
    answer = tell(client, interview)

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "답할 차례가 아닙니다" in answer.json()["detail"]
    assert not interview.conversations.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("text", "status"), [("", 400), (" ", 400), ("가" * 5001, 400)])
def test_an_answer_has_its_length(
    client: Client, interview: Interview, text: str, status: int
) -> None:
    let_speak(interview)

    assert tell(client, interview, text).status_code == status
    assert tell(client, interview, "가" * 5000, prefer="wait=0").status_code == 202


@pytest.mark.django_db(transaction=True)
def test_an_answer_says_what_it_replies_to(client: Client, interview: Interview) -> None:
    let_speak(interview)
    url = f"/api/interviews/{interview.pk}/conversations"

    def send(replies_to: object) -> Any:
        body = {"text": "쿼리를 나눴습니다.", "replies_to": replies_to}
        return client.post(url, body, content_type="application/json", headers={"Prefer": "wait=0"})

    assert send(1).status_code == 202
    let_speak(interview)
    assert send(1).status_code == 409
    assert send("3").status_code == 400
    assert send(3).status_code == 202
    assert [one.order for one in interview.conversations.all()] == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one_turn_and_a_conflict(
    client: Client, interview: Interview
) -> None:
    let_speak(interview)
    ready = threading.Barrier(2)

    def send(text: str) -> Any:
        ready.wait()
        try:
            answer = tell(client, interview, text, prefer="wait=0")
            return answer.status_code, answer.json()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(send, ["하나", "둘"]), key=lambda answer: answer[0])

    assert [status for status, _body in answers] == [202, 409]
    assert "답할 차례가 아닙니다" in answers[1][1]["detail"]
    assert [one.order for one in interview.conversations.all()] == [1, 2]
    assert interview.turns.count() == 2


@pytest.mark.django_db(transaction=True)
def test_after_the_time_to_wait_the_interview_is_where_to_look(
    client: Client, interview: Interview
) -> None:
    let_speak(interview)

    answer = tell(client, interview, prefer="wait=1")

    assert answer.status_code == 202
    assert answer["Location"] == f"/api/interviews/{interview.pk}"
    assert [one["order"] for one in answer.json()["conversations"]] == [1, 2]


def fail(turn_id: int) -> None:
    InterviewTurn.objects.filter(pk=turn_id).update(
        status=JobStatus.FAILED, error=JobError.INTERNAL, finished_at=timezone.now()
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, {"idempotency_key": "k"}])
def test_an_answer_whose_next_words_failed_is_kept_and_sent_again(
    client: Client, interview: Interview, headers: dict[str, str]
) -> None:
    let_speak(interview)

    with a_worker_doing(InterviewTurn.objects, fail):
        failed = tell(client, interview, **headers)
    kept = [one.text for one in interview.conversations.all()][1:]
    other = tell(client, interview, "다른 답입니다.")
    with a_worker_doing(InterviewTurn.objects, speak):
        again = tell(client, interview, **headers)

    assert (failed.status_code, failed["Content-Type"]) == (503, "application/problem+json")
    assert kept == [ANSWER]
    assert other.status_code == 409
    assert (again.status_code, again.json()["order"]) == (200, 3)
    assert interview.conversations.count() == 3


@pytest.mark.django_db(transaction=True)
def test_past_the_share_of_those_who_wait_the_answer_comes_at_once(
    client: Client, interview: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_speak(interview)
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(waiting, "_places", taken)
    began = time.monotonic()

    answer = tell(client, interview)

    assert answer.status_code == 202
    assert time.monotonic() - began < 30


@pytest.mark.django_db(transaction=True)
def test_the_judgement(client: Client, interview: Interview) -> None:
    here = f"/api/interviews/{interview.pk}/feedback"
    assert client.get(here).status_code == 404
    let_speak(interview)
    assert ask(client, f"{interview.pk}/feedback").status_code == 409
    tell(client, interview, prefer="wait=0")
    let_speak(interview)

    asked = ask(client, f"{interview.pk}/feedback")

    assert (asked.status_code, asked["Location"]) == (202, here)
    assert asked.json() == {
        "status": "queued",
        "engine": "offline",
        "overall_score": None,
        "overall_review": "",
        "questions": [],
    }
    judge_interview(interview.pk)
    judgement = client.get(here).json()
    feedback = InterviewFeedback.objects.get()
    first = feedback.questions.all()[0]
    said = list(interview.conversations.all())
    assert (judgement["status"], judgement["overall_score"]) == ("done", feedback.overall_score)
    assert judgement["overall_review"] == feedback.overall_review
    assert judgement["questions"][0] == {
        "question": "\n".join(
            one.text
            for one in said
            if one.speaker == Speaker.INTERVIEWER and one.question_id == first.question_id
        ),
        "answer": ANSWER,
        "score": first.score,
        "strengths": first.strengths,
        "improvements": first.improvements,
        "model_answer": first.model_answer,
    }
    assert first.quote in ANSWER
    assert excerpt(first.quote) in first.strengths
    again = ask(client, f"{interview.pk}/feedback")
    assert (again.status_code, again.json()) == (200, judgement)


@pytest.mark.django_db
def test_what_was_good_comes_with_the_words_that_it_rests_on(
    client: Client, resume: Resume
) -> None:
    interview = judged(resume)

    judgement = client.get(f"/api/interviews/{interview.pk}/feedback").json()

    assert judgement["questions"][0]["strengths"] == "“읽기가 많아서” 까닭을 말했습니다."


@pytest.mark.django_db(transaction=True)
def test_a_judgement_that_is_waited_for(client: Client, interview: Interview) -> None:
    let_speak(interview)
    tell(client, interview, prefer="wait=0")

    with a_worker_doing(InterviewFeedback.objects, judge_interview):
        answer = ask(client, f"{interview.pk}/feedback", prefer="wait=30")

    assert (answer.status_code, answer.json()["status"]) == (200, "done")


@pytest.mark.django_db(transaction=True)
def test_a_judgement_that_failed_is_asked_for_again(client: Client, interview: Interview) -> None:
    let_speak(interview)
    tell(client, interview, prefer="wait=0")
    ask(client, f"{interview.pk}/feedback")
    InterviewFeedback.objects.update(
        status=JobStatus.FAILED, error=JobError.MODEL_BUSY, finished_at=timezone.now()
    )

    again = ask(client, f"{interview.pk}/feedback")

    assert (again.status_code, again.json()["status"]) == (202, "queued")


@pytest.mark.django_db(transaction=True)
def test_who_asks_too_often_is_told_when_to_come_back(
    client: Client, interview: Interview, settings: Any
) -> None:
    let_speak(interview)
    settings.JOB_REQUESTS_PER_USER = 1
    tell(client, interview, prefer="wait=0")
    resume_id = interview.resume_id

    answers = [
        tell(client, interview),
        ask(client, f"{interview.pk}/feedback"),
        ask(client, body={"resume_id": resume_id, "interview_type": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [429, 429, 429]
    assert all(int(answer["Retry-After"]) > 0 for answer in answers)
    assert interview.conversations.count() == 2


@pytest.mark.django_db(transaction=True)
def test_past_the_jobs_of_a_day_nothing_is_begun(
    client: Client, resume: Resume, settings: Any
) -> None:
    settings.OPENAI_API_KEY = "a-key"
    settings.MODEL_JOBS_PER_DAY = 0

    answer = ask(client, body={"resume_id": resume.pk, "interview_type": "1"})

    assert answer.status_code == 429
    assert not Interview.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 60])
def test_queries_do_not_grow(
    client: Client,
    interview: Interview,
    many: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    feedback = InterviewFeedback.objects.create(interview=interview)
    for number in range(1, many + 1):
        question = interview.questions.create(
            number=number, kind=BasisKind.ATTITUDE, question="질문"
        )
        feedback.questions.create(question=question, score=50, rules_score=50)
        for order, speaker, seconds in (
            (2 * number - 1, Speaker.INTERVIEWER, None),
            (2 * number, Speaker.CANDIDATE, 30),
        ):
            Conversation.objects.create(
                interview=interview,
                order=order,
                speaker=speaker,
                text="말",
                question=question,
                seconds=seconds,
                created_at=timezone.now(),
            )
    for _number in range(many - 1):
        begin(interview.user, interview.resume, None, interview_type=InterviewType.JOB)

    with django_assert_num_queries(DETAIL_QUERIES):
        detail = client.get(f"/api/interviews/{interview.pk}").json()
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/api/interviews/?page_size=100").json()
    with django_assert_num_queries(JUDGEMENT_QUERIES):
        judgement = client.get(f"/api/interviews/{interview.pk}/feedback").json()

    assert len(detail["conversations"]) == 2 * many
    assert len(judgement["questions"]) == many
    assert len(page["results"]) == many
    assert page["results"][-1] == detail
