"""Language scores: how long they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.finding import Finding
from feedback.checks.sentences import clip, excerpt
from feedback.schemas import Division
from resumes.document import QualificationEntry, ResumeDocument, Section
from resumes.periods import month_text, months_between

# The institutions issue score reports for two years from the test (TOEIC, TOEIC Speaking, OPIc,
# TEPS, TOEFL, IELTS, G-TELP, HSK, JPT, SJPT, TSC). JLPT has no such limit.
VALID_MONTHS = 24

_LIMITED_TEST = re.compile(
    r"토익|TOEIC|오픽|OPIc|텝스|TEPS|토플|TOEFL|IELTS|아이엘츠|지텔프|G-?TELP|HSK|SJPT|\bJPT\b"
    r"|\bTSC\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\d|급|\b(?:IL|IM|IH|AL|NH|NM|NL)\b")


def is_expired(qualification: QualificationEntry, on: date) -> bool:
    """Return whether a language score no longer counts on the day given."""
    acquired = qualification.acquired_date
    if acquired is None or not _LIMITED_TEST.search(qualification.title):
        return False
    # Résumés name the month only, so the month in which it runs out still counts.
    return months_between(acquired, on) > VALID_MONTHS


def score_expired(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the language scores that are older than VALID_MONTHS on the day `on`."""
    for qualification in document.qualifications:
        if qualification.acquired_date and is_expired(qualification, on):
            yield Finding(
                "score_expired",
                Division.RECOMMENDATION,
                Section.QUALIFICATIONS,
                clip(qualification.title),
                _(
                    "‘%(title)s’ 성적은 %(month)s에 받은 것이라 유효 기간 2년이 지났습니다. 다시 "
                    "응시해 새 성적을 "
                    "적거나, 유효한 성적을 요구하지 않는 곳에만 취득 연월과 함께 남겨 주십시오."
                )
                % {
                    "title": excerpt(qualification.title),
                    "month": month_text(qualification.acquired_date),
                },
                57,
            )


def bare_score(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the language tests that are listed without a score or without a date."""
    for qualification in document.qualifications:
        if not _LIMITED_TEST.search(qualification.title):
            continue
        missing = []
        if not qualification.score and not _LEVEL.search(qualification.title):
            missing.append(_("점수 또는 등급"))
        if qualification.acquired_date is None:
            missing.append(_("취득일"))
        if missing:
            yield Finding(
                "section_thin",
                Division.RECOMMENDATION,
                Section.QUALIFICATIONS,
                clip(qualification.title),
                _(
                    "‘%(title)s’ 항목에 %(missing)s 내용이 없어 성적을 확인할 수 없습니다. "
                    "성적표대로 적어 주십시오."
                )
                % {"title": excerpt(qualification.title), "missing": ", ".join(missing)},
                48,
            )
