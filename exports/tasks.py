from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from exports.models import ResumeExport
from exports.services import drop, make, save
from gaechwi.jobs import services as jobs


@shared_task
def write_export(export_id: int) -> None:
    """Write the file of a queued export."""
    jobs.run(ResumeExport.objects.with_resume(), export_id, make, save, drop)


@shared_task
def forget_old() -> None:
    """Delete the files that were there to be downloaded for a day."""
    ResumeExport.objects.forgotten(timezone.now()).delete_with_files()
