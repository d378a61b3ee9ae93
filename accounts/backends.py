"""Who may be signed in, decided anew on every request."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail and keeps blocked users out.

    The user of a session is read once per request; that same query leaves blocked users out, so a
    block ends their sessions at once and costs no query of its own.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session, None where the user is gone, inactive or blocked."""
        user: User | None = User.objects.allowed_in().filter(pk=user_id).first()
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether a user who gave the right password may come in."""
        return bool(User.objects.allowed_in().filter(pk=user.pk).exists())
