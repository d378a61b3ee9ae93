"""What an interviewer says besides the questions, and how words of a résumé are spoken of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from feedback.checks.sentences import excerpt
from gaechwi.particles import with_particle
from interviews.topics import InterviewType


def greeting(interview_type: InterviewType, count: int) -> str:
    """Return the interviewer's first words, before the first of `count` questions."""
    return _(
        "안녕하세요. 오늘 %(type)s을 진행할 면접관입니다. 질문은 모두 %(count)d개이고, 답을 듣고 "
        "한 번씩 더 여쭤볼 수 있습니다. 실제로 겪은 일을 상황, 하신 일, 결과의 순서로 말씀해 "
        "주시면 좋습니다. 그럼 시작하겠습니다."
    ) % {"type": interview_type.label, "count": count}


def practice_greeting(count: int) -> str:
    """Return the interviewer's first words where `count` questions go over what was learnt."""
    return _(
        "안녕하세요. 배우신 것을 말로 풀어 보는 짧은 연습입니다. 질문은 모두 %(count)d개입니다. "
        "아는 것을 설명하고, 직접 해 보신 일과 그렇게 하신 이유를 함께 말씀해 주시면 좋습니다."
    ) % {"count": count}


def closing() -> str:
    """Return the interviewer's last words."""
    return _(
        "준비한 질문은 여기까지입니다. 긴 시간 성의 있게 답해 주셔서 감사합니다. 면접 평가를 "
        "요청하시면 질문마다 잘된 점과 보완할 점을 정리해 드리겠습니다."
    )


def named(name: str, *, is_word: bool) -> dict[str, str]:
    """Return a name as values of a text: alone, as its object (을/를) and as its subject (이/가).

    Any but a plain word ("Java") is put in quotation marks.
    """
    opening, closing = ("", "") if is_word else ("‘", "’")
    words = f"{excerpt(name)}{closing}"
    return {
        "name": f"{opening}{words}",
        "name_object": f"{opening}{with_particle(words, '을/를')}",
        "name_subject": f"{opening}{with_particle(words, '이/가')}",
    }
