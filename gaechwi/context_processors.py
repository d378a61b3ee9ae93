"""What every page may show."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, object]:
    """Return what every page needs.

    `embedded` is whether there is a demo account, which the sign-in page names; `theme` what the
    user chose, "" where the device decides.
    """
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {"embedded": settings.EMBEDDED, "theme": theme if theme in THEMES else ""}
