"""Keeps personal data out of quotes and remarks, wherever the applicant wrote it."""

from __future__ import annotations

import re
from dataclasses import replace

from feedback.checks.finding import Finding
from gaechwi.ai.personal_data import Redaction
from resumes.document import ResumeDocument

_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,20}\]")

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


def quotable(quote: str, redaction: Redaction) -> str:
    """Return a quote cut down to its longest stretch beside personal data, "" where none is left.

    One letter left over proves nothing.
    """
    redacted_quote = redaction.redact(quote)
    if redacted_quote == quote:
        return quote
    pieces = (piece.strip(" ,;:·\n") for piece in _PLACEHOLDER.split(redacted_quote))
    longest = max((piece for piece in pieces if piece in quote), key=len, default="")
    return longest if len(longest) > 1 else ""


def without_personal_data(finding: Finding, redaction: Redaction) -> Finding | None:
    """Return the finding with its quote cut down to the longest stretch beside personal data.

    None is returned where nothing else was quoted. The remark names placeholders instead.
    """
    quote = quotable(finding.quote, redaction)
    if finding.quote and not quote:
        return None
    return replace(finding, quote=quote, text=redaction.redact(finding.text))
