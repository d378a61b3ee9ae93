"""A résumé as one plain value: what reviewers read, snapshots keep and exports write.

The field names are those of the REST API. A document knows no database: it can be made from a row,
from an imported file or from a model's answer, and it is compared, quoted and stored alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from unicodedata import normalize

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, field_validator

from resumes.periods import month_text, period_text

# What one printed A4 page of a 자기소개 holds, several times over.
INTRODUCTION_MAX_LENGTH = 10_000
DESCRIPTION_MAX_LENGTH = 5_000
# To look for them takes a fraction of `translate`, which looks every character up.
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# Control characters but the tab and the line feed, halves of characters, and no characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Section(TextChoices):
    """The parts of a résumé that a review can speak about."""

    BASICS = "basics", _("기본 정보")
    INTRODUCTION = "introduction", _("자기소개")
    EXPERIENCES = "experiences", _("경력")
    PROJECTS = "projects", _("프로젝트")
    EDUCATIONS = "educations", _("학력")
    QUALIFICATIONS = "qualifications", _("자격·어학")
    ACTIVITIES = "activities", _("활동·수상")
    TECHNOLOGY_STACKS = "technology_stacks", _("기술")


def _first_of_month(value: object) -> object:
    """Take a month alone ("2024-03") as its first day."""
    if isinstance(value, str) and len(value) == len("2024-03"):
        return f"{value}-01"
    return value


def each_once(titles: list[str]) -> list[str]:
    """Leave out the technologies that stand in the list already, however they are capitalised."""
    kept: dict[str, str] = {}
    for title in titles:
        if title:
            kept.setdefault(title.lower(), title)
    return list(kept.values())


Technologies = Annotated[list[str], AfterValidator(each_once)]
Day = Annotated[date | None, BeforeValidator(_first_of_month)]


def printable(text: str) -> str:
    """Return a text without characters that nothing can show: control characters and the like.

    Those that break a line somewhere, as Word's own do, become spaces.
    """
    return text if text.isprintable() else _UNPRINTABLE.sub("", _BREAKS.sub(" ", text))


class Entry(BaseModel):
    """What all parts of a document share: a misspelt field is an error, not silence."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        # An error is logged, and no word of a résumé is.
        hide_input_in_errors=True,
    )

    @field_validator("*", mode="before")
    @classmethod
    def _compose_hangul(cls, value: object) -> object:
        # macOS writes Hangul as single letters; the same word must compare equal from everywhere.
        if isinstance(value, list):
            return [cls._compose_hangul(item) for item in value]
        return normalize("NFC", printable(value)) if isinstance(value, str) else value


class ExperienceEntry(Entry):
    """One job. `employment_type` is a detail id of the code division of that name."""

    company: str = ""
    position: str = ""
    department: str = ""
    employment_type: str = ""
    start_date: Day = None
    end_date: Day = None
    description: str = ""


class EducationEntry(Entry):
    """One school. Level and status are detail ids of the code divisions of those names."""

    school: str = ""
    major: str = ""
    education_level: str = ""
    graduation_status: str = ""
    grade: str = ""
    start_date: Day = None
    end_date: Day = None


class ProjectEntry(Entry):
    """One project."""

    title: str = ""
    role: str = ""
    start_date: Day = None
    end_date: Day = None
    description: str = ""
    link: str = ""
    technology_stacks: Technologies = []

    @property
    def web_address(self) -> str:
        """The link where it leads to a web page, and never to a script; else nothing."""
        return self.link if self.link.lower().startswith(("http://", "https://")) else ""


class ActivityEntry(Entry):
    """One activity or award. `activity_type` is a detail id of that code division."""

    title: str = ""
    activity_type: str = ""
    organization: str = ""
    start_date: Day = None
    end_date: Day = None
    description: str = ""


class QualificationEntry(Entry):
    """One certificate or language score."""

    title: str = ""
    agency: str = ""
    acquired_date: Day = None
    score: str = ""


@dataclass(frozen=True)
class Passage:
    """One stretch of words of a résumé that can be quoted.

    `index` is the entry's place in its section (from 0), None where a section has no entries.
    """

    section: Section
    index: int | None
    field: str
    text: str


class ResumeDocument(Entry):
    """A whole résumé."""

    title: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    birth_date: Day = None
    gender: str = ""
    military_service: str = ""
    introduction: str = ""
    experiences: list[ExperienceEntry] = []
    educations: list[EducationEntry] = []
    projects: list[ProjectEntry] = []
    activities: list[ActivityEntry] = []
    qualifications: list[QualificationEntry] = []
    technology_stacks: Technologies = []

    def passages(self) -> Iterator[Passage]:
        """Yield every quotable stretch of words, in the order a page shows them.

        Name, e-mail, phone, address and birth date are left out: they are never quoted.
        """
        yield from self._filled(
            Section.BASICS, None, title=self.title, military_service=self.military_service
        )
        yield from self._filled(Section.INTRODUCTION, None, introduction=self.introduction)
        for index, job in enumerate(self.experiences):
            yield from self._filled(
                Section.EXPERIENCES,
                index,
                company=job.company,
                department=job.department,
                position=job.position,
                period=period_text(job.start_date, job.end_date),
                description=job.description,
            )
        for index, project in enumerate(self.projects):
            yield from self._filled(
                Section.PROJECTS,
                index,
                title=project.title,
                role=project.role,
                period=period_text(project.start_date, project.end_date),
                description=project.description,
                link=project.link,
                technology_stacks=", ".join(project.technology_stacks),
            )
        for index, school in enumerate(self.educations):
            yield from self._filled(
                Section.EDUCATIONS,
                index,
                school=school.school,
                major=school.major,
                period=period_text(school.start_date, school.end_date),
                grade=school.grade,
            )
        for index, qualification in enumerate(self.qualifications):
            acquired = qualification.acquired_date
            yield from self._filled(
                Section.QUALIFICATIONS,
                index,
                title=qualification.title,
                agency=qualification.agency,
                score=qualification.score,
                acquired_date=month_text(acquired) if acquired else "",
            )
        for index, activity in enumerate(self.activities):
            yield from self._filled(
                Section.ACTIVITIES,
                index,
                title=activity.title,
                organization=activity.organization,
                period=period_text(activity.start_date, activity.end_date),
                description=activity.description,
            )
        for index, technology in enumerate(self.technology_stacks):
            yield from self._filled(Section.TECHNOLOGY_STACKS, index, title=technology)

    def is_empty(self, section: Section) -> bool:
        """Return whether a section holds no quotable words."""
        return not any(passage.section == section for passage in self.passages())

    @staticmethod
    def _filled(section: Section, index: int | None, **fields: str) -> Iterator[Passage]:
        for field, text in fields.items():
            if text:
                yield Passage(section, index, field, text)
