"""Asking for a study guide, making it, keeping it, and getting on with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from accounts.models import User
from feedback.matching.result import Found
from feedback.models import ResumeFeedback
from feedback.services import posting_snapshot
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine, JobQuerySet, JobStatus
from gaechwi.jobs.services import RequestRefusedError
from interviews.judging import GOOD
from interviews.models import Interview, InterviewFeedback
from postings.document import PostingDocument
from postings.models import JobPosting
from studyguides.materials import AskedBy, Material, WeakAnswer
from studyguides.models import ItemStatus, StudyGuide, StudyItem, StudyKeyword, StudyLesson
from studyguides.writing import Written, write

# Above any order there is, and within what the column holds.
_OUT_OF_THE_WAY = 10_000


class NotComparedError(RequestRefusedError):
    """The feedback is on a résumé alone: it does not know what is missing for any posting."""

    message = gettext_lazy("공고에 맞춘 피드백으로만 학습 가이드를 만들 수 있습니다.")


class NotReadyError(RequestRefusedError):
    """The feedback or the judgement of the interview is not there yet."""

    message = gettext_lazy("피드백이나 면접 평가가 끝난 뒤에 학습 가이드를 만들 수 있습니다.")


class NothingMissingError(RequestRefusedError):
    """Nothing is missing."""

    message = gettext_lazy("채울 것이 없습니다. 공고가 바라는 것이 모두 이력서에 있습니다.")


class InHandError(RequestRefusedError):
    """A guide from the same sources is being made."""

    message = gettext_lazy("같은 자료로 새 학습 가이드를 만들고 있어 되살리지 못했습니다.")


class OtherItemsError(ValueError):
    """An order that does not hold every item of its guide once."""


def request_guide(
    user: User,
    *,
    feedback: ResumeFeedback | None = None,
    interview: Interview | None = None,
    posting: JobPosting | None = None,
    hours_per_week: int = 10,
) -> StudyGuide:
    """Return a guide, queued; the one in hand where there is one from the same sources.

    At least one source is given. Raises NotComparedError, NotReadyError, NothingAskedError,
    NothingMissingError and TooManyJobs.
    """
    material = _material(feedback, interview, posting)
    if not any(_is_missing(material)):
        raise NothingMissingError
    sources = {"feedback": feedback, "interview": interview, "posting": posting}
    with transaction.atomic():
        if in_hand := _from_the_same(user, sources).first():
            return in_hand
        guide = StudyGuide.objects.create(
            user=user,
            **sources,
            material=material.model_dump(mode="json"),
            hours_per_week=hours_per_week,
            engine=jobs.configured_engine(),
            language=translation.get_language(),
        )
        jobs.enqueue(guide)
    return guide


def retry_guide(guide: StudyGuide) -> StudyGuide:
    """Return the guide that is now in hand: this one, if it had failed, or a newer one.

    Raises TooManyJobs.
    """
    sources = {name: getattr(guide, name) for name in ("feedback", "interview", "posting")}
    with transaction.atomic():
        if in_hand := _from_the_same(guide.user, sources).first():
            return in_hand
        jobs.retry(StudyGuide.objects.all(), guide, jobs.configured_engine())
    return guide


def make_guide(guide: StudyGuide) -> Written:
    """Return what a guide says. Raises AIError."""
    return write(
        guide.made_of,
        StudyLesson.objects.graph(),
        hours_a_week=guide.hours_per_week,
        engine=Engine(guide.engine),
        on=timezone.localdate(guide.created_at),
        language=guide.language,
    )


def save_guide(guide: StudyGuide, written: Written) -> None:
    """Write a guide, its items and their keywords."""
    StudyGuide.objects.filter(pk=guide.pk).update(
        title=written.title,
        summary=written.summary,
        set_aside=[aside.model_dump(mode="json") for aside in written.set_aside],
        hours_available=written.hours_available,
        model=written.model,
        prompt_version=written.prompt_version,
        **jobs.usage_fields(written.usage),
    )
    items = StudyItem.objects.bulk_create(
        StudyItem(
            guide=guide,
            order=order,
            title=worded.title,
            description=worded.description,
            gaps=[gap.model_dump(mode="json") for gap in step.gaps],
            skill=step.skill,
            is_asked=step.is_asked,
            checks=list(worded.checks),
            estimated_hours=worded.hours,
        )
        for order, (step, worded) in enumerate(written.items, start=1)
    )
    StudyKeyword.objects.bulk_create(
        [
            *(StudyKeyword(guide=guide, keyword=keyword) for keyword in written.keywords),
            *(
                StudyKeyword(item=item, keyword=keyword)
                for item, (_step, worded) in zip(items, written.items, strict=True)
                for keyword in worded.keywords
            ),
        ]
    )


def delete_guide(guide: StudyGuide) -> None:
    """Let a guide vanish from everywhere."""
    StudyGuide.objects.filter(pk=guide.pk).update(is_deleted=True, deleted_at=timezone.now())


def restore_guide(guide: StudyGuide) -> None:
    """Bring a deleted guide back. Raises InHandError."""
    try:
        with transaction.atomic():
            StudyGuide.objects.filter(pk=guide.pk).update(is_deleted=False)
    except IntegrityError:
        # One that waits, deleted before another one was asked for.
        raise InHandError from None


def set_status(item: StudyItem, status: ItemStatus) -> None:
    """Note how far an item has got; what was done before stays done since then."""
    if item.status == status:
        return
    item.status = status
    item.done_at = timezone.now() if status == ItemStatus.DONE else None
    item.save(update_fields=["status", "done_at"])


def save_note(item: StudyItem, text: str) -> None:
    """Keep what the user notes down of an item."""
    item.notes = text
    item.save(update_fields=["notes"])


@transaction.atomic
def reorder(guide: StudyGuide, item_ids: Sequence[int]) -> None:
    """Put the items of a guide into this order. Raises OtherItemsError."""
    # Of two at the same time the later one wins whole.
    StudyGuide.objects.select_for_update().get(pk=guide.pk)
    items = StudyItem.objects.filter(guide=guide)
    if sorted(item_ids) != sorted(items.values_list("pk", flat=True)):
        raise OtherItemsError(item_ids)
    if not item_ids:
        return
    # In two steps, as no two items have the same place, not even in the middle of an update.
    items.update(order=F("order") + _OUT_OF_THE_WAY)
    places = [When(pk=pk, then=Value(order)) for order, pk in enumerate(item_ids, start=1)]
    items.update(order=Case(*places))


def move(item: StudyItem, *, up: bool) -> None:
    """Put an item before the one above it, or after the one below; at the end it stays."""
    with transaction.atomic():
        guide = StudyGuide.objects.select_for_update().get(pk=item.guide_id)
        order = list(guide.items.values_list("pk", flat=True))
        place = order.index(item.pk)
        other = place - 1 if up else place + 1
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            reorder(guide, order)


def _from_the_same(user: User, sources: dict[str, Any]) -> JobQuerySet[StudyGuide]:
    """Let requests of a user take turns; return the guides in hand from the same sources.

    Raises Http404 where the user has left meanwhile.
    """
    get_object_or_404(User.objects.select_for_update(no_key=True).only("pk"), pk=user.pk)
    return (
        StudyGuide.objects.for_user(user)
        .active()
        .filter(**{f"{name}_id": source and source.pk for name, source in sources.items()})
    )


def _material(
    feedback: ResumeFeedback | None, interview: Interview | None, posting: JobPosting | None
) -> Material:
    asked: dict[int, AskedBy] = {}
    resume = None
    if feedback is not None:
        resume = feedback.document
        asked[feedback.posting_id or 0] = _asked_in(feedback)
    if posting is not None and posting.pk not in asked:
        document = PostingDocument.model_validate(posting_snapshot(posting))
        asked[posting.pk] = AskedBy(posting=document, posting_id=posting.pk)
    if interview is not None:
        resume = resume or interview.document
        if (document_of := interview.posting_document) and interview.posting_id not in asked:
            # What it is about, and until when: what of it is missing was not asked for.
            asked[interview.posting_id or 0] = AskedBy(
                posting=document_of, posting_id=interview.posting_id, parts=()
            )
    return Material(
        resume=resume,
        asked=tuple(asked.values()),
        answers=tuple(_weak_answers(interview)) if interview else (),
    )


def _asked_in(feedback: ResumeFeedback) -> AskedBy:
    posting = feedback.posting_document
    if posting is None:
        raise NotComparedError
    if feedback.status != JobStatus.DONE:
        raise NotReadyError
    return AskedBy(
        posting=posting,
        posting_id=feedback.posting_id,
        parts=tuple(feedback.parts),
        unchecked=tuple(feedback.unchecked_requirements),
    )


def _weak_answers(interview: Interview) -> Iterator[WeakAnswer]:
    judgement = InterviewFeedback.objects.filter(interview=interview).first()
    if judgement is None or judgement.status != JobStatus.DONE:
        raise NotReadyError
    weak = judgement.questions.filter(score__lt=GOOD).select_related("question")
    for answer in weak.order_by("score", "question__number"):
        question = answer.question
        yield WeakAnswer(
            question_id=question.pk,
            question=question.question,
            basis="\n".join(filter(None, (question.requirement, question.quote))),
            score=answer.score,
            improvements=answer.improvements,
        )


def _is_missing(material: Material) -> Iterator[bool]:
    yield bool(material.answers)
    for asked in material.asked:
        yield asked.parts is None
        yield any(item.found != Found.FOUND for part in asked.parts or () for item in part.items)
