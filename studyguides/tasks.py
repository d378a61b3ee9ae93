from __future__ import annotations

from celery import shared_task

from gaechwi.jobs import services as jobs
from studyguides.models import StudyGuide
from studyguides.services import make_guide, save_guide


@shared_task
def write_guide(guide_id: int) -> None:
    """Write a queued study guide."""
    jobs.run(StudyGuide.objects.all(), guide_id, make_guide, save_guide)
