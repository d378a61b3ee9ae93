"""What is good in the course of a career: staying, one line of work, certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.finding import Finding
from feedback.checks.sentences import clip, excerpt
from feedback.checks.validity import is_expired
from feedback.schemas import Division
from resumes.document import ExperienceEntry, ResumeDocument, Section
from resumes.periods import month_text, months_between, period_text

# Past the third year people change jobs most; who stayed longer was worth keeping.
MIN_TENURE_MONTHS = 36
# A line is at least two jobs and, together, as long as one good tenure.
MIN_LINE_JOBS = 2
MIN_LINE_MONTHS = 36


def _months(job: ExperienceEntry, on: date) -> int:
    if job.start_date is None or job.start_date > on:
        return 0
    end = min(job.end_date or on, on)
    return max(0, months_between(job.start_date, end))


def tenure(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the jobs that lasted MIN_TENURE_MONTHS or longer."""
    for job in document.experiences:
        months = _months(job, on)
        if months < MIN_TENURE_MONTHS:
            continue
        years, rest = divmod(months, 12)
        yield Finding(
            "tenure",
            Division.STRENGTH,
            Section.EXPERIENCES,
            clip(period_text(job.start_date, job.end_date)),
            _(
                "‘%(company)s’ 한 곳에서 %(years)d년 %(months)d개월을 일해 꾸준함이 기간으로 "
                "드러납니다. "
                "그동안 맡은 일이나 직급이 어떻게 커졌는지 덧붙이면 더 좋습니다."
            )
            % {"company": excerpt(job.company or job.position), "years": years, "months": rest},
            66 + min(years, 10),
        )


_SEPARATORS = re.compile(r"[\s/·,()&\-]+")
# Words that name a rank or a contract rather than a calling.
_RANK = re.compile(
    r"사원|주임|대리|과장|차장|부장|팀장|팀원|매니저|담당자?|인턴|실장|본부장|이사|파트장|선임"
    r"|책임|수석"
    r"|연구원|직원|스태프|정규직|계약직|신입|경력|경영지원|지원|관리자?|부서|본부|그룹|파트|센터"
    r"|staff|manager|intern|team"
)
_CALLING_ENDS = (
    "개발자",
    "엔지니어",
    "디자이너",
    "간호사",
    "마케터",
    "영업",
    "회계",
    "교사",
    "강사",
    "조리사",
)
_UNIT = re.compile(r"(?:팀|부|실|과|파트|본부|그룹)$")


def _callings(job: ExperienceEntry) -> set[str]:
    """Return the words that name the work of a job, without ranks: 회계, 간호사, 개발자."""
    callings: set[str] = set()
    for token in _SEPARATORS.split(f"{job.position} {job.department}".lower()):
        word = _UNIT.sub("", token) or token
        if len(word) > 1 and not _RANK.fullmatch(word):
            callings.add(word)
            callings.update(end for end in _CALLING_ENDS if word.endswith(end))
    return callings


def career_line(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield one strength where the latest job carries on the same work as earlier ones."""
    jobs = [job for job in document.experiences if job.start_date and _months(job, on) > 0]
    if len(jobs) < MIN_LINE_JOBS:
        return
    latest = max(jobs, key=lambda job: (job.end_date or on, job.start_date or on))
    for calling in sorted(_callings(latest), key=lambda word: (-len(word), word)):
        same = [job for job in jobs if calling in _callings(job)]
        months = sum(_months(job, on) for job in same)
        if len(same) < MIN_LINE_JOBS or months < MIN_LINE_MONTHS:
            continue
        quote = latest.position if calling in latest.position.lower() else latest.department
        yield Finding(
            "career_line",
            Division.STRENGTH,
            Section.EXPERIENCES,
            clip(quote),
            _(
                "‘%(calling)s’ 일을 %(count)d곳에서 모두 합쳐 약 %(years)d년 이어 와 경력의 "
                "방향이 뚜렷합니다. "
                "자리마다 범위가 어떻게 넓어졌는지 보여 주면 성장까지 드러납니다."
            )
            % {"calling": calling, "count": len(same), "years": max(1, months // 12)},
            64,
        )
        return


_DRIVING = re.compile(r"운전면허|자동차 ?운전|[12]종 ?(?:보통|대형)")


def certificate(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the certificates and scores that carry a date or a score and still count."""
    for qualification in document.qualifications:
        acquired = qualification.acquired_date
        if not qualification.title or is_expired(qualification, on) or (acquired and acquired > on):
            continue
        proof = ", ".join(
            words
            for words in (qualification.score, month_text(acquired) if acquired else "")
            if words
        )
        if not proof:
            continue
        yield Finding(
            "certificate",
            Division.STRENGTH,
            Section.QUALIFICATIONS,
            clip(qualification.title),
            _(
                "‘%(title)s’ 자격(%(proof)s)은 날짜나 점수까지 적혀 있어 바로 확인할 수 있는 "
                "근거가 됩니다."
            )
            % {"title": excerpt(qualification.title), "proof": excerpt(proof)},
            40 if _DRIVING.search(qualification.title) else 60,
        )
