from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gaechwi.jobs.models import ACTIVE
from resumes.file_jobs import FileJob, FileJobQuerySet


class Consent(models.Model):
    """That a user has agreed to the text on privacy, and to which version of it."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="consents", verbose_name=_("회원")
    )
    version = models.CharField(_("개인정보 처리방침"), max_length=10)
    given_at = models.DateTimeField(_("동의한 때"), default=timezone.now)

    class Meta:
        ordering = ["-given_at"]
        verbose_name = _("동의")
        verbose_name_plural = _("동의")
        constraints = [
            models.UniqueConstraint(fields=["user", "version"], name="consent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.version}"


class Deed(models.TextChoices):
    """What a member of staff did with personal data."""

    LIST = "list", _("목록을 봄")
    VIEW = "view", _("내용을 봄")
    CHANGE = "change", _("고치거나 지움")
    REFUSED = "refused", _("거절됨")


class StaffAccessQuerySet(models.QuerySet["StaffAccess"]):
    """What staff looked at."""

    def for_user(self, user: User) -> Self:
        """Return the looks at what belongs to a user, the last one first."""
        return self.filter(subject=user).exclude(deed=Deed.REFUSED)

    def forgotten(self, now: datetime) -> Self:
        """Return the looks that were kept for long enough."""
        return self.filter(at__lt=now - timedelta(days=settings.STAFF_ACCESS_KEPT_DAYS))


class StaffAccess(models.Model):
    """One look of a member of staff at personal data in the admin. Only ever added."""

    staff = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("운영진")
    )
    # Stays when the account of that member of staff goes.
    staff_email = models.EmailField(_("운영진 이메일"))
    subject = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="staff_accesses",
        verbose_name=_("회원"),
    )
    deed = models.CharField(_("한 일"), max_length=10, choices=Deed.choices)
    what = models.CharField(_("종류"), max_length=100)
    row = models.CharField(_("번호"), max_length=100, blank=True)
    address = models.GenericIPAddressField(_("IP 주소"), null=True)
    at = models.DateTimeField(_("때"), default=timezone.now)

    objects = StaffAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("운영진 열람")
        verbose_name_plural = _("운영진 열람")
        indexes = [
            models.Index(fields=["subject", "-at"], name="access_subject"),
            models.Index(fields=["at"], name="access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.row}"

    @property
    def kind(self) -> str:
        """What was looked at, in words."""
        try:
            return str(apps.get_model(self.what)._meta.verbose_name)
        except LookupError:
            # It was called otherwise then.
            return self.what


class DataDownloadQuerySet(FileJobQuerySet["DataDownload"]):
    """Downloads of all data of a user."""

    def for_user(self, user: User) -> Self:
        """Return the downloads of a user."""
        return self.filter(user=user)


class DataDownload(FileJob):
    """All that is kept of a user as one ZIP file, made by a worker and kept for a day."""

    task_name = "privacy.tasks.gather_data"
    user_path = "user"

    download_id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="downloads", verbose_name=_("회원")
    )

    objects = DataDownloadQuerySet.as_manager()

    class Meta(FileJob.Meta):
        ordering = ["-created_at", "-download_id"]
        verbose_name = _("내 데이터 내려받기")
        verbose_name_plural = _("내 데이터 내려받기")
        constraints = [
            *FileJob.Meta.constraints,
            models.UniqueConstraint(
                fields=["user"], condition=Q(status__in=ACTIVE), name="download_once_at_a_time"
            ),
        ]
        indexes = [
            *FileJob.Meta.indexes,
            models.Index(fields=["created_at"], name="download_created"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("privacy:download", args=[self.pk])
