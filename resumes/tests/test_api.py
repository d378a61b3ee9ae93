from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from resumes.document import DESCRIPTION_MAX_LENGTH, INTRODUCTION_MAX_LENGTH
from resumes.fields import MAX_TECHNOLOGIES
from resumes.forms import MAX_ENTRIES
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from resumes.tests.pictures import half_red, upload

pytestmark = pytest.mark.django_db

# The user, and the answer as the database writes it; a list is counted too.
DETAIL_QUERIES = 2
LIST_QUERIES = 2

FULL: dict[str, Any] = {
    "title": "백엔드 개발자",
    "name": "김개취",
    "email": "kim@example.com",
    "phone": "010-1234-5678",
    "address": "서울",
    "birth_date": "1990-05-17",
    "gender": "2",
    "military_service": "해당 없음",
    "introduction": "안녕하세요.\n반갑습니다.",
    "experiences": [
        {
            "company": "가나다",
            "position": "선임",
            "department": "서버",
            "employment_type": "1",
            "start_date": "2020-03-01",
            "end_date": None,
            "description": "- 결제 서버를 만듦",
        },
        {
            "company": "라마바",
            "position": "",
            "department": "",
            "employment_type": "",
            "start_date": None,
            "end_date": None,
            "description": "",
        },
    ],
    "educations": [
        {
            "school": "한국대학교",
            "major": "전산",
            "education_level": "",
            "graduation_status": "",
            "grade": "3.8 / 4.5",
            "start_date": "2010-03-01",
            "end_date": "2014-02-20",
        }
    ],
    "projects": [
        {
            "title": "정산",
            "role": "개발",
            "start_date": "2021-01-01",
            "end_date": "2021-06-01",
            "description": "",
            "link": "https://example.com/a",
            "technology_stacks": ["Python", "Kafka"],
        }
    ],
    "activities": [
        {
            "title": "동아리",
            "activity_type": "",
            "organization": "학교",
            "start_date": None,
            "end_date": None,
            "description": "",
        }
    ],
    "qualifications": [
        {"title": "정보처리기사", "agency": "공단", "acquired_date": "2015-06-01", "score": ""}
    ],
    "technology_stacks": ["Python", "FastAPI"],
}


def post(client: Client, body: Any) -> Any:
    return client.post("/api/resumes/", body, content_type="application/json")


def put(client: Client, resume_id: int, body: Any) -> Any:
    return client.put(f"/api/resumes/{resume_id}", body, content_type="application/json")


def test_it_works(client: Client, user: User) -> None:
    answer = post(client, FULL)

    assert answer.status_code == 201
    given = answer.json()
    assert {name: given[name] for name in FULL} == FULL
    assert list(given) == [
        *("resume_id", "user_id", "title", "name", "email", "phone", "address", "birth_date"),
        *("gender", "military_service", "introduction", "resume_type", "source_resume_id"),
        *("photo_url", "created_at", "updated_at", "experiences", "educations", "projects"),
        *("activities", "qualifications", "technology_stacks"),
    ]
    assert given["user_id"] == user.pk
    assert (given["resume_type"], given["source_resume_id"], given["photo_url"]) == (
        "1",
        None,
        None,
    )
    resume = Resume.objects.get(pk=given["resume_id"])
    assert given["created_at"] == f"{resume.created_at:%Y-%m-%dT%H:%M:%SZ}"
    assert answer["Location"] == f"/api/resumes/{resume.pk}"
    assert client.get(answer["Location"]).json() == given


def test_title_and_name_are_enough(client: Client) -> None:
    given = post(client, {"title": "이력서", "name": "이름"}).json()

    assert given["experiences"] == given["technology_stacks"] == []
    assert given["birth_date"] is None


def test_what_is_left_out_of_a_replacement_becomes_empty(client: Client) -> None:
    resume_id = post(client, FULL).json()["resume_id"]

    given = put(client, resume_id, {"title": "새 제목", "name": "새 이름"}).json()

    assert (given["title"], given["introduction"], given["experiences"]) == ("새 제목", "", [])
    assert given["birth_date"] is None
    assert client.get(f"/api/resumes/{resume_id}").json()["title"] == "새 제목"


def test_what_was_read_can_be_sent_back(client: Client) -> None:
    given = post(client, FULL).json()

    again = put(client, given["resume_id"], {**given, "user_id": "x", "resume_type": "2"}).json()

    assert {**again, "updated_at": ""} == {**given, "updated_at": ""}


def test_a_refused_replacement_changes_nothing(client: Client) -> None:
    given = post(client, FULL).json()

    answer = put(client, given["resume_id"], {**FULL, "experiences": [{}]})

    assert answer.status_code == 400
    assert client.get(f"/api/resumes/{given['resume_id']}").json() == given


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"title": ""}, "title", "blank"),
        ({"title": "가" * 101}, "title", "max_length"),
        ({"title": 7}, "title", "invalid"),
        ({"title": None}, "title", "null"),
        ({"title": "\x00"}, "title", "null_characters_not_allowed"),
        ({"email": "nobody"}, "email", "invalid"),
        ({"phone": "전화"}, "phone", "invalid"),
        ({"gender": "9"}, "gender", "invalid_choice"),
        ({"birth_date": "2999-01-01"}, "birth_date", "future"),
        ({"birth_date": "1850-01-01"}, "birth_date", "far_day"),
        ({"birth_date": "어제"}, "birth_date", "invalid"),
        ({"technology_stacks": "Python"}, "technology_stacks", "not_a_list"),
        (
            {"technology_stacks": [str(number) for number in range(101)]},
            "technology_stacks",
            "max_length",
        ),
        ({"technology_stacks": ["가" * 51]}, "technology_stacks.0", "max_length"),
        ({"experiences": [{"company": "가"}] * 31}, "experiences", "max_length"),
        ({"experiences": [{"company": ""}]}, "experiences.0.company", "blank"),
        (
            {"projects": [{"title": "가", "link": "javascript:alert(1)"}]},
            "projects.0.link",
            "invalid",
        ),
        (
            {"experiences": [{"company": "가", "start_date": "2024-02", "end_date": "2024-01"}]},
            "experiences.0.end_date",
            "end_before_start",
        ),
    ],
)
def test_bad_input_is_named_and_changes_nothing(
    client: Client, change: dict[str, Any], field: str, code: str
) -> None:
    answer = post(client, {**FULL, **change})

    assert answer.status_code == 400
    assert (field, code) in {(e["field"], e["code"]) for e in answer.json()["errors"]}
    assert not Resume.objects.exists()


def test_a_month_is_taken_as_its_first_day(client: Client) -> None:
    body = {
        "title": "가",
        "name": "나",
        "experiences": [{"company": "다", "start_date": "2024-03"}],
    }

    assert post(client, body).json()["experiences"][0]["start_date"] == "2024-03-01"


@pytest.mark.parametrize(
    "day", ["2024-W05", "2024-W05-1", "20240201", "2024-02-01 ", "2024-2", "24-02", "2024-13", ""]
)
def test_a_day_is_written_in_no_other_way(client: Client, day: str) -> None:
    body = {"title": "이력서", "name": "이름", "birth_date": day}

    answer = post(client, body)

    assert answer.status_code == 400
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [
        ("birth_date", "invalid")
    ]


def test_the_fullest_resume_of_all_is_taken(client: Client) -> None:
    long = {"description": "가" * DESCRIPTION_MAX_LENGTH}
    technologies = [f"기술{number:048}" for number in range(MAX_TECHNOLOGIES)]
    words, link = "가" * 200, f"https://example.com/{'a' * 480}"
    project = {"title": words, "role": words, "link": link, "technology_stacks": technologies}
    body = {
        "title": "가" * 100,
        "name": "가" * 50,
        "introduction": "가" * INTRODUCTION_MAX_LENGTH,
        "experiences": [{"company": "가" * 100, **long}] * MAX_ENTRIES,
        "educations": [{"school": "가" * 100, "major": "가" * 100}] * MAX_ENTRIES,
        "projects": [{**project, **long}] * MAX_ENTRIES,
        "activities": [{"title": words, "organization": "가" * 100, **long}] * MAX_ENTRIES,
        "qualifications": [{"title": "가" * 100, "agency": "가" * 100}] * MAX_ENTRIES,
        "technology_stacks": technologies,
    }

    answer = client.generic("POST", "/api/resumes/", json.dumps(body), "application/json")

    assert answer.status_code == 201, answer.content[:500].decode()


def test_a_technology_that_stands_twice_is_kept_once(client: Client) -> None:
    body = {"title": "가", "name": "나", "technology_stacks": ["Python", "python", "Go"]}

    assert post(client, body).json()["technology_stacks"] == ["Python", "Go"]


def test_a_deleted_one_is_gone(client: Client) -> None:
    resume_id = post(client, FULL).json()["resume_id"]

    assert client.delete(f"/api/resumes/{resume_id}").status_code == 204

    assert client.get(f"/api/resumes/{resume_id}").status_code == 404
    assert put(client, resume_id, FULL).status_code == 404
    assert client.get("/api/resumes/").json()["count"] == 0


def test_lists_come_in_pages(client: Client, user: User, other_user: User) -> None:
    for _ in range(3):
        create_resume(user, sample_document())
    create_resume(other_user, sample_document())

    page = client.get("/api/resumes/?page=2&page_size=2").json()

    assert (page["count"], page["page"], page["page_size"]) == (3, 2, 2)
    assert [r["user_id"] for r in page["results"]] == [user.pk]
    assert client.get("/api/resumes/?page=9").json()["results"] == []


@pytest.mark.parametrize("children", [1, 200])
def test_queries_do_not_grow(
    client: Client,
    user: User,
    children: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    document = sample_document().model_copy(
        update={"technology_stacks": [f"기술 {number}" for number in range(children)]}
    )
    resume = create_resume(user, document)
    for _ in range(2 if children > 1 else 0):
        create_resume(user, document)

    with django_assert_num_queries(DETAIL_QUERIES):
        detail = client.get(f"/api/resumes/{resume.pk}").json()
    with django_assert_num_queries(LIST_QUERIES):
        listed = client.get("/api/resumes/").json()

    assert len(detail["technology_stacks"]) == children
    assert listed["results"][-1] == detail


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(client: Client, resume_id: int, photo: object) -> Any:
    return client.post(f"/api/resumes/{resume_id}/photo", {"photo": photo})


@pytest.mark.usefixtures("folder")
def test_a_photo_is_taken_and_given(client: Client, resume: Resume) -> None:
    answer = send(client, resume.pk, upload(half_red()))

    assert answer.status_code == 200
    address = f"/api/resumes/{resume.pk}/photo"
    assert answer.json()["photo_url"].endswith(address)
    for wanted in ("*/*", "image/jpeg", "image/*", "application/json"):
        photo = client.get(address, headers={"accept": wanted})
        assert (photo.status_code, photo["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_wants_a_photo_is_told_in_json_what_is_wrong(
    client: Client, resume: Resume, method: str
) -> None:
    address = f"/api/resumes/{resume.pk}/photo"

    answer = getattr(client, method)(address, headers={"accept": "image/jpeg"})

    assert answer.status_code == (404 if method == "get" else 406)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("data", "status"), [(b"<svg/>", 415), (b"\x89PNG\r\n\x1a\n broken", 415), (b"", 400)]
)
def test_a_bad_photo_is_refused(client: Client, resume: Resume, data: bytes, status: int) -> None:
    answer = send(client, resume.pk, SimpleUploadedFile("me.png", data, "image/png"))

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert client.get(f"/api/resumes/{resume.pk}").json()["photo_url"] is None


def test_a_photo_that_is_too_large_is_refused(
    client: Client, resume: Resume, settings: Settings
) -> None:
    settings.MAX_PHOTO_BYTES = 10

    assert send(client, resume.pk, upload(half_red())).status_code == 413
