"""How much is asked and how much there is: years of work and degrees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from gaechwi.skills.folding import fold
from resumes.document import EducationEntry, ExperienceEntry

MONTHS_OF_A_YEAR = 12
# "경력" without a number asks for somebody who has worked: a year, as job sites reckon it.
SOME_EXPERIENCE = 12
# Nobody has worked longer; a date of the year 1 asks for no million months.
MAX_MONTHS = 70 * MONTHS_OF_A_YEAR


class Degree(IntEnum):
    """Degrees in their order; the values are the ids of the code division `education_level`."""

    HIGH_SCHOOL = 1
    COLLEGE = 2
    BACHELOR = 3
    MASTER = 4
    DOCTOR = 5


_GRADUATED = frozenset({"1", "5", "6", ""})

_YEARS = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:[~∼ ]\s?\d{1,2}\s?)?(?:년|\+?\s?years?|\+?\s?yrs?)"
    r"(?!\s?(?:제|졸|도|대|생|\d?월|개정))"
)
_MONTHS = re.compile(r"(\d{1,2})\s?개월")
_WORK = re.compile(r"경력|경험|근무|실무|years?|yrs?")
_AMOUNT = re.compile(r"이상|년 ?차|↑")
_SCHOOL = re.compile(r"학력|졸업|학위|학사|degree")
_DEGREES = (
    (Degree.DOCTOR, re.compile(r"박사|ph\.?d|doctor")),
    (Degree.MASTER, re.compile(r"석사|대학원|master'?s|\bmba\b")),
    (Degree.COLLEGE, re.compile(r"전문대|초대졸|전문학사|대학\s?\(?2[,·~]?3?년|2년제|3년제")),
    (
        Degree.BACHELOR,
        re.compile(r"학사|대졸|대학교? ?졸업|4년제|대학교|bachelor|university degree"),
    ),
    (Degree.HIGH_SCHOOL, re.compile(r"고졸|고등학교 ?(?:졸업|이상)|고교 ?졸업")),
)


_GRADE = re.compile(r"(?<!\d)(\d)\s?급")
_POINTS = re.compile(r"(?<![\d.,])(\d{3})(?![\d.,])\s?점?")
_UNITS = {"억": 10**8, "천만": 10**7, "백만": 10**6, "만": 10**4, "천": 10**3, "": 1}
_PART_OF_WON = re.compile(r"(\d{1,6}(?:,\d{3}){0,4}(?:\.\d{1,3})?)\s?(억|천만|백만|만|천|)")
_WON = re.compile(rf"(?<![\d.,])(?:{_PART_OF_WON.pattern}\s?){{1,2}}원")
# What is asked of the applicant, and not of the company: "매출 100억 원 이상 기업".
_AT_LEAST = re.compile(r"\s?(?:이상|↑)(?!(?:의|인)?\s?(?:규모의 ?)?(?:기업|회사|업체|법인|사업장))")


@dataclass(frozen=True)
class Mark:
    """How well a test must have been passed, or how much handled, as `text` says.

    That is a grade (1급 is the best), points (850점) or an amount in won (월 5천만 원).
    """

    text: str
    grade: int | None = None
    points: int | None = None
    won: int | None = None

    def is_reached(self, text: str) -> bool:
        """Return whether what is told of a test reaches the mark."""
        folded = fold(text).text
        if self.grade is not None:
            return any(int(told) <= self.grade for told in _GRADE.findall(folded))
        if self.won is not None:
            return any(_won(told) >= self.won for told in _WON.finditer(folded))
        return any(int(told) >= (self.points or 0) for told in _POINTS.findall(folded))


def mark_of(text: str) -> Mark | None:
    """Return the mark that a text asks for, None where it asks for none."""
    folded = fold(text).text
    if grade := _GRADE.search(folded):
        return Mark(grade[0], grade=int(grade[1]))
    if points := re.search(r"(?<![\d.,])(\d{3})\s?점", folded):
        return Mark(points[0], points=int(points[1]))
    if (won := _WON.search(folded)) and _AT_LEAST.match(folded, won.end()):
        return Mark(won[0], won=_won(won))
    return None


def _won(told: re.Match[str]) -> int:
    """Return the amount of "1억 5천만 원"."""
    amount = 0.0
    for number, unit in _PART_OF_WON.findall(told[0]):
        amount += float(number.replace(",", "")) * _UNITS[unit]
    return int(amount)


def months_of(text: str) -> int | None:
    """Return the months of work that a text asks for: of "3~5년" and "3년 이상" 36, else None."""
    folded = fold(text).text
    if not _WORK.search(folded) and (_SCHOOL.search(folded) or not _AMOUNT.search(folded)):
        return None
    if years := _YEARS.search(folded):
        return int(years.group(1)) * MONTHS_OF_A_YEAR or None
    if months := _MONTHS.search(folded):
        return int(months.group(1)) or None
    return None


def asked_level(text: str) -> int | None:
    """Return the months that the experience level of a posting asks for, None where it asks none.

    신입 asks for none, and who has worked is no worse for it.
    """
    if months := months_of(text):
        return months
    if re.search(r"신입|무관|인턴|entry|junior", fold(text).text):
        return None
    return SOME_EXPERIENCE if re.search(r"경력|experienced", fold(text).text) else None


def degree_of(text: str) -> Degree | None:
    """Return the lowest degree that a text asks for, None where it asks for none."""
    folded = fold(text).text
    if "무관" in folded:
        return None
    named = [degree for degree, words in _DEGREES if words.search(folded)]
    return min(named, default=None)


def highest_degree(schools: Iterable[EducationEntry]) -> int:
    """Return the highest degree that was finished or is about to be, 0 where there is none."""
    return max(
        (
            int(school.education_level)
            for school in schools
            if school.education_level.isdigit() and school.graduation_status in _GRADUATED
        ),
        default=0,
    )


def months_worked(jobs: Iterable[ExperienceEntry], on: date) -> int:
    """Return how many months jobs cover until the day `on`; a month with two jobs counts once.

    Résumés name months, so the first and the last one count.
    """
    today = on.year * MONTHS_OF_A_YEAR + on.month
    covered: set[int] = set()
    for job in jobs:
        if job.start_date is None or job.start_date > on:
            continue
        start = job.start_date.year * MONTHS_OF_A_YEAR + job.start_date.month
        end = min(job.end_date or on, on)
        last = end.year * MONTHS_OF_A_YEAR + end.month
        covered.update(range(max(start, today - MAX_MONTHS), last + 1))
    return len(covered)
