from __future__ import annotations

from feedback.highlights import highlight
from feedback.models import FeedbackContent
from resumes.document import ResumeDocument, Section

DOCUMENT = ResumeDocument(title="이력서", name="이름", introduction="하나 둘 셋 넷 다섯")


def content(order: int, quote: str, division: str = "1") -> FeedbackContent:
    return FeedbackContent(
        order=order,
        quote=quote,
        feedback_division=division,
        section=Section.INTRODUCTION,
    )


def stretches_of(*contents: FeedbackContent) -> list[tuple[str, list[int]]]:
    stretches = highlight(DOCUMENT, contents)[(Section.INTRODUCTION, None, "introduction")]
    return [(s.text, [mark.number for mark in s.marks]) for s in stretches]


def test_it_works() -> None:
    assert stretches_of(content(1, "둘 셋")) == [("하나 ", []), ("둘 셋", [1]), (" 넷 다섯", [])]


def test_quotes_that_overlap_are_both_marked() -> None:
    assert stretches_of(content(1, "둘 셋"), content(2, "셋 넷")) == [
        ("하나 ", []),
        ("둘 ", [1]),
        ("셋", [1, 2]),
        (" 넷", [2]),
        (" 다섯", []),
    ]


def test_a_remark_without_a_quote_marks_nothing() -> None:
    assert stretches_of(content(1, "")) == [("하나 둘 셋 넷 다섯", [])]
