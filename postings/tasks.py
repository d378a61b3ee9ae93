from __future__ import annotations

from celery import shared_task

from gaechwi.jobs import services as jobs
from postings.models import PostingDraft
from postings.services import read_draft, save_reading


@shared_task
def read_pasted_posting(draft_id: int) -> None:
    """Read the text of a queued draft."""
    jobs.run(PostingDraft.objects.all(), draft_id, read_draft, save_reading)
