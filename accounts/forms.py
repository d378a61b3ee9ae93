from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.adapters import drop_claims
from accounts.models import User


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """Sign-in by e-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("로그인 상태 유지")
        # The page itself has the link to the forgotten password.
        self.fields["password"].help_text = ""


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """Sign-up by e-mail and password, and a name to be greeted by."""

    name = forms.CharField(
        label=_("이름"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    consent = forms.BooleanField(
        label=_("개인정보 처리방침을 읽었고, 개인정보를 모으고 쓰는 데 동의합니다."),
        error_messages={"required": _("동의해야 가입할 수 있습니다.")},
    )

    field_order = ["name", "email", "password1", "consent"]
    account_already_exists: bool

    def validate_unique_email(self, value: str) -> str:
        """Return the address, or refuse one that has an account already."""
        if not User.objects.with_email(value).exists():
            return value
        email: str = super().validate_unique_email(value)
        return email

    def save(self, request: HttpRequest) -> User:
        """Return the new user, whose address nobody else can come to claim."""
        drop_claims(self.cleaned_data["email"])
        user: User = super().save(request)
        return user

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Save the user, or answer as for an address that has an account already."""
        if self.account_already_exists:
            # As long as it takes to make an account: the time must not tell that there is one.
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            # Two clicks on the button: the other request has made the account since the check.
            if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
                messages.error(request, get_adapter().error_messages["email_taken"])
                raise ImmediateHttpResponse(redirect("account_login")) from None
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved


class ResetPasswordForm(AllauthResetPasswordForm):  # type: ignore[misc]
    """Asks for a link by which to choose a new password."""

    def clean_email(self) -> str:
        """Return the address; one that was written into an account and never confirmed is none."""
        email: str = super().clean_email()
        self.users = list(User.objects.with_email(email).filter(is_active=True))
        return email


class UserAddForm(AdminUserCreationForm[User]):
    """The admin's form for a new user."""

    class Meta:
        model = User
        fields = ["email", "name"]
        field_classes: dict[str, type[forms.Field]] = {}


class UserEditForm(UserChangeForm[User]):
    """The admin's form for a user."""

    class Meta:
        model = User
        fields = ["email", "name", "gender", "user_type"]
        field_classes: dict[str, type[forms.Field]] = {}
