"""A résumé that its user deletes in another window while a request about it is being answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobError, JobStatus
from postings.tests import note_down
from resumes.models import Resume

pytestmark = pytest.mark.django_db

FAILED = {"status": JobStatus.FAILED, "error": JobError.MODEL_BUSY}


@pytest.fixture
def addresses(resume: Resume) -> dict[str, str]:
    """Return what can be asked of a résumé with a finished feedback and a failed improvement."""
    now = timezone.now()
    feedback = request_standard_feedback(resume)
    ResumeFeedback.objects.update(status=JobStatus.DONE, finished_at=now)
    improvement = ResumeImprovement.objects.create(
        feedback=feedback, resume_snapshot=feedback.resume_snapshot, finished_at=now, **FAILED
    )
    posting = note_down(resume.user, requirements="Python")
    return {
        "standard": reverse("feedback:request_standard", args=[resume.pk]),
        "posting": reverse("feedback:request_posting", args=[resume.pk, posting.pk]),
        "retry": reverse("feedback:retry", args=[feedback.pk]),
        "improve": reverse("feedback:improve", args=[feedback.pk]),
        "retry improvement": reverse("feedback:retry_improvement", args=[improvement.pk]),
        "API": reverse("api:standard-feedback", args=[resume.pk]),
    }


@pytest.mark.parametrize(
    "asked", ["standard", "posting", "retry", "improve", "retry improvement", "API"]
)
def test_it_is_not_there(client: Client, addresses: dict[str, str], asked: str) -> None:
    reads = 0

    def delete_after_the_first_read(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal reads
        result = execute(sql, *rest)
        if 'FROM "resumes_resume"' in sql or 'JOIN "resumes_resume"' in sql:
            reads += 1
            if reads == 1:
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE resumes_resume SET is_active = false")
        return result

    with connection.execute_wrapper(delete_after_the_first_read):
        response = client.post(addresses[asked])

    assert reads > 1
    assert response.status_code == 404
    assert not ResumeFeedback.objects.filter(status=JobStatus.QUEUED).exists()
    assert not ResumeImprovement.objects.filter(status=JobStatus.QUEUED).exists()
