"""What spans a posting as a row and as a plain value."""

from __future__ import annotations

from postings.document import PostingDocument
from postings.models import JobPosting


def to_document(posting: JobPosting) -> PostingDocument:
    """Return a posting as a plain value."""
    return PostingDocument(
        **{field: getattr(posting, field) for field in PostingDocument.model_fields}
    )
