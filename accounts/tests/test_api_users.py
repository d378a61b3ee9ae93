from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD, new_user, sign_in
from accounts.tokens import issue

pytestmark = pytest.mark.django_db

ME = "/api/users/me"


@pytest.fixture
def user() -> User:
    """Return a user with a confirmed address."""
    return new_user(name="김지수", gender="2")


@pytest.fixture
def program(user: User) -> Client:
    """Return a program with an access token of `user`."""
    return Client(
        enforce_csrf_checks=True, headers={"Authorization": f"Bearer {issue(user).access}"}
    )


def change(client: Client, **fields: Any) -> Any:
    """Send changes of one's own account."""
    return client.patch(ME, fields, content_type="application/json")


def test_it_works(
    program: Client, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = program.get(ME)

    assert answer.status_code == 200
    assert answer.json() == {
        "user_id": user.pk,
        "email": EMAIL,
        "name": "김지수",
        "gender": "2",
        "user_type": "1",
    }


def test_change(program: Client, user: User) -> None:
    answer = change(program, name="지수", gender="1")

    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["gender"]) == ("지수", "1")
    user.refresh_from_db()
    assert (user.name, user.gender) == ("지수", "1")


def test_what_is_left_out_stays(program: Client, user: User) -> None:
    change(program, gender="")

    user.refresh_from_db()
    assert (user.name, user.gender) == ("김지수", "")


@pytest.mark.parametrize(
    "fields", [{"email": "attacker@evil.example"}, {"user_type": "2"}, {"user_id": "0" * 32}]
)
def test_what_was_read_can_be_sent_back_and_changes_nothing(
    program: Client, user: User, fields: dict[str, str]
) -> None:
    before = program.get(ME).json()

    answer = change(program, **{**before, **fields})

    assert (answer.status_code, answer.json()) == (200, before)
    assert program.get(ME).json() == before
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"gender": "9"}, "gender"),
        ({"gender": None}, "gender"),
        ({"name": "가" * 51}, "name"),
        ({"name": 7}, "name"),
        ({"is_staff": True}, "is_staff"),
        ({"password": "another-passphrase"}, "password"),
    ],
)
def test_bad_input(program: Client, user: User, fields: dict[str, Any], at_fault: str) -> None:
    answer = change(program, **fields)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [at_fault]
    user.refresh_from_db()
    assert (user.name, user.gender, user.is_staff) == ("김지수", "2", False)
    assert user.check_password(PASSWORD)


def test_a_change_writes_nothing_else(program: Client, user: User) -> None:
    # The token's user is read before, the name is written after staff acted.
    from accounts.api import UserSerializer

    read_before = User.objects.get()
    User.objects.update(is_active=False)
    serializer = UserSerializer(read_before, data={"name": "지수"}, partial=True)
    assert serializer.is_valid()

    serializer.save()

    user.refresh_from_db()
    assert (user.name, user.is_active) == ("지수", False)


def test_a_session_needs_the_csrf_token(user: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)

    assert browser.get(ME).status_code == 200
    assert change(browser, name="지수").status_code == 403
    assert browser.delete(ME).status_code == 403
    assert User.objects.filter(name="김지수").exists()


def test_delete(program: Client, user: User) -> None:
    browser = Client()
    sign_in(browser)
    other = new_user("other@example.kr")

    assert program.delete(ME).status_code == 204

    assert list(User.objects.all()) == [other]
    assert (program.get(ME).status_code, browser.get(ME).status_code) == (401, 401)
    assert new_user(), "the address is free again"


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_strangers(method: str) -> None:
    answer = getattr(Client(), method)(ME, content_type="application/json")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
