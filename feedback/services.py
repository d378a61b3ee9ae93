"""Asking for a feedback, making it and keeping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from feedback.models import FeedbackContent, ResumeFeedback
from feedback.reviewing import Reviewed, review, review_against
from feedback.schemas import Review
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine, Job, JobQuerySet
from gaechwi.jobs.services import RequestRefusedError, configured_engine
from postings.models import JobPosting
from postings.services import to_document as posting_document
from resumes.document import Section
from resumes.models import Resume
from resumes.services import to_document

JobT = TypeVar("JobT", bound=Job)


class NothingToReviewError(RequestRefusedError):
    """The résumé holds nothing but a title."""

    message = gettext_lazy("아직 읽을 내용이 없습니다. 자기소개나 경력부터 적어 주세요.")


class NothingAskedError(RequestRefusedError):
    """The posting names neither requirements nor duties nor technologies nor experience."""

    message = gettext_lazy("공고에 맞춰 볼 내용이 없습니다. 자격 요건이나 주요 업무를 적어 주세요.")


def request_standard_feedback(resume: Resume) -> ResumeFeedback:
    """Return a feedback on a résumé, queued; the one in hand where there is one already.

    Raises NothingToReviewError.
    """
    return _request(resume, None)


def request_posting_feedback(resume: Resume, posting: JobPosting) -> ResumeFeedback:
    """Return a feedback on a résumé against a posting, queued; the one in hand if there is one.

    Raises NothingToReviewError and NothingAskedError.
    """
    return _request(resume, posting)


def retry_feedback(feedback: ResumeFeedback) -> ResumeFeedback:
    """Return the feedback that is now in hand: this one, if it had failed, or a newer one.

    It is made of the résumé and the posting as they stand now: who mended them meanwhile wants that
    to be read. A posting that was deleted stays as it was. Raises NothingToReviewError and
    NothingAskedError.
    """

    def snapshots() -> dict[str, Any]:
        posting = JobPosting.objects.filter(feedbacks=feedback).first()
        return _snapshots(resume_as_it_stands(feedback.resume_id), posting)

    siblings = ResumeFeedback.objects.filter(resume=feedback.resume_id, posting=feedback.posting_id)
    return ask_again(siblings, feedback, feedback.resume_id, snapshots)


def ask(repeated: JobQuerySet[JobT], resume_id: int, **fields: Any) -> JobT:
    """Return a job about a résumé, new and queued, or the first of those that it would repeat.

    `repeated` are those, not read yet. Raises Http404 where the résumé was deleted meanwhile.
    """
    with transaction.atomic():
        _let_others_wait(resume_id)
        if asked := repeated.first():
            return asked
        job = repeated.create(**fields, language=translation.get_language())
        jobs.enqueue(job)
    return job


def ask_again(
    siblings: JobQuerySet[JobT],
    job: JobT,
    resume_id: int,
    snapshots: Callable[[], dict[str, Any]],
) -> JobT:
    """Return the job about a résumé that is now in hand: this one, if it had failed, or a sibling.

    `snapshots` gives the fields that hold what it is made of now; what it raises leaves the job as
    it was. Raises Http404 where the résumé was deleted meanwhile.
    """
    with transaction.atomic():
        _let_others_wait(resume_id)
        if in_hand := siblings.active().exclude(pk=job.pk).first():
            return in_hand
        if jobs.retry(siblings, job, configured_engine()):
            siblings.filter(pk=job.pk).update(**snapshots())
    return job


def resume_as_it_stands(resume_id: int) -> Resume:
    """Return a résumé. Raises Http404 where it was deleted meanwhile."""
    return get_object_or_404(Resume.objects.all(), pk=resume_id)


def resume_snapshot(resume: Resume) -> dict[str, Any]:
    """Return a résumé as a job keeps it. Raises NothingToReviewError."""
    document = to_document(resume)
    if all(passage.section == Section.BASICS for passage in document.passages()):
        raise NothingToReviewError
    return document.model_dump(mode="json")


def posting_snapshot(posting: JobPosting) -> dict[str, Any]:
    """Return a posting as a job keeps it. Raises NothingAskedError."""
    document = posting_document(posting)
    asked = (document.requirements, document.duties, document.preferred, document.experience_level)
    if not document.technology_stacks and not any(text.strip() for text in asked):
        raise NothingAskedError
    return document.model_dump(mode="json")


def _request(resume: Resume, posting: JobPosting | None) -> ResumeFeedback:
    snapshots = _snapshots(resume, posting)
    feedbacks = ResumeFeedback.objects.filter(resume=resume, posting=posting)
    return ask(
        feedbacks.already_asked(**snapshots),
        resume.pk,
        resume=resume,
        posting=posting,
        engine=configured_engine(),
        **snapshots,
    )


def _snapshots(resume: Resume, posting: JobPosting | None) -> dict[str, Any]:
    """Return what a feedback keeps of what it reads, by the names of its fields."""
    if posting is None:
        return {"resume_snapshot": resume_snapshot(resume)}
    return {
        "posting_snapshot": posting_snapshot(posting),
        "resume_snapshot": resume_snapshot(resume),
    }


def _let_others_wait(resume_id: int) -> None:
    """Let requests about the same résumé take turns until the transaction ends."""
    get_object_or_404(Resume.objects.select_for_update().only("pk"), pk=resume_id)


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
    FeedbackContent.objects.bulk_create(contents_of(reviewed.review, feedback))


def contents_of(review: Review, feedback: ResumeFeedback | None = None) -> list[FeedbackContent]:
    """Return the remarks of a review as rows that are not saved."""
    return [
        FeedbackContent(
            feedback=feedback,
            order=order,
            feedback_division=content.division,
            feedback_result=content.result,
            section=content.section,
            quote=content.quote,
        )
        for order, content in enumerate(review.contents, start=1)
    ]


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
