from __future__ import annotations

from unicodedata import normalize

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from resumes.models import Resume

pytestmark = pytest.mark.django_db

GIVEN = {"title": "백엔드 개발자 지원용", "name": "홍길동"}


def test_it_works(client: Client, user: User) -> None:
    assertContains(client.get("/resumes/new/"), 'value="구직자"')

    response = client.post("/resumes/new/", GIVEN)

    resume = Resume.objects.get()
    assertRedirects(response, f"/resumes/{resume.pk}/edit/")
    assert (resume.user, resume.title, resume.name) == (user, GIVEN["title"], GIVEN["name"])
    assert resume.email == user.email
    assert resume.resume_type == Resume.WRITTEN


def test_it_is_for_users_only() -> None:
    for response in (Client().get("/resumes/new/"), Client().post("/resumes/new/", GIVEN)):
        assertRedirects(
            response, "/accounts/login/?next=/resumes/new/", fetch_redirect_response=False
        )
    assert not Resume.with_deleted.exists()


def test_it_needs_the_token() -> None:
    user = User.objects.create_user("token@example.com")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    assert client.post("/resumes/new/", GIVEN).status_code == 403
    assert not Resume.with_deleted.exists()


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("title", "", "필수 항목입니다."),
        ("title", " \t ", "필수 항목입니다."),
        ("name", "", "필수 항목입니다."),
        ("title", "가" * 101, "100자까지 적을 수 있는데 101자를 적으셨습니다."),
        ("name", "가" * 60, "50자까지 적을 수 있는데 60자를 적으셨습니다."),
        ("title", "지원\0용", "null 문자는 사용할 수 없습니다."),
    ],
)
def test_bad_input_is_answered(client: Client, field: str, text: str, words: str) -> None:
    response = client.post("/resumes/new/", {**GIVEN, field: text})

    assertContains(response, words)
    assertContains(response, 'aria-invalid="true"', count=1)
    assert not Resume.with_deleted.exists()


def test_nothing_at_all_is_answered(client: Client) -> None:
    assertContains(client.post("/resumes/new/"), "필수 항목입니다.", count=2)


def test_what_was_typed_stays(client: Client) -> None:
    assertContains(client.post("/resumes/new/", {**GIVEN, "name": ""}), GIVEN["title"])


def test_hangul_of_a_mac_is_composed(client: Client) -> None:
    letters = normalize("NFD", "가나다" * 30)
    assert len(letters) > 100

    client.post("/resumes/new/", {**GIVEN, "title": letters})

    assert Resume.objects.get().title == "가나다" * 30


def test_it_takes_what_it_asks_for_only(client: Client, other_user: User) -> None:
    client.post("/resumes/new/", {**GIVEN, "resume_type": "2", "user": other_user.pk})

    resume = Resume.objects.get()
    assert resume.resume_type == Resume.WRITTEN
    assert resume.user != other_user
