from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from gaechwi.jobs import services as jobs
from imports.models import ResumeImport
from imports.services import read_import, save_reading


@shared_task
def read_resume(import_id: int) -> None:
    """Read the file or text of a queued import."""
    jobs.run(ResumeImport.objects.select_related("file"), import_id, read_import, save_reading)


@shared_task
def forget_left() -> None:
    """Delete the imports that nobody came back to."""
    ResumeImport.objects.forgotten(timezone.now()).delete_with_files()
