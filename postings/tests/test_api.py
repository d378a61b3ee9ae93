from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from postings.models import JobPosting
from postings.tests import note_down

pytestmark = pytest.mark.django_db

# The user and the posting; a list is counted too.
DETAIL_QUERIES = 2
LIST_QUERIES = 2

FULL: dict[str, Any] = {
    "title": "백엔드 개발자",
    "company": "가나다",
    "position": "서버",
    "employment_type": "1",
    "experience_level": "3년 이상",
    "location": "서울",
    "salary": "면접 후 결정",
    "deadline": "2026-12-31",
    "url": "https://example.com/jobs/1",
    "duties": "- 서버 개발",
    "requirements": "- Python",
    "preferred": "- Kafka",
    "benefits": "점심",
    "technology_stacks": ["Python", "Kafka"],
    "memo": "메모",
}


def post(client: Client, body: Any) -> Any:
    return client.post("/api/job-postings/", body, content_type="application/json")


def test_it_works(client: Client, user: User) -> None:
    answer = post(client, FULL)

    assert answer.status_code == 201
    given = answer.json()
    assert {name: given[name] for name in FULL} == FULL
    assert list(given) == ["posting_id", "user_id", *FULL, "created_at", "updated_at"]
    assert given["user_id"] == user.pk
    assert client.get(answer["Location"]).json() == given


def test_a_title_is_enough(client: Client) -> None:
    given = post(client, {"title": "공고"}).json()

    assert (given["company"], given["deadline"], given["technology_stacks"]) == ("", None, [])


def test_what_is_left_out_of_a_replacement_becomes_empty(client: Client) -> None:
    address = post(client, FULL)["Location"]

    given = client.put(address, {"title": "새 제목"}, content_type="application/json").json()

    assert {name: given[name] for name in FULL} == {
        **dict.fromkeys(FULL, ""),
        "title": "새 제목",
        "deadline": None,
        "technology_stacks": [],
    }
    assert client.get(address).json() == given


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"title": ""}, "title", "blank"),
        ({"title": "가" * 201}, "title", "max_length"),
        ({"url": "javascript:alert(1)"}, "url", "invalid"),
        ({"deadline": "2200-01-01"}, "deadline", "far_day"),
        ({"employment_type": "없음"}, "employment_type", "invalid_choice"),
        ({"technology_stacks": [7]}, "technology_stacks.0", "invalid"),
        ({"salery": "많이"}, "salery", "unknown_field"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(
    client: Client, change: dict[str, Any], field: str, code: str
) -> None:
    answer = post(client, {**FULL, **change})

    assert answer.status_code == 400
    assert [(e["field"], e["code"]) for e in answer.json()["errors"]] == [(field, code)]
    assert not JobPosting.objects.exists()


def test_patch_deletes(client: Client) -> None:
    address = post(client, FULL)["Location"]

    assert client.patch(address).status_code == 204

    assert client.get(address).status_code == 404
    assert client.get("/api/job-postings/").json()["count"] == 0


@pytest.mark.parametrize("body", [{"title": "새 제목"}, {"is_active": True}, ["title"]])
def test_patch_is_no_change_of_some_fields(client: Client, user: User, body: Any) -> None:
    """Elsewhere PATCH means that; whoever thinks so here must not lose the posting."""
    address = f"/api/job-postings/{note_down(user).pk}"

    answer = client.patch(address, body, content_type="application/json")

    assert answer.status_code == 400
    assert client.get(address).status_code == 200
    assert client.patch(address, {}, content_type="application/json").status_code == 204


def test_patch_with_what_is_no_json_deletes_nothing(client: Client, user: User) -> None:
    address = f"/api/job-postings/{note_down(user).pk}"
    form = "application/x-www-form-urlencoded"

    assert client.patch(address, "title=x", content_type=form).status_code == 415
    parts = encode_multipart(BOUNDARY, {"title": "x"})
    assert client.patch(address, parts, content_type=MULTIPART_CONTENT).status_code == 415
    assert client.patch(address, "zzz", content_type="text/plain").status_code == 415

    assert client.get(address).status_code == 200
    assert client.patch(address, "", content_type=form).status_code == 204


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("PYTHON", ["백엔드 python", "Python 백엔드"]),
        ("백엔드", ["백엔드 python", "Python 백엔드"]),
        ("엔드 p", ["백엔드 python"]),
        ("0%", ["100% 재택"]),
        ("%", ["100% 재택"]),
        ("_", []),
        ("\\", []),
    ],
)
def test_a_title_is_searched_anywhere_in_it(
    client: Client, user: User, words: str, found: list[str]
) -> None:
    for title in ("Python 백엔드", "백엔드 python", "디자이너", "100% 재택"):
        note_down(user, title=title)

    page = client.get("/api/job-postings/", {"title": words}).json()

    assert [posting["title"] for posting in page["results"]] == found
    assert (page["count"], page["page_size"]) == (len(found), 6)


@pytest.mark.parametrize("children", [1, 200])
def test_queries_do_not_grow(
    client: Client,
    user: User,
    children: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    postings = [JobPosting(user=user, title=str(number)) for number in range(children)]
    JobPosting.objects.bulk_create(postings)

    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(f"/api/job-postings/{postings[0].pk}")
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/api/job-postings/?page_size=100").json()

    assert page["count"] == children
    assert len(page["results"]) == min(children, 100)
