"""What spans a résumé and its sections."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from gaechwi.json_rows import Parts, insert_parts, insert_whole
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
SECTION_MODELS: dict[str, type[Any]] = {
    "experiences": Experience,
    "educations": Education,
    "projects": Project,
    "activities": Activity,
    "qualifications": Qualification,
}
_MODELS: dict[str, type[Any]] = {**SECTION_MODELS, "technology_stacks": TechnologyStack}
_ENTRY_TYPES: dict[str, type[Entry]] = {
    "experiences": ExperienceEntry,
    "educations": EducationEntry,
    "projects": ProjectEntry,
    "activities": ActivityEntry,
    "qualifications": QualificationEntry,
}


def to_document(resume: Resume) -> ResumeDocument:
    """Return a résumé as a plain value. Read it `with_sections`, or each section costs a query."""
    sections = {
        section: [
            entry_type(**{field: getattr(entry, field) for field in entry_type.model_fields})
            for entry in getattr(resume, section).all()
        ]
        for section, entry_type in _ENTRY_TYPES.items()
    }
    technologies = [technology.title for technology in resume.technology_stacks.all()]
    basics = {field: getattr(resume, field) for field in _BASICS}
    return ResumeDocument(**basics, **sections, technology_stacks=technologies)


def create_resume(
    user: User, document: ResumeDocument, *, source_resume: Resume | None = None
) -> Resume:
    """Return a new résumé of a user with the sections of a document, in their order.

    One with a source is an improved one.
    """
    resume = Resume(
        user=user,
        resume_type=Resume.IMPROVED if source_resume else Resume.WRITTEN,
        source_resume=source_resume,
        **{field: getattr(document, field) for field in _BASICS},
    )
    insert_whole(resume, _sections_of(document))
    return resume


@transaction.atomic
def rewrite_resume(resume: Resume, document: ResumeDocument) -> None:
    """Give a résumé the words and sections of a document in place of its own."""
    for field in _BASICS:
        setattr(resume, field, getattr(document, field))
    resume.save()
    for model in _MODELS.values():
        model._default_manager.filter(resume=resume).delete()
    insert_parts(resume, _sections_of(document))


def _sections_of(document: ResumeDocument) -> Parts:
    words = document.model_dump(mode="json")
    words["technology_stacks"] = [{"title": title} for title in document.technology_stacks]
    return {
        section: [{"order": order, **entry} for order, entry in enumerate(words[section])]
        for section in _MODELS
    }
