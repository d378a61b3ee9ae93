from __future__ import annotations

from celery import shared_task

from feedback.models import ResumeFeedback
from feedback.services import make_review, save_review
from gaechwi.jobs import services as jobs


@shared_task
def review_resume(feedback_id: int) -> None:
    """Make the review of a queued feedback."""
    jobs.run(ResumeFeedback.objects.all(), feedback_id, make_review, save_review)
