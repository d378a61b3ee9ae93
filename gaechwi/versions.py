"""Forms that write nothing over what was saved after they were opened."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gaechwi.forms import FocusedField

ModelT = TypeVar("ModelT", bound=Model)


class SavedField(FocusedField):
    """A field that can say what is saved in its place."""

    form: VersionedForm[Any]

    @property
    def saved_words(self) -> str:
        """What is saved where a stale form says something else, "" elsewhere."""
        if not self.form.is_stale or self.name not in self.form.changed_data:
            return ""
        value = self.field.prepare_value(self.initial)
        if value in self.field.empty_values:
            return _("비어 있음")
        if isinstance(self.field.widget, forms.Select):
            return str(dict(self.field.widget.choices).get(value, value))
        return str(self.field.widget.format_value(value))


class VersionedForm(forms.ModelForm[ModelT]):
    """A form that carries the version of the row that it was opened on.

    Whoever saves it has read the row under a lock that holds until it is saved, so that nothing
    comes between the comparison and the save. Saving once more writes over what was shown then.
    """

    bound_field_class = SavedField
    is_stale = False

    @property
    def version(self) -> str:
        """What is saved in the fields of the form, as a checksum; "" of a row that is new.

        What the form does not hold may change meanwhile, as the sections of a résumé do.
        """
        if self.instance._state.adding:
            return ""
        saved = {name: self.initial.get(name) for name in self.fields}
        return sha256(json.dumps(saved, cls=DjangoJSONEncoder).encode()).hexdigest()

    @property
    def saved_at(self) -> datetime:
        """When the row was last saved."""
        saved_at: datetime = self.instance.updated_at  # type: ignore[attr-defined]
        return saved_at

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError where saving would undo what the form has not shown."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.is_stale = bool(
            self.version and self.data.get("version") != self.version and self.changed_data
        )
        if self.is_stale:
            when = date_format(localtime(self.saved_at), "DATETIME_FORMAT")
            self.add_error(
                None,
                ValidationError(
                    _(
                        "이 화면을 연 뒤에 다른 곳에서 내용이 바뀌었습니다"
                        " (마지막 저장: %(when)s). 덮어쓰지 않도록 아직 저장하지 않았고,"
                        " 적으신 내용은 그대로 있습니다. 아래 칸에서 저장된 내용과 견주어 보세요."
                    )
                    % {"when": when},
                    code="stale",
                ),
            )
        return cleaned
