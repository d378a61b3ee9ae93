"""The morphemes of Korean sentences, by kiwipiepy."""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from gaechwi.skills.folding import fold

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

_lock = Lock()


@cache
def _kiwi() -> Kiwi:
    # A second of loading and 250 MB: for the worker that matches, and not for every page.
    from kiwipiepy import Kiwi

    # Without names of places and films: postings need none of them, and they double the memory.
    return Kiwi(num_workers=1, load_default_dict=False, load_typo_dict=False, load_multi_dict=False)


# A statement is asked for its nouns and then for its ending, before the next one is read.
@lru_cache(maxsize=1024)
def morphemes(text: str) -> tuple[Token, ...]:
    """Return the morphemes of a text, each with its tag and its place in the folded text."""
    folded = fold(text).text
    with _lock:
        return tuple(_kiwi().tokenize(folded))
