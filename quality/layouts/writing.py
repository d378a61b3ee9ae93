"""What all layouts share: how periods, sections and contacts are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

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


def period_first(resume: ResumeDocument, periods: Period, mark: str) -> list[str]:
    """Return the sections with each period before what it is the period of."""
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
