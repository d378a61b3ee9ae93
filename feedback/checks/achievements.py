"""Achievements: claimed without a figure, missing altogether, or hidden behind a team."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.checks.claims import claim, has_result
from feedback.checks.figures import has_figure
from feedback.checks.finding import Finding
from feedback.checks.phrases import any_of
from feedback.checks.sections import is_thin
from feedback.checks.sentences import MAX_SENTENCES, clip, excerpt, split, written_texts
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
    (re.compile("만족|평가|품질"), gettext_lazy("만족도 5점 만점에 ○점 → ○점")),
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
            if any(has_figure(near.text) for near in written.context(place)):
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
        sentences = list(islice(split(job.description), MAX_SENTENCES))
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


# A team as the subject. "마케팅팀에서 근무하며" only says where the applicant worked.
_TEAM = any_of(
    r"(?:(?<![가-힣A-Za-z])(?:저희|우리) ?팀|(?<![가-힣A-Za-z])팀)(?:에서|은|이|으로|이 함께)\s"
    r"(?!(?:근무|일하|재직|담당|맡|인턴))",
    r"(?<![가-힣A-Za-z])(?:저희|우리)[는가]\s",
    r"(?:팀원|부서원|동료|부원|조원|직원|멤버|구성원|친구|선배|팀)(?:들)?[과와]\s(?:다\s?)?"
    r"(?:함께|같이|협력|협업|힘을)",
    r"(?:팀 전체|팀 모두|팀원 모두|팀원 전체|모두|다|다 같이|다함께)[가]?\s(?:함께|같이|협력|힘을)",
    r"팀원(?:들)?(?:과의|간)? ?(?:협업|협력)(?:을 통해|으로|하여|해)",
    r"(?:^|,\s|\.\s)함께\s",
)
_OWN_PART = any_of(
    "제가|제 역할|저의 역할|본인|직접|담당|맡[아았은음]|주도|총괄|역할|책임지고",
    "리드|리더|이끌|팀장|조장|기획자로|개발자로",
)
_TEAM_RESULT = any_of(
    "수상|상을 (?:받|탔)|대상을|우승|입상|1위|선정|성공|성과|출시|완성|마무리|해결|오픈|마쳤|"
    "마침|완료"
)


def own_part_unclear(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the achievements of a team in which the applicant's own part cannot be seen."""
    for written in written_texts(document):
        if written.section == Section.PROJECTS and document.projects[written.index or 0].role:
            continue
        told = written.section == Section.INTRODUCTION
        for place, sentence in enumerate(written.sentences):
            text = sentence.text
            if not _TEAM.search(text):
                continue
            if claim(text, told=told) is None and not _TEAM_RESULT.search(text):
                continue
            if any(_OWN_PART.search(s.text) for s in (sentence, *written.context(place))):
                continue
            quote = clip(text)
            yield Finding(
                "own_part_unclear",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 부분은 팀의 성과로 읽혀서, 지원자가 한 일을 가려낼 수 없습니다. "
                    "‘팀 ○명 가운데 제가 맡은 일은 ○○이고, 그 결과 ○○했습니다’처럼 "
                    "본인의 몫을 한 문장으로 밝혀 주십시오."
                )
                % {"quote": excerpt(quote)},
                58,
            )
