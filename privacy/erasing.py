"""What goes with an account beyond the rows that belong to it, and what goes after its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.ownership import Owned
from feedback.models import ResumeFeedback
from interviews.models import Interview
from postings.models import JobPosting
from privacy.audit import path_to_user
from privacy.models import DataDownload, StaffAccess
from resumes.models import File, Resume
from studyguides.models import StudyGuide

# One run deletes no more of a kind than this; the next one goes on.
ERASED_AT_ONCE = 200


def erase_traces(*, instance: User, **_signal: Any) -> None:
    """End the sessions of a user who is being deleted, and blank what the admin's log says of them.

    Staff's log names each row as it was called: people, their résumés, why they were blocked.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in UserSession.objects.filter(user=instance):
        store(session.session_key).delete()
    for model in admin.site._registry:
        if path := path_to_user(model):
            theirs = model._base_manager.filter(**{path: instance.pk}).annotate(
                written=Cast("pk", CharField())
            )
            LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(model),
                object_id__in=theirs.values("written"),
            ).update(object_repr="", change_message="")


def erase_outdated() -> None:
    """Delete for good what was kept for as long as the settings say."""
    now = timezone.now()
    StaffAccess.objects.forgotten(now).delete()
    LogEntry.objects.filter(
        action_time__lt=now - timedelta(days=settings.STAFF_ACCESS_KEPT_DAYS)
    ).delete()
    _erase_downloads(now)
    for rows in deleted_for_good(now - timedelta(days=settings.DELETED_KEPT_DAYS)):
        # One by one: a file's bytes go with its row.
        for row in rows[:ERASED_AT_ONCE]:
            with transaction.atomic():
                if isinstance(row, Resume) and row.photo:
                    row.photo.delete()
                row.delete()


def _erase_downloads(now: datetime) -> None:
    with transaction.atomic():
        old = DataDownload.objects.forgotten(now).select_for_update()
        keys = list(old.values_list("pk", flat=True))
        File.objects.filter(datadownload__in=keys).delete()
        DataDownload.objects.filter(pk__in=keys).delete()


def deleted_for_good(before: datetime) -> list[QuerySet[Any]]:
    """Return what users have deleted before a time, and nothing that they still see rests on."""
    guides = StudyGuide.objects.filter(is_deleted=False)
    feedbacks = ResumeFeedback.objects.filter(resume__is_active=True)
    interviews = Interview.objects.filter(resume__is_active=True)
    return [
        StudyGuide.objects.filter(is_deleted=True, created_at__lt=before),
        _deleted(Interview, before).exclude(Exists(guides.filter(interview=OuterRef("pk")))),
        _deleted(Resume, before)
        .select_related("photo")
        .exclude(
            Exists(
                guides.filter(
                    Q(feedback__resume=OuterRef("pk")) | Q(interview__resume=OuterRef("pk"))
                )
            )
        ),
        _deleted(JobPosting, before).exclude(
            Exists(feedbacks.filter(posting=OuterRef("pk")))
            | Exists(interviews.filter(posting=OuterRef("pk")))
            | Exists(
                guides.filter(
                    Q(posting=OuterRef("pk"))
                    | Q(feedback__posting=OuterRef("pk"))
                    | Q(interview__posting=OuterRef("pk"))
                )
            )
        ),
    ]


def _deleted(model: type[Owned], before: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.with_deleted.filter(  # type: ignore[attr-defined]
        is_active=False, updated_at__lt=before
    )
    return rows
