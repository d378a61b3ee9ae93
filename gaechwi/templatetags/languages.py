"""Tells browsers in which language the words of a user are."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from gaechwi.languages import is_foreign_korean

register = template.Library()


@register.filter
def as_written(text: object) -> SafeString:
    """Return a text with its language, where that is another than the page's."""
    if is_foreign_korean(text):
        return format_html('<span lang="ko">{}</span>', text)
    return conditional_escape(str(text))
