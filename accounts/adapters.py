"""Where this project answers differently from allauth."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Any

import requests
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, Provider
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import TokenFamily, User, UserBlacklist
from gaechwi.api.middleware import is_api


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Tells a blocked user why, whichever way they came."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Return the page that stops a sign-in, None to let it go on."""
        response: HttpResponse | None = blocked_page(request, user) or super().pre_login(
            request, user, **kwargs
        )
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether somebody with a password must have typed it lately.

        Raises ReauthenticationRequired for those who have none and have not come through Google
        lately: allauth would ask them nothing.
        """
        user = self.request.user
        if user.is_authenticated and not user.has_usable_password():
            if not signed_in_lately(self.request):
                raise ReauthenticationRequired
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return where a user is asked who they are."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return methods or [{"id": "sign_in_again", "url": reverse("sign_in_again")}]

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep a message for the next page. The API says in its answer what there is to say."""
        if not is_api(request):
            super().add_message(request, *args, **kwargs)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign a user in. One who was blocked while confirming their address gets no further."""
        if response := blocked_page(request, user):
            raise ImmediateHttpResponse(response)
        super().login(request, user)

    def clean_email(self, email: str) -> str:
        """Return an address that fits; allauth would cut off the rest of a longer one."""
        MaxLengthValidator(User._meta.get_field("email").max_length)(email)
        return email

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Return whether an address could be confirmed: not where another account has it."""
        email = email_address.email
        if User.objects.with_email(email).exclude(pk=email_address.user_id).exists():
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email})
            return False
        confirmed: bool = super().confirm_email(request, email_address)
        return confirmed

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Return the user of a sign-up form, saved with the name that it gave."""
        user.name = form.cleaned_data.get("name") or user.name
        saved: User = super().save_user(request, user, form, commit)
        return saved


class UserSessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Signs programs out along with the other browsers."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        """End sessions of the user, who wants nobody else signed in."""
        super().end_sessions(sessions)
        TokenFamily.objects.filter(user=self.request.user.pk, revoked_at=None).revoke()


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Takes name and picture over from Google, and its word for who owns an address."""

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Return the user of an address that Google confirms, None where there is none."""
        for email in confirmed_emails(sociallogin):
            confirmed = User.objects.filter(emailaddress__email=email, emailaddress__verified=True)
            if user := confirmed.first() or User.objects.with_email(email).first():
                return user, email
        return None

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Provider:
        """Return a provider. Raises Http404 where this site is not set up for it."""
        try:
            return super().get_provider(request, provider, client_id=client_id)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    def get_requests_session(self) -> requests.Session:
        """Return a session in which an answer of a server in trouble is no answer."""
        session: requests.Session = super().get_requests_session()
        session.hooks["response"].append(_refuse_trouble)
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Settle, before the first sign-in with a Google account, whose address it is."""
        process = sociallogin.state.get("process", AuthProcess.LOGIN)
        if process == AuthProcess.CONNECT:
            hold_to_recent(request)
        signs_in = process == AuthProcess.LOGIN
        if not signs_in or sociallogin.account.pk:
            return
        emails = confirmed_emails(sociallogin)
        if not emails:
            raise ImmediateHttpResponse(
                render(request, "accounts/unconfirmed_at_google.html", status=403)
            )
        for email in emails:
            give_to_owner(email, sociallogin.user if sociallogin.is_existing else None)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        """Return the user to be made for a first sign-in through Google."""
        user: User = super().populate_user(request, sociallogin, data)
        claims = sociallogin.account.extra_data
        user.name = str(claims.get("name") or "")[:50]
        picture = str(claims.get("picture") or "")
        user.picture = picture if picture.startswith("https://") and len(picture) <= 500 else ""
        return user


def ask_who_it_is(request: HttpRequest, then: str) -> HttpResponse:
    """Return the way to where a user shows who they are, and from there to an address of ours."""
    [method, *_others] = get_adapter(request).get_reauthentication_methods(request.user)
    return HttpResponseRedirect(f"{method['url']}?{urlencode({REDIRECT_FIELD_NAME: then})}")


def hold_to_recent(request: HttpRequest) -> None:
    """Let a Google account be connected only by who has shown lately who they are.

    Raises ImmediateHttpResponse. allauth would keep the account in the session, and connect it with
    whatever else the password is given for.
    """
    try:
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
    except ReauthenticationRequired:
        here = reverse("socialaccount_connections")
        raise ImmediateHttpResponse(ask_who_it_is(request, here)) from None


def signed_in_lately(request: HttpRequest) -> bool:
    """Return whether the user of a session has shown who they are within the time allowed."""
    records = get_authentication_records(request, request.user)
    limit = app_settings.REAUTHENTICATION_TIMEOUT
    return any(time.time() - record["at"] < limit for record in records)


def _refuse_trouble(response: requests.Response, **kwargs: Any) -> None:
    """Raise requests.HTTPError where the fault is the server's, and later it may be gone."""
    busy = response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    if busy or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        response.raise_for_status()


def blocked_page(request: HttpRequest, user: User) -> HttpResponse | None:
    """Return the page that tells a blocked user why, None for a user who is not blocked."""
    restriction = UserBlacklist.objects.in_force().filter(user=user).first()
    if restriction is None:
        return None
    clear_login(request)
    return render(request, "accounts/blocked.html", {"restriction": restriction}, status=403)


def confirmed_emails(sociallogin: SocialLogin) -> list[str]:
    """Return the addresses that the provider confirms to be its user's."""
    return [address.email.lower() for address in sociallogin.email_addresses if address.verified]


def drop_claims(email: str) -> None:
    """Take an address out of all accounts that it was written into and not confirmed for."""
    EmailAddress.objects.filter(email=email, verified=False).delete()


@transaction.atomic
def give_to_owner(email: str, user: User | None) -> None:
    """Leave nobody but its proven owner a way in by an address.

    Anybody can sign up with an address that is not theirs, or write it into their account, and wait
    for its owner to come: what they had put there to come back in (a password, a Google account,
    another address) goes, and changing the password ends their sessions.
    """
    drop_claims(email)
    if user is None or EmailAddress.objects.filter(user=user, email=email, verified=True).exists():
        return
    SocialAccount.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    user.set_unusable_password()
    user.save(update_fields=["password"])
