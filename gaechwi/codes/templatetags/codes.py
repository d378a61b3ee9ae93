"""Template access to the code table."""

from __future__ import annotations

from django import template

from gaechwi.codes.models import Code

register = template.Library()


@register.filter
def code(detail_id: str, division: str) -> str:
    """Return the words of a code: `{{ job.employment_type|code:"employment_type" }}`."""
    return Code.objects.detail(division, detail_id)
