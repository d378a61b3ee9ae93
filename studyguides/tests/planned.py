"""Plans in tests: of a posting and a résumé, or of lines of either."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback.matching.levels import highest_degree
from postings.document import PostingDocument
from resumes.document import ResumeDocument
from studyguides.gaps import known_of, missing_in
from studyguides.lessons import reviewed
from studyguides.materials import AskedBy, Material
from studyguides.planning import Plan, plan

TODAY = date(2026, 11, 1)


def asking(requirements: str = "", **fields: Any) -> PostingDocument:
    return PostingDocument(title="공고", requirements=requirements, **fields)


def knowing(text: str = "", **fields: Any) -> ResumeDocument:
    """Return a résumé that tells of some work."""
    job = {"company": "가온", "description": text}
    return ResumeDocument.model_validate({"title": "이력서", "experiences": [job], **fields})


def planned(
    posting: PostingDocument, resume: ResumeDocument | None = None, hours: int | None = None
) -> Plan:
    """Return the plan that closes what a résumé lacks of a posting."""
    material = Material(resume=resume, asked=(AskedBy(posting=posting),))
    return plan(
        missing_in(material, TODAY),
        known_of(resume),
        reviewed(),
        degree=highest_degree(resume.educations) if resume else None,
        hours_available=hours,
    )


def skills_of(made: Plan) -> list[str]:
    return [step.skill for step in made.steps]


def reasons_of(made: Plan) -> list[tuple[str, str]]:
    return [(aside.gap.text, aside.reason) for aside in made.set_aside]
