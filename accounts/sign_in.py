"""Signing in through the API: by the same rules as on the pages, with tokens for a session."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.models import Login
from allauth.account.utils import has_verified_email
from allauth.core.internal.ratelimit import get_rates
from django.contrib.auth.models import update_last_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied, Throttled

from accounts import tokens
from accounts.models import User, UserBlacklist
from gaechwi.api.problems import Unauthorized


class Inactive(PermissionDenied):
    """The account exists, and staff have switched it off."""

    default_detail = _("이용이 멈춘 계정입니다.")
    default_code = "inactive"


class Unconfirmed(PermissionDenied):
    """The user has to follow the link in a mail first."""

    default_detail = _("이메일 주소를 먼저 확인해 주세요. 확인 메일의 링크를 열면 됩니다.")
    default_code = "unconfirmed"


def by_password(request: HttpRequest, email: str, password: str) -> tokens.Pair:
    """Return tokens for an address and its password.

    Raises Unauthorized where they do not fit, in the same words for an address that nobody has;
    Throttled after too many failures, here or on the page; and what `let_in` raises.
    """
    adapter = get_adapter(request)
    try:
        user = adapter.authenticate(request, email=email, password=password)
    except ValidationError:
        rates = get_rates(app="allauth.account", action="login_failed")
        raise Throttled(max(rate.duration for rate in rates)) from None
    if user is None:
        raise Unauthorized(adapter.error_messages["email_password_mismatch"])
    return let_in(request, Login(user=user, email=email))


def let_in(request: HttpRequest, login: Login) -> tokens.Pair:
    """Return tokens for a user who has shown who they are.

    Raises Inactive, Blocked, or Unconfirmed: an address that waits for its confirmation gets the
    mail once more, as on the page.
    """
    user: User = login.user
    if not user.is_active:
        raise Inactive
    if block := UserBlacklist.objects.in_force().filter(user=user).first():
        raise tokens.Blocked(block.reason)
    must_confirm = app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY
    if must_confirm and not has_verified_email(user, login.email):
        send_verification_email_at_login(request, login)
        raise Unconfirmed
    update_last_login(User, user)
    return tokens.issue(user)
