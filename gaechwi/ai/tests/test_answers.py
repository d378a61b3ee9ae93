from __future__ import annotations

import json

from gaechwi.ai.answers import Answer


class Part(Answer):
    """A part of an answer."""

    words: str


class Whole(Answer):
    """An answer with texts in every depth."""

    words: str
    number: int
    lists: list[list[str]]
    parts: list[Part]


def test_null_characters_are_left_out_everywhere() -> None:
    said = {"words": "가\0나", "number": 3, "lists": [["\0다"]], "parts": [{"words": "라\0"}]}

    answer = Whole.model_validate_json(json.dumps(said))

    assert answer == Whole(words="가나", number=3, lists=[["다"]], parts=[Part(words="라")])
