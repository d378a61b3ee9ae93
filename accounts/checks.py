from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@register(Tags.security)
def check_embedded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse the embedded mode, and with it the public demo password, on a public address."""
    if settings.EMBEDDED and urlsplit(settings.SITE_URL).hostname not in LOOPBACK:
        return [
            Error(
                f"EMBEDDED is set, but SITE_URL is {settings.SITE_URL}.",
                hint="The embedded mode has a demo account with a public password: it must not be"
                " reached from elsewhere. Unset EMBEDDED in production.",
                id="accounts.E001",
            )
        ]
    return []


@register(Tags.security)
def check_google(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to fetch ID tokens in the clear.

    A token that came straight from its issuer over TLS needs no check of its signature, and gets
    none; over anything else, whoever is in between could sign in as anybody.
    """
    address = urlsplit(settings.SOCIALACCOUNT_PROVIDERS["google"].get("ACCESS_TOKEN_URL", ""))
    if address.scheme in {"", "https"} or address.hostname in LOOPBACK:
        return []
    return [
        Error(
            f"GOOGLE_ACCESS_TOKEN_URL is {address.geturl()}.",
            hint="The server that issues the tokens must be reached by https.",
            id="accounts.E002",
        )
    ]
