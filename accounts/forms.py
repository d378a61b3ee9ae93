from __future__ import annotations

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """Sign-up by e-mail and password, and a name to be greeted by."""

    name = forms.CharField(
        label=_("이름"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ["name", "email", "password1"]


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
        fields = "__all__"
        field_classes: dict[str, type[forms.Field]] = {}
