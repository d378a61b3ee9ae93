from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
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

NEW = "고등어-sail-77"


@pytest.fixture
def user() -> User:
    """Return a user with a confirmed address."""
    return new_user()


def ask(client: Client, email: str = EMAIL) -> Any:
    return client.post("/accounts/password/reset/", {"email": email})


def choose(client: Client, link: str, password: str = NEW, again: str | None = None) -> Any:
    """Open the link, as a browser does, and send the form that it leads to."""
    page: Any = client.get(link, follow=True)
    form_at = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(form_at, {"password1": password, "password2": again or password})


def test_it_works(client: Client, user: User) -> None:
    response = ask(client)

    assert response.url == "/accounts/password/reset/done/"
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    assert message.subject == "[개취] 비밀번호를 다시 정해 주세요"
    response = choose(client, link_of_mail())
    assert response.url == "/accounts/password/reset/key/done/"
    assert "새 비밀번호로 로그인해 주세요" in client.get(response.url).content.decode()
    sign_in(client)
    assert not is_signed_in(client), "the old password must not work any more"
    sign_in(client, password=NEW)
    assert is_signed_in(client)


def test_address_in_other_letters(client: Client, user: User) -> None:
    ask(client, "JISU.KIM@Example.kr")

    assert mail.outbox[0].to == [EMAIL]


def test_unknown_address_is_not_told(client: Client, user: User) -> None:
    known, unknown = ask(client), ask(Client(), "nobody@example.kr")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    to_nobody = mail.outbox[-1]
    assert to_nobody.to == ["nobody@example.kr"]
    assert to_nobody.subject == "[개취] 가입되지 않은 이메일입니다"
    assert "http://testserver/accounts/signup/" in to_nobody.body


def test_link_is_not_in_the_address_of_the_form(client: Client, user: User) -> None:
    """It would be handed on by the Referer header and stay in the browser's history."""
    ask(client)
    link = link_of_mail()

    response: Any = client.get(link)

    assert response.status_code == 302
    key = link.rstrip("/").rpartition("-")[2]
    assert key not in response.url


def test_link_works_once(client: Client, user: User) -> None:
    ask(client)
    link = link_of_mail()
    choose(client, link)

    page = Client().get(link)

    assert "만료되었거나 이미 쓰였습니다" in page.content.decode()


def test_link_of_another_user(client: Client, user: User) -> None:
    other = new_user("other@example.kr")
    ask(client)
    own = link_of_mail()
    ask(client, "other@example.kr")
    mixed = own.rpartition("-")[0].rpartition("-")[0] + "-" + link_of_mail().split("-", 1)[1]

    page = Client().get(mixed)

    assert "만료되었거나 이미 쓰였습니다" in page.content.decode()
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


@pytest.mark.parametrize("key", ["1-x", "zzzzzz-set-password", "0-0-0", "1-" + "a" * 500])
def test_broken_link(client: Client, user: User, key: str) -> None:
    page = client.get(f"/accounts/password/reset/key/{key}/")

    assert page.status_code == 200
    assert "만료되었거나 이미 쓰였습니다" in page.content.decode()


def test_link_dies_with_a_sign_in(client: Client, user: User) -> None:
    ask(client)
    link = link_of_mail()
    sign_in(Client())

    page = client.get(link)

    assert "만료되었거나 이미 쓰였습니다" in page.content.decode()


def test_other_sessions_end(client: Client, user: User) -> None:
    thief = Client()
    sign_in(thief)
    ask(client)

    choose(client, link_of_mail())

    assert not is_signed_in(thief)


@pytest.mark.parametrize(
    ("password", "again", "reason"),
    [
        ("짧다", None, "최소 8자 이상"),
        ("password", None, "너무 흔히 사용되는"),
        (EMAIL, None, "유사합니다"),
        (NEW, f"{NEW}!", "동일한 비밀번호"),
    ],
)
def test_weak_password(
    client: Client, user: User, password: str, again: str | None, reason: str
) -> None:
    ask(client)

    page = choose(client, link_of_mail(), password, again)

    assert page.status_code == 200
    assert reason in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_user_of_google_only_gets_a_password(client: Client) -> None:
    new_user(password=None)
    ask(client)

    choose(client, link_of_mail())

    sign_in(client, password=NEW)
    assert is_signed_in(client)


def test_address_that_was_never_confirmed_is_no_way_in(client: Client, user: User) -> None:
    """A mistyped new address would hand the account to a stranger."""
    EmailAddress.objects.create(user=user, email="stranger@example.kr", verified=False)

    ask(client, "stranger@example.kr")

    assert mail.outbox[-1].subject == "[개취] 가입되지 않은 이메일입니다"


def test_address_that_was_signed_up_with(client: Client) -> None:
    new_user("new@example.kr", verified=False)

    ask(client, "new@example.kr")

    assert mail.outbox[-1].subject == "[개취] 비밀번호를 다시 정해 주세요"


def test_blocked_user_stays_out(client: Client, user: User) -> None:
    block(user, "허위 경력")
    ask(client)
    choose(client, link_of_mail())

    response = sign_in(client, password=NEW)

    assert response.status_code == 403
    assert "허위 경력" in response.content.decode()


@pytest.mark.parametrize("email", ["", "지수", "a@b.kr\nBcc: c@d.kr"])
def test_bad_address(client: Client, email: str) -> None:
    response = ask(client, email)

    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()
    assert mail.outbox == []


def test_too_many_mails_to_one_address(client: Client, user: User) -> None:
    for _attempt in range(5):
        ask(Client())

    ask(client)

    assert len(mail.outbox) == 5


def test_mail_names_this_site(client: Client, user: User) -> None:
    response = client.post(
        "/accounts/password/reset/", {"email": EMAIL}, headers={"Host": "evil.example"}
    )

    assert response.status_code == 400
    assert mail.outbox == []
