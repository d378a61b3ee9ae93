from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD, is_signed_in, new_user, sign_in
from tests.ports import free_port

pytestmark = pytest.mark.django_db

MISMATCH = "이메일 또는 비밀번호가 올바르지 않습니다."


@pytest.fixture
def user() -> User:
    """Return a user with a confirmed address."""
    return new_user(name="김지수")


def test_it_works(client: Client, user: User) -> None:
    response: Any = sign_in(client)

    assert response.url == "/"
    assert is_signed_in(client)
    assert "김지수" in client.get("/").content.decode()
    user.refresh_from_db()
    assert user.last_login is not None
    assert timezone.now() - user.last_login < timedelta(minutes=1)


@pytest.mark.parametrize("email", ["JISU.KIM@EXAMPLE.KR", f"  {EMAIL} "])
def test_address_in_other_letters(client: Client, user: User, email: str) -> None:
    sign_in(client, email)

    assert is_signed_in(client)


def test_user_whose_address_was_saved_in_other_letters(client: Client) -> None:
    User.objects.create_superuser("Staff.Member@Example.KR", PASSWORD)

    sign_in(client, "staff.member@example.kr")

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "북극곰-train-43"),
        (EMAIL, PASSWORD.upper()),
        (EMAIL, f"{PASSWORD} "),
        ("nobody@example.kr", PASSWORD),
        ("jisu.kim@example.kr' OR 1=1 --@example.kr", PASSWORD),
    ],
)
def test_wrong_password_or_address(client: Client, user: User, email: str, password: str) -> None:
    response = sign_in(client, email, password)

    assert response.status_code == 200
    assert not is_signed_in(client)


def test_wrong_password_and_unknown_address_look_alike(client: Client, user: User) -> None:
    known = sign_in(client, password="wrong-password").content.decode()
    unknown = sign_in(Client(), "nobody@example.kr").content.decode()

    assert MISMATCH in known
    assert MISMATCH in unknown


@pytest.mark.parametrize(("email", "password"), [("", PASSWORD), (EMAIL, ""), ("\0", "\0")])
def test_empty_and_broken_input(client: Client, user: User, email: str, password: str) -> None:
    response = sign_in(client, email, password)

    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()


def test_user_without_password(client: Client) -> None:
    new_user(password=None)

    response = sign_in(client, password="!")

    assert MISMATCH in response.content.decode()


def test_inactive_user(client: Client) -> None:
    new_user(is_active=False)

    response: Any = sign_in(client)

    assert response.url == "/accounts/inactive/"
    assert "멈추었습니다" in client.get(response.url).content.decode()
    assert not is_signed_in(client)


def test_session_of_a_user_made_inactive_ends(client: Client, user: User) -> None:
    sign_in(client)
    User.objects.update(is_active=False)

    assert not is_signed_in(client)


def test_too_many_attempts_on_an_account(client: Client, user: User) -> None:
    for _attempt in range(5):
        sign_in(client, password="wrong-password")

    response = sign_in(Client())

    assert "너무 많은 로그인 실패" in response.content.decode()
    assert not is_signed_in(client)


def test_right_passwords_do_not_count_as_attempts(user: User) -> None:
    for _attempt in range(7):
        client = Client()
        sign_in(client)

        assert is_signed_in(client)


def test_too_many_attempts_from_an_address(user: User) -> None:
    for number in range(10):
        sign_in(Client(), f"nobody{number}@example.kr")

    assert "너무 많은 로그인 실패" in sign_in(Client()).content.decode()


@pytest.mark.parametrize(("behind_proxy", "let_in"), [(True, True), (False, False)])
def test_attempts_are_counted_by_the_address_behind_the_proxy(
    user: User, settings: Settings, behind_proxy: bool, let_in: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = int(behind_proxy)
    attacker = Client(headers={"X-Forwarded-For": "203.0.113.9"})
    for number in range(10):
        sign_in(attacker, f"nobody{number}@example.kr")

    # Without a proxy anybody may write such a header: it must count for nothing.
    client = Client(headers={"X-Forwarded-For": "198.51.100.7"})
    sign_in(client)

    assert is_signed_in(client) is let_in


def test_it_works_without_the_cache(client: Client, user: User, settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            **settings.CACHES["default"],
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
    }

    response = sign_in(client)

    assert response.status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("target", "landing"),
    [
        ("/resumes/", "/resumes/"),
        ("/resumes/?page=2", "/resumes/?page=2"),
        ("http://testserver/feedbacks/", "http://testserver/feedbacks/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver.evil.example/", "/"),
        ("http://testserver@evil.example/", "/"),
    ],
)
def test_next_stays_here(client: Client, user: User, target: str, landing: str) -> None:
    response: Any = client.post(
        "/accounts/login/", {"login": EMAIL, "password": PASSWORD, "next": target}
    )

    assert response.url == landing


def test_page_that_asked_for_it_follows(client: Client, user: User) -> None:
    response: Any = client.get("/resumes/?page=2")
    assert response.url == "/accounts/login/?next=/resumes/%3Fpage%3D2"

    page = client.get(response.url).content.decode()

    assert '<input type="hidden" name="next" value="/resumes/?page=2">' in page


def test_session_key_changes(client: Client, user: User) -> None:
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key or ""

    sign_in(client)

    assert client.session[SESSION_KEY] == user.pk
    assert client.session.session_key != planted.session_key
    other = Client()
    other.cookies["sessionid"] = planted.session_key or ""
    assert not is_signed_in(other)


def test_session_does_not_pass_to_the_next_user(client: Client, user: User) -> None:
    new_user("other@example.kr")
    client.force_login(User.objects.get(email="other@example.kr"))
    session = client.session
    session["secret"] = "of the other"
    session.save()

    client.post("/accounts/logout/")
    sign_in(client)

    assert "secret" not in client.session


@pytest.mark.parametrize(("remember", "ends_with_browser"), [("on", False), ("", True)])
def test_remember(client: Client, user: User, remember: str, ends_with_browser: bool) -> None:
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD, "remember": remember})

    assert client.session.get_expire_at_browser_close() is ends_with_browser


def test_session_cookie_is_out_of_reach(client: Client, user: User) -> None:
    sign_in(client)

    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_sign_out(client: Client, user: User) -> None:
    sign_in(client)
    stolen = client.cookies["sessionid"].value
    page = client.get("/accounts/logout/")
    assert "로그아웃할까요?" in page.content.decode()
    assert is_signed_in(client), "a link must sign nobody out"

    response: Any = client.post("/accounts/logout/")

    assert response.url == "/"
    assert not is_signed_in(client)
    other = Client()
    other.cookies["sessionid"] = stolen
    assert not is_signed_in(other)


def test_it_takes_a_csrf_token(user: User) -> None:
    client = Client(enforce_csrf_checks=True)

    response = sign_in(client)

    assert response.status_code == 403
    assert "화면이 오래되었습니다" in response.content.decode()


def test_password_change_ends_other_sessions(client: Client, user: User) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)

    response: Any = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "고등어-sail-77", "password2": "고등어-sail-77"},
    )

    assert response.status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_password_change_takes_the_old_one(client: Client, user: User) -> None:
    sign_in(client)

    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": "wrong", "password1": "고등어-sail-77", "password2": "고등어-sail-77"},
    )

    assert response.status_code == 200
    assert "현재 비밀번호를 입력하세요." in response.content.decode()
