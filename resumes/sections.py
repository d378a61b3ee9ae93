"""The sections that have entries: one mechanism edits them all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.http import Http404

from gaechwi.prepared import Parameter, Prepared, columns_of
from resumes import forms
from resumes.document import Section
from resumes.models import Resume, SectionEntry


@dataclass(frozen=True)
class SectionKind:
    """How entries of a section are added and edited."""

    section: Section
    add_form: type[Any]
    edit_form: type[Any]

    def entries(self, resume: Resume) -> QuerySet[SectionEntry]:
        """Return the entries that a résumé has in this section."""
        entries: QuerySet[SectionEntry] = getattr(resume, self.section).all()
        return entries

    def listed(self, resume: Resume) -> list[SectionEntry]:
        """Return the same entries to be shown: one query, which is compiled once."""
        columns = columns_of(self._model)
        rows = self._stored.rows(resume=resume.pk)
        return [self._model.from_db(DEFAULT_DB_ALIAS, columns, row) for row in rows]

    @cached_property
    def _stored(self) -> Prepared:
        entries = self._model.objects.filter(resume=Parameter("resume"))
        return Prepared(lambda: entries.values_list(*columns_of(self._model)))

    @property
    def _model(self) -> Any:
        return Resume._meta.get_field(self.section).related_model


KINDS = {
    kind.section.value: kind
    for kind in (
        SectionKind(Section.EXPERIENCES, forms.ExperienceForm, forms.ExperienceForm),
        SectionKind(Section.PROJECTS, forms.ProjectForm, forms.ProjectForm),
        SectionKind(Section.TECHNOLOGY_STACKS, forms.TechnologiesForm, forms.TechnologyStackForm),
        SectionKind(Section.EDUCATIONS, forms.EducationForm, forms.EducationForm),
        SectionKind(Section.QUALIFICATIONS, forms.QualificationForm, forms.QualificationForm),
        SectionKind(Section.ACTIVITIES, forms.ActivityForm, forms.ActivityForm),
    )
}


def kind_or_404(section: str) -> SectionKind:
    """Return the section of a name. Raises Http404."""
    try:
        return KINDS[section]
    except KeyError:
        raise Http404 from None
