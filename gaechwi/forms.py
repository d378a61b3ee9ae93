"""How every form of the project renders."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders fields with the project's own templates, so that all forms look alike."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
