from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.models import FeedbackContent, ResumeFeedback, ResumeImprovement
from feedback.services import request_standard_feedback
from feedback.tasks import improve_resume, review_resume
from gaechwi.jobs import waiting
from gaechwi.jobs.models import JobError, JobRequest, JobStatus
from gaechwi.jobs.tests import a_worker_doing
from postings.models import JobPosting
from postings.tests import note_down
from resumes.models import Resume

# The user, and the answer as the database writes it; a list is counted too.
DETAIL_QUERIES = 2
LIST_QUERIES = 2

FIELDS = [
    *("feedback_id", "resume_id", "posting_id", "status", "engine", "matching_rate"),
    *("matching_parts", "parent_content", "feedback_contents", "error", "created_at"),
    "finished_at",
]


@pytest.fixture
def posting(user: User) -> JobPosting:
    return note_down(user, requirements="- Java와 Spring Boot 경험\n- 물류 시스템 개발 경험")


def ask(client: Client, path: str, **headers: str) -> Any:
    return client.post(f"/api/resume_feedbacks/{path}", headers=headers)


@pytest.mark.django_db(transaction=True)
def test_it_works(client: Client, resume: Resume, posting: JobPosting) -> None:
    answer = ask(client, f"posting/{resume.pk}/{posting.pk}")

    queued = answer.json()
    assert answer.status_code == 202
    assert list(queued) == FIELDS
    assert answer["Location"] == f"/api/resume_feedbacks/{queued['feedback_id']}"
    assert (queued["status"], queued["engine"], queued["matching_rate"]) == (
        "queued",
        "offline",
        None,
    )
    review_resume(queued["feedback_id"])
    done = client.get(answer["Location"]).json()
    feedback = ResumeFeedback.objects.get()
    assert (done["resume_id"], done["posting_id"]) == (resume.pk, posting.pk)
    assert (done["status"], done["error"]) == ("done", None)
    assert done["matching_rate"] == feedback.matching_rate
    assert done["matching_parts"] == feedback.matching_parts
    assert done["finished_at"] == f"{feedback.finished_at:%Y-%m-%dT%H:%M:%SZ}"
    content = done["feedback_contents"][0]
    assert (content["feedback_division"], content["feedback_division_detail"]) == (
        "1",
        "잘된 부분",
    )
    assert set(content) == {
        *("feedback_division", "feedback_division_detail", "feedback_result"),
        *("section", "quote"),
    }


@pytest.mark.django_db(transaction=True)
def test_who_prefers_to_wait_gets_the_finished_one(client: Client, resume: Resume) -> None:
    with a_worker_doing(ResumeFeedback.objects, review_resume):
        answer = ask(client, f"standard/{resume.pk}", prefer="respond-async, wait=30")

    assert (answer.status_code, answer.json()["status"]) == (200, "done")
    assert answer["Preference-Applied"] == "wait=30"
    assert answer["Location"]


@pytest.mark.django_db(transaction=True)
def test_after_the_time_to_wait_it_is_still_queued(client: Client, resume: Resume) -> None:
    answer = ask(client, f"standard/{resume.pk}", prefer="wait=1")

    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


@pytest.mark.django_db(transaction=True)
def test_past_the_share_of_those_who_wait_the_answer_comes_at_once(
    client: Client, resume: Resume, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(waiting, "_places", taken)
    began = time.monotonic()

    answer = ask(client, f"standard/{resume.pk}", prefer="wait=60")

    assert answer.status_code == 202
    assert "Preference-Applied" not in answer
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        ("", None),
        ("wait=10", 10),
        ('wait="7"', 7),
        ("respond-async, wait = 5; foo", 5),
        ("wait=999999", 60),
        ("wait=0", 0),
        ("await=9", None),
        ("wait=-1", None),
        ("wait=abc", None),
    ],
)
def test_preferences_are_read(prefer: str, seconds: int | None) -> None:
    assert waiting.preferred_wait(prefer) == seconds


@pytest.mark.django_db
def test_a_key_that_comes_again_starts_no_second_job(client: Client, resume: Resume) -> None:
    first = ask(client, f"standard/{resume.pk}", idempotency_key="k-1").json()
    ResumeFeedback.objects.update(
        status=JobStatus.FAILED, error=JobError.INTERNAL, finished_at="2026-01-01T00:00:00Z"
    )

    again = ask(client, f"standard/{resume.pk}/", idempotency_key="k-1")
    other = ask(client, f"standard/{resume.pk}", idempotency_key="k-2").json()

    assert again.json()["feedback_id"] == first["feedback_id"]
    assert again.status_code == 200
    assert again.json()["error"] == "internal"
    assert other["feedback_id"] != first["feedback_id"]


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"idempotency-key": "k"}])
def test_fields_are_refused_where_none_count(
    client: Client, resume: Resume, headers: dict[str, str]
) -> None:
    address = f"/api/resume_feedbacks/standard/{resume.pk}"
    kind = "application/json"

    answer = client.post(address, {"posting_id": 1}, content_type=kind, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "posting_id"
    assert client.post(address, {"posting_id": 1}, headers=headers).status_code == 415
    assert client.post(address, "?", content_type="text/plain", headers=headers).status_code == 415
    assert not ResumeFeedback.objects.exists()
    assert client.post(address, {}, content_type=kind, headers=headers).status_code == 202


@pytest.mark.django_db
def test_a_key_of_another_request_is_a_conflict(
    client: Client, resume: Resume, posting: JobPosting
) -> None:
    ask(client, f"standard/{resume.pk}", idempotency_key="k")

    answer = ask(client, f"posting/{resume.pk}/{posting.pk}", idempotency_key="k")

    assert answer.status_code == 409
    assert ResumeFeedback.objects.count() == 1


@pytest.mark.django_db
def test_a_key_of_another_user_says_nothing(
    client: Client, other_client: Client, resume: Resume
) -> None:
    ask(client, f"standard/{resume.pk}", idempotency_key="k")

    assert ask(other_client, f"standard/{resume.pk}", idempotency_key="k").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_that_is_none_is_refused(client: Client, resume: Resume, key: str) -> None:
    answer = ask(client, f"standard/{resume.pk}", idempotency_key=key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert not ResumeFeedback.objects.exists()


@pytest.mark.django_db
def test_a_refused_request_uses_no_key_up(client: Client, user: User) -> None:
    empty = Resume.objects.create(user=user, title="제목", name="이름")

    answer = ask(client, f"standard/{empty.pk}", idempotency_key="k")

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "읽을 내용이 없습니다" in answer.json()["detail"]
    assert not JobRequest.objects.exists()


@pytest.mark.django_db
def test_a_posting_that_asks_nothing_is_a_conflict(
    client: Client, resume: Resume, user: User
) -> None:
    posting = JobPosting.objects.create(user=user, title="공고")

    assert ask(client, f"posting/{resume.pk}/{posting.pk}").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_an_improved_resume(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    assert ask(client, f"standard_resume/{feedback.pk}").status_code == 409
    review_resume(feedback.pk)

    answer = ask(client, f"standard_resume/{feedback.pk}")

    queued = answer.json()
    assert answer.status_code == 202
    assert (queued["feedback_id"], queued["resume_id"]) == (feedback.pk, None)
    assert answer["Location"] == f"/api/resume_improvements/{queued['improvement_id']}"
    improve_resume(queued["improvement_id"])
    done = client.get(answer["Location"]).json()
    improvement = ResumeImprovement.objects.get()
    assert (done["status"], done["resume_id"]) == ("done", improvement.resume_id)
    assert done["unconfirmed"] == []
    assert client.get(f"/api/resumes/{done['resume_id']}").json()["source_resume_id"] == resume.pk


@pytest.mark.django_db
def test_what_is_unconfirmed_is_listed(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    improvement = ResumeImprovement.objects.create(
        feedback=feedback, resume_snapshot=feedback.resume_snapshot
    )
    invented = [{"kind": "figure", "text": "30%"}]
    for order, confirmed in enumerate([False, True]):
        improvement.changes.create(
            order=order,
            section="introduction",
            entry=order,
            field="introduction",
            inventions=invented,
            confirmed=confirmed,
        )

    given = client.get(f"/api/resume_improvements/{improvement.pk}").json()

    assert given["unconfirmed"] == [
        {"section": "introduction", "field": "introduction", "text": "30%", "kind": "figure"}
    ]


@pytest.mark.django_db
def test_lists_are_of_one_resume(client: Client, resume: Resume, user: User) -> None:
    feedback = request_standard_feedback(resume)
    other = Resume.objects.create(user=user, title="다른 것", name="이름", introduction="글")
    request_standard_feedback(other)

    page = client.get(f"/api/resume_feedbacks/?resume_id={resume.pk}").json()

    assert [f["feedback_id"] for f in page["results"]] == [feedback.pk]
    assert client.get("/api/resume_feedbacks/").json()["count"] == 2


@pytest.mark.django_db
def test_feedback_on_a_deleted_resume_is_gone(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)

    resume.soft_delete()

    assert client.get(f"/api/resume_feedbacks/{feedback.pk}").status_code == 404
    assert client.get("/api/resume_feedbacks/").json()["count"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("children", [1, 200])
def test_queries_do_not_grow(
    client: Client, resume: Resume, children: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    feedback = request_standard_feedback(resume)
    FeedbackContent.objects.bulk_create(
        FeedbackContent(
            feedback=feedback,
            order=order,
            feedback_division="2",
            feedback_result="글",
            section="basics",
        )
        for order in range(children)
    )
    client.get("/api/codes/")

    with django_assert_num_queries(DETAIL_QUERIES):
        detail = client.get(f"/api/resume_feedbacks/{feedback.pk}").json()
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/api/resume_feedbacks/").json()

    assert len(detail["feedback_contents"]) == children
    assert page["results"] == [detail]
