"""What spans a résumé and its sections."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404

from accounts.models import User
from gaechwi.json_rows import Parts, insert_parts, insert_whole
from gaechwi.json_values import JsonObject, array_of
from gaechwi.prepared import Parameter, Prepared
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
_SECTIONS = (*SECTION_MODELS, "technology_stacks")
_ENTRY_TYPES: dict[str, type[Entry]] = {
    "experiences": ExperienceEntry,
    "educations": EducationEntry,
    "projects": ProjectEntry,
    "activities": ActivityEntry,
    "qualifications": QualificationEntry,
}


def to_document(resume: Resume) -> ResumeDocument:
    """Return a stored résumé as a plain value, all of it as it stands at one moment: one query.

    Raises Http404 where it was deleted for good meanwhile.
    """
    row = _document.row(pk=resume.pk)
    if row is None:
        raise Http404
    return ResumeDocument.model_validate_json(row[0])


def _as_json() -> QuerySet[Resume, Any]:
    basics = {field: F(field) for field in _BASICS}
    sections = {
        section: array_of(
            Resume._meta.get_field(section),
            JsonObject(**{field: F(field) for field in entry_type.model_fields}),
        )
        for section, entry_type in _ENTRY_TYPES.items()
    }
    technologies = array_of(Resume._meta.get_field("technology_stacks"), F("title"))
    document = JsonObject(**basics, **sections, technology_stacks=technologies)
    resumes = Resume.with_deleted.filter(pk=Parameter("pk")).order_by()
    return resumes.values_list(Cast(document, TextField()))


_document = Prepared(_as_json)


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
    for section in _SECTIONS:
        getattr(resume, section).all().delete()
    insert_parts(resume, _sections_of(document))


def _sections_of(document: ResumeDocument) -> Parts:
    words = document.model_dump(mode="json")
    words["technology_stacks"] = [{"title": title} for title in document.technology_stacks]
    return {
        section: [{"order": order, **entry} for order, entry in enumerate(words[section])]
        for section in _SECTIONS
    }
