from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from postings.models import JobPosting
from resumes.sample import sample_document
from resumes.services import create_resume

EMAIL = "demo@gaechwi.example"
PASSWORD = "gaechwi-demo"  # noqa: S105 public on purpose, and refused outside of loopback
POSTING = settings.BASE_DIR / "postings" / "sample_posting.json"


class Command(BaseCommand):
    """Makes the demo account, unless it is there already."""

    help = "Makes the demo account with a sample résumé and posting, in embedded mode only."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account with all that belongs to it, or nothing."""
        if not settings.EMBEDDED:
            raise CommandError("The demo account has a public password: embedded mode only.")
        if User.objects.filter(email=EMAIL).exists():
            return
        document = sample_document()
        user = User.objects.create_user(EMAIL, PASSWORD, name=document.name)
        EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
        create_resume(user, document)
        JobPosting.objects.create(user=user, **read(POSTING))
        self.stdout.write(f"{EMAIL} is there")


def read(path: Path) -> dict[str, Any]:
    """Return the fields of a sample."""
    fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return fields
