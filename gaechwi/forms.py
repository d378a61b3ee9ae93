"""What every form of the project shares: how it renders, what it is given, what it refuses."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import category, normalize

from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from gaechwi.languages import is_foreign_korean


class FocusedField(forms.BoundField):
    """A field that says the language of its words, and takes the focus where it is at fault.

    The first at fault takes it, also without JavaScript.
    """

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Return the attributes of the widget. A summary before it is focused in its place."""
        attrs = dict(super().build_widget_attrs(attrs, widget))
        if isinstance(self.field.widget, (forms.TextInput, forms.Textarea)) and is_foreign_korean(
            self.value() or ""
        ):
            attrs["lang"] = "ko"
        # Few fields are at fault: to look for the first for each of them took a tenth of a form.
        if self.errors and self is next(
            (field for field in self.form.visible_fields() if field.errors), None
        ):
            attrs["autofocus"] = True
        return attrs


class FormRenderer(TemplatesSetting):
    """Renders fields with the project's own templates, so that all forms look alike."""

    bound_field_class = FocusedField
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted as plain text, composed and visible; None for another method.

    macOS writes Hangul as single letters, and browsers end lines with two characters: neither may
    count towards a limit, or set apart what reads the same.
    """
    if request.method != "POST":
        return None
    data = request.POST.copy()
    for name, values in data.lists():
        data.setlist(name, [plain(text) for text in values])
    return data


# Characters without width or meaning: a text of nothing else is empty, and no text needs them.
# Those that turn the direction of writing around would show a text other than it is stored.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = f"\u00ad\u200b\u2060\ufeff{_DIRECTIONS}"
# They have no width either, but make one sign of two: where one stands beside nothing, it is none.
JOINERS = "\u200c\u200d"
# To look for them takes a fraction of `translate`, which looks every character up.
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_JOINS_NOTHING = re.compile(rf"(?<!\S)[{JOINERS}]+|[{JOINERS}]+(?!\S)")


# More marks than this on one letter (UAX #15, "Stream-Safe") are in no language. To compose a text,
# Python sorts them in a time that grows with the square of their number, and nothing else runs
# meanwhile: a heap of them would stop the whole process.
_MAX_MARKS = 30
# Where there may be more: marks are neither letters nor white space.
_HEAP = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS + 1},}}")


def plain(text: str) -> str:
    """Return a text composed and visible, with lines that end in one character."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text.replace("\r\n", "\n"))
        text = _JOINS_NOTHING.sub("", text)
    if len(text) > _MAX_MARKS:
        text = _HEAP.sub(_fewer_marks, text)
    return normalize("NFC", text)


def _fewer_marks(heap: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in heap[0]:
        marks = marks + 1 if category(character).startswith("M") else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


class LengthLimit(MaxLengthValidator):
    """The longest a text may be; whoever passes it is told both numbers."""

    def __call__(self, value: str) -> None:
        """Raise ValidationError for a longer text."""
        if len(value) > self.limit_value:
            raise ValidationError(
                _("%(limit)s자까지 적을 수 있는데 %(length)s자를 적으셨습니다.")
                % {"limit": intcomma(self.limit_value), "length": intcomma(len(value))},
                code="max_length",
            )


def say_limits(form: forms.BaseForm) -> None:
    """Let a text that is too long be sent, and be answered with both numbers.

    A browser that knows the limit of a text cuts off in silence what is pasted beyond it.
    """
    for field in form.fields.values():
        if not isinstance(field, forms.CharField) or field.max_length is None:
            continue
        field.validators = [
            LengthLimit(field.max_length)
            if isinstance(validator, MaxLengthValidator)
            else validator
            for validator in field.validators
        ]
        field.widget.attrs.pop("maxlength", None)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["data-limit"] = field.max_length
