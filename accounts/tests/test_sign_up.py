from __future__ import annotations

import re
import threading
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD, is_signed_in, link_of_mail, new_user, sign_in

pytestmark = pytest.mark.django_db

FORM = {"name": "김지수", "email": EMAIL, "password1": PASSWORD, "consent": "on"}


def sign_up(client: Client, **fields: str) -> Any:
    return client.post("/accounts/signup/", {**FORM, **fields})


def test_it_works(client: Client) -> None:
    response = sign_up(client)

    assert response.url == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    user = User.objects.get()
    assert (user.email, user.name, user.user_type) == (EMAIL, "김지수", User.JOB_SEEKER)
    assert user.check_password(PASSWORD)
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    assert message.subject == "[개취] 이메일 주소를 확인해 주세요"

    link = link_of_mail()
    page = client.get(link)
    assert EMAIL in page.content.decode()
    assert not EmailAddress.objects.get().verified, "opening the link must not confirm: scanners do"
    confirmed: Any = client.post(link)

    assert confirmed.url == "/"
    assert EmailAddress.objects.get().verified
    assert is_signed_in(client)


def test_link_opened_in_another_browser(client: Client) -> None:
    sign_up(client)
    other = Client()

    response: Any = other.post(link_of_mail())

    assert response.url == "/accounts/login/"
    assert not is_signed_in(other)
    assert EmailAddress.objects.get().verified
    sign_in(other)
    assert is_signed_in(other)


def test_link_works_once(client: Client) -> None:
    sign_up(client)
    link = link_of_mail()
    client.post(link)

    page = Client().get(link)

    assert "만료되었거나" in page.content.decode()


def test_no_sign_in_before_confirmation(client: Client) -> None:
    sign_up(client)

    response = sign_in(client)

    assert response.url == "/accounts/confirm-email/"
    assert not is_signed_in(client)


def test_none_mode_signs_in_at_once(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"

    response = sign_up(client)

    assert response.url == "/"
    assert is_signed_in(client)
    assert mail.outbox == []


def test_session_key_changes(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    client.get("/accounts/signup/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key or ""

    sign_up(client)

    assert client.session.session_key != session.session_key


def test_signed_in_user_is_sent_home(client: Client) -> None:
    client.force_login(new_user())

    response: Any = client.get("/accounts/signup/")

    assert response.url == "/"


@pytest.mark.parametrize("email", [EMAIL, "Jisu.Kim@Example.KR"])
def test_address_in_use_is_not_told(client: Client, email: str) -> None:
    user = new_user(name="지수")
    stranger = Client()

    response = sign_up(client, email=email, password1="another-엄청-긴-비밀번호")
    of_new_address = sign_up(stranger, email="nobody.yet@example.kr")

    assert (response.status_code, response.url) == (302, of_new_address.url)
    pages = [
        browser.get(response.url).content.decode().replace(address, "")
        for browser, address in [(client, email.lower()), (stranger, "nobody.yet@example.kr")]
    ]
    secret = re.compile(r'(x-csrftoken": "|value=")\w{64}')
    assert secret.sub("", pages[0]) == secret.sub("", pages[1])
    user.refresh_from_db()
    assert user.name == "지수"
    assert user.check_password(PASSWORD)
    assert User.objects.filter(email__iexact=email).count() == 1
    to_owner = mail.outbox[0]
    assert to_owner.to == [EMAIL]
    assert to_owner.subject == "[개취] 이미 가입된 이메일입니다"
    assert "http://testserver/accounts/password/reset/" in to_owner.body


def test_address_in_use_is_told_where_nothing_is_mailed(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    new_user()

    response = sign_up(client, email="Jisu.Kim@Example.KR")

    assert response.status_code == 200
    assert "해당 이메일은 이미 사용되고 있습니다." in response.content.decode()
    assert User.objects.count() == 1


def test_address_is_kept_in_lower_case(client: Client) -> None:
    sign_up(client, email="Jisu.Kim@Example.KR")

    assert User.objects.get().email == EMAIL
    client.post(link_of_mail())
    assert sign_in(Client(), "JISU.KIM@example.kr").status_code == 302


def test_address_that_another_wrote_into_their_account(client: Client) -> None:
    """It would keep its owner from signing up, or lead them into an account of somebody else."""
    other = new_user("other@example.kr")
    EmailAddress.objects.create(user=other, email=EMAIL, verified=False)

    sign_up(client)
    client.post(link_of_mail())

    owner = User.objects.get(email=EMAIL)
    assert owner != other
    assert is_signed_in(client)
    assert list(EmailAddress.objects.filter(email=EMAIL).values_list("user", "verified")) == [
        (owner.pk, True)
    ]


def test_database_refuses_the_same_address_in_other_letters() -> None:
    new_user()

    with pytest.raises(IntegrityError), transaction.atomic():
        new_user("JISU.Kim@example.kr")
    other = new_user("other@example.kr")
    with pytest.raises(IntegrityError), transaction.atomic():
        # Past the model, which would write lower case.
        User.objects.filter(pk=other.pk).update(email="JISU.KIM@EXAMPLE.KR")


@pytest.mark.parametrize("mode", ["mandatory", "none"])
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment(settings: Settings, mode: str) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = mode
    answers: list[Any] = []

    def click() -> None:
        answers.append(sign_up(Client()))
        connection.close()

    second = threading.Thread(target=click)
    with transaction.atomic():
        new_user()
        # It sees no such user yet, and its INSERT waits for the end of this transaction.
        second.start()
        wait_for_a_waiting_insert()
    second.join(10)

    (answer,) = answers
    assert answer.status_code == 302
    expected = {"mandatory": "/accounts/confirm-email/", "none": "/accounts/login/"}
    assert answer.url == expected[mode]
    assert User.objects.count() == 1


def wait_for_a_waiting_insert() -> None:
    deadline = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)
    raise TimeoutError("nobody waits")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("짧다", "최소 8자 이상"),
        ("password", "너무 흔히 사용되는"),
        ("8471920365", "전부 숫자로"),
        ("jisu.kim@example", "이메일"),
    ],
)
def test_weak_password(client: Client, password: str, reason: str) -> None:
    response = sign_up(client, password1=password)

    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["", "지수", "jisu@", "a@b.kr\nBcc: c@d.kr", f"{'a' * 250}@b.kr"])
def test_bad_address(client: Client, email: str) -> None:
    response = sign_up(client, email=email)

    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()
    assert not User.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(("name", "status"), [("", 302), ("가" * 50, 302), ("가" * 51, 200)])
def test_name(client: Client, name: str, status: int) -> None:
    response = sign_up(client, name=name)

    assert response.status_code == status
    assert [user.name for user in User.objects.all()] == ([name] if status == 302 else [])


def test_markup_in_a_name_is_text(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    sign_up(client, name="<b>지수</b>")

    page = client.get("/").content.decode()

    assert "&lt;b&gt;지수&lt;/b&gt;" in page
    assert "<b>지수</b>" not in page


def test_too_many_sign_ups(client: Client) -> None:
    for number in range(20):
        sign_up(client, email=f"user{number}@example.kr")

    response = sign_up(client, email="one.more@example.kr")

    assert response.status_code == 429
    assert "잠시 뒤에" in response.content.decode()


def test_nobody_becomes_staff(client: Client) -> None:
    sign_up(client, is_staff="on", is_superuser="on", user_type=User.STAFF, user_id="1")

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.user_type) == (False, False, User.JOB_SEEKER)
    assert re.fullmatch(r"[0-9a-f]{32}", user.user_id)


def test_page_makes_no_query_of_users(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # Where Google's client comes from: the table of the apps that staff may add.
    with django_assert_num_queries(1):
        client.get("/accounts/signup/")
