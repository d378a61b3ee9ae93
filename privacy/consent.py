"""What users agree to when they sign up: the text of `privacy/policy.html`, by its version."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from privacy.models import Consent

# The day from which the text holds. Whoever changes what it says changes this, too.
POLICY_VERSION = "2026-11-28"


def note_consent(*, user: User, **_signal: Any) -> None:
    """Keep that a user has agreed to the text as it stands: they have just signed up."""
    Consent.objects.get_or_create(user=user, version=POLICY_VERSION)
