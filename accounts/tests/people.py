"""The people of these tests."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User, UserBlacklist

PASSWORD = "북극곰-train-42"
EMAIL = "jisu.kim@example.kr"


def new_user(
    email: str = EMAIL, password: str | None = PASSWORD, verified: bool = True, **fields: Any
) -> User:
    """Return a saved user as a sign-up leaves one, by default with a confirmed address."""
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def block(user: User, reason: str = "허위 이력서", **fields: Any) -> UserBlacklist:
    """Return a block of a user: by default since a minute ago, for good."""
    fields.setdefault("blocked_from", timezone.now() - timedelta(minutes=1))
    return UserBlacklist.objects.create(user=user, reason=reason, **fields)


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    """Send the sign-in form."""
    return client.post("/accounts/login/", {"login": email, "password": password})


def confirm_password(client: Client) -> None:
    """Type the password once more, as is asked for before what cannot be undone."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def fresh(user: User) -> Client:
    """Return a browser in which a user has just given the password, for what asks for it again."""
    client = Client()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()
    return client


def link_of_mail() -> str:
    """Return the path that the newest mail leads to."""
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert link, mail.outbox[-1].body
    return link[1]


def is_signed_in(client: Client) -> bool:
    """Return whether the pages for signed-in users open."""
    return client.get("/accounts/password/change/").status_code == 200


def user_form(user: User, **fields: str) -> dict[str, str]:
    """Return the form of a user's page in the admin with these fields changed."""
    return {
        "email": user.email,
        "name": user.name,
        "user_type": user.user_type,
        "is_active": "on",
        "blocks-TOTAL_FORMS": "0",
        "blocks-INITIAL_FORMS": "0",
        **fields,
    }
