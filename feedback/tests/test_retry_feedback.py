from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobError, JobStatus
from postings.tests import note_down
from resumes.models import Resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(resume: Resume) -> ResumeFeedback:
    """A feedback that the model did not answer."""
    feedback = request_standard_feedback(resume)
    ResumeFeedback.objects.filter(pk=feedback.pk).update(
        status=JobStatus.FAILED,
        error=JobError.MODEL_BUSY,
        attempts=3,
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )
    return feedback


def url(feedback: ResumeFeedback) -> str:
    return reverse("feedback:retry", args=[feedback.pk])


def test_it_works(client: Client, failed: ResumeFeedback) -> None:
    response = client.post(url(failed))

    failed.refresh_from_db()
    assert response["Location"] == failed.get_absolute_url()
    assert (failed.status, failed.error, failed.attempts) == (JobStatus.QUEUED, "", 0)
    assert failed.finished_at is None


def test_it_reads_the_resume_as_it_is_now(
    client: Client, failed: ResumeFeedback, resume: Resume
) -> None:
    resume.introduction = "그사이에 고친 소개"
    resume.save()

    client.post(url(failed))

    failed.refresh_from_db()
    assert failed.document.introduction == "그사이에 고친 소개"


def test_it_checks_access(other_client: Client, failed: ResumeFeedback) -> None:
    assert other_client.post(url(failed)).status_code == 404
    failed.refresh_from_db()
    assert failed.status == JobStatus.FAILED


def test_a_finished_one_is_left_alone(client: Client, failed: ResumeFeedback) -> None:
    ResumeFeedback.objects.update(status=JobStatus.DONE, error="")
    client.post(url(failed))

    failed.refresh_from_db()
    assert failed.status == JobStatus.DONE


def test_where_a_newer_one_is_in_hand_it_leads_there(
    client: Client, failed: ResumeFeedback, resume: Resume
) -> None:
    newer = request_standard_feedback(resume)

    response = client.post(url(failed))

    failed.refresh_from_db()
    assert response["Location"] == newer.get_absolute_url()
    assert failed.status == JobStatus.FAILED


def test_where_nothing_is_left_to_read_it_says_so(
    client: Client, failed: ResumeFeedback, user: User
) -> None:
    emptied = Resume.objects.create(user=user, title="제목", name="이름")
    ResumeFeedback.objects.update(resume=emptied)

    page = client.post(url(failed), follow=True).content.decode()

    assert "아직 읽을 내용이 없습니다" in page
    failed.refresh_from_db()
    assert (failed.status, failed.error) == (JobStatus.FAILED, JobError.MODEL_BUSY)


def test_where_the_posting_asks_nothing_any_more_it_says_so(
    client: Client, failed: ResumeFeedback, user: User
) -> None:
    ResumeFeedback.objects.update(posting=note_down(user, benefits="점심"), posting_snapshot={})

    page = client.post(url(failed), follow=True).content.decode()

    assert "공고에 맞춰 볼 내용이 없습니다" in page
    failed.refresh_from_db()
    assert failed.status == JobStatus.FAILED


def test_with_its_posting_deleted_it_is_made_of_the_posting_as_it_was(
    client: Client, failed: ResumeFeedback, user: User
) -> None:
    posting = note_down(user, requirements="Java")
    asked = {"requirements": "Python"}
    ResumeFeedback.objects.update(posting=posting, posting_snapshot=asked)
    posting.soft_delete()

    client.post(url(failed))

    failed.refresh_from_db()
    assert (failed.status, failed.posting_snapshot) == (JobStatus.QUEUED, asked)
