"""What a model answers that reads a résumé: words of its text, and nothing else.

It copies and does not interpret: which month and which code some words mean is told by the same
rules for both readers. Who the résumé is about it does not get to know.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gaechwi.ai.answers import Answer

Words = Annotated[str, Field(max_length=500)]
Lines = Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=80)]
Titles = Annotated[list[Words], Field(max_length=100)]


class ExperienceAnswer(Answer):
    """One job as its text words it."""

    company: Words
    department: Words
    position: Words
    employment_type: Words
    period: Words
    description: Lines


class EducationAnswer(Answer):
    """One school as its text words it."""

    school: Words
    major: Words
    degree: Words
    graduation_status: Words
    grade: Words
    period: Words


class ProjectAnswer(Answer):
    """One project as its text words it."""

    title: Words
    role: Words
    period: Words
    link: Words
    technology_stacks: Titles
    description: Lines


class ActivityAnswer(Answer):
    """One activity or award as its text words it."""

    title: Words
    organization: Words
    period: Words
    description: Lines


class QualificationAnswer(Answer):
    """One certificate or score as its text words it."""

    title: Words
    agency: Words
    acquired: Words
    score: Words


class ResumeAnswer(Answer):
    """The parts of a résumé as its text words them; "" and [] for what it does not say."""

    title: Words
    introduction: Lines
    experiences: Annotated[list[ExperienceAnswer], Field(max_length=30)]
    educations: Annotated[list[EducationAnswer], Field(max_length=30)]
    projects: Annotated[list[ProjectAnswer], Field(max_length=30)]
    activities: Annotated[list[ActivityAnswer], Field(max_length=30)]
    qualifications: Annotated[list[QualificationAnswer], Field(max_length=30)]
    technology_stacks: Titles
