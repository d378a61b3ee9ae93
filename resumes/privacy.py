"""What of a résumé is personal, and does not leave for a model."""

from __future__ import annotations

from gaechwi.ai.personal_data import Redaction
from resumes.document import ResumeDocument

# Not needed to judge a résumé, so it does not leave: who the applicant is and how to reach them.
WITHHELD_FIELDS = {"name", "email", "phone", "address", "birth_date", "gender"}


def redaction_for(document: ResumeDocument) -> Redaction:
    """Return what finds the applicant's personal data in any text."""
    return Redaction(
        name=document.name,
        email=document.email,
        phone=document.phone,
        address=document.address,
        birth_date=document.birth_date,
    )


def redacted(document: ResumeDocument, redaction: Redaction) -> ResumeDocument:
    """Return the résumé with placeholders in all of its texts; the withheld fields stay as is."""
    texts = redaction.redact_all(document.model_dump(exclude=WITHHELD_FIELDS))
    return ResumeDocument.model_validate(document.model_dump() | texts)
