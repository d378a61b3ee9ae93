from __future__ import annotations

from django.http import HttpRequest
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts import tokens
from accounts.models import TokenFamily, User


def token_of(request: HttpRequest | Request) -> str | None:
    """Return the token that a program brings, right or wrong; None where none is brought."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


class TokenAuthentication(BaseAuthentication):
    """Knows the user of a request by its access token: `Authorization: Bearer …`."""

    def authenticate(
        self, request: Request
    ) -> tuple[User, TokenFamily] | tuple[tokens.Bearer, None] | None:
        """Return the user and the sign-in that the token came from, None without a token.

        Raises Unauthorized for a token that does not work, and Blocked. A view that looks at the
        token itself when it reads, as `WrittenView`, gets a bearer.
        """
        token = token_of(request)
        if token is None:
            return None
        looks_itself = getattr(request.parser_context["view"], "looks_at_tokens", False)
        if looks_itself and request.method in {"GET", "HEAD"}:
            return tokens.Bearer(token), None
        family = tokens.family_of_access(token)
        return family.user, family

    def authenticate_header(self, request: Request) -> str:
        """Return how to authenticate, for the answer to those who did not."""
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """What the schema says of the tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Return the security scheme in terms of OpenAPI."""
        return build_bearer_security_scheme_object("Authorization", "Bearer", "JWT")
