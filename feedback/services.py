"""Asking for a feedback, making it and keeping it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from feedback.models import FeedbackContent, ResumeFeedback
from feedback.reviewing import Reviewed, review, review_against
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from gaechwi.jobs.services import configured_engine
from postings.models import JobPosting
from postings.services import to_document as posting_document
from resumes.document import Section
from resumes.models import Resume
from resumes.services import to_document


class NothingToReviewError(Exception):
    """The résumé holds nothing but a title."""


class NothingAskedError(Exception):
    """The posting names neither requirements nor duties nor technologies nor experience."""


def request_standard_feedback(resume: Resume) -> ResumeFeedback:
    """Return a feedback on a résumé, queued; the one in hand where there is one already.

    Read the résumé `with_sections`. Raises NothingToReviewError.
    """
    return _request(resume, resume_snapshot(resume))


def request_posting_feedback(resume: Resume, posting: JobPosting) -> ResumeFeedback:
    """Return a feedback on a résumé against a posting, queued; the one in hand if there is one.

    Read the résumé `with_sections`. Raises NothingToReviewError and NothingAskedError.
    """
    document = posting_document(posting)
    asked = (document.requirements, document.duties, document.preferred, document.experience_level)
    if not document.technology_stacks and not any(text.strip() for text in asked):
        raise NothingAskedError
    return _request(resume, resume_snapshot(resume), posting, document.model_dump(mode="json"))


def resume_snapshot(resume: Resume) -> dict[str, Any]:
    """Return a résumé as a job keeps it. Read it `with_sections`. Raises NothingToReviewError."""
    document = to_document(resume)
    if all(passage.section == Section.BASICS for passage in document.passages()):
        raise NothingToReviewError
    return document.model_dump(mode="json")


def _request(
    resume: Resume,
    snapshot: dict[str, Any],
    posting: JobPosting | None = None,
    posting_snapshot: dict[str, Any] | None = None,
) -> ResumeFeedback:
    with transaction.atomic():
        let_others_wait(resume.pk)
        feedbacks = ResumeFeedback.objects.filter(resume=resume, posting=posting)
        if asked := feedbacks.already_asked(snapshot, posting_snapshot).first():
            return asked
        feedback = feedbacks.create(
            resume=resume,
            resume_snapshot=snapshot,
            posting=posting,
            posting_snapshot=posting_snapshot,
            engine=configured_engine(),
            language=translation.get_language(),
        )
        jobs.enqueue(feedback)
    return feedback


def retry_feedback(feedback: ResumeFeedback) -> ResumeFeedback:
    """Return the feedback that is now in hand: this one, if it had failed, or a newer one.

    It is made of the résumé and the posting as they stand now: who mended them meanwhile wants that
    to be read. A posting that was deleted stays as it was.
    """
    with transaction.atomic():
        let_others_wait(feedback.resume_id)
        feedbacks = ResumeFeedback.objects.all()
        newer = feedbacks.active().filter(resume=feedback.resume_id, posting=feedback.posting_id)
        if in_hand := newer.exclude(pk=feedback.pk).first():
            return in_hand
        if jobs.retry(feedbacks, feedback, configured_engine()):
            resume = Resume.objects.with_sections().get(pk=feedback.resume_id)
            snapshot = to_document(resume).model_dump(mode="json")
            feedbacks.filter(pk=feedback.pk).update(resume_snapshot=snapshot)
            if posting := JobPosting.objects.filter(feedbacks=feedback).first():
                asked = posting_document(posting).model_dump(mode="json")
                feedbacks.filter(pk=feedback.pk).update(posting_snapshot=asked)
    return feedback


def let_others_wait(resume_id: int) -> None:
    """Let requests about the same résumé take turns until the transaction ends."""
    Resume.objects.select_for_update().only("pk").get(pk=resume_id)


def make_review(feedback: ResumeFeedback) -> Reviewed:
    """Return the review of a feedback's résumé, against its posting if it has one.

    Raises AIError.
    """
    document, posting = feedback.document, feedback.posting_document
    on = timezone.localdate(feedback.created_at)
    engine = Engine(feedback.engine)
    if posting is None:
        return review(document, engine, on, feedback.language)
    return review_against(document, posting, engine, on, feedback.language)


def save_review(feedback: ResumeFeedback, reviewed: Reviewed) -> None:
    """Write a review and its remarks."""
    ResumeFeedback.objects.filter(pk=feedback.pk).update(
        parent_content=reviewed.review.overall,
        dropped_quotes=reviewed.dropped_quotes,
        model=reviewed.model,
        prompt_version=reviewed.prompt_version,
        **_match_fields(reviewed),
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


def _match_fields(reviewed: Reviewed) -> dict[str, Any]:
    if reviewed.match is None:
        return {}
    found = reviewed.match.model_dump(mode="json")
    return {
        "matching_rate": reviewed.matching_rate,
        "offline_rate": reviewed.match.rate,
        "model_rate": reviewed.model_rate,
        "matching_parts": found["parts"],
        "matching_relevance": round(100 * reviewed.match.relevance),
        "unchecked_requirements": found["unchecked"],
    }
