"""What spans a posting, its plain value, and the pasted text that it came from."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import User
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine, JobStatus
from postings.document import PostingDocument
from postings.models import JobPosting, PostingDraft
from postings.reading import Reading, read


def to_document(posting: JobPosting) -> PostingDocument:
    """Return a posting as a plain value."""
    return PostingDocument(
        **{field: getattr(posting, field) for field in PostingDocument.model_fields}
    )


def paste(user: User, text: str) -> PostingDraft:
    """Return a draft of a text, queued to be read; the one that is there for the same text.

    Raises TooManyJobs.
    """
    checksum = PostingDraft.checksum_of(text)
    try:
        return _new_draft(user, text, checksum)
    except IntegrityError:
        there = PostingDraft.objects.for_user(user).unsaved().filter(checksum=checksum).first()
    # One that stood in the way and is gone has been saved as a posting just now.
    return there or _new_draft(user, text, checksum)


@transaction.atomic
def _new_draft(user: User, text: str, checksum: str) -> PostingDraft:
    draft = PostingDraft.objects.create(
        user=user,
        text=text,
        checksum=checksum,
        engine=jobs.configured_engine(),
        language=translation.get_language(),
    )
    jobs.enqueue(draft)
    return draft


@transaction.atomic
def retry_draft(draft: PostingDraft) -> None:
    """Put a draft back into the queue, if reading it had failed. Raises TooManyJobs."""
    jobs.retry(PostingDraft.objects.all(), draft, jobs.configured_engine())


def discard(draft: PostingDraft) -> None:
    """Throw a draft away, and its text with it. Whoever calls it holds the lock of the draft.

    What a model reads or has read goes on counting towards its user's day, as an empty row.
    """
    if draft.engine == Engine.OFFLINE or draft.status in {JobStatus.QUEUED, JobStatus.FAILED}:
        draft.delete()
        return
    PostingDraft.objects.filter(pk=draft.pk).update(
        text="", checksum="", result=None, unrecognised=[], discarded=True
    )


def read_draft(draft: PostingDraft) -> Reading:
    """Return what the text of a draft says. Raises AIError."""
    return read(draft.text, Engine(draft.engine), timezone.localdate(draft.created_at))


def save_reading(draft: PostingDraft, reading: Reading) -> None:
    """Write what was read out of the text of a draft, and what that took.

    Of a text that was thrown away meanwhile nothing is kept but what it took.
    """
    this = PostingDraft.objects.filter(pk=draft.pk)
    this.filter(discarded=False).update(
        result=reading.document.model_dump(mode="json"), unrecognised=reading.unrecognised
    )
    this.update(
        model=reading.model,
        prompt_version=reading.prompt_version,
        **jobs.usage_fields(reading.usage),
    )


def save_draft(draft: PostingDraft, posting: JobPosting) -> None:
    """Save the posting that its user made of a draft.

    Whoever calls it holds the lock of a draft without a posting, so that no second one is made.
    """
    posting.user = draft.user
    posting.save()
    draft.posting = posting
    draft.save(update_fields=["posting"])
