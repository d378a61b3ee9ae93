from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from gaechwi.jobs import services
from gaechwi.jobs.models import JobRequest, job_models


@shared_task
def sweep() -> None:
    """Look for lost jobs of every kind, and forget old idempotency keys."""
    for model in job_models():
        services.sweep(model)
    JobRequest.objects.forgotten(timezone.now()).delete()


def sweep_at_start(**kwargs: Any) -> None:
    """Have a worker that just came up look for what was lost while it was away."""
    sweep.apply_async(expires=60)
