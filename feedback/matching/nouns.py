"""The nouns of a Korean text, by morphological analysis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from feedback.matching.morphology import morphemes

# Words that stand in the postings and résumés of every trade, and tell none from another.
_COMMON = frozenset(
    Path(__file__).with_name("common_nouns.txt").read_text(encoding="utf-8").split()
)
# Words as they mean something of their own: nouns, names, foreign words and roots of words.
_KINDS = ("NNG", "NNP", "SL", "XR")


@dataclass(frozen=True)
class Noun:
    """A noun, in lower case, and where it stands in the folded text."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def nouns(text: str) -> tuple[Noun, ...]:
    """Return the nouns of a text that tell one trade from another."""
    return tuple(
        Noun(token.form.lower(), token.start, token.start + token.len)
        for token in morphemes(text)
        if token.tag in _KINDS and token.form not in _COMMON and _is_word(token.form)
    )


def _is_word(form: str) -> bool:
    return len(form) > 1 and any(character.isalpha() for character in form)
