"""A feedback for whoever has no account: on the sample résumé, by the rules, and kept nowhere."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from feedback.highlights import shown_review
from feedback.models import FeedbackContent
from feedback.reviewing import Reviewed, review
from feedback.services import contents_of
from gaechwi.jobs.models import Engine
from resumes.document import ResumeDocument, Section
from resumes.sample import sample_document


def try_review(document: ResumeDocument) -> dict[str, Any]:
    """Return a review as `feedback/_review.html` shows it, and its `overall`.

    The rules take about 30 ms of the process, but for the sample as it is, which is read once a
    day; no model is asked.
    """
    reviewed = _reviewed(document)
    contents = contents_of(reviewed.review)
    return {"overall": reviewed.review.overall, **shown_review(document, contents)}


def sample_review() -> dict[str, Any]:
    """Return what the review says of the latest job of the sample résumé, and `count` of it all."""
    document = sample_document()
    contents = contents_of(_reviewed(document).review)
    words = document.experiences[0].description
    chosen = [content for content in contents if _is_about(content, words)]
    for number, content in enumerate(chosen, start=1):
        content.order = number
    return {"count": len(contents), "contents": chosen, **shown_review(document, chosen)}


def _reviewed(document: ResumeDocument) -> Reviewed:
    on, language = timezone.localdate(), translation.get_language()
    if document == sample_document():
        return _reviewed_sample(on, language)
    return review(document, Engine.OFFLINE, on, language)


@lru_cache(maxsize=len(settings.LANGUAGES))
def _reviewed_sample(on: date, language: str) -> Reviewed:
    return review(sample_document(), Engine.OFFLINE, on, language)


def _is_about(content: FeedbackContent, words: str) -> bool:
    return content.section == Section.EXPERIENCES and content.quote in words
