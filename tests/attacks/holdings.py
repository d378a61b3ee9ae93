"""Somebody who has something of everything, so that every address names an object of theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User, UserBlacklist
from exports.services import request_export
from exports.tests import done as written
from feedback.improvements import make_improvement, request_improvement, save_improvement
from feedback.services import make_review, request_posting_feedback, save_review
from gaechwi.jobs.models import Job, JobStatus
from imports.tests import read_text
from interviews.tests.held import judged
from postings.document import PostingDocument
from postings.models import PostingDraft
from postings.services import paste, read_draft, save_reading
from postings.tests import note_down
from privacy.models import Deed, StaffAccess
from privacy.services import make, request_download, save
from resumes.document import ResumeDocument
from resumes.models import Resume
from resumes.photos import store_photo
from resumes.services import create_resume
from resumes.tests.pictures import half_red, upload
from studyguides.models import ItemStatus, StudyLesson
from studyguides.services import make_guide, request_guide, save_guide, set_status

JobT = TypeVar("JobT", bound=Job)


def done(job: JobT, make: Callable[[JobT], Any], save: Callable[[JobT, Any], None]) -> JobT:
    """Return a job that is done, without a worker."""
    now = timezone.now()
    made = make(job)
    rows = type(job)._base_manager.filter(pk=job.pk)
    rows.update(status=JobStatus.DONE, started_at=now, finished_at=now)
    save(job, made)
    job.refresh_from_db()
    return job


def fill(
    user: User,
    document: ResumeDocument,
    posting_document: PostingDocument,
    pasted: tuple[str, str],
    file_name: str = "사진.jpg",
) -> dict[str, Any]:
    """Give a user something of everything; return the ids by the parameters of the addresses.

    `pasted` is the text of a posting and that of a résumé.
    """
    resume = create_resume(user, document)
    store_photo(resume, upload(half_red(), name=file_name))
    posting = note_down(user, **posting_document.model_dump())
    resume = Resume.objects.get(pk=resume.pk)
    feedback = done(request_posting_feedback(resume, posting), make_review, save_review)
    improvement = done(request_improvement(feedback), make_improvement, save_improvement)
    interview = judged(resume)
    guide = done(request_guide(user, feedback=feedback), make_guide, save_guide)
    item = guide.items.exclude(skill="").filter(is_asked=True)[0]
    set_status(item, ItemStatus.DONE)
    draft: PostingDraft = done(paste(user, pasted[0]), read_draft, save_reading)
    return {
        "resume_id": resume.pk,
        "section": "experiences",
        "entry_id": resume.experiences.all()[0].pk,
        "posting_id": posting.pk,
        "feedback_id": feedback.pk,
        "improvement_id": improvement.pk,
        "interview_id": interview.pk,
        "turn_id": interview.turns.get().pk,
        "guide_id": guide.pk,
        "item_id": item.pk,
        "draft_id": draft.pk,
        "import_id": read_text(user, pasted[1]).pk,
        "export_id": written(request_export(resume, "json")).pk,
        "download_id": done(request_download(user), make, save).pk,
    }


def fill_admin(user: User) -> None:
    """Give the admin a row of every table that it shows and that `fill` does not write to."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    account = SocialAccount.objects.create(user=user, provider="google", uid=user.pk)
    app = SocialApp.objects.create(provider="google", name="Google", client_id="id")
    SocialToken.objects.create(app=app, account=account, token="token")
    Group.objects.create(name="검수")
    StaffAccess.objects.create(subject=user, deed=Deed.VIEW, what="accounts.user", row=user.pk)
    UserSession.objects.create(user=user, session_key="gone", ip="192.0.2.1", user_agent="<xss>")
    StudyLesson.objects.create(
        skill="Python", hours=10, level="basic", topics="문법", checks="무엇인가요?", source="문서"
    )
    long_ago = timezone.now() - timedelta(days=9)
    UserBlacklist.objects.create(
        user=user, reason="지난 일", blocked_from=long_ago, blocked_until=long_ago + timedelta(1)
    )


def admin_values(route: str, user: User) -> dict[str, Any]:
    """Return what stands for the parameters of an address of the admin: rows of its own model."""
    _admin, app_label, model_name, *_rest = [*route.split("/"), "", ""]
    values: dict[str, Any] = {"app_label": "accounts", "url": "nowhere/", "id": user.pk}
    if "content_type_id" in route:
        resumes = Resume._meta.get_field("user").model
        content_type = apps.get_model("contenttypes", "ContentType").objects.get_for_model(resumes)
        return {"content_type_id": content_type.pk, "object_id": Resume.objects.all()[0].pk}
    if "object_id" in route:
        values["object_id"] = apps.get_model(app_label, model_name)._base_manager.all()[0].pk
    return values


def rows() -> dict[str, list[Any]]:
    """Return all that the database holds, to see that nothing changed.

    Not the sessions, and not what is written down of staff by whatever they ask for.
    """
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label not in {"sessions", "usersessions"} and model is not StaffAccess
    }
