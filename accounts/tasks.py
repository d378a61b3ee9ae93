from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.models import TokenFamily


@shared_task
def forget_expired_tokens() -> None:
    """Delete the sign-ins of which no token works any more."""
    TokenFamily.objects.expired(timezone.now()).delete()
