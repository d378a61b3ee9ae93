"""Keeps personal data out of quotes and remarks, wherever the applicant wrote it."""

from __future__ import annotations

import re
from dataclasses import replace

from feedback.checks.finding import Finding
from gaechwi.ai.personal_data import Redaction

_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,20}\]")


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
