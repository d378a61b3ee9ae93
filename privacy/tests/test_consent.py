"""Who signs up agrees to the text on privacy, and it is kept to which."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from privacy.consent import POLICY_VERSION

pytestmark = pytest.mark.django_db

FORM = {"email": "jisu@example.kr", "password1": "북극곰-train-42", "consent": "on"}


def test_it_works() -> None:
    client = Client()
    assertContains(client.get("/accounts/signup/"), 'href="/privacy/"')

    client.post("/accounts/signup/", FORM)

    [consent] = User.objects.get().consents.all()
    assert consent.version == POLICY_VERSION


def test_without_it_there_is_no_account() -> None:
    page = Client().post("/accounts/signup/", {**FORM, "consent": ""})

    assertContains(page, "동의해야 가입할 수 있습니다.")
    assert not User.objects.exists()


def test_the_text_is_for_everybody(client: Client) -> None:
    for visitor in (client, Client()):
        page = visitor.get("/privacy/")
        assertContains(page, POLICY_VERSION)
        assertContains(page, f"{settings.DELETED_KEPT_DAYS}일 뒤에 완전히 지웁니다")
        assertContains(page, f"{settings.STAFF_ACCESS_KEPT_DAYS}일 동안")
        assertContains(page, settings.PRIVACY_CONTACT)


def test_it_says_whether_a_model_is_asked(settings: Settings) -> None:
    assertContains(Client().get("/privacy/"), "글을 밖으로 보내지 않습니다")

    settings.OPENAI_API_KEY = "key"

    assertContains(Client().get("/privacy/"), "외부의 AI 모델에 묻습니다")
    assertNotContains(Client().get("/privacy/"), "글을 밖으로 보내지 않습니다")


def test_the_account_shows_it() -> None:
    client = Client()
    client.post("/accounts/signup/", FORM)
    client.force_login(User.objects.get())

    assertContains(client.get("/account/"), f"{POLICY_VERSION} 처리방침")
