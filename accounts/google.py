"""Sign-in with Google for programs that ran the authorization themselves.

The pages' own sign-in is allauth's. This one shares its client and its rules for whose address is
whose, and checks more: the ID token's signature, and its nonce.
"""

from __future__ import annotations

from typing import Any

import jwt
import requests
from allauth.account.models import Login
from allauth.account.signals import user_signed_up
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import pre_social_login
from allauth.socialaccount.internal.jwtkit import (
    lookup_kid_jwk,
    lookup_kid_pem_x509_certificate,
)
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.google import views as google
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, PermissionDenied

from accounts import tokens
from accounts.models import User
from accounts.sign_in import let_in
from gaechwi.api.problems import Conflict, Unauthorized, Unavailable

# Clocks may differ by so much, in seconds.
LEEWAY = 10


class GoogleAway(Unavailable):
    """Google cannot be reached, or answers that it has a problem of its own."""

    default_detail = _("Google에 연결하지 못했습니다. 잠시 뒤에 다시 시도해 주세요.")
    default_code = "google_away"


class NotConfirmedByGoogle(Unauthorized):
    """The code or the ID token is not good."""

    default_detail = _("Google에서 확인을 받지 못했습니다.")
    default_code = "not_confirmed_by_google"


class AddressNotConfirmed(PermissionDenied):
    """Google does not say that the address is its user's."""

    default_detail = _("Google이 확인하지 않은 이메일입니다.")
    default_code = "address_not_confirmed"


def by_code(
    request: HttpRequest, *, code: str, redirect_uri: str, code_verifier: str, nonce: str | None
) -> tokens.Pair:
    """Return tokens for an authorization code of Google's; a new user is made where need be.

    The caller has checked `redirect_uri`. Raises GoogleAway, NotConfirmedByGoogle,
    AddressNotConfirmed, NotFound where this site has no Google sign-in, Conflict where the same
    user signs in for the first time twice at once, and what `let_in` raises.
    """
    try:
        app = get_adapter(request).get_app(request, provider="google")
    except SocialApp.DoesNotExist:
        raise NotFound(_("이 사이트에서는 Google 로그인을 쓰지 않습니다.")) from None
    adapter = google.GoogleOAuth2Adapter(request)
    client = OAuth2Client(
        request,
        app.client_id,
        app.secret,
        adapter.access_token_method,
        adapter.access_token_url,
        redirect_uri,
    )
    try:
        answer = client.get_access_token(code, pkce_code_verifier=code_verifier)
        claims = _verified(str(answer.get("id_token", "")), app.client_id, nonce)
    except (OAuth2Error, jwt.PyJWTError):
        raise NotConfirmedByGoogle from None
    except requests.RequestException:
        raise GoogleAway from None
    login = adapter.get_provider().sociallogin_from_response(request, claims)
    try:
        return let_in(request, Login(user=_user_of(request, login)))
    except IntegrityError:
        raise Conflict from None


def _verified(id_token: str, client_id: str, nonce: str | None) -> dict[str, Any]:
    """Return what an ID token says (OpenID Connect Core, 3.1.3.7).

    Raises jwt.PyJWTError, OAuth2Error, and requests.RequestException where Google's keys
    cannot be had.
    """
    key_id = str(jwt.get_unverified_header(id_token).get("kid"))
    claims: dict[str, Any] = jwt.decode(
        id_token,
        _key(key_id),
        # Never what the token itself names.
        algorithms=["RS256"],
        audience=client_id,
        issuer=google.ID_TOKEN_ISSUER,
        leeway=LEEWAY,
        options={"require": ["iss", "aud", "exp", "iat", "sub"]},
    )
    if claims["aud"] not in (client_id, [client_id]):
        raise jwt.InvalidAudienceError("others share it")
    if not constant_time_compare(claims.get("nonce") or "", nonce or ""):
        raise jwt.InvalidTokenError("nonce")
    return claims


def _key(key_id: str) -> Any:
    """Return one of Google's public keys, from either form in which Google publishes them."""
    with get_adapter().get_requests_session() as session:
        response = session.get(google.CERTS_URL)
        response.raise_for_status()
        keys = response.json()
    lookup = lookup_kid_jwk if "keys" in keys else lookup_kid_pem_x509_certificate
    key = lookup(keys, key_id)
    if key is None:
        raise jwt.InvalidTokenError("kid")
    return key


@transaction.atomic
def _user_of(request: HttpRequest, login: SocialLogin) -> Any:
    """Return the user of a Google account, found or made as the pages do."""
    try:
        pre_social_login(request, login)
    except ImmediateHttpResponse:
        # The page for those whose address Google has not confirmed.
        raise AddressNotConfirmed from None
    if login.is_existing:
        login._accept_login(request)
    else:
        user = get_adapter(request).save_user(request, login)
        user_signed_up.send(User, request=request, user=user, sociallogin=login)
        # allauth leaves a note in the session, and programs are to get no cookie.
        request.session.modified = False
    return login.user
