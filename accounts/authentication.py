from __future__ import annotations

from django.http import HttpRequest
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts import tokens
from accounts.models import TokenFamily, User
from accounts.tokens import Bearer


def token_of(request: HttpRequest | Request) -> str | None:
    """Return the token that a program brings, right or wrong; None where none is brought."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


class TokenAuthentication(BaseAuthentication):
    """Knows the user of a request by its access token: `Authorization: Bearer …`."""

    def authenticate(self, request: Request) -> tuple[User, TokenFamily] | None:
        """Return the user and the sign-in that the token came from, None without a token.

        Raises Unauthorized for a token that does not work, and Blocked.
        """
        token = token_of(request)
        if token is None:
            return None
        family = tokens.family_of_access(token)
        return family.user, family

    def authenticate_header(self, request: Request) -> str:
        """Return how to authenticate, for the answer to those who did not."""
        return "Bearer"


class BearerAuthentication(TokenAuthentication):
    """Knows a request that only reads by its access token, and leaves the look at it to the answer.

    Only for views that are `WrittenView`s.
    """

    def authenticate(self, request: Request) -> tuple[Bearer, None] | None:  # type: ignore[override]
        """Return the bearer, None without a token. Raises Unauthorized for one that is not ours."""
        token = token_of(request)
        return None if token is None else (Bearer(token), None)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """What the schema says of the tokens."""

    target_class = TokenAuthentication
    match_subclasses = True
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Return the security scheme in terms of OpenAPI."""
        return build_bearer_security_scheme_object("Authorization", "Bearer", "JWT")
