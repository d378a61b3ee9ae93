"""Shows the words of a résumé with their marks."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

register = template.Library()


@register.inclusion_tag("resumes/_passage.html", takes_context=True)
def passage(context: Context, section: str, index: int | None, field: str) -> dict[str, Any]:
    """Show one passage of the document that the page is about; nothing where it is empty."""
    return {"stretches": context["stretches"].get((section, index, field), [])}
