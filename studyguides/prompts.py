"""What the model is asked. A change of the words is a change of the version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from feedback.prompts import POSTING_WITHHELD_FIELDS
from gaechwi.ai.personal_data import Redaction
from gaechwi.ai.prompts import Prompt, prompt_about
from resumes.privacy import WITHHELD_FIELDS, redacted
from studyguides.materials import Material
from studyguides.planning import Step
from studyguides.wording import Worded

GUIDE_VERSION = "study-guide-1"
GUIDE_MAX_TOKENS = 12_000

GUIDE_INSTRUCTIONS = """\
당신은 한국 구직자의 공부를 오래 도운 학습 코치입니다. 규칙이 세운 학습 계획의 항목마다 지원자에게 맞는 설명을 씁니다. 계획은 이미 정해져 있습니다.

입력은 JSON 하나입니다.
- resume: 지원자의 이력서. 개인정보는 빠졌거나 [전화번호 1] 같은 자리 표시로 바뀌었습니다. 없으면 null입니다.
- postings: 지원하는 채용 공고의 목록.
- plan: 학습 계획. 항목마다 number(번호), title(배울 것), gaps(메울 빈틈), prepares(이 항목이 준비하는 것), hours(시간), description·checks·keywords(규칙이 쓴 설명, 확인 질문, 핵심어)가 있습니다.
- language: 답을 쓸 언어.

규칙
1. items에는 plan의 항목을 number를 그대로 써서 한 번씩 씁니다. 항목을 더하거나 빼거나 차례를 바꾸지 않습니다.
2. description에는 무엇을 어떤 차례로 배우고 어느 빈틈을 메우는지, 지원자가 이미 아는 것에서 어떻게 이어 갈지를 세 문장에서 여섯 문장으로 씁니다. 이력서에 없는 경력이나 기술이 있다고 하지 않습니다.
3. hours는 규칙의 시간을 넘지 않습니다. 이력서에 가까운 경험이 있어 빨리 배울 수 있을 때만 절반까지 줄입니다.
4. checks에는 배웠는지 스스로 가려낼 수 있는, 해 보거나 말해 보는 질문을 한 개에서 세 개 씁니다. 면접 질문을 다시 답하는 항목은 그 질문을 그대로 둡니다.
5. keywords에는 찾아볼 핵심어를 한 개에서 여덟 개 씁니다. 강의, 책, 사이트, 주소를 지어내지 않습니다.
6. summary에는 이 계획이 무엇을 이루는지와 먼저 할 것을 두세 문장으로 씁니다. 합격을 약속하지 않습니다.
7. 정중하고 분명한 말로 씁니다. 지원자를 깎아내리지 않습니다."""


def guide_prompt(
    material: Material,
    steps: Sequence[tuple[Step, Worded]],
    redaction: Redaction,
    language: str,
) -> Prompt:
    """Return the question for the words of a guide: its plan as facts, texts of users as data."""
    resume = material.resume and redacted(material.resume, redaction)
    texts: dict[str, Any] = {
        "postings": [
            asked.posting.model_dump(mode="json", exclude=POSTING_WITHHELD_FIELDS)
            for asked in material.asked
        ],
        "plan": [
            {
                "number": number,
                "title": worded.title,
                "gaps": [gap.text for gap in step.gaps],
                "prepares": step.prepares,
                "hours": worded.hours,
                "description": worded.description,
                "checks": list(worded.checks),
                "keywords": list(worded.keywords),
            }
            for number, (step, worded) in enumerate(steps, start=1)
        ],
    }
    return prompt_about(
        {
            "resume": resume and resume.model_dump(mode="json", exclude=WITHHELD_FIELDS),
            **redaction.redact_all(texts),
            "language": language,
        },
        name="study-guide",
        version=GUIDE_VERSION,
        instructions=GUIDE_INSTRUCTIONS,
        max_tokens=GUIDE_MAX_TOKENS,
    )
