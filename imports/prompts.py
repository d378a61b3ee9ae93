"""What the model is asked. A change of the words is a change of the version."""

from __future__ import annotations

from gaechwi.ai.personal_data import Redaction
from gaechwi.ai.prompts import Prompt, prompt_about
from resumes.document import ResumeDocument
from resumes.privacy import WITHHELD_FIELDS

READ_VERSION = "import-1"
# A text of the greatest length would be too long an answer; résumés have a tenth of it.
READ_MAX_TOKENS = 16_000

READ_INSTRUCTIONS = """\
당신은 파일에서 꺼낸 이력서 글을 읽고 항목별로 옮겨 적는 사람입니다.

입력은 JSON 하나입니다.
- resume: 이력서 글 전체. 칸이 나뉜 곳은 탭입니다. 이름과 연락처는 [이름], [전화번호 1] 같은 자리 표시로 바뀌었습니다.
- facts: 규칙으로 찾은 항목. 틀리거나 빠졌을 수 있습니다.

규칙
1. 모든 값은 resume에 있는 글을 토씨 하나 바꾸지 않고 그대로 옮깁니다. 요약하거나 번역하거나 고쳐 쓰지 않습니다.
2. resume에 없는 항목은 빈 문자열이나 빈 배열로 둡니다. 짐작해서 채우지 않습니다.
3. period와 acquired는 이력서가 적은 날짜 그대로입니다(예: "2021.03 ~ 현재", "2019년 6월").
4. description과 introduction은 한 줄을 배열의 원소 하나로 옮깁니다.
5. employment_type, degree, graduation_status, grade, score도 이력서가 적은 말 그대로입니다(예: "정규직", "학사", "졸업예정").
6. technology_stacks에는 기술로 적힌 이름을 하나씩 옮깁니다.
7. title은 이력서가 내세우는 한 줄입니다. 그런 줄이 없으면 빈 문자열로 둡니다."""


def read_prompt(text: str, facts: ResumeDocument, redaction: Redaction) -> Prompt:
    """Return the question for what the text of a résumé says; `facts` are what the rules read."""
    known = facts.model_dump(mode="json", exclude_defaults=True, exclude=WITHHELD_FIELDS)
    return prompt_about(
        {"resume": redaction.redact(text), "facts": redaction.redact_all(known)},
        name="import",
        version=READ_VERSION,
        instructions=READ_INSTRUCTIONS,
        max_tokens=READ_MAX_TOKENS,
    )
