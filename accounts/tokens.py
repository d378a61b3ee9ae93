"""Tokens of the REST API: issued, renewed, and stopped at once.

A signature only says that a token is ours. Whether it still works is asked of the database for each
request: a block or a sign-out holds from the moment that it is saved, whatever dies meanwhile.
Where a request only reads, that is asked in the very query which reads (`Bearer`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Case, Model, OuterRef, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from rest_framework_simplejwt.utils import datetime_from_epoch

from accounts.models import NOW, TokenFamily, User, UserBlacklist
from gaechwi.api.problems import Unauthorized
from gaechwi.prepared import Parameter, Prepared, columns_of

TokenT = TypeVar("TokenT", AccessToken, RefreshToken)

# The lifetime of an access token, in seconds.
EXPIRES_IN = int(AccessToken.lifetime.total_seconds())


class Pair(NamedTuple):
    """What a client gets when it signs in, and again when it renews."""

    access: str
    refresh: str


class Blocked(PermissionDenied):
    """The user is known, and on the block list."""

    default_code = "blocked"

    def __init__(self, reason: str) -> None:
        super().__init__(_("이용이 제한된 계정입니다. 사유: %(reason)s") % {"reason": reason})


def issue(user: User) -> Pair:
    """Return the first tokens of a sign-in by a user who has shown who they are."""
    return _renew(TokenFamily(user=user, session_hash=user.get_session_auth_hash()))


def rotate(refresh: str) -> Pair:
    """Return new tokens for a refresh token, which works no more.

    One that was rotated before is in two hands, and nobody knows whose is the thief's: all tokens
    of its family end. Raises Unauthorized, and Blocked for a user on the block list.
    """
    token = _verified(RefreshToken, refresh)
    with transaction.atomic():
        family = _family(TokenFamily.objects.select_for_update(of=("self",)), token)
        if family.refresh_jti == token["jti"]:
            return _renew(family)
        revoke(family)
    raise Unauthorized


def family_of_access(access: str) -> TokenFamily:
    """Return the family of an access token, with its user: one query, compiled once.

    Raises Unauthorized for a token that is not ours, expired, revoked or of a user who is gone or
    inactive or has changed the password since, and Blocked for a user on the block list.
    """
    return _whole(_claims(access))


class Bearer:
    """Who brings an access token that is ours and has not expired, and only reads.

    Whether it still works is asked together with what it opens. It is no user: what would take one
    gets nothing from it. `was_looked_at` says whether that was asked.
    """

    is_authenticated = True

    def __init__(self, access: str) -> None:
        """Raises Unauthorized for a token that is not ours, or expired."""
        self._claims = _claims(access)
        self.was_looked_at = False

    def read(self, answer: Prepared, **values: Any) -> Any:
        """Return what the query of an answer (`beside_token`) gives to these values: one query.

        Raises Unauthorized and Blocked as `family_of_access`, whatever there would be to read.
        """
        self.was_looked_at = True
        row = answer.row(**self._claims, **values)
        if row is None:
            raise Unauthorized
        _alive(*_CHECKED.objects_of(row))
        return row[-1]

    def look(self) -> None:
        """Ask for nothing but whether the token works. Raises as `family_of_access`."""
        self.was_looked_at = True
        _whole(self._claims)


def beside_token(answer: Callable[[], Combinable]) -> Prepared:
    """Return the query that asks whether a token works, and for an answer to its user.

    `answer` gives an expression of its own, for which the user is the parameter `user`. Of what the
    database can tell to be dead, none is written.
    """

    def query() -> QuerySet[TokenFamily, Any]:
        works = When(
            revoked_at__isnull=True, user__is_active=True, block_reason__isnull=True, then=answer()
        )
        return _CHECKED.asked(Case(works))

    return Prepared(query)


def family_of_refresh(refresh: str) -> TokenFamily:
    """Return the family of a refresh token, also of one that was rotated. Raises as the other."""
    return _family(TokenFamily.objects.all(), _verified(RefreshToken, refresh))


def revoke(family: TokenFamily) -> None:
    """End all tokens of a family at once."""
    # Its user may have been deleted meanwhile, and the family with them.
    TokenFamily.objects.filter(pk=family.pk).revoke()


def _renew(family: TokenFamily) -> Pair:
    refresh = RefreshToken()
    refresh["family"] = str(family.pk)
    refresh["user_id"] = family.user.pk
    refresh["email"] = family.user.email
    refresh["name"] = family.user.name
    family.refresh_jti = refresh["jti"]
    family.expires_at = datetime_from_epoch(refresh["exp"])
    family.save()
    return Pair(str(refresh.access_token), str(refresh))


def _verified(token_class: type[TokenT], encoded: str) -> TokenT:
    try:
        token = token_class(encoded)  # type: ignore[arg-type]  # the library's own annotation errs
    except TokenError:
        raise Unauthorized from None
    # Signed by our key, by something else than this code.
    if not (_is_id(token.get("family")) and isinstance(token.get("user_id"), str)):
        raise Unauthorized
    return token


def _is_id(family: Any) -> bool:
    try:
        return isinstance(family, str) and bool(UUID(family))
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _access_token(encoded: str) -> AccessToken:
    # The signature of a text stays right or wrong; when it expires is asked each time.
    return _verified(AccessToken, encoded)


def _claims(access: str) -> dict[str, Any]:
    """Return what a token says, and the time, as the parameters of a query."""
    token = _access_token(access)
    now = timezone.now()
    try:
        token.check_exp(current_time=now)
    except TokenError:
        raise Unauthorized from None
    return {"family": token["family"], "user": token["user_id"], "now": now}


def _whole(claims: dict[str, Any]) -> TokenFamily:
    row = _whole_family.row(**claims)
    if row is None:
        raise Unauthorized
    return _alive(*_EVERYTHING.objects_of(row))


def _family(families: QuerySet[TokenFamily], token: RefreshToken) -> TokenFamily:
    found = _asked(families, token["family"], token["user_id"], timezone.now())
    family = found.select_related("user").first()
    if family is None:
        raise Unauthorized
    return _alive(family, family.block_reason)


def _alive(family: TokenFamily, block_reason: str | None) -> TokenFamily:
    if not family.is_alive():
        raise Unauthorized
    if block_reason is not None:
        raise Blocked(block_reason)
    return family


def _asked(families: QuerySet[TokenFamily], family: Any, user: Any, now: Any) -> Any:
    blocks = UserBlacklist.objects.in_force(now).filter(user=OuterRef("user"))
    return families.filter(pk=family, user=user).annotate(
        block_reason=Subquery(blocks.values("reason")[:1])
    )


class _Columns:
    """Of a family and its user, what is read of them: the names of their columns, None for all."""

    def __init__(self, family: set[str] | None = None, user: set[str] | None = None) -> None:
        self._family, self._user = _in_order(TokenFamily, family), _in_order(User, user)
        self._before_user = len(self._family)
        self._after_user = self._before_user + len(self._user)

    def asked(self, *beside: Combinable) -> QuerySet[TokenFamily, Any]:
        """Return these columns for the family that a token names, why its user is blocked, more."""
        families: QuerySet[TokenFamily] = _asked(
            TokenFamily.objects.all(),
            Parameter("family", TokenFamily._meta.pk),
            Parameter("user"),
            NOW,
        )
        of_user = (f"user__{name}" for name in self._user)
        return families.values_list(*self._family, *of_user, "block_reason", *beside)

    def objects_of(self, row: tuple[Any, ...]) -> tuple[TokenFamily, str | None]:
        """Return the family of a row with its user, and why that one is blocked."""
        of_user = slice(self._before_user, self._after_user)
        family = TokenFamily.from_db(DEFAULT_DB_ALIAS, self._family, row[: self._before_user])
        family.user = User.from_db(DEFAULT_DB_ALIAS, self._user, row[of_user])
        return family, row[self._after_user]


def _in_order(model: type[Model], names: set[str] | None) -> list[str]:
    columns = columns_of(model)
    if names is None:
        return columns
    if unknown := names - set(columns):
        raise FieldDoesNotExist(unknown)
    return [name for name in columns if name in names]


_EVERYTHING = _Columns()
# What `TokenFamily.is_alive` looks at.
_CHECKED = _Columns(
    {"family_id", "session_hash", "revoked_at"}, {"user_id", "password", "is_active"}
)
_whole_family = Prepared(_EVERYTHING.asked)
