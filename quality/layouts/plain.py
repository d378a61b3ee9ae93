"""Layouts of plain text, and JSON Résumé."""

from __future__ import annotations

import json
from datetime import date

from quality.layouts.writing import (
    DASHES,
    DOTS,
    EMPLOYMENT,
    STATUS,
    TIGHT,
    contact,
    day,
    filled,
    introduction,
    lines_of,
    section,
    text,
)
from resumes.document import ResumeDocument


def plain_pipes(resume: ResumeDocument) -> bytes:
    """Plain text: names and periods set apart by bars, headings in brackets."""
    labels = ("연락처: ", "이메일: ", "주소: ", "생년월일: ", "성별: ", "병역: ")
    return text(
        [
            resume.name,
            resume.title,
            *contact(resume, *labels),
            *section("[자기소개]", introduction(resume)),
            *section(
                "[경력사항]",
                *(
                    [
                        filled(
                            " | ",
                            e.company,
                            e.department,
                            e.position,
                            EMPLOYMENT[e.employment_type],
                        ),
                        DOTS(e.start_date, e.end_date),
                        *lines_of(e.description),
                    ]
                    for e in resume.experiences
                ),
            ),
            *section(
                "[프로젝트]",
                *(
                    [
                        p.title,
                        DOTS(p.start_date, p.end_date),
                        *([f"역할: {p.role}"] if p.role else []),
                        *(
                            [f"사용 기술: {', '.join(p.technology_stacks)}"]
                            if p.technology_stacks
                            else []
                        ),
                        *lines_of(p.description),
                        *([f"링크: {p.link}"] if p.link else []),
                    ]
                    for p in resume.projects
                ),
            ),
            *section(
                "[학력사항]",
                *(
                    [
                        filled(" | ", s.school, s.major, STATUS[s.graduation_status], s.grade),
                        DOTS(s.start_date, s.end_date),
                    ]
                    for s in resume.educations
                ),
            ),
            *section(
                "[자격증]",
                [
                    filled(" | ", q.title, q.score, q.agency, day(q.acquired_date))
                    for q in resume.qualifications
                ],
            ),
            *section(
                "[활동 및 수상]",
                *(
                    [
                        filled(" | ", a.title, a.organization),
                        DOTS(a.start_date, a.end_date),
                        *lines_of(a.description),
                    ]
                    for a in resume.activities
                ),
            ),
            *section(
                "[기술]", [", ".join(resume.technology_stacks)] if resume.technology_stacks else []
            ),
        ]
    ).encode()


def pasted_site(resume: ResumeDocument) -> bytes:
    """Text copied from the page of a job site: one thing on a line."""
    return text(
        [
            resume.title,
            resume.name,
            *contact(resume, "휴대폰 ", "이메일 ", "주소 ", "생년월일 ", "성별 ", "병역 "),
            *section(
                "경력",
                *(
                    [
                        e.company,
                        DOTS(e.start_date, e.end_date),
                        filled(" · ", e.department, e.position),
                        *lines_of(e.description, "• "),
                    ]
                    for e in resume.experiences
                ),
            ),
            *section(
                "학력",
                *(
                    [
                        s.school,
                        filled(" · ", s.major, STATUS[s.graduation_status]),
                        DOTS(s.start_date, s.end_date),
                        *([f"학점 {s.grade}"] if s.grade else []),
                    ]
                    for s in resume.educations
                ),
            ),
            *section(
                "프로젝트",
                *(
                    [
                        p.title,
                        DOTS(p.start_date, p.end_date),
                        p.role,
                        *lines_of(p.description, "• "),
                        *([p.link] if p.link else []),
                    ]
                    for p in resume.projects
                ),
            ),
            *section(
                "수상 및 활동",
                *(
                    [
                        a.title,
                        DOTS(a.start_date, a.end_date),
                        a.organization,
                        *lines_of(a.description),
                    ]
                    for a in resume.activities
                ),
            ),
            *section(
                "자격증",
                *(
                    [q.title, filled(" · ", q.agency, day(q.acquired_date)), q.score]
                    for q in resume.qualifications
                ),
            ),
            *section("스킬", list(resume.technology_stacks)),
            *section("자기소개", introduction(resume)),
        ]
    ).encode("cp949", errors="replace")


def markdown(resume: ResumeDocument) -> bytes:
    """Markdown as developers keep it."""
    return text(
        [
            f"# {resume.name}",
            f"> {resume.title}",
            "",
            *contact(
                resume,
                "- Phone: ",
                "- Email: ",
                "- Address: ",
                "- Birth: ",
                "- Gender: ",
                "- 병역: ",
            ),
            *section("## About Me", introduction(resume)),
            *section(
                "## Work Experience",
                *(
                    [
                        f"### {filled(' - ', e.company, e.position)} ({DASHES(e.start_date, e.end_date)})",
                        *lines_of(e.description, "* "),
                    ]
                    for e in resume.experiences
                ),
            ),
            *section(
                "## Projects",
                *(
                    [
                        f"### {p.title} ({DASHES(p.start_date, p.end_date)})",
                        *lines_of(p.description, "* "),
                        *(
                            [f"- Tech: {', '.join(p.technology_stacks)}"]
                            if p.technology_stacks
                            else []
                        ),
                        *([f"- Link: {p.link}"] if p.link else []),
                    ]
                    for p in resume.projects
                ),
            ),
            *section(
                "## Education",
                *(
                    [
                        f"### {filled(' ', s.school, s.major)} ({DASHES(s.start_date, s.end_date)})",
                        *([f"- GPA: {s.grade}"] if s.grade else []),
                    ]
                    for s in resume.educations
                ),
            ),
            *section(
                "## Certificates",
                [
                    f"- {q.title} ({filled(', ', q.agency, day(q.acquired_date, '%Y-%m'))})"
                    for q in resume.qualifications
                ],
            ),
            *section(
                "## Activities",
                *(
                    [
                        f"### {filled(' - ', a.title, a.organization)} ({DASHES(a.start_date, a.end_date)})",
                        *lines_of(a.description, "* "),
                    ]
                    for a in resume.activities
                ),
            ),
            *section("## Skills", [f"- {title}" for title in resume.technology_stacks]),
        ]
    ).encode()


def plain_tight(resume: ResumeDocument) -> bytes:
    """Plain text without blank lines, marked headings, everything of a thing on its first line."""
    return text(
        [
            f"{resume.title}",
            f"이름 : {resume.name}",
            *contact(resume, "H.P : ", "메일 : ", "거주지 : ", "생년월일 : ", "성별 : ", "병역 : "),
            "■ 경력사항",
            *(
                line
                for e in resume.experiences
                for line in (
                    f"{TIGHT(e.start_date, e.end_date)} {e.company} {filled(' ', e.department, e.position)}",
                    *lines_of(e.description),
                )
            ),
            "■ 프로젝트",
            *(
                line
                for p in resume.projects
                for line in (
                    f"{TIGHT(p.start_date, p.end_date)} {p.title}",
                    *lines_of(p.description),
                )
            ),
            "■ 학력사항",
            *(
                filled(
                    " ",
                    TIGHT(s.start_date, s.end_date),
                    s.school,
                    s.major,
                    STATUS[s.graduation_status],
                    f"({s.grade})" if s.grade else "",
                )
                for s in resume.educations
            ),
            "■ 자격증",
            *(
                filled(
                    " ", day(q.acquired_date), q.title, q.score, f"({q.agency})" if q.agency else ""
                )
                for q in resume.qualifications
            ),
            "■ 활동",
            *(
                line
                for a in resume.activities
                for line in (
                    filled(
                        " ",
                        TIGHT(a.start_date, a.end_date),
                        a.title,
                        f"({a.organization})" if a.organization else "",
                    ),
                    *lines_of(a.description),
                )
            ),
            "■ 사용 기술",
            ", ".join(resume.technology_stacks),
            "■ 자기소개",
            *introduction(resume),
        ]
    ).encode("utf-16")


def json_resume(resume: ResumeDocument) -> bytes:
    """JSON Résumé as its own tools write it."""

    def spanned(start: date | None, end: date | None) -> dict[str, str]:
        dates = {"startDate": day(start, "%Y-%m-%d"), "endDate": day(end, "%Y-%m-%d")}
        return {name: value for name, value in dates.items() if value}

    return json.dumps(
        {
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": {
                "name": resume.name,
                "label": resume.title,
                "email": resume.email,
                "phone": resume.phone,
                "summary": resume.introduction,
                "location": {"address": resume.address, "countryCode": "KR"},
            },
            "work": [
                {
                    "name": e.company,
                    "position": e.position,
                    **spanned(e.start_date, e.end_date),
                    "highlights": e.description.splitlines(),
                }
                for e in resume.experiences
            ],
            "education": [
                {
                    "institution": s.school,
                    "area": s.major,
                    "score": s.grade,
                    **spanned(s.start_date, s.end_date),
                }
                for s in resume.educations
            ],
            "projects": [
                {
                    "name": p.title,
                    "roles": [p.role],
                    "description": p.description,
                    "keywords": p.technology_stacks,
                    "url": p.link,
                    **spanned(p.start_date, p.end_date),
                }
                for p in resume.projects
            ],
            "certificates": [
                {"name": q.title, "issuer": q.agency, "date": day(q.acquired_date, "%Y-%m-%d")}
                for q in resume.qualifications
            ],
            "volunteer": [
                {
                    "organization": a.organization,
                    "position": a.title,
                    "summary": a.description,
                    **spanned(a.start_date, a.end_date),
                }
                for a in resume.activities
            ],
            "skills": [{"name": title} for title in resume.technology_stacks],
        },
        ensure_ascii=False,
    ).encode()
