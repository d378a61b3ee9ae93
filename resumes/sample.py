"""The résumé that shows what the site does: in the try-out, and in the demo account."""

from __future__ import annotations

from pathlib import Path

from resumes.document import ResumeDocument

SAMPLE = Path(__file__).resolve().parent / "sample_resume.json"


def sample_document() -> ResumeDocument:
    """Return a whole résumé of a real length, of somebody who does not exist."""
    return ResumeDocument.model_validate_json(SAMPLE.read_text(encoding="utf-8"))
