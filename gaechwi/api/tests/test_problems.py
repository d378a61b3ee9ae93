from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from accounts.tokens import issue

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


def test_it_works(client: Client) -> None:
    body = {"titel": "오타", "name": "", "experiences": [{"company": "가"}, {"company": 7}]}

    answer = client.post("/api/resumes/", body, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    problem = answer.json()
    assert {name: problem[name] for name in ("type", "title", "status")} == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
    }
    assert problem["errors"] == [
        {"field": "titel", "code": "unknown_field", "detail": "없는 항목입니다."}
    ]


def test_each_field_at_fault_is_named(client: Client) -> None:
    body = {"title": "이력서", "experiences": [{"company": "가"}, {"company": 7, "start": "2024"}]}

    answer = client.post("/api/resumes/", body, content_type="application/json")

    fields = {(error["field"], error["code"]) for error in answer.json()["errors"]}
    assert fields == {("name", "required"), ("experiences.1.start", "unknown_field")}


def test_fields_may_have_any_name(client: Client) -> None:
    body = {"title": "이력서", "name": "이름", "message": 1, "code": 2}

    answer = client.post("/api/resumes/", body, content_type="application/json")

    fields = {(error["field"], error["code"]) for error in answer.json()["errors"]}
    assert fields == {("message", "unknown_field"), ("code", "unknown_field")}


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("get", "/api/nothing", {}, 404),
        ("get", "/api", {}, 404),
        ("post", "/api/docs", {}, 405),
        ("options", "/api/docs", {}, 405),
        ("post", "/api/schema", {}, 405),
        ("get", "/api/schema", {"headers": {"accept": "text/html"}}, 406),
        ("get", "/api/resume_feedbacks/?resume_id=99999999999999999999", {}, 400),
        ("patch", "/api/users/me", {"headers": {"transfer-encoding": "chunked"}}, 411),
        ("get", "/api/resumes/1", {}, 404),
        ("get", "/api/resumes/99999999999999999999999", {}, 404),
        ("get", "/api/resumes/?page=0", {}, 400),
        ("get", "/api/resumes/?page_size=101", {}, 400),
        ("get", "/api/resumes/?pagesize=1", {}, 400),
        ("get", "/api/job-postings/?title=%00", {}, 400),
        ("delete", "/api/resumes/", {}, 405),
        ("post", "/api/resumes/", {"data": "{", "content_type": "application/json"}, 400),
        ("post", "/api/resumes/", {"data": "[]", "content_type": "application/json"}, 400),
        ("post", "/api/resumes/", {"data": "null", "content_type": "application/json"}, 400),
        ("post", "/api/resumes/", {"data": b"\xff", "content_type": "application/json"}, 400),
        ("post", "/api/resumes/", {"data": "x", "content_type": "text/plain"}, 415),
        ("get", "/api/resumes/", {"headers": {"accept": "text/html"}}, 406),
    ],
)
def test_every_refusal_is_a_problem(
    client: Client, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    answer = getattr(client, method)(path, **more)

    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_with_the_database_away_it_says_when_to_try_again(user: User) -> None:
    token = issue(user).access

    def away(*_query: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(away):
        answer = Client().get("/api/resumes/", headers={"authorization": f"Bearer {token}"})

    assert (answer.status_code, answer["Content-Type"]) == (503, PROBLEM)
    assert int(answer["Retry-After"]) > 0


def test_a_stranger_is_asked_for_a_token() -> None:
    answer = Client().get("/api/resumes/")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == PROBLEM


def test_a_session_changes_nothing_without_the_csrf_token(client: Client) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies
    body = {"title": "이력서", "name": "이름"}

    answer = careful.post("/api/resumes/", body, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    assert careful.get("/api/resumes/").json()["count"] == 0


@pytest.mark.parametrize("path", ["/api/resumes", "/api/resumes/", "/api/codes", "/api/codes/"])
def test_paths_work_with_and_without_a_slash(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_body_survives_a_path_without_its_slash(client: Client) -> None:
    body = {"title": "이력서", "name": "이름"}

    answer = client.post("/api/resumes", body, content_type="application/json")

    assert answer.status_code == 201
    assert client.get(f"{answer['Location']}/").json()["title"] == "이력서"
