from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from imports.models import ResumeImport

register = template.Library()

# The newest that wait for their user; older ones are reached once these are done.
SHOWN = 3


@register.inclusion_tag("imports/_unsaved.html")
def unsaved_imports(user: User) -> dict[str, Any]:
    """Show the imports that no résumé was made of yet."""
    return {"imports": ResumeImport.objects.for_user(user).unsaved().for_lists()[:SHOWN]}
