"""The nouns of a Korean text, by morphological analysis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from gaechwi.skills.folding import fold

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

# Words that stand in the postings and résumés of every trade, and tell none from another.
_COMMON = frozenset(
    Path(__file__).with_name("common_nouns.txt").read_text(encoding="utf-8").split()
)
# Words as they mean something of their own: nouns, names, foreign words and roots of words.
_KINDS = ("NNG", "NNP", "SL", "XR")

_lock = Lock()


@dataclass(frozen=True)
class Noun:
    """A noun, in lower case, and where it stands in the folded text."""

    form: str
    start: int
    end: int


@cache
def _kiwi() -> Kiwi:
    # A second of loading and 250 MB: for the worker that matches, and not for every page.
    from kiwipiepy import Kiwi

    # Without names of places and films: postings need none of them, and they double the memory.
    return Kiwi(num_workers=1, load_default_dict=False, load_typo_dict=False, load_multi_dict=False)


@lru_cache(maxsize=8192)
def nouns(text: str) -> tuple[Noun, ...]:
    """Return the nouns of a text that tell one trade from another."""
    folded = fold(text).text
    with _lock:
        tokens = _kiwi().tokenize(folded)
    return tuple(
        Noun(token.form.lower(), token.start, token.start + token.len)
        for token in tokens
        if token.tag in _KINDS and token.form not in _COMMON and _is_word(token.form)
    )


def _is_word(form: str) -> bool:
    return len(form) > 1 and any(character.isalpha() for character in form)
