"""Asking for a feedback, making it and keeping it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from feedback.models import FeedbackContent, ResumeFeedback
from feedback.reviewing import Reviewed, review
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from gaechwi.jobs.services import configured_engine
from resumes.document import ResumeDocument, Section
from resumes.models import Resume
from resumes.services import to_document


class NothingToReviewError(Exception):
    """The résumé holds nothing but a title."""


def request_standard_feedback(resume: Resume) -> ResumeFeedback:
    """Return a feedback on a résumé, queued; the one in hand where there is one already.

    Read the résumé `with_sections`. Raises NothingToReviewError.
    """
    document = to_document(resume)
    if all(passage.section == Section.BASICS for passage in document.passages()):
        raise NothingToReviewError
    try:
        with transaction.atomic():
            feedback = ResumeFeedback.objects.create(
                resume=resume,
                resume_snapshot=document.model_dump(mode="json"),
                engine=configured_engine(),
                language=translation.get_language(),
            )
            jobs.enqueue(feedback)
    except IntegrityError:
        # The database lets one feedback at a time be in hand: this is the second click.
        return ResumeFeedback.objects.active().get(resume=resume, posting=None)
    return feedback


def retry_feedback(feedback: ResumeFeedback) -> ResumeFeedback:
    """Return the feedback that is now in hand: this one, if it had failed, or a newer one."""
    try:
        with transaction.atomic():
            jobs.retry(ResumeFeedback.objects.all(), feedback, configured_engine())
    except IntegrityError:
        return ResumeFeedback.objects.active().get(
            resume=feedback.resume_id, posting=feedback.posting_id
        )
    return feedback


def make_review(feedback: ResumeFeedback) -> Reviewed:
    """Return the review of a feedback's résumé. Raises AIError."""
    document: ResumeDocument = feedback.document
    on = timezone.localdate(feedback.created_at)
    return review(document, Engine(feedback.engine), on, feedback.language)


def save_review(feedback: ResumeFeedback, reviewed: Reviewed) -> None:
    """Write a review and its remarks."""
    ResumeFeedback.objects.filter(pk=feedback.pk).update(
        parent_content=reviewed.review.overall,
        dropped_quotes=reviewed.dropped_quotes,
        model=reviewed.model,
        prompt_version=reviewed.prompt_version,
        **jobs.usage_fields(reviewed.usage),
    )
    FeedbackContent.objects.bulk_create(
        FeedbackContent(
            feedback=feedback,
            order=order,
            feedback_division=content.division,
            feedback_result=content.result,
            section=content.section,
            quote=content.quote,
        )
        for order, content in enumerate(reviewed.review.contents, start=1)
    )
