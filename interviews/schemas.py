"""What a model answers that judges an interview."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gaechwi.ai.answers import Answer


class QuestionJudgement(Answer):
    """How one question was answered, its follow-up included.

    `number` is that of the question, from 1; `score` is from 0 to 100. `quote` holds words that
    stand in the answer, literally: the best of it, "" where there is nothing to praise.
    `strengths` says why they are good, "" where the score is 0, `improvements` what to do better,
    `model_answer` how one could have answered with nothing but facts of the résumé and the answer.
    """

    number: int
    score: Annotated[int, Field(ge=0, le=100)]
    quote: Annotated[str, Field(max_length=500)]
    strengths: Annotated[str, Field(max_length=1000)]
    improvements: Annotated[str, Field(max_length=1000)]
    model_answer: Annotated[str, Field(max_length=2000)]


class InterviewJudgement(Answer):
    """The judgement of a whole interview."""

    overall_review: Annotated[str, Field(min_length=1, max_length=3000)]
    questions: Annotated[list[QuestionJudgement], Field(max_length=10)]
