"""What every page may show."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return whether this is the embedded mode, whose demo account the sign-in page names."""
    return {"embedded": settings.EMBEDDED}
