"""Achievements: claimed without a figure, or missing altogether."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.checks.claims import claim, has_result
from feedback.checks.figures import has_figure
from feedback.checks.finding import Finding
from feedback.checks.sections import is_thin
from feedback.checks.sentences import clip, excerpt, split, written_texts
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section

# Recruiters look for figures in the work done first, in the story last.
_WEIGHTS = {
    Section.EXPERIENCES: 78,
    Section.PROJECTS: 74,
    Section.INTRODUCTION: 66,
    Section.ACTIVITIES: 60,
}

_EXAMPLES: tuple[tuple[re.Pattern[str], Promise], ...] = (
    (
        re.compile("불량|오류|사고|장애|결함|민원|낙상|클레임|재작업|오배송"),
        gettext_lazy("월 ○건 → 월 ○건(○% 감소)"),
    ),
    (re.compile("비용|원가|절감|예산|손실|폐기"), gettext_lazy("월 ○○만 원 절감(기존 대비 ○%)")),
    (
        re.compile("매출|판매|실적|수익|계약"),
        gettext_lazy("월 매출 ○○만 원 → ○○만 원(○개월 동안 ○% 증가)"),
    ),
    (re.compile("시간|단축|속도|기간|리드타임|대기|응답"), gettext_lazy("평균 ○분 → ○분(○% 단축)")),
    (re.compile("만족|평가|품질|호응|호평|반응|인기"), gettext_lazy("만족도 5점 만점에 ○점 → ○점")),
    (re.compile("고객|회원|사용자|방문|참여|팔로워|학생|환자"), gettext_lazy("월 ○○명 → ○○명")),
    (re.compile("효율|생산성|처리"), gettext_lazy("하루 처리 ○건 → ○건")),
)
_ANY_EXAMPLE = gettext_lazy("이전 ○○ → 이후 ○○, 걸린 기간 ○개월")


def missing_figure(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the claims of an achievement that neither they nor their context put in figures."""
    for written in written_texts(document):
        told = written.section == Section.INTRODUCTION
        for place, sentence in enumerate(written.sentences):
            word = claim(sentence.text, told=told)
            if word is None or has_figure(sentence.text):
                continue
            if any(has_figure(near.text) for near in written.measure(place)):
                continue
            quote = clip(sentence.text)
            yield Finding(
                "missing_figure",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 부분은 ‘%(word)s’ 성과를 말하지만 얼마나 달라졌는지가 없습니다. "
                    "전과 후를 비교할 수 있는 숫자와 기간을 덧붙여 주십시오. 예: ‘%(example)s’. "
                    "정확한 값을 모르면 확인할 수 있는 범위나 건수라도 적는 편이 좋습니다."
                )
                % {"quote": excerpt(quote), "word": word, "example": _example_for(sentence.text)},
                _WEIGHTS.get(written.section, 60),
            )


def _example_for(text: str) -> str:
    for subject, example in _EXAMPLES:
        if subject.search(text):
            return str(example)
    return str(_ANY_EXAMPLE)


def duties_only(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the jobs whose description lists duties and no result, figure or claim at all."""
    for job in document.experiences:
        if is_thin(job.description):
            continue
        sentences = split(job.description)
        if any(has_figure(s.text) or claim(s.text) or has_result(s.text) for s in sentences):
            continue
        quote = clip(sentences[0].text)
        yield Finding(
            "duties_only",
            Division.IMPROVEMENT,
            Section.EXPERIENCES,
            quote,
            _(
                "‘%(quote)s’ 등 맡은 일만 적혀 있고, 그 일로 무엇이 나아졌는지는 드러나지 "
                "않습니다. "
                "가장 자랑할 만한 업무 한두 가지를 골라 ‘무엇을 어떻게 바꾸어 어떤 결과를 "
                "얻었는지’로 "
                "다시 써 주십시오. 규모(처리 건수, 담당 인원, 금액)만 더해도 훨씬 뚜렷해집니다."
            )
            % {"quote": excerpt(quote)},
            80,
        )
