"""Layouts of PDF."""

from __future__ import annotations

from imports.tests.documents import pdf
from quality.layouts.writing import (
    DOTS,
    ENGLISH,
    GENDER,
    STATUS,
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


def pdf_one_column(resume: ResumeDocument) -> bytes:
    """PDF in one column: the period first, then names set apart by slashes."""
    return pdf(
        text(
            [
                resume.name,
                resume.title,
                filled(" | ", resume.phone, resume.email, resume.address),
                filled(" | ", day(resume.birth_date, "%Y.%m.%d 생"), GENDER[resume.gender]),
                *([f"병역사항 : {resume.military_service}"] if resume.military_service else []),
                *period_first(resume, DOTS, "• "),
                *section("자기소개서", introduction(resume)),
            ]
        )
    )


def pdf_sidebar(resume: ResumeDocument) -> bytes:
    """PDF with a narrow column for contact, skills and certificates, a wide one for the rest."""
    left = [
        "CONTACT",
        *contact(resume, "", "", "", "", "", ""),
        *section("기술 스택", list(resume.technology_stacks)),
        *section(
            "자격증",
            *(
                [q.title, filled(" ", day(q.acquired_date), q.score), q.agency]
                for q in resume.qualifications
            ),
        ),
        *section(
            "학력",
            *(
                [
                    s.school,
                    filled(" ", s.major, STATUS[s.graduation_status]),
                    DOTS(s.start_date, s.end_date),
                    s.grade,
                ]
                for s in resume.educations
            ),
        ),
    ]
    right = [
        "자기소개",
        *introduction(resume),
        *section(
            "경력",
            *(
                [
                    filled(" ", e.company, e.department),
                    f"{e.position}\t{DOTS(e.start_date, e.end_date)}",
                    *lines_of(e.description),
                ]
                for e in resume.experiences
            ),
        ),
        *section(
            "프로젝트",
            *(
                [p.title, f"{p.role}\t{DOTS(p.start_date, p.end_date)}", *lines_of(p.description)]
                for p in resume.projects
            ),
        ),
        *section(
            "활동",
            *(
                [
                    a.title,
                    f"{a.organization}\t{DOTS(a.start_date, a.end_date)}",
                    *lines_of(a.description),
                ]
                for a in resume.activities
            ),
        ),
    ]
    return pdf(text([resume.name, resume.title, "", "=== left", *left, "=== right", *right]))


def pdf_labels_left(resume: ResumeDocument) -> bytes:
    """PDF as a table without lines: the heading on the left, periods and names beside it."""

    def beside(heading: str, rows: list[str]) -> list[str]:
        return ["", *(f"{'' if number else heading}\t{row}" for number, row in enumerate(rows))]

    def told(words: str) -> list[str]:
        return [f"\t{line}" for line in lines_of(words)]

    return pdf(
        text(
            [
                resume.name,
                resume.title,
                filled("  ", resume.phone, resume.email),
                *([resume.address] if resume.address else []),
                *beside(
                    "학력",
                    [
                        f"{DOTS(s.start_date, s.end_date)}\t{filled(' ', s.school, s.major, STATUS[s.graduation_status])}"
                        for s in resume.educations
                    ],
                ),
                "",
                "경력",
                *(
                    line
                    for e in resume.experiences
                    for line in (
                        f"{DOTS(e.start_date, e.end_date)}\t{filled(', ', e.company, e.department, e.position)}",
                        *told(e.description),
                    )
                ),
                *beside(
                    "자격증",
                    [
                        f"{day(q.acquired_date)}\t{filled(' ', q.title, q.score)}\t{q.agency}"
                        for q in resume.qualifications
                    ],
                ),
                "",
                "활동",
                *(
                    line
                    for a in resume.activities
                    for line in (
                        f"{DOTS(a.start_date, a.end_date)}\t{filled(', ', a.title, a.organization)}",
                        *told(a.description),
                    )
                ),
                *section(
                    "기술",
                    [", ".join(resume.technology_stacks)] if resume.technology_stacks else [],
                ),
                *section("자기소개", introduction(resume)),
            ]
        )
    )


def pdf_halves(resume: ResumeDocument) -> bytes:
    """PDF in two columns on its first page, English headings, the rest across on the second."""
    left = [
        "EDUCATION",
        *(
            line
            for s in resume.educations
            for line in (s.school, s.major, ENGLISH(s.start_date, s.end_date), s.grade)
            if line
        ),
        *section("SKILLS", list(resume.technology_stacks)),
    ]
    right = [
        "CERTIFICATES",
        *(filled(", ", q.title, q.agency, day(q.acquired_date)) for q in resume.qualifications),
        *section(
            "AWARDS & ACTIVITIES",
            *(
                [
                    filled(", ", a.title, a.organization),
                    ENGLISH(a.start_date, a.end_date),
                    *lines_of(a.description),
                ]
                for a in resume.activities
            ),
        ),
    ]
    below = [
        *section(
            "EXPERIENCE",
            *(
                [
                    filled(", ", e.company, e.position),
                    ENGLISH(e.start_date, e.end_date),
                    *lines_of(e.description, "• "),
                ]
                for e in resume.experiences
            ),
        ),
        *section(
            "PROJECTS",
            *(
                [p.title, ENGLISH(p.start_date, p.end_date), *lines_of(p.description, "• ")]
                for p in resume.projects
            ),
        ),
        *section("SUMMARY", introduction(resume)),
    ]
    return pdf(
        text(
            [
                resume.name,
                resume.title,
                filled(" | ", resume.email, resume.phone),
                "",
                "=== left",
                *left,
                "=== right",
                *right,
                "=== page",
                *below,
            ]
        )
    )
