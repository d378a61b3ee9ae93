from __future__ import annotations

from celery import shared_task
from django.core.management import call_command

from gaechwi.jobs import services as jobs
from privacy.erasing import erase_ended_sessions, erase_outdated
from privacy.models import DataDownload
from privacy.services import make, save
from resumes.storage import delete_due_bytes, discard


@shared_task
def gather_data(download_id: int) -> None:
    """Make the file of a queued download."""
    jobs.run(DataDownload.objects.select_related("user"), download_id, make, save, discard)


@shared_task
def forget() -> None:
    """Delete for good what was kept for long enough, and what is left of sessions that ended."""
    erase_outdated()
    delete_due_bytes()
    call_command("clearsessions")
    erase_ended_sessions()
