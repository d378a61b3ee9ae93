"""Invented postings in the styles of different sites; what a person would take from each."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from accounts.models import User
from postings.document import PostingDocument
from postings.models import JobPosting

PASTED = Path(__file__).parent / "pasted"
# The day on which they were copied: one of them names its deadline without a year.
PASTED_ON = date(2026, 11, 23)


@cache
def pasted_texts() -> dict[str, str]:
    """Return the texts as they were copied, by their names ("01_nurse")."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(PASTED.glob("*.txt"))}


@cache
def posting_documents() -> dict[str, PostingDocument]:
    """Return what a person would take from each of them, by the same names."""
    return {
        name: PostingDocument.model_validate_json(
            PASTED.joinpath(f"{name}.json").read_text(encoding="utf-8")
        )
        for name in pasted_texts()
    }


def note_down(user: User, **fields: Any) -> JobPosting:
    """Return a new posting of a user."""
    return JobPosting.objects.create(user=user, **{"title": "백엔드 개발자", **fields})
