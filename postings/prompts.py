"""What the model is asked. A change of the words is a change of the version."""

from __future__ import annotations

from gaechwi.ai.personal_data import Redaction
from gaechwi.ai.prompts import Prompt, prompt_about
from postings.document import PostingDocument

READ_VERSION = "posting-2"
# A text of the greatest length, copied into the answer once.
READ_MAX_TOKENS = 12_000

READ_INSTRUCTIONS = """\
당신은 채용 사이트에서 복사한 공고 글을 읽고 항목별로 옮겨 적는 사람입니다.

입력은 JSON 하나입니다.
- posting: 복사한 공고 글 전체. 전화번호와 이메일은 [전화번호 1] 같은 자리 표시로 바뀌었습니다.
- facts: 규칙으로 찾은 항목. 틀리거나 빠졌을 수 있습니다.

규칙
1. 모든 값은 posting에 있는 글을 토씨 하나 바꾸지 않고 그대로 옮깁니다. 요약하거나 번역하거나 고쳐 쓰지 않습니다.
2. posting에 없는 항목은 빈 문자열이나 빈 배열로 둡니다. 짐작해서 채우지 않습니다.
3. duties(주요 업무), requirements(자격 요건), preferred(우대 사항), benefits(혜택), hiring_process(전형 절차)는 한 항목을 배열의 원소 하나로 옮기고, 글머리표와 번호는 뺍니다.
4. title은 공고 제목, position은 뽑는 직무, company는 회사 이름입니다.
5. employment_type, experience_level, location, salary, deadline은 공고가 적은 말 그대로입니다(예: "정규직", "~12/31(수)").
6. technology_stacks에는 기술 스택이나 사용 도구로 적힌 이름을 하나씩 옮깁니다.
7. 로그인, 스크랩, 공유하기, 조회수처럼 사이트에 딸린 글은 옮기지 않습니다."""


def read_prompt(text: str, facts: PostingDocument, redaction: Redaction) -> Prompt:
    """Return the question for what the text of a posting says; `facts` are what the rules read."""
    return prompt_about(
        {
            "posting": redaction.redact(text),
            "facts": redaction.redact_all(facts.model_dump(mode="json", exclude_defaults=True)),
        },
        name="posting",
        version=READ_VERSION,
        instructions=READ_INSTRUCTIONS,
        max_tokens=READ_MAX_TOKENS,
    )
