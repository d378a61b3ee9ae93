"""What a model answers that reads a posting: words of its text, and nothing else.

It copies and does not interpret: which date and which employment type some words mean is told by
the same rules for both readers.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gaechwi.ai.answers import Answer

Words = Annotated[str, Field(max_length=500)]
Items = Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=60)]


class PostingAnswer(Answer):
    """The fields of a posting as its text words them; "" and [] for what it does not say."""

    title: Words
    company: Words
    position: Words
    employment_type: Words
    experience_level: Words
    location: Words
    salary: Words
    deadline: Words
    url: Words
    duties: Items
    requirements: Items
    preferred: Items
    benefits: Items
    technology_stacks: Annotated[list[Words], Field(max_length=100)]
    hiring_process: Items
