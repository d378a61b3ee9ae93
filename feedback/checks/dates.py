"""Dates that cannot be: ends before starts, and things done in the future."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.finding import Finding
from feedback.checks.sentences import clip, excerpt
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section
from resumes.periods import month_text, months_between, period_text

# A contract or an internship has an end agreed beforehand; two years is the longest fixed term
# that Korean law allows before the contract counts as permanent (기간제법 제4조).
MAX_AGREED_MONTHS = 24
# Ids of the code division employment_type: 계약직, 인턴.
_FIXED_TERM = frozenset({"2", "3"})


@dataclass(frozen=True)
class Dated:
    """An entry of any section that has a start and an end."""

    section: Section
    name: str
    start: date | None
    end: date | None
    employment_type: str = ""

    @property
    def quote(self) -> str:
        """Return the words of the period, as the passage of that field has them."""
        return clip(period_text(self.start, self.end))


def dated_entries(document: ResumeDocument) -> Iterator[Dated]:
    """Yield every job, project, school and activity that has a date."""
    for job in document.experiences:
        yield Dated(
            Section.EXPERIENCES,
            job.company or job.position,
            job.start_date,
            job.end_date,
            job.employment_type,
        )
    for project in document.projects:
        yield Dated(Section.PROJECTS, project.title, project.start_date, project.end_date)
    for school in document.educations:
        yield Dated(Section.EDUCATIONS, school.school, school.start_date, school.end_date)
    for activity in document.activities:
        yield Dated(Section.ACTIVITIES, activity.title, activity.start_date, activity.end_date)


def date_order(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the entries that end before they start."""
    for entry in dated_entries(document):
        if entry.start and entry.end and entry.end < entry.start:
            yield Finding(
                "date_order",
                Division.IMPROVEMENT,
                entry.section,
                entry.quote,
                _(
                    "‘%(name)s’ 항목의 기간 ‘%(period)s’ 표기는 끝난 때가 시작한 때보다 앞섭니다. "
                    "두 날짜가 바뀌지 않았는지 증명서와 맞추어 고쳐 주십시오."
                )
                % {"name": excerpt(entry.name), "period": entry.quote},
                92,
            )


def future_date(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the entries that lie in the future, as seen from the day `on`.

    The end of a school may: it is the graduation expected. So may the end agreed in a contract.
    """
    for entry in dated_entries(document):
        if _in_future(entry, on):
            yield _future(entry.section, entry.quote, entry.name)
    for qualification in document.qualifications:
        acquired = qualification.acquired_date
        if acquired and acquired > on:
            yield _future(Section.QUALIFICATIONS, month_text(acquired), qualification.title)


def _in_future(entry: Dated, on: date) -> bool:
    if entry.start and entry.start > on:
        return True
    if entry.end is None or entry.end <= on or entry.section == Section.EDUCATIONS:
        return False
    # A month alone stands for its first day: an end within this month is not ahead.
    months_ahead = months_between(on, entry.end)
    if entry.employment_type in _FIXED_TERM:
        return months_ahead > MAX_AGREED_MONTHS
    return months_ahead > 0


def _future(section: Section, quote: str, name: str) -> Finding:
    return Finding(
        "future_date",
        Division.IMPROVEMENT,
        section,
        quote,
        _(
            "‘%(name)s’ 항목의 ‘%(quote)s’ 날짜는 아직 오지 않았습니다. 잘못 적은 것이면 고치고, "
            "진행 중이면 끝난 날짜를 비워 ‘현재’로, 예정이면 ‘예정’이라고 밝혀 주십시오."
        )
        % {"name": excerpt(name), "quote": quote},
        88,
    )
