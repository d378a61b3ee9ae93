"""Asking for a feedback, making it and keeping it."""

from __future__ import annotations

from django.db import transaction
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
    snapshot = document.model_dump(mode="json")
    with transaction.atomic():
        _let_others_wait(resume.pk)
        feedbacks = ResumeFeedback.objects.filter(resume=resume, posting=None)
        if asked := feedbacks.already_asked(snapshot).first():
            return asked
        feedback = feedbacks.create(
            resume=resume,
            resume_snapshot=snapshot,
            engine=configured_engine(),
            language=translation.get_language(),
        )
        jobs.enqueue(feedback)
    return feedback


def retry_feedback(feedback: ResumeFeedback) -> ResumeFeedback:
    """Return the feedback that is now in hand: this one, if it had failed, or a newer one.

    It is made of the résumé as it stands now: who mended it meanwhile wants that to be read.
    """
    with transaction.atomic():
        _let_others_wait(feedback.resume_id)
        feedbacks = ResumeFeedback.objects.all()
        newer = feedbacks.active().filter(resume=feedback.resume_id, posting=feedback.posting_id)
        if in_hand := newer.exclude(pk=feedback.pk).first():
            return in_hand
        if jobs.retry(feedbacks, feedback, configured_engine()):
            resume = Resume.objects.with_sections().get(pk=feedback.resume_id)
            snapshot = to_document(resume).model_dump(mode="json")
            feedbacks.filter(pk=feedback.pk).update(resume_snapshot=snapshot)
    return feedback


def _let_others_wait(resume_id: int) -> None:
    """Let requests about the same résumé take turns until the transaction ends."""
    Resume.objects.select_for_update().only("pk").get(pk=resume_id)


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
