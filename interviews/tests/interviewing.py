"""Holding an interview in tests: beginning it, answering, and having its turns spoken."""

from __future__ import annotations

from typing import Any

from interviews.conversing import answer, begin
from interviews.models import Conversation, Interview, InterviewTurn
from interviews.tasks import speak
from postings.models import JobPosting
from resumes.models import Resume

GOOD = (
    "주문이 몰리면 응답이 느려지는 상황이었습니다. 제가 조회 쿼리를 나누고 캐시를 설계해 적용했고, "
    "그 결과 응답 시간이 2.1초에서 0.3초로 줄었습니다. 부하 테스트로 사흘 동안 재서 확인했습니다."
)
THIN = "열심히 했습니다."


def begun(resume: Resume, posting: JobPosting | None = None, **choices: Any) -> Interview:
    """Return an interview whose first words were spoken."""
    choices = {"interview_type": "1", "question_count": 3, "difficulty": "normal"} | choices
    interview = begin(resume.user, resume, posting, **choices)
    hear(interview)
    return interview


def hear(interview: Interview) -> Conversation:
    """Have the turn in hand spoken; return its words."""
    turn = InterviewTurn.objects.active().get(interview=interview)
    speak(turn.pk)
    turn.refresh_from_db()
    assert (turn.status, turn.error) == ("done", "")
    return interview.conversations.get(order=turn.order)


def say(interview: Interview, text: str = GOOD) -> Conversation:
    """Answer; return what the interviewer says next."""
    answer(interview, text)
    return hear(interview)


def to_the_end(interview: Interview, text: str = GOOD) -> Interview:
    """Answer all that is asked."""
    interview.refresh_from_db()
    while not interview.is_finished:
        say(interview, text)
        interview.refresh_from_db()
    return interview
