from __future__ import annotations

import base64
import hmac
import json
import secrets
import time
from typing import Any

import httpx2
import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from jwt import PyJWK
from pytest_django import Settings

from accounts.models import TokenFamily, User
from accounts.tests.google import CLIENT_ID, REDIRECT_URI, Google, IdTokenMaker, signed
from accounts.tests.people import EMAIL, block, is_signed_in, new_user, sign_in
from accounts.tokens import issue

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]

CLAIMS = {"email": EMAIL, "email_verified": True, "name": "김지수"}


class Program:
    """A program of somebody's, which uses the API and has sent its user to Google."""

    def __init__(self, site: str, google: Google) -> None:
        self.site = site
        self.google = google
        self.verifier = secrets.token_urlsafe(48)
        self.nonce = secrets.token_urlsafe(16)

    def code(self, **claims: Any) -> str:
        """Return the code that Google sends back once a user of such claims has agreed."""
        return self.google.code(self.verifier, self.nonce, **{**CLAIMS, **claims})

    def bring(self, code: str, **fields: Any) -> httpx2.Response:
        """Bring a code to the API; a field of None is left out."""
        body = {
            "code": code,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": self.verifier,
            "nonce": self.nonce or None,
            **fields,
        }
        sent = {name: value for name, value in body.items() if value is not None}
        return httpx2.post(f"{self.site}/api/auth/google/callback", json=sent)

    def me(self, access_token: str) -> httpx2.Response:
        """Ask whom a token is of."""
        headers = {"Authorization": f"Bearer {access_token}"}
        return httpx2.get(f"{self.site}/api/users/me", headers=headers)


@pytest.fixture
def program(site: str, google: Google) -> Program:
    """Return a program at the beginning of a sign-in."""
    return Program(site, google)


def user_of(program: Program, answer: httpx2.Response) -> dict[str, Any]:
    """Return whom the tokens of an answer are of."""
    user: dict[str, Any] = program.me(answer.json()["access_token"]).json()
    return user


def assert_nobody_came_in(answer: httpx2.Response, status: int) -> None:
    """Hold an answer to a refusal: its status, its form, and no trace of it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not TokenFamily.objects.exists()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("certificates", [False, True])
def test_it_works(program: Program, google: Google, certificates: bool) -> None:
    google.gives_certificates = certificates

    answer = program.bring(program.code())

    assert answer.status_code == 200, answer.text
    assert not answer.cookies
    user = User.objects.get()
    assert user_of(program, answer) == {
        "user_id": user.pk,
        "email": EMAIL,
        "name": "김지수",
        "gender": "",
        "user_type": User.JOB_SEEKER,
    }
    assert user.last_login is not None
    assert not user.has_usable_password()
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (EMAIL, True, True)
    assert SocialAccount.objects.get(user=user).uid == "1"


def test_again(program: Program) -> None:
    first = user_of(program, program.bring(program.code()))

    second = program.bring(program.code(email="new.address@example.kr", name="다른 이름"))

    assert user_of(program, second) == first


def test_without_a_nonce(program: Program) -> None:
    program.nonce = ""

    assert program.bring(program.code()).status_code == 200


# Whose account it is


def test_confirmed_account_is_connected(program: Program) -> None:
    user = new_user(name="지수")

    answer = program.bring(program.code())

    assert user_of(program, answer)["user_id"] == user.pk
    client = Client()
    sign_in(client)
    assert is_signed_in(client), "the password is still the owner's own"


def test_unconfirmed_account_is_taken_from_whoever_made_it(program: Program) -> None:
    user = new_user(verified=False)
    of_attacker = issue(user)

    answer = program.bring(program.code())

    assert user_of(program, answer)["user_id"] == user.pk
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert program.me(of_attacker.access).status_code == 401


@pytest.mark.parametrize("with_account", [True, False])
@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email": None}])
def test_address_that_google_has_not_confirmed(
    program: Program, claims: dict[str, Any], with_account: bool
) -> None:
    if with_account:
        new_user()

    answer = program.bring(program.code(**claims))

    assert_nobody_came_in(answer, 403)
    assert User.objects.count() == int(with_account)


def test_blocked_user(program: Program) -> None:
    block(new_user(), "허위 경력을 반복해 적음")

    answer = program.bring(program.code())

    assert answer.status_code == 403
    assert "허위 경력을 반복해 적음" in answer.json()["detail"]
    assert not TokenFamily.objects.exists()


def test_inactive_user(program: Program) -> None:
    new_user(is_active=False)

    answer = program.bring(program.code())

    assert answer.status_code == 403
    assert not TokenFamily.objects.exists()


# Bad codes


def test_a_code_works_once(program: Program) -> None:
    code = program.code()
    assert program.bring(code).status_code == 200

    assert program.bring(code).status_code == 401


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"code": "made-up"}, 401),
        ({"code_verifier": "v" * 43}, 401),
        ({"nonce": "of-another-sign-in"}, 401),
        ({"nonce": None}, 401),
        # Another one of the list than the code was sent to.
        ({"redirect_uri": "http://localhost:3000/"}, 401),
        ({"redirect_uri": "https://evil.example/callback"}, 400),
        ({"redirect_uri": f"{REDIRECT_URI}/"}, 400),
        ({"redirect_uri": f"{REDIRECT_URI}?to=evil"}, 400),
        ({"redirect_uri": REDIRECT_URI.upper()}, 400),
        ({"redirect_uri": None}, 400),
        ({"code_verifier": None}, 400),
        ({"code_verifier": "v" * 42}, 400),
        ({"code": None}, 400),
        ({"state": "x"}, 400),
    ],
)
def test_bad_request(program: Program, fields: dict[str, Any], status: int) -> None:
    code = program.code()

    answer = program.bring(fields.pop("code", code), **fields)

    assert_nobody_came_in(answer, status)


# Bad ID tokens


def saying(**changes: Any) -> IdTokenMaker:
    """Return what makes an ID token with other claims, signed as it should be; None: left out."""

    def make(claims: dict[str, Any], key: PyJWK) -> str:
        changed = {**claims, **changes}
        return signed({name: value for name, value in changed.items() if value is not None}, key)

    return make


def signed_by_another_key(claims: dict[str, Any], key: PyJWK) -> str:
    other = rsa.generate_private_key(65537, 2048)
    return jwt.encode(claims, other, "RS256", headers={"kid": key.key_id})


def unknown_key(claims: dict[str, Any], key: PyJWK) -> str:
    return jwt.encode(claims, key.key, "RS256", headers={"kid": "unknown"})


def unnamed_key(claims: dict[str, Any], key: PyJWK) -> str:
    return jwt.encode(claims, key.key, "RS256")


def none_algorithm(claims: dict[str, Any], key: PyJWK) -> str:
    return jwt.encode(claims, "", "none", headers={"kid": key.key_id})


def public_key_as_secret(claims: dict[str, Any], key: PyJWK) -> str:
    pem = key.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    # The library itself refuses to make such a token.
    head, payload = (
        base64.urlsafe_b64encode(part).decode().rstrip("=")
        for part in (
            f'{{"alg":"HS256","kid":"{key.key_id}"}}'.encode(),
            json.dumps(claims).encode(),
        )
    )
    signature = hmac.digest(pem, f"{head}.{payload}".encode(), "sha256")
    return f"{head}.{payload}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def no_token(claims: dict[str, Any], key: PyJWK) -> str:
    return ""


@pytest.mark.parametrize("certificates", [False, True])
@pytest.mark.parametrize(
    "id_token",
    [
        signed_by_another_key,
        unknown_key,
        unnamed_key,
        none_algorithm,
        public_key_as_secret,
        no_token,
    ],
)
def test_signature(
    program: Program, google: Google, id_token: IdTokenMaker, certificates: bool
) -> None:
    google.id_token = id_token
    google.gives_certificates = certificates

    answer = program.bring(program.code())

    assert_nobody_came_in(answer, 401)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://accounts.evil.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": [CLIENT_ID, "another-client"]},
        {"aud": None},
        # Named: the time in their names would differ between the processes that run the tests.
        pytest.param({"exp": int(time.time()) - 60}, id="expired"),
        {"exp": None},
        pytest.param({"iat": int(time.time()) + 3600}, id="of-the-future"),
        {"sub": None},
        {"nonce": "of-another-sign-in"},
        {"nonce": None},
    ],
    ids=str,
)
def test_claims(program: Program, google: Google, changes: dict[str, Any]) -> None:
    google.id_token = saying(**changes)

    answer = program.bring(program.code())

    assert_nobody_came_in(answer, 401)


# Google away


@pytest.mark.parametrize("fault", ["is_down", "keys_are_down"])
def test_google_is_away(program: Program, google: Google, fault: str) -> None:
    code = program.code()
    setattr(google, fault, True)

    answer = program.bring(code)

    assert_nobody_came_in(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0


def test_a_site_without_google(client: Client, settings: Settings) -> None:
    settings.GOOGLE_REDIRECT_URIS = [REDIRECT_URI]
    body = {"code": "x", "redirect_uri": REDIRECT_URI, "code_verifier": "v" * 43}

    answer = client.post("/api/auth/google/callback", body, content_type="application/json")

    assert answer.status_code == 404
    assert "Google" in answer.json()["detail"]
