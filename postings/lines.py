"""The lines of a pasted text, each with the mark that it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from resumes.document import printable

_BULLETS = set("•·∙・ㆍᆞ‣⁃⦁-–—*▶►▷▸■□▪▫◾◆◇●○◦◎※☞→✓✔✅☑👉❖★☆#>")
# One figure, letter or syllable, each way of writing it a mark of its own.
_NUMBER = re.compile(
    r"(?P<digit>\d{1,2}(?P<after>[.)])(?!\d))|(?P<parenthesised>\(\d{1,2}\))|(?P<circled>[①-⑳])"
    r"|(?P<syllable>[가나다라마바사아자차카타파하][.)])|(?P<roman>[Ⅰ-Ⅻ]\.?|[IVX]{1,4}[.)](?=\s))"
    r"|(?P<letter>[A-Za-z][.)](?=\s))|(?P<keycap>\d\ufe0f?\u20e3)"
)
_BRACKETS = {"[": "]", "【": "】", "<": ">", "〈": "〉", "《": "》", "「": "」", "〔": "〕"}
EMOJI, BRACKET = "emoji", "bracket"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
# "■ 1. [담당업무]" has three.
_MARKS_AT_MOST = 3


@dataclass(frozen=True)
class Line:
    """A line that says something.

    `mark` names what it begins with, "" for nothing; `body` is the rest. `after_blank` tells
    whether a blank line stands above it, `after_signs` whether one of signs alone does.
    """

    words: str
    mark: str
    body: str
    after_blank: bool
    after_signs: bool


def read_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text that hold a letter or a figure."""
    after_blank, after_signs = True, False
    for raw in cleaned(text).splitlines():
        words = raw.strip()
        if any(character.isalnum() for character in words):
            mark, body = _unmarked(words)
            yield Line(words, mark, body, after_blank, after_signs)
            after_blank = after_signs = False
        elif words:
            after_signs = True
        else:
            after_blank = True


def cleaned(text: str) -> str:
    """Return a text with composed Hangul and without characters that nobody sees.

    Whatever breaks a line anywhere, such as the end of a page, is a line feed.
    """
    lines = "\n".join(text.splitlines())
    return normalize("NFC", printable(lines).translate(_INVISIBLE))


def fold(text: str) -> str:
    """Return a text as it is compared: cleaned, and each run of white space as one space."""
    return " ".join(cleaned(text).split())


def _unmarked(words: str) -> tuple[str, str]:
    first, body = "", words
    for _mark in range(_MARKS_AT_MOST):
        mark, rest = _next_mark(body)
        if not mark or not any(character.isalnum() for character in rest):
            break
        first, body = first or mark, rest
    return first, body


def _next_mark(words: str) -> tuple[str, str]:
    if words[0] in _BULLETS:
        return words[0], words[1:].lstrip("\ufe0f").lstrip()
    if _is_pictograph(words[0]):
        return EMOJI, words[1:].lstrip("\ufe0f").lstrip()
    if number := _NUMBER.match(words):
        return f"{number.lastgroup}{number['after'] or ''}", words[number.end() :].lstrip()
    closing = _BRACKETS.get(words[0])
    if closing and words.rstrip(" :").endswith(closing):
        inner = words.rstrip(" :")[1:-1].strip()
        if closing not in inner:
            return BRACKET, inner
    return "", words


def _is_pictograph(character: str) -> bool:
    code = ord(character)
    return 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF or 0x2B00 <= code <= 0x2BFF
