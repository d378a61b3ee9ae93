"""Gaps that only the applicant can fill; they are words of a Korean résumé, whatever the page's."""

from __future__ import annotations

import re

from resumes.document import ResumeDocument

FIGURE = "[성과 수치를 적어 주세요]"
SCENE = "[구체적인 사례를 적어 주세요]"
OWN_STORY = "[본인만의 이야기로 바꿔 적어 주세요]"
OWN_PART = "[본인이 맡은 일을 적어 주세요]"
SITUATION = "[언제 어디서 어떤 일이 있었는지 적어 주세요]"
RESULT = "[그 결과 무엇이 달라졌는지 적어 주세요]"
REASON = "[그렇게 판단한 이유를 적어 주세요]"
PLAN = "[무엇을 언제까지 할지 적어 주세요]"
LESSON = "[그 일에서 배운 점을 적어 주세요]"

_ANY = re.compile(r"\[[^\[\]\n]{1,40}적어 주세요\]")
_ANY_WITH_SPACE = re.compile(rf"[ \t]{{0,3}}{_ANY.pattern}")


def holds_placeholder(text: str) -> bool:
    """Return whether a text has a gap that is still to be filled."""
    return _ANY.search(text) is not None


def without_placeholders(text: str) -> str:
    """Return a text as it would read without its gaps."""
    return _ANY_WITH_SPACE.sub("", text)


def beside_placeholders(text: str) -> list[str]:
    """Return the parts of a text that are no gaps, each as it stands there."""
    return _ANY.split(text)


def count_placeholders(document: ResumeDocument) -> int:
    """Return how many gaps of a résumé are still to be filled."""
    return sum(len(_ANY.findall(passage.text)) for passage in document.passages())
