"""Where this project answers differently from allauth."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User, UserBlacklist


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Tells a blocked user why, whichever way they came."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Return the page that stops a sign-in, None to let it go on."""
        block = UserBlacklist.objects.in_force().filter(user=user).first()
        if block:
            clear_login(request)
            return render(request, "accounts/blocked.html", {"block": block}, status=403)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def save_user(
        self, request: HttpRequest, user: User, form: Any, commit: bool = True
    ) -> User:
        """Return the user of a sign-up form, saved with the name that it gave."""
        user.name = form.cleaned_data.get("name", "")
        saved: User = super().save_user(request, user, form, commit)
        return saved


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Takes name and picture over from Google."""

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
