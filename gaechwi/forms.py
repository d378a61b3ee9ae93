"""What every form of the project shares: how it renders, what it is given, what it refuses."""

from __future__ import annotations

from unicodedata import normalize

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _


class FormRenderer(TemplatesSetting):
    """Renders fields with the project's own templates, so that all forms look alike."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted with composed Hangul and plain line ends; None for another method.

    macOS writes Hangul as single letters, and browsers end lines with two characters: neither may
    count towards a limit, or set apart what reads the same.
    """
    if request.method != "POST":
        return None
    data = request.POST.copy()
    for name, values in data.lists():
        data.setlist(name, [normalize("NFC", text).replace("\r\n", "\n") for text in values])
    return data


def say_limits(form: forms.BaseForm) -> None:
    """Let a text that is too long be sent, and be answered with both numbers.

    A browser that knows the limit of a text cuts off in silence what is pasted beyond it.
    """
    for field in form.fields.values():
        if not isinstance(field, forms.CharField) or field.max_length is None:
            continue
        field.error_messages["max_length"] = _(
            "%(limit_value)d자까지 적을 수 있는데 %(show_value)d자를 적으셨습니다."
        )
        field.widget.attrs.pop("maxlength", None)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["data-limit"] = field.max_length
