"""Gaps between jobs that nothing accounts for, and jobs that overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.checks.finding import Finding
from feedback.checks.sentences import clip, excerpt
from feedback.schemas import Division
from resumes.document import ExperienceEntry, ResumeDocument, Section
from resumes.periods import month_text, months_between, period_text

# Half a year (184 days at most): what interviewers begin to ask about.
MAX_GAP_DAYS = 184
# Korean graduates look for their first job for about eleven and a half months on average
# (통계청 경제활동인구조사 청년층 부가조사, 2024); only more than a year needs a word.
MAX_GAP_BEFORE_FIRST_JOB_DAYS = 366
# Of somebody long at work nobody asks what came before the first job.
FIRST_JOB_RECENT_MONTHS = 60
# Handing over may overlap by a month; a month alone stands for its first day.
MAX_OVERLAP_DAYS = 31
# 18 to 21 months of service, with waiting for the call and the way back into a job.
SERVICE_GAP_DAYS = (450, 1000)
# A degree that took this long (four years need 48 months) holds the service as 휴학.
STUDIES_WITH_SERVICE_MONTHS = 66
# Conscripts are called up before they turn 28 (병역법), and so are back before 30.
SERVICE_LAST_AGE = 28

_SIDE_JOB = re.compile(
    r"프리랜서|파트타임|아르바이트|알바|시간제|시간강사|겸직|겸임|비상근|자문|외주|개인사업|부업"
    r"|freelance|part-?time",
    re.IGNORECASE,
)
# Ids of the code division employment_type: 프리랜서, 파트타임.
_SIDE_TYPES = frozenset({"4", "5"})
# Id of the code division activity_type: 수상.
_AWARD_TYPE = "3"
_AWARD = re.compile(r"수상|대상|[우최]수상|장려상|금상|은상|동상|표창|대회|공모전|경진")
_SERVED = re.compile(r"군필|현역|전역|제대|복무|병장|만기|소집해제|공익|필$|^필")
_NOT_SERVED = re.compile(r"미필|면제|해당 ?없|비대상|여성")
_MONTH = re.compile(r"((?:19|20)\d{2})\s?[.\-/년]\s?(\d{1,2})")


@dataclass(frozen=True, order=True)
class Span:
    """Days from start to end, both included."""

    start: date
    end: date


class GapKind(Enum):
    """Where in a working life a gap lies."""

    BEFORE_JOB = auto()
    SINCE_JOB = auto()
    AFTER_SCHOOL = auto()


@dataclass(frozen=True)
class Gap:
    """A long stretch of working life that nothing fills.

    `period` is that of the job before or behind which it lies, or of the school.
    """

    kind: GapKind
    span: Span
    period: str

    @property
    def section(self) -> Section:
        """Where the period stands."""
        after_school = self.kind is GapKind.AFTER_SCHOOL
        return Section.EDUCATIONS if after_school else Section.EXPERIENCES

    @property
    def months(self) -> int:
        """How long it lasts, at least one month."""
        return max(1, round(_days(self.span) / 30.4))


_TOLD = {
    GapKind.BEFORE_JOB: gettext_lazy(
        "‘%(quote)s’ 경력을 시작하기 전, %(start)s부터 %(end)s까지 약 %(months)d개월이 비어 "
        "있습니다. "
        "교육, 자격 준비, 가족 돌봄처럼 그동안 한 일을 활동에 한 줄로 적어 두면 면접에서 되묻지 "
        "않습니다."
    ),
    GapKind.SINCE_JOB: gettext_lazy(
        "마지막 경력(%(quote)s) 뒤로 %(start)s부터 지금까지 약 %(months)d개월 동안의 일이 적혀 "
        "있지 않습니다. "
        "그동안의 교육, 자격 준비, 단기 일, 개인 작업을 활동이나 프로젝트에 적어 주십시오."
    ),
    GapKind.AFTER_SCHOOL: gettext_lazy(
        "학업(%(quote)s)을 마친 뒤 약 %(months)d개월 동안 무엇을 했는지가 보이지 않습니다. "
        "직업 교육, 자격 준비, 아르바이트, 개인 작업을 기간과 함께 적어 주십시오."
    ),
}


def date_overlap(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the full-time jobs that were held for more than a month beside another one."""
    jobs = [
        (span, job)
        for job in document.experiences
        if not _is_side_job(job) and (span := _span(job.start_date, job.end_date, on))
    ]
    jobs.sort(key=lambda pair: pair[0])
    longest: tuple[Span, ExperienceEntry] | None = None
    for span, job in jobs:
        if longest and longest[1].company != job.company:
            overlap = (min(span.end, longest[0].end) - span.start).days
            if overlap > MAX_OVERLAP_DAYS:
                quote = clip(period_text(job.start_date, job.end_date))
                yield Finding(
                    "date_overlap",
                    Division.IMPROVEMENT,
                    Section.EXPERIENCES,
                    quote,
                    _(
                        "‘%(job)s’ 경력의 기간(%(quote)s)이 ‘%(other)s’ 경력(%(period)s)과 "
                        "겹칩니다. "
                        "날짜를 다시 확인하고, 실제로 함께 일했다면 겸직, 파견, 시간제처럼 근무 "
                        "형태를 밝혀 주십시오."
                    )
                    % {
                        "job": excerpt(job.company),
                        "quote": quote,
                        "other": excerpt(longest[1].company),
                        "period": period_text(longest[1].start_date, longest[1].end_date),
                    },
                    68,
                )
        if longest is None or span.end > longest[0].end:
            longest = (span, job)


def _is_side_job(job: ExperienceEntry) -> bool:
    if job.employment_type in _SIDE_TYPES:
        return True
    return any(_SIDE_JOB.search(words) for words in (job.company, job.position, job.department))


def _span(start: date | None, end: date | None, on: date) -> Span | None:
    """Return the days of an entry up to today, None where its dates cannot be."""
    if start is None or start > on or (end is not None and end < start):
        return None
    return Span(start, min(end or on, on))


def _covered(start: date | None, end: date | None, on: date) -> Span | None:
    """Return the days of an entry as `_span` does, also where its dates were swapped.

    Swapped dates are reported as such; they should not open a gap as well.
    """
    if start and end and end < start:
        start, end = end, start
    return _span(start, end, on)


def date_gap(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield a finding for each gap."""
    for gap in career_gaps(document, on):
        text = str(_TOLD[gap.kind]) % {
            "start": month_text(gap.span.start),
            "end": month_text(gap.span.end),
            "months": gap.months,
            "quote": gap.period,
        }
        quote = clip(gap.period)
        yield Finding("date_gap", Division.RECOMMENDATION, gap.section, quote, text, 70)


def career_gaps(document: ResumeDocument, on: date) -> Iterator[Gap]:
    """Yield the long stretches of working life that no job, school, activity or service fills."""
    jobs = sorted(
        (span, period_text(job.start_date, job.end_date))
        for job in document.experiences
        if (span := _covered(job.start_date, job.end_date, on))
    )
    schools = sorted(
        (span, period_text(school.start_date, school.end_date))
        for school in document.educations
        if (span := _covered(school.start_date or school.end_date, school.end_date, on))
    )
    if not jobs and not schools:
        return
    stretches = list(
        _uncovered([*(s for s, _p in jobs), *(s for s, _p in schools), *_fillers(document, on)], on)
    )
    stretches = list(_without_service(document, stretches, schools))
    if jobs:
        # With a job dated into the future by mistake, nobody knows what came last.
        mistaken = any(job.start_date and job.start_date > on for job in document.experiences)
        yield from _among_jobs(stretches, jobs, on, until_today=not mistaken)
        return
    last_school = max(schools, key=lambda pair: pair[0].end)
    for gap in stretches:
        if gap.start >= last_school[0].end and _days(gap) > MAX_GAP_DAYS:
            yield Gap(GapKind.AFTER_SCHOOL, gap, last_school[1])


def _among_jobs(
    stretches: list[Span], jobs: list[tuple[Span, str]], on: date, *, until_today: bool
) -> Iterator[Gap]:
    """Yield the gaps before, between and after the jobs, which are sorted by their start."""
    starts = [span.start for span, _p in jobs]
    first_is_recent = months_between(starts[0], on) <= FIRST_JOB_RECENT_MONTHS
    for gap in stretches:
        following = bisect_left(starts, gap.end)
        if gap.start < starts[0]:
            long = _days(gap) > MAX_GAP_BEFORE_FIRST_JOB_DAYS
            if long and first_is_recent and gap.end == starts[0]:
                yield Gap(GapKind.BEFORE_JOB, gap, jobs[0][1])
        elif _days(gap) <= MAX_GAP_DAYS:
            continue
        elif following < len(jobs):
            yield Gap(GapKind.BEFORE_JOB, gap, jobs[following][1])
        elif until_today:
            last = max(jobs, key=lambda pair: pair[0].end)
            yield Gap(GapKind.SINCE_JOB, gap, last[1])


def _days(span: Span) -> int:
    return (span.end - span.start).days


def _fillers(document: ResumeDocument, on: date) -> Iterator[Span]:
    """Yield the projects, activities and dated military service, which account for their time."""
    entries = [(project.start_date, project.end_date) for project in document.projects]
    # An award has a day, not a duration, even where the end was left open.
    entries += [
        (activity.start_date, activity.end_date)
        for activity in document.activities
        if activity.end_date
        or not (activity.activity_type == _AWARD_TYPE or _AWARD.search(activity.title))
    ]
    for start, end in entries:
        span = _covered(start, end, on)
        if span:
            yield span
    service = _dated_service(document.military_service)
    if service:
        yield service


def _dated_service(words: str) -> Span | None:
    months = [
        date(int(year), int(month), 1)
        for year, month in _MONTH.findall(words[:200])
        if 1 <= int(month) <= 12
    ]
    if len(months) < 2 or _NOT_SERVED.search(words):
        return None
    return Span(min(months), max(months))


def _uncovered(spans: Iterable[Span], on: date) -> Iterator[Span]:
    """Yield the stretches between the spans, and the one from the last of them until today."""
    covered: date | None = None
    for span in sorted(spans):
        if covered is not None and span.start > covered:
            yield Span(covered, span.start)
        covered = span.end if covered is None else max(covered, span.end)
    if covered is not None and covered < on:
        yield Span(covered, on)


def _without_service(
    document: ResumeDocument, stretches: list[Span], schools: list[tuple[Span, str]]
) -> Iterator[Span]:
    """Yield the stretches except the one that an undated military service accounts for."""
    words = document.military_service
    to_place = (
        _SERVED.search(words) is not None
        and _NOT_SERVED.search(words) is None
        and _dated_service(words) is None
        and not any(
            months_between(s.start, s.end) >= STUDIES_WITH_SERVICE_MONTHS for s, _p in schools
        )
    )
    shortest, longest = SERVICE_GAP_DAYS
    for stretch in stretches:
        young = (
            document.birth_date is None
            or stretch.start.year - document.birth_date.year <= SERVICE_LAST_AGE
        )
        if to_place and young and shortest <= _days(stretch) <= longest:
            to_place = False
            continue
        yield stretch
