"""Template access to Korean particles."""

from __future__ import annotations

from django import template

from gaechwi import particles

register = template.Library()


@register.filter
def particle(word: str, forms: str) -> str:
    """Return the particle that follows a word: `{{ model }}{{ model|particle:"이/가" }}`."""
    return particles.particle(word, forms)
