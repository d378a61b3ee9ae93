"""What spans a résumé and its sections."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from resumes.document import (
    ActivityEntry,
    EducationEntry,
    Entry,
    ExperienceEntry,
    ProjectEntry,
    QualificationEntry,
    ResumeDocument,
)
from resumes.models import (
    Activity,
    Education,
    Experience,
    Project,
    Qualification,
    Resume,
    TechnologyStack,
)

_BASICS = [
    "title",
    "name",
    "email",
    "phone",
    "address",
    "birth_date",
    "gender",
    "military_service",
    "introduction",
]
_SECTIONS: dict[str, tuple[type[Any], type[Entry]]] = {
    "experiences": (Experience, ExperienceEntry),
    "educations": (Education, EducationEntry),
    "projects": (Project, ProjectEntry),
    "activities": (Activity, ActivityEntry),
    "qualifications": (Qualification, QualificationEntry),
}


def to_document(resume: Resume) -> ResumeDocument:
    """Return a résumé as a plain value. Read it `with_sections`, or each section costs a query."""
    sections = {
        section: [
            entry_type(**{field: getattr(entry, field) for field in entry_type.model_fields})
            for entry in getattr(resume, section).all()
        ]
        for section, (_model, entry_type) in _SECTIONS.items()
    }
    technologies = [technology.title for technology in resume.technology_stacks.all()]
    basics = {field: getattr(resume, field) for field in _BASICS}
    return ResumeDocument(**basics, **sections, technology_stacks=technologies)


@transaction.atomic
def create_resume(user: User, document: ResumeDocument) -> Resume:
    """Return a new résumé of a user with the sections of a document, in their order."""
    resume = Resume.objects.create(
        user=user, **{field: getattr(document, field) for field in _BASICS}
    )
    for section, (model, _entry_type) in _SECTIONS.items():
        model._default_manager.bulk_create(
            model(resume=resume, order=order, **entry.model_dump())
            for order, entry in enumerate(getattr(document, section))
        )
    TechnologyStack.objects.bulk_create(
        TechnologyStack(resume=resume, order=order, title=title)
        for order, title in enumerate(document.technology_stacks)
    )
    return resume
