from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    """What a user is called."""

    class Meta:
        model = User
        fields = ["name"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class DeleteForm(forms.Form):
    """Makes sure that a user means it, and is who they are."""

    email = forms.EmailField(
        label=_("내 이메일 주소"),
        help_text=_("지우려는 계정이 맞는지 확인하려고 적습니다."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Return the address. Raises ValidationError for another one than the account's."""
        email: str = self.cleaned_data["email"]
        if email.lower() != self.user.email:
            raise ValidationError(_("이 계정의 이메일 주소가 아닙니다."), code="other")
        return email
