"""How often one may try to sign in through the API."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class AddressThrottle(SimpleRateThrottle):
    """Counts what comes from one address of the network, at all endpoints of the sign-in."""

    scope = "sign_in_address"

    def get_rate(self) -> str:
        """Return the limit in the framework's words."""
        return f"{settings.API_SIGN_INS_PER_ADDRESS}/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Return where the attempts of this address are counted.

        The address is what the pages take for it: a header that anybody may write says nothing.
        """
        return self.cache_format % {"scope": self.scope, "ident": get_ip(request._request)}


class EmailThrottle(SimpleRateThrottle):
    """Counts the sign-ins by one e-mail address, from wherever they come."""

    scope = "sign_in_email"

    def get_rate(self) -> str:
        """Return the limit in the framework's words."""
        return f"{settings.API_SIGN_INS_PER_EMAIL}/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Return where the attempts on this account are counted, None where none is named."""
        email = request.data.get("email") if isinstance(request.data, Mapping) else None
        if not isinstance(email, str):
            return None
        ident = hashlib.sha256(email.strip().lower().encode(errors="replace")).hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": ident}
