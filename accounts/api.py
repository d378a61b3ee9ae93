from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import google, sign_in, tokens
from accounts.authentication import TokenAuthentication
from accounts.http import UserApiRequest
from accounts.models import TokenFamily, User
from accounts.throttles import AddressThrottle, EmailThrottle
from gaechwi.api.parsers import StrictJSONParser
from gaechwi.api.problems import Conflict, Unauthorized
from gaechwi.api.serializers import StrictModelSerializer, StrictSerializer, Text, validated

# A token of ours has about 500 characters, and an e-mail address and a name of any length in it.
MAX_TOKEN_LENGTH = 4_000


class UserSerializer(StrictModelSerializer[User]):
    """The signed-in user; what is not `name` or `gender` is decided elsewhere."""

    class Meta:
        model = User
        fields = ["user_id", "email", "name", "gender", "user_type"]
        read_only_fields = ["user_id", "email", "user_type"]

    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        """Save what was sent and nothing else: staff may be changing the rest right now."""
        for name, value in validated_data.items():
            setattr(instance, name, value)
        instance.save(update_fields=list(validated_data))
        return instance


class PasswordSignIn(StrictSerializer):
    """An address and its password."""

    email = serializers.EmailField()
    password = Text(trim_whitespace=False, max_length=1_000)


class GoogleCode(StrictSerializer):
    """What Google gave to the program, and what the program had sent along (RFC 7636)."""

    code = Text(max_length=2_000)
    redirect_uri = Text(max_length=2_000)
    code_verifier = Text(min_length=43, max_length=128)
    nonce = Text(max_length=500, required=False)

    def validate_redirect_uri(self, value: str) -> str:
        """Return an address on the list of those that codes may have been sent to."""
        if value not in settings.GOOGLE_REDIRECT_URIS:
            raise serializers.ValidationError(
                _("Google 로그인에 쓸 수 있는 주소가 아닙니다."), code="not_allowed"
            )
        return value


class Refresh(StrictSerializer):
    """The token that renews."""

    refresh_token = Text(max_length=MAX_TOKEN_LENGTH)


class Logout(StrictSerializer):
    """The sign-in to end, where the request carries no access token of it."""

    refresh_token = Text(max_length=MAX_TOKEN_LENGTH, required=False)


class TokenPair(serializers.Serializer[Any]):
    """Tokens, as RFC 6749 (5.1) names them; `expires_in` is in seconds."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField()


class PasswordToken(APIView):
    """Sign-in by password."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [AddressThrottle, EmailThrottle]
    # A password counts as it was typed.
    parser_classes = [StrictJSONParser]

    @extend_schema(operation_id="auth_token", auth=[], request=PasswordSignIn, responses=TokenPair)
    def post(self, request: Request) -> Response:
        """Sign in by e-mail and password."""
        data = validated(PasswordSignIn, request.data)
        return _given(sign_in.by_password(request._request, data["email"], data["password"]))


class GoogleCallback(APIView):
    """Sign-in with Google."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [AddressThrottle]
    parser_classes = [StrictJSONParser]

    @extend_schema(
        operation_id="auth_google_callback", auth=[], request=GoogleCode, responses=TokenPair
    )
    def post(self, request: Request) -> Response:
        """Sign in by an authorization code of Google's; the first time makes an account.

        Programs show `/privacy/` before: whoever signs up so agrees to it, as on the page.
        """
        data = validated(GoogleCode, request.data)
        return _given(google.by_code(request._request, **{"nonce": None, **data}))


class RefreshToken(APIView):
    """The renewal of tokens."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [AddressThrottle]

    @extend_schema(operation_id="auth_refresh", auth=[], request=Refresh, responses=TokenPair)
    def post(self, request: Request) -> Response:
        """Give new tokens for a refresh token; using that one again ends the sign-in."""
        return _given(tokens.rotate(validated(Refresh, request.data)["refresh_token"]))


class _TokenIfItWorks(TokenAuthentication):
    """Passes a dead access token over: the refresh token of its sign-in may be alive."""

    def authenticate(
        self, request: Request
    ) -> tuple[User, TokenFamily] | tuple[tokens.Bearer, None] | None:
        """Return the user and the sign-in, None without a token that works. Raises Blocked."""
        try:
            return super().authenticate(request)
        except Unauthorized:
            return None


class TokenLogout(APIView):
    """The end of a sign-in."""

    authentication_classes = [_TokenIfItWorks]
    permission_classes = [AllowAny]
    throttle_classes = [AddressThrottle]

    @extend_schema(operation_id="auth_logout", request=Logout, responses={204: None})
    def post(self, request: Request) -> Response:
        """End both tokens at once; one of the two says which sign-in is meant."""
        refresh_token = validated(Logout, request.data).get("refresh_token")
        family = request.auth if isinstance(request.auth, TokenFamily) else None
        if refresh_token is not None:
            named = tokens.family_of_refresh(refresh_token)
            if family is not None and named != family:
                raise Conflict
            family = named
        if family is None:
            raise Unauthorized
        tokens.revoke(family)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Me(APIView):
    """The signed-in user."""

    @extend_schema(operation_id="users_me_read", responses=UserSerializer)
    def get(self, request: UserApiRequest) -> Response:
        """Give the signed-in user."""
        return Response(UserSerializer(request.user).data)

    @extend_schema(operation_id="users_me_change", request=UserSerializer, responses=UserSerializer)
    def patch(self, request: UserApiRequest) -> Response:
        """Change `name` and `gender`; what is left out stays."""
        serializer = UserSerializer(request.user, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data)

    @extend_schema(operation_id="users_me_delete", responses={204: None})
    def delete(self, request: UserApiRequest) -> Response:
        """Remove the account with everything in it, files too. Nothing brings it back.

        For tokens alone: a session that was left open has to give the password first, on the page.
        """
        if not isinstance(request.auth, TokenFamily):
            raise PermissionDenied(_("계정은 토큰으로, 또는 ‘내 계정’ 화면에서 지울 수 있습니다."))
        request.user.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


def _given(pair: tokens.Pair) -> Response:
    return Response(
        {
            "access_token": pair.access,
            "refresh_token": pair.refresh,
            "token_type": "Bearer",
            "expires_in": tokens.EXPIRES_IN,
        },
        headers={"Cache-Control": "no-store"},
    )
