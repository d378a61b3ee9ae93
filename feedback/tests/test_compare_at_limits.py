"""A résumé at the limits of all its fields gives its improvement's page in bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from feedback.improvements import request_improvement
from feedback.models import ImprovementChange, ResumeFeedback, ResumeImprovement
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobStatus
from resumes.document import DESCRIPTION_MAX_LENGTH, INTRODUCTION_MAX_LENGTH, ResumeDocument
from resumes.fields import MAX_TECHNOLOGIES
from resumes.forms import MAX_ENTRIES
from resumes.models import Resume

pytestmark = pytest.mark.django_db

DONE = {"status": JobStatus.DONE, "finished_at": "2026-01-01T00:00:00Z"}
NOT_COMPARED = "낱말마다 비교하지 않고"

# Each pair of texts is dear in its own way: words that are found everywhere and match one by one,
# many small changes, and words that are marked wherever they stand.
MANY_LINES = 499
Word = Callable[[int], str]
SHAPES: dict[str, tuple[Word, Word, str]] = {
    "found everywhere": (lambda _: "가", lambda n: f"나{n}" if n % 2 else "가", "\n"),
    "many pieces": (lambda n: f"가{n}", lambda n: f"나{n}", " 같은 "),
    "marked": (lambda _: "가", lambda _: "나", " "),
}


def filled(shape: str, length: int) -> tuple[str, str]:
    """Return an old and a new text of a shape."""
    joiner = SHAPES[shape][2]
    count = MANY_LINES if joiner == "\n" else length
    old, new = (
        joiner.join(word(n) for n in range(count))[:length].strip() for word in SHAPES[shape][:2]
    )
    return old, new


def at_limits(user_resume: Resume, shape: str) -> ResumeImprovement:
    """Return a finished improvement that changes every text of the largest résumé."""
    feedback = request_standard_feedback(user_resume)
    ResumeFeedback.objects.filter(pk=feedback.pk).update(**DONE)
    feedback.refresh_from_db()
    improvement = request_improvement(feedback)
    old, new = filled(shape, INTRODUCTION_MAX_LENGTH)
    description = old[:DESCRIPTION_MAX_LENGTH].strip()
    entries = [{"description": description} for _ in range(MAX_ENTRIES)]
    document = ResumeDocument.model_validate(
        {
            "introduction": old,
            "experiences": [{**entry, "company": "회사"} for entry in entries],
            "projects": [{**entry, "title": "일"} for entry in entries],
            "activities": [{**entry, "title": "활동"} for entry in entries],
            "technology_stacks": [f"기술 {number}" for number in range(MAX_TECHNOLOGIES)],
        }
    )
    ResumeImprovement.objects.filter(pk=improvement.pk).update(
        resume_snapshot=document.model_dump(mode="json"), **DONE
    )
    marks = [{"kind": "figure", "text": text} for text in ("나", *map(str, range(49)))]

    def changed(section: str, entry: int | None, field: str, **texts: Any) -> ImprovementChange:
        return ImprovementChange(
            improvement=improvement, section=section, entry=entry, field=field, **texts
        )

    changes = [changed("introduction", None, "introduction", old=old, new=new, value=new)]
    words = new[:DESCRIPTION_MAX_LENGTH].strip()
    changes += [
        changed(section, place, "description", old=description, new=words, value=words)
        for section in ("experiences", "projects", "activities")
        for place in range(MAX_ENTRIES)
    ]
    order = [*range(1, MAX_TECHNOLOGIES), 0]
    listed = [document.technology_stacks[place] for place in order]
    changes.append(changed("technology_stacks", None, "technology_stacks", value=listed))
    for number, change in enumerate(changes, start=1):
        change.order = number
        if shape == "marked" and change.field != "technology_stacks":
            change.inventions = marks
    ImprovementChange.objects.bulk_create(changes)
    return improvement


@pytest.mark.parametrize("shape", SHAPES)
def test_the_page_takes_bounded_time(client: Client, resume: Resume, shape: str) -> None:
    improvement = at_limits(resume, shape)
    began = time.process_time()

    page = client.get(improvement.get_absolute_url()).content.decode()

    assert time.process_time() - began < 15
    assert "바뀐 곳 92군데" in page
    assert 0 < page.count(NOT_COMPARED) < 91


def test_what_comes_first_is_compared_and_what_was_not_says_so(
    client: Client, resume: Resume
) -> None:
    page = client.get(at_limits(resume, "many pieces").get_absolute_url()).content.decode()

    fields = page.split('<section class="card change')[1:]
    assert NOT_COMPARED not in fields[0]
    assert "<ins>" in fields[0]
    assert NOT_COMPARED in fields[90]
    assert "<ins>" not in fields[90]
    assert "번째에서" in fields[91]
