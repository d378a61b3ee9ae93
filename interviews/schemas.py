"""What a model answers that judges an interview."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gaechwi.ai.answers import Answer
from interviews.judgement import QuestionJudgement


class InterviewJudgement(Answer):
    """The judgement of a whole interview."""

    overall_review: Annotated[str, Field(min_length=1, max_length=3000)]
    questions: Annotated[list[QuestionJudgement], Field(max_length=10)]
