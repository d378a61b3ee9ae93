from __future__ import annotations

from pathlib import Path

from resumes.document import ResumeDocument

SAMPLE = Path(__file__).resolve().parent.parent / "sample_resume.json"


def sample_document() -> ResumeDocument:
    """Return a whole résumé of a real length: the demo account's."""
    return ResumeDocument.model_validate_json(SAMPLE.read_text(encoding="utf-8"))
