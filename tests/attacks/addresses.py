"""Every address of the site, read from its URL patterns: one that is added is attacked, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

UNSAFE = ("post", "put", "patch", "delete")
# Open to all, with what each gives: none of it is anybody's. `accounts` tests those of the sign-in.
OPEN = {
    *("home", "healthz", "readyz", "set_theme", "try_out", "styleguide", "set_language"),
    "privacy:policy",
    # It has a token of its own.
    "metrics",
    *("account_login", "account_signup", "account_inactive", "account_confirm_login_code"),
    *("account_email_verification_sent", "account_confirm_email", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key"),
    *("account_reset_password_from_key_done", "account_logout"),
    *("socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup"),
    *("google_login", "google_callback", "google_login_by_token"),
    *("api:schema", "api:docs", "api:codes", "api:token", "api:google-callback", "api:refresh"),
    *("api:logout", "admin:login"),
}
# Those of allauth that have no name: the same pages under addresses of before.
OPEN_ROUTES = {
    "accounts/3rdparty/login/error/",
    "accounts/social/login/cancelled/",
    "accounts/social/login/error/",
    "accounts/social/signup/",
    "admin/login/",
}

PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Address:
    """A URL pattern: its whole route, and its name ("resumes:edit", "" without one)."""

    route: str
    name: str
    view: Any = field(default=None, compare=False)

    @property
    def parameters(self) -> list[str]:
        """The names of what stands for an object in it."""
        return [one or other for one, other in PLACEHOLDER.findall(self.route)]

    @property
    def is_open(self) -> bool:
        """Whether it is for anybody."""
        return self.name in OPEN or (not self.name and self.route in OPEN_ROUTES)

    @property
    def methods(self) -> list[str]:
        """What an endpoint of the API does."""
        return [method for method in ("get", *UNSAFE) if hasattr(self.view, method)]

    @property
    def is_api(self) -> bool:
        """Whether it answers programs."""
        return self.route.startswith("api/")

    @property
    def is_admin(self) -> bool:
        """Whether it is for staff."""
        return self.route.startswith("admin/")

    def path(self, values: Mapping[str, Any]) -> str:
        """Return the path with these values. Raises LookupError for one that stands for nothing."""

        def put(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            if name not in values:
                raise LookupError(f"{self.route}: the tests have nothing that `{name}` names")
            return str(values[name])

        return "/" + PLACEHOLDER.sub(put, self.route).replace("^", "").replace("$", "")


def _walk(resolver: URLResolver, route: str, names: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern, here, inside)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*names, pattern.name)) if pattern.name else ""
            yield Address(here, name, getattr(pattern.callback, "view_class", None))


ADDRESSES = list(_walk(get_resolver(), "", ()))
PAGES = [address for address in ADDRESSES if not address.is_api and not address.is_admin]
API = [address for address in ADDRESSES if address.is_api]
ADMIN = [address for address in ADDRESSES if address.is_admin]
