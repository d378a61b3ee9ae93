"""Study guides through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobRequest
from interviews.tests.interviewing import begun
from postings.models import JobPosting
from postings.tests import note_down
from resumes.models import Resume
from studyguides.models import StudyGuide, StudyItem
from studyguides.tasks import write_guide
from studyguides.tests.guides import compared, written

pytestmark = pytest.mark.django_db(transaction=True)

# The user, the guide, its items and their keywords; a list is counted too.
DETAIL_QUERIES = 4
LIST_QUERIES = 5

GUIDES = "/api/study-guides/"


@pytest.fixture
def posting(user: User) -> JobPosting:
    return note_down(user, title="데이터 분석가", requirements="- SQL 활용 능력\n- Tableau 경험")


@pytest.fixture
def guide(user: User, posting: JobPosting) -> StudyGuide:
    return written(user, posting=posting)


def ask(client: Client, body: dict[str, Any], **headers: str) -> Any:
    return client.post(GUIDES, body, content_type="application/json", headers=headers)


def patch(client: Client, item: StudyItem, body: object, guide_id: int | None = None) -> Any:
    path = f"{GUIDES}{guide_id or item.guide_id}/items/{item.pk}"
    return client.patch(path, body, content_type="application/json")


def test_it_works(client: Client, posting: JobPosting) -> None:
    answer = ask(client, {"posting_id": posting.pk})

    queued = answer.json()
    assert answer.status_code == 202
    assert answer["Location"] == f"/api/study-guides/{queued['guide_id']}"
    assert (queued["status"], queued["engine"], queued["items"]) == ("queued", "offline", [])
    assert queued["total_hours"] == 0
    write_guide(queued["guide_id"])
    done = client.get(answer["Location"]).json()
    assert (done["status"], done["error"]) == ("done", None)
    assert (done["posting_id"], done["feedback_id"], done["interview_id"]) == (
        posting.pk,
        None,
        None,
    )
    assert done["title"] == "‘데이터 분석가’ 학습 가이드"
    assert done["total_hours"] == sum(item["estimated_hours"] for item in done["items"])
    first = done["items"][0]
    assert first == {
        "item_id": first["item_id"],
        "order": 1,
        "title": "데이터 시각화 익히기",
        "description": first["description"],
        "gap": "필수 요건: Tableau 경험",
        "estimated_hours": 12,
        "status": "todo",
        "keywords": ["차트 고르기", "축과 색", "대시보드 구성", "오해 막기"],
    }


def test_several_sources_and_hours(client: Client, resume: Resume, posting: JobPosting) -> None:
    feedback = compared(resume, posting)
    body = {"feedback_id": feedback.pk, "posting_id": posting.pk, "hours_per_week": 3}
    answer = ask(client, body)
    assert answer.status_code == 202
    guide = StudyGuide.objects.get()
    assert (guide.feedback_id, guide.posting_id) == (feedback.pk, posting.pk)
    assert guide.hours_per_week == 3


def test_a_source_that_is_null_is_none(client: Client, posting: JobPosting) -> None:
    answer = ask(client, {"feedback_id": None, "interview_id": None, "posting_id": posting.pk})
    assert answer.status_code == 202
    assert (answer.json()["feedback_id"], answer.json()["posting_id"]) == (None, posting.pk)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"hours_per_week": 5}, ""),
        ({"posting_id": "x"}, "posting_id"),
        ({"posting_id": 0}, "posting_id"),
        ({"posting_id": "1"}, "posting_id"),
        ({"posting_id": True}, "posting_id"),
        ({"posting_id": 1, "hours_per_week": "5"}, "hours_per_week"),
        ({"posting_id": None, "feedback_id": None}, ""),
        ({"posting_id": 1, "hours_per_week": 0}, "hours_per_week"),
        ({"posting_id": 1, "hours_per_week": 61}, "hours_per_week"),
        ({"posting": 1}, "posting"),
    ],
)
def test_it_checks_the_body(client: Client, body: dict[str, Any], field: str) -> None:
    answer = ask(client, body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not StudyGuide.objects.exists()


def test_what_is_not_yours_is_not_there(
    other_client: Client, resume: Resume, posting: JobPosting
) -> None:
    feedback = compared(resume, posting)
    interview = begun(resume)
    for body in (
        {"posting_id": posting.pk},
        {"feedback_id": feedback.pk},
        {"interview_id": interview.pk},
    ):
        assert ask(other_client, body).status_code == 404
    assert not StudyGuide.objects.exists()


def test_what_cannot_be_made_is_a_conflict(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    answer = ask(client, {"feedback_id": feedback.pk})
    assert answer.status_code == 409
    assert "공고에 맞춘 피드백" in answer.json()["detail"]
    assert ask(client, {"interview_id": begun(resume).pk}).status_code == 409


def test_the_same_key_makes_one(client: Client, posting: JobPosting) -> None:
    headers = {"idempotency-key": "one"}
    first = ask(client, {"posting_id": posting.pk}, **headers).json()
    write_guide(first["guide_id"])
    again = ask(client, {"posting_id": posting.pk}, **headers).json()
    assert again["guide_id"] == first["guide_id"]
    assert StudyGuide.objects.count() == JobRequest.objects.count() == 1
    other = ask(client, {"posting_id": posting.pk, "hours_per_week": 5}, **headers)
    assert other.status_code == 409


def test_guides_are_listed_newest_first(
    client: Client,
    user: User,
    posting: JobPosting,
    guide: StudyGuide,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (1, 2):
        with django_assert_num_queries(LIST_QUERIES):
            page = client.get(GUIDES).json()
        assert page["count"] == count
        newer = written(user, posting=posting)
    assert page["results"][0]["guide_id"] > page["results"][1]["guide_id"]
    assert newer.pk > page["results"][0]["guide_id"]
    assert client.get(f"{GUIDES}?page=2&page_size=1").json()["results"][0]["items"]


def test_reading_one_takes_as_many_queries_however_long_it_is(
    client: Client,
    user: User,
    guide: StudyGuide,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    long = written(
        user, posting=note_down(user, requirements="- Kubernetes 경험\n- Kafka와 JPA 경험")
    )
    assert long.items.count() > 2 * guide.items.count()
    for one in (guide, long):
        with django_assert_num_queries(DETAIL_QUERIES):
            client.get(f"{GUIDES}{one.pk}")


def test_a_deleted_guide_is_gone(client: Client, guide: StudyGuide) -> None:
    item = guide.items.all()[0]
    assert client.delete(f"{GUIDES}{guide.pk}").status_code == 204
    assert client.get(f"{GUIDES}{guide.pk}").status_code == 404
    assert client.delete(f"{GUIDES}{guide.pk}").status_code == 404
    assert client.get(GUIDES).json()["count"] == 0
    assert patch(client, item, {"status": "done"}).status_code == 404


def test_an_item_gets_a_status(client: Client, guide: StudyGuide) -> None:
    item = guide.items.all()[0]
    for status in ("doing", "done", "todo", "done"):
        answer = patch(client, item, {"status": status})
        assert (answer.status_code, answer.json()["status"]) == (200, status)
        item.refresh_from_db()
        assert item.status == status
        assert (item.done_at is not None) == (status == "done")
    assert client.get(f"{GUIDES}{guide.pk}").json()["items"][0]["status"] == "done"


@pytest.mark.parametrize(
    "body", [{"status": ""}, {"status": "later"}, {"status": None}, {"title": "새"}, []]
)
def test_it_checks_the_status(client: Client, guide: StudyGuide, body: object) -> None:
    assert patch(client, guide.items.all()[0], body).status_code == 400


def test_what_is_left_out_stays_as_it_is(client: Client, guide: StudyGuide) -> None:
    item = guide.items.all()[0]
    patch(client, item, {"status": "done"})
    answer = patch(client, item, {})
    assert (answer.status_code, answer.json()["status"]) == (200, "done")


def test_an_item_is_one_of_its_guide(client: Client, user: User, guide: StudyGuide) -> None:
    other = written(user, posting=note_down(user, requirements="- Git 사용 경험"))
    item = guide.items.all()[0]
    assert patch(client, item, {"status": "done"}, guide_id=other.pk).status_code == 404
