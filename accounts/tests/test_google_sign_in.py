from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.backends.cached_db import SessionStore
from django.test import Client
from playwright.sync_api import sync_playwright

from accounts.models import User
from accounts.tests.google import CLIENT_SECRET, Google
from accounts.tests.people import (
    EMAIL,
    PASSWORD,
    block,
    is_signed_in,
    link_of_mail,
    new_user,
    sign_in,
)
from privacy.models import DataDownload
from tests.chromium import launch

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]

CLAIMS = {
    "email": EMAIL,
    "email_verified": True,
    "name": "김지수",
    "picture": "https://lh3.googleusercontent.com/a/photo",
}


class Browser(httpx2.Client):
    """Somebody's browser at the site."""

    def __init__(self, site: str) -> None:
        super().__init__(base_url=site, follow_redirects=True)

    def ask_google(self, **fields: str) -> httpx2.Response:
        """Press the button; return the provider's page."""
        self.get("/accounts/login/")
        form = {"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields}
        return self.post("/accounts/google/login/", data=form)

    def sign_in(self, sub: str, **fields: str) -> httpx2.Response:
        """Sign in through the provider; return the page where that ends."""
        return self.post(self.ask_google(**fields).url, data={"sub": sub})

    def sign_in_by_password(self) -> None:
        """Sign in by the form."""
        self.get("/accounts/login/")
        form = {"login": EMAIL, "password": PASSWORD, **self._token}
        self.post("/accounts/login/", data=form)

    def confirm_password(self, **fields: str) -> None:
        """Type the password once more."""
        form = {"password": PASSWORD, **self._token, **fields}
        self.post("/accounts/reauthenticate/", data=form)

    @property
    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.cookies["csrftoken"]}

    def connect(self, sub: str) -> httpx2.Response:
        """Connect an account of the provider's to the one that is signed in."""
        self.get("/accounts/3rdparty/")
        form = {"csrfmiddlewaretoken": self.cookies["csrftoken"], "process": "connect"}
        return self.post(self.post("/accounts/google/login/", data=form).url, data={"sub": sub})

    def is_signed_in(self) -> bool:
        """Return whether pages for signed-in users open."""
        return self.get("/accounts/email/").url.path == "/accounts/email/"


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    """Return the browser of somebody who has not signed in."""
    with Browser(site) as browser:
        yield browser


def test_it_works(browser: Browser, google: Google) -> None:
    page = browser.sign_in(google.has_user("1", **CLAIMS))

    assert page.url.path == "/"
    assert "김지수" in page.text
    assert browser.is_signed_in()
    user = User.objects.get()
    assert (user.email, user.name, user.picture) == (EMAIL, CLAIMS["name"], CLAIMS["picture"])
    assert user.user_type == User.JOB_SEEKER
    assert not user.has_usable_password()
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (EMAIL, True, True)
    assert SocialAccount.objects.get(user=user).uid == "1"
    assert not SocialToken.objects.exists(), "nothing of Google's is called later: keep no key"
    asked = google.asked[0]
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert asked["code_challenge_method"] == "S256"


@pytest.mark.browser
def test_in_a_real_browser(site: str, google: Google) -> None:
    google.has_user("1", **CLAIMS)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(locale="ko-KR")
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(f"{site}/accounts/login/")
        page.get_by_role("button", name="Google 계정으로 계속하기").click()
        page.get_by_placeholder("sub").fill("1")
        page.get_by_role("button", name="Authorize").click()
        page.wait_for_url(f"{site}/")
        name = page.locator(".menu summary").inner_text()
        browser.close()

    assert name.startswith("김지수")
    assert [text for text in refused if "Content Security Policy" in text] == []


def forget_sign_in(browser: Browser) -> None:
    """Let the sign-in of a browser be too long ago to be trusted with what cannot be undone."""
    session = SessionStore(browser.cookies["sessionid"])
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()


@pytest.mark.parametrize("path", ["/account/delete/", "/accounts/password/set/"])
def test_who_has_no_password_is_sent_through_google_again(
    browser: Browser, google: Google, path: str
) -> None:
    browser.sign_in(google.has_user("1", **CLAIMS))
    assert browser.get(path).url.path == path, "who has just come is not asked"
    forget_sign_in(browser)

    page = browser.get(path)
    assert page.url.path == "/accounts/again/"
    asked = browser.post(
        html.unescape(re.findall(r'action="(/accounts/google/[^"]+)"', page.text)[0]),
        data={"csrfmiddlewaretoken": browser.cookies["csrftoken"]},
    )
    assert parse_qs(asked.url.query.decode())["prompt"] == ["select_account consent"]
    assert browser.post(asked.url, data={"sub": "1"}).url.path == path
    assert User.objects.count() == 1


def test_a_form_is_not_sent_by_who_comes_back(browser: Browser, google: Google) -> None:
    browser.sign_in(google.has_user("1", **CLAIMS))
    forget_sign_in(browser)
    form = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}

    assert browser.post("/account/data/", data=form).url.path == "/accounts/again/"
    page = browser.sign_in("1", next="/account/data/")

    assert page.url.path == "/account/"
    assert not DataDownload.objects.exists()
    browser.post("/account/data/", data={"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
    assert DataDownload.objects.count() == 1


def test_a_session_alone_connects_no_account(browser: Browser, google: Google) -> None:
    browser.sign_in(google.has_user("1", **CLAIMS))
    google.has_user("2", email="attacker@evil.example", email_verified=True)
    forget_sign_in(browser)

    assert browser.connect("2").url.path == "/accounts/again/"
    browser.sign_in("2")

    assert SocialAccount.objects.get(user__email=EMAIL).uid == "1"


def test_a_connection_waits_for_no_password(browser: Browser, google: Google) -> None:
    """It would be carried out by whoever gives theirs next, and for something else."""
    new_user()
    browser.sign_in_by_password()
    google.has_user("2", email="attacker@evil.example", email_verified=True)
    form = {"csrfmiddlewaretoken": browser.cookies["csrftoken"], "process": "connect"}
    asked = browser.post("/accounts/google/login/", data=form)

    assert browser.post(asked.url, data={"sub": "2"}).url.path == "/accounts/reauthenticate/"
    browser.confirm_password(next="/account/delete/")

    assert browser.get("/account/delete/").url.path == "/account/delete/"
    assert not SocialAccount.objects.exists()


def test_who_has_a_password_is_not_sent_there(browser: Browser, google: Google) -> None:
    new_user()
    browser.sign_in(google.has_user("1", **CLAIMS))

    assert browser.get("/account/delete/").url.path == "/accounts/reauthenticate/"
    assert browser.get("/accounts/again/").url.path == "/accounts/reauthenticate/"


def test_again(browser: Browser, google: Google, site: str) -> None:
    browser.sign_in(google.has_user("1", **CLAIMS))
    user = User.objects.get()
    user.name = "지수"
    user.save()
    google.has_user("1", **{**CLAIMS, "email": "new.address@example.kr"})

    with Browser(site) as later:
        later.sign_in("1")

        assert later.is_signed_in()
    user.refresh_from_db()
    assert (user.email, user.name) == (EMAIL, "지수"), "what the user has set stays"


def test_next_stays_here(browser: Browser, google: Google) -> None:
    google.has_user("1", **CLAIMS)

    assert browser.sign_in("1", next="/resumes/").url.path == "/resumes/"
    browser.cookies.clear()
    assert browser.sign_in("1", next="https://evil.example/").url.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("claims", "name", "picture"),
    [
        ({"name": None, "picture": None}, "", ""),
        ({"name": "가" * 80}, "가" * 50, CLAIMS["picture"]),
        ({"picture": "javascript:alert(1)"}, "김지수", ""),
        ({"picture": f"https://lh3.googleusercontent.com/{'a' * 500}"}, "김지수", ""),
    ],
)
def test_odd_name_and_picture(
    browser: Browser, google: Google, claims: dict[str, Any], name: str, picture: str
) -> None:
    browser.sign_in(google.has_user("1", **{**CLAIMS, **claims}))

    user = User.objects.get()
    assert (user.name, user.picture) == (name, picture)


def test_confirmed_account_is_connected(browser: Browser, google: Google) -> None:
    user = new_user(name="지수")

    browser.sign_in(google.has_user("1", **{**CLAIMS, "email": "Jisu.Kim@Example.KR"}))

    assert browser.is_signed_in()
    assert SocialAccount.objects.get(uid="1").user == user
    user.refresh_from_db()
    assert user.name == "지수"
    client = Client()
    sign_in(client)
    assert is_signed_in(client), "the password is still the owner's own"


def test_unconfirmed_account_is_taken_from_whoever_made_it(
    browser: Browser, google: Google, site: str
) -> None:
    user = new_user(verified=False)
    EmailAddress.objects.create(user=user, email="attacker@evil.example", verified=True)
    SocialAccount.objects.create(user=user, provider="google", uid="666")
    google.has_user("666", email="attacker@evil.example", email_verified=True)
    session_of_attacker = Client()
    session_of_attacker.force_login(user)
    assert is_signed_in(session_of_attacker)
    link = link_to_new_password()

    browser.sign_in(google.has_user("1", **CLAIMS))

    assert browser.is_signed_in()
    assert SocialAccount.objects.get(uid="1").user == user
    assert not is_signed_in(session_of_attacker)
    by_password = Client()
    for address in (EMAIL, "attacker@evil.example"):
        sign_in(by_password, address)
        assert not is_signed_in(by_password)
    assert "만료되었거나" in Client().get(link).content.decode()
    with Browser(site) as attacker:
        attacker.sign_in("666")
        assert SocialAccount.objects.get(uid="666").user != user
    assert EmailAddress.objects.get(user=user).email == EMAIL


def link_to_new_password() -> str:
    """Return the link that an attacker has had mailed to an address of their own."""
    Client().post("/accounts/password/reset/", {"email": "attacker@evil.example"})
    return link_of_mail()


def test_address_that_another_wrote_into_their_account(browser: Browser, google: Google) -> None:
    attacker = new_user("attacker@evil.example")
    EmailAddress.objects.create(user=attacker, email=EMAIL, verified=False)

    browser.sign_in(google.has_user("1", **CLAIMS))

    owner = User.objects.get(email=EMAIL)
    assert owner != attacker
    assert SocialAccount.objects.get(uid="1").user == owner
    assert [address.email for address in EmailAddress.objects.filter(user=attacker)] == [
        "attacker@evil.example"
    ]
    attacker.refresh_from_db()
    assert attacker.check_password(PASSWORD)


@pytest.mark.parametrize("with_account", [True, False])
@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": None}, {"email": None}, {"email": ""}]
)
def test_address_that_google_has_not_confirmed(
    browser: Browser, google: Google, claims: dict[str, Any], with_account: bool
) -> None:
    if with_account:
        new_user()

    page = browser.sign_in(google.has_user("1", **{**CLAIMS, **claims}))

    assert page.status_code == 403
    assert "Google이 확인하지 않은 이메일입니다" in page.text
    assert not browser.is_signed_in()
    assert User.objects.count() == int(with_account)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("connected", [True, False])
def test_blocked_user(browser: Browser, google: Google, connected: bool) -> None:
    user = new_user()
    if connected:
        SocialAccount.objects.create(user=user, provider="google", uid="1")
    block(user, "허위 경력을 반복해 적음")

    page = browser.sign_in(google.has_user("1", **CLAIMS))

    assert page.status_code == 403
    assert "허위 경력을 반복해 적음" in page.text
    assert not browser.is_signed_in()


def test_inactive_user(browser: Browser, google: Google) -> None:
    new_user(is_active=False)

    page = browser.sign_in(google.has_user("1", **CLAIMS))

    assert page.url.path == "/accounts/inactive/"
    assert not browser.is_signed_in()


def test_user_who_says_no(browser: Browser, google: Google) -> None:
    page = browser.post(browser.ask_google().url, data={"action": "deny"})

    assert page.status_code == 200
    assert "로그인을 그만두었습니다" in page.text
    assert not browser.is_signed_in()


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://accounts.evil.example"},
        {"aud": "another-client"},
        {"exp": int(time.time()) - 60},
    ],
)
def test_token_that_is_not_for_us(browser: Browser, google: Google, claims: dict[str, Any]) -> None:
    google.spoiled_claims = claims

    page = browser.sign_in(google.has_user("1", **CLAIMS))

    assert "Google에서 확인을 받지 못했습니다" in page.text
    assert not browser.is_signed_in()
    assert not User.objects.exists()


def test_google_is_down(browser: Browser, google: Google) -> None:
    google.is_down = True

    page = browser.sign_in(google.has_user("1", **CLAIMS))

    assert "Google에서 확인을 받지 못했습니다" in page.text
    assert not User.objects.exists()


def test_answer_to_another_browser(browser: Browser, google: Google, site: str) -> None:
    google.has_user("1", **CLAIMS)
    with Browser(site) as attacker:
        asked = attacker.ask_google()
        answer = attacker.post(asked.url, data={"sub": "1"}, follow_redirects=False)

    page = browser.get(answer.headers["Location"])

    assert "Google에서 확인을 받지 못했습니다" in page.text
    assert not browser.is_signed_in()


def test_answer_works_once(browser: Browser, google: Google) -> None:
    google.has_user("1", **CLAIMS)
    answer = browser.post(browser.ask_google().url, data={"sub": "1"}, follow_redirects=False)
    browser.get(answer.headers["Location"])
    browser.post("/accounts/logout/", data={"csrfmiddlewaretoken": browser.cookies["csrftoken"]})

    page = browser.get(answer.headers["Location"])

    assert "Google에서 확인을 받지 못했습니다" in page.text
    assert not browser.is_signed_in()


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=oops"])
def test_answer_that_nobody_asked_for(browser: Browser, google: Google, query: str) -> None:
    page = browser.get(f"/accounts/google/login/callback/{query}")

    assert page.status_code < 500
    assert "Google에서 확인을 받지 못했습니다" in page.text


def test_link_asks_first(browser: Browser, google: Google) -> None:
    page = browser.get("/accounts/google/login/")

    assert google.asked == []
    assert "계속하기" in page.text


def test_where_it_leads(browser: Browser, google: Google, site: str) -> None:
    url = urlsplit(str(browser.ask_google().url))

    assert f"{url.scheme}://{url.netloc}" == google.url
    assert parse_qs(url.query)["redirect_uri"] == [f"{site}/accounts/google/login/callback/"]
    assert CLIENT_SECRET not in url.query


def test_connect_and_disconnect(browser: Browser, google: Google, site: str) -> None:
    user = new_user()
    browser.sign_in_by_password()
    browser.confirm_password()

    page = browser.connect(google.has_user("1", email="other@example.kr", email_verified=True))

    assert page.url.path == "/accounts/3rdparty/"
    assert "other@example.kr" in page.text
    assert SocialAccount.objects.get().user == user
    with Browser(site) as other:
        other.sign_in("1")
        assert other.is_signed_in()
        assert User.objects.count() == 1

    token = browser.cookies["csrftoken"]
    account = str(SocialAccount.objects.get().pk)
    browser.post("/accounts/3rdparty/", data={"account": account, "csrfmiddlewaretoken": token})
    assert not SocialAccount.objects.exists()


def test_connect_an_account_of_somebody_else(browser: Browser, google: Google, site: str) -> None:
    browser.sign_in(google.has_user("1", **CLAIMS))
    with Browser(site) as other:
        other.sign_in(google.has_user("2", email="other@example.kr", email_verified=True))

        page = other.connect("1")

    assert "다른 계정에 연결되어 있습니다" in page.text
    assert SocialAccount.objects.get(uid="1").user.email == EMAIL


def test_connecting_changes_nothing_at_an_unconfirmed_account(
    browser: Browser, google: Google
) -> None:
    victim = new_user("victim@example.kr", verified=False)
    browser.sign_in(google.has_user("1", **CLAIMS))

    browser.connect(google.has_user("2", email="victim@example.kr", email_verified=True))

    victim.refresh_from_db()
    assert victim.check_password(PASSWORD)


def test_last_way_in_stays(browser: Browser, google: Google) -> None:
    browser.sign_in(google.has_user("1", **CLAIMS))
    browser.get("/accounts/3rdparty/")
    token = browser.cookies["csrftoken"]
    account = str(SocialAccount.objects.get().pk)

    page = browser.post(
        "/accounts/3rdparty/", data={"account": account, "csrfmiddlewaretoken": token}
    )

    assert "비밀번호가 설정되어있지 않습니다" in page.text
    assert SocialAccount.objects.exists()


def test_token_from_elsewhere_is_checked(browser: Browser, google: Google) -> None:
    """The one address that takes an ID token from a browser must check its signature."""
    browser.cookies.set("g_csrf_token", "x")
    forged = "eyJhbGciOiJub25lIiwia2lkIjoiMSJ9.eyJzdWIiOiIxIiwiZW1haWwiOiJhQGIuYyJ9."

    page = browser.post(
        "/accounts/google/login/token/", data={"credential": forged, "g_csrf_token": "x"}
    )

    assert page.status_code < 500
    assert not browser.is_signed_in()
    assert not User.objects.exists()


def test_no_button_without_a_client(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "Google" not in page
