"""Guides in tests: asked for, and written."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.services import request_posting_feedback
from feedback.tasks import review_resume
from postings.models import JobPosting
from postings.tests import note_down, posting_documents
from resumes.models import Resume
from studyguides.models import StudyGuide
from studyguides.services import request_guide
from studyguides.tasks import write_guide


def posting_of(user: User, name: str = "04_backend", **fields: Any) -> JobPosting:
    return note_down(user, **{**posting_documents()[name].model_dump(), **fields})


def compared(resume: Resume, posting: JobPosting) -> ResumeFeedback:
    """Return a feedback that is done."""
    feedback = request_posting_feedback(resume, posting)
    review_resume(feedback.pk)
    feedback.refresh_from_db()
    assert (feedback.status, feedback.error) == ("done", "")
    return feedback


def finished(guide: StudyGuide) -> StudyGuide:
    """Have a guide written; return it with its items."""
    write_guide(guide.pk)
    return StudyGuide.objects.with_items().get(pk=guide.pk)


def written(user: User, **sources: Any) -> StudyGuide:
    """Return a new guide that is done."""
    guide = finished(request_guide(user, **sources))
    assert (guide.status, guide.error) == ("done", "")
    return guide
