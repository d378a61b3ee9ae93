from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.tests.people import (
    EMAIL,
    PASSWORD,
    confirm_password,
    fresh,
    link_of_mail,
    new_user,
    sign_in,
)

pytestmark = pytest.mark.django_db

OPEN = [
    ("/accounts/login/", "로그인"),
    ("/accounts/signup/", "회원가입"),
    ("/accounts/password/reset/", "비밀번호 다시 정하기"),
    ("/accounts/password/reset/done/", "메일을 확인해 주세요"),
    ("/accounts/password/reset/key/1-x/", "비밀번호 다시 정하기"),
    ("/accounts/password/reset/key/done/", "비밀번호를 바꿨습니다"),
    ("/accounts/confirm-email/", "메일을 확인해 주세요"),
    ("/accounts/confirm-email/x/", "이메일 확인"),
    ("/accounts/inactive/", "쓸 수 없는 계정입니다"),
    ("/accounts/3rdparty/login/cancelled/", "로그인을 그만두었습니다"),
    ("/accounts/3rdparty/login/error/", "로그인하지 못했습니다"),
    ("/accounts/google/login/", "Google 계정으로 계속하기"),
    ("/accounts/google/login/callback/", "로그인하지 못했습니다"),
]
SIGNED_IN = [
    ("/accounts/email/", "이메일"),
    ("/accounts/password/change/", "비밀번호 바꾸기"),
    ("/accounts/3rdparty/", "Google 계정"),
    ("/accounts/logout/", "로그아웃할까요?"),
    ("/accounts/reauthenticate/", "비밀번호 확인"),
]
ENGLISH = {"English", "Google", "demo", "gaechwi", "example"}


@pytest.fixture(autouse=True)
def _with_google(settings: Settings) -> None:
    """Let the pages show what they show where Google is set up."""
    app = {"client_id": "id", "secret": "secret"}
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": [app]}}


def check(page: Any, heading: str) -> str:
    """Check that a page is one of ours, in Korean; return it."""
    words: str = page.content.decode()
    assert '<html lang="ko">' in words
    assert words.count("<main") == 1, "not our layout, or the layout twice"
    assert [text.strip() for text in re.findall(r"<h1>(.*?)</h1>", words, re.DOTALL)] == [heading]
    assert " · 개취</title>" in words
    shown = re.sub(r"<head>.*?</head>|<[^>]+>", " ", words, flags=re.DOTALL)
    strange = set(re.findall(r"[A-Za-z]{3,}", unescape(shown).replace(EMAIL, ""))) - ENGLISH
    assert not strange, f"not translated: {strange}"
    for field in re.findall(r"<input[^>]*>", words):
        if 'type="hidden"' not in field:
            name = re.findall(r'id="([^"]+)"', field)[0]
            inside = f'<label class="choice">{field}' in words
            assert inside or f'<label for="{name}"' in words, f"no label: {field}"
    return words


@pytest.mark.parametrize(("address", "heading"), OPEN)
def test_it_works(client: Client, address: str, heading: str) -> None:
    page = client.get(address)

    assert page.status_code in {200, 401}
    check(page, heading)


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_both_ways_in_lead_back_to_the_page_that_asked(client: Client, address: str) -> None:
    page = client.get(address, {"next": "/resumes/"}).content.decode()

    assert page.count('<input type="hidden" name="next" value="/resumes/">') == 2


@pytest.mark.parametrize(("address", "heading"), SIGNED_IN)
def test_pages_of_the_signed_in(client: Client, address: str, heading: str) -> None:
    new_user()
    sign_in(client)
    confirm_password(client)
    client.get("/")  # Takes the message of the sign-in away.

    page = client.get(address)

    assert page.status_code == 200
    check(page, heading)


@pytest.mark.parametrize(
    "address", [address for address, _ in SIGNED_IN if "logout" not in address]
)
def test_it_checks_access(client: Client, address: str) -> None:
    response: Any = client.get(address)

    assert response.url == f"/accounts/login/?next={address}"


def test_password_of_a_user_who_has_none(client: Client) -> None:
    user = new_user(password=None)
    client.force_login(user)
    page = fresh(user).get("/accounts/password/change/", follow=True)
    check(page, "비밀번호 정하기")
    form = {"password1": PASSWORD, "password2": PASSWORD}
    page = client.post("/accounts/password/set/", form, follow=True)
    assert page.redirect_chain[0][0].startswith("/accounts/again/"), "a session alone is not enough"
    page = fresh(user).post("/accounts/password/set/", form, follow=True)

    assert "비밀번호를 정했습니다." in page.content.decode()
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_signed_in_user_is_sent_home(client: Client, address: str) -> None:
    client.force_login(new_user())

    response: Any = client.get(address)

    assert response.url == "/"


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/accounts/login/", {"login": "", "password": ""}),
        ("/accounts/signup/", {"email": "x", "password1": "x"}),
        ("/accounts/password/reset/", {"email": "x"}),
    ],
)
def test_fields_look_like_all_others(client: Client, address: str, form: dict[str, str]) -> None:
    page = client.post(address, form).content.decode()

    assert '<div class="field invalid">' in page
    assert 'aria-invalid="true"' in page
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    assert described
    for name in " ".join(described).split():
        assert f'id="{name}"' in page


def test_change_of_address(client: Client) -> None:
    user = new_user()
    sign_in(client)
    confirm_password(client)

    page = client.post(
        "/accounts/email/", {"email": "New@Example.kr", "action_add": ""}, follow=True
    )

    assert "<strong>new@example.kr</strong> 주소로 확인 메일을 보냈습니다" in page.content.decode()
    user.refresh_from_db()
    assert user.email == EMAIL
    (message,) = mail.outbox
    assert message.to == ["new@example.kr"]
    client.post(link_of_mail())
    user.refresh_from_db()
    assert user.email == "new@example.kr"
    assert sign_in(Client()).status_code == 200, "the old address is not a way in any more"
    assert sign_in(Client(), "new@example.kr").status_code == 302


def test_change_of_address_taken_back(client: Client) -> None:
    user = new_user()
    sign_in(client)
    confirm_password(client)
    client.post("/accounts/email/", {"email": "new@example.kr", "action_add": ""})

    page = client.post(
        "/accounts/email/", {"email": "new@example.kr", "action_remove": ""}, follow=True
    )

    assert "확인 메일을 보냈습니다" not in page.content.decode()
    assert [address.email for address in EmailAddress.objects.filter(user=user)] == [EMAIL]


@pytest.mark.parametrize("verified", [True, False])
def test_change_to_the_address_of_another(client: Client, verified: bool) -> None:
    user, other = new_user(), new_user("other@example.kr", verified=verified)
    sign_in(client)
    confirm_password(client)

    client.post("/accounts/email/", {"email": "other@example.kr", "action_add": ""})
    page = client.post(link_of_mail(), follow=True)

    assert page.status_code == 200
    assert "다른 계정에서 쓰고 있습니다" in page.content.decode()
    for person, email in ((user, EMAIL), (other, "other@example.kr")):
        person.refresh_from_db()
        assert person.email == email
    assert not EmailAddress.objects.filter(user=user, email=other.email, verified=True).exists()


def test_english(client: Client) -> None:
    response: Any = client.post("/i18n/setlang/", {"language": "en", "next": "/accounts/login/"})
    assert response.url == "/accounts/login/", "the language is chosen without signing in"

    page = client.get("/accounts/login/").content.decode()

    assert '<html lang="en">' in page
    assert "Password" in page


@pytest.mark.parametrize("address", ["/accounts/email/", "/accounts/password/change/"])
def test_settings_lead_to_one_another(client: Client, address: str) -> None:
    new_user()
    sign_in(client)

    page = client.get(address).content.decode()

    for other in ("/account/", "/accounts/password/change/", "/accounts/3rdparty/"):
        assert f'href="{other}"' in page


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["", "callback/", "token/"])
def test_google_where_the_site_is_not_set_up_for_it(
    client: Client, settings: Settings, page: str, method: str
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": []}}

    answer = getattr(client, method)(f"/accounts/google/login/{page}")

    assert answer.status_code == 404
