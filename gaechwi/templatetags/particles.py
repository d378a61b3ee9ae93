"""Template access to Korean particles."""

from __future__ import annotations

from django import template

from gaechwi import particles

register = template.Library()


@register.filter
def with_particle(word: str, forms: str) -> str:
    """Return a word with its particle in a Korean text: `{{ model|with_particle:"이/가" }}`."""
    return particles.with_particle(word, forms)
