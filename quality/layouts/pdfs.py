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
    return pdf(_sidebar(resume))


def pdf_sidebar_spaced(resume: ResumeDocument) -> bytes:
    """The same with room between all paragraphs and no blank lines."""
    return pdf(_without_blank_lines(_sidebar(resume)), leading=18, spacing=8)


def _without_blank_lines(text: str) -> str:
    return "\n".join(filter(None, text.splitlines()))


def _sidebar(resume: ResumeDocument) -> str:
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
    return text([resume.name, resume.title, "", "=== left", *left, "=== right", *right])


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


def pdf_spaced(resume: ResumeDocument) -> bytes:
    """PDF as word processors make it: room below each paragraph, names above their periods."""
    return pdf(_without_blank_lines(_names_above(resume)), spacing=8)


def pdf_wide_lines(resume: ResumeDocument) -> bytes:
    """The same with lines twice as high as letters and blank lines between what belongs apart."""
    return pdf(_names_above(resume), leading=20)


def _names_above(resume: ResumeDocument) -> str:
    return text(
        [
            resume.name,
            resume.title,
            *contact(resume, "연락처: ", "이메일: ", "주소: ", "생년월일: ", "성별: ", "병역: "),
            *section("소개", introduction(resume)),
            *section(
                "경력사항",
                *(
                    [
                        e.company,
                        filled(
                            " | ",
                            filled(" / ", e.department, e.position),
                            DOTS(e.start_date, e.end_date),
                        ),
                        *lines_of(e.description, "• "),
                    ]
                    for e in resume.experiences
                ),
            ),
            *section(
                "프로젝트",
                *(
                    [
                        p.title,
                        filled(" | ", p.role, DOTS(p.start_date, p.end_date)),
                        *lines_of(p.description, "• "),
                    ]
                    for p in resume.projects
                ),
            ),
            *section(
                "학력",
                *(
                    [
                        filled(" ", s.school, s.major),
                        filled(
                            " | ",
                            DOTS(s.start_date, s.end_date),
                            STATUS[s.graduation_status],
                            s.grade and f"학점 {s.grade}",
                        ),
                    ]
                    for s in resume.educations
                ),
            ),
            *section(
                "자격증",
                [
                    filled(" | ", filled(" ", q.title, q.score), q.agency, day(q.acquired_date))
                    for q in resume.qualifications
                ],
            ),
            *section(
                "대외활동",
                *(
                    [
                        a.title,
                        filled(" | ", a.organization, DOTS(a.start_date, a.end_date)),
                        *lines_of(a.description, "• "),
                    ]
                    for a in resume.activities
                ),
            ),
            *section(
                "기술 스택",
                [", ".join(resume.technology_stacks)] if resume.technology_stacks else [],
            ),
        ]
    )


def pdf_form(resume: ResumeDocument) -> bytes:
    """PDF of the form that stationers sell: its name in the middle, below it tables alone."""
    beside = "\t" * 3

    def table(heading: str, heads: str, *rows: list[str]) -> list[str]:
        return [heading, heads, *(line for row in rows for line in row)] if rows else []

    def told(words: str) -> tuple[str, list[str]]:
        first, *others = lines_of(words) or [""]
        return first, [f"{beside}{line}" for line in others]

    def row(told_words: str, *cells: str) -> list[str]:
        first, others = told(told_words)
        return ["\t".join([*cells, first]), *others]

    return pdf(
        text(
            [
                "\t\t이 력 서",
                "",
                f"성명\t{resume.name}\t생년월일\t{day(resume.birth_date, '%Y.%m.%d')}",
                f"연락처\t{resume.phone}\t이메일\t{resume.email}",
                f"주소\t{resume.address}",
                *table(
                    "학력사항",
                    "기간\t학교명\t전공\t졸업구분",
                    *(
                        [
                            "\t".join(
                                [
                                    DOTS(s.start_date, s.end_date),
                                    s.school,
                                    s.major,
                                    STATUS[s.graduation_status],
                                ]
                            )
                        ]
                        for s in resume.educations
                    ),
                ),
                *table(
                    "경력사항",
                    "근무기간\t회사명\t부서/직책\t담당업무",
                    *(
                        row(
                            e.description,
                            DOTS(e.start_date, e.end_date),
                            e.company,
                            filled("/", e.department, e.position),
                        )
                        for e in resume.experiences
                    ),
                ),
                *table(
                    "자격 및 면허",
                    "취득일\t자격명\t발행처\t점수",
                    *(
                        ["\t".join([day(q.acquired_date), q.title, q.agency, q.score])]
                        for q in resume.qualifications
                    ),
                ),
                *table(
                    "활동사항",
                    "기간\t활동명\t기관명\t내용",
                    *(
                        row(a.description, DOTS(a.start_date, a.end_date), a.title, a.organization)
                        for a in resume.activities
                    ),
                ),
                *section(
                    "보유기술",
                    [", ".join(resume.technology_stacks)] if resume.technology_stacks else [],
                ),
                *section("자기소개", introduction(resume)),
            ]
        ),
        size=8,
        leading=20,
        tab=125,
    )
