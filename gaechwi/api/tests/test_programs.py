"""Programs, who bring a token, are answered without what serves browsers."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.tokens import issue
from resumes.models import Resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(user: User) -> Client:
    return Client(headers={"authorization": f"bearer {issue(user).access}"})


def test_an_answer_is_data(program: Client, resume: Resume) -> None:
    answer = program.get(f"/api/resumes/{resume.pk}")

    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert int(answer["Content-Length"]) == len(answer.content)
    assert not answer.cookies


def test_a_session_is_not_looked_at(client: Client, other_user: User, resume: Resume) -> None:
    client.force_login(other_user)
    token = issue(resume.user).access

    answer = client.get("/api/users/me", headers={"authorization": f"Bearer {token}"})

    assert answer.json()["email"] == resume.user.email


@pytest.mark.parametrize("scheme", ["Basic", "Bearerer", ""])
def test_another_scheme_is_no_token(client: Client, resume: Resume, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {issue(resume.user).access}".strip()}

    assert Client().get("/api/users/me", headers=headers).status_code == 401
    assert client.get("/api/users/me", headers=headers).status_code == 200


def test_whoever_signs_in_may_send_a_dead_token() -> None:
    dead = {"authorization": "Bearer dead"}

    answer = Client().post("/api/auth/token", {}, content_type="application/json", headers=dead)

    assert answer.status_code == 400
    assert Client().get("/api/users/me", headers=dead).status_code == 401


def test_a_foreign_host_is_refused(program: Client) -> None:
    assert program.get("/api/users/me", headers={"host": "elsewhere.example"}).status_code == 400


def test_the_language_is_theirs(program: Client) -> None:
    words = set()
    # What is too long is said by texts that the REST framework keeps.
    for language in ("ko", "en", "ko"):
        answer = program.post(
            "/api/resumes/",
            {"title": "가" * 1000},
            content_type="application/json",
            headers={"accept-language": language},
        )
        assert answer.status_code == 400
        words.add((answer.json()["detail"], answer.json()["errors"][0]["detail"]))

    assert words == {
        (
            "보낸 내용에 고칠 곳이 있습니다.",
            "이 필드의 글자 수가 100 이하인지 확인하세요.",
        ),
        (
            "What was sent needs to be corrected.",
            "Ensure this field has no more than 100 characters.",
        ),
    }
