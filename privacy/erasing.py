"""What goes with an account beyond the rows that belong to it, and what goes after its time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.ownership import Owned
from feedback.models import ResumeFeedback
from interviews import live
from interviews.models import Interview, InterviewTurn
from postings.models import JobPosting
from privacy.audit import path_to_user
from privacy.models import DataDownload, StaffAccess
from resumes.models import Resume
from studyguides.models import StudyGuide

logger = logging.getLogger(__name__)

# What the admin's log says of a row, by which people and their words can be known.
_BLANK = {"object_repr": "", "change_message": ""}
# One run deletes no more of a kind than this; the next one goes on.
ERASED_AT_ONCE = 200
# A query takes no more than some ten thousand values.
KEYS_AT_ONCE = 10_000


def erase_traces(*, instance: User, **_signal: Any) -> None:
    """End the sessions of a user who is being deleted, take the words out of Redis that were spoken
    to them, and blank what the admin's log says of them.

    Staff's log names each row as it was called: people, their résumés, why they were blocked.
    """
    turns = list(
        InterviewTurn.objects.filter(interview__user=instance).values_list("pk", flat=True)
    )
    live.forget(turns)
    # Once more, for whoever has begun to speak before this was certain.
    transaction.on_commit(lambda: live.forget(turns))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in UserSession.objects.filter(user=instance):
        store(session.session_key).delete()
    for model in admin.site._registry:
        if path := path_to_user(model):
            theirs = model._base_manager.filter(**{path: instance.pk}).annotate(
                written=Cast("pk", CharField())
            )
            _logged(model).filter(object_id__in=theirs.values("written")).update(**_BLANK)
    # A backup that is restored brings them back: then this tells whom to delete again.
    key = instance.pk
    transaction.on_commit(lambda: logger.info("account %s is deleted", key))


def _blank_log_of_gone() -> None:
    """Take out of the admin's log what rows were called that are gone: which ones stays."""
    for model in admin.site._registry:
        if path_to_user(model):
            named = _logged(model).exclude(**_BLANK).order_by()
            every = list(named.values_list("object_id", flat=True).distinct())
            for start in range(0, len(every), KEYS_AT_ONCE):
                keys = every[start : start + KEYS_AT_ONCE]
                there = model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
                gone = set(keys) - {str(key) for key in there}
                named.filter(object_id__in=gone).update(**_BLANK)


def _logged(model: type[Model]) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))


def erase_ended_sessions() -> None:
    """Delete what was kept of the devices whose sessions have ended."""
    there = Session.objects.filter(pk=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(there)).delete()


def erase_outdated() -> None:
    """Delete for good what was kept for as long as the settings say."""
    now = timezone.now()
    StaffAccess.objects.forgotten(now).delete()
    LogEntry.objects.filter(
        action_time__lt=now - timedelta(days=settings.STAFF_ACCESS_KEPT_DAYS)
    ).delete()
    _blank_log_of_gone()
    DataDownload.objects.forgotten(now).delete_with_files()
    for rows in deleted_for_good(now - timedelta(days=settings.DELETED_KEPT_DAYS)):
        # One by one: a file's bytes go with its row.
        for key in rows.values_list("pk", flat=True)[:ERASED_AT_ONCE]:
            _erase(rows, key)


def _erase(rows: QuerySet[Any], key: int) -> None:
    try:
        with transaction.atomic():
            # Unless its user has brought it back meanwhile.
            row = rows.select_for_update(of=("self",)).filter(pk=key).first()
            if row is None:
                return
            if isinstance(row, Resume) and row.photo:
                row.photo.delete()
            row.delete()
    except DatabaseError:
        # The others need not wait for it.
        logger.exception("%s %s could not be deleted for good", rows.model._meta.label, key)


def deleted_for_good(before: datetime) -> list[QuerySet[Any]]:
    """Return what users have deleted before a time, and nothing that they still see rests on."""
    # What was deleted since can still be brought back.
    guides = StudyGuide.objects.filter(Q(is_deleted=False) | Q(deleted_at__gte=before))
    with_resume = Q(resume__is_active=True) | Q(resume__updated_at__gte=before)
    feedbacks = ResumeFeedback.objects.filter(with_resume)
    interviews = Interview.with_deleted.filter(
        with_resume, Q(is_active=True) | Q(updated_at__gte=before)
    )
    return [
        StudyGuide.objects.filter(is_deleted=True, deleted_at__lt=before),
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
