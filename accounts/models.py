from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager, PermissionsMixin
from django.db import OperationalError, connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from gaechwi.codes.fields import CodeField
from gaechwi.prepared import Parameter


def new_user_id() -> str:
    """Return a key that nobody can guess: 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def display_name(user: User) -> str:
    """Return what the pages call a user."""
    return str(user)


class UserQuerySet(models.QuerySet["User"]):
    """Users."""

    def allowed_in(self, at: datetime | Parameter | None = None) -> UserQuerySet:
        """Return the users who may sign in at a time (now, where none is given).

        They are active, and on no block list.
        """
        blocks = UserBlacklist.objects.in_force(at).filter(user=OuterRef("pk"))
        return self.filter(~Exists(blocks), is_active=True)

    def with_email(self, email: str) -> UserQuerySet:
        """Return the users who signed up with an address, or have confirmed that it is theirs.

        To write an address into an account claims it only: that gives no say in it.
        """
        email = email.lower()
        confirmed = Q(emailaddress__email=email, emailaddress__verified=True)
        return self.filter(Q(email=email) | confirmed).distinct()


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; the e-mail address is what one signs in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new, saved user. Without a password, only another way of signing in works."""
        user: User = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new, saved user who may do everything in the admin."""
        from allauth.account.models import EmailAddress

        with transaction.atomic(using=self._db):
            user = self.create_user(
                email, password, is_staff=True, is_superuser=True, user_type=User.STAFF, **fields
            )
            # Whoever has the server's console need not prove by mail who they are.
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of an e-mail address, however it is capitalised."""
        user: User = self.get(email=(username or "").lower())
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A job seeker, or a member of staff."""

    JOB_SEEKER, STAFF = "1", "2"

    user_id = models.CharField(primary_key=True, max_length=32, default=new_user_id, editable=False)
    email = models.EmailField(_("이메일"), unique=True)
    name = models.CharField(_("이름"), max_length=50, blank=True)
    gender = CodeField(_("성별"), division="gender", blank=True)
    user_type = CodeField(_("회원 유형"), division="user_type", default=JOB_SEEKER)
    birth_date = models.DateField(_("생년월일"), null=True, blank=True)
    phone = models.CharField(_("전화번호"), max_length=20, blank=True)
    picture = models.URLField(_("사진"), max_length=500, blank=True)
    is_active = models.BooleanField(_("활성"), default=True)
    is_staff = models.BooleanField(_("운영진"), default=False)
    date_joined = models.DateTimeField(_("가입일"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("회원")
        verbose_name_plural = _("회원")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("이미 가입된 이메일입니다."),
            ),
            models.CheckConstraint(condition=~Q(email=""), name="user_email_there"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the address in lower case: allauth looks for it in no other way.

        Raises DatabaseError where the user was deleted meanwhile: an account must not come back
        because another request of theirs was on its way.
        """
        self.email = self.email.lower()
        if not self._state.adding and not kwargs.get("force_insert"):
            kwargs["force_update"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete with everything that is theirs.

        Whoever adds something meanwhile waits for the lock and then finds no user: what was added
        after the rest was found would hold the user back. A job that ends at the same time may hold
        what this waits for, and wait for this: where the database ends that, it is tried once more.
        """
        try:
            return self._delete_locked(*args, **kwargs)
        except OperationalError:
            if connection.in_atomic_block:
                raise
            return self._delete_locked(*args, **kwargs)

    @transaction.atomic
    def _delete_locked(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        User.objects.select_for_update().filter(pk=self.pk).first()
        return super().delete(*args, **kwargs)

    def programs(self) -> list[TokenFamily]:
        """Return the sign-ins of programs whose tokens still work, the last one first."""
        alive = self.token_families.filter(revoked_at=None, expires_at__gt=timezone.now())
        return [each for each in alive.order_by("-created_at") if each.is_alive()]

    def get_full_name(self) -> str:
        """Return the name, as allauth and the admin ask for it."""
        return self.name


class UserBlacklistQuerySet(models.QuerySet["UserBlacklist"]):
    """Blocks of users."""

    def in_force(self, at: datetime | Parameter | None = None) -> UserBlacklistQuerySet:
        """Return the blocks that hold at a time (now, where none is given)."""
        at = at or timezone.now()
        return self.filter(
            Q(blocked_until__isnull=True) | Q(blocked_until__gt=at), blocked_from__lte=at
        )


class UserBlacklist(models.Model):
    """A time in which a user can neither sign in nor go on using a session."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="blocks",
        verbose_name=_("회원"),
    )
    reason = models.CharField(_("사유"), max_length=200, help_text=_("막힌 회원에게 보입니다."))
    blocked_from = models.DateTimeField(_("시작"), default=timezone.now)
    blocked_until = models.DateTimeField(
        _("끝"), null=True, blank=True, help_text=_("비워 두면 풀 때까지 막습니다.")
    )
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("담당자"),
    )
    created_at = models.DateTimeField(_("등록"), auto_now_add=True)

    objects = UserBlacklistQuerySet.as_manager()

    class Meta:
        ordering = ["-blocked_from"]
        verbose_name = _("이용 제한")
        verbose_name_plural = _("이용 제한")
        constraints = [
            models.CheckConstraint(
                condition=Q(blocked_until__isnull=True) | Q(blocked_until__gt=F("blocked_from")),
                name="blacklist_period",
                violation_error_message=_("끝은 시작보다 나중이어야 합니다."),
            ),
        ]
        indexes = [models.Index(fields=["user", "blocked_from"], name="blacklist_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.blocked_from:%Y-%m-%d}"


# The time that a request brings to queries which are compiled once.
NOW = Parameter("now", UserBlacklist._meta.get_field("blocked_from"))


class TokenFamilyQuerySet(models.QuerySet["TokenFamily"]):
    """Sign-ins through the API."""

    def expired(self, at: datetime) -> TokenFamilyQuerySet:
        """Return the families of which no token works any more at a time."""
        return self.filter(expires_at__lte=at)

    def revoke(self) -> None:
        """End all tokens of these families at once."""
        self.update(revoked_at=timezone.now())


class TokenFamily(models.Model):
    """One sign-in through the API: all tokens that came from it, which end together."""

    family_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="token_families"
    )
    refresh_jti = models.CharField(max_length=32, help_text="the one refresh token that works")
    session_hash = models.CharField(max_length=64, help_text="changes with the password")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TokenFamilyQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.family_id)

    def is_alive(self) -> bool:
        """Return whether tokens of this family may still be used by a user who is not blocked."""
        return (
            self.revoked_at is None
            and self.user.is_active
            and constant_time_compare(self.session_hash, self.user.get_session_auth_hash())
        )
