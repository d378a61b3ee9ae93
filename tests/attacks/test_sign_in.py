"""Attacks on the way in: guessing, finding out who is here, sessions and links of somebody else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD, is_signed_in, new_user, sign_in
from tests.passwords import FewRounds
from tests.reliability import Outcome

pytestmark = pytest.mark.django_db

NOBODY = "nobody@example.kr"
LIMIT = 5  # failures on one account
ADDRESS_LIMIT = 10  # failures from one address of the network
TOO_MANY = "너무 많은 로그인 실패"


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def user() -> User:
    return new_user(name="김지수")


def from_address(number: int) -> Client:
    """Return a browser that the proxy saw at another address of the network."""
    return Client(headers={"X-Forwarded-For": f"198.51.100.{number}"})


def token(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    body = {"email": email, "password": password}
    return client.post("/api/auth/token", body, content_type="application/json")


def refusals(client: Client) -> list[bool]:
    """Try the right password, on the page and through the API; return what was refused."""
    page, answer = sign_in(client), token(client)
    return [
        TOO_MANY in page.content.decode() and not is_signed_in(client),
        answer.status_code == 429 and int(answer["Retry-After"]) > 0,
    ]


@pytest.mark.parametrize("way", ["page", "API"])
def test_guessing_at_one_account_from_many_addresses(
    user: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    outcome: Outcome,
    way: str,
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": f"{ADDRESS_LIMIT}/h/ip,{LIMIT}/h/key"}
    guess = sign_in if way == "page" else token
    for number in range(LIMIT):
        assert guess(from_address(number), password=f"guess-{number}-x").status_code in {200, 401}

    refused = refusals(from_address(100))

    assert refused == [True, True]
    an_hour_later = SimpleNamespace(
        time=lambda: time.time() + 3601, monotonic=time.monotonic, sleep=time.sleep
    )
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", an_hour_later)
    later = from_address(101)
    sign_in(later)
    assert is_signed_in(later)
    outcome(
        f"password guessing at one account, each guess from another address, by the {way}",
        tried=LIMIT + 2,
        let_in=refused.count(False),
        happened=f"after {LIMIT} failures the right password is refused, too, page and API (429,"
        " Retry-After), until the time is over",
    )


@pytest.mark.parametrize("way", ["page", "API"])
def test_guessing_at_many_accounts_from_one_address(user: User, outcome: Outcome, way: str) -> None:
    guess = sign_in if way == "page" else token
    for number in range(ADDRESS_LIMIT):
        guess(Client(), f"guessed{number}@example.kr")

    refused = refusals(Client())

    assert refused == [True, True]
    outcome(
        f"password guessing at many accounts from one address, by the {way}",
        tried=ADDRESS_LIMIT + 2,
        let_in=refused.count(False),
        happened=f"after {ADDRESS_LIMIT} failures the right password is refused, too, page and API"
        " (429, Retry-After)",
    )


class Counting(FewRounds):
    """Counts how often a password was hashed: that is what takes the time of a sign-in."""

    times: ClassVar[int] = 0

    def encode(self, *args: Any, **kwargs: Any) -> str:
        type(self).times += 1
        return super().encode(*args, **kwargs)


def said(answer: Any, *emails: str) -> tuple[Any, ...]:
    """Return an answer without the address that was sent and the secrets of the page."""
    body = answer.content.decode()
    for email in emails:
        body = body.replace(email, "")
    body = re.sub(r'(value="|csrftoken": ")\w{64}|(nonce=")[^"]+', r"\1\2", body)
    return answer.status_code, answer.headers.get("Location"), body


ENUMERATING: dict[str, Callable[[str], Any]] = {
    "sign-in": lambda email: sign_in(Client(), email, "wrong-passphrase"),
    "API token": lambda email: token(Client(), email, "wrong-passphrase"),
    "password reset": lambda email: Client().post("/accounts/password/reset/", {"email": email}),
    "sign-up": lambda email: Client().post(
        "/accounts/signup/", {"email": email, "password1": "another-긴-비밀번호", "consent": "on"}
    ),
}


@pytest.mark.parametrize("way", ENUMERATING)
def test_finding_out_who_has_an_account(
    user: User, settings: Settings, outcome: Outcome, way: str
) -> None:
    settings.PASSWORD_HASHERS = ["tests.attacks.test_sign_in.Counting"]
    user.set_password(PASSWORD)
    user.save()
    seen, hashed = [], []
    # Twice: also the second time nothing may differ.
    for email in (EMAIL, NOBODY, EMAIL, NOBODY):
        before = Counting.times
        seen.append(said(ENUMERATING[way](email), email))
        hashed.append(Counting.times - before)
    pairs = list(zip(seen[::2], seen[1::2], strict=True))

    assert [one == other for one, other in pairs] == [True, True]
    assert hashed[0] == hashed[1], "the time of one hash is the difference that can be measured"
    outcome(
        f"an address with and without an account, by {way}",
        tried=len(seen),
        let_in=sum(one != other for one, other in pairs),
        happened="the same answer, and as many passwords hashed",
    )


def test_a_session_that_was_planted(user: User, outcome: Outcome) -> None:
    planted, adopted = [], []
    visitor = Client()
    session = visitor.session
    session["planted"] = True
    session.save()
    planted.append(session.session_key)
    planted.append("a" * 32)  # one that the server never made
    for key in planted:
        victim, thief = Client(), Client()
        victim.cookies["sessionid"] = thief.cookies["sessionid"] = key or ""
        sign_in(victim)
        assert is_signed_in(victim)
        adopted.append(is_signed_in(thief) or victim.cookies["sessionid"].value == key)

    assert adopted == [False, False]
    outcome(
        "a session key planted in a browser before its user signs in",
        tried=len(planted),
        let_in=sum(adopted),
        happened="the key changes with the sign-in; whoever planted it is not signed in",
    )


HOSTILE_HEADERS = [
    {"Host": "evil.example"},
    {"Host": "testserver.evil.example"},
    {"Host": "testserver@evil.example"},
    {"Host": "evil.example:testserver"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Server": "evil.example", "X-Host": "evil.example"},
    {"Forwarded": "host=evil.example", "X-Original-Host": "evil.example"},
    {"Origin": "https://evil.example", "Referer": "https://evil.example/"},
]
MAILED = {
    "/accounts/password/reset/": {"email": EMAIL},
    "/accounts/signup/": {"email": "new@example.kr", "password1": PASSWORD, "consent": "on"},
}


@pytest.mark.parametrize("behind_proxy", [False, True])
def test_a_mail_with_a_link_of_somebody_else(
    user: User, settings: Settings, outcome: Outcome, behind_proxy: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = int(behind_proxy)
    links = []
    for headers in HOSTILE_HEADERS:
        for path, form in MAILED.items():
            cache.clear()  # mails are counted
            User.objects.filter(email="new@example.kr").delete()
            Client().post(path, form, headers=headers)
    for message in mail.outbox:
        links += re.findall(r"https?://\S+", str(message.body))

    assert links
    strange = [link for link in links if urlsplit(link).netloc != "testserver"]
    assert strange == []
    outcome(
        "mails to reset a password or confirm an address, asked for with a forged Host",
        tried=len(HOSTILE_HEADERS) * len(MAILED),
        let_in=len(strange),
        happened="400 and no mail, or a mail whose links lead here",
    )


AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "http:///evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://testserver.evil.example/",
    "http://testserver@evil.example/",
    "http://evil.example\\@testserver/",
    "ftp://testserver/",
    "/%0d%0aLocation:https://evil.example",
    "/\r\nSet-Cookie: planted=1",
    "https:/\\evil.example",
    "%2f%2fevil.example",
]
# Everything that sends on to where a parameter says.
SENDS_ON: dict[str, dict[str, str]] = {
    "/accounts/login/": {"login": EMAIL, "password": PASSWORD},
    "/accounts/logout/": {},
    "/accounts/signup/": {"email": "new@example.kr", "password1": PASSWORD, "consent": "on"},
    "/accounts/reauthenticate/": {"password": PASSWORD},
    "/accounts/google/login/": {},
    "/admin/login/": {"username": EMAIL, "password": PASSWORD},
    "/admin/logout/": {},
    "/theme/": {"theme": "dark"},
    "/i18n/setlang/": {"language": "en"},
}
SIGNED_IN = {"/accounts/logout/", "/accounts/reauthenticate/", "/admin/logout/"}


def leads_away(location: str) -> bool:
    """Return whether a browser at our site would leave it, or run something, for a Location."""
    read = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    there = urlsplit(urljoin("http://testserver/accounts/", read))
    if there.netloc == "accounts.google.com":
        # Where its form leads: `next` is kept here meanwhile.
        return "evil" in location
    return (there.scheme, there.netloc) != ("http", "testserver")


def test_links_that_lead_away(user: User, settings: Settings, outcome: Outcome) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    app = {"client_id": "id", "secret": "secret"}
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": [app]}}
    led, tried, sent_on = [], 0, set()
    for path, form in SENDS_ON.items():
        for target in ("/resumes/", *AWAY):
            for name in ("next", "url") if target == AWAY[0] else ("next",):
                User.objects.filter(email="new@example.kr").delete()
                client = Client()
                if path in SIGNED_IN:
                    sign_in(client)
                for answer in (
                    client.get(path, {name: target}),
                    client.post(path, {**form, name: target}),
                ):
                    location = answer.headers.get("Location", "")
                    tried += target in AWAY
                    if location.endswith("/resumes/"):
                        sent_on.add(path)
                    if target in AWAY and (leads_away(location) or "planted" in client.cookies):
                        led.append(f"{path} {name}={target!r}: {location}")

    assert "\n".join(led) == ""
    # That they do follow `next` where it stays here.
    assert sent_on >= {"/accounts/login/", "/accounts/signup/", "/theme/", "/i18n/setlang/"}
    outcome(
        "redirects to another site by `next` and the like, wherever one is sent on",
        tried=tried,
        let_in=len(led),
        happened="every redirect stays on this site, none writes a header",
    )
