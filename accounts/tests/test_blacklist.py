from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User, UserBlacklist
from accounts.tests.people import (
    EMAIL,
    PASSWORD,
    block,
    is_signed_in,
    link_of_mail,
    new_user,
    sign_in,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def user() -> User:
    """Return the one to be blocked."""
    return new_user(name="김지수")


@pytest.fixture
def staff() -> Client:
    """Return the browser of a member of staff."""
    User.objects.create_superuser("staff@example.kr", PASSWORD, name="운영자")
    client = Client()
    sign_in(client, "staff@example.kr")
    return client


def block_in_admin(staff: Client, blocked: User, **fields: str) -> Any:
    now = timezone.localtime()
    form = {
        "user": blocked.pk,
        "reason": "허위 경력",
        "blocked_from_0": now.strftime("%Y-%m-%d"),
        "blocked_from_1": now.strftime("%H:%M:%S"),
        "blocked_until_0": "",
        "blocked_until_1": "",
    }
    return staff.post("/admin/accounts/userblacklist/add/", {**form, **fields})


def test_it_works(client: Client, user: User, staff: Client) -> None:
    sign_in(client)
    assert is_signed_in(client)

    response = block_in_admin(staff, user)

    assert response.status_code == 302
    assert not is_signed_in(client), "the very next request must be refused"
    response = sign_in(client)
    assert response.status_code == 403
    page = response.content.decode()
    assert "이용이 제한된 계정입니다" in page
    assert "허위 경력" in page
    assert not is_signed_in(client)
    assert UserBlacklist.objects.get().blocked_by == User.objects.get(email="staff@example.kr")


def test_unblocked_user_comes_back(client: Client, user: User, staff: Client) -> None:
    block_in_admin(staff, user)
    sign_in(client)
    entry = UserBlacklist.objects.get()

    staff.post(f"/admin/accounts/userblacklist/{entry.pk}/delete/", {"post": "yes"})

    sign_in(client)
    assert is_signed_in(client)


def test_every_session_ends(user: User) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser)

    block(user)

    assert [is_signed_in(browser) for browser in browsers] == [False, False]


def test_requests_that_write_are_refused(client: Client, user: User) -> None:
    sign_in(client)
    block(user)

    response: Any = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "고등어-77-x", "password2": "고등어-77-x"},
    )

    assert response.url.startswith("/accounts/login/")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_others_are_not_touched(client: Client, user: User) -> None:
    other = new_user("other@example.kr")
    block(other)

    sign_in(client)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("begins", "ends", "let_in"),
    [
        (-HOUR, None, False),
        (-HOUR, HOUR, False),
        (-2 * HOUR, -HOUR, True),
        (HOUR, 2 * HOUR, True),
        (HOUR, None, True),
    ],
)
def test_time_of_a_block(
    client: Client, user: User, begins: timedelta, ends: timedelta | None, let_in: bool
) -> None:
    sign_in(client)
    now = timezone.now()

    block(user, blocked_from=now + begins, blocked_until=ends and now + ends)

    assert is_signed_in(client) is let_in
    browser = Client()
    assert sign_in(browser).status_code == (302 if let_in else 403)
    assert is_signed_in(browser) is let_in


def test_block_that_ended_does_not_hide_another(client: Client, user: User) -> None:
    now = timezone.now()
    block(user, blocked_from=now - HOUR)
    block(user, blocked_from=now - 2 * HOUR, blocked_until=now - HOUR)

    assert sign_in(client).status_code == 403


def test_page_says_until_when(client: Client, user: User) -> None:
    until = timezone.now() + 30 * HOUR
    block(user, blocked_until=until)

    page = sign_in(client).content.decode()

    assert f"{timezone.localtime(until):%Y}년" in page
    assert "까지 로그인할 수 없습니다" in page


def test_markup_in_a_reason_is_text(client: Client, user: User) -> None:
    block(user, "<script>alert(1)</script>")

    page = sign_in(client).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_wrong_password_does_not_tell_of_a_block(client: Client, user: User) -> None:
    block(user, "허위 경력")

    response = sign_in(client, password="wrong-password")

    assert response.status_code == 200
    assert "허위 경력" not in response.content.decode()


def test_blocked_while_confirming_the_address(client: Client) -> None:
    form = {"name": "", "email": EMAIL, "password1": PASSWORD, "consent": "on"}
    client.post("/accounts/signup/", form)
    link = link_of_mail()
    block(User.objects.get(), "허위 경력")

    response = client.post(link)

    assert response.status_code == 403
    assert "허위 경력" in response.content.decode()
    assert not is_signed_in(client)


def test_blocked_user_is_sent_no_mail_to_confirm(client: Client) -> None:
    block(new_user(verified=False), "허위 경력")

    response = sign_in(client)

    assert response.status_code == 403
    assert mail.outbox == []


def test_password_is_refused_wherever_it_is_asked_for(user: User) -> None:
    """Also where allauth, with its page for the reason, has no part in it."""
    assert authenticate(email=EMAIL, password=PASSWORD) == user

    block(user)

    assert authenticate(email=EMAIL, password=PASSWORD) is None


def test_it_costs_no_query(client: Client, user: User) -> None:
    sign_in(client)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/accounts/password/change/")

    of_users = [query["sql"] for query in queries if '"accounts_user' in query["sql"]]
    assert len(of_users) == 1
    assert "accounts_userblacklist" in of_users[0]


def test_block_ends_after_it_begins(user: User, staff: Client) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        block(user, blocked_from=now, blocked_until=now)

    response = block_in_admin(staff, user, blocked_until_0="2020-01-01", blocked_until_1="00:00:00")

    assert response.status_code == 200
    assert "끝은 시작보다 나중이어야 합니다." in response.content.decode()
    assert not UserBlacklist.objects.exists()


@pytest.mark.parametrize("fields", [{"reason": ""}, {"reason": "가" * 201}, {"user": "nobody"}])
def test_bad_block(user: User, staff: Client, fields: dict[str, str]) -> None:
    response = block_in_admin(staff, user, **fields)

    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()
    assert not UserBlacklist.objects.exists()


def test_blocks_go_with_their_user_and_stay_without_staff(user: User) -> None:
    staff = User.objects.create_superuser("staff@example.kr", PASSWORD)
    entry = block(user, blocked_by=staff)

    staff.delete()
    entry.refresh_from_db()
    assert entry.blocked_by is None
    user.delete()
    assert not UserBlacklist.objects.exists()
