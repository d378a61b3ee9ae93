"""What belongs to one user and can be deleted and brought back."""

from __future__ import annotations

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

OwnedT = TypeVar("OwnedT", bound="Owned", covariant=True)


class OwnedQuerySet(models.QuerySet[OwnedT]):
    """Rows that belong to users."""

    def for_user(self, user: User) -> Self:
        """Return the rows of a user: the only way views and API reach them."""
        return self.filter(user=user)

    def deleted_one(self, pk: str) -> OwnedT | None:
        """Return the deleted row that an address names, None where it names none.

        To be asked of `with_deleted`; any text may be given.
        """
        try:
            number = int(pk)
        except ValueError:
            return None
        return self.filter(pk=number, is_active=False).first()


class ActiveManager(models.Manager[OwnedT]):
    """Leaves the deleted out, so that no view can forget it."""

    def get_queryset(self) -> models.QuerySet[OwnedT]:
        """Return the rows that are not deleted."""
        return super().get_queryset().filter(is_active=True)


class Owned(models.Model):
    """A row of one user, deleted softly.

    A model that derives from it has `objects`, which leaves the deleted out, and `with_deleted`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("회원")
    )
    is_active = models.BooleanField(_("활성"), default=True, editable=False)
    created_at = models.DateTimeField(_("만든 때"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("고친 때"), auto_now=True)

    class Meta:
        abstract = True

    def soft_delete(self) -> None:
        """Make the row vanish from everywhere; `restore` brings it back."""
        self.is_active = False
        self.save(update_fields=["is_active", "updated_at"])

    def restore(self) -> None:
        """Bring a deleted row back."""
        self.is_active = True
        self.save(update_fields=["is_active", "updated_at"])
