"""Shows the words of a résumé with their marks."""

from __future__ import annotations

from dataclasses import replace

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from resumes.periods import shown_period

register = template.Library()

TIMES = ("period", "acquired_date")


register.filter(shown_period)


@register.simple_tag(takes_context=True)
def passage(context: Context, section: str, index: int | None, field: str) -> SafeString:
    """Show one passage of the document that the page is about; nothing where it is empty."""
    stretches = context["stretches"].get((section, index, field))
    if not stretches:
        return SafeString()
    if field in TIMES:
        stretches = [replace(one, text=shown_period(one.text)) for one in stretches]
    # The line end of the template is none of the passage, whose own are shown.
    words = render_to_string("resumes/_passage.html", {"stretches": stretches})
    return mark_safe(words.removesuffix("\n"))  # noqa: S308 it comes from a template
