"""Layouts of Word documents."""

from __future__ import annotations

from imports.tests.documents import docx
from quality.layouts.writing import (
    GENDER,
    SLASHES,
    STATUS,
    TIGHT,
    WORDS,
    contact,
    day,
    filled,
    introduction,
    lines_of,
    period_first,
    section,
    text,
)
from resumes.document import ResumeDocument


def docx_paragraphs(resume: ResumeDocument) -> bytes:
    """Word: headings with numbers, the period first."""
    return docx(
        text(
            [
                "이 력 서",
                f"성명: {resume.name}",
                f"지원분야: {resume.title}",
                *contact(
                    resume, "휴대폰: ", "E-mail: ", "현주소: ", "생년월일: ", "성별: ", "병역: "
                ),
                *period_first(resume, WORDS, "- "),
                *section("자기소개", introduction(resume)),
            ]
        )
    )


def docx_tables(resume: ResumeDocument) -> bytes:
    """Word in tables, as forms of employers have them: each with the names of its columns."""
    table = ["=== table"]
    return docx(
        text(
            [
                "이력서",
                resume.title,
                *table,
                f"성명\t{resume.name}\t생년월일\t{day(resume.birth_date, '%Y-%m-%d')}",
                f"연락처\t{resume.phone}\t이메일\t{resume.email}",
                f"주소\t{resume.address}\t성별\t{GENDER[resume.gender]}",
                f"병역\t{resume.military_service}",
                "=== across",
                "학력사항",
                *table,
                "기간\t학교명\t전공\t졸업구분\t학점",
                *(
                    "\t".join(
                        (
                            TIGHT(s.start_date, s.end_date),
                            s.school,
                            s.major,
                            STATUS[s.graduation_status],
                            s.grade,
                        )
                    )
                    for s in resume.educations
                ),
                "=== across",
                "경력사항",
                *table,
                "근무기간\t회사명\t부서\t직위\t담당업무",
                *(
                    "\t".join(
                        (
                            TIGHT(e.start_date, e.end_date),
                            e.company,
                            e.department,
                            e.position,
                            " ".join(lines_of(e.description)),
                        )
                    )
                    for e in resume.experiences
                ),
                "=== across",
                "자격사항",
                *table,
                "취득일\t자격증명\t발급기관\t점수",
                *(
                    "\t".join((day(q.acquired_date), q.title, q.agency, q.score))
                    for q in resume.qualifications
                ),
                "=== across",
                "활동사항",
                *table,
                "활동기간\t활동명\t기관\t내용",
                *(
                    "\t".join(
                        (
                            TIGHT(a.start_date, a.end_date),
                            a.title,
                            a.organization,
                            " ".join(a.description.splitlines()),
                        )
                    )
                    for a in resume.activities
                ),
                "=== across",
                "컴퓨터활용능력",
                ", ".join(resume.technology_stacks),
                "자기소개서",
                *introduction(resume),
            ]
        )
    )


def docx_columns(resume: ResumeDocument) -> bytes:
    """Word with a table for the layout: a sidebar, and the rest beside it."""
    left = [
        "인적사항",
        *contact(resume, "연락처: ", "이메일: ", "주소: ", "생년월일: ", "성별: ", "병역: "),
        "보유기술",
        *resume.technology_stacks,
        "자격/면허",
        *(filled(", ", q.title, q.agency, day(q.acquired_date)) for q in resume.qualifications),
    ]
    right = [
        "자기소개",
        *introduction(resume),
        "주요 경력",
        *(
            line
            for e in resume.experiences
            for line in (
                f"{filled(' ', e.company, e.department)} | {e.position} | {SLASHES(e.start_date, e.end_date)}",
                *lines_of(e.description),
            )
        ),
        "주요 프로젝트",
        *(
            line
            for p in resume.projects
            for line in (
                f"{p.title} | {p.role} | {SLASHES(p.start_date, p.end_date)}",
                *lines_of(p.description),
            )
        ),
        "학력",
        *(
            filled(
                " | ",
                s.school,
                s.major,
                SLASHES(s.start_date, s.end_date),
                STATUS[s.graduation_status],
                s.grade,
            )
            for s in resume.educations
        ),
        "수상·활동",
        *(
            line
            for a in resume.activities
            for line in (
                f"{filled(' | ', a.title, a.organization)} | {SLASHES(a.start_date, a.end_date)}",
                *lines_of(a.description),
            )
        ),
    ]
    return docx(text([resume.name, resume.title, "=== columns", *left, "=== beside", *right]))
