"""Tokens of the API: how they are given, renewed and ended, and what was tried to get past them."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import jwt
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import TokenFamily, User
from accounts.tasks import forget_expired_tokens
from accounts.tests.people import EMAIL, PASSWORD, block, new_user, sign_in
from tests.ports import free_port

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"
Tokens = dict[str, Any]


@pytest.fixture
def user() -> User:
    """Return a user with a confirmed address."""
    return new_user(name="김지수")


def post(path: str, body: Any, token: str = "") -> Any:
    """Send JSON to an endpoint of the sign-in, as a program does: without cookies."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(enforce_csrf_checks=True).post(
        f"/api/auth/{path}", body, content_type="application/json", headers=headers
    )


def tokens_of(email: str = EMAIL, password: str = PASSWORD) -> Tokens:
    """Sign in by password."""
    answer = post("token", {"email": email, "password": password})
    assert answer.status_code == 200, answer.content
    tokens: Tokens = answer.json()
    return tokens


def ask(access_token: str) -> Any:
    """Ask for something that is for signed-in users, in both ways that a token is looked at."""
    client = Client(headers={"Authorization": f"Bearer {access_token}"})
    # With what is read, and by itself.
    read, account = client.get("/api/resumes/"), client.get("/api/users/me")
    assert read.status_code == account.status_code
    if read.status_code != 200:
        assert read.content == account.content
    return read


def claims_of(token: str) -> dict[str, Any]:
    """Return what a token says, its signature checked."""
    claims: dict[str, Any] = jwt.decode(token, settings.JWT_SECRET_KEY, algorithms=["HS256"])
    return claims


def signed(claims: dict[str, Any], key: str | None = None, algorithm: str = "HS256") -> str:
    """Return a token of such claims."""
    key = settings.JWT_SECRET_KEY if key is None else key
    return jwt.encode(claims, key, algorithm=algorithm)


def test_it_works(user: User) -> None:
    answer = post("token", {"email": EMAIL, "password": PASSWORD})

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 900)
    assert ask(tokens["access_token"]).status_code == 200
    user.refresh_from_db()
    assert user.last_login is not None
    assert timezone.now() - user.last_login < timedelta(minutes=1)


def test_what_a_token_says(user: User) -> None:
    tokens = tokens_of()

    claims = claims_of(tokens["access_token"])
    assert {name: claims[name] for name in ("user_id", "email", "name", "token_type")} == {
        "user_id": user.pk,
        "email": EMAIL,
        "name": "김지수",
        "token_type": "access",
    }
    assert claims["exp"] - claims["iat"] == 15 * 60
    refresh = claims_of(tokens["refresh_token"])
    assert refresh["exp"] - refresh["iat"] == 7 * 24 * 3600
    assert refresh["jti"] != claims["jti"]
    assert jwt.get_unverified_header(tokens["access_token"])["alg"] == "HS256"


def test_a_token_changes_things_without_csrf(user: User) -> None:
    client = Client(
        enforce_csrf_checks=True,
        headers={"Authorization": f"Bearer {tokens_of()['access_token']}"},
    )

    answer = client.post(
        "/api/resumes/", {"title": "이력서", "name": "이름"}, content_type="application/json"
    )

    assert answer.status_code == 201
    assert answer.json()["user_id"] == user.pk


def test_a_token_costs_one_query(user: User) -> None:
    access_token = tokens_of()["access_token"]

    for address in ("/api/users/me", "/api/resumes/"):
        with CaptureQueriesContext(connection) as queries:
            Client().get(address, headers={"Authorization": f"Bearer {access_token}"})

        assert len([query for query in queries if "accounts_user" in query["sql"]]) == 1


def test_a_stranger_is_told_to_bring_a_token() -> None:
    answer = Client().get("/api/resumes/")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == PROBLEM


# Sign-in


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "북극곰-train-43"),
        (EMAIL, f"{PASSWORD} "),
        (EMAIL, PASSWORD.upper()),
        ("nobody@example.kr", PASSWORD),
    ],
)
def test_wrong_password_and_unknown_address_look_alike(
    user: User, email: str, password: str
) -> None:
    answer = post("token", {"email": email, "password": password})

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json()["detail"] == "이메일 또는 비밀번호가 올바르지 않습니다."
    assert not TokenFamily.objects.exists()


def test_address_in_other_letters(user: User) -> None:
    assert tokens_of(EMAIL.upper())


def test_password_counts_as_it_was_typed() -> None:
    # Decomposed, with an invisible character: what the pages take as it is.
    password = "\u1112\u1161\u11ab\u200b-train-42"
    new_user(password=password)

    assert tokens_of(password=password)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"email", "password"}),
        ({"email": "x", "password": PASSWORD}, {"email"}),
        ({"email": EMAIL, "password": ""}, {"password"}),
        ({"email": EMAIL, "password": 7}, {"password"}),
        ({"email": EMAIL, "password": "\0"}, {"password"}),
        ({"email": EMAIL, "password": PASSWORD, "remember": True}, {"remember"}),
    ],
)
def test_bad_input(user: User, body: dict[str, Any], fields: set[str]) -> None:
    answer = post("token", body)

    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == fields


def test_blocked_user_is_told_why(user: User) -> None:
    block(user, "허위 경력을 반복해 적음")

    answer = post("token", {"email": EMAIL, "password": PASSWORD})

    assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    assert "허위 경력을 반복해 적음" in answer.json()["detail"]
    wrong = post("token", {"email": EMAIL, "password": "wrong-password"})
    assert wrong.status_code == 401


def test_inactive_user() -> None:
    new_user(is_active=False)

    assert post("token", {"email": EMAIL, "password": PASSWORD}).status_code == 403
    assert not TokenFamily.objects.exists()


def test_address_that_must_be_confirmed_first() -> None:
    new_user(verified=False)

    answer = post("token", {"email": EMAIL, "password": PASSWORD})

    assert answer.status_code == 403
    assert "확인 메일" in answer.json()["detail"]
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    assert not answer.cookies
    EmailAddress.objects.update(verified=True)
    assert tokens_of()


def test_address_that_need_not_be_confirmed(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    new_user(verified=False)

    assert tokens_of()


def test_failures_on_the_page_and_here_count_together(user: User) -> None:
    for _attempt in range(3):
        sign_in(Client(), password="wrong-password")
    for _attempt in range(2):
        post("token", {"email": EMAIL, "password": "wrong-password"})

    answer = post("token", {"email": EMAIL, "password": PASSWORD})

    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert answer["Content-Type"] == PROBLEM


# Renewal


def test_renewed_tokens_work(user: User) -> None:
    first = tokens_of()
    User.objects.update(name="지수")

    answer = post("refresh", {"refresh_token": first["refresh_token"]})

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    second = answer.json()
    assert claims_of(second["access_token"])["name"] == "지수"
    assert ask(second["access_token"]).status_code == 200
    assert post("refresh", {"refresh_token": second["refresh_token"]}).status_code == 200
    family = TokenFamily.objects.get()
    assert family.expires_at - timezone.now() > timedelta(days=6, hours=23)


def test_a_dead_access_token_does_not_hinder_its_renewal(user: User) -> None:
    tokens = tokens_of()

    answer = post("refresh", {"refresh_token": tokens["refresh_token"]}, token="dead")

    assert answer.status_code == 200


def test_a_rotated_refresh_token_ends_the_family_and_no_other(user: User) -> None:
    stolen = tokens_of()
    elsewhere = tokens_of()
    renewed = post("refresh", {"refresh_token": stolen["refresh_token"]}).json()

    assert post("refresh", {"refresh_token": stolen["refresh_token"]}).status_code == 401

    assert ask(renewed["access_token"]).status_code == 401
    assert ask(stolen["access_token"]).status_code == 401
    assert post("refresh", {"refresh_token": renewed["refresh_token"]}).status_code == 401
    assert ask(elsewhere["access_token"]).status_code == 200
    assert post("refresh", {"refresh_token": elsewhere["refresh_token"]}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_renewals_at_once_one_succeeds(user: User) -> None:
    body = {"refresh_token": tokens_of()["refresh_token"]}

    def renew(_number: int) -> int:
        try:
            return int(post("refresh", body).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(renew, range(4)))

    assert sorted(statuses) == [200, 401, 401, 401]
    assert TokenFamily.objects.get().revoked_at is not None


# Logout


@pytest.mark.parametrize("by", ["access", "refresh", "both"])
def test_logout_ends_both_tokens(user: User, by: str) -> None:
    tokens = tokens_of()
    body = {} if by == "access" else {"refresh_token": tokens["refresh_token"]}
    token = "" if by == "refresh" else tokens["access_token"]

    assert post("logout", body, token).status_code == 204

    assert ask(tokens["access_token"]).status_code == 401
    assert post("refresh", {"refresh_token": tokens["refresh_token"]}).status_code == 401
    assert post("logout", {}, tokens["access_token"]).status_code == 401


def test_a_dead_access_token_does_not_hinder_the_logout(user: User) -> None:
    tokens = tokens_of()
    dead = signed({**claims_of(tokens["access_token"]), "exp": 1_700_000_000})

    assert post("logout", {}, dead).status_code == 401
    assert post("logout", {"refresh_token": tokens["refresh_token"]}, dead).status_code == 204

    assert post("refresh", {"refresh_token": tokens["refresh_token"]}).status_code == 401


def test_logout_needs_a_token(user: User, client: Client) -> None:
    client.force_login(user)

    answer = client.post("/api/auth/logout", content_type="application/json")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_logout_of_two_sign_ins_at_once_ends_neither(user: User) -> None:
    here, elsewhere = tokens_of(), tokens_of()

    answer = post("logout", {"refresh_token": elsewhere["refresh_token"]}, here["access_token"])

    assert answer.status_code == 409
    assert ask(here["access_token"]).status_code == 200
    assert ask(elsewhere["access_token"]).status_code == 200


def test_expired_sign_ins_are_forgotten(user: User) -> None:
    old, new = tokens_of(), tokens_of()
    TokenFamily.objects.filter(pk=claims_of(old["access_token"])["family"]).update(
        expires_at=timezone.now()
    )

    forget_expired_tokens()

    [left] = TokenFamily.objects.all()
    assert str(left.pk) == claims_of(new["access_token"])["family"]
    task = settings.CELERY_BEAT_SCHEDULE["forget-tokens"]["task"]
    assert task == forget_expired_tokens.name


# Attacks. docs/api.md lists them in this order, with these answers.


class Attempt:
    """Somebody with the tokens of a user who has signed in, of which one kind is presented."""

    def __init__(self, user: User, kind: str, settings: Settings) -> None:
        self.user = user
        self.kind = kind
        self.settings = settings
        self.tokens = tokens_of()
        self.token: str = self.tokens[f"{kind}_token"]
        self.claims = claims_of(self.token)

    def take_cache_away(self) -> None:
        location = f"redis://127.0.0.1:{free_port()}/0"
        default = {**self.settings.CACHES["default"], "LOCATION": location}
        self.settings.CACHES = {"default": default}

    def log_out(self) -> None:
        assert post("logout", {}, self.tokens["access_token"]).status_code == 204

    def present(self, token: str) -> Any:
        if self.kind == "access":
            return ask(token)
        return post("refresh", {"refresh_token": token})


def untouched(attempt: Attempt) -> str:
    return attempt.token


def untouched_while_cache_is_away(attempt: Attempt) -> str:
    attempt.take_cache_away()
    return attempt.token


def garbage(attempt: Attempt) -> str:
    return "a.b.c"


def none_algorithm(attempt: Attempt) -> str:
    return signed(attempt.claims, "", "none")


def none_algorithm_with_our_signature(attempt: Attempt) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    return ".".join([head, *attempt.token.split(".")[1:]])


def other_algorithm(attempt: Attempt) -> str:
    return signed(attempt.claims, algorithm="HS512")


def other_key(attempt: Attempt) -> str:
    return signed(attempt.claims, "x" * 50)


def key_of_the_sessions(attempt: Attempt) -> str:
    return signed(attempt.claims, settings.SECRET_KEY)


def no_signature(attempt: Attempt) -> str:
    return attempt.token.rpartition(".")[0] + "."


def tampered_payload(attempt: Attempt) -> str:
    head, _payload, signature = attempt.token.split(".")
    claims = {**attempt.claims, "exp": attempt.claims["exp"] + 1}
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{payload}.{signature}"


def test_a_token_that_was_used_expires_all_the_same(user: User) -> None:
    claims = claims_of(tokens_of()["access_token"])
    ends = int(timezone.now().timestamp()) + 2
    access = jwt.encode({**claims, "exp": ends}, settings.JWT_SECRET_KEY, algorithm="HS256")
    assert ask(access).status_code == 200

    time.sleep(max(0.0, ends + 0.1 - timezone.now().timestamp()))

    assert ask(access).status_code == 401


def token_of_the_other_type(attempt: Attempt) -> str:
    other = "refresh" if attempt.kind == "access" else "access"
    return str(attempt.tokens[f"{other}_token"])


def no_type(attempt: Attempt) -> str:
    return signed({name: attempt.claims[name] for name in attempt.claims if name != "token_type"})


def expired(attempt: Attempt) -> str:
    return signed({**attempt.claims, "exp": int(timezone.now().timestamp()) - 1})


def no_expiry(attempt: Attempt) -> str:
    return signed({name: attempt.claims[name] for name in attempt.claims if name != "exp"})


def family_of_another_user(attempt: Attempt) -> str:
    new_user("other@example.kr")
    theirs = claims_of(tokens_of("other@example.kr")["access_token"])
    return signed({**attempt.claims, "family": theirs["family"]})


def family_that_is_none(attempt: Attempt) -> str:
    return signed({**attempt.claims, "family": "00000000-0000-4000-8000-000000000000"})


def no_family(attempt: Attempt) -> str:
    return signed({name: attempt.claims[name] for name in attempt.claims if name != "family"})


def family_that_is_no_id(attempt: Attempt) -> str:
    return signed({**attempt.claims, "family": "x"})


def user_that_is_no_text(attempt: Attempt) -> str:
    return signed({**attempt.claims, "user_id": [1]})


def rotated_refresh_token_used_again(attempt: Attempt) -> str:
    body = {"refresh_token": attempt.tokens["refresh_token"]}
    renewed = post("refresh", body).json()
    assert post("refresh", body).status_code == 401
    return str(renewed[f"{attempt.kind}_token"])


def logged_out(attempt: Attempt) -> str:
    attempt.log_out()
    return attempt.token


def logged_out_and_cache_emptied(attempt: Attempt) -> str:
    attempt.log_out()
    cache.clear()
    return attempt.token


def logged_out_before_the_cache_went_away(attempt: Attempt) -> str:
    attempt.log_out()
    attempt.take_cache_away()
    return attempt.token


def logged_out_while_cache_is_away(attempt: Attempt) -> str:
    attempt.take_cache_away()
    attempt.log_out()
    return attempt.token


def user_blocked(attempt: Attempt) -> str:
    block(attempt.user)
    return attempt.token


def user_inactive(attempt: Attempt) -> str:
    User.objects.update(is_active=False)
    return attempt.token


def user_deleted(attempt: Attempt) -> str:
    attempt.user.delete()
    return attempt.token


def password_changed(attempt: Attempt) -> str:
    attempt.user.set_password("another-passphrase")
    attempt.user.save()
    return attempt.token


ATTACKS: dict[Callable[[Attempt], str], int] = {
    untouched: 200,
    untouched_while_cache_is_away: 200,
    garbage: 401,
    none_algorithm: 401,
    none_algorithm_with_our_signature: 401,
    other_algorithm: 401,
    other_key: 401,
    key_of_the_sessions: 401,
    no_signature: 401,
    tampered_payload: 401,
    token_of_the_other_type: 401,
    no_type: 401,
    expired: 401,
    no_expiry: 401,
    family_of_another_user: 401,
    family_that_is_none: 401,
    no_family: 401,
    family_that_is_no_id: 401,
    user_that_is_no_text: 401,
    rotated_refresh_token_used_again: 401,
    logged_out: 401,
    logged_out_and_cache_emptied: 401,
    logged_out_before_the_cache_went_away: 401,
    logged_out_while_cache_is_away: 401,
    user_blocked: 403,
    user_inactive: 401,
    user_deleted: 401,
    password_changed: 401,
}


@pytest.mark.parametrize("kind", ["access", "refresh"])
@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.__name__ for attack in ATTACKS])
def test_attack(
    user: User, settings: Settings, kind: str, attack: Callable[[Attempt], str]
) -> None:
    attempt = Attempt(user, kind, settings)

    answer = attempt.present(attack(attempt))

    assert answer.status_code == ATTACKS[attack]
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"] == "Bearer"
    if answer.status_code >= 400:
        assert answer["Content-Type"] == PROBLEM
