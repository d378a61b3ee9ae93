"""What is missing or too thin: whole sections, descriptions, roles and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.claims import claim, has_result
from feedback.checks.figures import has_figure
from feedback.checks.finding import Finding
from feedback.checks.sentences import clip, excerpt, split
from feedback.checks.trades import is_it, lacks_licence, lacks_works
from feedback.schemas import Division
from resumes.document import EducationEntry, ProjectEntry, ResumeDocument, Section

# Korean application forms ask for 500 to 1,000 characters per question: 300 cannot hold one story.
MIN_INTRODUCTION_LENGTH = 300
# Three to four such answers; beyond that the page is skimmed.
MAX_INTRODUCTION_LENGTH = 3000
# One sentence that does not fill a line of an A4 page: "의류 매장 판매 및 고객 응대".
MIN_DESCRIPTION_LENGTH = 45
# Even cut into bullets, less than this says nothing about a job.
MIN_BULLETED_LENGTH = 20
# An IT job is hardly ever done with fewer than a language, a framework and a database.
MIN_TECHNOLOGIES = 3


def is_thin(description: str) -> bool:
    """Return whether a description is empty or no more than one short sentence.

    Bullets and enumerations say more with fewer characters; marks alone say nothing.
    """
    sentences = split(description)
    if not sentences or len(description) < MIN_BULLETED_LENGTH:
        return True
    listed = len(sentences) > 1 or description.count(",") > 1
    return not listed and len(description) < MIN_DESCRIPTION_LENGTH


def section_missing(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sections that this applicant should have filled and did not."""
    for section, text, weight in _missing(document):
        yield Finding("section_missing", Division.RECOMMENDATION, section, "", text, weight)


_TELLS_OF_WORK = re.compile(
    r"\d{1,2}년 ?차|\d{1,2}년(?:간|동안)? ?(?:근무|일했|일하|재직|경력)|경력 ?\d{1,2}년"
)


def _missing(document: ResumeDocument) -> Iterator[tuple[Section, str, int]]:
    if not document.introduction:
        yield (
            Section.INTRODUCTION,
            _(
                "자기소개가 비어 있습니다. 지원하는 일, 그 일과 이어지는 경험 한두 "
                "가지(상황-행동-결과), "
                "입사 후 하고 싶은 일을 500~1,000자로 적어 주십시오."
            ),
            85,
        )
    tells_of_work = _TELLS_OF_WORK.search(f"{document.title}\n{document.introduction}") is not None
    if not document.experiences and (
        tells_of_work or not (document.projects or document.activities)
    ):
        yield (
            Section.EXPERIENCES,
            _(
                "경력이 비어 있습니다. 정규직이 아니어도 인턴, 아르바이트, 현장 실습처럼 실제로 "
                "일한 곳의 이름과 "
                "기간, 맡은 일, 결과를 적어 주십시오. 없다면 프로젝트나 활동을 채워 주십시오."
            ),
            90,
        )
    if not document.educations:
        yield (
            Section.EDUCATIONS,
            _("학력이 비어 있습니다. 최종 학교의 이름, 전공, 기간과 졸업 여부를 적어 주십시오."),
            70,
        )
    if is_it(document):
        if not document.technology_stacks:
            yield (
                Section.TECHNOLOGY_STACKS,
                _(
                    "IT 직무인데 기술 목록이 비어 있습니다. 실제로 써 본 언어, 프레임워크, "
                    "데이터베이스, 도구를 "
                    "능숙한 순서로 적어 주십시오. 서류는 기술 이름으로 먼저 걸러지는 일이 많습니다."
                ),
                62,
            )
        if not document.projects and not document.experiences:
            yield (
                Section.PROJECTS,
                _(
                    "경력이 없는 IT 지원자에게는 프로젝트가 실력을 보여 주는 자리인데 비어 "
                    "있습니다. "
                    "수업, 교육 과정, 개인 작업 가운데 완성한 것의 역할, 기간, 결과와 주소를 "
                    "적어 주십시오."
                ),
                65,
            )
    if lacks_works(document):
        yield (
            Section.PROJECTS,
            _(
                "작업물을 먼저 보는 직무인데 프로젝트가 비어 있습니다. 대표작 두세 가지의 과제, "
                "맡은 몫, "
                "기간, 결과와 포트폴리오 주소를 적어 주십시오."
            ),
            65,
        )
    if lacks_licence(document):
        yield (
            Section.QUALIFICATIONS,
            _(
                "면허나 자격을 먼저 보는 직무인데 자격·어학이 비어 있습니다. 가진 면허와 자격의 "
                "이름, "
                "발급 기관, 취득일을 적어 주십시오."
            ),
            64,
        )


def section_thin(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the jobs, projects, schools and technology lists that hold too little to judge by."""
    for section, quote, text, weight in _thin(document):
        if quote:
            yield Finding(
                "section_thin", Division.RECOMMENDATION, section, clip(quote), text, weight
            )


def _thin(document: ResumeDocument) -> Iterator[tuple[Section, str, str, int]]:
    for job in document.experiences:
        name = job.company or job.position or job.department
        if is_thin(job.description):
            text = _(
                "‘%(name)s’ 경력의 설명이 %(length)d자뿐이라 무슨 일을 했는지 알기 어렵습니다. "
                "맡은 일 2~3가지와 그 결과를 한 줄씩 적어 주십시오."
            ) % {"name": excerpt(name), "length": len(job.description)}
            yield Section.EXPERIENCES, job.description or name, text, 64
        if job.start_date is None:
            text = _(
                "‘%(name)s’ 경력에 일한 기간이 없습니다. 시작한 달과 마친 달을 적어 주십시오."
            ) % {"name": excerpt(name)}
            yield Section.EXPERIENCES, name, text, 66
    for project in document.projects:
        if is_thin(project.description):
            text = _(
                "‘%(name)s’ 프로젝트의 설명이 %(length)d자뿐입니다. 왜 시작했는지, 본인이 무엇을 "
                "했는지, "
                "결과가 어땠는지를 서너 줄로 적어 주십시오."
            ) % {"name": excerpt(project.title), "length": len(project.description)}
            yield Section.PROJECTS, project.description or project.title or project.role, text, 60
    for school in document.educations:
        missing = _missing_of_school(school)
        if missing:
            text = _(
                "‘%(name)s’ 학력에 %(missing)s 항목이 없습니다. 채용 담당자가 확인하는 "
                "항목이므로 채워 주십시오."
            )
            values = {"name": excerpt(school.school or school.major), "missing": ", ".join(missing)}
            yield Section.EDUCATIONS, school.school or school.major, text % values, 46
    if is_it(document) and 0 < len(document.technology_stacks) < MIN_TECHNOLOGIES:
        text = _(
            "기술이 %(count)d개만 적혀 있습니다. 언어, 프레임워크, 데이터베이스, 협업 도구로 "
            "나누어 "
            "실제로 써 본 것을 더 적어 주십시오."
        ) % {"count": len(document.technology_stacks)}
        yield Section.TECHNOLOGY_STACKS, document.technology_stacks[0], text, 50


# Ids of the code division education_level: 전문대학, 대학교, 대학원.
_COLLEGE_LEVELS = frozenset({"2", "3", "4", "5"})
_COLLEGE = re.compile(r"(?:대학교|대학원|대학|대)(?:\s|\(|$)")


def _missing_of_school(school: EducationEntry) -> list[str]:
    missing = []
    college = school.education_level in _COLLEGE_LEVELS or _COLLEGE.search(school.school)
    if not school.major and college:
        missing.append(_("전공"))
    if school.start_date is None and school.end_date is None:
        missing.append(_("기간"))
    return missing


def introduction_short(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield one finding when there is an introduction of less than MIN_INTRODUCTION_LENGTH."""
    length = len(document.introduction)
    if 0 < length < MIN_INTRODUCTION_LENGTH:
        yield Finding(
            "introduction_short",
            Division.IMPROVEMENT,
            Section.INTRODUCTION,
            clip(document.introduction, 100),
            _(
                "자기소개가 %(length)d자로 짧아 한 가지 경험도 다 담기 어렵습니다. ‘%(quote)s’ "
                "부분을 실마리로, "
                "어떤 상황에서 무엇을 했고 어떤 결과가 있었는지 풀어 500자 이상으로 늘려 주십시오."
            )
            % {"length": length, "quote": excerpt(document.introduction)},
            63,
        )


def introduction_long(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield one finding when the introduction is longer than MAX_INTRODUCTION_LENGTH."""
    length = len(document.introduction)
    if length > MAX_INTRODUCTION_LENGTH:
        yield Finding(
            "introduction_long",
            Division.IMPROVEMENT,
            Section.INTRODUCTION,
            clip(document.introduction, 100),
            _(
                "자기소개가 %(length)d자로 길어 끝까지 읽히기 어렵습니다. 지원하는 일과 바로 "
                "이어지는 경험 "
                "두세 가지만 남기고, 1,500자 안팎으로 줄여 주십시오."
            )
            % {"length": length},
            52,
        )


_ROLE_TOLD = re.compile(r"역할|담당|맡[아았은]|주도|개인 ?(?:프로젝트|작업|작품)|1인|혼자|단독")


def project_incomplete(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the projects without a role, a period or a result, naming what is missing."""
    for project in document.projects:
        missing = _missing_of_project(project)
        quote = clip(project.title or project.role or project.description)
        if missing and quote:
            yield Finding(
                "project_incomplete",
                Division.RECOMMENDATION,
                Section.PROJECTS,
                quote,
                _(
                    "‘%(name)s’ 프로젝트에 %(missing)s 항목이 없습니다. ‘○명 중 ○○ 담당, ○개월, "
                    "결과: 이용자 ○명 또는 ○○ 완성’처럼 보태 주십시오."
                )
                % {"name": excerpt(quote), "missing": ", ".join(missing)},
                62,
            )


def _missing_of_project(project: ProjectEntry) -> list[str]:
    missing = []
    if not project.role and not _ROLE_TOLD.search(f"{project.title}\n{project.description}"):
        missing.append(_("역할"))
    if project.start_date is None and project.end_date is None:
        missing.append(_("기간"))
    if not any(_shows_result(sentence.text) for sentence in split(project.description)):
        missing.append(_("결과"))
    return missing


def _shows_result(text: str) -> bool:
    return has_figure(text) or has_result(text) or claim(text) is not None


_STATUS_TOLD = re.compile(r"졸업|재학|휴학|수료|중퇴|자퇴|편입|졸$")


def graduation_missing(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the schools of which it is not said whether the applicant graduated."""
    for school in document.educations:
        quote = clip(school.school or school.major)
        if school.graduation_status or not quote:
            continue
        if _STATUS_TOLD.search(school.school) or _STATUS_TOLD.search(school.major):
            continue
        yield Finding(
            "graduation_missing",
            Division.RECOMMENDATION,
            Section.EDUCATIONS,
            quote,
            _(
                "‘%(school)s’ 학력에 졸업 여부가 없습니다. 졸업, 졸업 예정, 재학, 휴학, 수료, "
                "중퇴 가운데 하나를 "
                "골라 주십시오. 비워 두면 서류 확인에서 되묻게 됩니다."
            )
            % {"school": excerpt(quote)},
            54,
        )
