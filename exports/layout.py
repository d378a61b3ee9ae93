"""What of a résumé stands on paper, in which order and in which words: the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from gaechwi.codes.models import Code
from resumes.document import ResumeDocument, Section
from resumes.models import joined

# What stands beside a period on a line, in columns: a letter of Hangul takes two.
WIDE = 60
# "-10%" has none.
_MARK = re.compile(r"[-•·]\s+(?=\S)")


@dataclass(frozen=True)
class Line:
    """A line of what somebody tells; a marked one is an item of a list."""

    words: str
    is_marked: bool = False


@dataclass(frozen=True)
class PrintedEntry:
    """One entry: what it is called, further facts in short, when it was, and what is told."""

    name: str
    facts: str = ""
    period: str = ""
    lines: list[Line] = field(default_factory=list)
    technologies: str = ""
    link: str = ""
    # Of entries that have no more to say than what fits beside their names.
    is_one_line: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether its name takes the whole width, and its period a line of its own."""
        beside = self.name + self.facts if self.is_one_line else self.name
        return sum(1 + (east_asian_width(letter) in "WF") for letter in beside) > WIDE


@dataclass(frozen=True)
class PrintedSection:
    """A section under its heading. `key` is the section's name in the API."""

    key: str
    heading: str
    entries: list[PrintedEntry]


@dataclass(frozen=True)
class PrintedResume:
    """A whole résumé. `contact` are pairs of a label and a value."""

    name: str
    title: str
    contact: list[tuple[str, str]]
    sections: list[PrintedSection]


def printed(document: ResumeDocument) -> PrintedResume:
    """Return a résumé as it is put on paper, in the language of the moment."""
    return PrintedResume(
        document.name, document.title, list(_contact(document)), list(_sections(document))
    )


def _contact(document: ResumeDocument) -> Iterator[tuple[str, str]]:
    facts = (
        (_("전화번호"), document.phone),
        (_("이메일"), document.email),
        (_("주소"), document.address),
        (_("생년월일"), f"{document.birth_date:%Y.%m.%d}" if document.birth_date else ""),
        (_("성별"), Code.objects.detail("gender", document.gender)),
        (_("병역"), document.military_service),
    )
    yield from ((label, value) for label, value in facts if value)


def _sections(document: ResumeDocument) -> Iterator[PrintedSection]:
    printed_by = (
        (Section.EXPERIENCES, _experiences),
        (Section.PROJECTS, _projects),
        (Section.TECHNOLOGY_STACKS, _technologies),
        (Section.EDUCATIONS, _educations),
        (Section.QUALIFICATIONS, _qualifications),
        (Section.ACTIVITIES, _activities),
        # The longest text, and the last one that is read.
        (Section.INTRODUCTION, _introduction),
    )
    for section, entries_of in printed_by:
        if entries := list(entries_of(document)):
            yield PrintedSection(section.value, str(section.label), entries)


def _experiences(document: ResumeDocument) -> Iterator[PrintedEntry]:
    for job in document.experiences:
        employment = Code.objects.detail("employment_type", job.employment_type)
        yield PrintedEntry(
            job.company,
            joined(job.department, job.position, employment),
            _period(job.start_date, job.end_date),
            _lines(job.description),
        )


def _projects(document: ResumeDocument) -> Iterator[PrintedEntry]:
    for project in document.projects:
        yield PrintedEntry(
            project.title,
            project.role,
            _period(project.start_date, project.end_date),
            _lines(project.description),
            ", ".join(project.technology_stacks),
            project.link,
        )


def _technologies(document: ResumeDocument) -> Iterator[PrintedEntry]:
    if document.technology_stacks:
        yield PrintedEntry("", lines=[Line(", ".join(document.technology_stacks))])


def _educations(document: ResumeDocument) -> Iterator[PrintedEntry]:
    for school in document.educations:
        level = Code.objects.detail("education_level", school.education_level)
        status = Code.objects.detail("graduation_status", school.graduation_status)
        yield PrintedEntry(
            school.school,
            joined(school.major, level, status, school.grade),
            _period(school.start_date, school.end_date),
        )


def _qualifications(document: ResumeDocument) -> Iterator[PrintedEntry]:
    for qualification in document.qualifications:
        yield PrintedEntry(
            qualification.title,
            joined(qualification.score, qualification.agency),
            _day(qualification.acquired_date),
            is_one_line=True,
        )


def _activities(document: ResumeDocument) -> Iterator[PrintedEntry]:
    for activity in document.activities:
        kind = Code.objects.detail("activity_type", activity.activity_type)
        yield PrintedEntry(
            activity.title,
            joined(kind, activity.organization),
            _period(activity.start_date, activity.end_date),
            _lines(activity.description),
        )


def _introduction(document: ResumeDocument) -> Iterator[PrintedEntry]:
    if document.introduction:
        yield PrintedEntry("", lines=_lines(document.introduction))


def _lines(text: str) -> list[Line]:
    lines = (line.strip() for line in text.split("\n"))
    return [Line(_MARK.sub("", line), bool(_MARK.match(line))) for line in lines if line]


def _period(start: date | None, end: date | None) -> str:
    """Return the words of a period; unlike on pages, with its days where they are no first ones.

    A file that is imported again would otherwise have lost them.
    """
    if start is None and end is None:
        return ""
    begun, ended = _day(start), _day(end) or _("현재")
    return begun if begun == ended else f"{begun} ~ {ended}".strip()


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return f"{day:%Y.%m}" if day.day == 1 else f"{day:%Y.%m.%d}"
