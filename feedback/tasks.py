from __future__ import annotations

from celery import shared_task

from feedback.improvements import make_improvement, save_improvement
from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.services import make_review, save_review
from gaechwi.jobs import services as jobs


@shared_task
def review_resume(feedback_id: int) -> None:
    """Make the review of a queued feedback."""
    jobs.run(ResumeFeedback.objects.all(), feedback_id, make_review, save_review)


@shared_task
def improve_resume(improvement_id: int) -> None:
    """Make the improved résumé of a queued improvement."""
    improvements = ResumeImprovement.objects.with_remarks()
    jobs.run(improvements, improvement_id, make_improvement, save_improvement)
