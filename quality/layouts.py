"""The same résumés as different people lay them out, in the formats that they keep them in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date

from imports.tests.documents import docx, pdf
from resumes.document import ResumeDocument

Period = Callable[[date | None, date | None], str]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EMPLOYMENT = {"1": "정규직", "2": "계약직", "3": "인턴", "4": "프리랜서", "5": "파트타임", "": ""}
STATUS = {
    "1": "졸업",
    "2": "재학",
    "3": "휴학",
    "4": "중퇴",
    "5": "졸업예정",
    "6": "수료",
    "": "",
}
GENDER = {"1": "남", "2": "여", "": ""}


def period(form: Callable[[date], str], sign: str, now: str) -> Period:
    """Return how one person writes periods."""

    def written(start: date | None, end: date | None) -> str:
        if start and start == end:
            return form(start)
        return f"{form(start) if start else ''}{sign}{form(end) if end else now}"

    return written


DOTS = period(lambda day: f"{day:%Y.%m}", " ~ ", "현재")
WORDS = period(lambda day: f"{day.year}년 {day.month}월", " ~ ", "재직중")
DASHES = period(lambda day: f"{day:%Y-%m}", " – ", "현재")
TIGHT = period(lambda day: f"{day:%Y.%m}", "~", "현재")
ENGLISH = period(lambda day: f"{MONTHS[day.month - 1]} {day.year}", " - ", "Present")
SLASHES = period(lambda day: f"{day:%Y/%m}", " - ", "현재")


def filled(sign: str, *parts: str) -> str:
    """Return the parts that say something, with a sign between them."""
    return sign.join(part for part in parts if part)


def day(value: date | None, form: str = "%Y.%m") -> str:
    """Return a day as it is written, "" for none."""
    return f"{value:{form}}" if value else ""


def text(lines: Iterable[str | None]) -> str:
    """Return lines as a text; None stands for no line at all."""
    return "\n".join(line for line in lines if line is not None)


def lines_of(words: str, mark: str = "- ") -> list[str]:
    """Return a description as lines with another mark before what is marked."""
    return [
        mark + line.removeprefix("- ") if line.startswith("- ") else line
        for line in words.splitlines()
    ]


def section(heading: str, *blocks: list[str]) -> list[str]:
    """Return a section with blank lines between its blocks; nothing of an empty one."""
    if not any(blocks):
        return []
    lines = ["", heading]
    for number, block in enumerate(blocks):
        lines += ([""] if number else []) + block
    return lines


def contact(resume: ResumeDocument, *labels: str) -> list[str]:
    """Return name, contact and the like, each on a line with its label."""
    values = (
        resume.phone,
        resume.email,
        resume.address,
        day(resume.birth_date, "%Y.%m.%d"),
        GENDER[resume.gender],
        resume.military_service,
    )
    return [f"{label}{value}" for label, value in zip(labels, values, strict=True) if value]


def introduction(resume: ResumeDocument) -> list[str]:
    """Return the 자기소개, paragraph by paragraph."""
    return resume.introduction.splitlines()


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


def _period_first(resume: ResumeDocument, periods: Period, mark: str) -> list[str]:
    return [
        *section(
            "경력",
            *(
                [
                    filled(
                        "\t",
                        periods(e.start_date, e.end_date),
                        filled(" / ", e.company, e.department, e.position),
                    ),
                    *lines_of(e.description, mark),
                ]
                for e in resume.experiences
            ),
        ),
        *section(
            "프로젝트 경험",
            *(
                [
                    filled("\t", periods(p.start_date, p.end_date), filled(" / ", p.title, p.role)),
                    *lines_of(p.description, mark),
                    *([f"기술: {', '.join(p.technology_stacks)}"] if p.technology_stacks else []),
                    *([p.link] if p.link else []),
                ]
                for p in resume.projects
            ),
        ),
        *section(
            "학력",
            [
                filled(
                    "\t",
                    periods(s.start_date, s.end_date),
                    filled(" ", s.school, s.major),
                    STATUS[s.graduation_status],
                    s.grade,
                )
                for s in resume.educations
            ],
        ),
        *section(
            "자격증 및 어학",
            [
                filled("\t", day(q.acquired_date), filled(" ", q.title, q.score), q.agency)
                for q in resume.qualifications
            ],
        ),
        *section(
            "대외활동",
            *(
                [
                    filled(
                        "\t",
                        periods(a.start_date, a.end_date),
                        filled(" / ", a.title, a.organization),
                    ),
                    *lines_of(a.description, mark),
                ]
                for a in resume.activities
            ),
        ),
        *section(
            "보유 기술", [" · ".join(resume.technology_stacks)] if resume.technology_stacks else []
        ),
    ]


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
                *_period_first(resume, DOTS, "• "),
                *section("자기소개서", introduction(resume)),
            ]
        )
    )


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
                *_period_first(resume, WORDS, "- "),
                *section("자기소개", introduction(resume)),
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


Layout = tuple[str, str, Callable[[ResumeDocument], bytes]]
LAYOUTS: tuple[Layout, ...] = (
    ("TXT, bars", "txt", plain_pipes),
    ("PDF, one column", "pdf", pdf_one_column),
    ("PDF, sidebar", "pdf", pdf_sidebar),
    ("DOCX, paragraphs", "docx", docx_paragraphs),
    ("DOCX, tables", "docx", docx_tables),
    ("JSON Résumé", "json", json_resume),
    ("TXT in CP949, from a job site", "txt", pasted_site),
    ("Markdown", "txt", markdown),
    ("PDF, headings on the left", "pdf", pdf_labels_left),
    ("PDF, two columns and a page", "pdf", pdf_halves),
    ("DOCX, table as columns", "docx", docx_columns),
    ("TXT in UTF-16, no blank lines", "txt", plain_tight),
)
