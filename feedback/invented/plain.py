"""Texts as they are compared: one spelling for what is written in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import combining, normalize

# Bullets that would become figures: ① is no 1.
_CIRCLED = re.compile("[①-⓿❶-➓]")
# Characters that show nothing: zero-width spaces and joiners, soft hyphens, direction marks.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# Letters that may make one with the letter before them: ㄱㅏ is 가.
_PARTS = re.compile("[\u1100-\u11ff\u3099\u309a\u3131-\u318e\uff9e-\uffdc]")
_SAME = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("∼〜～˜", "~")
    | dict.fromkeys("’‘´`", "'")
    | {"×": "x"}
    | dict.fromkeys("⇒➡➔→⟶", "→")
)
_COMPANY_FORM = re.compile(
    r"\(주\)|\(유\)|\(재\)|\(사\)|주식회사|유한회사|(?<=[A-Za-z.])[, ]{0,2}(?:Inc|Ltd|Co)\b\.?"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_NOT_LETTERS = re.compile(r"[^0-9a-z가-힣+#%]")
_SENTENCE_END = re.compile(r"\n|(?<=[^\d\s][.!?])\s|(?<=다\.)")


def plain(text: str) -> str:
    """Return a text in NFKC, without characters that show nothing: ㈜ is (주), ３０％ is 30%."""
    visible = _INVISIBLE.sub("", _CIRCLED.sub(" ", text))
    return normalize("NFKC", visible.translate(_SAME)).translate(_SAME)


@dataclass(frozen=True)
class Spelled:
    """A text in one spelling; `spans` says where each of its characters stood before."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters `start` to `end`, at least one, stood before."""
        return self.spans[start][0], self.spans[end - 1][1]

    def replaced(self, pattern: re.Pattern[str], words: str) -> Spelled:
        """Return the text with other words for what a pattern finds, as its `sub` does."""
        parts: list[str] = []
        spans: list[tuple[int, int]] = []
        done = 0
        for match in pattern.finditer(self.text):
            parts += [self.text[done : match.start()], words]
            spans += self.spans[done : match.start()]
            spans += [self.original(*match.span())] * len(words)
            done = match.end()
        if not parts:
            return self
        return Spelled("".join([*parts, self.text[done:]]), (*spans, *self.spans[done:]))


def spelled(text: str) -> Spelled:
    """Return a text as `plain` gives it, with the places of its characters."""
    starts = [
        place
        for place, letter in enumerate(text)
        if not (place and (combining(letter) or _PARTS.match(letter) or _INVISIBLE.match(letter)))
    ]
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, end in pairwise([*starts, len(text)]):
        parts.append(plain(text[start:end]))
        spans += [(start, end)] * len(parts[-1])
    return Spelled("".join(parts), tuple(spans))


def compact(text: str) -> str:
    """Return the letters and digits of a text in lower case: spacing and marks are not compared."""
    return _NOT_LETTERS.sub("", plain(text).lower())


def company_key(name: str) -> str:
    """Return a company's name without its legal form: ㈜도담 페이 and 도담페이 주식회사 are one."""
    return compact(_COMPANY_FORM.sub(" ", plain(name)))


def company_name(name: str) -> str:
    """Return how a company is called: without its legal form and what stands in parentheses.

    A name that is nothing else stays as it is.
    """
    called = _BRACKETED.sub(" ", _COMPANY_FORM.sub(" ", plain(name)))
    return " ".join(called.split()) or name


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a plain text with the places where they begin."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]
