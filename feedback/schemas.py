"""What a reviewer answers, whether it is a model or the offline rules."""

from __future__ import annotations

from typing import Annotated

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from gaechwi.ai.answers import Answer
from resumes.document import DESCRIPTION_MAX_LENGTH, INTRODUCTION_MAX_LENGTH, Section


class Division(TextChoices):
    """What a content of a feedback is: the ids of the code division `feedback_division`."""

    STRENGTH = "1", _("잘된 부분")
    IMPROVEMENT = "2", _("개선 제안")
    RECOMMENDATION = "3", _("추가 권장사항")


class ReviewContent(Answer):
    """One remark. `quote` holds words of the résumé, "" only where the section has none."""

    division: Division
    section: Section
    quote: Annotated[str, Field(max_length=500)]
    result: Annotated[str, Field(min_length=1, max_length=1000)]


class Review(Answer):
    """A whole review: an overall judgement and its remarks."""

    overall: Annotated[str, Field(min_length=1, max_length=3000)]
    contents: Annotated[list[ReviewContent], Field(min_length=1, max_length=40)]


class PostingReview(Review):
    """A review against a posting: the model's own opinion of the rate, too."""

    matching_rate: Annotated[int, Field(ge=0, le=100)]


class RewrittenField(TextChoices):
    """The fields of a résumé whose words a rewriting may change."""

    TITLE = "title"
    INTRODUCTION = "introduction"
    POSITION = "position"
    ROLE = "role"
    DESCRIPTION = "description"


class RewrittenText(Answer):
    """One text in its new words. `index` is the entry's place in its section of the source.

    It is null where the section has no entries: the title (basics) and the introduction.
    """

    section: Section
    index: int | None
    field: RewrittenField
    text: Annotated[str, Field(min_length=1, max_length=INTRODUCTION_MAX_LENGTH)]


class NewEntry(Answer):
    """An entry that the source does not have; it is marked for its applicant to confirm."""

    section: Section
    name: Annotated[str, Field(min_length=1, max_length=100)]
    description: Annotated[str, Field(max_length=DESCRIPTION_MAX_LENGTH)]


class Rewriting(Answer):
    """A whole rewriting: the texts that change, entries to add, technologies in a better order."""

    texts: Annotated[list[RewrittenText], Field(max_length=120)]
    new_entries: Annotated[list[NewEntry], Field(max_length=10)]
    technology_stacks: Annotated[list[Annotated[str, Field(max_length=50)]], Field(max_length=100)]
