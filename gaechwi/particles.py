"""Korean particles, chosen by the last letter of the word before them."""

from __future__ import annotations

import re

from django.utils.translation import get_language

from gaechwi.skills.vocabulary import find

_JONGSEONG_COUNT = 28
_HANGUL = range(ord("가"), ord("힣") + 1)
# 영, 일, 삼, 육, 칠, 팔; and 엘, 엠, 엔, 알 of the letters' names.
_CLOSED_DIGITS = frozenset("013678")
_CLOSED_LETTERS = frozenset("LMNR")
# How English words are read: 모델, 크롬, 깃, 슬랙, but 테스트, 도커.
_CLOSED_IN_ENGLISH = re.compile(r"(?:[lmn]e?|ng|[aeiou]c?[ptk]|[aeiou]c)$")
_NO_LETTERS_BEHIND = re.compile(r"[\W_]+\Z")


def particle(word: str, forms: str) -> str:
    """Return the particle that follows a word: of "이/가" 이 behind 책, 가 behind 나무.

    `forms` are the one behind a consonant and the one behind a vowel. How a Latin name is read is
    partly guessed: a capital or a digit at its end by its name (SQL을, EC2를), a skill that the
    vocabulary knows in Hangul by that (React를), any other by its spelling.
    """
    closed, opened = forms.split("/")
    return closed if _is_closed(_NO_LETTERS_BEHIND.sub("", word)) else opened


def with_particle(word: str, forms: str) -> str:
    """Return a word with its particle for a Korean text, and alone for one in another language."""
    return f"{word}{particle(word, forms)}" if get_language() == "ko" else word


def _is_closed(word: str) -> bool:
    last = word[-1:]
    if not last:
        return False
    if ord(last) in _HANGUL:
        return (ord(last) - _HANGUL.start) % _JONGSEONG_COUNT > 0
    if last.isdecimal() or last.isupper():
        return last in _CLOSED_DIGITS | _CLOSED_LETTERS
    if reading := _in_hangul(word):
        return _is_closed(reading)
    return _CLOSED_IN_ENGLISH.search(word) is not None


def _in_hangul(name: str) -> str:
    skill = find(name)
    aliases = skill.aliases if skill else ()
    return next(
        (alias for alias in aliases if all(ord(c) in _HANGUL for c in alias if c != " ")), ""
    )
