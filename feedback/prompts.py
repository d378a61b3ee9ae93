"""What the model is asked. A change of the words is a change of the version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from feedback.checks import run_checks
from feedback.matching import match
from gaechwi.ai.personal_data import Redaction
from gaechwi.ai.prompts import Prompt, prompt_about
from postings.document import PostingDocument
from resumes.document import ResumeDocument
from resumes.privacy import WITHHELD_FIELDS, redacted

REVIEW_VERSION = "review-3"
REVIEW_MAX_TOKENS = 4_000

REVIEW_INSTRUCTIONS = """\
당신은 한국 기업의 채용 담당자를 오래 도운 이력서 검토자입니다. 지원자의 이력서를 읽고 근거 있는 피드백을 씁니다.

입력은 JSON 하나입니다.
- resume: 지원자의 이력서. 개인정보는 빠졌거나 [전화번호 1] 같은 자리 표시로 바뀌었습니다.
- facts: 규칙 검사가 이 이력서에서 확인한 사실.
- today: 오늘 날짜. language: 답을 쓸 언어.

규칙
1. contents의 항목마다 quote에 이력서에 있는 글을 토씨 하나 바꾸지 않고 그대로 옮깁니다(200자 이내). 여러 곳의 글을 이어 붙이거나 줄이지 않습니다.
2. section에는 그 글이 있는 부분의 이름을 씁니다: basics, introduction, experiences, projects, educations, qualifications, activities, technology_stacks.
3. 통째로 비어 있는 부분을 말할 때만 quote를 빈 문자열로 둡니다.
4. division "1"은 잘된 부분, "2"는 개선 제안, "3"은 추가 권장사항입니다. 1은 2~5개, 2는 3~8개, 3은 1~5개를 씁니다.
5. result에는 왜 그런지와 어떻게 고칠지를 구체적으로 씁니다. 고친 예를 들 때 이력서에 없는 회사, 수치, 기술, 자격을 지어내지 말고 "(수치)" 같은 빈칸을 둡니다.
6. overall에는 전체 평가와 먼저 고칠 것을 서너 문장으로 씁니다.
7. [성과 수치를 적어 주세요]처럼 대괄호 안에서 ‘적어 주세요’로 끝나는 말은 지원자가 아직 채우지 않은 자리입니다. 먼저 채우라고 하고 그 말은 평가하지 않습니다.
8. 정중하고 분명한 말로 씁니다. 지원자를 깎아내리지 않습니다."""

POSTING_REVIEW_VERSION = "posting-review-3"

POSTING_REVIEW_INSTRUCTIONS = """\
당신은 한국 기업의 채용 담당자를 오래 도운 이력서 검토자입니다. 지원자의 이력서를 채용 공고와 맞춰 읽고 근거 있는 피드백을 씁니다.

입력은 JSON 하나입니다.
- resume: 지원자의 이력서. 개인정보는 빠졌거나 [전화번호 1] 같은 자리 표시로 바뀌었습니다.
- posting: 채용 공고.
- match: 규칙이 공고의 요구마다 이력서에서 찾은 것. found는 found(확인됨), partly(일부), missing(없음)이고 quote는 그 근거입니다. rate는 규칙이 계산한 일치율입니다.
- facts: 규칙 검사가 이 이력서에서 확인한 사실.
- today: 오늘 날짜. language: 답을 쓸 언어.

규칙
1. contents의 항목마다 quote에 이력서에 있는 글을 토씨 하나 바꾸지 않고 그대로 옮깁니다(200자 이내). 공고의 글은 quote에 쓰지 않습니다. 여러 곳의 글을 이어 붙이거나 줄이지 않습니다.
2. section에는 그 글이 있는 부분의 이름을 씁니다: basics, introduction, experiences, projects, educations, qualifications, activities, technology_stacks.
3. 통째로 비어 있는 부분을 말할 때만 quote를 빈 문자열로 둡니다. 없는 경험을 말할 때는 그것을 적을 자리의 글을 quote로 옮깁니다.
4. division "1"은 공고에 맞는 강점, "2"는 필수 요건에서 모자란 것, "3"은 우대 사항과 지원 준비에 관한 권장사항입니다. 1은 2~5개, 2는 2~8개, 3은 1~5개를 씁니다.
5. result에는 공고의 어느 요구에 관한 것인지 밝히고, 왜 그런지와 어떻게 고칠지를 구체적으로 씁니다. 이력서에 없는 회사, 수치, 기술, 자격을 지어내지 말고 해 보지 않은 일을 적으라고 하지 않습니다.
6. matching_rate는 0에서 100까지의 일치율입니다. match의 rate에서 시작해, 규칙이 말이 달라 놓친 근거가 이력서에 있으면 올리고 근거가 약하면 내립니다. rate가 null이면 공고에 맞춰 볼 내용이 없다는 뜻이므로 0을 쓰고 overall에서 일치율을 말하지 않습니다.
7. overall에는 얼마나 맞는지와 먼저 채울 것을 서너 문장으로 씁니다.
8. [성과 수치를 적어 주세요]처럼 대괄호 안에서 ‘적어 주세요’로 끝나는 말은 지원자가 아직 채우지 않은 자리입니다. 먼저 채우라고 하고 그 말은 평가하지 않습니다.
9. 정중하고 분명한 말로 씁니다. 지원자를 깎아내리지 않습니다."""

# What of a posting is not about the work does not leave: notes of the applicant's own first of all.
POSTING_WITHHELD_FIELDS = {"memo", "url", "benefits", "salary", "location", "deadline"}

CORRECTION = """\
앞의 답에서 contents의 다음 항목은 quote가 이력서의 그 부분에 그대로 있지 않습니다: {places}. 이력서의 글을 한 글자도 바꾸지 않고 옮겨 전체 답을 다시 쓰십시오. 근거가 될 글을 찾을 수 없는 항목은 빼십시오."""

IMPROVE_VERSION = "improve-2"
IMPROVE_MAX_TOKENS = 12_000

IMPROVE_INSTRUCTIONS = """\
당신은 한국 기업의 채용 담당자를 오래 도운 이력서 편집자입니다. 지원자의 이력서를 검토 의견에 따라 고쳐 씁니다. 사실은 하나도 보태지 않고 말만 다듬습니다.

입력은 JSON 하나입니다.
- resume: 지원자의 이력서. 개인정보는 빠졌거나 [전화번호 1] 같은 자리 표시로 바뀌었습니다. 자리 표시는 그대로 둡니다.
- remarks: 이 이력서에 대한 검토 의견.
- language: 지원자의 언어. 이력서는 쓰여 있는 언어로 고쳐 씁니다.

규칙
1. 이력서에 없는 회사, 학교, 날짜, 기간, 수치, 단위, 직위, 학위, 자격, 수상, 기술, 링크를 쓰지 않습니다. 계산하거나 어림하거나 올려 적지 않고, 한 항목의 수치를 다른 항목으로 옮기지 않습니다. 코드가 원본과 맞추어 보고 없는 것을 표시합니다.
2. 수치나 사례가 있어야 할 자리에 값이 없으면 [성과 수치를 적어 주세요], [구체적인 사례를 적어 주세요], [본인이 맡은 일을 적어 주세요] 가운데 하나를 그대로 넣습니다.
3. texts에는 달라지는 글만 넣습니다. section은 resume에서의 이름(제목은 basics), index는 그 부분에서 항목의 자리(0부터), 제목과 자기소개는 null입니다. field는 title, introduction, position, role, description 가운데 하나입니다. text는 고쳐 쓴 글 전체입니다.
4. 경력과 프로젝트의 설명은 한 줄에 한 가지씩 ‘- ’로 시작하고, 무엇을 어떻게 해서 무엇이 달라졌는지를 명사형으로 맺습니다. 자기소개는 ‘합니다’체로 쓰고 이야기가 바뀌면 문단을 나눕니다.
5. 상투적인 말과 되풀이된 문장은 지웁니다. 구체적인 내용은 빠뜨리지 않습니다.
6. new_entries는 이력서의 글이 따로 한 항목이 될 만할 때만 씁니다. 보통은 빈 목록입니다.
7. technology_stacks에는 이력서의 기술을 중요한 순서로 모두 적습니다."""

POSTING_IMPROVE_VERSION = "posting-improve-1"

POSTING_IMPROVE_INSTRUCTIONS = f"""\
{IMPROVE_INSTRUCTIONS}

이 이력서는 한 공고에 내려고 고쳐 씁니다. 입력에 두 가지가 더 있습니다.
- posting: 채용 공고.
- match: 규칙이 공고의 요구마다 이력서에서 찾은 것. has는 이력서에 있는 말이고 lacks는 없는 말입니다.

규칙
8. 공고가 묻는 것 가운데 이력서에 이미 있는 일을 앞세우고, 이력서의 말과 뜻이 같을 때만 공고의 말로 부릅니다.
9. 공고에 있고 이력서에 없는 기술, 자격, 경험은 쓰지 않습니다. match의 lacks를 채우지 않습니다.
10. technology_stacks에는 공고가 묻는 기술을 먼저 적습니다. 이력서에 없는 기술은 더하지 않습니다."""


def improve_prompt(
    document: ResumeDocument,
    remarks: Sequence[Mapping[str, str]],
    redaction: Redaction,
    language: str,
) -> Prompt:
    """Return the question for a rewriting. Remarks are {"section", "quote", "result"}."""
    return prompt_about(
        _to_rewrite(redacted(document, redaction), remarks, redaction, language),
        name="improve",
        version=IMPROVE_VERSION,
        instructions=IMPROVE_INSTRUCTIONS,
        max_tokens=IMPROVE_MAX_TOKENS,
    )


def posting_improve_prompt(
    document: ResumeDocument,
    posting: PostingDocument,
    remarks: Sequence[Mapping[str, str]],
    redaction: Redaction,
    on: date,
    language: str,
) -> Prompt:
    """Return the question for a rewriting for a posting, which is data as the résumé is."""
    resume = redacted(document, redaction)
    return prompt_about(
        {
            **_to_rewrite(resume, remarks, redaction, language),
            **_asked_and_found(resume, posting, redaction, on),
        },
        name="posting-improve",
        version=POSTING_IMPROVE_VERSION,
        instructions=POSTING_IMPROVE_INSTRUCTIONS,
        max_tokens=IMPROVE_MAX_TOKENS,
    )


def _to_rewrite(
    resume: ResumeDocument,
    remarks: Sequence[Mapping[str, str]],
    redaction: Redaction,
    language: str,
) -> dict[str, Any]:
    return {
        "resume": resume.model_dump(mode="json", exclude=WITHHELD_FIELDS),
        "remarks": redaction.redact_all([dict(remark) for remark in remarks]),
        "language": language,
    }


def review_prompt(
    document: ResumeDocument, redaction: Redaction, on: date, language: str
) -> Prompt:
    """Return the question for a standard review.

    The rules read what the model reads, the redacted résumé: no quote of theirs can cut personal
    data out of the context in which it was recognised.
    """
    return prompt_about(
        _about(redacted(document, redaction), on, language),
        name="review",
        version=REVIEW_VERSION,
        instructions=REVIEW_INSTRUCTIONS,
        max_tokens=REVIEW_MAX_TOKENS,
    )


def posting_review_prompt(
    document: ResumeDocument,
    posting: PostingDocument,
    redaction: Redaction,
    on: date,
    language: str,
) -> Prompt:
    """Return the question for a review against a posting, which is data as the résumé is."""
    resume = redacted(document, redaction)
    return prompt_about(
        {
            **_about(resume, on, language),
            **_asked_and_found(resume, posting, redaction, on),
        },
        name="posting-review",
        version=POSTING_REVIEW_VERSION,
        instructions=POSTING_REVIEW_INSTRUCTIONS,
        max_tokens=REVIEW_MAX_TOKENS,
    )


def _asked_and_found(
    resume: ResumeDocument, posting: PostingDocument, redaction: Redaction, on: date
) -> dict[str, Any]:
    """Return a posting and what the rules found of it in a résumé, which is redacted already.

    What the rules matched is computed from the redacted texts, as with the facts.
    """
    asked = PostingDocument.model_validate(
        redaction.redact_all(posting.model_dump(mode="json", exclude=POSTING_WITHHELD_FIELDS))
    )
    found = match(resume, asked, on)
    return {
        "posting": asked.model_dump(mode="json", exclude=POSTING_WITHHELD_FIELDS),
        "match": found.model_dump(mode="json", exclude={"unchecked"}),
    }


def _about(resume: ResumeDocument, on: date, language: str) -> dict[str, Any]:
    return {
        "resume": resume.model_dump(mode="json", exclude=WITHHELD_FIELDS),
        "facts": [
            {"check": finding.check, "section": finding.section, "quote": finding.quote}
            for finding in run_checks(resume, on)
        ],
        "today": on.isoformat(),
        "language": language,
    }


def correction_of(places: Iterable[int]) -> str:
    """Return what is said to a model that quoted words which the résumé does not hold.

    Its contents are named by their `places`, from 1: their words may be orders that it copied, and
    what is said here it obeys.
    """
    return CORRECTION.format(places=", ".join(f"{place}번째" for place in places))
