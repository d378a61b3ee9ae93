"""Asking for an improved résumé, making it, and deciding which of its changes it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from feedback.changes import Change, apply, changes_between
from feedback.improving import Improved, improve
from feedback.invented import Invention
from feedback.models import ImprovementChange, ResumeFeedback, ResumeImprovement
from feedback.services import ask, ask_again, resume_as_it_stands, resume_snapshot
from feedback.titles import improved_title
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine, JobStatus
from gaechwi.jobs.services import RequestRefusedError, configured_engine
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section
from resumes.models import Resume
from resumes.services import create_resume, rewrite_resume, to_document


class NotReviewedError(RequestRefusedError):
    """The feedback is not done yet."""

    message = gettext_lazy("피드백이 끝난 뒤에 고쳐 쓸 수 있습니다.")


class ResumeEditedError(Exception):
    """The improved résumé was edited by its user: decisions may not be written over that."""


class ResumeGoneError(Exception):
    """The improved résumé was deleted by its user."""


def request_improvement(feedback: ResumeFeedback) -> ResumeImprovement:
    """Return an improvement of a feedback's résumé as it now stands, queued.

    The one that is there for the same words is returned, and so is one in hand: another would only
    repeat it. Raises NotReviewedError, and NothingToReviewError where nothing of it is left.
    """
    if feedback.status != JobStatus.DONE:
        raise NotReviewedError
    snapshot, engine = resume_snapshot(resume_as_it_stands(feedback.resume_id)), configured_engine()
    improvements = ResumeImprovement.objects.filter(feedback=feedback)
    return ask(
        improvements.already_asked(snapshot, engine),
        feedback.resume_id,
        feedback=feedback,
        resume_snapshot=snapshot,
        engine=engine,
    )


def retry_improvement(improvement: ResumeImprovement) -> ResumeImprovement:
    """Return the improvement that is now in hand: this one, if it had failed, or a newer one.

    It is made of the résumé as it stands now. Raises NothingToReviewError where nothing is left.
    """
    resume_id = improvement.feedback.resume_id
    return ask_again(
        ResumeImprovement.objects.filter(feedback=improvement.feedback_id),
        improvement,
        resume_id,
        lambda: {"resume_snapshot": resume_snapshot(resume_as_it_stands(resume_id))},
    )


@dataclass(frozen=True)
class Proposal:
    """A rewritten résumé and what it would change, compared with its source."""

    improved: Improved
    changes: tuple[Change, ...]

    @classmethod
    def of(
        cls, source: ResumeDocument, improved: Improved, posting: PostingDocument | None = None
    ) -> Proposal:
        """Compare a rewritten résumé with its source; it may not borrow from its posting."""
        asked = posting.technology_stacks if posting else ()
        changes = changes_between(source, improved.document, improved.origins, asked)
        return cls(improved, tuple(changes))


def make_improvement(improvement: ResumeImprovement) -> Proposal:
    """Return the rewritten résumé. Read the improvement `with_remarks`. Raises AIError."""
    remarks = [
        {"section": content.section, "quote": content.quote, "result": content.feedback_result}
        for content in improvement.feedback.contents.all()
    ]
    on = timezone.localdate(improvement.created_at)
    engine = Engine(improvement.engine)
    source, posting = improvement.document, improvement.feedback.posting_document
    improved = improve(source, remarks, engine, on, improvement.language, posting)
    return Proposal.of(source, improved, posting)


def save_improvement(improvement: ResumeImprovement, proposal: Proposal) -> None:
    """Write the changes, those taken that add and leave out nothing, and the new résumé.

    Of a résumé that was deleted meanwhile no new one is made.
    """
    changes = ImprovementChange.objects.bulk_create(
        ImprovementChange(
            improvement=improvement,
            order=order,
            section=change.section,
            entry=change.entry,
            field=change.field,
            old=change.old,
            new=change.new,
            value=change.value,
            inventions=[_kept(invention) for invention in change.inventions],
            missing=list(change.missing),
            taken=not (change.inventions or change.missing),
        )
        for order, change in enumerate(proposal.changes, start=1)
    )
    sources = Resume.objects.select_related("user").select_for_update(of=("self",))
    source = sources.filter(pk=improvement.feedback.resume_id).first()
    document = decided_document(improvement, changes)
    resume = create_resume(source.user, document, source_resume=source) if source else None
    improved = proposal.improved
    ResumeImprovement.objects.filter(pk=improvement.pk).update(
        resume=resume,
        model=improved.model,
        prompt_version=improved.prompt_version,
        **jobs.usage_fields(improved.usage),
    )


def decided_document(
    improvement: ResumeImprovement, changes: Iterable[ImprovementChange]
) -> ResumeDocument:
    """Return the new résumé as the decisions make it, under a title of its own."""
    taken = [
        Change(
            Section(change.section),
            change.entry,
            change.field,
            change.old,
            change.new,
            change.value,
        )
        for change in changes
        if change.taken
    ]
    document = apply(improvement.document, taken)
    posting = improvement.feedback.posting_document
    company = posting.company if posting else ""
    title = improved_title(document.title, company, improvement.language)
    return document.model_copy(update={"title": title})


def new_resume(improvement: ResumeImprovement) -> Resume | None:
    """Return the new résumé, None before it is made and after its deletion."""
    return Resume.objects.filter(improvement=improvement).first()


@transaction.atomic
def decide(
    improvement: ResumeImprovement, taken: Collection[int], confirmed: Collection[int]
) -> int:
    """Take the changes with these ids, leave the others, and write the new résumé accordingly.

    What has inventions is taken only when it is confirmed, too. Returns how many were to be taken
    and were not, for want of a confirmation.

    Raises ResumeEditedError where the new résumé no longer is what the decisions so far made it,
    and ResumeGoneError where it was deleted; nothing is changed then.
    """
    improvements = ResumeImprovement.objects.select_related("feedback")
    locked = improvements.select_for_update(of=("self",)).get(pk=improvement.pk)
    changes = list(locked.changes.all())
    resumes = Resume.objects.select_for_update(of=("self",))
    resume = resumes.filter(improvement=locked).first()
    if resume is None:
        raise ResumeGoneError
    if to_document(resume) != decided_document(locked, changes):
        raise ResumeEditedError
    refused = 0
    for change in changes:
        change.confirmed = bool(change.inventions) and change.pk in confirmed
        change.taken = change.pk in taken and (not change.inventions or change.confirmed)
        refused += change.pk in taken and not change.taken
    ImprovementChange.objects.bulk_update(changes, ["taken", "confirmed"])
    rewrite_resume(resume, decided_document(locked, changes))
    return refused


def _kept(invention: Invention) -> dict[str, str]:
    return {"kind": invention.kind.value, "text": invention.text}
