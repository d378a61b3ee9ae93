"""Who may be signed in, decided anew on every request."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from accounts.models import NOW, User
from gaechwi.prepared import Parameter, Prepared, columns_of


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail and keeps blocked users out.

    The user of a session is read once per request; that same query leaves blocked users out, so a
    block ends their sessions at once and costs no query of its own.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session, None where the user is gone, inactive or blocked."""
        row = _allowed_in.row(user=user_id, now=timezone.now())
        return None if row is None else User.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row)

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether a user who gave the right password may come in."""
        return bool(User.objects.allowed_in().filter(pk=user.pk).exists())


_COLUMNS = columns_of(User)
# Every page asks: to compile it anew took Django longer than the database takes to answer.
_allowed_in = Prepared(
    lambda: (
        User.objects.allowed_in(NOW)
        .filter(pk=Parameter("user", User._meta.pk))
        .values_list(*_COLUMNS)
    )
)
