"""How often one may try to sign in through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD, new_user
from tests.ports import free_port

pytestmark = pytest.mark.django_db

PER_ADDRESS, PER_EMAIL = 4, 3
ENDPOINTS = ["token", "google/callback", "refresh", "logout"]


@pytest.fixture(autouse=True)
def _limits(settings: Settings) -> None:
    """Allow less than usual, for short tests."""
    settings.API_SIGN_INS_PER_ADDRESS = PER_ADDRESS
    settings.API_SIGN_INS_PER_EMAIL = PER_EMAIL


@pytest.fixture
def user() -> User:
    """Return a user with a confirmed address."""
    return new_user()


def post(path: str, body: Any = None, **headers: str) -> Any:
    """Send JSON to an endpoint of the sign-in."""
    client = Client(headers={name.replace("_", "-"): value for name, value in headers.items()})
    return client.post(f"/api/auth/{path}", body or {}, content_type="application/json")


def use_up(**headers: str) -> None:
    """Send as many requests as one address may, by all endpoints in turn."""
    for number in range(PER_ADDRESS):
        answer = post(ENDPOINTS[number % len(ENDPOINTS)], **headers)
        assert answer.status_code in {400, 401}


@pytest.mark.parametrize("path", ENDPOINTS)
def test_requests_of_one_address(user: User, path: str) -> None:
    use_up()

    answer = post(path, {"email": EMAIL, "password": PASSWORD})

    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(answer["Retry-After"]) <= 60


def test_the_rest_of_the_api_is_not_counted_with_them(client: Client, user: User) -> None:
    use_up()
    client.force_login(user)

    assert client.get("/api/users/me").status_code == 200


def test_sign_ins_with_one_email(user: User, settings: Settings) -> None:
    settings.API_SIGN_INS_PER_ADDRESS = 100
    new_user("other@example.kr")
    body = {"email": EMAIL, "password": PASSWORD}
    for _attempt in range(PER_EMAIL):
        assert post("token", body).status_code == 200

    answer = post("token", {**body, "email": f" {EMAIL.upper()}"})

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert post("token", {**body, "email": "other@example.kr"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [("[]", 400), ("{", 400), ('{"email": 7}', 400), ('{"email": "\\ud800"}', 400)],
)
def test_odd_bodies_are_no_way_out(user: User, body: str, status: int) -> None:
    assert post("token", body).status_code == status


@pytest.mark.parametrize(("proxies", "status"), [(1, 200), (0, 429)])
def test_the_address_behind_a_proxy_counts_and_no_header_of_a_client(
    user: User, settings: Settings, proxies: int, status: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    # The first one is what the client itself has written.
    use_up(x_forwarded_for="198.51.100.7, 203.0.113.9")
    body = {"email": EMAIL, "password": PASSWORD}

    answer = post("token", body, x_forwarded_for="203.0.113.9, 198.51.100.7")

    assert answer.status_code == status


def test_a_client_cannot_change_its_address_behind_a_proxy(user: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    use_up(x_forwarded_for="203.0.113.9")

    answer = post("refresh", x_forwarded_for="192.0.2.1, 203.0.113.9", x_real_ip="192.0.2.1")

    assert answer.status_code == 429


def test_without_the_cache_people_can_still_sign_in(user: User, settings: Settings) -> None:
    location = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": location}}

    assert post("token", {"email": EMAIL, "password": PASSWORD}).status_code == 200
