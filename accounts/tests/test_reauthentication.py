"""Who it is, is asked again before what cannot be undone; a session alone leaves nothing behind."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD, confirm_password, fresh, new_user, sign_in
from accounts.tokens import issue

pytestmark = pytest.mark.django_db

AGAIN = "/accounts/reauthenticate/"
# What somebody at an open session would like the owner's password to do.
PLANTED = [
    ("/account/delete/", {"email": EMAIL}),
    ("/account/data/", {}),
    ("/accounts/email/", {"email": "attacker@evil.example", "action_add": ""}),
]


@pytest.fixture
def client() -> Client:
    new_user()
    client = Client()
    sign_in(client)
    return client


@pytest.mark.parametrize(("path", "form"), PLANTED)
def test_the_password_does_nothing_that_was_asked_for_before(
    client: Client, settings: Settings, path: str, form: dict[str, str]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    asked = client.post(path, form)
    assert urlsplit(asked["Location"]).path == AGAIN
    for then in (path, "/account/delete/"):
        here = f"{AGAIN}?next={then}"
        assertRedirects(
            client.post(here, {"password": PASSWORD, "next": then}),
            then,
            fetch_redirect_response=False,
        )
        client.get(then, follow=True)

    user = User.objects.get()
    assert not user.downloads.exists()
    assert not mail.outbox
    assert user.emailaddress_set.count() == 1


def test_it_leads_back(client: Client) -> None:
    asked = client.get("/account/delete/?x=1")

    assert parse_qs(urlsplit(asked["Location"]).query) == {"next": ["/account/delete/?x=1"]}
    confirm_password(client)
    assertContains(client.get("/account/delete/"), "되돌릴 수 없습니다")


def test_a_password_that_is_being_set_lies_nowhere() -> None:
    client = Client()
    client.force_login(new_user(password=None))

    asked = client.post("/accounts/password/set/", {"password1": PASSWORD, "password2": PASSWORD})

    assert urlsplit(asked["Location"]).path == "/accounts/again/"
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert kept
    assert PASSWORD not in str(kept)


def test_accounts_of_others_are_not_connected_by_a_session_alone(client: Client) -> None:
    assert urlsplit(client.get("/accounts/3rdparty/")["Location"]).path == AGAIN
    assert urlsplit(client.post("/accounts/3rdparty/", {})["Location"]).path == AGAIN


@pytest.mark.parametrize(
    "there", ["word", "admin:index", "https://evil.example/", "//evil.example"]
)
def test_it_leads_nowhere_else(there: str) -> None:
    browser = fresh(new_user(password=None))

    answer = browser.get("/accounts/again/", {"next": there})

    assert answer.status_code == 302
    assert answer["Location"] in {there, "/account/"}
    assert "evil" not in answer["Location"]


def test_programs_are_signed_out_with_the_other_devices(client: Client) -> None:
    tokens = issue(User.objects.get())
    program = Client(headers={"authorization": f"Bearer {tokens.access}"})
    assert program.get("/api/users/me").status_code == 200
    assertContains(client.get("/accounts/sessions/"), "프로그램(API)", count=1)

    client.post("/accounts/sessions/")

    assert program.get("/api/users/me").status_code == 401
    body = {"refresh_token": tokens.refresh}
    refreshed = Client().post("/api/auth/refresh", body, content_type="application/json")
    assert refreshed.status_code == 401
    assert client.get("/account/").status_code == 200
