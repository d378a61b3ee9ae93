from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gaechwi.forms import say_limits

# The longest text of the sample, with room to write.
MAX_LENGTH = 3000


class TryOutForm(forms.Form):
    """What a visitor may write otherwise in the sample résumé."""

    description = forms.CharField(
        label=_("최근 회사에서 한 일"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 12}),
    )
    introduction = forms.CharField(
        label=_("자기소개"), max_length=MAX_LENGTH, widget=forms.Textarea({"rows": 12})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)
