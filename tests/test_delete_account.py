"""An account that its user deletes takes everything along, in every app."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tokens import issue
from exports.services import make, request_export, save
from feedback.models import ResumeImprovement
from feedback.services import make_review, request_standard_feedback, save_review
from gaechwi.codes.models import Code
from imports.services import import_file
from interviews.conversing import begin
from postings.services import paste
from postings.tests import note_down
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from resumes.tests.pictures import half_red, upload
from studyguides.services import make_guide, request_guide, save_guide

pytestmark = pytest.mark.django_db

Committing = Callable[..., AbstractContextManager[list[Any]]]
OURS = {
    "accounts",
    "resumes",
    "postings",
    "imports",
    "exports",
    "feedback",
    "interviews",
    "studyguides",
    "jobs",
    "account",
    "socialaccount",
}


def rows() -> dict[str, int]:
    """Return how many rows each table has, those deleted softly included."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in OURS and model is not Code
    }


def fill(user: User) -> None:
    """Give a user something of everything."""
    client = Client()
    client.force_login(user)
    resume = create_resume(user, sample_document())
    client.post(f"/api/resumes/{resume.pk}/photo", {"photo": upload(half_red())})
    Resume.objects.get(pk=resume.pk).soft_delete()
    resume = create_resume(user, sample_document())
    feedback = request_standard_feedback(resume)
    save_review(feedback, make_review(feedback))
    ResumeImprovement.objects.create(feedback=feedback, resume_snapshot=feedback.resume_snapshot)
    begin(user, resume, None, interview_type="1", question_count=3)
    guide = request_guide(user, posting=note_down(user, requirements="- SQL 활용 능력"))
    save_guide(guide, make_guide(guide))
    export = request_export(resume, "json")
    save(export, make(export))
    paste(user, "모집합니다")
    import_file(user, "txt", "이력서.txt", "경력".encode())
    EmailAddress.objects.create(user=user, email=user.email)
    SocialAccount.objects.create(user=user, provider="google", uid=user.pk)


def test_it_works(
    user: User,
    other_user: User,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Committing,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    fill(other_user)
    before = rows()
    files = set(tmp_path.rglob("*/*"))
    fill(user)
    # A photo, a résumé that is being imported, and one that was exported.
    assert len(set(tmp_path.rglob("*/*"))) == len(files) + 3
    token = issue(user).access

    with django_capture_on_commit_callbacks(execute=True):
        answer = Client().delete("/api/users/me", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 204
    assert rows() == {**before, "accounts.User": 1}
    assert set(tmp_path.rglob("*/*")) == files
