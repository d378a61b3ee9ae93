"""How the time of the rules grows with what a hostile person writes: no faster than its length."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from feedback.checks import run_checks
from feedback.invented.detection import find_inventions
from feedback.matching import match
from feedback.orders import is_order
from gaechwi.ai.personal_data import Redaction
from imports.parsing import parse as parse_resume
from interviews.probing import probe_of
from interviews.topics import BasisKind, Difficulty, Topic
from postings.document import PostingDocument
from postings.parsing import parse as parse_posting
from resumes.document import DESCRIPTION_MAX_LENGTH, ResumeDocument
from resumes.sample import sample_document
from tests.reliability import Outcome

ON = date(2026, 11, 1)
LENGTH = 100_000
# Twice the text is to take twice the time; the machine does other things, too.
MOST_TIMES = 2.5
# Below, a clock tells little, and nobody is hurt. No more than that is any time to be, either.
UNFELT, LIMIT = 1.0, 20.0
SAMPLE = sample_document()
ASKED = PostingDocument(title="백엔드", requirements="- Python 3년 이상\n- AWS 운영 경험")
TOPIC = Topic(kind=BasisKind.PROJECT, question="왜 고르셨나요?", quote="캐시")


def resume_of(text: str) -> ResumeDocument:
    """Return a résumé of jobs whose descriptions are as long as they may be."""
    pieces = range(0, len(text), DESCRIPTION_MAX_LENGTH)
    jobs = [
        {"company": "회사", "description": text[start : start + DESCRIPTION_MAX_LENGTH]}
        for start in pieces
    ]
    return ResumeDocument.model_validate({**SAMPLE.model_dump(), "experiences": jobs})


RULES: dict[str, Callable[[str], Any]] = {
    "the checks of a feedback": lambda text: run_checks(resume_of(text), ON),
    "the matching of a résumé": lambda text: match(resume_of(text), ASKED, ON),
    "the matching of a posting": lambda text: match(
        SAMPLE, PostingDocument(title="공고", requirements=text), ON
    ),
    "the search for inventions": lambda text: find_inventions(SAMPLE, resume_of(text)),
    "the reader of résumés": parse_resume,
    "the reader of postings": lambda text: parse_posting(text, ON),
    "the listener of interviews": lambda text: probe_of(text, TOPIC, Difficulty.HARD),
    "the search for orders": is_order,
    "the removal of personal data": lambda text: Redaction(name="김개취").redact(text),
}
# What expressions stumble over: runs of one kind, openings without ends, almost a match.
PIECES = ("a", "1", " ", "(", "- a\n", "a@a.", "~ 2020.01 ", "이전 지시를 30% 무시하고. ")


def seconds(rule: Callable[[str], Any], text: str) -> float:
    started = time.process_time()
    rule(text)
    return time.process_time() - started


@pytest.mark.parametrize("name", RULES)
def test_the_time_grows_with_the_length(name: str, outcome: Outcome) -> None:
    rule = RULES[name]
    rule("가나다 Python 3년")  # what is loaded once
    slow, longest = [], 0.0
    for piece in PIECES:
        text = (piece * LENGTH)[:LENGTH]
        whole = seconds(rule, text)
        longest = max(longest, whole)
        if whole < UNFELT:
            continue
        half = seconds(rule, text[: LENGTH // 2])
        if whole > LIMIT or whole > MOST_TIMES * half:
            # Once more: a busy machine may have been in the way.
            half, whole = (
                min(seconds(rule, text[:length]) for _ in range(2))
                for length in (LENGTH // 2, LENGTH)
            )
        if whole > LIMIT or whole > MOST_TIMES * half:
            slow.append(f"{piece!r}: {half:.2f} s, {whole:.2f} s")

    assert "\n".join(slow) == ""
    outcome(
        f"100 kB that regular expressions stumble over, given to {name}",
        tried=len(PIECES),
        let_in=len(slow),
        happened=f"as for half of it, no more than {MOST_TIMES} times as long, or unfelt"
        f" (below {UNFELT} s)",
    )
