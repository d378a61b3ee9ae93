"""Shows the words of a résumé with their marks."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def passage(context: Context, section: str, index: int | None, field: str) -> SafeString:
    """Show one passage of the document that the page is about; nothing where it is empty."""
    stretches = context["stretches"].get((section, index, field))
    if not stretches:
        return SafeString()
    # The line end of the template is none of the passage, whose own are shown.
    words = render_to_string("resumes/_passage.html", {"stretches": stretches})
    return mark_safe(words.removesuffix("\n"))  # noqa: S308 it comes from a template
