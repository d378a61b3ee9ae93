"""What a model answers that words a study guide."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gaechwi.ai.answers import Answer
from studyguides.lessons import CHECK_LENGTH, KEYWORD_LENGTH, MAX_CHECKS, MAX_HOURS, MIN_HOURS
from studyguides.planning import MAX_STEPS

MAX_KEYWORDS = 8


class ItemWording(Answer):
    """One item of the plan in better words; `number` is its number in the plan, from 1."""

    number: int
    description: Annotated[str, Field(min_length=1, max_length=2000)]
    hours: Annotated[int, Field(ge=MIN_HOURS, le=MAX_HOURS)]
    checks: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=CHECK_LENGTH)]],
        Field(min_length=1, max_length=MAX_CHECKS),
    ]
    keywords: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=KEYWORD_LENGTH)]],
        Field(min_length=1, max_length=MAX_KEYWORDS),
    ]


class GuideWording(Answer):
    """A whole guide in better words."""

    summary: Annotated[str, Field(min_length=1, max_length=2000)]
    items: Annotated[list[ItemWording], Field(min_length=1, max_length=MAX_STEPS)]
