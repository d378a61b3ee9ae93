"""A model field that holds the detail id of a code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gaechwi.codes.models import Code


class CodeField(models.CharField[str, str]):
    """The `detail_id` of a code of one division.

    Forms offer the codes of the division; validation refuses an id that the division has not.
    """

    def __init__(self, *args: Any, division: str = "", **kwargs: Any) -> None:
        self.division = division
        kwargs.setdefault("max_length", 50)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field for migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "division": self.division}

    @property
    def flatchoices(self) -> list[tuple[str, str]]:
        """The codes as they stand now: by them, the admin's lists and filters show words."""
        return Code.objects.choices(self.division)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError where the division has no such code."""
        super().validate(value, model_instance)
        if value and not Code.objects.detail(self.division, value):
            raise ValidationError(_("고를 수 없는 값입니다."), code="invalid_choice")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Return a select of the codes as they stand when the form is made."""
        options = {
            "label": self.verbose_name,
            "required": not self.blank,
            "help_text": self.help_text,
            **kwargs,
        }
        for of_a_text_field in ("max_length", "widget", "form_class", "choices_form_class"):
            options.pop(of_a_text_field, None)
        return forms.ChoiceField(choices=self._choices_of_form, **options)

    def _choices_of_form(self) -> list[tuple[str, str]]:
        return [("", "—"), *Code.objects.choices(self.division)]
